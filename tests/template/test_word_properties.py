"""What holds for any text, any split of tags over runs, and any list: hostile text included."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree
from word_files import W, filled, line, load, render, run
from word_sources import CONTEXTS, PAGES, Page

from reportgen.template.values import LINE_BREAK, legal

HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("&<>\"'{}%#\t\n\r\x00\x0b\x1b\x85\ufffe\ud800“”—…]]>")),
    max_size=30,
)
PLAIN = st.text(alphabet="甲乙a1，。 ", max_size=8)


def as_read(text: str) -> str:
    """What is left of a value in a document: no illegal characters, one kind of line break."""
    return legal(LINE_BREAK.sub("\n", text))


@settings(deadline=None)
@given(HOSTILE)
def test_any_text_comes_back_and_harms_nothing(text: str) -> None:
    assert filled("甲{{ x }}乙", x=text) == [f"甲{as_read(text)}乙"]


@settings(deadline=None)
@given(HOSTILE)
def test_any_text_alone_in_a_paragraph_comes_back_line_by_line(text: str) -> None:
    assert filled("{{ x }}", x=text) == as_read(text).split("\n")


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_tag_means_the_same_however_it_is_split_over_runs(data: st.DataObject) -> None:
    source = "前{{ x|upper }}中{% for y in ys %}{{ y }}、{% endfor %}{# 注 #}{% if x == 'a' %}是{% endif %}后{_{ }_}"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(source) - 1), max_size=12)))
    parts = [source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    marks = ["", '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="1" w:name="a"/>']
    glue = data.draw(st.lists(st.sampled_from(marks), min_size=len(parts), max_size=len(parts)))

    split = "<w:p>" + "".join(mark + run(part) for mark, part in zip(glue, parts, strict=True)) + "</w:p>"

    assert filled(split, x="a", ys=[1, 2]) == ["前A中1、2、是后{{ }}"]


@settings(max_examples=30, deadline=None)
@given(PLAIN, st.lists(PLAIN, max_size=4), st.booleans())
def test_text_is_what_jinja_makes_of_it(x: str, ys: list[str], flag: bool) -> None:
    source = (
        "{{ x }}：{% for y in ys %}{{ loop.index }}{{ y|trim }}{% if not loop.last %}、{% endif %}"
        "{% else %}无{% endfor %}"
        "{% set z = ys|length %}{{ z * 2 + 1 }}{% if flag and z > 1 %}甲{% elif flag %}乙{% else %}丙{% endif %}"
        "{{ ys|join('-')|replace('a', 'b') }}{{ x if flag else none }}{{ x[:2] }}{{ ys|first|default('空') }}"
    )
    expected = Environment(finalize=lambda v: "" if v is None else v).from_string(source).render(x=x, ys=ys, flag=flag)

    assert filled(source, x=x, ys=ys, flag=flag) == [expected]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.booleans(), max_size=3), max_size=3), st.booleans())
def test_paragraphs_are_the_lines_jinja_makes(groups: list[list[bool]], flag: bool) -> None:
    lines = ["头", "{% for g in groups %}", "组", "{% for y in g %}", "{% if y %}", "是{{ loop.index }}", "{% else %}",
             "否", "{% endif %}", "{% endfor %}", "{% endfor %}", "{% if flag %}", "尾", "{% endif %}"]  # fmt: skip
    text = Environment().from_string("\n".join(lines)).render(groups=groups, flag=flag)

    assert filled(*lines, groups=groups, flag=flag) == re.findall(r".+", text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.booleans(), max_size=3), max_size=3))
def test_a_cell_never_lacks_its_paragraph_and_never_gains_one(groups: list[list[bool]]) -> None:
    cell = (
        "{% for g in groups %}\n{% for y in g %}\n{% if y %}\n{{ loop.index }}\n{% endif %}\n{% endfor %}\n{% endfor %}"
    )
    kept = [str(n) for group in groups for n, y in enumerate(group, 1) if y]

    assert filled([[cell, "x"]], groups=groups) == [[["\n".join(kept), "x"]]]


WORDS = {True: "是", False: "否"}


def printed(value: object) -> object:
    """What the contract says of values: booleans are words, None is nothing, texts are what a file can hold."""
    if isinstance(value, bool):
        return WORDS[value]
    return "" if value is None else as_read(value) if isinstance(value, str) else value


JINJA = Environment(finalize=printed, keep_trailing_newline=True)
LAST = "末"  # a body ends with a paragraph


def check_page(page: Page, context: dict[str, object], trace: bool) -> None:
    """The page says what plain Jinja2 makes of its text; its parts are XML; each bookmark is whole and has a name of
    its own."""
    expected = legal(JINJA.from_string(f"{page.text}{LAST}\n").render(context))

    data = render(load(*page.blocks, LAST), context, trace=trace)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    root = roots["word/document.xml"]
    assert "".join(f"{line(paragraph)}\n" for paragraph in root.iter(f"{{{W}}}p")) == expected
    starts, ends = ([node.get(f"{{{W}}}id") for node in root.iter(f"{{{W}}}bookmark{end}")] for end in ("Start", "End"))
    assert sorted(starts, key=str) == sorted(ends, key=str)
    assert len(set(starts)) == len(starts)
    names = [node.get(f"{{{W}}}name") for node in root.iter(f"{{{W}}}bookmarkStart")]
    assert len(set(names)) == len(names)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES, CONTEXTS, st.booleans())
def test_a_page_prints_what_jinja_prints(page: Page, context: dict[str, object], trace: bool) -> None:
    check_page(page, context, trace)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES, CONTEXTS, st.booleans())
def test_many_pages_print_what_jinja_prints(page: Page, context: dict[str, object], trace: bool) -> None:
    check_page(page, context, trace)
