"""Rows of the Dataset as Views: each column by its header, each indicator with what figures.md says it offers.

A sheet's rows are selected by 筛选, 按, 排序 and 前.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from reportgen.compose.pictures import picture_of
from reportgen.compose.prose import Prose
from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.figures import OWN, PHRASES, CellNames, CellText, Dated, Peers, Phrase, cell_figure, date_text, missing
from reportgen.model.cells import CellValue, Origin, cell_text
from reportgen.model.figure import Figure, Status, Text, plain
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
from reportgen.model.schema import ColumnSpec, Kind, sheet_of
from reportgen.model.view import Getter, Rows, View

R = TypeVar("R", bound=Record)
AnyRows = Rows[Any]
AnyView = View[Any]

_COUNTED = (Kind.QUANTITY, Kind.QUANTITY_OR_REFERENCE)
# How the reader hands on a percent-formatted cell, and how a clerk types one.
_PERCENTAGE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?%")
_CLOSING = {"“": "‘", "”": "’"}


@dataclass(frozen=True, slots=True)
class RowViews:
    """Makes the View of any record, for one Dataset. Rows of one kind share their table of getters."""

    prose: Prose
    peers: Peers
    folder: str = ""
    _getters: dict[tuple[type[Record], tuple[str, ...]], Mapping[str, Getter[Any]]] = field(default_factory=dict)

    def view(self, record: R) -> View[R]:
        kind = (type(record), record.origin.layout.own)
        if kind not in self._getters:
            own = {header: own_getter(header, self.peers.masthead) for header in kind[1]}
            self._getters[kind] = {**own, **self._columns(kind[0]), **self._offers(kind[0])}
        return View(record, self._getters[kind], self._shown(kind[0]))

    def rows(self, records: Sequence[R], key: Callable[[R], str] | None = None) -> Rows[R]:
        """The rows of a sheet; with `key` each can be had by its number or name."""
        views = [self.view(record) for record in records]
        by_key = {key(view.record): view for view in views} if key else {}
        return Rows(views, METHODS, by_key)

    def _columns(self, kind: type[Record]) -> dict[str, Getter[Any]]:
        return {column.header: self._getter(column) for column in sheet_of(kind).columns}

    def _getter(self, column: ColumnSpec) -> Getter[Any]:
        if column.kind is Kind.PROSE:
            return lambda record: self.prose.text(record, column.field)
        return lambda record: self._present(record, column)

    def _present(self, record: Record, column: ColumnSpec) -> object:
        """A plain column as it prints, knowing its cell: numbers as Figures, dates in Chinese, words as they are.

        Blank it is nothing, save for a number with its 量词, which is 待填.
        """
        value, origin = getattr(record, column.field), record.origin
        if isinstance(value, Quantity):
            return cell_figure(value, origin.cell(column.field), _measure(record, column))
        if column.kind is Kind.DATE:
            return Dated(value, origin.cell(column.field), self.peers.masthead)
        if isinstance(value, tuple):
            return CellNames.of(value, origin, column.field)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Decimal):
            return Figure(plain(value), value, (origin.cell(column.field),))
        if value is None and column.kind in _COUNTED:
            return missing(column.header, origin.cell(column.field))
        return CellText.of(value, origin, column.field) if isinstance(value, str) else "" if value is None else value

    def _offers(self, kind: type[Record]) -> dict[str, Getter[Any]]:
        """What a kind of row offers beside its columns."""
        if kind is Indicator:
            return {name: self._phrase_getter(name) for name in PHRASES if name != OWN}
        if kind is Activity:
            return {"日期": self._activity_dates, "场次": self._sessions}
        if kind is PictureRow:
            return {"图像": self._image}
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
        if row.start is None:
            return CellText.of("", row.origin, "start")
        return date_text(row.start, row.end, self.peers.masthead)

    def _sessions(self, row: Activity) -> object:
        """场次, 1 when the cell is blank (workbook.md); the cell is named all the same."""
        return cell_figure(row.sessions or Quantity(Decimal(1)), row.origin.cell("sessions"))

    def _image(self, row: PictureRow) -> object:
        return picture_of(row, self.folder, str(self.prose.text(row, "caption")))

    def _quotation(self, row: Quote) -> Text:
        """原文 in “ ”, the quotes inside it turned into ‘ ’."""
        inner = [
            "".join(_CLOSING.get(c, c) for c in piece) if isinstance(piece, str) else piece
            for piece in self.prose.text(row, "text").pieces
        ]
        return Text.of("“", *inner, "”")


def table_rows(table: ExtraTable, masthead: Masthead) -> Rows[ExtraRow]:
    """A sheet no contract names, by its own headers: 表['与会人员']. A row prints its first column."""
    getters: dict[str, Getter[ExtraRow]] = {header: own_getter(header, masthead) for header in table.headers}
    first: Getter[Any] = getters[table.headers[0]] if table.headers else _key
    return Rows((View(row, getters, first) for row in table.rows), METHODS)


def own_getter(header: str, masthead: Masthead) -> Getter[Any]:
    """A column that no contract names: numbers and percentages are figures, days dates, all else words."""
    return lambda row: _own_value(row.origin, header, masthead)


def _own_value(origin: Origin, header: str, masthead: Masthead) -> object:
    position = origin.layout.positions[header]
    value = origin.values[position.index] if position.index < len(origin.values) else None
    text = cell_text(value)
    if _is_number(value):
        return Figure(text, Decimal(text), (origin.cell(header),))
    if isinstance(value, str) and _PERCENTAGE.fullmatch(value):
        return Figure(text, Decimal(value[:-1]), (origin.cell(header),))
    if isinstance(value, datetime) and value.time() == time.min:
        return Dated(When(value.date(), value.date()), origin.cell(header), masthead)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Dated(When(value, value), origin.cell(header), masthead)
    return CellText.of(text, origin, header)


def _is_number(value: CellValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _measure(record: Record, column: ColumnSpec) -> str:
    """What a number column is counted in: the row's 量词, or the column's own."""
    if column.measure_column:
        return str(getattr(record, "measure", ""))
    return column.measures[0] if column.measures else ""


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


def where(rows: AnyRows, **conditions: object) -> AnyRows:
    """筛选(单位='甲市', 时期='前三季度'): the rows whose columns print as asked; a list column holds the value."""
    return rows.with_views(row for row in rows if all(_matches(row, *item) for item in conditions.items()))


class Groups(tuple[tuple[object, AnyRows], ...]):
    """Pairs of a key and its rows; printed whole, the keys."""

    __slots__ = ()

    def __str__(self) -> str:
        return "、".join(str(key) for key, _ in self)


def by(rows: AnyRows, column: str) -> Groups:
    """按('单位'): pairs of the column's value and the rows that have it, in order of first appearance."""
    groups: dict[str, tuple[object, list[AnyView]]] = {}
    for row in rows:
        value = _column(row, column)
        groups.setdefault(str(value), (value, []))[1].append(row)
    return Groups((key, rows.with_views(views)) for key, views in groups.values())


def ordered(rows: AnyRows, column: str, 降序: bool = False) -> AnyRows:  # noqa: N803 -- the contract names the option in Chinese
    """排序('值', 降序=true): by number where the column holds numbers, otherwise by text; blanks always last."""
    filled = [row for row in rows if _sort_key(row, column) is not None]
    blank = [row for row in rows if _sort_key(row, column) is None]
    filled.sort(key=lambda row: _sort_key(row, column) or (), reverse=降序)
    return rows.with_views([*filled, *blank])


def first(rows: AnyRows, count: int) -> AnyRows:
    """前(3): the first rows."""
    return rows[:count]


METHODS: Mapping[str, Callable[..., object]] = {"筛选": where, "按": by, "排序": ordered, "前": first}


def _column(row: AnyView, column: str) -> object:
    if column not in row:
        near = nearest(column, row)
        advice = f"是不是“{'”“'.join(near)}”？" if near else "照着表头改列名。"
        raise FaultError(codes.UNKNOWN_FILTER_COLUMN, column=column, advice=advice)
    return row.selected_by(column)


def _matches(row: AnyView, column: str, wanted: object) -> bool:
    value = _column(row, column)
    if isinstance(value, (tuple, list)):
        return str(wanted) in [str(item) for item in value]
    if isinstance(wanted, bool):
        return str(value) == ("是" if wanted else "否")
    if isinstance(value, Figure) and isinstance(wanted, (int, float, Decimal)):
        return value == wanted
    return str(value) == str(wanted)


def _sort_key(row: AnyView, column: str) -> tuple[int, Decimal, str] | None:
    value = _column(row, column)
    if isinstance(value, Dated):
        return (0, Decimal(value.record.start.toordinal()), "") if value.record else None
    if isinstance(value, Phrase):
        with suppress(FaultError):  # 持平 has no number: by its text; what cannot be said at all is told by str() below
            value = value.__figure__()
    if isinstance(value, Figure) and value.status is Status.PENDING:
        return None
    number = value.in_base_unit if isinstance(value, Figure) else value
    if isinstance(number, (Decimal, int)):
        return (0, Decimal(number), "")
    text = str(value) if value is not None else ""
    return (1, Decimal(0), text) if text else None
