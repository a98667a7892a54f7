"""What the items of a sheet do when their turn comes. Each prints through the Printer of the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.formula.tokenizer import TokenizerError

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.run import Run
from reportgen.template.excel.filling.batches.batch import Batch
from reportgen.template.excel.filling.fields import Field, FormulaCell, Pad
from reportgen.template.excel.filling.printer import STATE, Printer
from reportgen.template.excel.filling.strings import literal
from reportgen.template.excel.formulas.expression import parse
from reportgen.template.excel.formulas.rows import Plan
from reportgen.template.fragments import Fragment

_LONGEST_QUOTE = 255  # characters that Excel takes between the quotation marks of a formula


def _printer(run: Run) -> Printer:
    printer = run.state[STATE]
    assert isinstance(printer, Printer)
    return printer


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """Begins a copy of a sheet; the text put together just before is its name."""

    number: int
    title: str
    plan: Plan
    keeps_name: bool

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        # A tag in the name that gives nothing leaves no name: its own letters are not one.
        name = "".join(text for _, text in printer.take_words()) or ("" if "{{" in self.title else self.title)
        printer.open_sheet(self.number, self.plan, name if self.keeps_name else printer.names.unique(name))
        return ""


@dataclass(frozen=True, slots=True)
class CloseSheet:
    def emit(self, value: object, run: Run) -> str:
        _printer(run).close_sheet()
        return ""


@dataclass(frozen=True, slots=True)
class StartRow:
    start: int
    segments: tuple[str | FormulaCell, ...]
    least: float | None = None  # height of a row whose height comes from its cells
    batch: Batch | None = None

    def offer(self, values: Sequence[object], run: Run) -> bool:
        """Prints the whole row when its values are plain; False when its cells must be printed one by one."""
        return self.batch is not None and _printer(run).offer(self.batch, values, run)

    def emit(self, value: object, run: Run) -> str:
        _printer(run).start_row(self.start, self.segments, self.least)
        return ""


@dataclass(frozen=True, slots=True)
class EndRow:
    def emit(self, value: object, run: Run) -> str:
        _printer(run).static(("</row>",))
        return ""


@dataclass(frozen=True, slots=True)
class Skip:
    start: int
    count: int

    def emit(self, value: object, run: Run) -> str:
        _printer(run).skip_rows(self.start, self.count)
        return ""


@dataclass(frozen=True, slots=True)
class Turn:
    block: int

    def emit(self, value: object, run: Run) -> str:
        _printer(run).turn(self.block)
        return ""


@dataclass(frozen=True, slots=True)
class PadRow:
    pad: Pad

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        rows = printer.filled.rows.rows
        if not any(rows[start] for start in self.pad.rows if start in rows):
            printer.start_row(self.pad.rows[0], (self.pad.segment,))
        return ""


@dataclass(frozen=True, slots=True)
class Typed:
    cell: Field

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        if isinstance(value, Fragment):
            value.print(run)  # by the sites of what is in it
            printer.close_cell(self.cell, run)
        else:
            printer.cell(value, self.cell, run)
        return ""


@dataclass(frozen=True, slots=True)
class FixedCell:
    """A cell without tags in a sheet whose columns repeat."""

    letters: str
    cell: str | FormulaCell

    def emit(self, value: object, run: Run) -> str:
        _printer(run).fixed(self.letters, self.cell)
        return ""


@dataclass(frozen=True, slots=True)
class ColumnStep:
    """A row begins or ends with the columns of a block, or comes to another turn of them."""

    block: int
    step: Literal["begin", "turn", "end"]

    def emit(self, value: object, run: Run) -> str:
        columns = _printer(run).columns
        {"begin": columns.begin, "turn": columns.turn, "end": columns.end}[self.step](self.block)
        return ""


@dataclass(frozen=True, slots=True)
class LiteralText:
    text: str
    properties: str

    def emit(self, value: object, run: Run) -> str:
        _printer(run).words.append((self.properties, literal(self.text)))
        return ""


@dataclass(frozen=True, slots=True)
class Piece:
    properties: str
    doubled: str

    def emit(self, value: object, run: Run) -> str:
        if isinstance(value, Fragment) and not self.doubled:
            value.print(run)  # by the sites of what is in it
        else:
            _printer(run).piece(value, self.properties, self.doubled)
        return ""


@dataclass(frozen=True, slots=True)
class CloseCell:
    cell: Field
    may_be_typed: bool

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        if not self.may_be_typed:
            printer.values.append("")  # a loop that happened to give one number is text all the same
        printer.close_cell(self.cell, run)
        return ""


@dataclass(frozen=True, slots=True)
class CloseFormula:
    cell: Field

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        text = "".join(text for _, text in printer.take_words())
        try:
            expression = parse(_short_quotes(text))
        except (TokenizerError, IndexError):
            raise FaultError(excel_codes.BAD_VALUE_FORMULA, formula="=" + text) from None
        printer.formula(expression, self.cell)
        printer.static(self.cell.tail)
        return ""


def _short_quotes(formula: str) -> str:
    """Quoted texts longer than Excel takes as several joined by &."""
    parts = formula.replace('""', "\0").split('"')
    for index in range(1, len(parts), 2):
        whole = parts[index]
        cuts = [whole[i : i + _LONGEST_QUOTE] for i in range(0, len(whole), _LONGEST_QUOTE)]
        parts[index] = '"&"'.join(cuts)
    return '"'.join(parts).replace("\0", '""')


@dataclass(frozen=True, slots=True)
class HeaderFooter:
    number: int

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        printer.filled.texts[self.number] = "".join(text for _, text in printer.take_words())
        return ""


@dataclass(frozen=True, slots=True)
class Capture:
    number: int

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        printer.captured[self.number] = "".join(text for _, text in printer.take_words())
        return ""
