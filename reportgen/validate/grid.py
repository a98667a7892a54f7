"""The rows below a heading as columns: percentages as people see them, merged cells spread over what they cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress, zip_longest
from typing import NamedTuple

from reportgen.model.cells import CellMark, CellValue, Sheet, SheetRow
from reportgen.validate.cells import values
from reportgen.validate.cells.numbers import percent_text

Column = list[CellValue]
# Percentages of which the text is kept: they repeat from row to row.
_REMEMBERED = 4096


class Rounded(NamedTuple):
    """A percentage that shows fewer decimals than it has: its row's number, its column's index, both texts."""

    row: int
    column: int
    stored: str
    seen: str


@dataclass(slots=True)
class Grid:
    """Rows by `numbers` (those of the sheet), `columns` by index (from 0), each with a cell for every row.

    `marks`: column → place of the row in `numbers` → mark, percentages aside. `rounded`: what V030 tells.
    """

    numbers: list[int]
    columns: list[Column]
    marks: dict[int, dict[int, CellMark]] = field(default_factory=dict)
    rounded: list[Rounded] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet, rows: Sequence[SheetRow], width: int) -> Grid:
        """`rows` of `sheet`, at least `width` columns wide."""
        columns: list[Column] = list(map(list, zip_longest(*(row.values for row in rows))))
        grid = cls([row.number for row in rows], columns)
        grid._widen(width)
        if sheet.marks:
            grid._mark(sheet)
        return grid

    def _widen(self, width: int) -> None:
        self.columns += [[None] * len(self.numbers) for _ in range(width - len(self.columns))]

    def _mark(self, sheet: Sheet) -> None:
        places = dict(zip(self.numbers, range(len(self.numbers)), strict=True))
        self._widen(max(column for _, column in sheet.marks))
        columns, percent = self.columns, CellMark.PERCENT
        for cell, mark in sheet.marks.items():
            row, number = cell
            if row not in places:
                continue
            place, index = places[row], number - 1
            value = columns[index][place]
            if mark is not percent:
                self.marks.setdefault(index, {})[place] = mark
            elif isinstance(value, (int, float)):
                stored, seen = _percentage(value, sheet.decimals.get(cell))
                columns[index][place] = stored
                if seen != stored:
                    self.rounded.append(Rounded(row, index, stored, seen))

    def rows(self) -> list[tuple[CellValue, ...]]:
        """The rows' values, each from column A on."""
        return list(zip(*self.columns, strict=True)) if self.columns else [()] * len(self.numbers)

    def filled(self, used: Iterable[int]) -> list[bool]:
        """Of each row, whether any of the columns `used` holds something."""
        blank: Sequence[int] = range(len(self.numbers))
        for index in used:
            column, marks = self.columns[index], self.marks.get(index, {})
            blank = [place for place in blank if not is_filled(column[place]) and place not in marks]
            if not blank:
                break
        found = [True] * len(self.numbers)
        for place in blank:
            found[place] = False
        return found

    def keep(self, wanted: Sequence[bool]) -> None:
        """Drops the rows that are not wanted."""
        if all(wanted):
            return
        moved = {old: new for new, old in enumerate(compress(range(len(wanted)), wanted))}
        self.numbers = list(compress(self.numbers, wanted))
        self.columns = [list(compress(column, wanted)) for column in self.columns]
        self.marks = {
            column: {moved[place]: mark for place, mark in marks.items() if place in moved}
            for column, marks in self.marks.items()
        }

    def spread(self, sheet: Sheet, headers: Mapping[int, str]) -> frozenset[tuple[int, str]]:
        """Gives the cells below a vertical merge in one of `headers` (by index) what its first cell says.

        Gives those cells as (row, header). What is no value there is told at the first cell, and blank below.
        """
        covered: set[tuple[int, str]] = set()
        for merge in sheet.merges:
            index = merge.first_column - 1
            head = bisect_left(self.numbers, merge.first_row)
            end = bisect_right(self.numbers, merge.last_row)
            if index not in headers or head == end or self.numbers[head] != merge.first_row:
                continue
            column, marks = self.columns[index], self.marks.get(index, {})
            value = None if head in marks else column[head]
            if head not in marks and not is_filled(value):
                continue
            for place in range(head + 1, end):
                column[place] = value
                marks.pop(place, None)
                covered.add((self.numbers[place], headers[index]))
        return frozenset(covered)


@lru_cache(maxsize=_REMEMBERED)
def _percentage(value: float, decimals: int | None) -> tuple[str, str]:
    """A percentage as it is stored, and as a cell of so many decimals shows it."""
    stored = percent_text(value)
    return stored, stored if decimals is None else percent_text(value, decimals)


def is_filled(value: CellValue) -> bool:
    """True when a cell holds something that can be seen."""
    if not isinstance(value, str):
        return value is not None
    return value[:1].isalnum() or values.text(value) != ""  # most begin with a letter or digit, and that is quick
