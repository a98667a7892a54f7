"""Rows of plain values printed in one go: a format per combination of types, filled as a whole.

A row is offered first (see `rewrite`); what it holds beyond plain values, the sites of its single cells print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from openpyxl.utils.cell import column_index_from_string

from reportgen.template.excel.cells import LOST_DIGITS, MAX_EXPONENT, content, escaped, unwrapped
from reportgen.template.excel.filling.fields import ROW, Field, FormulaCell
from reportgen.template.excel.filling.filled.rows import SLOT
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.excel.formulas.reach import columns, stays_in_row
from reportgen.template.fragments import Fragment
from reportgen.template.values import SpanLike, is_spanned, spans_of

Convert = Callable[[Any], object]


OPEN = "\2"  # stands for the type of a formula's value and again for the value, both found when rows are many


class NotPlainError(Exception):
    """A row that must be printed cell by cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The values of a row: `start` is its template row, `head` what stands before the first of its `fields`, and
    `tails` what follows each, with SLOT for each of its `formulas`.

    `own` are the formulas that read cells of the row alone: they stand in the text, OPEN where their values belong;
    `reads` are the fields they read, by index.
    """

    start: int
    fields: tuple[Field, ...]
    head: str
    tails: tuple[str, ...]
    formulas: tuple[FormulaCell, ...]
    own: tuple[FormulaCell, ...]
    reads: tuple[int, ...]

    @classmethod
    def of(cls, start: int, head: Sequence[object], fields: Sequence[Field], fixed: Collection[int]) -> Batch | None:
        """`fixed` are the columns that hold a value of the template's own.

        None for a row that holds headers of tables or formatted words: these are printed singly.
        """
        if not fields or any(field.caption or field.runs[0] for field in fields):
            return None
        segments = [*head, *(segment for field in fields for segment in field.tail)]
        formulas = [segment for segment in segments if isinstance(segment, FormulaCell)]
        own = _own(formulas, fixed)
        return cls(
            start,
            tuple(fields),
            _prepared(head, own),
            tuple(_prepared(field.tail, own) for field in fields),
            tuple(formula for formula in formulas if formula not in own),
            own,
            _read(own, fields),
        )


def _own(formulas: Sequence[FormulaCell], fixed: Collection[int]) -> tuple[FormulaCell, ...]:
    """Those of a row's formulas that read nothing but its fields and one another."""
    own = tuple(f for f in formulas if f.array is None and stays_in_row(f.expression, f.row))
    others = {*fixed, *(f.column for f in formulas if f not in own)}
    kept = tuple(f for f in own if not columns(f.expression) & others)
    return kept if len(kept) == len(own) else _own(kept, others)


def _read(own: Sequence[FormulaCell], fields: Sequence[Field]) -> tuple[int, ...]:
    read = frozenset().union(*(columns(formula.expression) for formula in own))
    return tuple(index for index, field in enumerate(fields) if column_index_from_string(field.letters) in read)


def _prepared(segments: Sequence[object], own: Sequence[FormulaCell]) -> str:
    """Fixed text of a row, its own formulas in it, SLOT for each of the others."""
    return "".join(_segment(segment, own) for segment in segments)


def _segment(segment: object, own: Sequence[FormulaCell]) -> str:
    if not isinstance(segment, FormulaCell):
        return str(segment)
    if segment not in own:
        return SLOT
    formula = ROW.join(escaped(piece) for piece in segment.expression.in_row(ROW).split(ROW))
    return f'<c r="{segment.letters}{ROW}"{segment.head}{OPEN}><f>{formula}</f>{OPEN}</c>'


@dataclass(frozen=True, slots=True)
class Form:
    """A row of certain types: its text with a %s per value (%.0s for nothing), and what each value becomes there.

    `opened` are the values to be taken for what they stand for before another form prints the row, `spanned` those of
    them that may have sources.
    """

    text: str = ""
    converts: tuple[Convert, ...] = ()
    opened: tuple[int, ...] = ()
    spanned: tuple[int, ...] = ()


class PrintedRow(NamedTuple):
    """A row's text behind its beginning, with the marks of its batch; the attribute of its height; the spans of the
    values that may have sources, by index; its values as they were printed."""

    text: str
    height: str
    spans: Sequence[tuple[int, Sequence[SpanLike]]]
    values: Sequence[object]


class Forms:
    """The forms of one batch in one filling, by the types of its values."""

    def __init__(self, batch: Batch, strings: Strings, dated: Callable[[object, int], int], date1904: bool) -> None:
        self._batch, self._strings, self._dated, self._date1904 = batch, strings, dated, date1904
        self._known: dict[tuple[type, ...], Form] = {}
        self._fits = tuple((index, field.fit) for index, field in enumerate(batch.fields) if field.fit)
        self._least = max((fit.least for _, fit in self._fits), default=0)

    def print(self, values: Sequence[object], trace: bool = False) -> PrintedRow:
        """Raises NotPlainError."""
        form = self._form(values)
        spans: list[tuple[int, Sequence[SpanLike]]] = []
        if form.opened:
            whole, values = values, list(values)
            for index in form.opened:
                values[index] = unwrapped(values[index])
            for index in form.spanned:
                if trace or is_spanned(values[index]):
                    spans.append((index, list(spans_of(whole[index]))))
                if is_spanned(values[index]):
                    values[index] = _plain(spans[-1][1])
            form = self._form(values)
        try:
            text = _text_of(form, values)
        except KeyError:  # an empty text, which leaves its cell empty
            values = [None if isinstance(value, str) and not value else value for value in values]
            text = _text_of(self._form(values), values)
        return PrintedRow(text, self._height(values) if self._fits else "", spans, values)

    def _form(self, values: Sequence[object]) -> Form:
        kinds = tuple(map(type, values))
        return self._known.get(kinds) or self._known.setdefault(kinds, self._new_form(kinds, values))

    def _new_form(self, kinds: Sequence[type], values: Sequence[object]) -> Form:
        if Fragment in kinds:
            raise NotPlainError
        opened = tuple(index for index, kind in enumerate(kinds) if kind not in _KNOWN)
        if opened:
            return Form(opened=opened, spanned=tuple(index for index in opened if is_spanned(values[index])))
        text, converts = _escaped(self._batch.head), []
        for field, tail, value in zip(self._batch.fields, self._batch.tails, values, strict=True):
            shape, convert = self._cell(field, value)
            text += f'<c r="{field.letters}{ROW}"' + shape + _escaped(tail)
            converts.append(convert)
        return Form(text, tuple(converts))

    def _height(self, values: Sequence[object]) -> str:
        """The attribute for the height that wrapped texts want; empty when one line is enough."""
        height = self._least
        for index, fit in self._fits:
            if isinstance(text := values[index], str) and (wanted := fit.height(text)) > height:
                height = wanted
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


def _text_of(form: Form, values: Sequence[object]) -> str:
    if form.opened:
        raise NotPlainError
    return form.text % tuple([convert(value) for convert, value in zip(form.converts, values, strict=True)])


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
    if value.adjusted() >= MAX_EXPONENT or not value.is_finite():
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
