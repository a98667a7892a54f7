"""calamine's values → the rows that hold anything, with what the marks say put in."""

from __future__ import annotations

import math
from collections.abc import Iterator

from python_calamine import CalamineSheet

from reportgen.model.cells import CellMark, CellValue, SheetRow
from reportgen.read.marks import SheetMarks

# From here on a float no longer holds every whole number that 16 digits can spell.
_EXACT_BELOW = 1e15
# What Excel shows for a formula that has no result; typed as text it is the same to a reader.
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def filled_rows(values: CalamineSheet, marks: SheetMarks) -> Iterator[SheetRow]:
    """The rows that hold anything, with the errors' texts put in, equal texts kept once."""
    first_column = values.start[1] if values.start else 0
    texts: dict[str, str | None] = {"": None}
    # Not to_python, which holds a second copy of the sheet. Here rows count from the top of the sheet and columns from
    # the first filled one (python-calamine #177).
    grid: list[list[CellValue]] = []
    for raw in values.iter_rows():
        row: list[CellValue] = [texts.setdefault(v, v) if v.__class__ is str else v for v in raw]
        grid.append([None] * first_column + row if first_column else row)
    if values.end and len(grid) != values.end[0] + 1:
        raise RuntimeError("this version of python-calamine counts rows in another way")
    _put_in_marked(grid, marks)
    if not ERRORS.isdisjoint(texts):
        _mark_errors(grid, marks)
    _mark_large(grid, marks)
    marked = {row for row, _ in marks.marks}
    for number, row in enumerate(grid, 1):
        while row and row[-1] is None:
            row.pop()
        if row or number in marked:
            yield SheetRow(number, tuple(row))


def _put_in_marked(grid: list[list[CellValue]], marks: SheetMarks) -> None:
    """The errors' texts; and room for marked cells beyond the last value. A percentage is a value like any other."""
    for (row, column), mark in marks.marks.items():
        if mark is CellMark.PERCENT:
            continue
        grid += [[] for _ in range(row - len(grid))]
        cells = grid[row - 1]
        cells += [None] * (column - len(cells))
        cells[column - 1] = marks.errors.get((row, column), cells[column - 1])


def _mark_errors(grid: list[list[CellValue]], marks: SheetMarks) -> None:
    """Texts that say what Excel shows for a formula without a result."""
    for number, row in enumerate(grid, 1):
        for column, value in enumerate(row, 1):
            if value.__class__ is str and value in ERRORS:
                marks.error(number, column, str(value))


def _mark_large(grid: list[list[CellValue]], marks: SheetMarks) -> None:
    """Numbers of more digits than a cell keeps, and those that are none (1e400)."""
    numbers = [value for row in grid for value in row if value.__class__ is float or value.__class__ is int]
    if not numbers or (max(numbers) < _EXACT_BELOW and min(numbers) > -_EXACT_BELOW and math.isfinite(sum(numbers))):
        return
    for number, row in enumerate(grid, 1):
        for column, value in enumerate(row, 1):
            if value.__class__ not in (float, int) or -_EXACT_BELOW < value < _EXACT_BELOW:
                continue
            if math.isfinite(value):
                marks.marks.setdefault((number, column), CellMark.DIGITS_LOST)
            else:
                row[column - 1] = "#NUM!"
                marks.error(number, column, "#NUM!")
