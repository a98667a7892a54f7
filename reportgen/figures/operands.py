"""What tags hand to filters and functions: words and dates of a cell, rows, phrases, figures; and what a fault calls
them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportgen.diagnostics import Code, FaultError, Place
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause import Phrase
from reportgen.figures.numerals import Duration, date_text
from reportgen.figures.quantity import own_print
from reportgen.model.cells import CellRef, Origin
from reportgen.model.figure import Figure, Text, merge_sources, plain
from reportgen.model.records import (
    Activity,
    ExtraRow,
    Indicator,
    ListItem,
    Masthead,
    PictureRow,
    Quote,
    Record,
    Unit,
    When,
)
from reportgen.model.view import View


class CellText(str):
    """Words of one cell. A plain text in every other way."""

    __slots__ = ("_field", "_origin")
    _origin: Origin
    _field: str

    @classmethod
    def of(cls, text: str, origin: Origin, field: str) -> CellText:
        made = cls(text)
        made._origin, made._field = origin, field
        return made

    @property
    def cell(self) -> CellRef:
        return self._origin.cell(self._field)

    def column_of(self, rows: Iterable[object]) -> Iterator[CellRef]:
        """The cells that `rows` of the same sheet have in this one's column."""
        records = map(record_of, rows)
        return (row.origin.cell(self._field) for row in records if isinstance(row, (Record, ExtraRow)))


class CellNames(tuple[CellText, ...]):
    """The names of a list column; printed whole, joined by 、. `whole` is its text when there is none."""

    whole: CellText

    @classmethod
    def of(cls, names: Iterable[str], origin: Origin, field: str) -> CellNames:
        made = cls(CellText.of(name, origin, field) for name in names)
        made.whole = CellText.of("", origin, field)
        return made

    @property
    def cell(self) -> CellRef:
        return self.whole.cell

    def __str__(self) -> str:
        return "、".join(self)


class Dated(View["When | None"]):
    """A date column: printed in Chinese; one date taken from another gives the time between them."""

    __slots__ = ("cell",)

    def __init__(self, when: When | None, cell: CellRef, masthead: Masthead) -> None:
        super().__init__(when, {}, lambda given: date_text(given, None, masthead) if given else "")
        self.cell = cell

    def __bool__(self) -> bool:
        return self.record is not None

    def __sub__(self, other: object) -> Duration:  # type: ignore[override]
        if not isinstance(other, Dated):
            raise TypeError(f"{self} - {other}")
        return Duration(other.record, self.record, (self.cell, other.cell))


def record_of(item: object) -> object:
    """The record behind a row view; anything else is itself."""
    return getattr(item, "record", item)


def as_figure(value: object, name: str) -> Figure | Text:
    """What a filter or function works on: a figure, a clause, an indicator or a plain number. Raises F001 else.

    A number in a column of words (印数, 年份) keeps its cell.
    """
    record = record_of(value)
    if isinstance(record, Phrase):
        return record()
    if isinstance(record, (Figure, Text)):
        return record
    if isinstance(record, Duration):
        return record.__figure__()
    if isinstance(record, Indicator):
        return own_print(record)
    number = _plain_number(record)
    if number is None:
        raise wrong(faults.NOT_A_NUMBER, value, name=name)
    return Figure(plain(number), number, (record.cell,) if isinstance(record, CellText) else ())


def _plain_number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        return None
    text = str(value).strip()
    unsigned = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if unsigned.isdecimal() and unsigned.isascii() else None


def items_of(rows: object, name: str, wanted: str) -> Iterator[object]:
    """The entries of a list of rows, names or figures. Raises F019 for a single thing."""
    single = isinstance(rows, (str, Figure, Text, Phrase, Duration)) or record_of(rows) is not rows
    if single or not isinstance(rows, Iterable):
        raise wrong(faults.WRONG_ROWS, rows, name=name, wanted=wanted)
    return iter(rows)


def own_name(record: object) -> str | None:
    """What a row is called in a list; None for what is no row."""
    if isinstance(record, Unit):
        return record.short_name
    if isinstance(record, (Indicator, Activity, ListItem)):
        return record.name
    if isinstance(record, Masthead):
        return "刊期"
    return record.id if isinstance(record, (Quote, PictureRow)) else None


def called(value: object) -> str:
    """A value in the words of a fault."""
    record = record_of(value)
    if isinstance(record, (Record, ExtraRow)):
        return own_name(record) or record.origin.key or f"{record.origin.layout.sheet}第{record.origin.row}行"
    if value is None or value == "":
        return "空"
    if isinstance(value, Iterable) and not isinstance(value, (str, Text)) and not hasattr(type(value), "__figure__"):
        return "、".join(called(item) for item in list(value)[:3]) or "空的一组"
    return str(value)


def wrong(code: Code, value: object, **words: object) -> FaultError:
    """The fault of a value of the wrong kind, with the cells it came from."""
    return FaultError(code, related=_places(value), found=called(value), **words)


def _places(value: object) -> tuple[Place, ...]:
    return tuple(cell.place() for cell in name_cells(value)[:3])


def name_cells(item: object) -> tuple[CellRef, ...]:
    """The cells that name what is counted or listed: of a row, of a figure, of a word, and
    of a group what its rows have in the column they are grouped by."""
    record = record_of(item)
    cell = getattr(item, "cell", None)
    if isinstance(cell, CellRef):
        return (cell,)
    if isinstance(record, Phrase):
        return (record.row.origin.cell("value"),)
    if isinstance(record, (Figure, Text)):
        return figure_cells(record)
    if isinstance(record, (Record, ExtraRow)):
        return (record.origin.cell(_naming_field(record)),)
    if isinstance(record, (str, bytes)) or not isinstance(record, Iterable):
        return ()
    if isinstance(record, tuple) and len(record) == 2 and isinstance(record[0], CellText):
        return tuple(record[0].column_of(record[1]))
    return merge_sources(name_cells(part) for part in record)


def figure_cells(said: Figure | Text) -> tuple[CellRef, ...]:
    """The cells of a figure, or of all figures of a clause."""
    return said.sources if isinstance(said, Figure) else merge_sources(figure.sources for figure in said.figures)


def _naming_field(record: Record | ExtraRow) -> str:
    if isinstance(record, ExtraRow):
        columns = record.origin.layout.positions
        return min(columns, key=lambda header: columns[header].column, default="id")
    if isinstance(record, Unit):
        return "short_name"
    return "name" if isinstance(record, (Indicator, Activity, ListItem)) else "id"
