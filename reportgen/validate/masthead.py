"""刊期 → Masthead: the one sheet that is written downwards, an item a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue import validate as codes
from reportgen.model.cells import CellMark, CellValue, Layout, Origin, Position, Sheet, address
from reportgen.model.records import Extra, Masthead, When
from reportgen.model.schema import MASTHEAD, ColumnSpec, SheetSpec
from reportgen.validate.headers import Heading, cell_place, find_heading, near_miss, normal
from reportgen.validate.rows import FieldReader, cell_at, is_filled, marks_by_row, shown

_SHAPE = SheetSpec(
    MASTHEAD.name,
    Masthead,
    MASTHEAD.dataset_field,
    (ColumnSpec("项目", "item", required=True), ColumnSpec("内容", "content", required=True)),
)
_SPECS = {column.header: column for column in MASTHEAD.columns}


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
    if heading is None or faults:
        return blank_masthead(file), faults
    columns = {column.field: number for column, number in heading.columns}
    items = list(_items(sheet, heading, columns["item"], columns["content"]))
    content = columns["content"]
    faults += [*_twice(items, content, place), *_absent(items, content, place)]
    masthead, cell_faults = _masthead(items, content, place)
    return masthead, faults + cell_faults


def blank_masthead(file: str) -> Masthead:
    """Stands in where 刊期 cannot be read; the fault that says so stops the build."""
    return Masthead(origin=Origin(Layout(file, MASTHEAD.name, {}), 1, ()), kind="")


def _items(sheet: Sheet, heading: Heading, item: int, content: int) -> Iterator[_Item]:
    all_marks = marks_by_row(sheet)
    for row in heading.rows:
        marks = all_marks.get(row.number, {})
        cells = shown(row, marks)
        if name := normal(cell_at(cells, item - 1)):
            yield _Item(name, row.number, cell_at(cells, content - 1), marks.get(content - 1))


def _masthead(items: Sequence[_Item], content: int, place: Place) -> tuple[Masthead, list[Diagnostic]]:
    positions: dict[str, Position] = {}
    for index, item in enumerate(items):
        if item.name in _SPECS:
            positions.setdefault(_SPECS[item.name].field, Position(item.name, content, index, item.row))
    layout = Layout(place.file or "", place.sheet or "", positions)
    values = tuple(item.content for item in items)
    origin = Origin(layout, items[0].row if items else 1, values)
    marks = {index: item.mark for index, item in enumerate(items) if item.mark is not None}
    end = FieldReader(MASTHEAD, layout, None).read(origin, marks)[0].get("period_end")
    year = end.end.year if isinstance(end, When) else None
    fields, faults = FieldReader(MASTHEAD, layout, year).read(origin, marks)
    extras = tuple(
        Extra(item.name, item.content)
        for index, item in enumerate(items)
        if item.name not in _SPECS and is_filled(values, index)
    )
    return Masthead(origin=origin, extras=extras, **fields), faults  # type: ignore[arg-type]


def _twice(items: Sequence[_Item], content: int, place: Place) -> Iterator[Diagnostic]:
    for header in _SPECS:
        rows = [item.row for item in items if item.name == header]
        if len(rows) > 1:
            cells = "、".join(address(row, content) for row in rows)
            where = cell_place(place, rows[1], content, header)
            yield codes.COLUMN_TWICE.at(where, text=header, sheet=place.sheet, column=header, cells=cells)


def _absent(items: Sequence[_Item], content: int, place: Place) -> Iterator[Diagnostic]:
    """Required items that are not there, and names that nearly are an item that is not there."""
    names = {item.name for item in items}
    absent = [header for header in _SPECS if header not in names]
    for header in absent:
        if _SPECS[header].required:
            near = nearest(header, names - _SPECS.keys(), 1)
            advice = f"有一项叫「{near[0]}」，是的话请改成「{header}」。" if near else None
            yield codes.ITEM_MISSING.at(place, suggestion=advice, column=header)
    for item in items:
        if item.name in _SPECS:
            continue
        for near_name in near_miss(item.name, [header for header in absent if not _SPECS[header].required]):
            where = cell_place(place, item.row, content, item.name)
            yield codes.COLUMN_NEAR.at(where, text=item.name, sheet=place.sheet, column=item.name, near=near_name)
