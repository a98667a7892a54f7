"""差 and 对照句: a number beside another one of its kind (last year's rate, the whole city's, 序时进度)."""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.comparison import Basis, Pair, pair_with
from reportgen.figures.quantity import POINTS, Operand, Peers, is_rate, measure_of, missing, operand, unsettled
from reportgen.figures.standing.completion import completion
from reportgen.model.figure import Figure, Text, split_measure
from reportgen.model.records import Indicator, Nature, Quantity

# 对照名称 that is a time: a rank has risen since then, it does not stand above it.
_TIME = re.compile(r"年|月|季度|[上同]期|期末|期初")


def gap(row: Indicator, peers: Peers) -> Figure:
    """`Z.差`: 4.2个百分点, to 对照, without direction (the figure's value has the sign)."""
    pair = _against(row, peers)
    return pair if isinstance(pair, Figure) else pair.amount()


def gap_clause(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.对照句`: 高于2023年4.2个百分点, 低于全市…, 与全市持平; of amounts 比桂林市多6个, of a progress 快于…."""
    pair = _against(row, peers)
    if isinstance(pair, Figure):
        return pair
    if not row.comparison_name:
        return missing("对照名称", row.origin.cell("comparison_name"))
    if pair.difference == 0:
        return Text.of("与", row.comparison_name, pair.word("持平"))
    before, after = _way(pair)
    return Text.of(before, row.comparison_name, after, pair.amount())


def _way(pair: Pair) -> tuple[str, str]:
    """The words before and after 对照名称."""
    row, more = pair.row, pair.difference > 0
    if row.comparison_name.endswith("进度"):
        return ("快于" if more else "慢于", "")
    if row.nature is Nature.RANK:
        if _TIME.search(row.comparison_name):
            return ("比", "下降" if more else "上升")
        return ("低于" if more else "高于", "")
    if is_rate(row) or pair.computed:
        return ("高于" if more else "低于", "")
    return ("比", "多" if more else "少")


def _against(row: Indicator, peers: Peers) -> Pair | Figure:
    if row.comparison is None:
        return missing("对照", row.origin.cell("comparison"))
    other = operand(row, "comparison", row.comparison, peers)
    basis = Basis("comparison", row.comparison_name, "")
    if _is_percent(row.comparison, other) and not is_rate(row) and row.target is not None:
        return _completed_against(row, peers, basis, other)
    if other.row is not None:
        _refuse_incomparable(row, other.row)
    elif _is_percent(row.comparison, other) and not is_rate(row):
        raise _incomparable(row, other.cell.text, "不是同类的数", other.cell.place())
    return pair_with(row, peers.masthead, basis, other)


def _is_percent(given: Quantity | str, other: Operand) -> bool:
    return is_rate(other.row) if other.row is not None else isinstance(given, Quantity) and given.percent


def _completed_against(row: Indicator, peers: Peers, basis: Basis, other: Operand) -> Pair | Figure:
    """A count with a 目标 beside a percentage: its 完成率 is compared (快于序时进度5个百分点)."""
    rate = completion(row, peers)
    if rate.value is None or other.number is None:
        return unsettled(*rate.sources, other.cell)
    cells = (*rate.sources, other.cell)
    return Pair(row, peers.masthead, basis, rate.value, other.number, POINTS, POINTS, Decimal(1), cells, computed=True)


def _refuse_incomparable(row: Indicator, other: Indicator) -> None:
    kinds = [(is_rate(item), item.nature is Nature.RANK) for item in (row, other)]
    measures = [split_measure(measure_of(item))[1] for item in (row, other)]
    if kinds[0] == kinds[1] and (kinds[0] != (False, False) or measures[0] == measures[1]):
        return
    reason = "不是同类的数" if kinds[0] != kinds[1] else f"量词不同（{measures[0]}、{measures[1]}）"
    raise _incomparable(row, other.name, reason, row.origin.place("comparison"), other.origin.place("value"))


def _incomparable(row: Indicator, other: str, reason: str, *places: Place) -> FaultError:
    return FaultError(faults.NOT_COMPARABLE, related=places, indicator=row.name, other=other, reason=reason)
