"""A template workbook as read: what each sheet prints, and its part without rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string

from reportgen.diagnostics import Place
from reportgen.template.engine.types import Item
from reportgen.template.excel.book import Book, SheetPart
from reportgen.template.excel.filling.program import SheetSource, capture, pieces, sheet_items
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.excel.formulas.columns import ColumnMap
from reportgen.template.excel.grid import Mark, Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the template: `source` says what is printed, `skeleton` is its part without rows.

    One that is `kept` has nothing to fill and nothing that could move: its part is copied as it is.
    """

    part: SheetPart
    source: SheetSource
    skeleton: bytes
    width: str
    kept: bool
    texts: Sequence[tuple[str, Place]] = ()  # of cells with braces

    @property
    def is_empty(self) -> bool:
        """True for a sheet without a word, a number, a tag, a formula or a drawing; a chart sheet has a drawing."""
        cells = (cell for row in self.source.layout.rows for cell in row.cells)
        written = any(cell.items or cell.formula is not None or cell.text.strip() for cell in cells)
        return not written and b"sheetData" in self.skeleton and b"rawing" not in self.skeleton


@dataclass(frozen=True, slots=True)
class Source:
    """A template workbook as read: its sheets, and the changed parts that are the same in every filling."""

    book: Book
    sheets: tuple[Sheet, ...]
    strings: Strings  # of the cells without tags that had theirs inline
    fixed: dict[str, bytes] = field(default_factory=dict)
    properties: tuple[str, tuple[tuple[int, tuple[Words | Mark, ...]], ...]] = ("", ())

    @property
    def columns(self) -> dict[int, ColumnMap]:
        """The columns that repeat, each with one turn, by the numbers of their sheets."""
        layouts = {number: sheet.source.layout for number, sheet in enumerate(self.sheets)}
        widths = {number: column_index_from_string(sheet.width) for number, sheet in enumerate(self.sheets)}
        return {
            number: ColumnMap(layout.columns, (1,) * len(layout.columns), widths[number])
            for number, layout in layouts.items()
            if layout.columns
        }

    @property
    def reserved(self) -> tuple[str, ...]:
        """Sheet names that no filled sheet may take."""
        return tuple(sheet.source.title for sheet in self.sheets if sheet.source.keeps_name)


def items_of(sheet: Sheet) -> list[Item]:
    """The items of a sheet's program; none for a sheet that is kept."""
    return [] if sheet.kept else sheet_items(sheet.source)


def property_items(source: Source) -> list[Item]:
    """The items of the program that fills the document's properties."""
    return [item for number, words in source.properties[1] for item in (*pieces(words), capture(number))]
