"""Where a record and each of its values came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reportgen.diagnostics import Place
from reportgen.model.cells import CellValue, address


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell of the data: file, sheet, row (from 1), header, address, the row's own key and what stands in it."""

    file: str
    sheet: str
    row: int
    column: str
    address: str
    key: str
    text: str

    @property
    def label(self) -> str:
        """指标!E12, as 核数表 shows it."""
        return f"{self.sheet}!{self.address}"

    def place(self) -> Place:
        return Place(file=self.file, sheet=self.sheet, row=self.row, column=self.column, cell=self.address)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a field stands: its header, column (from 1), index in the row's values, and its row on a vertical sheet."""

    header: str
    column: int
    index: int
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one sheet as found: field name → Position. Shared by all records of the sheet."""

    file: str
    sheet: str
    positions: Mapping[str, Position]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one record stands: the sheet's layout, its row, its values as read, and the key that names it."""

    layout: Layout
    row: int
    values: tuple[CellValue, ...]
    key: str = ""

    def has(self, field: str) -> bool:
        """True when the sheet has that column."""
        return field in self.layout.positions

    def cell(self, field: str) -> CellRef:
        """The cell of `field`; for a column the sheet lacks, the row itself (no column, no address)."""
        layout = self.layout
        position = layout.positions.get(field)
        if position is None:
            return CellRef(layout.file, layout.sheet, self.row, "", "", self.key, "")
        row = position.row or self.row
        value = self.values[position.index] if position.index < len(self.values) else None
        where = address(row, position.column)
        return CellRef(layout.file, layout.sheet, row, position.header, where, self.key, cell_text(value))

    def place(self, field: str | None = None) -> Place:
        if field is not None and self.has(field):
            return self.cell(field).place()
        return Place(file=self.layout.file, sheet=self.layout.sheet, row=self.row)


def cell_text(value: CellValue) -> str:
    """A cell's value as a person sees it: 15 significant digits, no trailing .0, dates as 2025-03-11."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(value, ".15g")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time().isoformat() == "00:00:00" else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
