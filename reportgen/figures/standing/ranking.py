"""名次: the place of a number among those of the other units, and what may be said of it (最多, 前列)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import Code, FaultError, GapError, Place
from reportgen.diagnostics.catalogue import claims
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals import ordinal
from reportgen.figures.quantity import Peers, exact, missing, own_print, rank_figure, settled, stated_cell, unsettled
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Text
from reportgen.model.records import Indicator, Nature, Unit

ASCENDING, DESCENDING = "升", "降"
_LARGEST, _SMALLEST = ("多", "大", "高", "快", "好"), ("少", "小", "低", "慢")
_LEADING = 4  # 前列: among the first of so many parts
_NAMED = 3


def rank(row: Indicator, peers: Peers, order: str = "") -> Figure:
    """`Z.名次`: 第一, 并列第二. The 名次 typed, else among all units of 排名范围, largest first (升: smallest first).

    Raises F002 for another option, F011 when a unit has no exact value yet, F012 when the range is unclear.
    """
    if order not in ("", ASCENDING, DESCENDING):
        choices = f"{ASCENDING}、{DESCENDING}"
        raise FaultError(faults.UNKNOWN_OPTION, name="名次", option=order, choices=choices)
    given = _given(row)
    return _place_among(row, _standings(row, peers), ascending=order == ASCENDING) if given is None else given


def rank_clause(row: Indicator, peers: Peers, order: str = "") -> Figure | Text:
    """`Z.名次句`: 排名全区第一, 排名全区并列第二."""
    place = rank(row, peers, order)
    return place if place.value is None else Text.of("排名", row.rank_range, place)


def superlative(row: Indicator, peers: Peers, word: object = "多") -> Figure:
    """`Z.最`: 最多, said only of the one that stands first alone; `Z.最('高')`, `Z.最('少')` …

    Raises F002 for another word, F030 naming who stands before or beside it, and as 名次 does.
    """
    if word not in (*_LARGEST, *_SMALLEST):
        choices = "、".join((*_LARGEST, *_SMALLEST))
        raise FaultError(faults.UNKNOWN_OPTION, name="最", option=word, choices=choices)
    ascending = word in _SMALLEST
    place = rank(row, peers, ASCENDING if ascending else "")
    if place.value is None:
        return place
    entries = [] if _given(row) is not None else _standings(row, peers)
    rivals = _not_behind(row, entries, ascending)
    if place.value != 1:
        raise _not_so(claims.NOT_THE_MOST, row, f"{_named(rivals) or place.text}排在前面", rivals, word=word)
    if rivals:
        raise _not_so(claims.NOT_THE_MOST, row, f"与{_named(rivals)}并列", rivals, word=word)
    return place.with_text(f"最{word}", "排名")


def leading(row: Indicator, peers: Peers, limit: object = None) -> Figure:
    """`Z.前列`, for 位居前列: within the first quarter, `Z.前列(5)` the first five, `Z.前列(0.2)` the first fifth.

    Raises F002 for another limit, F031 naming the place when it is further back, and as 名次 does.
    """
    place = rank(row, peers)
    if place.value is None:
        return place
    last = _last_place(row, peers, limit)
    if place.value > last:
        reason = f"排名{row.rank_range}{place.text}，前列只到第 {last} 名"
        raise FaultError(claims.NOT_LEADING, related=_cells(place.sources), indicator=row.name, reason=reason)
    return place.with_text("前列", "排名")


def _last_place(row: Indicator, peers: Peers, limit: object) -> int:
    if limit is None:
        return _size(row, peers) // _LEADING
    number = _number(limit)
    if number is not None and 0 < number < 1:
        return int(_size(row, peers) * number)
    if number is None or number < 1 or number != number.to_integral_value():
        raise FaultError(
            faults.UNKNOWN_OPTION, name="前列", option=limit, choices="前几名（如 5），或前几分之几（如 0.2）"
        )
    return int(number)


def _number(limit: object) -> Decimal | None:
    if isinstance(limit, Figure):
        return limit.value
    return Decimal(str(limit)) if isinstance(limit, (int, float, Decimal)) and not isinstance(limit, bool) else None


def _size(row: Indicator, peers: Peers) -> int:
    """How many stand in the range of a row, for a typed 名次 by the 单位 sheet. Raises F031 when nobody knows."""
    size = len(_wanted(row, tuple(peers.units), _rivals(row, peers)))
    if size < 2:
        reason = f"不知道{row.rank_range or '排名范围里'}有几个单位，请写明前几名，如 前列(5)"
        raise FaultError(claims.NOT_LEADING, related=_cells([stated_cell(row)]), indicator=row.name, reason=reason)
    return size


@dataclass(frozen=True, slots=True)
class _Entry:
    unit: str
    value: Decimal
    row: Indicator

    @property
    def cell(self) -> CellRef:
        return stated_cell(self.row)


def _given(row: Indicator) -> Figure | None:
    """The place that needs no others to be known: typed, or the number itself; open when there is no number."""
    if row.rank is not None:
        return rank_figure(Decimal(row.rank), (row.origin.cell("rank"),))
    value = settled(row)
    if row.nature is Nature.RANK:
        return missing(row.name, stated_cell(row)) if value is None else rank_figure(value.value, (stated_cell(row),))
    return unsettled(stated_cell(row)) if value is None else None


def _place_among(row: Indicator, entries: Sequence[_Entry], ascending: bool) -> Figure:
    own = next(entry.value for entry in entries if entry.row is row)
    ahead = sum(1 for entry in entries if (entry.value < own if ascending else entry.value > own))
    tied = sum(1 for entry in entries if entry.value == own) > 1
    text = f"{'并列' if tied else ''}{ordinal(Decimal(ahead + 1))}"
    cells = (stated_cell(row), *(entry.cell for entry in entries if entry.row is not row))
    formula = f"{len(entries)}个单位{'从小到大' if ascending else '从大到小'}排列"
    return Figure(text, Decimal(ahead + 1), cells, formula=formula, rule="排名")


def _not_behind(row: Indicator, entries: Sequence[_Entry], ascending: bool) -> list[_Entry]:
    """Who stands before a row, else who stands beside it."""
    own = next((entry.value for entry in entries if entry.row is row), Decimal(0))
    ahead = [entry for entry in entries if (entry.value < own if ascending else entry.value > own)]
    return ahead or [entry for entry in entries if entry.value == own and entry.row is not row]


def _named(entries: Sequence[_Entry]) -> str:
    names = "、".join(f"{entry.unit}（{own_print(entry.row)}）" for entry in entries[:_NAMED])
    return names + ("等" if len(entries) > _NAMED else "")


def _not_so(code: Code, row: Indicator, reason: str, rivals: Sequence[_Entry], **words: object) -> FaultError:
    cells = [stated_cell(row), *(entry.cell for entry in rivals[:_NAMED])]
    return FaultError(code, related=_cells(cells), indicator=row.name, reason=reason, **words)


def _cells(cells: Iterable[CellRef]) -> tuple[Place, ...]:
    return tuple(cell.place() for cell in cells)


def _rivals(row: Indicator, peers: Peers) -> list[Indicator]:
    return [item for item in peers.indicators if (item.name, item.period) == (row.name, row.period) and item.unit]


def _standings(row: Indicator, peers: Peers) -> list[_Entry]:
    """One entry per unit of the range; every unit must have one."""
    names = _short_names(peers.units)
    rivals = _rivals(row, peers)
    wanted = _range_of(row, peers.units, names, rivals)
    entries = [entry for entry in _entries(rivals, names) if entry.unit in wanted]
    reporting = [entry.unit for entry in entries]
    absent = [unit for unit in wanted if unit not in reporting]
    if absent:
        raise GapError(
            faults.RANK_INCOMPLETE,
            related=tuple(item.origin.place("value") for item in rivals if names.get(item.unit, item.unit) in absent),
            indicator=row.name,
            scope=row.rank_range or "参报单位",
            missing="、".join(absent),
        )
    twice = sorted({unit for unit in reporting if reporting.count(unit) > 1})
    if twice:
        places = _cells(entry.cell for entry in entries if entry.unit in twice)
        raise _unclear(row, f"{'、'.join(twice)}有不止一行", places)
    return entries


def _entries(rivals: Iterable[Indicator], names: Mapping[str, str]) -> Iterable[_Entry]:
    for item in rivals:
        value = settled(item)
        if value is not None:
            yield _Entry(names.get(item.unit, item.unit), exact(value, item.measure), item)


def _wanted(row: Indicator, units: Sequence[Unit], rivals: Iterable[Indicator]) -> tuple[str, ...]:
    """The units to be ranked: 类别 or 上级 = 排名范围, else all 参报, else (no 单位 sheet) all that have a row."""
    if not units:
        return tuple(dict.fromkeys(item.unit for item in rivals))
    scope = row.rank_range
    named = tuple(unit.short_name for unit in units if scope and scope in (unit.category, unit.parent))
    return named or tuple(unit.short_name for unit in units if unit.reports)


def _range_of(
    row: Indicator, units: Iterable[Unit], names: Mapping[str, str], rivals: list[Indicator]
) -> tuple[str, ...]:
    wanted = _wanted(row, tuple(units), rivals)
    if not row.unit:
        raise _unclear(row, "这一行没有填单位", kind=GapError)
    if names.get(row.unit, row.unit) not in wanted:
        raise _unclear(row, f"{row.unit}不在排名范围（{row.rank_range or '参报单位'}）里")
    if len(wanted) < 2:
        raise _unclear(row, "排名范围里只有一个单位")
    return wanted


def _short_names(units: Iterable[Unit]) -> dict[str, str]:
    """Every name of a unit → its 简称."""
    return {
        name: unit.short_name for unit in units for name in (*unit.aliases, unit.full_name, unit.short_name) if name
    }


def _unclear(
    row: Indicator, reason: str, places: tuple[Place, ...] = (), kind: type[FaultError] = FaultError
) -> FaultError:
    related = places or (row.origin.place("unit"),)
    return kind(faults.RANK_UNCLEAR, related=related, indicator=row.name, reason=reason)
