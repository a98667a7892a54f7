"""What every sheet's rows offer: 筛选, 按, 排序, 前."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.model.figure import Figure
from reportgen.model.records import When
from reportgen.model.view import Rows, View

AnyRows = Rows[Any]
AnyView = View[Any]


def where(rows: AnyRows, **conditions: object) -> AnyRows:
    """筛选(单位='甲市', 时期='前三季度'): the rows whose columns print as asked; a list column holds the value."""
    return rows.with_views(row for row in rows if all(_matches(row, *item) for item in conditions.items()))


def by(rows: AnyRows, column: str) -> tuple[tuple[object, AnyRows], ...]:
    """按('单位'): pairs of the column's value and the rows that have it, in order of first appearance."""
    groups: dict[str, tuple[object, list[AnyView]]] = {}
    for row in rows:
        value = _column(row, column)
        groups.setdefault(str(value), (value, []))[1].append(row)
    return tuple((key, rows.with_views(views)) for key, views in groups.values())


def ordered(rows: AnyRows, column: str, 降序: bool = False) -> AnyRows:  # noqa: N803 -- the contract names the option in Chinese
    """排序('值', 降序=true): by number where the column holds numbers, otherwise by text; blanks always last."""
    filled = [row for row in rows if _sort_key(row, column) is not None]
    blank = [row for row in rows if _sort_key(row, column) is None]
    filled.sort(key=lambda row: _sort_key(row, column) or (), reverse=降序)
    return rows.with_views([*filled, *blank])


def first(rows: AnyRows, count: int) -> AnyRows:
    """前(3): the first rows."""
    return rows[:count]


METHODS: Mapping[str, Callable[..., object]] = {"筛选": where, "按": by, "排序": ordered, "前": first}


def _column(row: AnyView, column: str) -> object:
    if column not in row:
        near = nearest(column, row)
        advice = f"是不是“{'”“'.join(near)}”？" if near else "照着表头改列名。"
        raise FaultError(codes.UNKNOWN_FILTER_COLUMN, column=column, advice=advice)
    return row[column]


def _matches(row: AnyView, column: str, wanted: object) -> bool:
    value = _column(row, column)
    if isinstance(value, (tuple, list)):
        return str(wanted) in [str(item) for item in value]
    if isinstance(wanted, bool):
        return str(value) == ("是" if wanted else "否")
    if isinstance(value, Figure) and isinstance(wanted, (int, float, Decimal)):
        return value == wanted
    return str(value) == str(wanted)


def _sort_key(row: AnyView, column: str) -> tuple[int, Decimal, str] | None:
    value = _column(row, column)
    if isinstance(value, View) and isinstance(value.record, When):
        return (0, Decimal(value.record.start.toordinal()), "")
    number = value.value if isinstance(value, Figure) else value
    if isinstance(number, (Decimal, int)):
        return (0, Decimal(number), "")
    text = str(value) if value is not None else ""
    return (1, Decimal(0), text) if text else None
