"""Tags into Jinja2 syntax trees, each parsed by itself so that every syntax error is found, and the names they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.visitor import NodeTransformer

from reportgen.diagnostics import Code, Diagnostic, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import CLOSERS, MIDDLES, OPENERS
from reportgen.template.engine.environment import JOIN, SOFT, SOFT_FILTERS, SOFT_TESTS, STYLE, Engine, near_words
from reportgen.template.engine.types import Spot
from reportgen.template.engine.wording import syntax
from reportgen.template.syntax import Kind, Tag

STATEMENTS = frozenset({*OPENERS, *CLOSERS, *MIDDLES, "set"})
# Known elsewhere, not here: named in the error so that nobody looks for a spelling mistake.
_UNSUPPORTED = frozenset(
    {
        *("macro", "endmacro", "call", "endcall", "filter", "endfilter", "block", "endblock", "endset", "do", "break"),
        *("continue", "extends", "include", "import", "from", "raw", "endraw", "autoescape", "endautoescape", "trans"),
        *("endtrans", "sheet", "endsheet", "cellbg", "colspan", "hm", "vm"),
    }
)
_MAX_DEPTH = 80  # of the tree of a tag
_NAME = re.compile(r"[^\W\d]\w*")


def parse(engine: Engine, spot: Spot, faults: list[Diagnostic]) -> nodes.Node | None:
    """The tree of a value tag (an expression) or of a control tag.

    For `for`, `if`, `elif` (as If) and `with` the bodies are empty; `set` gives an Assign; `else` and closers None.
    None also after a syntax error, which is added to `faults`, as are unknown filters and tests.
    """
    if spot.tag.kind is Kind.VALUE:
        tree = _parse(engine, spot, "{{ " + spot.tag.body + " }}", faults)
        node: nodes.Node | None = tree.body[0].nodes[0] if tree else None  # type: ignore[attr-defined]
    else:
        node = _statement(engine, spot, faults)
    if node is not None:
        node = _Strict(engine, spot, faults).visit(node)
    return node


def mended(tag: Tag) -> Tag:
    """A control tag whose statement is misspelt, taken for the nearest one: no other faults follow from it."""
    word = tag.written
    if not word or word in STATEMENTS or word in _UNSUPPORTED:
        return tag
    near = nearest(word, STATEMENTS, 1)
    return replace(tag, meant=near[0]) if near else tag


def targets(spot: Spot) -> frozenset[str]:
    """The names a `for`, `set` or `with` that cannot be parsed seems to define."""
    head = re.split(r"\bin\b|=", spot.tag.rest, maxsplit=1)[0]
    return frozenset(_NAME.findall(head))


def fault_at(spot: Spot, code: Code, **words: object) -> Diagnostic:
    """`code` at the place of a tag, with the text around it."""
    return code.fill(spot.place, {"tag": spot.tag.raw, **words}, text=spot.around)


def _statement(engine: Engine, spot: Spot, faults: list[Diagnostic]) -> nodes.Node | None:
    word, rest = spot.tag.word, spot.tag.rest
    if word not in STATEMENTS or spot.tag.meant:
        faults.append(_not_a_statement(spot))
        faults = []  # what else is wrong may come of it
    if word not in STATEMENTS:
        return None
    if word == "else" or word in CLOSERS:
        if rest:
            faults.append(fault_at(spot, codes.SYNTAX, reason=f"“{word}”后面多了“{rest}”"))
        return None
    if word == "set":
        if "=" not in rest:
            faults.append(fault_at(spot, codes.UNSUPPORTED, word="set … endset"))
            return None
        source = "{% set " + rest + " %}"
    else:
        opener = "if" if word == "elif" else word
        source = "{% " + opener + " " + rest + " %}{% end" + opener + " %}"
    tree = _parse(engine, spot, source, faults)
    if tree is None:
        return None
    node = tree.body[0]
    if isinstance(node, nodes.For) and node.recursive:
        faults.append(fault_at(spot, codes.UNSUPPORTED, word="recursive"))
    return node


def _not_a_statement(spot: Spot) -> Diagnostic:
    word = spot.tag.written
    if word in _UNSUPPORTED:
        return fault_at(spot, codes.UNSUPPORTED, word=word)
    near = nearest(word, STATEMENTS)
    return fault_at(spot, codes.UNKNOWN_STATEMENT, word=word, near=near_words(near))


def _parse(engine: Engine, spot: Spot, source: str, faults: list[Diagnostic]) -> nodes.Template | None:
    try:
        tree = engine.parse(source)
        if _depth(tree) <= _MAX_DEPTH:
            return tree
        reason = "太长，套得太深"
    except TemplateSyntaxError as error:
        reason = syntax(error.message or "", spot.tag.body)
    except RecursionError:
        reason = "括号太多，套得太深"
    faults.append(fault_at(spot, codes.SYNTAX, reason=reason))
    return None


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

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return nodes.Filter(nodes.List(node.nodes), JOIN, [], [], None, None)

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


def _softened(node: nodes.Expr) -> nodes.Expr:
    """`a.b.c` where an unknown name is asked about, or has a substitute: no fault."""
    if isinstance(node, nodes.Getattr):
        return nodes.Filter(_softened(node.node), SOFT, [nodes.Const(node.attr)], [], None, None)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return nodes.Filter(_softened(node.node), SOFT, [node.arg], [], None, None)
    return node


@dataclass(frozen=True, slots=True)
class Read:
    """A name read by the tag with that number. `called`: as a function; `soft`: it may be missing (is defined)."""

    name: str
    spot: Spot
    number: int
    called: bool = False
    soft: bool = False

    def words(self, known: Iterable[str]) -> dict[str, str]:
        """What the wording of an unknown name needs."""
        kind = "函数" if self.called else ""
        return {
            "name": self.name,
            "kind": kind,
            "near": near_words(nearest(self.name, known)),
            "tag": self.spot.tag.raw,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """`name.key` as written in the tag with that number, where `name` comes from the data."""

    name: str
    key: str
    spot: Spot
    number: int


def reads(tree: nodes.Template, spots: Sequence[Spot]) -> tuple[tuple[Read, ...], tuple[Part, ...]]:
    """Every read of a name that the tree itself does not define, in order, and of its parts; nodes carry their tag's
    number as line. Parts that the template asks for first (`'k' in d`) are left out."""
    found = _Walk(spots)
    found.body(tree.body, set())
    asked = {c.expr.value for c in tree.find_all(nodes.Compare) if isinstance(c.expr, nodes.Const)}
    parts = (part for part in found.parts if part.key not in asked)
    return tuple(dict.fromkeys(found.reads)), tuple(dict.fromkeys(parts))


def styles_named(tree: nodes.Template, spots: Sequence[Spot]) -> Iterator[tuple[str, Spot]]:
    """The style names that calls of 样式() write out, each with its tag."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == STYLE and call.args:
            name = call.args[0]
            if isinstance(name, nodes.Const) and isinstance(name.value, str):
                yield name.value, spots[call.lineno - 1]


class _Walk:
    """Follows Jinja2's scopes: `for` and `with` open one, `if` does not."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._spots = spots
        self.reads: list[Read] = []
        self.parts: list[Part] = []

    def body(self, body: Iterable[nodes.Node], scope: set[str]) -> None:
        for node in body:
            self._visit(node, scope)

    def _visit(self, node: nodes.Node, scope: set[str]) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.With):
            self.body(node.values, scope)
            self.body(node.body, scope | {name for target in node.targets for name in _stored(target)})
        elif isinstance(node, nodes.Assign):
            self._visit(node.node, scope)
            scope.update(_stored(node.target))
        elif isinstance(node, nodes.Name):
            self._read(node, scope)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            self._read(node.node, scope, called=True)
            self.body((child for child in node.iter_child_nodes() if child is not node.node), scope)
        elif _is_soft(node):
            self._soft(node, scope)
        else:
            if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name not in scope:
                number = node.lineno - 1
                self.parts.append(Part(node.node.name, node.attr, self._spots[number], number))
            self.body(node.iter_child_nodes(), scope)

    def _loop(self, node: nodes.For, scope: set[str]) -> None:
        self._visit(node.iter, scope)
        inner = scope | _stored(node.target)
        if node.test is not None:
            self._visit(node.test, inner)
        self.body(node.body, inner | {"loop"})
        self.body(node.else_, set(scope))

    def _soft(self, node: nodes.Node, scope: set[str]) -> None:
        """`x is defined`, `x|default('…')`: x may be missing; the arguments may not, nor x in `x.y is defined`."""
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Name) and child is getattr(node, "node", None):
                self._read(child, scope, soft=True)
            else:
                self._visit(child, scope)

    def _read(self, node: nodes.Name, scope: set[str], called: bool = False, soft: bool = False) -> None:
        if node.name not in scope and node.ctx == "load":
            number = node.lineno - 1
            self.reads.append(Read(node.name, self._spots[number], number, called, soft))


def _is_soft(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Test):
        return node.name in SOFT_TESTS
    return isinstance(node, nodes.Filter) and node.name in SOFT_FILTERS


def _stored(node: nodes.Node) -> set[str]:
    return set(_names(node))


def _names(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    for name in node.find_all(nodes.Name):
        yield name.name
