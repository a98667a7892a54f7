"""Tags into Jinja2 syntax trees, each parsed by itself so that every syntax error is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.visitor import NodeTransformer

from reportgen.diagnostics import Code, Diagnostic, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import CLOSERS, MIDDLES, OPENERS, TRANSPARENT, opens
from reportgen.template.engine.environment import FUNCTIONS, INSERT, SEEN, Engine
from reportgen.template.engine.filters.inner import JOIN, MEASURED, SLICED, SOFT, compared
from reportgen.template.engine.names.unknown import SOFT_FILTERS, SOFT_TESTS, near_words
from reportgen.template.engine.types import Spot
from reportgen.template.engine.wording import syntax
from reportgen.template.syntax import Kind, Tag

STATEMENTS = frozenset({*OPENERS, *CLOSERS, *MIDDLES})
# Known elsewhere, not here: named in the error with what there is instead, so that nobody looks for a misspelling.
_FILES = "要放进别的文件的内容，用 {{ 插入('片段.docx') }}。"
_ESCAPE = "要跳过一些项，写 {% for x in 列表 if 条件 %}，或者在里面用 {% if %}。"
_IN_CELLS = ("cellbg", "colspan", "hm", "vm")
_CELLS = "它只能写在 Word 模板的表格单元格里。"
_INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("include", "import", "from", "extends"), _FILES),
    **dict.fromkeys(("break", "continue"), _ESCAPE),
    **dict.fromkeys(_IN_CELLS, _CELLS),
    **dict.fromkeys(("trans", "endtrans", "pluralize"), "直接写要印的文字。"),
    **dict.fromkeys(("sheet", "endsheet"), "{%sheet %} 只能写在 Excel 模板的 A1 里。"),
    "do": "模板只读数据，不改数据；要记住一个值，用 {% set %}。",
}
_FORMS = ("tr", "tc", "p", "r")
_FORM = (
    "大括号和百分号后面只能加 p（整段）、tr（整行）、tc（整列）、r（字）、sheet（工作表）；不用加的，写 {opener} …。"
)
_MAX_DEPTH = 80  # of the tree of a tag
_MAX_BITS = 13_000  # of a whole number: 3,900 digits, which Python still writes out
_LONGEST_FORM = 4
_PATH = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")
_NAME = re.compile(r"[^\W\d]\w*")


def parse(engine: Engine, spot: Spot, faults: list[Diagnostic]) -> nodes.Node | None:
    """The tree of a value tag (an expression) or of a control tag.

    Blocks come with empty bodies; `elif` is an If, a `set` with a value an Assign, what has no effect a With; `else`
    and closers give None.
    None also after a syntax error, which is added to `faults`, as are unknown filters and tests.
    """
    if spot.tag.kind is Kind.VALUE:
        tree = _parse(engine, spot, "{{ " + spot.tag.body + " }}", faults)
        node: nodes.Node | None = tree.body[0].nodes[0] if tree else None  # type: ignore[attr-defined]
        if isinstance(node, nodes.Tuple):
            faults.append(fault_at(spot, codes.SYNTAX, reason=_several(spot)))
            return None
    else:
        node = _statement(engine, spot, faults)
    if node is not None:
        node = _Strict(engine, spot, faults).visit(node)
    return node


def mended(tag: Tag) -> Tag:
    """A control tag whose statement is misspelt, taken for the nearest one: no other faults follow from it."""
    word = tag.written
    if not word or word in STATEMENTS or word in _INSTEAD:
        return tag
    rest = tag.rest.split(None, 1)
    if _is_prefix(word) and rest and rest[0] in STATEMENTS:
        form = tag.prefix or "".join(nearest(word, _FORMS, 1))
        return replace(tag, body=tag.rest, meant=rest[0], prefix=form)
    near = sorted(nearest(word, STATEMENTS), key=lambda name: sorted(name) != sorted(word))  # letters swapped: fi
    return replace(tag, meant=near[0]) if near else tag


def targets(spot: Spot) -> frozenset[str]:
    """The names a `for`, `set` or `with` that cannot be parsed seems to define."""
    head = re.split(r"\bin\b|=", spot.tag.rest, maxsplit=1)[0]
    return frozenset(_NAME.findall(head))


def fault_at(spot: Spot, code: Code, **words: object) -> Diagnostic:
    """`code` at the place of a tag, with the text around it."""
    return code.fill(spot.place, {"tag": spot.tag.raw, **words}, text=spot.around)


def unsupported(spot: Spot, word: str, advice: str = "") -> Diagnostic:
    """The fault of a statement that exists elsewhere, with what there is instead."""
    advice = advice or _INSTEAD.get(word, "换一种写法，或者去掉这个标签。")
    return fault_at(spot, codes.UNSUPPORTED, word=word, advice=advice)


def _statement(engine: Engine, spot: Spot, faults: list[Diagnostic]) -> nodes.Node | None:
    word, rest = spot.tag.word, spot.tag.rest
    if word not in STATEMENTS or spot.tag.meant:
        faults.append(_not_a_statement(spot))
        faults = []  # what else is wrong may come of it
    if word not in STATEMENTS:
        return None
    if word == "else" or word in CLOSERS:
        if rest and word not in ("endblock", "endmacro"):  # which may repeat the name
            faults.append(fault_at(spot, codes.SYNTAX, reason=f"“{word}”后面多了“{rest}”"))
        return None
    if word in TRANSPARENT:
        return nodes.With([], [], [])
    source = "{% " + ("if" if word == "elif" else word) + spot.tag.body[len(spot.tag.written) :] + " %}"
    if opens(spot.tag):
        source += "{% end" + word + " %}"
    elif word == "elif":
        source += "{% endif %}"
    tree = _parse(engine, spot, source, faults)
    return tree.body[0] if tree is not None else None


def _not_a_statement(spot: Spot) -> Diagnostic:
    word = spot.tag.written
    if word in _INSTEAD:
        return unsupported(spot, word)
    if word in STATEMENTS:  # behind a form that there is not: {%s for
        form = spot.tag.raw[: spot.tag.raw.index(word)].strip()
        return unsupported(spot, form, _FORM.format(opener=f"{{% {word}"))
    near = nearest(word, (*STATEMENTS, *_IN_CELLS))
    return fault_at(spot, codes.UNKNOWN_STATEMENT, word=word, near=near_words(near))


def _parse(engine: Engine, spot: Spot, source: str, faults: list[Diagnostic]) -> nodes.Template | None:
    try:
        tree = engine.parse(source)
        if _depth(tree) <= _MAX_DEPTH:
            return tree
        reason = "太长，套得太深"
    except TemplateSyntaxError as error:
        reason = syntax(error.message or "", spot.tag.body)
    except ValueError:  # Python reads no longer whole numbers
        reason = "数太长"
    except RecursionError:
        reason = "括号太多，套得太深"
    faults.append(fault_at(spot, codes.SYNTAX, reason=reason))
    return None


def _is_prefix(word: str) -> bool:
    """True for what looks like a form in front of a statement: s, trr."""
    return len(word) <= _LONGEST_FORM and word.isascii() and word.isalpha()


def _several(spot: Spot) -> str:
    """Why `{{ a, b }}` prints nothing."""
    meant = re.sub(r"\s*,\s*", ".", spot.tag.body.strip("(), "))
    path = f"想印“{{{{ {meant} }}}}”就把逗号改成点，" if _PATH.fullmatch(meant) else ""
    return f"一个标签只印一个值，这里用逗号隔开了几个；{path}要印几个值就写成几个标签"


def _depth(tree: nodes.Node) -> int:
    """How deep a tree is: what compiles it, and Python itself, can follow only so far."""
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for node in level for child in node.iter_child_nodes()]
    return depth


class _Strict(NodeTransformer):
    """Reports unknown filters and tests, and rewrites what the environment cannot intercept: `~`, and look-ups that may
    fail without harm."""

    def __init__(self, engine: Engine, spot: Spot, faults: list[Diagnostic]) -> None:
        self._engine, self._spot, self._faults = engine, spot, faults

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        own = self._engine.globals.get(INSERT) is FUNCTIONS[INSERT]
        if own and isinstance(node.node, nodes.Name) and node.node.name == INSERT and not node.kwargs:
            node.kwargs.append(nodes.Keyword(SEEN, nodes.DerivedContextReference()))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return nodes.Filter(nodes.List(node.nodes), JOIN, [], [], None, None)

    def visit_Const(self, node: nodes.Const) -> nodes.Node:  # noqa: N802
        if isinstance(node.value, int) and node.value.bit_length() > _MAX_BITS:
            self._faults.append(fault_at(self._spot, codes.SYNTAX, reason="数太长"))
            return nodes.Const(0)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if len(node.ops) > 1:
            node.expr = _measured(node.expr)
            for operand in node.ops:
                operand.expr = _measured(operand.expr)
            return node
        operand = node.ops[0]
        if _is_brief(operand.expr) or (_is_brief(node.expr) and operand.op not in ("in", "notin")):
            return node
        return nodes.Filter(node.expr, compared(operand.op), [operand.expr], [], None, None)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        bounds = [part or nodes.Const(None) for part in (node.arg.start, node.arg.stop, node.arg.step)]
        return nodes.Filter(node.node, SLICED, bounds, [], None, None)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        for pair in node.items:
            pair.key = _measured(pair.key)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        self._check(node.name, self._engine.tests, codes.UNKNOWN_TEST)
        if node.name in SOFT_TESTS:
            node.node = _softened(node.node)
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        self._check(node.name, self._engine.filters, codes.UNKNOWN_FILTER)
        if node.name in SOFT_FILTERS and node.node is not None:
            node.node = _softened(node.node)
        return node

    def _check(self, name: str, known: Iterable[str], code: Code) -> None:
        if name not in known:
            offered = [word for word in known if word.isidentifier()]  # the engine's own hold a space
            near = near_words(nearest(name, offered)) or self._instead(code)
            self._faults.append(fault_at(self._spot, code, name=name, near=near))

    def _instead(self, code: Code) -> str:
        """What there is, where no name is near."""
        words = self._engine.own_filters if code is codes.UNKNOWN_FILTER else ()
        return f"，有的是{'、'.join(words)}" if words else ""


def _is_brief(node: nodes.Expr) -> bool:
    """True for what is compared in no time: a number or a text that the template writes out, a list of such."""
    return isinstance(node, nodes.Const) or (
        isinstance(node, (nodes.List, nodes.Tuple)) and all(map(_is_brief, node.items))
    )


def _measured(node: nodes.Expr) -> nodes.Expr:
    return node if _is_brief(node) else nodes.Filter(node, MEASURED, [], [], None, None)


def _softened(node: nodes.Expr) -> nodes.Expr:
    """`a.b.c` where an unknown name is asked about, or has a substitute: no fault."""
    if isinstance(node, nodes.Getattr):
        return nodes.Filter(_softened(node.node), SOFT, [nodes.Const(node.attr)], [], None, None)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return nodes.Filter(_softened(node.node), SOFT, [node.arg], [], None, None)
    return node
