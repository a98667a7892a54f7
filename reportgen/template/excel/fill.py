"""What happens while a sheet is filled: rows and cells printed as text, formulas left open until every row is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.utils.cell import column_index_from_string

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.run import LimitError, Run
from reportgen.template.excel.cells import (
    EMPTY,
    MAX_TEXT,
    Content,
    Formula,
    Hyperlink,
    content,
    link_parts,
    number_cell,
    rich_text,
    unwrapped,
    wrapped_lines,
)
from reportgen.template.excel.formulas.refs import Expression, Ref, parse
from reportgen.template.excel.formulas.rows import MAX_ROW, Copy, Plan, RowMap
from reportgen.template.excel.parts.sheet import Link
from reportgen.template.values import BOLD, Spanned, is_spanned, spans_of

ROW = "\0"  # stands for the row's number in text prepared while compiling; no XML can hold it
STATE = "excel"  # where a Run keeps its Printer
MAX_LINKS = 65_530
MAX_HEIGHT = 409  # points of a row
ROOM = 4  # points above and below wrapped text
_JOIN_AT = 4_000
_BOLD = "<rPr><b/></rPr>"
# Number formats for a date in a cell whose own format would show it as a bare number (ECMA-376-1 §18.8.30).
_DATE, _DATE_AND_TIME, _TIME = 14, 22, 21


@dataclass(frozen=True, slots=True)
class Fit:
    """A cell whose text wraps: its width in digits of its own font, the height of a line in points."""

    width: float
    line: float

    def height(self, text: str) -> float:
        """The height that the text wants; 0 for a single line, which every row has room for."""
        lines = wrapped_lines(text, self.width)
        return min(lines * self.line + ROOM, MAX_HEIGHT) if lines > 1 else 0


@dataclass(slots=True)
class RowStart:
    """The beginning of a row whose height comes from its cells: viewers that do not fit rows show all of the text."""

    row: int
    height: float = 0

    @property
    def text(self) -> str:
        return f'<row r="{self.row}"' + (f' ht="{self.height:g}"' if self.height else "")


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
class FormulaSlot:
    """A formula printed: its cell, and the value to show when it cannot be computed."""

    cell: FormulaCell
    row: int
    fallback: Content = EMPTY


@dataclass(slots=True)
class Filled:
    """One filled copy of a template sheet. `chunks` is the content of its sheetData."""

    copy: Copy
    chunks: list[str | FormulaSlot | RowStart] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)  # address → id of its relationship
    captions: dict[tuple[str, int], str] = field(default_factory=dict)  # (letters, template row) → text
    texts: dict[int, str] = field(default_factory=dict)  # number of a header or footer → text

    @property
    def rows(self) -> RowMap:
        return self.copy.rows


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of the template: how many there are, which show a date as a bare number, which wrap text."""

    count: int = 1
    plain: frozenset[int] = frozenset({0})
    date1904: bool = False
    wrapped: Mapping[int, float] = field(default_factory=dict)  # formats that wrap text → font size in points
    normal: float = 11  # size of the font that columns are measured in


class Printer:
    """The state of filling one workbook."""

    def __init__(self, sheets: int, formats: Formats, reserved: Sequence[str]) -> None:
        self.sheets: list[list[Filled]] = [[] for _ in range(sheets)]
        self.formats = formats
        self.new_formats: dict[tuple[int, int], int] = {}  # (format, number format) → its number
        self.captured: dict[int, str] = {}  # texts outside of sheets
        self.names = {name.casefold() for name in reserved}
        self.words: list[tuple[str, str]] = []
        self.values: list[object] = []
        self._pending: list[str] = []
        self._row = ""
        self._fitted: RowStart | None = None
        self._filled = Filled(Copy("", RowMap(Plan((1,), 0))))

    # ---- sheets and rows

    def open_sheet(self, sheet: int, plan: Plan, name: str) -> None:
        self._filled = Filled(Copy(name, RowMap(plan)))
        self.sheets[sheet].append(self._filled)

    def close_sheet(self) -> None:
        self._flush()

    def unique_name(self, name: str) -> str:
        """A sheet name that Excel accepts and that no other sheet bears."""
        legal = _legal_name(name)
        candidates = (legal, *(f"{_cut(legal, 31 - len(end := f'({n})'))}{end}" for n in range(2, 10_000)))
        found = next(candidate for candidate in candidates if candidate.casefold() not in self.names)
        self.names.add(found.casefold())
        return found

    def start_row(self, start: int, segments: Sequence[str | FormulaCell], fits: bool = False) -> None:
        """Begins a row; the segments of one that `fits` its height to its text lack the beginning of the element."""
        rows = self._filled.copy.rows
        if rows.at >= MAX_ROW:
            raise LimitError(excel_codes.TOO_MANY_ROWS)
        rows.at += 1
        rows.rows[start].append(rows.at)
        self._row = str(rows.at)
        if fits or len(self._pending) > _JOIN_AT:
            self._flush()
        self._fitted = RowStart(rows.at) if fits else None
        if self._fitted:
            self._filled.chunks.append(self._fitted)
        self.static(segments)

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
                self._pending.append(segment.replace(ROW, self._row))
            else:
                self._slot(FormulaSlot(segment, int(self._row)))

    def _slot(self, slot: FormulaSlot) -> None:
        self._flush()
        self._filled.chunks.append(slot)

    def _flush(self) -> None:
        if self._pending:
            self._filled.chunks.append("".join(self._pending))
            self._pending = []

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
            self._trace(value, cell, run)
        value = unwrapped(value)
        if isinstance(value, Formula):
            self._formula(value, cell)
        elif is_spanned(value):
            self.text([(_dressed(cell.runs[0], s.style == BOLD), s.text) for s in spans_of(value)], cell)
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
        self._pending.append(f'<c r="{cell.letters}{self._row}"{cell.head(style)}{number_cell(kind, found.text)}')
        if cell.caption:
            self._filled.captions[cell.letters, cell.row] = found.text

    def text(self, pieces: Sequence[tuple[str, str]], cell: Field) -> None:
        """A cell of text in (run properties, text) pieces; none at all leaves it empty."""
        length = sum(len(words) for _, words in pieces)
        if length > MAX_TEXT:
            raise FaultError(excel_codes.CELL_TOO_LONG, length=length)
        if cell.caption:
            self._filled.captions[cell.letters, cell.row] = "".join(words for _, words in pieces)
        if cell.fit and self._fitted:
            height = cell.fit.height("".join(words for _, words in pieces))
            self._fitted.height = max(self._fitted.height, height)
        body = f' t="inlineStr">{rich_text(pieces)}</c>' if length else "/>"
        self._pending.append(f'<c r="{cell.letters}{self._row}"{cell.head(cell.style)}{body}')

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
        self._slot(FormulaSlot(made, int(self._row), fallback))

    def _link(self, link: Hyperlink, cell: Field) -> None:
        filled = self._filled
        if len(filled.links) >= MAX_LINKS:
            raise LimitError(excel_codes.TOO_MANY_LINKS)
        address, place = link_parts(link.target, link.location)
        identity = filled.targets.setdefault(address, f"rIdLink{len(filled.targets) + 1}") if address else ""
        filled.links.append(Link(f"{cell.letters}{self._row}", identity, place, link.tip))

    def _trace(self, value: Spanned, cell: Field, run: Run) -> None:
        row = int(self._row)
        place = Place(sheet=self._filled.copy.name, row=row, cell=f"{cell.letters}{row}")
        for span in spans_of(value):
            if span.source is not None:
                run.mark(span.source, span.text, place)

    # ---- cells of several pieces

    def piece(self, value: object, properties: str, doubled: str) -> None:
        """A value among other text; `doubled` is a character that must be written twice there."""
        self.values.append(value)
        for span in spans_of(value):
            text = span.text.replace(doubled, doubled * 2) if doubled else span.text
            self.words.append((_dressed(properties, span.style == BOLD), text))

    def take_words(self) -> list[tuple[str, str]]:
        """What has been put together, neighbours of one format joined; a new cell begins."""
        words, self.words, self.values = self.words, [], []
        return list(_joined(words))

    def close_cell(self, cell: Field, run: Run) -> None:
        """Ends a cell of several pieces: one value and nothing beside it is a value with its type."""
        if len(self.values) == 1 and not "".join(t for _, t in self.words if isinstance(t, _Plain)).strip():
            value = self.values[0]
            self.take_words()
            self.cell(value, cell, run)
            return
        if run.trace:
            for value in self.values:
                if is_spanned(value):
                    self._trace(value, cell, run)
        self.text(self.take_words(), cell)
        self.static(cell.tail)


class _Plain(str):
    """Literal text of the template, told apart from what values print."""

    __slots__ = ()


def literal(text: str) -> str:
    """Literal text as `Printer.words` takes it."""
    return _Plain(text)


def _joined(words: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    last: tuple[str, str] | None = None
    for properties, text in words:
        if last is not None and last[0] == properties:
            last = (properties, last[1] + text)
            continue
        if last is not None:
            yield last
        last = (properties, text)
    if last is not None:
        yield last


def _dressed(properties: str, bold: bool) -> str:
    if not bold or "<b/>" in properties:
        return properties
    return properties.replace("<rPr>", "<rPr><b/>", 1) if properties else _BOLD


_WIDE = str.maketrans({"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼"})


def _legal_name(name: str) -> str:
    """Characters a sheet's name cannot hold become their full-width forms; 31 UTF-16 units at most."""
    words = "".join(c for c in " ".join(name.split()).translate(_WIDE) if c.isprintable())
    words = _cut(words.strip("' "), 31).strip("' ")
    if words.casefold() == "history":
        words += "_"  # Excel keeps this name for itself
    return words or "Sheet"


def _cut(text: str, units: int) -> str:
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text
