"""Columns that repeat while a sheet is filled.

How often they repeat shows only when their rows are printed, and cells above and beside them depend on it. So a
workbook with such columns is filled twice: the first time counts the turns, the second prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as codes
from reportgen.template.excel.formulas.columns import MAX_COLUMN, NO_COLUMNS, ColumnMap

Counts = Mapping[int, int]
"""The number of a sheet's block → its turns."""


@dataclass(slots=True)
class Columns:
    """Where columns are printed: `shapes` are the maps of the template's sheets with one turn per block, by number;
    `counted` the turns per (sheet, copy) from the first filling, empty while that goes on."""

    shapes: Mapping[int, ColumnMap]
    counted: Mapping[tuple[int, int], Counts] = field(default_factory=dict)
    counts: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)
    map: ColumnMap = NO_COLUMNS
    _copy: tuple[int, int] = (0, 0)
    _turns: dict[int, int] = field(default_factory=dict)  # the turn that is going on, by block

    def open(self, sheet: int, copy: int) -> None:
        """Begins a copy of a sheet."""
        self._copy = (sheet, copy)
        shape = self.shapes.get(sheet, NO_COLUMNS)
        counts = self.counted.get(self._copy, {})
        turns = tuple(counts.get(number, 1) for number in range(len(shape.blocks)))
        self.map = ColumnMap(shape.blocks, turns, shape.width)

    def begin(self, block: int) -> None:
        """A row begins to print the columns of a block."""
        self._turns[block] = -1

    def turn(self, block: int) -> None:
        self._turns[block] += 1

    def end(self, block: int) -> None:
        """The row has printed them. Raises FaultError when another row printed more or fewer."""
        turns = self._turns.pop(block) + 1
        before = self.counts.setdefault(self._copy, {}).setdefault(block, turns)
        if before != turns:
            raise FaultError(codes.COLUMN_LOOP, reason=f"上面的行重复了{before}次，这一行是{turns}次")
        last = self.map.span(self.map.width, self.map.width)[1] if self.map.blocks else 0
        if last > MAX_COLUMN:
            raise FaultError(codes.TOO_MANY_COLUMNS, count=last)

    def places(self, letters: str) -> list[tuple[int, int]]:
        """The (column, turn) at which a template column is printed in the row at hand; none where a sheet has no more
        columns, which is told at the end of their block."""
        column = column_index_from_string(letters)
        number = self.map.block(column)
        if number in self._turns and number is not None:
            turns = range(self._turns[number], self._turns[number] + 1)
        else:
            turns = range(1 if number is None else self.map.turns[number])
        found = [(place, turn) for turn in turns if (place := self.map.place(column, turn)) is not None]
        return [(place, turn) for place, turn in found if place <= MAX_COLUMN]
