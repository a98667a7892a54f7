"""What compiling a sheet prepares for filling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string

from reportgen.template.excel.cells import WIDE, wrapped_lines
from reportgen.template.excel.formulas.expression import Expression
from reportgen.template.excel.formulas.refs import Ref

ROW = "\0"  # stands for the row's number in text prepared while compiling; no XML can hold it
MAX_HEIGHT = 409  # points of a row
ROOM = 4  # points above and below wrapped text


@dataclass(frozen=True, slots=True)
class Fit:
    """A cell whose text wraps: its width in digits of its own font, the height of a line and of the sheet's rows in
    points."""

    width: float
    line: float
    least: float = 0  # height of the sheet's rows, when the template sets it

    def height(self, text: str) -> float:
        """The height that the text wants; `least` for a single line, which every row has room for."""
        if len(text) * WIDE <= self.width and "\n" not in text:
            return self.least
        lines = wrapped_lines(text, self.width)
        return max(min(lines * self.line + ROOM, MAX_HEIGHT), self.least) if lines > 1 else self.least


@dataclass(frozen=True, slots=True)
class Field:
    """A cell to be filled; `tail` is what follows it in its row up to the next such cell."""

    letters: str
    row: int
    style: int
    others: str
    runs: tuple[str, ...]
    tail: tuple[str | FormulaCell, ...]
    caption: bool = False  # a header of a table: its text is a column's name
    fit: Fit | None = None
    shifts: bool = False  # in a sheet whose columns repeat: where it is printed is not known while compiling

    def head(self, style: int) -> str:
        return (f' s="{style}"' if style else "") + self.others


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula of the template that is printed with its row."""

    letters: str
    row: int
    head: str
    expression: Expression
    array: Ref | None = None

    @property
    def column(self) -> int:
        return int(column_index_from_string(self.letters))


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of the template: how many there are, which show a date as a bare number, which wrap text."""

    count: int = 1
    plain: frozenset[int] = frozenset({0})
    date1904: bool = False
    wrapped: Mapping[int, float] = field(default_factory=dict)  # formats that wrap text → font size in points
    normal: float = 11  # size of the font that columns are measured in


@dataclass(frozen=True, slots=True)
class Pad:
    """A table must keep one row of data: when none of `rows` was printed, a blank one like the first is."""

    rows: tuple[int, ...]
    segment: str
