"""What happens while a sheet is filled: rows and cells printed as text, formulas left open until every row is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.utils.cell import get_column_letter

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.run import LimitError, Run
from reportgen.template.engine.types import Stand
from reportgen.template.excel.cells import (
    EMPTY,
    Content,
    Formula,
    Hyperlink,
    content,
    link_parts,
    number_cell,
    unwrapped,
)
from reportgen.template.excel.filling.batches.batch import Batch, Forms, NotPlainError
from reportgen.template.excel.filling.columns import Columns
from reportgen.template.excel.filling.fields import (
    ROW,
    Field,
    Formats,
    FormulaCell,
)
from reportgen.template.excel.filling.filled.paper import Paper
from reportgen.template.excel.filling.filled.sheet import Filled, FormulaSlot, Link, RowStart
from reportgen.template.excel.filling.names import SheetNames
from reportgen.template.excel.filling.strings import Plain, Strings, dressed, joined
from reportgen.template.excel.formulas.expression import Expression, parse
from reportgen.template.excel.formulas.rows import MAX_ROW, Copy, Plan, RowMap
from reportgen.template.values import BOLD, SpanLike, is_spanned, spans_of

STATE = "excel"  # where a Run keeps its Printer
MAX_LINKS = 65_530
# Number formats for a date in a cell whose own format would show it as a bare number (ECMA-376-1 §18.8.30).
_DATE, _DATE_AND_TIME, _TIME = 14, 22, 21


class Printer:
    """The state of filling one workbook."""

    def __init__(
        self,
        sheets: int,
        formats: Formats,
        reserved: Sequence[str],
        strings: Strings,
        columns: Columns,
        paper: Paper,
    ) -> None:
        self.sheets: list[list[Filled]] = [[] for _ in range(sheets)]
        self.formats = formats
        self.new_formats: dict[tuple[int, int], int] = {}  # (format, number format) → its number
        self.captured: dict[int, str] = {}  # texts outside of sheets
        self.names = SheetNames(reserved)
        self.words: list[tuple[str, str]] = []
        self.values: list[object] = []
        self._paper = paper
        self._row = ""
        self._sheet = 0  # the template's sheet being filled, from 0: the rank of its part
        self._columns: dict[str, Stand] = {}  # of the sheet being filled, by letters
        self._fitted: RowStart | None = None
        self.strings = strings
        self.columns = columns
        self._forms: dict[Batch, Forms] = {}
        self._filled = Filled(Copy("", RowMap(Plan((1,), 0))))

    # ---- sheets and rows

    def open_sheet(self, sheet: int, plan: Plan, name: str) -> None:
        self._sheet, self._columns = sheet, {}
        self.columns.open(sheet, len(self.sheets[sheet]))
        self._filled = self._paper.turn_to(Copy(name, RowMap(plan), self.columns.map))
        self.sheets[sheet].append(self._filled)

    def close_sheet(self) -> None:
        self._paper.flush()

    def start_row(self, start: int, segments: Sequence[str | FormulaCell], least: float | None = None) -> None:
        """Begins a row; with `least` its height comes from its cells, and the segments lack the element's beginning."""
        rows = self._filled.copy.rows
        if rows.at >= MAX_ROW:
            raise LimitError(excel_codes.TOO_MANY_ROWS)
        rows.at += 1
        rows.rows[start].append(rows.at)
        self._row = str(rows.at)
        self._paper.end_row()
        self._fitted = None if least is None else RowStart(rows.at, least)
        if self._fitted:
            self._paper.put(self._fitted)
        self.static(segments)

    def offer(self, batch: Batch, values: Sequence[object], run: Run) -> bool:
        """Prints a whole row; False, and nothing printed, when its values are not plain."""
        rows = self._filled.copy.rows
        if rows.at >= MAX_ROW:
            return False
        forms = self._forms.get(batch)
        if forms is None:
            forms = self._forms[batch] = Forms(batch, self.strings, self._dated, self.formats.date1904)
        try:
            printed = forms.print(values, run.trace)
        except (NotPlainError, FaultError):
            return False
        rows.at += 1
        rows.rows[batch.start].append(rows.at)
        self._row = str(rows.at)
        text = f'<row r="{rows.at}"{printed.height}{printed.text.replace(ROW, self._row)}'
        self._paper.end_row()
        self._paper.row(rows.at, text, batch, printed.values)
        if run.trace:
            for index, spans in printed.spans:
                self._trace(spans, batch.fields[index], run)
        return True

    def skip_rows(self, start: int, count: int) -> None:
        """Blank rows of the template."""
        rows = self._filled.copy.rows
        rows.rows[start].append(rows.at + 1)
        rows.at += count

    def turn(self, block: int) -> None:
        rows = self._filled.copy.rows
        rows.marks[block].append(rows.at + 1)

    def static(self, segments: Sequence[str | FormulaCell]) -> None:
        for segment in segments:
            if isinstance(segment, str):
                self._paper.put(segment.replace(ROW, self._row))
            else:
                self._paper.slot(FormulaSlot(segment, int(self._row)))

    @property
    def filled(self) -> Filled:
        return self._filled

    # ---- cells

    def cell(self, value: object, cell: Field, run: Run) -> None:
        """A cell that is one value: it keeps its type."""
        if isinstance(value, Hyperlink):
            self._link(value, cell)
            value = value.text
        if run.trace and is_spanned(value):
            self._trace(spans_of(value), cell, run)
        value = unwrapped(value)
        if isinstance(value, Formula):
            self._formula(value, cell)
        elif is_spanned(value):
            self.text([(dressed(cell.runs[0], s.style == BOLD), s.text) for s in spans_of(value)], cell)
        else:
            self._typed(value, cell)
        self.static(cell.tail)

    def _typed(self, value: object, cell: Field) -> None:
        found = content(value, self.formats.date1904)
        if found.kind == "s":
            self.text([(cell.runs[0], found.text)], cell)
            return
        kind, style = found.kind, cell.style
        if kind == "d":
            kind, style = "n", self._dated(value, cell.style)
        self._put(cell, cell.head(style) + number_cell(kind, found.text))
        if cell.caption:
            self._filled.captions[cell.letters, cell.row] = found.text

    def text(self, pieces: Sequence[tuple[str, str]], cell: Field) -> None:
        """A cell of text in (run properties, text) pieces; none at all leaves it empty."""
        length = sum(len(words) for _, words in pieces)
        if cell.caption:
            self._filled.captions[cell.letters, cell.row] = "".join(words for _, words in pieces)
        if cell.fit and self._fitted:
            height = cell.fit.height("".join(words for _, words in pieces))
            self._fitted.height = max(self._fitted.height, height)
        body = f' t="s"><v>{self.strings.number(pieces)}</v></c>' if length else "/>"
        self._put(cell, cell.head(cell.style) + body)

    def _put(self, cell: Field, content: str) -> None:
        """What follows the address of a cell, at every place where the cell is printed."""
        for letters in self._places(cell):
            self._paper.put(f'<c r="{letters}{self._row}"{content}')

    def _places(self, cell: Field) -> Sequence[str]:
        if not cell.shifts:
            return (cell.letters,)
        return [get_column_letter(place) for place, _ in self.columns.places(cell.letters)]

    def _dated(self, value: object, style: int) -> int:
        if style not in self.formats.plain:
            return style
        kind = type(value).__name__
        wanted = _DATE if kind == "date" else _TIME if kind in ("time", "timedelta") else _DATE_AND_TIME
        return self.new_formats.setdefault((style, wanted), self.formats.count + len(self.new_formats))

    def _formula(self, value: Formula, cell: Field) -> None:
        text = value.text.removeprefix("=")
        try:
            expression = parse(text)
        except (TokenizerError, IndexError):
            raise FaultError(excel_codes.BAD_VALUE_FORMULA, formula=value.text) from None
        fallback = content(unwrapped(value.value), self.formats.date1904)
        self.formula(expression, cell, Content({"s": "str", "d": "n"}.get(fallback.kind, fallback.kind), fallback.text))

    def formula(self, expression: Expression, cell: Field, fallback: Content = EMPTY) -> None:
        made = FormulaCell(cell.letters, cell.row, cell.head(cell.style), expression)
        for slot in self._slots(made, fallback, cell.shifts):
            self._paper.slot(slot)

    def _slots(self, cell: FormulaCell, fallback: Content, shifts: bool) -> Iterator[FormulaSlot]:
        if not shifts:
            yield FormulaSlot(cell, int(self._row), fallback)
            return
        for place, turn in self.columns.places(cell.letters):
            yield FormulaSlot(cell, int(self._row), fallback, place, turn)

    def fixed(self, letters: str, cell: str | FormulaCell) -> None:
        """A cell without tags in a sheet whose columns repeat: what follows its address, or its formula."""
        if isinstance(cell, FormulaCell):
            for slot in self._slots(cell, EMPTY, True):
                self._paper.slot(slot)
        else:
            for place, _ in self.columns.places(letters):
                self._paper.put(f'<c r="{get_column_letter(place)}{self._row}"{cell}')

    def _link(self, link: Hyperlink, cell: Field) -> None:
        filled = self._filled
        if len(filled.links) >= MAX_LINKS:
            raise LimitError(excel_codes.TOO_MANY_LINKS)
        address, place = link_parts(link.target, link.location)
        identity = filled.targets.setdefault(address, f"rIdLink{len(filled.targets) + 1}") if address else ""
        for letters in self._places(cell):
            filled.links.append(Link(f"{letters}{self._row}", identity, place, link.tip))

    def _trace(self, spans: Iterable[SpanLike], cell: Field, run: Run) -> None:
        letters = cell.letters if not cell.shifts else next(iter(self._places(cell)), cell.letters)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = (Place(sheet=self._filled.copy.name, cell=letters), self._sheet)
        for span in spans:
            if span.source is not None:
                run.printed.add_cell(span.text, span.source, column, self._filled.copy.rows.at)

    # ---- cells of several pieces

    def piece(self, value: object, properties: str, doubled: str) -> None:
        """A value among other text; `doubled` is a character that must be written twice there."""
        self.values.append(value)
        for span in spans_of(value):
            text = span.text.replace(doubled, doubled * 2) if doubled else span.text
            self.words.append((dressed(properties, span.style == BOLD), text))

    def take_words(self) -> list[tuple[str, str]]:
        """What has been put together, neighbours of one format joined; a new cell begins."""
        words, self.words, self.values = self.words, [], []
        return list(joined(words))

    def close_cell(self, cell: Field, run: Run) -> None:
        """Ends a cell of several pieces: one value and nothing beside it is a value with its type."""
        if len(self.values) == 1 and not "".join(t for _, t in self.words if isinstance(t, Plain)).strip():
            value = self.values[0]
            self.take_words()
            self.cell(value, cell, run)
            return
        if run.trace:
            for value in self.values:
                if is_spanned(value):
                    self._trace(spans_of(value), cell, run)
        self.text(self.take_words(), cell)
        self.static(cell.tail)
