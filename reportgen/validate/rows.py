"""Rows → records: every cell read as its column says, every fault with its place, the row kept for the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.diagnostics import Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import validate as codes
from reportgen.model import records as r
from reportgen.model.cells import CellMark, CellValue, Layout, Origin, Position, Sheet, SheetRow, cell_text
from reportgen.model.schema import ColumnSpec, Kind, SheetSpec
from reportgen.validate import numbers, values
from reportgen.validate.headers import SEARCHED_ROWS, Heading, cell_place, find_heading, normal

Cells = list[CellValue]
Fields = dict[str, object]

_MARKED = {
    CellMark.ERROR: codes.ERROR_CELL,
    CellMark.UNCALCULATED: codes.UNCALCULATED,
    CellMark.PICTURE: codes.PICTURE_IN_CELL,
    CellMark.DIGITS_LOST: codes.DIGITS_LOST,
}


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The records of one sheet and every fault met; `sound` when every row's key could be read."""

    records: tuple[r.Record, ...]
    diagnostics: tuple[Diagnostic, ...]
    sound: bool


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
    return SheetReading(records, (*faults, *reader.faults), keyed and not structural)


class _RowReader:
    """Reads the rows of one sheet; what depends on the sheet alone is worked out once."""

    def __init__(self, sheet: Sheet, spec: SheetSpec, heading: Heading, place: Place, year: int | None) -> None:
        self.spec, self.heading, self.place, self.year = spec, heading, place, year
        self.faults: list[Diagnostic] = []
        positions = {c.field: Position(c.header, number, number - 1) for c, number in heading.columns}
        self.layout = Layout(place.file or "", sheet.name, positions)
        self.marks = marks_by_row(sheet)
        self.spans = _spanned(sheet, [number for c, number in heading.columns if c.fill_down])
        self.used = [number - 1 for _, number in heading.columns] + [number - 1 for _, number in heading.extras]

    def read(self) -> Iterator[r.Record]:
        for row in self.heading.rows:
            marks = self.marks.get(row.number, {})
            cells = shown(row, marks)
            if not any(index in marks or is_filled(cells, index) for index in self.used):
                continue
            for index, value in self.spans.get(row.number, ()):
                cells += [None] * (index + 1 - len(cells))
                cells[index] = value
            yield self._record(row.number, cells, marks)

    def _record(self, number: int, cells: Cells, marks: Mapping[int, CellMark]) -> r.Record:
        unkeyed = Origin(self.layout, number, tuple(cells))
        fields, faults = read_fields(self.spec, unkeyed, marks, self.year)
        extras = []
        for header, column in self.heading.extras:
            index = column - 1
            where = cell_place(self.place, number, column, header)
            if index in marks:
                faults.append(_MARKED[marks[index]].at(where, text=cell_text(cell_at(cells, index))))
            elif is_filled(cells, index):
                extras.append(r.Extra(header, cells[index]))
        self.faults += faults
        key = fields.get(self.spec.key, "")
        origin = Origin(self.layout, number, unkeyed.values, str(key))
        return self.spec.record(origin=origin, extras=tuple(extras), **fields)


def marks_by_row(sheet: Sheet) -> dict[int, dict[int, CellMark]]:
    """Row → index in its values → mark."""
    marks: dict[int, dict[int, CellMark]] = {}
    for (row, column), mark in sheet.marks.items():
        marks.setdefault(row, {})[column - 1] = mark
    return marks


def shown(row: SheetRow, marks: dict[int, CellMark]) -> Cells:
    """The row's values with percentages as people see them (4.3%); their marks are thereby done with."""
    cells = list(row.values)
    for index in [index for index, mark in marks.items() if mark is CellMark.PERCENT]:
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
        for row in range(merge.first_row + 1, min(merge.last_row, end) + 1):
            spans.setdefault(row, []).append((index, value))
    return spans


def cell_at(cells: Sequence[CellValue], index: int) -> CellValue:
    return cells[index] if index < len(cells) else None


def is_filled(cells: Sequence[CellValue], index: int) -> bool:
    value = cell_at(cells, index)
    return value is not None and (not isinstance(value, str) or values.text(value) != "")


def read_fields(
    spec: SheetSpec, origin: Origin, marks: Mapping[int, CellMark], year: int | None
) -> tuple[Fields, list[Diagnostic]]:
    """The fields of one record. A blank cell leaves its field to the record's default; a required one that is blank
    or faulty becomes an empty text, so that the row can still be checked against others."""
    fields: Fields = {}
    faults: list[Diagnostic] = []
    cells, positions = origin.values, origin.layout.positions
    for column in spec.columns:
        position = positions.get(column.field)
        if position is None:
            fault = None
        elif position.index in marks:
            fault = _MARKED[marks[position.index]].at(origin.place(column.field), text=origin.cell(column.field).text)
        elif not is_filled(cells, position.index):
            blank = codes.REQUIRED_BLANK.at(origin.place(column.field), column=column.header)
            fault = blank if column.required else None
        else:
            fault = _read_cell(column, cells[position.index], fields, origin, year)
        if fault is not None:
            faults.append(fault)
        if column.required:
            fields.setdefault(column.field, "")
    complete = _COMPLETED.get(spec.record)
    if complete is not None:
        complete(fields)
    return fields, faults


def _read_cell(
    column: ColumnSpec, value: CellValue, fields: Fields, origin: Origin, year: int | None
) -> Diagnostic | None:
    """Puts what the cell says into `fields`; gives the fault when it says nothing, or not quite what it should."""
    try:
        fields[column.field] = _READERS[column.kind](value, column, origin, year)
    except FaultError as fault:
        return fault.at(origin.place(column.field), cell_text(value))
    if isinstance(value, date) and column.kind in _WORDS:
        read = values.text(value)
        return codes.DATE_AS_TEXT.at(origin.place(column.field), text=read, column=column.header)
    return None


def _measures(column: ColumnSpec, origin: Origin) -> tuple[str, ...]:
    if not column.measure_column:
        return column.measures
    position = origin.layout.positions.get("measure")
    value = None if position is None else cell_at(origin.values, position.index)
    return (values.text(value),) if value is not None else ()


def _quantity(value: CellValue, column: ColumnSpec, origin: Origin, _year: int | None) -> r.Quantity:
    measures = _measures(column, origin)
    if value.__class__ in (float, int):
        return numbers.stored(value, measures)
    return numbers.quantity(cell_text(value), measures)


def _quantity_or_reference(value: CellValue, column: ColumnSpec, origin: Origin, year: int | None) -> r.Quantity | str:
    try:
        return _quantity(value, column, origin, year)
    except FaultError as fault:
        # What is no number may be the 指标号 of another row; whether there is one, the references tell.
        if fault.code in (codes.NOT_A_NUMBER, codes.STRANGE_MEASURE, codes.RANGE_TYPED):
            return values.identifier(value)
        raise


def _whole(value: CellValue, column: ColumnSpec, _origin: Origin, _year: int | None) -> int:
    try:
        return numbers.whole(cell_text(value), column.measures)
    except ValueError:
        raise FaultError(codes.NOT_WHOLE, text=cell_text(value), column=column.header, example=1) from None


Reader = Callable[[CellValue, ColumnSpec, Origin, int | None], object]

_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: lambda value, column, origin, year: values.text(value),
    Kind.PROSE: lambda value, column, origin, year: values.text(value),
    Kind.IDENTIFIER: lambda value, column, origin, year: values.identifier(value),
    Kind.NUMBER: lambda value, column, origin, year: numbers.number(cell_text(value), column.measures),
    Kind.INTEGER: _whole,
    Kind.QUANTITY: _quantity,
    Kind.QUANTITY_OR_REFERENCE: _quantity_or_reference,
    Kind.YES_NO: lambda value, column, origin, year: values.yes_no(value, column.default),
    Kind.DATE: lambda value, column, origin, year: values.when(value, year),
    Kind.LIST: lambda value, column, origin, year: values.listed(value),
    Kind.CHOICE: lambda value, column, origin, year: values.choice(value, column.choices, column.header),
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
                faults.append(_MARKED[marks[number - 1]].at(where, text=cell_text(cell_at(cells, number - 1))))
        if any(is_filled(cells, number - 1) for _, number in named):
            kept = tuple(cell_at(cells, number - 1) for _, number in named)
            rows.append(r.ExtraRow(Origin(layout, row.number, tuple(cells)), kept))
    return r.ExtraTable(sheet.name.strip(), tuple(name for name, _ in named), tuple(rows)), faults
