"""Where the columns of a template sheet went while it was filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from openpyxl.utils.cell import column_index_from_string, get_column_letter

MAX_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """Template columns `first` to `last` (from 1) that repeat; those in `gone` held nothing but tags and vanish."""

    first: int
    last: int
    gone: frozenset[int] = frozenset()

    @property
    def kept(self) -> tuple[int, ...]:
        return tuple(column for column in range(self.first, self.last + 1) if column not in self.gone)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The repeated columns of one filled sheet, from left to right, and the number of turns of each.

    `width` is the template's last column.
    """

    blocks: tuple[ColumnBlock, ...] = ()
    turns: tuple[int, ...] = ()
    width: int = 1

    def block(self, column: int) -> int | None:
        """The number of the block that holds a template column."""
        return next((n for n, block in enumerate(self.blocks) if block.first <= column <= block.last), None)

    def place(self, column: int, turn: int = 0) -> int | None:
        """The column printed for a template column in a turn of its block; None when it was not printed."""
        shift = 0
        for block, turns in zip(self.blocks, self.turns, strict=True):
            if column < block.first:
                break
            kept = block.kept
            if column <= block.last:
                shown = column in kept and turn < turns
                return block.first + shift + turn * len(kept) + kept.index(column) if shown else None
            shift += turns * len(kept) - (block.last - block.first + 1)
        return column + shift

    def places(self, column: int) -> list[int]:
        """Every column printed for a template column."""
        number = self.block(column)
        turns = 1 if number is None else self.turns[number]
        return [place for turn in range(turns) if (place := self.place(column, turn)) is not None]

    def span(self, first: int, last: int, turn: int | None = None) -> tuple[int, int]:
        """The columns printed for template columns `first` to `last`, of one turn of their block or of all; the first
        blank column behind everything when none was printed."""
        columns = range(first, min(last, self.width) + 1) if first <= self.width else ()
        if turn is not None:
            found = [place for column in columns if (place := self.place(column, turn)) is not None]
        else:
            found = [place for column in columns for place in self.places(column)]
        if last > self.width:
            found += [self._behind(max(first, self.width + 1)), self._behind(last)]
        return (min(found), max(found)) if found else (self._behind(self.width + 1),) * 2

    def letters(self, first: str, last: str, at: tuple[int, int] | None = None) -> tuple[str, str]:
        """As `span` for letters with their $; `at` is the template column and the turn of a formula: in the block of
        both ends, columns without $ are those of its turn."""
        if not self.blocks or not first:
            return first, last
        ends = [column_index_from_string(text.lstrip("$")) for text in (first, last)]
        turn = None
        if at is not None and not first.startswith("$") and not last.startswith("$"):
            inside = {self.block(column) for column in (*ends, at[0])}
            turn = at[1] if len(inside) == 1 and None not in inside else None
        low, high = self.span(ends[0], ends[1], turn)
        return _dollar(first) + get_column_letter(low), _dollar(last) + get_column_letter(high)

    def _behind(self, column: int) -> int:
        """The place of a column right of the template's last."""
        return min((self.place(column) or column), MAX_COLUMN)


NO_COLUMNS = ColumnMap()


def overlapping(blocks: Sequence[ColumnBlock]) -> tuple[ColumnBlock, ColumnBlock] | None:
    """Two of the blocks that share a column."""
    ordered = sorted(blocks, key=lambda block: (block.first, block.last))
    return next(((a, b) for a, b in pairwise(ordered) if b.first <= a.last), None)


def _dollar(letters: str) -> str:
    return "$" if letters.startswith("$") else ""
