"""Rows of plain values printed in one go: a format per combination of types, filled as a whole.

A row is offered first (see `rewrite`); what it holds beyond plain values, the sites of its single cells print.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from reportgen.template.excel.cells import LOST_DIGITS, content, unwrapped
from reportgen.template.excel.filling.fields import ROW, Field, FormulaCell
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.values import SpanLike, is_spanned, spans_of

Convert = Callable[[Any], object]


SLOT = "\1"  # stands for a formula in the text of a row; no XML can hold it


class NotPlainError(Exception):
    """A row that must be printed cell by cell."""


def with_slots(segments: Sequence[object]) -> str:
    """Fixed text of a row, SLOT for each formula in it."""
    return "".join(segment if isinstance(segment, str) else SLOT for segment in segments)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The values of a row: `start` is its template row, `head` what stands before the first of its `fields`, with
    SLOT for each of its `formulas`."""

    start: int
    head: str
    fields: tuple[Field, ...]
    formulas: tuple[FormulaCell, ...]

    @classmethod
    def of(cls, start: int, head: Sequence[object], fields: Sequence[Field]) -> Batch | None:
        """None for a row that holds headers of tables or formatted words: these are printed singly."""
        segments = [*head, *(segment for field in fields for segment in field.tail)]
        formulas = tuple(segment for segment in segments if isinstance(segment, FormulaCell))
        plain = fields and not any(field.caption or field.runs[0] for field in fields)
        return cls(start, with_slots(head), tuple(fields), formulas) if plain else None


@dataclass(frozen=True, slots=True)
class Form:
    """A row of certain types: its text with a %s per value (%.0s for nothing), and what each value becomes there.

    `opened` are the values to be taken for what they stand for before another form prints the row, `spanned` those of
    them that a trace asks for their sources.
    """

    text: str = ""
    converts: tuple[Convert, ...] = ()
    opened: tuple[int, ...] = ()
    spanned: tuple[int, ...] = ()


_REFUSED = Form()


class PrintedRow(NamedTuple):
    """A row's text behind its beginning, ROW for its number and SLOT for a formula; the attribute of its height; the
    spans of the values that may have sources, by index."""

    text: str
    height: str
    spans: Sequence[tuple[int, Sequence[SpanLike]]]


class Forms:
    """The forms of one batch in one filling, by the types of its values."""

    def __init__(self, batch: Batch, strings: Strings, dated: Callable[[object, int], int], date1904: bool) -> None:
        self._batch, self._strings, self._dated, self._date1904 = batch, strings, dated, date1904
        self._known: dict[tuple[type, ...], Form] = {}
        self._fits = tuple((index, field.fit) for index, field in enumerate(batch.fields) if field.fit)

    def print(self, values: Sequence[object]) -> PrintedRow:
        """Raises NotPlainError."""
        form = self._form(values)
        spans: Sequence[tuple[int, Sequence[SpanLike]]] = ()
        if form.spanned:
            spans = [(index, list(spans_of(values[index]))) for index in form.spanned]
        if form.opened:
            values = list(values)
            for index in form.opened:
                values[index] = unwrapped(values[index])
            for index, printed in spans:
                if is_spanned(values[index]):
                    values[index] = _plain(printed)
        try:
            text = self._text_of(values)
        except KeyError:  # an empty text, which leaves its cell empty
            values = [None if isinstance(value, str) and not value else value for value in values]
            text = self._text_of(values)
        return PrintedRow(text, self._height(values) if self._fits else "", spans)

    def _text_of(self, values: Sequence[object]) -> str:
        form = self._form(values)
        if form is _REFUSED or form.opened:
            raise NotPlainError
        return form.text % tuple([convert(value) for convert, value in zip(form.converts, values, strict=True)])

    def _form(self, values: Sequence[object]) -> Form:
        kinds = tuple(map(type, values))
        return self._known.get(kinds) or self._known.setdefault(kinds, self._new_form(kinds, values))

    def _new_form(self, kinds: Sequence[type], values: Sequence[object]) -> Form:
        opened = tuple(index for index, kind in enumerate(kinds) if kind not in _KNOWN)
        if opened:
            return Form(opened=opened, spanned=tuple(index for index in opened if is_spanned(values[index])))
        text, converts = _escaped(self._batch.head), []
        for field, value in zip(self._batch.fields, values, strict=True):
            shape, convert = self._cell(field, value)
            tail = with_slots(field.tail)
            text += f'<c r="{field.letters}{ROW}"' + shape + _escaped(tail)
            converts.append(convert)
        return Form(text, tuple(converts))

    def _height(self, values: Sequence[object]) -> str:
        """The attribute for the height that wrapped texts want; empty when one line is enough."""
        texts = ((fit, values[index]) for index, fit in self._fits)
        height = max(fit.height(text) if isinstance(text, str) else fit.least for fit, text in texts)
        return f' ht="{height:g}"' if height else ""

    def _cell(self, field: Field, value: object) -> tuple[str, Convert]:
        kind, head = type(value), _escaped(field.head(field.style))
        if kind is str:
            return f'{head} t="s"><v>%s</v></c>', self._strings.__getitem__
        if kind in (date, datetime):
            dated = _escaped(field.head(self._dated(value, field.style)))
            return f"{dated}><v>%s</v></c>", self._date
        shape, convert = _PLAIN[kind]
        return head + shape, convert

    def _date(self, value: date) -> str:
        found = content(value, self._date1904)
        if found.kind != "d":
            raise NotPlainError
        return found.text


def _plain(spans: Sequence[SpanLike]) -> str:
    if any(span.style for span in spans):
        raise NotPlainError
    return "".join([span.text for span in spans])


def _whole(value: int) -> int:
    if not -LOST_DIGITS < value < LOST_DIGITS:
        raise NotPlainError
    return value


def _float(value: float) -> str:
    if not isfinite(value):
        raise NotPlainError
    return repr(value)


def _decimal(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise NotPlainError
    return value


_NUMBER = "><v>%s</v></c>"
_PLAIN: dict[type, tuple[str, Convert]] = {
    int: (_NUMBER, _whole),
    float: (_NUMBER, _float),
    Decimal: (_NUMBER, _decimal),
    bool: (f' t="b"{_NUMBER}', int),
    type(None): ("/>%.0s", str),
}
_KNOWN = frozenset({str, date, datetime, *_PLAIN})


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
