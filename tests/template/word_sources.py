"""Random templates: the same source as a .docx, its tags split over runs at will, and as plain text for Jinja2."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from word_files import run

Source = st.SearchStrategy[str]
HOSTILE = "&<>\"'{}%#\t\x00\x0b\x1b\ufffe\ud800“”—…]]>　 甲乙aZ"
LITERAL = st.text(alphabet="甲乙，。a&<>\"' ]-", min_size=1, max_size=5)
VALUES = ("{{ x }}", "{{ y }}", "{{ n + 1 }}", "{{ flag }}", "{{ xs|length }}", "{{ x|upper }}", "{{ xs|join('、') }}",
          "{{ 'a\"}}' }}", "{{ {'k': x}['k'] }}", "{{ none }}", "{{ x if flag else y }}", "{# 注 #}", "{{ x ~ n }}",
          "{{ xs|first|default('空') }}", "{{ '是' if 没有 is defined else '否' }}")  # fmt: skip
CONDITIONS = ("flag", "not flag", "n > 1", "x and y", "xs", "x == y", "n is odd")


def statement(body: str, before: str = "", after: str = "") -> str:
    return f"{{%{before} {body} {after}%}}"


@st.composite
def tags(draw: st.DrawFn, *bodies: str, trims: bool) -> tuple[str, ...]:
    """Statements with minus signs here and there."""
    signs = st.sampled_from(["", "-"] if trims else [""])
    return tuple(statement(body, draw(signs), draw(signs)) for body in bodies)


def nested(inner: Source, trims: bool) -> Source:
    """Statements around source, all in one paragraph."""

    def around(bodies: Sequence[str], fill: Callable[..., str]) -> Source:
        return st.tuples(tags(*bodies, trims=trims), inner, inner).map(lambda t: fill(*t[0], t[1], t[2]))

    def within(opener: str, closer: str, before: str = "", after: str = "") -> Source:
        return around((opener, closer), lambda a, b, body, _: f"{a}{before}{body}{b}{after}")

    return st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.sampled_from(CONDITIONS).flatmap(
            lambda c: around((f"if {c}", "else", "endif"), lambda a, m, b, one, two: f"{a}{one}{m}{two}{b}")
        ),
        st.sampled_from(CONDITIONS).flatmap(
            lambda c: around((f"if {c}", "elif n", "endif"), lambda a, m, b, one, two: f"{a}{one}{m}{two}{b}")
        ),
        within("for y in xs", "endfor", "{{ loop.index }}"),
        within("for y in xs if y", "endfor", "{% if not loop.last %}、{% endif %}"),
        around(("for n in [1, 2]", "else", "endfor"), lambda a, m, b, one, two: f"{a}{one}{m}{two}{b}"),
        within("with x = '内'", "endwith"),
        within("macro m(x, y='默')", "endmacro", "", "{{ m('参') }}{{ m(1, 2) }}"),
        within("set z", "endset", "", "{{ z }}{{ z }}"),
        within("filter upper", "endfilter"),
        within("call c()", "endcall"),
        LITERAL.map(lambda text: f"{{% raw %}}{text}{{{{ x }}}}{{% endraw %}}"),
    )


def sources(trims: bool = True) -> Source:
    """The source of a line, with something at both ends that is no tag."""
    leaves = st.one_of(LITERAL, st.sampled_from(VALUES))
    line = st.recursive(leaves, lambda inner: nested(inner, trims), max_leaves=8)
    return line.map(lambda text: f"{{% macro c() %}}〔{{{{ caller() }}}}〕{{% endmacro %}}头{text}尾")


@dataclass(frozen=True)
class Page:
    """Blocks of a .docx (see word_files), and the text that Jinja2 makes lines of."""

    blocks: tuple[Any, ...]
    text: str

    def __add__(self, other: Page) -> Page:
        return Page(self.blocks + other.blocks, self.text + other.text)


LOOKS = ("", "<w:b/>", '<w:rFonts w:hint="eastAsia"/>', '<w:i/><w:sz w:val="32"/>', '<w:lang w:eastAsia="zh-CN"/>')
MARKS = ("", "", '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="gramEnd"/>', "BOOKMARK", "BOOKMARK")
_NUMBERS = itertools.count(1)
WRAPS = ("", "", "", "w:ins", "w:hyperlink", "w:smartTag")


@st.composite
def split(draw: st.DrawFn, source: str) -> str:
    """A paragraph of `source` cut into runs, anywhere, with the things between them that editors leave behind."""
    cuts = sorted(draw(st.sets(st.integers(1, max(len(source) - 1, 1)), max_size=10)))
    pieces = [source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    parts: list[str] = []
    for piece in pieces:
        mark, wrap = draw(st.sampled_from(MARKS)), draw(st.sampled_from(WRAPS))
        if mark == "BOOKMARK":
            number = next(_NUMBERS)
            mark = f'<w:bookmarkStart w:id="{number}" w:name="_b{number}"/>'
            parts.insert(0, mark) if draw(st.booleans()) else parts.append(mark)
            mark = f'<w:bookmarkEnd w:id="{number}"/>'
        text = run(piece, draw(st.sampled_from(LOOKS)))
        parts.append(mark + (f"<{wrap}>{text}</{wrap}>" if wrap else text))
    return f"<w:p>{''.join(parts)}</w:p>"


@st.composite
def lines(draw: st.DrawFn) -> Page:
    source = draw(sources())
    return Page((draw(split(source)),), f"{source}\n")


def _control(body: str) -> Page:
    """A statement that has its paragraph to itself."""
    return Page((statement(body),), statement(body))


@st.composite
def _blocks(draw: st.DrawFn, inner: st.SearchStrategy[Page]) -> Page:
    one, two = draw(inner), draw(inner)
    kind = draw(st.sampled_from(["for", "if", "with", "macro", "table", "cell", "set", "both"]))
    if kind == "for":
        return _control("for x in xs") + one + _control("else") + two + _control("endfor")
    if kind == "if":
        return _control(f"if {draw(st.sampled_from(CONDITIONS))}") + one + _control("else") + two + _control("endif")
    if kind == "with":
        return _control("with y = n") + one + _control("endwith")
    if kind == "macro":
        name = f"m{draw(st.integers(0, 9))}"
        call = Page((f"{{{{ {name}(n) }}}}",), f"{{{{ {name}(n) }}}}")
        body = one + draw(lines())  # a table at its end gets a paragraph behind it, unless one follows
        return _control(f"macro {name}(x)") + body + _control("endmacro") + call + two + call
    if kind == "set":
        value = draw(st.sampled_from(["y", "n", "[n, x]|join"]))
        return _control(f"set w = {value}") + one + Page(("见{{ w }}",), "见{{ w }}\n")
    if kind == "cell":  # blocks in a cell, which ends with a paragraph of its own
        if not _is_flat(one):
            return one + two
        return Page(([["\n".join((*one.blocks, "格")), "旁"]],), f"{one.text}格\n旁\n")
    if kind == "table":
        return draw(_rows())
    return one + two


def _is_flat(page: Page) -> bool:
    """True for paragraphs alone, which a cell of word_files can hold."""
    return all(isinstance(block, str) and "\n" not in block for block in page.blocks)


@st.composite
def _rows(draw: st.DrawFn) -> Page:
    """A table whose rows repeat, said in each of the ways there are."""
    cells = [draw(sources(trims=False)) for _ in range(draw(st.integers(2, 3)))]
    opener, closer = draw(st.sampled_from([("for y in xs", "endfor"), ("if flag", "endif")]))
    shown = [draw(split(cell)) for cell in cells]
    body = "".join(f"{cell}\n" for cell in cells)
    text = f"{statement(opener)}{body}{statement(closer)}"
    way = draw(st.sampled_from(["rows", "tr", "ends"]))
    blank = [""] * (len(cells) - 1)
    if way == "ends":
        first, *middle, last = cells
        row = [draw(split(statement(opener) + first)), *middle, draw(split(last + statement(closer)))]
        return Page(([row],), text)
    tr = "tr" if way == "tr" else ""
    return Page(([[f"{{%{tr} {opener} %}}", *blank], shown, [*blank, f"{{%{tr} {closer} %}}"]],), text)


PAGES = st.recursive(lines(), _blocks, max_leaves=5)
VALUE = st.text(alphabet=HOSTILE, max_size=5)
CONTEXTS = st.fixed_dictionaries(
    {"x": VALUE, "y": VALUE, "n": st.integers(0, 3), "flag": st.booleans(), "xs": st.lists(VALUE, max_size=3)}
)
