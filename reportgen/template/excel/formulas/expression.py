"""A formula taken apart once, and written for each place where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.excel.formulas.refs import ADDS, Copies, Ref, SheetName, Spot, reference

_LONGEST_FORMULA = 8_000  # characters, of 8,192 that Excel takes


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula taken apart, without its leading =; `sums` are the calls (first part, one after the last) of functions
    that add: over ranges with other rows between them they are written once per range. `names` tells that it reads
    by name, too: a defined name, a table's column, whole columns."""

    parts: tuple[str | Ref | SheetName, ...]
    text: str = ""
    sums: tuple[tuple[int, int], ...] = ()
    names: bool = False

    @property
    def refs(self) -> tuple[Ref | SheetName, ...]:
        return tuple(part for part in self.parts if not isinstance(part, str))

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions called, as written."""
        return tuple(p[:-1] for p in self.parts if isinstance(p, str) and p.endswith("(") and len(p) > 1)

    def in_row(self, row: str) -> str:
        """A formula that reads cells of its own row alone as it reads in that row."""
        return "".join(part.in_row(row) if isinstance(part, Ref) else str(part) for part in self.parts)

    def aim(self, spot: Spot, copies: Copies) -> str:
        aimed = [part if isinstance(part, str) else part.aim(spot, copies) for part in self.parts]
        for start, end in self.sums:
            self._write_per_range(aimed, start, end, spot)
        return "".join(aimed)

    def _write_per_range(self, aimed: list[str], start: int, end: int, spot: Spot) -> None:
        """Replaces SUMIF(a,x) by (SUMIF(a1,x)+SUMIF(a2,x)) where the rows of its ranges lie apart."""
        pieces = {
            index: ranges
            for index, part in enumerate(self.parts[start:end], start)
            if isinstance(part, Ref) and part.function in ADDS and len(ranges := part.pieces(spot)) > 1
        }
        counts = {len(ranges) for ranges in pieces.values()}
        if len(counts) != 1:
            return
        count = counts.pop()
        calls = ("".join(pieces[i][n] if i in pieces else aimed[i] for i in range(start, end)) for n in range(count))
        text = f"({'+'.join(calls)})"
        if len(text) > _LONGEST_FORMULA:
            function = str(self.parts[start]).rstrip("(")
            raise FaultError(excel_codes.TOO_MANY_RANGES, ranges=count, function=function)
        aimed[start:end] = [text, *[""] * (end - start - 1)]


def parse(formula: str, holder: str = "") -> Expression:
    """Takes a formula without leading = apart; `holder` is the function that a lone reference counts as argument of.

    Raises TokenizerError or IndexError for what is no formula.
    """
    tokens = Tokenizer("=" + formula).items
    parts: list[str | Ref | SheetName] = []
    calls: list[str] = []
    starts: list[int] = []
    sums: list[tuple[int, int]] = []
    names = False
    for index, token in enumerate(tokens):
        if token.type == Token.FUNC:
            calls.append(_function(token.value)) if token.subtype == Token.OPEN else calls.pop()
        elif token.type == Token.PAREN:
            calls.append("") if token.subtype == Token.OPEN else calls.pop()
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            function = calls[-1] if calls and _is_whole_argument(tokens, index) else ""
            parts.append(found := reference(token.value, holder if len(tokens) == 1 else function))
            names = names or isinstance(found, str)
        else:
            parts.append(token.value)
        if token.type in (Token.FUNC, Token.PAREN):
            if token.subtype == Token.OPEN:
                starts.append(len(parts) - 1)
            elif (start := starts.pop()) is not None and _function(parts[start]) in ADDS:
                sums.append((start, len(parts)))
    if calls:
        raise TokenizerError("a bracket is never closed")
    return Expression(tuple(parts), formula, tuple(sums), names)


def _is_whole_argument(tokens: Sequence[Token], index: int) -> bool:
    before = next((t for t in reversed(tokens[:index]) if t.type != Token.WSPACE), None)
    after = next((t for t in tokens[index + 1 :] if t.type != Token.WSPACE), None)
    opens = before is not None and (before.subtype == Token.OPEN or before.type == Token.SEP)
    closes = after is not None and (after.subtype == Token.CLOSE or after.type == Token.SEP)
    return opens and closes


def _function(token: object) -> str:
    """The function that a token opens, in capitals; of a mere bracket an empty text."""
    return str(token).removesuffix("(").upper().removeprefix("_XLFN.")
