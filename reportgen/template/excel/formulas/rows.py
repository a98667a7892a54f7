"""Where the rows of a template sheet went while it was filled."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from reportgen.template.excel.formulas.columns import NO_COLUMNS, ColumnMap

MAX_ROW = 1_048_576
WHOLE = (1, MAX_ROW + 1)  # all rows of a sheet, as a turn: the first, and the one after the last


@dataclass(frozen=True, slots=True)
class Block:
    """A `for` over template rows `first` to `last`, both ends included; `parent` is the `for` around it."""

    number: int
    first: int
    last: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of a template sheet: `starts` are the first rows of its stretches, in order.

    A row with cells is a stretch of its own; the blank rows between two of them are one. `last` is the last row.
    """

    starts: tuple[int, ...]
    last: int
    blocks: tuple[Block, ...] = ()

    def scope(self, first: int, last: int) -> int | None:
        """The innermost `for` that holds both rows."""
        inside = [b for b in self.blocks if b.first <= first and last <= b.last]
        return min(inside, key=lambda b: b.last - b.first).number if inside else None

    def outer(self, block: int | None) -> int | None:
        return None if block is None else self.blocks[block].parent


@dataclass(slots=True)
class RowMap:
    """Where the rows of one filled sheet came from; written while rows are printed, read when they all are.

    `at` is the last row printed. `rows` holds, for each stretch of the template, the first row of every time it was
    printed; `marks`, for each `for`, the row at which each turn begins and the row after the last.
    """

    plan: Plan
    at: int = 0
    rows: dict[int, array[int]] = field(default_factory=dict)
    marks: dict[int, array[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {start: array("l") for start in self.plan.starts}
        self.marks = {block.number: array("l") for block in self.plan.blocks}

    @classmethod
    def unmoved(cls, plan: Plan) -> RowMap:
        """The rows of a sheet that is copied as it is."""
        rows = cls(plan, plan.last)
        for start in plan.starts:
            rows.rows[start].append(start)
        return rows

    def turns(self, block: int | None) -> Iterator[tuple[int, int]]:
        """Each turn of a `for` as (first row, row after the last); the whole sheet for None."""
        if block is None:
            yield WHOLE
            return
        marks = self.marks[block]
        yield from pairwise(marks)

    def turn(self, block: int | None, row: int) -> tuple[int, int]:
        """The turn that printed `row`."""
        if block is None:
            return WHOLE
        marks = self.marks[block]
        index = bisect_right(marks, row)
        return marks[index - 1], marks[index] if index < len(marks) else MAX_ROW + 1

    def first(self, top: int, bottom: int, within: tuple[int, int]) -> int | None:
        """The first row printed for template rows `top` to `bottom` within a turn."""
        low, high = within
        found: int | None = None
        for start, _, skipped, _ in self._stretches(top, bottom):
            rows = self.rows[start]
            index = bisect_left(rows, low)
            if index < len(rows) and rows[index] < high:
                row = rows[index] + skipped
                found = row if found is None else min(found, row)
        return self._below(max(top, self.plan.last + 1)) if found is None and bottom > self.plan.last else found

    def last(self, top: int, bottom: int, within: tuple[int, int]) -> int | None:
        """The last row printed for template rows `top` to `bottom` within a turn."""
        if bottom > self.plan.last:
            return self._below(bottom)
        low, high = within
        found: int | None = None
        for start, _, _, kept in self._stretches(top, bottom):
            rows = self.rows[start]
            index = bisect_left(rows, high) - 1
            if index >= 0 and rows[index] >= low:
                found = max(found or 0, rows[index] + kept)
        return found

    def runs(self, top: int, bottom: int) -> list[tuple[int, int]]:
        """Every row printed for template rows `top` to `bottom`, as (first, last) of unbroken runs."""
        pieces = sorted(
            (row + skipped, row + kept)
            for start, _, skipped, kept in self._stretches(top, bottom)
            for row in self.rows[start]
        )
        if bottom > self.plan.last:
            pieces.append((self._below(max(top, self.plan.last + 1)), self._below(bottom)))
        runs: list[tuple[int, int]] = []
        for low, high in pieces:
            if runs and low <= runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], max(high, runs[-1][1]))
            else:
                runs.append((low, high))
        return runs

    def unbroken(self, top: int, bottom: int, first: int, last: int) -> bool:
        """Whether nothing else was printed between the rows `first` and `last` of template rows `top` to `bottom`."""
        count = max(bottom - max(top, self.plan.last + 1) + 1, 0)
        for start, _, skipped, kept in self._stretches(top, bottom):
            rows = self.rows[start]
            count += (bisect_right(rows, last - kept) - bisect_left(rows, first - skipped)) * (kept - skipped + 1)
        return count >= last - first + 1

    def blank(self) -> int:
        """The first row below everything printed."""
        return min(self.at + 1, MAX_ROW)

    def _below(self, row: int) -> int:
        return min(row - self.plan.last + self.at, MAX_ROW)

    def _stretches(self, top: int, bottom: int) -> Iterator[tuple[int, int, int, int]]:
        """(start, end, offset of the first row wanted, offset of the last row wanted) of each stretch in reach."""
        starts = self.plan.starts
        index = max(bisect_right(starts, top) - 1, 0)
        while index < len(starts) and starts[index] <= bottom:
            start = starts[index]
            end = (starts[index + 1] if index + 1 < len(starts) else self.plan.last + 1) - 1
            if end >= top:
                yield start, end, max(top - start, 0), min(bottom, end) - start
            index += 1


@dataclass(frozen=True, slots=True)
class Copy:
    """One filled copy of a template sheet: the name it bears, its rows and its columns."""

    name: str
    rows: RowMap
    columns: ColumnMap = NO_COLUMNS
