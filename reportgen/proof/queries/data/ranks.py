"""名次 as typed: twice the same, beyond the range, against the values, in a range that is not complete."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.figures.quantity import exact, settled
from reportgen.model.records import Indicator, Nature, Unit
from reportgen.proof.queries.printed import Found, Printed

_NAMED = 5
Ranked = tuple[Indicator, int, str]
Values = Mapping[tuple[str, str], Mapping[str, Decimal]]


def same_rank(printed: Printed) -> Found:
    """Two units with one 名次 in the same range, unless their values are equal."""
    groups: dict[tuple[str, str, str, int], list[Ranked]] = defaultdict(list)
    for ranked in _ranked(printed.issue.dataset.indicators):
        row, rank, _ = ranked
        if row.unit:
            groups[row.name, row.period, row.rank_range, rank].append(ranked)
    for found in groups.values():
        rows = list({row.unit: (row, field) for row, _, field in found}.values())
        if len(rows) < 2 or _tied([row for row, _ in rows]):
            continue
        (first, _), (second, field) = rows[:2]
        related = tuple(row.origin.place(field) for row, field in rows if row is not second)[:_NAMED]
        units = "、".join(row.unit for row, _ in rows[:_NAMED]) + ("等" if len(rows) > _NAMED else "")
        cell = second.origin.cell(field)
        yield codes.RANK_TWICE.at(
            cell.place(), text=cell.text, related=related, units=units, name=first.name, rank=found[0][1]
        )


def _ranked(rows: Sequence[Indicator]) -> Iterator[Ranked]:
    """Rows with a 名次 typed, and the field it stands in."""
    for row in rows:
        if row.rank is not None:
            yield row, row.rank, "rank"
        elif row.nature is Nature.RANK and row.value is not None and not row.value.reported:
            yield row, int(row.value.value), "value"


def _tied(rows: Sequence[Indicator]) -> bool:
    values = [settled(row) for row in rows if row.nature is not Nature.RANK]
    known = {exact(value, row.measure) for row, value in zip(rows, values, strict=False) if value is not None}
    return len(values) == len(rows) and None not in values and len(known) == 1


def ranks_in_range(printed: Printed) -> Found:
    """名次 typed for a range that 单位 knows: beyond it, other than the values say, or not to be checked."""
    data = printed.issue.dataset
    ranked = [item for item in _ranked(data.indicators) if item[0].rank_range and item[0].unit]
    if not ranked:
        return
    scopes, values = _scopes(data.units), _values(data.indicators, {(r.name, r.period) for r, _, _ in ranked})
    standings: dict[tuple[str, str, str], _Standings] = {}
    for row, rank, field in ranked:
        units = scopes.get(row.rank_range, {})
        if row.unit in units:
            key = row.name, row.period, row.rank_range
            if key not in standings:
                standings[key] = _Standings.of(units, values[row.name, row.period])
            yield from _checked(row, rank, field, standings[key])


@dataclass(frozen=True, slots=True)
class _Standings:
    """What is known of one name, 时期 and range: how many units it has, the values in order, who has none."""

    count: int
    values: Mapping[str, Decimal]
    in_order: Sequence[Decimal]
    missing: Sequence[str]

    @classmethod
    def of(cls, units: Iterable[str], values: Mapping[str, Decimal]) -> _Standings:
        known = {unit: values[unit] for unit in units if unit in values}
        missing = [unit for unit in units if unit not in values]
        return cls(len(known) + len(missing), known, sorted(known.values()), missing)

    def places(self, value: Decimal) -> tuple[int, int]:
        """The place of a value, largest first and smallest first."""
        above = len(self.in_order) - bisect_right(self.in_order, value)
        return above + 1, bisect_left(self.in_order, value) + 1


def _values(rows: Sequence[Indicator], wanted: Container[tuple[str, str]]) -> Values:
    """Name and 时期 → unit → exact value, of those that somebody is ranked by."""
    values: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        if row.unit and (row.name, row.period) in wanted and row.nature is not Nature.RANK:
            value = settled(row)
            if value is not None:
                values[row.name, row.period][row.unit] = exact(value, row.measure)
    return values


def _scopes(units: Sequence[Unit]) -> Mapping[str, Mapping[str, None]]:
    """类别 or 上级 → the units of it, in their order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for unit in units:
        for scope in filter(None, (unit.category, unit.parent)):
            found[scope][unit.short_name] = None
    return found


def _checked(row: Indicator, rank: int, field: str, standings: _Standings) -> Found:
    cell = row.origin.cell(field)
    place, own = cell.place(), standings.values.get(row.unit)
    words: dict[str, object] = {"name": row.name, "rank": rank, "scope": row.rank_range, "count": standings.count}
    if rank > standings.count:
        yield codes.RANK_BEYOND_RANGE.fill(place, words, text=cell.text)
    elif own is None or len(standings.values) < 2:
        return
    elif standings.missing:
        missing = standings.missing
        words["missing"] = "、".join(missing[:_NAMED]) + ("等" if len(missing) > _NAMED else "")
        yield codes.RANK_UNCHECKED.fill(place, words, text=cell.text)
    elif rank not in standings.places(own):
        words["computed"] = standings.places(own)[0]
        yield codes.RANK_DISAGREES.fill(place, words, text=cell.text)
