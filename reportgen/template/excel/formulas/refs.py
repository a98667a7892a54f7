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
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

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
# Functions in which one cell may stand for a range: a single reference grows with its row.
_AGGREGATE = _VARIADIC | frozenset(
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
    """Where a formula stands: the copy of the sheet, the template row and the row printed."""

    sheet: str
    copy: Copy
    template_row: int
    row: int


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
        return ",".join(self._all(copy.rows, f"{quoted(copy.name)}!") for copy in chosen)

    def _own(self, spot: Spot) -> str:
        rows, plan = spot.copy.rows, spot.copy.rows.plan
        first = rows.first(self.row, self.to_row, self._turn(rows, plan, spot, self.row, self.fixed))
        last = rows.last(self.row, self.to_row, self._turn(rows, plan, spot, self.to_row, self.to_fixed))
        return self._between(rows, first, last, f"{quoted(spot.copy.name)}!" if self.sheet else "")

    def _turn(self, rows: RowMap, plan: Plan, spot: Spot, row: int, fixed: bool) -> tuple[int, int]:
        block = plan.scope(min(row, spot.template_row), max(row, spot.template_row))
        return rows.turn(plan.outer(block) if fixed else block, spot.row)

    def _all(self, rows: RowMap, sheet: str) -> str:
        first, last = rows.first(self.row, self.to_row, WHOLE), rows.last(self.row, self.to_row, WHOLE)
        return self._between(rows, first, last, sheet)

    def _between(self, rows: RowMap, first: int | None, last: int | None, sheet: str = "") -> str:
        if first is None or last is None:
            first = last = rows.blank()
            return sheet + self._written(first, last)
        if not self.lists or rows.unbroken(self.row, self.to_row, first, last):
            return sheet + self._written(first, last)
        runs = rows.runs(self.row, self.to_row)
        inside = [(max(low, first), min(high, last)) for low, high in runs if low <= last and high >= first]
        if len(inside) > MAX_RANGES:
            if self.function not in _SKIPS_SUBTOTALS:
                raise FaultError(excel_codes.TOO_MANY_RANGES, ranges=len(inside), function=self.function)
            return sheet + self._written(first, last)
        return ",".join(sheet + self._written(low, high) for low, high in inside)

    def _written(self, first: int, last: int) -> str:
        start, end = f"{self.column}{_dollar(self.fixed)}{first}", f"{self.to_column}{_dollar(self.to_fixed)}{last}"
        if self.single and (first == last or self.function not in _AGGREGATE):
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


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula taken apart, without its leading =."""

    parts: tuple[str | Ref | SheetName, ...]
    text: str = ""

    @property
    def refs(self) -> tuple[Ref | SheetName, ...]:
        return tuple(part for part in self.parts if not isinstance(part, str))

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions called, as written."""
        return tuple(p[:-1] for p in self.parts if isinstance(p, str) and p.endswith("(") and len(p) > 1)

    def aim(self, spot: Spot, copies: Copies) -> str:
        return "".join(part if isinstance(part, str) else part.aim(spot, copies) for part in self.parts)


def parse(formula: str, holder: str = "") -> Expression:
    """Takes a formula without leading = apart; `holder` is the function that a lone reference counts as argument of.

    Raises TokenizerError or IndexError for what is no formula.
    """
    tokens = Tokenizer("=" + formula).items
    parts: list[str | Ref | SheetName] = []
    calls: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == Token.FUNC:
            calls.append(
                token.value[:-1].upper().removeprefix("_XLFN.")
            ) if token.subtype == Token.OPEN else calls.pop()
        elif token.type == Token.PAREN:
            calls.append("") if token.subtype == Token.OPEN else calls.pop()
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            function = calls[-1] if calls and _is_whole_argument(tokens, index) else ""
            parts.append(reference(token.value, holder if len(tokens) == 1 else function))
        else:
            parts.append(token.value)
    if calls:
        raise TokenizerError("a bracket is never closed")
    return Expression(tuple(parts), formula)


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


def _is_whole_argument(tokens: Sequence[Token], index: int) -> bool:
    before = next((t for t in reversed(tokens[:index]) if t.type != Token.WSPACE), None)
    after = next((t for t in tokens[index + 1 :] if t.type != Token.WSPACE), None)
    opens = before is not None and (before.subtype == Token.OPEN or before.type == Token.SEP)
    closes = after is not None and (after.subtype == Token.CLOSE or after.type == Token.SEP)
    return opens and closes


def _dollar(fixed: bool) -> str:
    return "$" if fixed else ""
