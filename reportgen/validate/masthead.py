"""刊期 → Masthead: the one sheet that is written downwards, an item a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, replace

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue.validate import cells as cell_codes
from reportgen.diagnostics.catalogue.validate import sheets as sheet_codes
from reportgen.model.cells import CellMark, CellValue, Layout, Origin, Position, Sheet, address, cell_text
from reportgen.model.records import Masthead, When
from reportgen.model.schema import MASTHEAD, ColumnSpec, SheetSpec
from reportgen.validate.cells.columns import ColumnReader, Told
from reportgen.validate.grid import Grid
from reportgen.validate.headers import Heading, cell_place, find_heading, near_miss, normal
from reportgen.validate.rows import MARKED

_SHAPE = SheetSpec(
    MASTHEAD.name,
    Masthead,
    MASTHEAD.dataset_field,
    (ColumnSpec("项目", "item", required=True), ColumnSpec("内容", "content", required=True)),
)
_SHAPED = f"「{MASTHEAD.name}」表竖着填，一行一项：第一行写「项目」「内容」，下面左边写项目的名字，右边写内容。"
_SPECS = {column.header: column for column in MASTHEAD.columns}
_BLANKS = {field.name: "" if field.default is MISSING else field.default for field in fields(Masthead)}


@dataclass(frozen=True, slots=True)
class _Item:
    """One row of the sheet: the item's name, its row and the content beside it."""

    name: str
    row: int
    content: CellValue
    mark: CellMark | None


def read_masthead(sheet: Sheet, file: str) -> tuple[Masthead, list[Diagnostic]]:
    """The issue's own data and settings. 统计止 is read first: it completes dates written without a year."""
    place = Place(file=file, sheet=sheet.name)
    heading, faults = find_heading(sheet, _SHAPE, place)
    faults = [fault for fault in faults if fault.is_error]  # a third column is for people
    if heading is None:
        return blank_masthead(file), [replace(fault, suggestion=_SHAPED) for fault in faults]
    if faults:
        return blank_masthead(file), faults
    columns = {column.field: number for column, number in heading.columns}
    items = list(_items(sheet, heading, columns["item"], columns["content"]))
    content = columns["content"]
    faults += [*_twice(items, content, place), *_absent(items, columns["item"], place)]
    masthead, cell_faults = _masthead(items, content, place)
    return masthead, faults + cell_faults


def blank_masthead(file: str) -> Masthead:
    """Stands in where 刊期 cannot be read; the fault that says so stops the build."""
    return Masthead(origin=Origin(Layout(file, MASTHEAD.name, {}), 1, ()), kind="")


def _items(sheet: Sheet, heading: Heading, item: int, content: int) -> Iterator[_Item]:
    grid = Grid.of(sheet, heading.rows, max(item, content))
    names, contents = grid.columns[item - 1], grid.columns[content - 1]
    marks = grid.marks.get(content - 1, {})
    for place, (cell, value) in enumerate(zip(names, contents, strict=True)):
        if name := normal(cell):
            yield _Item(name, grid.numbers[place], value, marks.get(place))


def _masthead(items: Sequence[_Item], content: int, place: Place) -> tuple[Masthead, list[Diagnostic]]:
    positions: dict[str, Position] = {}
    for index, item in enumerate(items):
        name = _SPECS[item.name].field if item.name in _SPECS else item.name
        positions.setdefault(name, Position(item.name, content, index, item.row))
    own = tuple(name for name in positions if name not in _BLANKS)
    layout = Layout(place.file or "", place.sheet or "", positions, own)
    origin = Origin(layout, items[0].row if items else 1, tuple(item.content for item in items))
    end = _read("period_end", items[positions["period_end"].index], None) if "period_end" in positions else None
    year = end.end.year if isinstance(end, When) else None
    fields: dict[str, object] = {"kind": ""}
    faults = []
    for field in (name for name in positions if name in _BLANKS):
        said = _read(field, items[positions[field].index], year)
        if isinstance(said, Told):
            fault = said.at(origin.place(field))
            blank = said.code is cell_codes.REQUIRED_BLANK
            faults.append(replace(fault, suggestion=f"在「内容」列填上「{fault.place.column}」。") if blank else fault)
            said = said.value
        fields[field] = said
    return Masthead(origin=origin, **fields), faults  # type: ignore[arg-type]


def _read(field: str, item: _Item, year: int | None) -> object:
    """What the content of an item says, or what is to be told of it."""
    column, blank = _SPECS[item.name], _BLANKS[field]
    if item.mark is not None:
        return Told(blank, MARKED[item.mark], text=cell_text(item.content))
    said = ColumnReader(column, blank, year).reading(item.content)
    if isinstance(said, Told) and said.code is cell_codes.YEAR_UNKNOWN and field == "period_end":
        return Told(blank, cell_codes.YEAR_MISSING, {}, said.text)  # the year of all others comes from here
    return said


def _twice(items: Sequence[_Item], content: int, place: Place) -> Iterator[Diagnostic]:
    for header in _SPECS:
        rows = [item.row for item in items if item.name == header]
        if len(rows) > 1:
            cells = "、".join(address(row, content) for row in rows)
            where = cell_place(place, rows[1], content, header)
            yield sheet_codes.COLUMN_TWICE.at(where, text=header, sheet=place.sheet, column=header, cells=cells)


def _absent(items: Sequence[_Item], column: int, place: Place) -> Iterator[Diagnostic]:
    """Required items that are not there, and names that nearly are an item that is not there."""
    names = {item.name for item in items}
    absent = [header for header in _SPECS if header not in names]
    for header in absent:
        if _SPECS[header].required:
            near = nearest(header, names - _SPECS.keys(), 1)
            advice = f"有一项叫「{near[0]}」，是的话请改成「{header}」。" if near else None
            yield sheet_codes.ITEM_MISSING.at(place, suggestion=advice, column=header)
    for item in items:
        if item.name in _SPECS:
            continue
        for near_name in near_miss(item.name, [header for header in absent if not _SPECS[header].required]):
            where = cell_place(place, item.row, column, item.name)
            yield sheet_codes.COLUMN_NEAR.at(where, text=item.name, sheet=place.sheet, column=item.name, near=near_name)
