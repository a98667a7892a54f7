"""Rows of the Dataset as Views: each column by its header, each indicator with what figures.md says it offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from reportgen.compose.prose import Prose, prose_fields
from reportgen.compose.selection import METHODS
from reportgen.figures import OWN, PHRASES, Peers, Phrase, cell_figure, date_text
from reportgen.model.cells import cell_text
from reportgen.model.figure import Figure, Text, plain
from reportgen.model.records import (
    Activity,
    ExtraRow,
    ExtraTable,
    Indicator,
    ListItem,
    Masthead,
    PictureRow,
    Quantity,
    Quote,
    Record,
    Term,
    Unit,
    When,
)
from reportgen.model.schema import headers_of
from reportgen.model.view import Getter, Rows, View

R = TypeVar("R", bound=Record)

_CLOSING = {"“": "‘", "”": "’"}


@dataclass(frozen=True, slots=True)
class RowViews:
    """Makes the View of any record, for one Dataset. Rows of one kind share their table of getters."""

    prose: Prose
    peers: Peers
    _getters: dict[tuple[type[Record], tuple[str, ...]], Mapping[str, Getter[Any]]] = field(default_factory=dict)

    def view(self, record: R) -> View[R]:
        kind = (type(record), tuple(extra.header for extra in record.extras))
        if kind not in self._getters:
            self._getters[kind] = {**_extras(kind[1]), **self._columns(kind[0]), **self._offers(kind[0])}
        return View(record, self._getters[kind], self._shown(kind[0]))

    def rows(self, records: Sequence[R], key: Callable[[R], str] | None = None) -> Rows[R]:
        """The rows of a sheet; with `key` each can be had by its number or name."""
        views = [self.view(record) for record in records]
        by_key = {key(view.record): view for view in views} if key else {}
        return Rows(views, METHODS, by_key)

    def _columns(self, kind: type[Record]) -> dict[str, Getter[Any]]:
        prose = prose_fields(kind)
        return {
            header: self._prose_getter(name) if name in prose else self._value_getter(name)
            for header, name in headers_of(kind).items()
        }

    def _prose_getter(self, name: str) -> Getter[Any]:
        return lambda record: self.prose.text(record, name)

    def _value_getter(self, name: str) -> Getter[Any]:
        return lambda record: self._present(record, name)

    def _present(self, record: Record, name: str) -> object:
        """A plain column as it prints: numbers as Figures with their cell, dates in Chinese, blank as nothing."""
        value = getattr(record, name)
        if isinstance(value, Quantity):
            return cell_figure(value, record.origin.cell(name))
        if isinstance(value, When):
            return View(value, {}, lambda when: date_text(when, None, self.peers.masthead))
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Decimal):
            return Figure(plain(value), value, (record.origin.cell(name),))
        return "" if value is None else value

    def _offers(self, kind: type[Record]) -> dict[str, Getter[Any]]:
        """What a kind of row offers beside its columns."""
        if kind is Indicator:
            return {name: self._phrase_getter(name) for name in PHRASES if name != OWN}
        if kind is Activity:
            return {"日期": self._activity_dates, "场次": self._sessions}
        return {}

    def _shown(self, kind: type[Record]) -> Getter[Any]:
        """What `{{ the row }}` prints."""
        if kind is Indicator:
            return self._phrase_getter(OWN)
        if kind is Quote:
            return self._quotation
        return _SHOWN.get(kind, _key)

    def _phrase_getter(self, name: str) -> Getter[Indicator]:
        return lambda row: Phrase(name, row, self.peers)

    def _activity_dates(self, row: Activity) -> object:
        return date_text(row.start, row.end, self.peers.masthead) if row.start else ""

    def _sessions(self, row: Activity) -> object:
        """场次, 1 when the cell is blank (workbook.md); the cell is named all the same."""
        return cell_figure(row.sessions or Quantity(Decimal(1)), row.origin.cell("sessions"))

    def _quotation(self, row: Quote) -> Text:
        """原文 in “ ”, the quotes inside it turned into ‘ ’."""
        inner = [
            "".join(_CLOSING.get(c, c) for c in piece) if isinstance(piece, str) else piece
            for piece in self.prose.text(row, "text").pieces
        ]
        return Text.of("“", *inner, "”")


def table_rows(table: ExtraTable) -> Rows[ExtraRow]:
    """A sheet no contract names, by its own headers: 表['与会人员']."""
    getters: dict[str, Getter[ExtraRow]] = {
        header: _extra_getter(index) for index, header in enumerate(table.headers) if header
    }
    return Rows((View(row, getters, _extra_getter(0)) for row in table.rows), METHODS)


def _extra_getter(index: int) -> Getter[ExtraRow]:
    return lambda row: cell_text(row.values[index]) if index < len(row.values) else ""


def _extras(headers: tuple[str, ...]) -> dict[str, Getter[Any]]:
    return {header: _extra_of_record(header) for header in headers}


def _extra_of_record(header: str) -> Getter[Any]:
    return lambda record: next((cell_text(e.value) for e in record.extras if e.header == header), "")


def _key(record: Record) -> str:
    return record.origin.key


_SHOWN: Mapping[type[Record], Getter[Any]] = {
    Unit: lambda row: row.short_name,
    Activity: lambda row: row.name,
    ListItem: lambda row: row.name,
    PictureRow: lambda row: row.id,
    Term: lambda row: row.word,
    Masthead: lambda row: row.name,
}
