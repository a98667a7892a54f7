"""A template sheet as the items of a program: its rows, cells and tags in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from openpyxl.formula.tokenizer import TokenizerError

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Computed, Control, Item, Spot, Value
from reportgen.template.excel.fill import ROW, STATE, Field, Fit, FormulaCell, Printer, literal
from reportgen.template.excel.formulas.refs import parse
from reportgen.template.excel.formulas.rows import Plan
from reportgen.template.excel.grid import Cell, Mark, Row, Words
from reportgen.template.excel.layout import Layout
from reportgen.template.syntax import Kind, Tag

_LONGEST_QUOTE = 255  # characters that Excel takes between the quotation marks of a formula


@dataclass(frozen=True, slots=True)
class Pad:
    """A table must keep one row of data: when none of `rows` was printed, a blank one like the first is."""

    rows: tuple[int, ...]
    segment: str


@dataclass(frozen=True, slots=True)
class SheetSource:
    """A template sheet ready to be made into items; `number` counts the template's sheets from 0.

    `name` and `texts` (headers and footers by number) are the pieces of texts around the cells; `captions` are the
    cells whose text names a table's column; `pads` are keyed by the template row behind which they stand.
    """

    number: int
    title: str
    name: Sequence[Words | Mark]
    layout: Layout
    texts: Mapping[int, Sequence[Words | Mark]] = field(default_factory=dict)
    captions: frozenset[tuple[str, int]] = frozenset()
    pads: Mapping[int, Sequence[Pad]] = field(default_factory=dict)
    fits: Mapping[tuple[str, int], Fit] = field(default_factory=dict)

    @property
    def repeats(self) -> bool:
        return any(mark.tag.word == "for" for mark in self.layout.sheet_tags)

    @property
    def keeps_name(self) -> bool:
        return not self.repeats and not self.name


def sheet_items(source: SheetSource) -> list[Item]:
    """The items of a sheet; those that print always come between the tags of its {%sheet %}."""
    opened = [Control(mark.spot) for mark in source.layout.sheet_tags]
    closers = [Control(_closer(mark.spot)) for mark in reversed(source.layout.sheet_tags)]
    opening = _OpenSheet(source.number, source.title, source.layout.plan, source.keeps_name)
    items: list[Item] = [*opened, *pieces(source.name), Computed(opening)]
    items.extend(_rows(source))
    for number, text in source.texts.items():
        items.extend(pieces(text, doubled="&"))
        items.append(Computed(_HeaderFooter(number)))
    return [*items, Computed(_CloseSheet()), *closers]


def pieces(words: Iterable[Words | Mark], runs: Sequence[str] = ("",), doubled: str = "") -> Iterator[Item]:
    """Words and tags that are put together into one text."""
    for word in words:
        if isinstance(word, Words):
            yield Computed(_Literal(word.text, runs[word.run]))
        elif word.tag.kind is Kind.VALUE:
            yield Value(word.spot, _Piece(runs[word.run], doubled))
        elif word.tag.kind is Kind.CONTROL:
            yield Control(word.spot)


def capture(number: int) -> Computed:
    """Keeps the text put together so far under a number, for a part that is no sheet."""
    return Computed(_Capture(number))


def _closer(spot: Spot) -> Spot:
    word = f"end{spot.tag.word}"
    return replace(spot, tag=Tag(Kind.CONTROL, word, spot.tag.raw))


def _rows(source: SheetSource) -> Iterator[Item]:
    blocks = _BlockNumbers()
    following = 1
    for row in source.layout.rows:
        if row.number > following:
            yield Computed(_Skip(following, row.number - following))
        following = row.number + 1
        yield from blocks.items(row.before)
        if not row.control:
            yield from _row(row, source)
        yield from blocks.items(row.after)
        for pad in source.pads.get(row.number, ()):
            yield Computed(_PadRow(pad))


class _BlockNumbers:
    """Numbers the `for` blocks over rows as the plan does, and marks where their turns begin and end."""

    def __init__(self) -> None:
        self._open: list[int | None] = []
        self._count = 0

    def items(self, marks: Sequence[Mark]) -> Iterator[Item]:
        for mark in marks:
            yield Control(mark.spot)
            word = mark.tag.word
            if word == "for":
                self._open.append(self._count)
                self._count += 1
                yield Computed(_Turn(self._count - 1))
            elif word in ("if", "with"):
                self._open.append(None)
            elif (word == "else" and self._open and (number := self._open[-1]) is not None) or (
                word in ("endfor", "endif", "endwith") and self._open and (number := self._open.pop()) is not None
            ):
                yield Computed(_Turn(number))


def _row(row: Row, source: SheetSource) -> Iterator[Item]:
    """One printed row: the fixed cells go with whatever stands before them, so that most rows are few calls."""
    fits = any((cell.letters, row.number) in source.fits for cell in row.cells)
    head: list[str | FormulaCell] = [f"{row.head}>" if fits else f'<row r="{ROW}"{row.head}>']
    filled: list[tuple[Cell, list[str | FormulaCell]]] = []
    for cell in row.cells:
        if cell.items:
            filled.append((cell, []))
        else:
            _add(filled[-1][1] if filled else head, _fixed(cell))
    _add(filled[-1][1] if filled else head, "</row>")
    yield Computed(_StartRow(row.number, tuple(head), fits))
    for cell, tail in filled:
        key = (cell.letters, row.number)
        place = Field(
            letters=cell.letters,
            row=row.number,
            style=cell.style,
            others=cell.others,
            runs=cell.runs,
            tail=tuple(tail),
            caption=key in source.captions,
            fit=source.fits.get(key),
        )
        if cell.quoted:
            yield from pieces(cell.items, cell.runs, doubled='"')
            yield Computed(_CloseFormula(place))
        else:
            yield from _cell(cell, place)


def _add(segments: list[str | FormulaCell], segment: str | FormulaCell) -> None:
    if segments and isinstance(segment, str) and isinstance(last := segments[-1], str):
        segments[-1] = last + segment
    else:
        segments.append(segment)


def _fixed(cell: Cell) -> str | FormulaCell:
    if cell.formula is not None:
        return FormulaCell(cell.letters, cell.row, cell.head, cell.formula, cell.array)
    return f'<c r="{cell.letters}{ROW}"{cell.head}{cell.body}'


def _cell(cell: Cell, place: Field) -> Iterator[Item]:
    values = [mark for mark in cell.marks if mark.tag.kind is Kind.VALUE]
    others = [mark for mark in cell.marks if mark.tag.kind is Kind.CONTROL]
    if len(values) == 1 and not others and not cell.words.strip():
        yield Value(values[0].spot, _Typed(replace(place, runs=(cell.runs[values[0].run],))))
        return
    loops = any(mark.tag.word == "for" for mark in others)
    yield from pieces(cell.items, cell.runs)
    yield Computed(_CloseCell(place, not loops))


def _printer(run: Run) -> Printer:
    printer = run.state[STATE]
    assert isinstance(printer, Printer)
    return printer


# Each of these prints through the Printer of the run; none puts text into the program's own stream.


@dataclass(frozen=True, slots=True)
class _OpenSheet:
    """Begins a copy of a sheet; the text put together just before is its name."""

    number: int
    title: str
    plan: Plan
    keeps_name: bool

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        name = "".join(text for _, text in printer.take_words()) or self.title
        printer.open_sheet(self.number, self.plan, name if self.keeps_name else printer.unique_name(name))
        return ""


@dataclass(frozen=True, slots=True)
class _CloseSheet:
    def emit(self, value: object, run: Run) -> str:
        _printer(run).close_sheet()
        return ""


@dataclass(frozen=True, slots=True)
class _StartRow:
    start: int
    segments: tuple[str | FormulaCell, ...]
    fits: bool

    def emit(self, value: object, run: Run) -> str:
        _printer(run).start_row(self.start, self.segments, self.fits)
        return ""


@dataclass(frozen=True, slots=True)
class _Skip:
    start: int
    count: int

    def emit(self, value: object, run: Run) -> str:
        _printer(run).skip_rows(self.start, self.count)
        return ""


@dataclass(frozen=True, slots=True)
class _Turn:
    block: int

    def emit(self, value: object, run: Run) -> str:
        _printer(run).turn(self.block)
        return ""


@dataclass(frozen=True, slots=True)
class _PadRow:
    pad: Pad

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        rows = printer.filled.rows.rows
        if not any(rows[start] for start in self.pad.rows if start in rows):
            printer.start_row(self.pad.rows[0], (self.pad.segment,))
        return ""


@dataclass(frozen=True, slots=True)
class _Typed:
    cell: Field

    def emit(self, value: object, run: Run) -> str:
        _printer(run).cell(value, self.cell, run)
        return ""


@dataclass(frozen=True, slots=True)
class _Literal:
    text: str
    properties: str

    def emit(self, value: object, run: Run) -> str:
        _printer(run).words.append((self.properties, literal(self.text)))
        return ""


@dataclass(frozen=True, slots=True)
class _Piece:
    properties: str
    doubled: str

    def emit(self, value: object, run: Run) -> str:
        _printer(run).piece(value, self.properties, self.doubled)
        return ""


@dataclass(frozen=True, slots=True)
class _CloseCell:
    cell: Field
    may_be_typed: bool

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        if not self.may_be_typed:
            printer.values.append("")  # a loop that happened to give one number is text all the same
        printer.close_cell(self.cell, run)
        return ""


@dataclass(frozen=True, slots=True)
class _CloseFormula:
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
class _HeaderFooter:
    number: int

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        printer.filled.texts[self.number] = "".join(text for _, text in printer.take_words())
        return ""


@dataclass(frozen=True, slots=True)
class _Capture:
    number: int

    def emit(self, value: object, run: Run) -> str:
        printer = _printer(run)
        printer.captured[self.number] = "".join(text for _, text in printer.take_words())
        return ""
