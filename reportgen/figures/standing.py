"""占比, 完成率, 名次, 差: where a number stands in its whole, before its target, among its peers, beside another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.comparison import Basis, Pair, decimals_of, kept, pair_with, term
from reportgen.figures.numerals import ordinal, percentage, rounded
from reportgen.figures.quantity import (
    Peers,
    exact,
    is_rate,
    measure_of,
    missing,
    operand,
    rank_figure,
    reported_share,
    settled,
    split_measure,
    stated,
    unit_of,
    unsettled,
)
from reportgen.model.cells import CellRef
from reportgen.model.figure import ARITHMETIC, Figure, Text, plain
from reportgen.model.records import Indicator, Masthead, Nature, Quantity, Unit

ASCENDING, DESCENDING = "升", "降"
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
        return unsettled(_cell(row), whole.cell)
    computed = _share_of(row, exact(part, row.measure), whole.number, whole.cell, peers.masthead)
    if row.share is not None:
        _refuse_disagreement(row, row.share, computed)
    return computed


def share_clause(row: Indicator, peers: Peers) -> Text:
    """`Z.占比句`: 占提案总数55.3%; 占52.1% where 总体名称 is left to what stands before."""
    other = peers.indicator(row.whole) if isinstance(row.whole, str) else None
    return Text.of("占", row.whole_name or (other.name if other else ""), share(row, peers))


def _share_of(row: Indicator, part: Decimal, whole: Decimal, cell: CellRef, masthead: Masthead) -> Figure:
    places = (_cell(row).place(), cell.place())
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
    return Figure(percentage(percent, decimals), percent, (_cell(row), cell), "%", formula, kept(decimals))


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
        return unsettled(_cell(row), cell)
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


def rank(row: Indicator, peers: Peers, order: str = "") -> Figure:
    """`Z.名次`: 第一, 并列第二. The 名次 typed, else among all units of 排名范围, largest first (升: smallest first).

    Raises F002 for another option, F011 when a unit has no exact value yet, F012 when the range is unclear.
    """
    if order not in ("", ASCENDING, DESCENDING):
        choices = f"{ASCENDING}、{DESCENDING}"
        raise FaultError(faults.UNKNOWN_OPTION, name="名次", option=order, choices=choices)
    if row.rank is not None:
        return rank_figure(Decimal(row.rank), (row.origin.cell("rank"),))
    value = settled(row)
    if row.nature is Nature.RANK:
        return missing(row.name, _cell(row)) if value is None else rank_figure(value.value, (_cell(row),))
    if value is None:
        return unsettled(_cell(row))
    return _place_among(row, _standings(row, peers), ascending=order == ASCENDING)


def rank_clause(row: Indicator, peers: Peers, order: str = "") -> Figure | Text:
    """`Z.名次句`: 排名全区第一, 排名全区并列第二."""
    place = rank(row, peers, order)
    return place if place.value is None else Text.of("排名", row.rank_range, place)


@dataclass(frozen=True, slots=True)
class _Entry:
    unit: str
    value: Decimal
    cell: CellRef


def _place_among(row: Indicator, entries: list[_Entry], ascending: bool) -> Figure:
    own = next(entry.value for entry in entries if entry.cell == _cell(row))
    ahead = sum(1 for entry in entries if (entry.value < own if ascending else entry.value > own))
    tied = sum(1 for entry in entries if entry.value == own) > 1
    text = f"{'并列' if tied else ''}{ordinal(Decimal(ahead + 1))}"
    cells = (_cell(row), *(entry.cell for entry in entries if entry.cell != _cell(row)))
    formula = f"{len(entries)}个单位{'从小到大' if ascending else '从大到小'}排列"
    return Figure(text, Decimal(ahead + 1), cells, formula=formula, rule="排名")


def _standings(row: Indicator, peers: Peers) -> list[_Entry]:
    """One entry per unit of the range; every unit must have one."""
    names = _short_names(peers.units)
    rivals = [item for item in peers.indicators if (item.name, item.period) == (row.name, row.period) and item.unit]
    wanted = _range_of(row, peers.units, names, rivals)
    entries = [entry for entry in _entries(rivals, names) if entry.unit in wanted]
    reporting = [entry.unit for entry in entries]
    absent = [unit for unit in wanted if unit not in reporting]
    if absent:
        raise FaultError(
            faults.RANK_INCOMPLETE,
            related=tuple(item.origin.place("value") for item in rivals if names.get(item.unit, item.unit) in absent),
            indicator=row.name,
            scope=row.rank_range or "参报单位",
            missing="、".join(absent),
        )
    twice = sorted({unit for unit in reporting if reporting.count(unit) > 1})
    if twice:
        places = tuple(entry.cell.place() for entry in entries if entry.unit in twice)
        raise _unclear(row, f"{'、'.join(twice)}有不止一行", places)
    return entries


def _entries(rivals: Iterable[Indicator], names: Mapping[str, str]) -> Iterable[_Entry]:
    for item in rivals:
        value = settled(item)
        if value is not None:
            yield _Entry(names.get(item.unit, item.unit), exact(value, item.measure), _cell(item))


def _range_of(
    row: Indicator, units: Iterable[Unit], names: Mapping[str, str], rivals: list[Indicator]
) -> tuple[str, ...]:
    """The units to be ranked: 类别 or 上级 = 排名范围, else all 参报, else (no 单位 sheet) all that have a row."""
    units = tuple(units)
    scope = row.rank_range
    named = tuple(unit.short_name for unit in units if scope and scope in (unit.category, unit.parent))
    wanted = named or tuple(unit.short_name for unit in units if unit.reports)
    if not units:
        wanted = tuple(dict.fromkeys(item.unit for item in rivals))
    if not row.unit:
        raise _unclear(row, "这一行没有填单位")
    if names.get(row.unit, row.unit) not in wanted:
        raise _unclear(row, f"{row.unit}不在排名范围（{scope or '参报单位'}）里")
    if len(wanted) < 2:
        raise _unclear(row, "排名范围里只有一个单位")
    return wanted


def _short_names(units: Iterable[Unit]) -> dict[str, str]:
    """Every name of a unit → its 简称."""
    return {
        name: unit.short_name for unit in units for name in (*unit.aliases, unit.full_name, unit.short_name) if name
    }


def _unclear(row: Indicator, reason: str, places: tuple[Place, ...] = ()) -> FaultError:
    related = places or (row.origin.place("unit"),)
    return FaultError(faults.RANK_UNCLEAR, related=related, indicator=row.name, reason=reason)


def _cell(row: Indicator) -> CellRef:
    found = stated(row)
    return row.origin.cell("value") if found is None else found[1]


def gap(row: Indicator, peers: Peers) -> Figure:
    """`Z.差`: 4.2个百分点, to 对照, without direction (the figure's value has the sign)."""
    pair = _against(row, peers)
    return pair if isinstance(pair, Figure) else pair.amount()


def gap_clause(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.对照句`: 高于2023年4.2个百分点, 低于全市…, 与全市持平."""
    pair = _against(row, peers)
    if isinstance(pair, Figure):
        return pair
    if not row.comparison_name:
        return missing("对照名称", row.origin.cell("comparison_name"))
    if pair.difference == 0:
        return Text.of("与", row.comparison_name, pair.word("持平"))
    above = (pair.difference > 0) != (row.nature is Nature.RANK)
    return Text.of("高于" if above else "低于", row.comparison_name, pair.amount())


def _against(row: Indicator, peers: Peers) -> Pair | Figure:
    if row.comparison is None:
        return missing("对照", row.origin.cell("comparison"))
    other = operand(row, "comparison", row.comparison, peers)
    if other.row is not None:
        _refuse_incomparable(row, other.row)
    return pair_with(row, peers.masthead, Basis("comparison", row.comparison_name, ""), other)


def _refuse_incomparable(row: Indicator, other: Indicator) -> None:
    kinds = [(is_rate(item), item.nature is Nature.RANK) for item in (row, other)]
    measures = [split_measure(measure_of(item))[1] for item in (row, other)]
    if kinds[0] == kinds[1] and (kinds[0] != (False, False) or measures[0] == measures[1]):
        return
    reason = "不是同类的数" if kinds[0] != kinds[1] else f"量词不同（{measures[0]}、{measures[1]}）"
    places = (row.origin.place("comparison"), other.origin.place("value"))
    raise FaultError(faults.NOT_COMPARABLE, related=places, indicator=row.name, other=other.name, reason=reason)
