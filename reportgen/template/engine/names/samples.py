"""Misspelt attributes, found on the data without printing anything: loop variables are taken for what their lists hold,
in branches that are not taken too."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from jinja2 import nodes

from reportgen.diagnostics import Diagnostic, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.filters.inner import SOFT, TURNS
from reportgen.template.engine.names.reading import asked_for, stored
from reportgen.template.engine.names.unknown import SOFT_FILTERS, SOFT_TESTS, near_words, public_names
from reportgen.template.engine.program import Program
from reportgen.template.engine.tags import fault_at

_ELEMENTS = 20  # of a list that are looked at
_ABSENT = object()
_SAME_ITEMS = frozenset({TURNS, "list", "sort", "reverse", "unique", "selectattr", "rejectattr", "select", "reject"})
_ONE_ITEM = frozenset({"first", "last", "min", "max"})
Samples = tuple[object, ...]  # what a name may stand for; empty when nobody knows
Scope = dict[str, Samples]


@runtime_checkable
class SelectsItems(Protocol):
    """A list that says in `__dir__` all it offers, and which of its methods give some of its own items."""

    def __selections__(self) -> Collection[str]: ...


def misspelt(program: Program, data: Mapping[str, object]) -> Iterator[Diagnostic]:
    """The faults of attributes that none of the values they are asked of has."""
    found = _Walk(program, data)
    found.body(program.tree.body, {})
    yield from dict.fromkeys(found.faults)


class _Walk:
    def __init__(self, program: Program, data: Mapping[str, object]) -> None:
        self._spots, self._data = program.spots, data
        self._asked = asked_for(program.tree)
        self.faults: list[Diagnostic] = []

    def body(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._visit(node, scope)

    def _visit(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.For):
            inner = {**scope, **self._bound(node.target, self._elements(self._value(node.iter, scope)))}
            self.body([*([node.test] if node.test else []), *node.body], inner)
            self.body(node.else_, dict(scope))
        elif isinstance(node, nodes.Assign):
            scope.update(self._bound(node.target, self._value(node.node, scope)))
        elif isinstance(node, nodes.With):
            values = [self._value(value, scope) for value in node.values]
            pairs = zip(node.targets, values, strict=True)
            self.body(
                node.body, {**scope, **{n: v for target, value in pairs for n, v in self._bound(target, value).items()}}
            )
        elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
            if isinstance(node, nodes.Macro):
                scope[node.name] = ()
            else:
                self._value(node.call, scope)
            self.body(node.body, {**scope, **{argument.name: () for argument in node.args}, "caller": ()})
        elif isinstance(node, nodes.AssignBlock):
            self.body(node.body, dict(scope))
            scope.update(dict.fromkeys(stored(node.target), ()))
        elif isinstance(node, nodes.Expr):
            self._value(node, scope)
        else:  # `if`, what prints, `filter`: no scope of their own
            self.body(list(node.iter_child_nodes()), scope)

    def _value(self, node: nodes.Node, scope: Scope) -> Samples:
        """What an expression may give; parts of it that are misspelt are noted."""
        if isinstance(node, nodes.Name):
            return scope[node.name] if node.name in scope else self._named(node.name)
        if isinstance(node, nodes.Getattr):
            return self._attribute(self._value(node.node, scope), node.attr, node)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._part(self._value(node.node, scope), node.arg.value, node)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self._elements(self._value(node.node, scope))
        if _is_soft(node):
            self.body([child for child in node.iter_child_nodes() if child is not getattr(node, "node", None)], scope)
            return ()
        inner = [self._value(child, scope) for child in node.iter_child_nodes()]
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            return inner[0]
        if isinstance(node, nodes.Filter) and inner:
            return inner[0] if node.name in _SAME_ITEMS else self._elements(inner[0]) if node.name in _ONE_ITEM else ()
        return ()

    def _named(self, name: str) -> Samples:
        value = _read(self._data, name)
        return () if value is _ABSENT or value is None else (value,)

    def _attribute(self, owners: Samples, name: str, node: nodes.Node) -> Samples:
        """`x.name`: a part, or of lists that say what they offer a method; one that selects gives the list again."""
        lists = [owner for owner in owners if isinstance(owner, SelectsItems)]
        if not lists or len(lists) < len(owners):
            return self._part(owners, name, node)
        if not any(name in dir(owner) for owner in lists):
            self._note(name, lists[0], node)
        return tuple(owner for owner in lists if name in owner.__selections__())

    def _part(self, owners: Samples, key: str, node: nodes.Node) -> Samples:
        asked = [_read(owner, key) for owner in owners]
        known = owners and all(_lists_its_names(owner) for owner in owners)
        if known and not any(_has(owner, key) for owner in owners) and key not in self._asked:
            self._note(key, owners[0], node)
        return tuple(value for value in asked if value is not _ABSENT and value is not None)

    def _note(self, name: str, owner: object, node: nodes.Node) -> None:
        words = {"name": name, "near": near_words(nearest(name, public_names(owner)))}
        self.faults.append(fault_at(self._spots[node.lineno - 1], codes.UNKNOWN_ATTRIBUTE, **words))

    def _elements(self, lists: Samples) -> Samples:
        listed = [value for value in lists if isinstance(value, Sequence) and not isinstance(value, (str, bytes))]
        return tuple(item for value in listed for item in itertools.islice(value, _ELEMENTS))

    def _bound(self, target: nodes.Node, values: Samples) -> Scope:
        if isinstance(target, nodes.Name):
            return {target.name: values}
        return dict.fromkeys(stored(target), ())


def _is_soft(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Test):
        return node.name in SOFT_TESTS
    return isinstance(node, nodes.Filter) and (node.name in SOFT_FILTERS or node.name == SOFT)


def _lists_its_names(value: object) -> bool:
    """True for what says itself what it offers."""
    return isinstance(value, Mapping)


def _has(owner: object, key: str) -> bool:
    return isinstance(owner, Mapping) and (key in owner or (isinstance(owner, dict) and hasattr(dict, key)))


def _read(owner: object, key: str) -> object:
    """The part of that name; data that cannot be had (a figure without base) says nothing of its names."""
    try:
        return owner[key] if isinstance(owner, Mapping) and key in owner else _ABSENT
    except Exception:
        return _ABSENT
