"""Which top-level names a program reads, and where: variables of loops and set are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from reportgen.diagnostics import nearest
from reportgen.template.engine.environment import SOFT_FILTERS, SOFT_TESTS, near_words
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


def reads(tree: nodes.Template, spots: Sequence[Spot]) -> tuple[Read, ...]:
    """Every read of a name that the tree itself does not define, in order; nodes carry their tag's number as line."""
    found = _Walk(spots)
    found.body(tree.body, set())
    return tuple(dict.fromkeys(found.reads))


class _Walk:
    """Follows Jinja2's scopes: `for` and `with` open one, `if` does not."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._spots = spots
        self.reads: list[Read] = []

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
