"""创: a number that is the best of its years, told only where the years before it are in the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import claims
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.quantity import Peers, exact, own_print, settled, stated_cell, unsettled
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Text, merge_sources, split_measure
from reportgen.model.records import Indicator, Nature

_HIGH, _LOW, _BEST, _EVER = "新高", "新低", "最好", "历史"
_CHOICES = (_HIGH, _LOW, _BEST, _EVER + _HIGH, _EVER + _LOW, _EVER + _BEST)
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|$)")
# Of two years one says 同比; a record is one of more.
_FEWEST = 3


def record(row: Indicator, peers: Peers, option: object = _HIGH) -> Figure | Text:
    """`Z.创`: 创5年来新高, `Z.创('最好')` 创7年来最好; `Z.创('历史新高')` when every year of the sheet is surpassed.

    The series are the rows of the same 名称, 单位, 量词 and 口径 whose 时期 differ by the year alone; n counts the
    years without a gap that the value surpasses, its own included. 【待核】 while the value is open.
    Raises F002 for another option, F032 when fewer than three years can be counted, naming the year that spoils it.
    """
    if option not in _CHOICES:
        raise FaultError(faults.UNKNOWN_OPTION, name="创", option=option, choices="、".join(_CHOICES))
    if settled(row) is None:
        return unsettled(stated_cell(row))
    words = str(option)
    rows, spoiled = _surpassed(row, _series(row, peers), words)
    if len(rows) < _FEWEST or (spoiled and words.startswith(_EVER)):
        raise _no_record(row, words, spoiled or f"只有{len(rows)}年的数", rows)
    return _told(rows, words)


def _told(rows: Sequence[Indicator], words: str) -> Text:
    """From the first year to the row's own."""
    cells = merge_sources([tuple(stated_cell(row) for row in reversed(rows)), _periods(rows)])
    span = f"{_year(rows[0])}年至{_year(rows[-1])}年"
    count = Figure(f"{len(rows)}年", Decimal(len(rows)), cells, "年", span, "连续计数")
    if words.startswith(_EVER):
        return Text.of(count.with_text(f"创{words}", "读法"))
    return Text.of("创", count, "来", words)


def _periods(rows: Sequence[Indicator]) -> tuple[CellRef, ...]:
    return tuple(row.origin.cell("period") for row in rows)


def _series(row: Indicator, peers: Peers) -> dict[int, list[Indicator]]:
    """The rows of the series by year."""
    if _year(row) is None:
        raise _no_record(row, _HIGH, "“时期”里没有年份", [row])
    found: dict[int, list[Indicator]] = {}
    for item in peers.indicators:
        year = _year(item)
        if year is not None and _kind(item) == _kind(row):
            found.setdefault(year, []).append(item)
    return found


def _surpassed(row: Indicator, series: dict[int, list[Indicator]], words: str) -> tuple[list[Indicator], str]:
    """The rows that the value surpasses, back from its own year, and what ends the run (nothing when all do)."""
    rows = [row]
    year = _year(row) or 0
    while year > min(series):
        year -= 1
        found = series.get(year, [])
        if reason := _spoils(row, found, words):
            return rows, f"{year}年{reason}"
        rows.insert(0, found[0])
    return rows, ""


def _spoils(row: Indicator, found: Sequence[Indicator], words: str) -> str:
    if len(found) != 1:
        return "有不止一行" if found else "没有数"
    mine, other = settled(row), settled(found[0])
    if mine is None or other is None:
        return "没有确切的数"
    low = words.endswith(_LOW)
    number, rival = exact(mine, row.measure), exact(other, found[0].measure)
    if number < rival if low != (row.nature is Nature.RANK) else number > rival:  # the first rank is the highest
        return ""
    return f"是{own_print(found[0])}，不{'高' if low else '低'}于它"


def _year(row: Indicator) -> int | None:
    found = _YEAR.search(row.period)
    return int(found[0]) if found else None


def _kind(row: Indicator) -> tuple[object, ...]:
    """What rows of one series share; of 时期 what stands beside the year (2024年前三季度 → 年前三季度)."""
    rest = _YEAR.sub("", row.period).removeprefix("年")
    return row.name, row.unit, split_measure(row.measure)[1], row.nature, row.caliber, rest


def _no_record(row: Indicator, words: str, reason: str, rows: Sequence[Indicator]) -> FaultError:
    places = tuple(cell.place() for cell in (stated_cell(row), *_periods(rows)))
    return FaultError(claims.NO_RECORD, related=places, indicator=row.name, words=words, reason=reason)
