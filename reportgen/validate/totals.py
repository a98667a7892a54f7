"""Rows that sum up the others: a habit of tables that are filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model.cells import CellValue
from reportgen.model.schema import ColumnSpec, Kind, SheetSpec
from reportgen.validate.cells.numbers import compact
from reportgen.validate.grid import Grid, is_filled

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "总和", "合计数", "总计数"})


def total_rows(grid: Grid, spec: SheetSpec, columns: Mapping[str, tuple[ColumnSpec, int]]) -> dict[int, int]:
    """Place of each row that looks like a total → the column (by index) that says so.

    A row does when such a word stands where a name is due and everything else that is required is blank.
    """
    if not any(column.kind is Kind.QUANTITY for column in spec.columns):
        return {}
    named = [index for field, (column, index) in columns.items() if column.required or field in (spec.key, "unit")]
    required = [index for column, index in columns.values() if column.required]
    found: dict[int, int] = {}
    for index in named:
        column = grid.columns[index]
        words = {value for value in set(column) if _is_total(value)}
        for row in [row for row, value in enumerate(column) if value in words] if words else ():
            others = (grid.columns[other][row] for other in required)
            if all(not is_filled(cell) or _is_total(cell) for cell in others):
                found.setdefault(row, index)
    return found


def _is_total(value: CellValue) -> bool:
    return isinstance(value, str) and ("计" in value or "和" in value) and compact(value).rstrip(":") in _TOTALS
