"""Rows whose own formulas are computed hundreds at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from openpyxl.utils.cell import column_index_from_string

from reportgen.template.excel.cells import Content, content, formula_value, held
from reportgen.template.excel.filling.batches.batch import OPEN, Batch
from reportgen.template.excel.filling.fields import ROW
from reportgen.template.excel.formulas.compute import RowPlan

_AT_ONCE = 500  # rows: more take more memory and no less time


class Strip:
    """Printed rows of one batch that wait for the values of their own formulas."""

    def __init__(self, batch: Batch, date1904: bool) -> None:
        self._own, self._reads = batch.own, batch.reads
        columns = [column_index_from_string(batch.fields[index].letters) for index in batch.reads]
        formulas = [(formula.column, formula.expression.in_row(ROW)) for formula in batch.own]
        self._plan = RowPlan(formulas, ROW, columns, date1904)
        self._date1904 = date1904
        self._rows: list[tuple[int, int]] = []
        self._values: list[list[object]] = []

    def add(self, place: int, row: int, values: Sequence[object]) -> None:
        """A row, its number, and its place in the list of texts that `fill` will be given."""
        self._rows.append((place, row))
        self._values.append([self._read(values[index]) for index in self._reads])

    def fill(self, texts: list[Any]) -> list[tuple[int, int]]:
        """Puts the values into the texts, in place; gives (row, column) of the formulas that none was found for."""
        unknown: list[tuple[int, int]] = []
        for (place, row), values in zip(self._rows, self._found(), strict=True):
            texts[place] = _filled(texts[place], values)
            unknown += [(row, own.column) for own, value in zip(self._own, values, strict=True) if not value.kind]
        self._rows, self._values = [], []
        return unknown

    def _found(self) -> Iterator[Sequence[Content]]:
        """The values of each row's formulas."""
        for start in range(0, len(self._values), _AT_ONCE):
            yield from self._plan.compute(self._values[start : start + _AT_ONCE])

    def _read(self, value: object) -> object:
        """A value as the engine takes it: text, a number as a float, a date as the number that stands for it."""
        convert = _CONVERTS.get(type(value))
        return convert(value) if convert else float(content(value, self._date1904).text)


def _filled(text: str, values: Sequence[Content]) -> str:
    pieces = text.split(OPEN)
    made = [pieces[0]]
    for index, value in enumerate(values):
        kind, shown = formula_value(value)
        made += (kind, pieces[2 * index + 1], shown, pieces[2 * index + 2])
    return "".join(made)


def _same(value: object) -> object:
    return value


# What a batch prints; dates are left to `content`, which knows the workbook's first day.
_CONVERTS: dict[type, Callable[[Any], object]] = {
    str: lambda text: held(text) or None,
    bool: _same,
    int: float,
    float: _same,
    Decimal: float,
    type(None): _same,
}
