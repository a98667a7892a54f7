"""One filled copy of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter

from reportgen.template.excel.cells import EMPTY, Content
from reportgen.template.excel.filling.fields import FormulaCell
from reportgen.template.excel.filling.filled.rows import RowText
from reportgen.template.excel.formulas.rows import Copy, RowMap


@dataclass(slots=True)
class RowStart:
    """The beginning of a row whose height comes from its cells: viewers that do not fit rows show all of the text."""

    row: int
    height: float = 0

    @property
    def text(self) -> str:
        return f'<row r="{self.row}"' + (f' ht="{self.height:g}"' if self.height else "")


@dataclass(frozen=True, slots=True)
class FormulaSlot:
    """A formula printed: its cell, and the value to show when it cannot be computed."""

    cell: FormulaCell
    row: int
    fallback: Content = EMPTY
    column: int = 0  # printed, in a sheet whose columns repeat
    turn: int = 0

    @property
    def at(self) -> int:
        """The column printed, from 1."""
        return self.column or self.cell.column

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column) if self.column else self.cell.letters}{self.row}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link printed into a cell: the id of its relationship (empty for a place in the workbook), place and tip."""

    address: str
    relationship: str
    place: str
    tip: str


@dataclass(slots=True)
class Filled:
    """One filled copy of a template sheet. `text` is the content of its sheetData, with a SLOT for each of `slots`;
    `uncomputed` are the (row, column) of other formulas that no value was found for."""

    copy: Copy
    text: RowText = field(default_factory=RowText)
    slots: list[FormulaSlot] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)  # address → id of its relationship
    captions: dict[tuple[str, int], str] = field(default_factory=dict)  # (letters, template row) → text
    texts: dict[int, str] = field(default_factory=dict)  # number of a header or footer → text

    @property
    def rows(self) -> RowMap:
        return self.copy.rows
