"""Parts and their whole over several rows: shares that add to more than 100 %, totals that are not the sum."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.figures.quantity import exact, settled
from reportgen.model.figure import SCALES, plain, split_measure
from reportgen.model.records import Indicator, Nature, Quantity, Unit
from reportgen.proof.queries.printed import Found, Printed

_LISTED = 6
# An area names no whole of its own: 占全市46% is the part of all such things that the city has, another whole per row.
_AREA = re.compile(r"全(?:国|省|区|自治区|市|州|盟|县|旗|镇|乡|村|系统|行业)")
Key = tuple[object, ...]


def shares_above_whole(printed: Printed) -> Found:
    """Shares of one 总体 that add to more than 100 %: of one row or number, or of one 总体名称 within a unit."""
    indicators = printed.issue.dataset.indicators
    groups: dict[Key, list[Indicator]] = {}
    for row in indicators:
        key = _whole_of(row)
        if key is not None:
            groups.setdefault(key, []).append(row)
    referred = {row.whole for rows in groups.values() for row in rows if isinstance(row.whole, str)}
    by_id: dict[object, Indicator] = {row.id: row for row in indicators if row.id in referred}
    for rows in groups.values():
        total = _share_of_all(rows, by_id) if len(rows) > 1 else None
        if total is not None:
            yield _above(rows, total, by_id)


def _whole_of(row: Indicator) -> Key | None:
    if isinstance(row.whole, str):
        return "row", row.whole, split_measure(row.measure)[1]
    if isinstance(row.whole, Quantity):
        return ("number", row.whole.value, row.whole_name, row.period, row.measure) if row.whole_name else None
    if row.share is not None and row.whole_name and not _AREA.fullmatch(row.whole_name):
        return "name", row.whole_name, row.unit, row.period, row.section
    return None


def _share_of_all(rows: Sequence[Indicator], by_id: Mapping[object, Indicator]) -> Decimal | None:
    """The percentage that the rows make together, None when it is not above 100 or not known."""
    if rows[0].whole is None:
        shares = [row.share for row in rows if row.share is not None and not row.share.reported]
        total = sum((share.value for share in shares), Decimal(0))
        half = sum((Decimal(5).scaleb(-share.decimals - 1) for share in shares), Decimal(0))
        return total if total > 100 + half else None
    whole = _whole_number(rows[0], by_id)
    parts = [exact(part, row.measure) for row in rows if (part := settled(row)) is not None]
    total = sum(parts, Decimal(0))
    return total / whole * 100 if whole and total > whole > 0 else None


def _whole_number(row: Indicator, by_id: Mapping[object, Indicator]) -> Decimal | None:
    if isinstance(row.whole, Quantity):
        return None if row.whole.reported else exact(row.whole, row.measure)
    other = by_id.get(row.whole)
    quantity = settled(other) if other is not None else None
    return exact(quantity, other.measure) if other is not None and quantity is not None else None


def _above(rows: Sequence[Indicator], total: Decimal, by_id: Mapping[object, Indicator]) -> Diagnostic:
    field = "share" if rows[0].whole is None else "whole"
    other = by_id.get(rows[0].whole)
    whole = rows[0].whole_name or (other.name if other else "")
    listed = "、".join(row.id for row in rows[:_LISTED]) + ("等" if len(rows) > _LISTED else "")
    related = tuple(row.origin.place(field) for row in rows[1 : _LISTED + 1])
    words = {"rows": listed, "whole": whole, "total": f"{plain(total.quantize(Decimal('0.01')))}%"}
    return codes.SHARES_ABOVE_WHOLE.fill(rows[0].origin.place(field), words, related=related)


def totals(printed: Printed) -> Found:
    """A total beside the numbers of all its units that is not their sum; only when every unit has one exact number."""
    data = printed.issue.dataset
    groups: dict[Key, list[Indicator]] = defaultdict(list)
    for row in data.indicators:
        if row.nature is Nature.COUNT and row.additive and row.value is not None:
            groups[row.name, row.period, row.caliber, row.action, split_measure(row.measure)[1]].append(row)
    members = _members(data.units)
    for rows in groups.values():
        if len(rows) > 2:
            yield from _of_group(rows, members)


def _members(units: Iterable[Unit]) -> Mapping[str, frozenset[str]]:
    """Unit → the 参报 units under it; "" → all 参报 units that have none under them."""
    under: dict[str, set[str]] = defaultdict(set)
    reporting = [unit for unit in units if unit.reports]
    for unit in reporting:
        under[unit.parent].add(unit.short_name)
    under[""] = {unit.short_name for unit in reporting if unit.short_name not in under}
    return {name: frozenset(names) for name, names in under.items()}


def _of_group(rows: Sequence[Indicator], members: Mapping[str, frozenset[str]]) -> Found:
    by_unit: dict[str, list[Indicator]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit].append(row)
    for unit, whole in by_unit.items():
        wanted = members.get(unit, frozenset())
        if len(whole) != 1 or len(wanted) < 2 or any(len(by_unit.get(name, ())) != 1 for name in wanted):
            continue
        parts = [by_unit[name][0] for name in sorted(wanted, key=lambda name: by_unit[name][0].origin.row)]
        yield from _compared(whole[0], parts)


def _compared(whole: Indicator, parts: Sequence[Indicator]) -> Found:
    numbers = [(row, quantity) for row in (whole, *parts) if (quantity := settled(row)) is not None]
    if len(numbers) <= len(parts):
        return
    total, *values = (exact(quantity, row.measure) for row, quantity in numbers)
    found = sum(values, Decimal(0))
    if abs(found - total) <= sum((_doubt(row, quantity) for row, quantity in numbers), Decimal(0)):
        return
    cell = whole.origin.cell("value")
    scale, measure = split_measure(whole.measure)
    unit = SCALES[scale] if scale else Decimal(1)
    shown = {"total": f"{plain(total / unit)}{scale}{measure}", "sum": f"{plain(found / unit)}{scale}{measure}"}
    words = {"name": whole.name, "count": len(parts), **shown}
    related = tuple(row.origin.place("value") for row in parts[:_LISTED])
    yield codes.TOTAL_DIFFERS.fill(cell.place(), words, text=cell.text, related=related)


def _doubt(row: Indicator, quantity: Quantity) -> Decimal:
    """How far a rounded number may be from what it stands for: half its last digit; a whole number of things, 0."""
    scale = quantity.scale or split_measure(row.measure)[0]
    if not scale and not quantity.decimals:
        return Decimal(0)
    return Decimal(5).scaleb(-quantity.decimals - 1) * (SCALES[scale] if scale else 1)
