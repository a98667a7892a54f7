"""A sheet of the contract → its records, and every fault of its cells."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from itertools import repeat
from typing import TypeVar

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue.validate import cells as cell_codes
from reportgen.diagnostics.catalogue.validate import sheets as sheet_codes
from reportgen.model import records as r
from reportgen.model.cells import CellMark, CellValue, Layout, Origin, Position, Sheet, cell_text
from reportgen.model.schema import ColumnSpec, SheetSpec
from reportgen.validate.cells import values
from reportgen.validate.cells.columns import ColumnReader, Told
from reportgen.validate.grid import Grid
from reportgen.validate.headers import Heading, cell_place, find_heading
from reportgen.validate.totals import total_rows

Fields = dict[str, list[object]]
T = TypeVar("T")

MARKED = {
    CellMark.ERROR: cell_codes.ERROR_CELL,
    CellMark.UNCALCULATED: cell_codes.UNCALCULATED,
    CellMark.PICTURE: cell_codes.PICTURE_IN_CELL,
    CellMark.DIGITS_LOST: cell_codes.DIGITS_LOST,
}
# In a column or sheet that only the clerk knows, a picture is no fault; it just cannot be kept.
_MARKED_ELSEWHERE = {**MARKED, CellMark.PICTURE: cell_codes.PICTURE_SKIPPED}


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
    reader = _SheetReader(sheet, spec, heading, place, year)
    records = reader.read()
    told = reader.told()
    keys = [f for f in told if f.place.column == spec.key_header and f.code != sheet_codes.TOTAL_ROW.code]
    unread = any(fault.is_error for fault in keys)
    structural = any(fault.is_error for fault in faults)
    return SheetReading(records, (*faults, *told), not (unread or structural), reader.covered)


class _SheetReader:
    """Reads one sheet column by column: what repeats from row to row is then read once."""

    def __init__(self, sheet: Sheet, spec: SheetSpec, heading: Heading, place: Place, year: int | None) -> None:
        self.sheet, self.spec, self.heading, self.place, self.year = sheet, spec, heading, place, year
        self.columns = {column.field: (column, number - 1) for column, number in heading.columns}
        self.headers = {number - 1: column.header for column, number in heading.columns}
        numbers = [number for _, number in (*heading.columns, *heading.extras)]
        self.used = [number - 1 for number in numbers]
        self.grid = Grid.of(sheet, heading.rows, max(numbers))
        self.covered: frozenset[tuple[int, str]] = frozenset()
        self.faults: list[Diagnostic] = []

    def read(self) -> tuple[r.Record, ...]:
        grid = self.grid
        grid.keep(grid.filled(self.used))
        self._leave_out_totals()
        fill_down = {number - 1: column.header for column, number in self.heading.columns if column.fill_down}
        self.covered = grid.spread(self.sheet, fill_down)
        self._tell_rounded()
        cells = self._fields()
        if complete := _COMPLETED.get(self.spec.record):
            complete(cells, len(grid.numbers))
        return self._records(cells)

    def told(self) -> list[Diagnostic]:
        """The faults of the cells; those of a merged one at its first cell only."""
        return [fault for fault in self.faults if (fault.place.row, fault.place.column) not in self.covered]

    def _leave_out_totals(self) -> None:
        totals = total_rows(self.grid, self.spec, self.columns)
        for row, index in totals.items():
            text = cell_text(self.grid.columns[index][row])
            where = self._place(row, index, self.headers[index])
            self.faults.append(sheet_codes.TOTAL_ROW.at(where, text=text, sheet=self.sheet.name))
        self.grid.keep([row not in totals for row in range(len(self.grid.numbers))])

    def _tell_rounded(self) -> None:
        """Percentages that show fewer decimals than they have."""
        kept = set(self.grid.numbers) if self.grid.rounded else set()
        for row, index, stored, seen in self.grid.rounded:
            if index in self.headers and row in kept:
                where = cell_place(self.place, row, index + 1, self.headers[index])
                self.faults.append(cell_codes.HIDDEN_DIGITS.at(where, text=stored, stored=stored, shown=seen))

    def _fields(self) -> Fields:
        """What the cells of each column say."""
        measures, unknown = self._measures()
        blanks = _blanks(self.spec.record)
        return {
            field: self._column(column, index, blanks[field], measures, unknown if column.measure_column else set())
            for field, (column, index) in self.columns.items()
        }

    def _measures(self) -> tuple[list[str], set[int]]:
        """The 量词 of every row, for the columns that are counted in it; the rows where it could not be read."""
        if "measure" not in self.columns:
            return [], set()
        index = self.columns["measure"][1]
        cells = self.grid.columns[index]
        words = {cell: values.text(cell) for cell in set(cells)}
        return [words[cell] for cell in cells], set(self.grid.marks.get(index, ()))

    def _column(
        self, column: ColumnSpec, index: int, blank: object, measures: list[str], unknown: set[int]
    ) -> list[object]:
        """What the cells of one column say, faults told; in the rows `unknown` a fault follows from that of 量词."""
        cells, marks = self.grid.columns[index], self.grid.marks.get(index, {})
        readings = ColumnReader(column, blank, self.year).read(cells, measures)
        for row, mark in marks.items():
            readings[row] = Told(blank, MARKED[mark], text=cell_text(cells[row]))
        if Told in set(map(type, readings)):
            for row, said in enumerate(readings):
                if isinstance(said, Told):
                    readings[row] = said.value
                    if row not in unknown or row in marks:
                        self.faults.append(self._fault(said, row, index))
        return readings

    def _fault(self, said: Told, row: int, index: int) -> Diagnostic:
        fault = said.at(self._place(row, index, self.headers[index]))
        if said.code is cell_codes.REQUIRED_BLANK and self._is_below_merge(self.grid.numbers[row], index + 1):
            return replace(fault, suggestion="合并的单元格，内容只算在第一格里：取消合并，每一行都填上。")
        return fault

    def _is_below_merge(self, row: int, column: int) -> bool:
        return any(
            merge.first_row < row <= merge.last_row and merge.first_column <= column <= merge.last_column
            for merge in self.sheet.merges
        )

    def _place(self, row: int, index: int, header: str) -> Place:
        return cell_place(self.place, self.grid.numbers[row], index + 1, header)

    def _records(self, cells: Fields) -> tuple[r.Record, ...]:
        self._check_own()
        positions = {field: Position(c.header, index + 1, index) for field, (c, index) in self.columns.items()}
        own = {header: Position(header, number, number - 1) for header, number in reversed(self.heading.extras)}
        layout = Layout(self.place.file or "", self.sheet.name, {**own, **positions}, tuple(reversed(own)))
        keys = cells[self.spec.key] if self.spec.key in cells else repeat("")
        numbers = self.grid.numbers
        where = {"layout": repeat(layout), "row": numbers, "values": self.grid.rows(), "key": map(str, keys)}
        said = {field: cells.get(field, repeat(blank)) for field, blank in _blanks(self.spec.record).items()}
        origins = _made(Origin, len(numbers), where)
        return tuple(_made(self.spec.record, len(numbers), {"origin": origins, **said}))

    def _check_own(self) -> None:
        """Columns that no contract names are kept as they are; a cell that cannot be read is told, then it is blank."""
        for header, number in self.heading.extras:
            cells = self.grid.columns[number - 1]
            for row, mark in self.grid.marks.get(number - 1, {}).items():
                self.faults.append(elsewhere(mark, self._place(row, number - 1, header), cells[row]))
                cells[row] = None


def _made(kind: type[T], count: int, columns: Mapping[str, Iterable[object]]) -> list[T]:
    """So many frozen objects with slots, filled field by field: what their constructor would do object by object, in a
    third of the time."""
    made = list(map(kind.__new__, repeat(kind, count)))
    for name, column in columns.items():
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made


def elsewhere(mark: CellMark, where: Place, value: CellValue) -> Diagnostic:
    """What a mark means in a column or sheet that no contract names."""
    return _MARKED_ELSEWHERE[mark].at(where, text=cell_text(value), column=where.column)


def _blanks(record: type[r.Record]) -> Mapping[str, object]:
    """Field → what a blank cell reads as, in the order in which the record takes them; required ones become an empty
    text when they could not be read, so that the row can still be checked against others."""
    depends = _DEPENDS.get(record, frozenset())
    own = [field for field in fields(record) if field.name != "origin"]
    return {
        field.name: None if field.name in depends else "" if field.default is MISSING else field.default
        for field in own
    }


def _complete_indicators(cells: Fields, count: int) -> None:
    """The defaults that depend on other cells: 性质 is 比率 for %, and what is no count is not 可加."""
    measures = [str(measure).replace("％", "%") for measure in cells.get("measure", [""] * count)]
    blank: list[object] = [None] * count
    natures, additives, amounts = (cells.get(field, blank) for field in ("nature", "additive", "value"))
    percents = [
        measure == "%" or (isinstance(amount, r.Quantity) and amount.percent)
        for measure, amount in zip(measures, amounts, strict=True)
    ]
    found = [
        (r.Nature.RATIO if percent else r.Nature.COUNT) if nature is None else nature
        for nature, percent in zip(natures, percents, strict=True)
    ]
    cells["measure"], cells["nature"] = list(measures), list(found)
    cells["additive"] = [
        (not percent and nature is r.Nature.COUNT) if additive is None else additive
        for additive, nature, percent in zip(additives, found, percents, strict=True)
    ]


def _complete_pictures(cells: Fields, count: int) -> None:
    """Both slashes part folders, on every system."""
    cells["file"] = [str(file).replace("\\", "/") for file in cells.get("file", [""] * count)]


_COMPLETED: Mapping[type[r.Record], Callable[[Fields, int], None]] = {
    r.Indicator: _complete_indicators,
    r.PictureRow: _complete_pictures,
}
_DEPENDS: Mapping[type[r.Record], frozenset[str]] = {r.Indicator: frozenset({"nature", "additive"})}
