"""References of a formula, taken apart once and re-aimed at the rows that the template's rows became.

The rules, for a reference that stands in template row R and names template row T:

- T inside the same `for` as R (the innermost that holds both): the rows of this turn only.
- Otherwise every row that T became. Functions that take a list (SUM) get exactly these rows, in several ranges when
  other rows lie between them (the subtotals of groups); elsewhere a range runs from the first of them to the last.
  A single reference grows where a function takes many values (SUM(D3)), elsewhere it is the first of them.
- An absolute row ($D$3) steps out of that `for`: SUM($D$3:D3) is a running total, D3/SUM(D$3:D$3) a share.
- No row left (the loop had no item): the first blank row below the sheet's content, so that SUM gives 0 and nothing
  ever shows #REF!.
- A sheet that repeats: from itself, its own copy; from elsewhere one range per copy, in functions that take a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.excel.formulas.rows import WHOLE, Copy, Plan, RowMap

MAX_RANGES = 250  # a function takes 255 arguments

_CELLS = re.compile(
    r"(?P<c1>\$?[A-Za-z]{1,3})(?P<a1>\$?)(?P<r1>[1-9]\d{0,6})(?::(?P<c2>\$?[A-Za-z]{1,3})(?P<a2>\$?)(?P<r2>[1-9]\d{0,6}))?(?P<end>#?)"
)
_ROWS = re.compile(r"(?P<a1>\$?)(?P<r1>[1-9]\d{0,6}):(?P<a2>\$?)(?P<r2>[1-9]\d{0,6})")
_SHEET = re.compile(r"(?P<sheet>'(?:[^']|'')+'|[^'!]+)!(?P<rest>.+)", re.DOTALL)
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*([Cc]\d*)?|[Cc]\d*")

# Functions that take a list of arguments, each of which may be a range: a reference may become several.
_VARIADIC = frozenset(
    [
        "SUM",
        "AVERAGE",
        "AVERAGEA",
        "COUNT",
        "COUNTA",
        "MAX",
        "MAXA",
        "MIN",
        "MINA",
        "PRODUCT",
        "SUMSQ",
        "MEDIAN",
        "MODE",
        "MODE.SNGL",
        "STDEV",
        "STDEV.S",
        "STDEV.P",
        "STDEVP",
        "VAR",
        "VAR.S",
        "VAR.P",
        "VARP",
        "GEOMEAN",
        "HARMEAN",
        "AND",
        "OR",
        "CONCAT",
        "SUBTOTAL",
        "AGGREGATE",
    ]
)
# What these find of themselves in their range they leave out.
_SKIPS_SUBTOTALS = frozenset({"SUBTOTAL", "AGGREGATE"})
# What these find in several ranges may be added up. They take one range: several are written as several calls.
ADDS = frozenset({"SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "COUNTBLANK", "SUMPRODUCT"})
# Functions in which one cell may stand for a range: a single reference grows with its row.
AGGREGATE = _VARIADIC | frozenset(
    [
        "SUMIF",
        "SUMIFS",
        "COUNTIF",
        "COUNTIFS",
        "COUNTBLANK",
        "AVERAGEIF",
        "AVERAGEIFS",
        "MAXIFS",
        "MINIFS",
        "SUMPRODUCT",
        "LARGE",
        "SMALL",
        "ROWS",
        "TEXTJOIN",
        "PERCENTILE",
        "QUARTILE",
    ]
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a formula stands: the copy of the sheet, the template's row and column, the row printed."""

    sheet: str
    copy: Copy
    template_row: int
    row: int
    column: int = 0  # of the template
    turn: int = 0  # of the columns that repeat


Copies = dict[str, Sequence[Copy]]
"""Template sheet name, case folded → its copies in order."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference of a formula to cells or whole rows; `column` and `to_column` are letters with their $, or empty."""

    sheet: str | None
    column: str
    row: int
    fixed: bool
    to_column: str
    to_row: int
    to_fixed: bool
    single: bool
    function: str = ""  # the one whose whole argument it is
    tail: str = ""

    @property
    def lists(self) -> bool:
        """Whether several references may stand in its place."""
        return self.function in _VARIADIC

    def aim(self, spot: Spot, copies: Copies) -> str:
        """The reference as it reads in the filled workbook."""
        if self.sheet is None or self.sheet.casefold() == spot.sheet.casefold():
            return self._own(spot)
        targets = copies.get(self.sheet.casefold())
        if targets is None:
            return f"{quoted(self.sheet)}!{self._written(self.row, self.to_row)}"
        if not targets:
            blank = spot.copy.rows.blank()
            return self._written(blank, blank)
        chosen = targets if self.lists else targets[:1]
        return ",".join(self._all(copy) for copy in chosen)

    def stays_in(self, row: int) -> bool:
        """Whether it reads cells of template row `row` alone, on its own sheet, in whichever row that is printed."""
        own = self.sheet is None and not self.tail and bool(self.column)
        return own and not (self.fixed or self.to_fixed) and self.row == self.to_row == row

    def in_row(self, row: str) -> str:
        """The reference to cells of one row (see `stays_in`) as it reads there."""
        return f"{self.column}{row}" if self.single else f"{self.column}{row}:{self.to_column}{row}"

    def _own(self, spot: Spot) -> str:
        stays = not (self.fixed or self.to_fixed or spot.copy.columns.blocks)
        if stays and self.row == self.to_row == spot.template_row:
            sheet = f"{quoted(spot.copy.name)}!" if self.sheet else ""
            return sheet + self._written(spot.row, spot.row)  # the most frequent case: cells of the formula's own row
        rows, plan = spot.copy.rows, spot.copy.rows.plan
        first = rows.first(self.row, self.to_row, self._turn(rows, plan, spot, self.row, self.fixed))
        last = rows.last(self.row, self.to_row, self._turn(rows, plan, spot, self.to_row, self.to_fixed))
        sheet = f"{quoted(spot.copy.name)}!" if self.sheet else ""
        return self._in_columns(spot.copy, (spot.column, spot.turn))._between(rows, first, last, sheet)

    def _turn(self, rows: RowMap, plan: Plan, spot: Spot, row: int, fixed: bool) -> tuple[int, int]:
        block = plan.scope(min(row, spot.template_row), max(row, spot.template_row))
        return rows.turn(plan.outer(block) if fixed else block, spot.row)

    def _all(self, copy: Copy) -> str:
        rows = copy.rows
        first, last = rows.first(self.row, self.to_row, WHOLE), rows.last(self.row, self.to_row, WHOLE)
        return self._in_columns(copy)._between(rows, first, last, f"{quoted(copy.name)}!")

    def pieces(self, spot: Spot) -> list[str]:
        """The unbroken ranges of a reference within its own sheet; none for one to another sheet."""
        if self.sheet is not None and self.sheet.casefold() != spot.sheet.casefold():
            return []
        rows, plan = spot.copy.rows, spot.copy.rows.plan
        first = rows.first(self.row, self.to_row, self._turn(rows, plan, spot, self.row, self.fixed))
        last = rows.last(self.row, self.to_row, self._turn(rows, plan, spot, self.to_row, self.to_fixed))
        if first is None or last is None or rows.unbroken(self.row, self.to_row, first, last):
            return []
        shown = self._in_columns(spot.copy, (spot.column, spot.turn))
        sheet = f"{quoted(spot.copy.name)}!" if self.sheet else ""
        return [sheet + shown._written(low, high) for low, high in self._inside(rows, first, last)]

    def _inside(self, rows: RowMap, first: int, last: int) -> list[tuple[int, int]]:
        """The unbroken runs of its rows between two of them."""
        runs = rows.runs(self.row, self.to_row)
        return [(max(low, first), min(high, last)) for low, high in runs if low <= last and high >= first]

    def _in_columns(self, copy: Copy, at: tuple[int, int] | None = None) -> Ref:
        """The reference with the columns that its columns became."""
        if not copy.columns.blocks:
            return self
        column, to_column = copy.columns.letters(self.column, self.to_column, at)
        return replace(self, column=column, to_column=to_column)

    def _between(self, rows: RowMap, first: int | None, last: int | None, sheet: str = "") -> str:
        if first is None or last is None:
            first = last = rows.blank()
            return sheet + self._written(first, last)
        if not self.lists or rows.unbroken(self.row, self.to_row, first, last):
            return sheet + self._written(first, last)
        inside = self._inside(rows, first, last)
        if len(inside) > MAX_RANGES:
            if self.function not in _SKIPS_SUBTOTALS:
                raise FaultError(excel_codes.TOO_MANY_RANGES, ranges=len(inside), function=self.function)
            return sheet + self._written(first, last)
        return ",".join(sheet + self._written(low, high) for low, high in inside)

    def _written(self, first: int, last: int) -> str:
        start, end = f"{self.column}{_dollar(self.fixed)}{first}", f"{self.to_column}{_dollar(self.to_fixed)}{last}"
        lone = first == last and self.column == self.to_column
        if self.single and (lone or self.function not in AGGREGATE):
            return start + self.tail
        return f"{start}:{end}{self.tail}"


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet named in a formula by a reference that needs no new rows (whole columns, names of a sheet)."""

    sheet: str
    rest: str

    def aim(self, spot: Spot, copies: Copies) -> str:
        if self.sheet.casefold() == spot.sheet.casefold():
            return f"{quoted(spot.copy.name)}!{self.rest}"
        targets = copies.get(self.sheet.casefold()) or [Copy(self.sheet, spot.copy.rows)]
        return f"{quoted(targets[0].name)}!{self.rest}"


def reference(text: str, function: str = "") -> str | Ref | SheetName:
    """A reference that is the whole argument of `function`; text that is none (a name, a table's column) as it is."""
    qualified = _SHEET.fullmatch(text)
    sheet = unquoted(qualified["sheet"]) if qualified else None
    rest = qualified["rest"] if qualified else text
    if sheet is not None and ("[" in sheet or sheet == "#REF"):
        return text
    found = _CELLS.fullmatch(rest) or _ROWS.fullmatch(rest)
    if not found:
        return text if sheet is None else SheetName(sheet, rest)
    groups = found.groupdict()
    single = groups["r2"] is None
    return Ref(
        sheet,
        groups.get("c1") or "",
        int(groups["r1"]),
        bool(groups["a1"]),
        (groups["c1"] if single else groups.get("c2")) or "",
        int(groups["r1"] if single else groups["r2"]),
        bool(groups["a1"] if single else groups["a2"]),
        single,
        function,
        groups.get("end") or "",
    )


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it: in apostrophes where it must."""
    if _PLAIN_NAME.fullmatch(sheet) and not _LIKE_A_CELL.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def _dollar(fixed: bool) -> str:
    return "$" if fixed else ""
