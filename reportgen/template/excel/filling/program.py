"""A template sheet as the items of a program: its rows, cells and tags in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportgen.template.engine.types import Computed, Control, Item, Spot, Value
from reportgen.template.excel.filling.batches.batch import Batch
from reportgen.template.excel.filling.fields import ROW, Field, Fit, FormulaCell, Pad
from reportgen.template.excel.filling.steps import (
    Capture,
    CloseCell,
    CloseFormula,
    CloseSheet,
    ColumnStep,
    EndRow,
    FixedCell,
    HeaderFooter,
    LiteralText,
    OpenSheet,
    PadRow,
    Piece,
    Skip,
    StartRow,
    Turn,
    Typed,
)
from reportgen.template.excel.grid import Cell, Kept, Mark, Row, Words
from reportgen.template.excel.reading.layout import Layout
from reportgen.template.fragments import Level
from reportgen.template.syntax import Kind, Tag

_IN_ONE_CELL = (
    "在 Excel 模板里，它的开头和结尾要写在同一个单元格里，里面只放这一格要印的内容，别的格子再来用它；"
    "要重复几行，用 {% for %}。"
)


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
    return _between_sheet_tags(source, _inside(source))


def name_items(source: SheetSource) -> list[Item]:
    """The items that give a sheet's copies their names, and nothing else."""
    return _between_sheet_tags(source, [])


def _between_sheet_tags(source: SheetSource, inside: Iterable[Item]) -> list[Item]:
    opened = [Control(mark.spot) for mark in source.layout.sheet_tags]
    closers = [Control(_closer(mark.spot)) for mark in reversed(source.layout.sheet_tags)]
    opening = OpenSheet(source.number, source.title, source.layout.plan, source.keeps_name)
    return [*opened, *pieces(source.name), Computed(opening), *inside, Computed(CloseSheet()), *closers]


def _inside(source: SheetSource) -> Iterator[Item]:
    yield from _rows(source)
    for number, text in source.texts.items():
        yield from pieces(text, doubled="&")
        yield Computed(HeaderFooter(number))


def pieces(words: Iterable[Words | Mark], runs: Sequence[str] = ("",), doubled: str = "") -> Iterator[Item]:
    """Words and tags that are put together into one text."""
    for word in words:
        if isinstance(word, Words):
            yield Computed(LiteralText(word.text, runs[word.run]), word.text)
        elif isinstance(word, Kept) and word.closer is not None:
            yield Control(word.spot, Level.RUNS, Piece(runs[word.run], doubled))
            yield from pieces(word.inside, runs)
            yield Control(word.closer)
        elif word.tag.kind is Kind.VALUE:
            yield Value(word.spot, Piece(runs[word.run], doubled))
        elif word.tag.kind is Kind.CONTROL:
            yield Control(word.spot, advice=_IN_ONE_CELL)


def capture(number: int) -> Computed:
    """Keeps the text put together so far under a number, for a part that is no sheet."""
    return Computed(Capture(number))


def _closer(spot: Spot) -> Spot:
    word = f"end{spot.tag.word}"
    return replace(spot, tag=Tag(Kind.CONTROL, word, spot.tag.raw))


def _rows(source: SheetSource) -> Iterator[Item]:
    blocks = _BlockNumbers()
    following = 1
    for row in source.layout.rows:
        if row.number > following:
            yield Computed(Skip(following, row.number - following))
        following = row.number + 1
        yield from blocks.items(row.before)
        if not row.control:
            yield from _shifting_row(row, source) if source.layout.columns else _row(row, source)
        yield from blocks.items(row.after)
        for pad in source.pads.get(row.number, ()):
            yield Computed(PadRow(pad))


class _BlockNumbers:
    """Numbers the `for` blocks over rows as the plan does, and marks where their turns begin and end."""

    def __init__(self) -> None:
        self._open: list[int | None] = []
        self._count = 0

    def items(self, marks: Sequence[Mark]) -> Iterator[Item]:
        for mark in marks:
            yield from pieces([mark])
            if isinstance(mark, Kept):
                continue
            word = mark.tag.word
            if word == "for":
                self._open.append(self._count)
                self._count += 1
                yield Computed(Turn(self._count - 1))
            elif word in ("if", "with"):
                self._open.append(None)
            elif (word == "else" and self._open and (number := self._open[-1]) is not None) or (
                word in ("endfor", "endif", "endwith") and self._open and (number := self._open.pop()) is not None
            ):
                yield Computed(Turn(number))


def _row(row: Row, source: SheetSource) -> Iterator[Item]:
    """One printed row: the fixed cells go with whatever stands before them, so that most rows are few calls."""
    fits = _least_height(row, source)
    head: list[str | FormulaCell] = [f"{row.head}>" if fits is not None else f'<row r="{ROW}"{row.head}>']
    filled: list[tuple[Cell, list[str | FormulaCell]]] = []
    for cell in row.cells:
        if cell.items:
            filled.append((cell, []))
        else:
            _add(filled[-1][1] if filled else head, _fixed(cell))
    _add(filled[-1][1] if filled else head, "</row>")
    fields = [_field(cell, row, tail, source) for cell, tail in filled]
    lone = [_lone_value(cell) for cell, _ in filled]
    batch = Batch.of(row.number, _beginning(row, head, fits), fields, _held(row)) if all(lone) else None
    yield Computed(StartRow(row.number, tuple(head), fits, batch))
    for (cell, _), place in zip(filled, fields, strict=True):
        yield from _filled(cell, place)


def _shifting_row(row: Row, source: SheetSource) -> Iterator[Item]:
    """A row of a sheet whose columns repeat: every cell by itself, since none knows its place yet."""
    fits = _least_height(row, source)
    yield Computed(StartRow(row.number, (f"{row.head}>" if fits is not None else f'<row r="{ROW}"{row.head}>',), fits))
    numbers = {block.first: number for number, block in enumerate(source.layout.columns)}
    openers = {loop.first: loop for loop in row.loops}
    closers = {loop.last: loop for loop in row.loops}
    for cell in row.cells:
        if loop := openers.get(cell.column):
            number = numbers[loop.first]
            yield Computed(ColumnStep(number, "begin"))
            yield Control(loop.opener.spot)
            yield Computed(ColumnStep(number, "turn"))
        yield from _shifting_cell(cell, row, source)
        if loop := closers.get(cell.column):
            yield Control(loop.closer.spot)
            yield Computed(ColumnStep(numbers[loop.first], "end"))
    yield Computed(EndRow())


def _shifting_cell(cell: Cell, row: Row, source: SheetSource) -> Iterator[Item]:
    if any(cell.column in block.gone for block in source.layout.columns):
        return
    if not cell.items:
        content = _fixed(cell)
        yield Computed(
            FixedCell(cell.letters, cell.head + (cell.body or "/>") if isinstance(content, str) else content)
        )
    else:
        yield from _filled(cell, replace(_field(cell, row, (), source), shifts=True))


def _filled(cell: Cell, place: Field) -> Iterator[Item]:
    """A cell with tags."""
    if value := _lone_value(cell):
        yield Value(value.spot, Typed(place))
    elif cell.quoted:
        yield from pieces(cell.items, cell.runs, doubled='"')
        yield Computed(CloseFormula(place))
    else:
        yield from _cell(cell, place)


def _held(row: Row) -> frozenset[int]:
    """The columns that hold something the template says itself, and no formula."""
    return frozenset(cell.column for cell in row.cells if cell.body is not None and not cell.is_blank)


def _beginning(row: Row, head: Sequence[str | FormulaCell], fits: float | None) -> list[str | FormulaCell]:
    """The beginning of a row without that of its element, which is written when its height is known."""
    first, *others = head
    cut = fits is None and isinstance(first, str)
    return [str(first).removeprefix(f'<row r="{ROW}"') if cut else first, *others]


def _least_height(row: Row, source: SheetSource) -> float | None:
    """The height that a row has at least; None for a row whose height does not come from its cells."""
    fits = [source.fits[key] for cell in row.cells if (key := (cell.letters, row.number)) in source.fits]
    return max((fit.least for fit in fits), default=None)


def _field(cell: Cell, row: Row, tail: Sequence[str | FormulaCell], source: SheetSource) -> Field:
    key = (cell.letters, row.number)
    value = _lone_value(cell)
    return Field(
        letters=cell.letters,
        row=row.number,
        style=cell.style,
        others=cell.others,
        runs=(cell.runs[value.run],) if value else cell.runs,
        tail=tuple(tail),
        caption=key in source.captions,
        fit=source.fits.get(key),
    )


def _lone_value(cell: Cell) -> Mark | None:
    """The value of a cell that is one `{{ }}` and nothing else: it keeps its type."""
    values = [mark for mark in cell.marks if mark.tag.kind is Kind.VALUE]
    alone = len(values) == 1 and not cell.quoted and not cell.words.strip()
    return values[0] if alone and all(mark.tag.kind is not Kind.CONTROL for mark in cell.marks) else None


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
    loops = any(mark.tag.kind is Kind.CONTROL and mark.tag.word == "for" for mark in cell.marks)
    yield from pieces(cell.items, cell.runs)
    yield Computed(CloseCell(place, not loops))
