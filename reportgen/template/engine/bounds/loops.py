"""What a turn of a loop costs, found while compiling: nothing is counted while the turn goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jinja2 import nodes

from reportgen.template.engine.types import Spot

_TAG, _VALUE = 2, 8  # what evaluating a tag and printing a value weigh, in characters
_BODY = 8  # characters of a tag that weigh one more


class Cost(NamedTuple):
    """What printing something once costs: characters of static text, and work."""

    held: int = 0
    work: int = 0

    def __add__(self, other: object) -> Cost:
        assert isinstance(other, Cost)
        return Cost(self.held + other.held, self.work + other.work)


def weigh(body: Iterable[nodes.Node], spots: Sequence[Spot], is_kept: bool = False) -> Cost:
    """Hands every loop in `body` what a turn of it costs, inner loops apart; what is not kept is held by nobody. Nodes
    carry the numbers of their tags, from 1, as lines."""
    total = Cost()
    for node in body:
        total += _cost(node, spots, is_kept)
    return total


def _cost(node: nodes.Node, spots: Sequence[Spot], is_kept: bool) -> Cost:
    own = Cost(0, _TAG + len(spots[node.lineno - 1].tag.body) // _BODY if spots else _TAG)
    if isinstance(node, nodes.Output):
        texts = [child for child in node.nodes if isinstance(child, nodes.TemplateData)]
        return Cost(sum(len(text.data) for text in texts)) + (
            own + _PRINTED if len(node.nodes) > len(texts) else Cost()
        )
    if isinstance(node, nodes.For):
        turn = own + weigh(node.body, spots, is_kept)
        if isinstance(node.iter, nodes.Filter):
            costs = (turn.held if is_kept else 0, turn.work)
            node.iter.args = [nodes.Const(cost, lineno=node.lineno) for cost in costs]
        return own + weigh(node.else_, spots, is_kept)
    if isinstance(node, nodes.If):
        branches = (node.body, *(other.body for other in node.elif_), node.else_)
        costly = [weigh(branch, spots, is_kept) for branch in branches]
        return own + Cost(max(cost.held for cost in costly), max(cost.work for cost in costly))
    if isinstance(node, nodes.Macro):
        weigh(node.body, spots, True)
        return own
    if isinstance(node, (nodes.AssignBlock, nodes.FilterBlock)):
        return own + weigh(node.body, spots, True)
    return own + weigh(node.body, spots, is_kept) if isinstance(node, nodes.With) else own


_PRINTED = Cost(0, _VALUE)
