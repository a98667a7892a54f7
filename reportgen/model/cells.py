"""A workbook as read: every value with its address, what the values alone would hide, and where records stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Place

CellValue = str | float | int | bool | datetime | date | time | timedelta | None


class CellMark(StrEnum):
    """What must be known of a cell beside its value."""

    PERCENT = "percent"  # shown with % : 0.043 means 4.3 %
    ERROR = "error"  # #REF! and the like; the value is the error's text
    UNCALCULATED = "uncalculated"  # a formula whose result was never saved
    PICTURE = "picture"  # WPS in-cell picture (=DISPIMG)
    DIGITS_LOST = "digits_lost"  # a whole number of more than 15 digits typed as a number


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not blank: its number (from 1) and its values from column A on."""

    number: int
    values: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook; `marks` and `decimals` are keyed by (row, column), both from 1.

    `decimals`: how many the format of a cell marked PERCENT shows, where that is known.
    """

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    marks: Mapping[tuple[int, int], CellMark] = field(default_factory=dict)
    decimals: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: its path, the SHA-256 of its bytes (hex) and its sheets in order."""

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]

    @property
    def name(self) -> str:
        """The file's name, as diagnostics print it."""
        return self.path.name

    def in_order(self, faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """By the order of the tabs, then by row; missing sheets and the file itself come first, templates last."""
        tabs = {sheet.name: index for index, sheet in enumerate(self.sheets)}

        def position(fault: Diagnostic) -> tuple[int, int]:
            place = fault.place
            elsewhere = -1 if place.part is None else len(tabs)
            return tabs.get(place.sheet or "", elsewhere), place.row or 0

        return tuple(sorted(faults, key=position))


def column_letters(column: int) -> str:
    """1 → A, 28 → AB (ECMA-376 cell references)."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """(12, 6) → F12."""
    return f"{column_letters(column)}{row}"


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
    """The columns of one sheet as found: field name → Position. Shared by all records of the sheet.

    `own` are the headers that no contract names; `positions` has them by their header.
    """

    file: str
    sheet: str
    positions: Mapping[str, Position]
    own: tuple[str, ...] = ()


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
        digits = format(value + 0.0, ".15g")  # -0 counts as 0
        return format(Decimal(digits), "f") if "e" in digits else digits
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time().isoformat() == "00:00:00" else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
