"""What a turn of a loop costs, found while compiling: nothing is counted while the turn goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jinja2 import nodes

_TAG = 2  # what evaluating a tag weighs, in characters


class Cost(NamedTuple):
    """What printing something once costs: characters of static text, and work."""

    held: int = 0
    work: int = 0

    def __add__(self, other: object) -> Cost:
        assert isinstance(other, Cost)
        return Cost(self.held + other.held, self.work + other.work)


def weigh(body: Iterable[nodes.Node], is_kept: bool = False) -> Cost:
    """Hands every loop in `body` what a turn of it costs, inner loops apart; what is not kept is held by nobody."""
    total = Cost()
    for node in body:
        total += _cost(node, is_kept)
    return total


def _cost(node: nodes.Node, is_kept: bool) -> Cost:
    if isinstance(node, nodes.Output):
        texts = [child for child in node.nodes if isinstance(child, nodes.TemplateData)]
        return Cost(sum(len(text.data) for text in texts), _TAG * (len(node.nodes) - len(texts)))
    if isinstance(node, nodes.For):
        turn = weigh(node.body, is_kept) + Cost(0, _TAG)
        if isinstance(node.iter, nodes.Filter):
            costs = (turn.held if is_kept else 0, turn.work)
            node.iter.args = [nodes.Const(cost, lineno=node.lineno) for cost in costs]
        return weigh(node.else_, is_kept)
    if isinstance(node, nodes.If):
        branches = [weigh(branch, is_kept) for branch in (node.body, *(other.body for other in node.elif_), node.else_)]
        return Cost(max(cost.held for cost in branches), max(cost.work for cost in branches) + _TAG)
    if isinstance(node, nodes.Macro):
        weigh(node.body, True)
        return Cost()
    if isinstance(node, (nodes.AssignBlock, nodes.FilterBlock)):
        return weigh(node.body, True)
    return weigh(node.body, is_kept) if isinstance(node, nodes.With) else Cost(0, _TAG)
