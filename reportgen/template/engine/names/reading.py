"""The names a tree of tags reads from the data, by Jinja2's scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from reportgen.diagnostics import nearest
from reportgen.template.engine.filters.inner import compared
from reportgen.template.engine.names.unknown import SOFT_FILTERS, SOFT_TESTS, near_words
from reportgen.template.engine.types import Spot


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
    asked = asked_for(tree)
    parts = (part for part in found.parts if part.key not in asked)
    return tuple(dict.fromkeys(found.reads)), tuple(dict.fromkeys(parts))


def asked_for(tree: nodes.Template) -> set[object]:
    """The keys that the template asks for before it uses them: `'k' in d`."""
    asking = frozenset({compared("in"), compared("notin")})
    sought = [found.node for found in tree.find_all(nodes.Filter) if found.name in asking]
    sought += [found.expr for found in tree.find_all(nodes.Compare)]
    return {node.value for node in sought if isinstance(node, nodes.Const)}


def written_out(function: str, tree: nodes.Template, spots: Sequence[Spot]) -> Iterator[tuple[str, Spot]]:
    """The texts that calls of `function` write out as their first argument (names of styles, of files), with their
    tags."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == function and call.args:
            name = call.args[0]
            if isinstance(name, nodes.Const) and isinstance(name.value, str):
                yield name.value, spots[call.lineno - 1]


_OF_MACROS = frozenset({"caller", "varargs", "kwargs"})


class _Walk:
    """Follows Jinja2's scopes: `for`, `with`, macros and kept blocks open one, `if` does not."""

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
            self.body(node.body, scope | {name for target in node.targets for name in stored(target)})
        elif isinstance(node, nodes.Macro):
            scope.add(node.name)
            self.body(node.defaults, scope)
            self.body(node.body, scope | {argument.name for argument in node.args} | _OF_MACROS)
        elif isinstance(node, nodes.AssignBlock):
            self.body(node.body, set(scope))
            if node.filter is not None:
                self._visit(node.filter, scope)
            scope.update(stored(node.target))
        elif isinstance(node, nodes.Assign):
            self._visit(node.node, scope)
            scope.update(stored(node.target))
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
        inner = scope | stored(node.target)
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


def stored(node: nodes.Node) -> set[str]:
    return set(_names(node))


def _names(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    for name in node.find_all(nodes.Name):
        yield name.name
