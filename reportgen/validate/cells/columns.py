"""A column of cells → what each says: equal cells are read once, and what is not quite right is kept with its fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeGuard

from reportgen.diagnostics import Code, Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue.validate import cells as codes
from reportgen.model.cells import CellValue, cell_text
from reportgen.model.records import Quantity
from reportgen.model.schema import ColumnSpec, Kind
from reportgen.validate.cells import numbers, values

_WORDS = (Kind.TEXT, Kind.PROSE, Kind.IDENTIFIER, Kind.LIST)
# Nobody types more decimals; a quotient that was not rounded has a dozen.
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """The reading of a cell of which something must be told, wherever such a cell stands."""

    value: object
    code: Code
    words: Mapping[str, object] = field(default_factory=dict)
    text: str | None = None

    def at(self, place: Place) -> Diagnostic:
        return self.code.fill(place, self.words, text=self.text)


class ColumnReader:
    """Reads the cells of one column. `blank` is what a blank or faulty cell reads as, `year` completes dates."""

    def __init__(self, column: ColumnSpec, blank: object, year: int | None) -> None:
        self.column, self.blank, self.year = column, blank, year
        required = Told(blank, codes.REQUIRED_BLANK, {"column": column.header})
        self.nothing = required if column.required else blank

    def read(self, cells: Sequence[CellValue], measures: Sequence[str] = ()) -> list[object]:
        """What the cells say, in their order; a Told where something is wrong. `measures`: the rows' own 量词."""
        owns = measures if self.column.measure_column and measures else None
        if bool in set(map(type, cells)):  # True equals 1, and does not mean it
            return [self.reading(cell, own) for cell, own in zip(cells, owns or [""] * len(cells), strict=True)]
        if owns is None:
            return list(map(self._known(set(cells), "").__getitem__, cells))
        counted: defaultdict[str, set[CellValue]] = defaultdict(set)
        for own, cell in set(zip(owns, cells, strict=True)):
            counted[own].add(cell)
        tables = {own: self._known(different, own) for own, different in counted.items()}
        return [tables[own][cell] for own, cell in zip(owns, cells, strict=True)]

    def reading(self, cell: CellValue, measure: str = "") -> object:
        """What one cell says, counted in `measure`."""
        if cell is None or (isinstance(cell, str) and not values.text(cell)):
            return self.nothing
        try:
            said = _READERS[self.column.kind](cell, self.column, self._measures(measure), self.year)
        except FaultError as fault:
            if fault.code is codes.NOT_A_NUMBER and isinstance(cell, (date, time, timedelta)):
                return Told(self.blank, codes.DATE_AS_NUMBER, text=cell_text(cell))
            return Told(self.blank, fault.code, fault.values, cell_text(cell))
        return self._questioned(cell, said)

    def _questioned(self, cell: CellValue, said: object) -> object:
        """`said`, with a warning where it can hardly be meant."""
        if isinstance(cell, date) and self.column.kind in _WORDS:
            return Told(said, codes.DATE_AS_TEXT, {"column": self.column.header}, values.text(cell))
        if isinstance(said, Quantity) and said.decimals > _MOST_DECIMALS:
            typed = cell_text(cell)
            if not typed.endswith("%"):  # of percentages V030 tells
                return Told(said, codes.LONG_FRACTION, {"count": said.decimals}, typed)
        return said

    def _measures(self, measure: str) -> tuple[str, ...]:
        if not self.column.measure_column:
            return self.column.measures
        return (measure,) if measure else ()

    def _known(self, cells: Collection[CellValue], measure: str) -> _Known:
        """What the different cells say, those aside of which nothing can be wrong: they are read at once."""
        known = _Known(lambda cell: self.reading(cell, measure))
        kind = self.column.kind
        if kind is Kind.TEXT or kind is Kind.PROSE:
            known.update((cell, bare) for cell in cells if _is_plain(cell) and (bare := cell.strip()))
        elif kind is Kind.IDENTIFIER:
            known.update(
                (cell, bare) for cell in cells if _is_plain(cell) and cell.isascii() and (bare := cell.strip())
            )
        elif kind is Kind.QUANTITY or kind is Kind.QUANTITY_OR_REFERENCE:
            plain = (cell for cell in cells if cell.__class__ is float)
            amounts = numbers.all_stored(plain, self._measures(measure))
            known.update((cell, amount) for cell, amount in amounts if amount.decimals <= _MOST_DECIMALS)
        elif kind is Kind.DATE:
            known.update((cell, values.day(cell)) for cell in cells if cell.__class__ is date)
        return known


def _is_plain(cell: CellValue) -> TypeGuard[str]:
    return cell.__class__ is str and cell.isprintable()


class _Known(dict[CellValue, object]):
    """Cell → what it says, found out once."""

    def __init__(self, reading: Callable[[CellValue], object]) -> None:
        self.reading = reading

    def __missing__(self, cell: CellValue) -> object:
        said = self[cell] = self.reading(cell)
        return said


def _quantity(value: CellValue, measures: tuple[str, ...]) -> Quantity:
    if value.__class__ is float or value.__class__ is int:
        return numbers.stored(float(value), measures)
    return numbers.quantity(cell_text(value), measures)


def _quantity_or_reference(value: CellValue, measures: tuple[str, ...]) -> Quantity | str:
    try:
        return _quantity(value, measures)
    except FaultError as fault:
        # What is no number may be the 指标号 of another row; whether there is one, the references tell.
        if fault.code in (codes.NOT_A_NUMBER, codes.STRANGE_MEASURE, codes.RANGE_TYPED):
            return values.identifier(value)
        raise


def _whole(value: CellValue, column: ColumnSpec) -> int:
    try:
        return numbers.whole(cell_text(value), column.measures)
    except ValueError:
        raise FaultError(codes.NOT_WHOLE, text=cell_text(value), column=column.header, example=1) from None


# Value, column, the 量词 it may be counted in, and the year that completes a date → what the cell says.
Reader = Callable[[CellValue, ColumnSpec, tuple[str, ...], int | None], object]

_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: lambda value, column, measures, year: values.text(value),
    Kind.PROSE: lambda value, column, measures, year: values.text(value),
    Kind.IDENTIFIER: lambda value, column, measures, year: values.identifier(value),
    Kind.NUMBER: lambda value, column, measures, year: numbers.number(cell_text(value), measures),
    Kind.INTEGER: lambda value, column, measures, year: _whole(value, column),
    Kind.QUANTITY: lambda value, column, measures, year: _quantity(value, measures),
    Kind.QUANTITY_OR_REFERENCE: lambda value, column, measures, year: _quantity_or_reference(value, measures),
    Kind.YES_NO: lambda value, column, measures, year: values.yes_no(value, column.default),
    Kind.DATE: lambda value, column, measures, year: values.when(value, year),
    Kind.LIST: lambda value, column, measures, year: values.listed(value),
    Kind.CHOICE: lambda value, column, measures, year: values.choice(value, column.choices, column.header),
}
