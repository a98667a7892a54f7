"""A workbook as read: every value with its address, and what the values alone would hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

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
    """A sheet of the workbook; `marks` is keyed by (row, column), both from 1."""

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    marks: Mapping[tuple[int, int], CellMark] = field(default_factory=dict)


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
