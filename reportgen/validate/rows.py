"""Rows → records: every cell read as its column says, every fault with its place, the row kept for the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reportgen.diagnostics import Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import validate as codes
from reportgen.model import records as r
from reportgen.model.cells import CellMark, CellValue, Layout, Origin, Position, Sheet, SheetRow, cell_text
from reportgen.model.schema import ColumnSpec, Kind, SheetSpec
from reportgen.validate import numbers, values
from reportgen.validate.headers import SEARCHED_ROWS, Heading, cell_place, find_heading, normal

Cells = Sequence[CellValue]
Fields = dict[str, object]

_MARKED = {
    CellMark.ERROR: codes.ERROR_CELL,
    CellMark.UNCALCULATED: codes.UNCALCULATED,
    CellMark.PICTURE: codes.PICTURE_IN_CELL,
    CellMark.DIGITS_LOST: codes.DIGITS_LOST,
}
# In a column or sheet that only the clerk knows, a picture is no fault; it just cannot be kept.
_MARKED_ELSEWHERE = {**_MARKED, CellMark.PICTURE: codes.PICTURE_SKIPPED}
# Cells a column remembers; one that has more different ones seldom repeats them. Not True, which equals 1.
_REMEMBERED = 4096
_REPEATED = frozenset({str, float, date, datetime})


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The records of one sheet and every fault met; `sound` when every row's key could be read.

    `covered` are the cells (row, header) that a merge fills from above: what is wrong there is told at its first cell.
    """

    records: tuple[r.Record, ...]
    diagnostics: tuple[Diagnostic, ...]
    sound: bool
    covered: frozenset[tuple[int, str]] = frozenset()


def read_rows(sheet: Sheet, spec: SheetSpec, file: str, year: int | None) -> SheetReading:
    """The rows of a sheet below its header; `year` completes dates without one."""
    place = Place(file=file, sheet=sheet.name)
    if not sheet.rows and not spec.required:
        return SheetReading((), (), True)
    heading, faults = find_heading(sheet, spec, place)
    if heading is None:
        return SheetReading((), tuple(faults), False)
    reader = _RowReader(sheet, spec, heading, place, year)
    records = tuple(reader.read())
    keyed = not spec.key or all(record.origin.key for record in records)
    structural = any(fault.is_error for fault in faults)
    covered = frozenset((row, reader.headers[index]) for row, cells in reader.spans.items() for index, _ in cells)
    told = [fault for fault in reader.faults if (fault.place.row, fault.place.column) not in covered]
    return SheetReading(records, (*faults, *told), keyed and not structural, covered)


class _RowReader:
    """Reads the rows of one sheet; what depends on the sheet alone is worked out once."""

    def __init__(self, sheet: Sheet, spec: SheetSpec, heading: Heading, place: Place, year: int | None) -> None:
        self.spec, self.heading, self.place = spec, heading, place
        self.faults: list[Diagnostic] = []
        positions = {c.field: Position(c.header, number, number - 1) for c, number in heading.columns}
        self.layout = Layout(place.file or "", sheet.name, positions)
        self.fields = FieldReader(spec, self.layout, year)
        self.headers = {number - 1: c.header for c, number in heading.columns}
        self.decimals = sheet.decimals
        self.marks = marks_by_row(sheet)
        self.spans = _spanned(sheet, [number for c, number in heading.columns if c.fill_down])
        self.used = [number - 1 for _, number in heading.columns] + [number - 1 for _, number in heading.extras]

    def read(self) -> Iterator[r.Record]:
        for row in self.heading.rows:
            marks = self.marks.pop(row.number, {})
            if marks:
                self.faults += self._hidden_digits(row, marks)
            cells = shown(row, marks)
            if not any(index in marks or is_filled(cells, index) for index in self.used):
                continue
            if row.number in self.spans:
                cells = _spread(cells, self.spans[row.number])
            yield self._record(row.number, tuple(cells), marks)

    def _hidden_digits(self, row: SheetRow, marks: Mapping[int, CellMark]) -> Iterator[Diagnostic]:
        """Percentages that show fewer decimals than they have."""
        for index, mark in marks.items():
            places = self.decimals.get((row.number, index + 1)) if mark is CellMark.PERCENT else None
            header, value = self.headers.get(index), cell_at(row.values, index)
            if places is None or header is None or not isinstance(value, (int, float)):
                continue
            stored, seen = numbers.percent_text(value), numbers.percent_text(value, places)
            if stored != seen:
                where = cell_place(self.place, row.number, index + 1, header)
                yield codes.HIDDEN_DIGITS.at(where, text=stored, stored=stored, shown=seen)

    def _record(self, number: int, cells: tuple[CellValue, ...], marks: Mapping[int, CellMark]) -> r.Record:
        fields, faults = self.fields.read(Origin(self.layout, number, cells), marks)
        extras = []
        for header, column in self.heading.extras:
            index = column - 1
            if index in marks:
                where = cell_place(self.place, number, column, header)
                faults.append(_elsewhere(marks[index], where, cells, index))
            elif is_filled(cells, index):
                extras.append(r.Extra(header, cells[index]))
        self.faults += faults
        key = fields.get(self.spec.key, "")
        origin = Origin(self.layout, number, cells, str(key))
        return self.spec.record(origin=origin, extras=tuple(extras), **fields)


def marks_by_row(sheet: Sheet) -> dict[int, dict[int, CellMark]]:
    """Row → index in its values → mark."""
    marks: dict[int, dict[int, CellMark]] = {}
    for (row, column), mark in sheet.marks.items():
        marks.setdefault(row, {})[column - 1] = mark
    return marks


def shown(row: SheetRow, marks: dict[int, CellMark]) -> Cells:
    """The row's values with percentages as people see them (4.3%); their marks are thereby done with."""
    percents = [index for index, mark in marks.items() if mark is CellMark.PERCENT]
    if not percents:
        return row.values
    cells = list(row.values)
    for index in percents:
        value = cells[index] if index < len(cells) else None
        if isinstance(value, (int, float)):
            cells[index] = numbers.percent_text(value)
        del marks[index]
    return cells


def _spanned(sheet: Sheet, columns: Sequence[int]) -> dict[int, list[tuple[int, CellValue]]]:
    """Row → (index, value) for the cells that a vertical merge in one of `columns` covers, its first row aside."""
    tall = [m for m in sheet.merges if m.last_row > m.first_row and m.first_column in columns]
    heads = {m.first_row for m in tall}
    rows = {row.number: row.values for row in sheet.rows if row.number in heads}
    end = sheet.rows[-1].number  # a merge may run to the end of the sheet
    spans: dict[int, list[tuple[int, CellValue]]] = {}
    for merge in tall:
        index = merge.first_column - 1
        value = cell_at(rows.get(merge.first_row, ()), index)
        if sheet.marks.get((merge.first_row, merge.first_column), CellMark.PERCENT) is not CellMark.PERCENT:
            value = None  # what stands there is no value: told at that cell, blank below
        elif not is_filled((value,), 0):
            continue
        for row in range(merge.first_row + 1, min(merge.last_row, end) + 1):
            spans.setdefault(row, []).append((index, value))
    return spans


def _spread(cells: Cells, spanned: Sequence[tuple[int, CellValue]]) -> Cells:
    """The row with the values that merges spread over it."""
    spread = list(cells)
    for index, value in spanned:
        spread += [None] * (index + 1 - len(spread))
        spread[index] = value
    return spread


def cell_at(cells: Cells, index: int) -> CellValue:
    return cells[index] if index < len(cells) else None


def is_filled(cells: Cells, index: int) -> bool:
    value = cell_at(cells, index)
    if not isinstance(value, str):
        return value is not None
    return value[:1].isalnum() or values.text(value) != ""  # most begin with a letter or digit, and that is quick


class FieldReader:
    """Reads the cells of one record after the other; what depends on the columns alone is worked out once."""

    def __init__(self, spec: SheetSpec, layout: Layout, year: int | None) -> None:
        positions = layout.positions
        # Each column with its index and what its cells were found to say: most of them repeat from row to row.
        self.columns: list[tuple[ColumnSpec, int, dict[object, object]]] = [
            (column, positions[column.field].index, {}) for column in spec.columns if column.field in positions
        ]
        self.unread = {column.field: "" for column in spec.columns if column.required}
        self.measure = positions["measure"].index if "measure" in positions else None
        self.complete = _COMPLETED.get(spec.record)
        self.year = year

    def read(self, origin: Origin, marks: Mapping[int, CellMark]) -> tuple[Fields, list[Diagnostic]]:
        """The fields of one record. A blank cell leaves its field to the record's default; a required one that is
        blank or faulty becomes an empty text, so that the row can still be checked against others."""
        fields: Fields = dict(self.unread)
        faults: list[Diagnostic] = []
        cells = origin.values
        measures = self._measures(cells)
        for column, index, known in self.columns:
            value = cells[index] if index < len(cells) else None
            typed = (value, measures) if column.measure_column else value
            if index in marks:
                text = origin.cell(column.field).text
                faults.append(_MARKED[marks[index]].at(origin.place(column.field), text=text))
            elif value.__class__ in _REPEATED and typed in known:
                fields[column.field] = known[typed]
            elif value is not None and is_filled(cells, index):
                fault = self._read_cell(column, value, measures, fields, origin)
                if fault is not None:
                    faults.append(fault)
                elif len(known) < _REMEMBERED and (value.__class__ is not float or column.measure_column):
                    known[typed] = fields[column.field]
            elif column.required:
                faults.append(codes.REQUIRED_BLANK.at(origin.place(column.field), column=column.header))
        if self.complete is not None:
            self.complete(fields)
        return fields, faults

    def _measures(self, cells: Cells) -> tuple[str, ...]:
        """The row's own 量词, for the columns that are counted in it."""
        value = None if self.measure is None else cell_at(cells, self.measure)
        return (values.text(value),) if value is not None else ()

    def _read_cell(
        self, column: ColumnSpec, value: CellValue, measures: tuple[str, ...], fields: Fields, origin: Origin
    ) -> Diagnostic | None:
        """Puts what the cell says into `fields`; gives the fault when it says nothing, or not quite what it should."""
        try:
            own = measures if column.measure_column else column.measures
            fields[column.field] = _READERS[column.kind](value, column, own, self.year)
        except FaultError as fault:
            if fault.code is codes.NOT_A_NUMBER and isinstance(value, (date, time, timedelta)):
                return codes.DATE_AS_NUMBER.at(origin.place(column.field), text=cell_text(value))
            return fault.at(origin.place(column.field), cell_text(value))
        if isinstance(value, date) and column.kind in _WORDS:
            read = values.text(value)
            return codes.DATE_AS_TEXT.at(origin.place(column.field), text=read, column=column.header)
        return None


def _quantity(value: CellValue, measures: tuple[str, ...]) -> r.Quantity:
    if value.__class__ in (float, int):
        return numbers.stored(value, measures)
    return numbers.quantity(cell_text(value), measures)


def _quantity_or_reference(value: CellValue, measures: tuple[str, ...]) -> r.Quantity | str:
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
_WORDS = (Kind.TEXT, Kind.PROSE, Kind.IDENTIFIER, Kind.LIST)


def _complete_indicator(fields: Fields) -> None:
    """The defaults that depend on other cells: 性质 is 比率 for %, and what is no count is not 可加."""
    value = fields.get("value")
    if isinstance(fields.get("measure"), str):
        fields["measure"] = str(fields["measure"]).replace("％", "%")
    percent = fields.get("measure") == "%" or (isinstance(value, r.Quantity) and value.percent)
    nature = fields.setdefault("nature", r.Nature.RATIO if percent else r.Nature.COUNT)
    fields.setdefault("additive", not percent and nature is r.Nature.COUNT)


def _complete_picture(fields: Fields) -> None:
    """Both slashes part folders, on every system."""
    fields["file"] = str(fields["file"]).replace("\\", "/")


_COMPLETED: Mapping[type[r.Record], Callable[[Fields], None]] = {
    r.Indicator: _complete_indicator,
    r.PictureRow: _complete_picture,
}


def _elsewhere(mark: CellMark, where: Place, cells: Cells, index: int) -> Diagnostic:
    return _MARKED_ELSEWHERE[mark].at(where, text=cell_text(cell_at(cells, index)), column=where.column)


def read_table(sheet: Sheet, file: str) -> tuple[r.ExtraTable | None, list[Diagnostic]]:
    """Any other sheet by its own headers: the first row of two cells or more, else the first row at all."""
    if not sheet.rows:
        return None, []
    index = next((i for i, row in enumerate(sheet.rows[:SEARCHED_ROWS]) if sum(map(bool, row.values)) > 1), 0)
    named = [(normal(cell_text(value)), number) for number, value in enumerate(sheet.rows[index].values, 1)]
    named = [(name, number) for name, number in named if name]
    positions = {name: Position(name, number, number - 1) for name, number in reversed(named)}
    layout = Layout(file, sheet.name, positions)
    place, all_marks = Place(file=file, sheet=sheet.name), marks_by_row(sheet)
    rows, faults = [], []
    for row in sheet.rows[index + 1 :]:
        marks = all_marks.get(row.number, {})
        cells = shown(row, marks)
        for name, number in named:
            if number - 1 in marks:
                where = cell_place(place, row.number, number, name)
                faults.append(_elsewhere(marks[number - 1], where, cells, number - 1))
        if any(is_filled(cells, number - 1) for _, number in named):
            kept = tuple(cell_at(cells, number - 1) for _, number in named)
            rows.append(r.ExtraRow(Origin(layout, row.number, tuple(cells)), kept))
    return r.ExtraTable(sheet.name.strip(), tuple(name for name, _ in named), tuple(rows)), faults
