"""名次: the place of a number among those of the other units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals import ordinal
from reportgen.figures.quantity import Peers, exact, missing, rank_figure, settled, stated_cell, unsettled
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Text
from reportgen.model.records import Indicator, Nature, Unit

ASCENDING, DESCENDING = "升", "降"


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
        return missing(row.name, stated_cell(row)) if value is None else rank_figure(value.value, (stated_cell(row),))
    if value is None:
        return unsettled(stated_cell(row))
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
    own = next(entry.value for entry in entries if entry.cell == stated_cell(row))
    ahead = sum(1 for entry in entries if (entry.value < own if ascending else entry.value > own))
    tied = sum(1 for entry in entries if entry.value == own) > 1
    text = f"{'并列' if tied else ''}{ordinal(Decimal(ahead + 1))}"
    cells = (stated_cell(row), *(entry.cell for entry in entries if entry.cell != stated_cell(row)))
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
            yield _Entry(names.get(item.unit, item.unit), exact(value, item.measure), stated_cell(item))


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
