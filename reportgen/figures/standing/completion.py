"""完成率: a value before its 目标."""

from __future__ import annotations

from reportgen.diagnostics import FaultError, GapError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.comparison import Basis, Pair, pair_with
from reportgen.figures.quantity import Operand, Peers, exact, is_rate, settled, stated_cell, unsettled
from reportgen.figures.standing.share import HUNDRED, percent_of
from reportgen.model.figure import Figure, Text
from reportgen.model.records import Indicator, Nature

_GOAL = Basis("target", "年度目标", "")


def completion(row: Indicator, peers: Peers) -> Figure:
    """`Z.完成率`: value by 目标. Raises F010 when the target is blank or not above 0, for losses, 增速 and 名次."""
    target, cell = row.target, row.origin.cell("target")
    if (reason := _no_rate(row)) is not None:
        raise _incomplete(row, reason)
    value = settled(row)
    if value is None or target is None or target.reported:
        return unsettled(stated_cell(row), cell)
    return percent_of(row, exact(value, row.measure), exact(target, row.measure), cell, peers.masthead)


def _incomplete(row: Indicator, reason: str | None) -> FaultError:
    kind = FaultError if row.target is not None else GapError
    return kind(faults.NO_COMPLETION, related=(row.origin.place("target"),), indicator=row.name, reason=reason)


def _no_rate(row: Indicator) -> str | None:
    if row.nature in (Nature.GROWTH, Nature.RANK):
        return f"是{row.nature.value}，说的是高于还是低于目标"
    return _no_goal(row)


def _no_goal(row: Indicator) -> str | None:
    if row.target is None or (row.target.value <= 0 and not row.target.reported):
        return "的目标没有填，或不大于 0"
    if row.value is not None and row.value.value < 0 and row.nature is not Nature.GROWTH:
        return "的值是负数"
    return None


def can_complete(row: Indicator) -> bool:
    """True when there is something to say of the 目标."""
    return _no_goal(row) is None


def completion_clause(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.完成句`: 完成年度任务的96.2%, 全面完成年度任务, 超额完成年度任务，完成率105%.

    A task is a number of things; of a percentage or a rank the 目标 is a mark: 高于年度目标0.3个百分点, 达到年度目标.
    """
    if row.nature is Nature.RANK or is_rate(row):
        return _before_goal(row, peers)
    rate = completion(row, peers)
    if rate.value is None:
        return rate
    if rate.value > HUNDRED:
        return Text.of("超额完成年度任务，完成率", rate)
    if rate.value == HUNDRED:
        return Text.of(rate.with_text("全面完成", "读法"), "年度任务")
    return Text.of("完成年度任务的", rate)


def _before_goal(row: Indicator, peers: Peers) -> Figure | Text:
    if (reason := _no_goal(row)) is not None or row.target is None:
        raise _incomplete(row, reason)
    number = None if row.target.reported else exact(row.target, row.measure)
    pair = pair_with(row, peers.masthead, _GOAL, Operand(number, row.origin.cell("target")))
    if isinstance(pair, Figure):
        return pair
    if row.nature is Nature.RANK:
        return Text.of(pair.word("达到" if pair.difference <= 0 else "未达到"), _GOAL.name)
    return _by_points(pair)


def _by_points(pair: Pair) -> Text:
    if pair.difference == 0:
        return Text.of(pair.word("达到"), _GOAL.name)
    return Text.of("高于" if pair.difference > 0 else "低于", _GOAL.name, pair.amount())
