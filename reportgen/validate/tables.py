"""A sheet that no contract names, by its own headers: 表['与会人员']."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic, Place
from reportgen.model.cells import Layout, Origin, Position, Sheet, cell_text
from reportgen.model.records import ExtraRow, ExtraTable
from reportgen.validate.grid import Grid
from reportgen.validate.headers import SEARCHED_ROWS, cell_place, normal
from reportgen.validate.rows import elsewhere


def read_table(sheet: Sheet, file: str) -> tuple[ExtraTable | None, list[Diagnostic]]:
    """The table whose headers are the first row of two cells or more, else the first row at all."""
    if not sheet.rows:
        return None, []
    index = next((i for i, row in enumerate(sheet.rows[:SEARCHED_ROWS]) if sum(map(bool, row.values)) > 1), 0)
    named = [(normal(cell_text(value)), number) for number, value in enumerate(sheet.rows[index].values, 1)]
    named = [(name, number) for name, number in named if name]
    positions = {name: Position(name, number, number - 1) for name, number in reversed(named)}
    layout, place = Layout(file, sheet.name, positions), Place(file=file, sheet=sheet.name)
    used = [number - 1 for _, number in named]
    grid = Grid.of(sheet, sheet.rows[index + 1 :], max(used, default=-1) + 1)
    grid.keep(grid.filled(used))
    faults = [
        elsewhere(mark, cell_place(place, grid.numbers[row], number, name), grid.columns[number - 1][row])
        for name, number in named
        for row, mark in grid.marks.get(number - 1, {}).items()
    ]
    rows = tuple(
        ExtraRow(Origin(layout, number, cells), tuple(cells[index] for index in used))
        for number, cells in zip(grid.numbers, grid.rows(), strict=True)
    )
    return ExtraTable(sheet.name.strip(), tuple(name for name, _ in named), rows), faults
