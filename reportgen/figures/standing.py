"""占比, 完成率, 名次, 差: where a number stands in its whole, before its target, among its peers, beside another."""

from __future__ import annotations

from decimal import Decimal

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.comparison import Basis, Pair, decimals_of, kept, pair_with, term
from reportgen.figures.numerals import percentage, rounded
from reportgen.figures.quantity import (
    POINTS,
    Operand,
    Peers,
    exact,
    is_rate,
    measure_of,
    missing,
    operand,
    reported_share,
    settled,
    stated_cell,
    unit_of,
    unsettled,
)
from reportgen.model.cells import CellRef
from reportgen.model.figure import ARITHMETIC, Figure, Text, plain, split_measure
from reportgen.model.records import Indicator, Masthead, Nature, Quantity

_HUNDRED = Decimal(100)


def share(row: Indicator, peers: Peers) -> Figure:
    """`Z.占比`: value by 总体, or 占比 as reported.

    Raises F005–F009: part above whole, neither given, unlike 时期, 口径 or 量词, a whole of 0, the two disagreeing.
    """
    if row.whole is None:
        if row.share is None:
            raise FaultError(faults.NO_WHOLE, related=(row.origin.place("whole"),), indicator=row.name)
        return reported_share(row.share, row.origin.cell("share"))
    whole = operand(row, "whole", row.whole, peers)
    if whole.row is not None:
        _refuse_unlike(row, whole.row)
    part = settled(row)
    if part is None or whole.number is None:
        if row.share is not None:
            return reported_share(row.share, row.origin.cell("share"))
        return unsettled(stated_cell(row), whole.cell)
    computed = _share_of(row, exact(part, row.measure), whole.number, whole.cell, peers.masthead)
    if row.share is not None:
        _refuse_disagreement(row, row.share, computed)
    return computed


def share_clause(row: Indicator, peers: Peers) -> Text:
    """`Z.占比句`: 占提案总数55.3%; 占52.1% where 总体名称 is left to what stands before."""
    other = peers.indicator(row.whole) if isinstance(row.whole, str) else None
    return Text.of("占", row.whole_name or (other.name if other else ""), share(row, peers))


def _share_of(row: Indicator, part: Decimal, whole: Decimal, cell: CellRef, masthead: Masthead) -> Figure:
    places = (stated_cell(row).place(), cell.place())
    if whole <= 0:
        raise FaultError(faults.ZERO_WHOLE, related=places, indicator=row.name, whole=plain(whole))
    if part > whole or part < 0:
        words = {"indicator": row.name, "part": plain(part), "whole": plain(whole)}
        raise FaultError(faults.PART_ABOVE_WHOLE, related=places, **words)
    return _percent_of(row, part, whole, cell, masthead)


def _percent_of(row: Indicator, part: Decimal, whole: Decimal, cell: CellRef, masthead: Masthead) -> Figure:
    percent = ARITHMETIC.multiply(ARITHMETIC.divide(part, whole), _HUNDRED)
    decimals = decimals_of(row, masthead)
    unit = unit_of(row)
    formula = f"{term(part / unit)}/{term(whole / unit)}"
    return Figure(percentage(percent, decimals), percent, (stated_cell(row), cell), "%", formula, kept(decimals))


def _refuse_unlike(row: Indicator, whole: Indicator) -> None:
    """A blank says nothing and agrees with anything."""
    measures = (split_measure(row.measure)[1], split_measure(whole.measure)[1])
    for field, matter, left, right in (
        ("period", "时期", row.period, whole.period),
        ("caliber", "口径", row.caliber, whole.caliber),
        ("measure", "量词", *measures),
    ):
        if left and right and left != right:
            raise FaultError(
                faults.WHOLE_DIFFERS,
                related=(row.origin.place(field), whole.origin.place(field)),
                indicator=row.name,
                whole=whole.name,
                matter=matter,
                left=left,
                right=right,
            )


def _refuse_disagreement(row: Indicator, typed: Quantity, computed: Figure) -> None:
    assert computed.value is not None
    places = max(typed.decimals, len(plain(typed.value).partition(".")[2]))
    if typed.reported or rounded(computed.value, places) == typed.value:
        return
    raise FaultError(
        faults.SHARE_DISAGREES,
        related=(row.origin.place("share"), *(cell.place() for cell in computed.sources)),
        indicator=row.name,
        typed=f"{plain(typed.value)}%",
        computed=percentage(computed.value, places),
    )


def completion(row: Indicator, peers: Peers) -> Figure:
    """`Z.完成率`: value by 目标. Raises F010 when the target is blank or not above 0."""
    target, cell = row.target, row.origin.cell("target")
    if not can_complete(row):
        raise FaultError(faults.NO_TARGET, related=(cell.place(),), indicator=row.name)
    value = settled(row)
    if value is None or target is None or target.reported:
        return unsettled(stated_cell(row), cell)
    return _percent_of(row, exact(value, row.measure), exact(target, row.measure), cell, peers.masthead)


def can_complete(row: Indicator) -> bool:
    """True when 目标 is there and above 0."""
    return row.target is not None and (row.target.value > 0 or bool(row.target.reported))


def completion_clause(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.完成句`: 完成年度任务的96.2%, 全面完成年度任务, 超额完成年度任务，完成率105%."""
    rate = completion(row, peers)
    if rate.value is None:
        return rate
    if rate.value > _HUNDRED:
        return Text.of("超额完成年度任务，完成率", rate)
    if rate.value == _HUNDRED:
        return Text.of(rate.with_text("全面完成", "读法"), "年度任务")
    return Text.of("完成年度任务的", rate)


def gap(row: Indicator, peers: Peers) -> Figure:
    """`Z.差`: 4.2个百分点, to 对照, without direction (the figure's value has the sign)."""
    pair = _against(row, peers)
    return pair if isinstance(pair, Figure) else pair.amount()


def gap_clause(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.对照句`: 高于2023年4.2个百分点, 低于全市…, 与全市持平; of a progress (序时进度) 快于, 慢于."""
    pair = _against(row, peers)
    if isinstance(pair, Figure):
        return pair
    if not row.comparison_name:
        return missing("对照名称", row.origin.cell("comparison_name"))
    if pair.difference == 0:
        return Text.of("与", row.comparison_name, pair.word("持平"))
    above = (pair.difference > 0) != (row.nature is Nature.RANK)
    words = ("快于", "慢于") if row.comparison_name.endswith("进度") else ("高于", "低于")
    return Text.of(words[0] if above else words[1], row.comparison_name, pair.amount())


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
