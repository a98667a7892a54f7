"""References as one copy of a sheet reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from reportgen.template.excel.formulas.columns import ColumnMap
from reportgen.template.excel.formulas.expression import parse
from reportgen.template.excel.formulas.refs import Copies, Ref, Spot, reference
from reportgen.template.excel.formulas.rows import WHOLE, RowMap


@dataclass(frozen=True, slots=True)
class Aim:
    """How references are read on one copy of a sheet: where the copy is, and where the others are."""

    spot: Spot
    copies: Copies

    @property
    def rows(self) -> RowMap:
        return self.spot.copy.rows

    @property
    def columns(self) -> ColumnMap:
        return self.spot.copy.columns

    def at(self, template_row: int, row: int) -> Aim:
        return Aim(Spot(self.spot.sheet, self.spot.copy, template_row, row), self.copies)

    def formula(self, text: str, grows: bool = False) -> str:
        """A formula without leading =, re-aimed; one that cannot be read stays as it is.

        With `grows` a lone reference to a cell becomes the range of all that the cell became: what a name, a drop-down
        or a chart's series wants.
        """
        try:
            return parse(text, "ROWS" if grows else "").aim(self.spot, self.copies)
        except (TokenizerError, IndexError):
            return text

    def areas(self, sqref: str) -> list[str]:
        """Every cell that the cells of a space-separated list of ranges became, as ranges."""
        found: list[str] = []
        for text in sqref.split():
            ref = reference(text)
            if isinstance(ref, Ref):
                found.extend(self._area(ref, first, last) for first, last in self.rows.runs(ref.row, ref.to_row))
            else:
                found.append(text)
        return found

    def rectangle(self, text: str) -> str | None:
        """The one range from the first to the last row of a range; None when no row is left."""
        ref = reference(text)
        if not isinstance(ref, Ref):
            return text
        first, last = self.rows.first(ref.row, ref.to_row, WHOLE), self.rows.last(ref.row, ref.to_row, WHOLE)
        return None if first is None or last is None else self._area(ref, first, last)

    def turns(self, text: str) -> Iterator[str]:
        """A range once per turn of the `for` that holds all of it (merged cells)."""
        ref = reference(text)
        if not isinstance(ref, Ref):
            yield text
            return
        for turn in self.rows.turns(self.rows.plan.scope(ref.row, ref.to_row)):
            first, last = self.rows.first(ref.row, ref.to_row, turn), self.rows.last(ref.row, ref.to_row, turn)
            if first is not None and last is not None:
                yield from (self._area(ref, first, last, sides) for sides in self._sides(ref))

    def top(self, sqref: str) -> Aim:
        """As seen from the first cell of a list of ranges, whence the formulas of a condition are written."""
        ref = reference(sqref.split()[0]) if sqref.strip() else None
        if not isinstance(ref, Ref):
            return self
        return self.at(ref.row, self.rows.first(ref.row, ref.to_row, WHOLE) or self.rows.blank())

    def _area(self, ref: Ref, first: int, last: int, columns: tuple[str, str] | None = None) -> str:
        left, right = columns or self.columns.letters(ref.column, ref.to_column)
        start, end = f"{left}{first}", f"{right}{last}"
        return start if start == end else f"{start}:{end}"

    def column(self, number: int) -> int:
        """The first column printed for a template column (from 1)."""
        return self.columns.span(number, number)[0]

    def _sides(self, ref: Ref) -> Iterator[tuple[str, str]]:
        """The columns of a range, once per turn of the columns that hold all of it."""
        columns = self.columns
        if not columns.blocks or not ref.column:
            yield ref.column, ref.to_column
            return
        first, last = (column_index_from_string(text.lstrip("$")) for text in (ref.column, ref.to_column))
        number = columns.block(first)
        if number is None or columns.block(last) != number:
            yield columns.letters(ref.column, ref.to_column)
            return
        for turn in range(columns.turns[number]):
            low, high = columns.span(first, last, turn)
            yield get_column_letter(low), get_column_letter(high)
