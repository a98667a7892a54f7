"""Sheet → where its columns stand: the header row, compared without *, notes, blanks and full-width forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue.validate import sheets as codes
from reportgen.model.cells import CellValue, Sheet, SheetRow, address, column_letters
from reportgen.model.schema import ColumnSpec, SheetSpec

SEARCHED_ROWS = 10
_NOTES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_INVISIBLE = re.compile(r"[\s*\u200b\ufeff\u2060]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """The header row found: the contract's columns and the others, each with its column number (from 1).

    `rows` are the sheet's rows below it.
    """

    row: int
    columns: tuple[tuple[ColumnSpec, int], ...]
    extras: tuple[tuple[str, int], ...]
    rows: tuple[SheetRow, ...]


def normal(name: CellValue) -> str:
    """A header or sheet name as it is compared: NFKC, without *, bracketed notes and white space."""
    return _normal(name) if isinstance(name, str) else ""


@lru_cache(maxsize=1024)
def _normal(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name)
    return _INVISIBLE.sub("", _NOTES.sub("", folded))


def find_heading(sheet: Sheet, spec: SheetSpec, place: Place) -> tuple[Heading | None, list[Diagnostic]]:
    """The heading of a contract sheet with what is wrong about it; None when no row can be one."""
    index = _header_index(sheet, spec)
    if index is None:
        columns = "、".join(spec.required_headers)
        return None, [codes.NO_HEADER.at(place, sheet=sheet.name, columns=columns)]
    row, below = sheet.rows[index], sheet.rows[index + 1 :]
    named = list(_named(row))
    specs = {column.header: column for column in spec.columns}
    if below and (second := _second_line(below[0], named, spec)):
        columns = "」「".join(second)
        fault = codes.TWO_LINE_HEADER.at(
            Place(place.file, place.sheet, below[0].number),
            sheet=sheet.name,
            first=row.number,
            second=below[0].number,
            columns=columns,
        )
        return None, [fault]
    found = {specs[name]: column for name, column in reversed(named) if name in specs}
    extras = tuple((name, column) for name, column in named if name not in specs)
    heading = Heading(row.number, tuple((c, found[c]) for c in spec.columns if c in found), extras, below)
    faults = [
        *_twice(sheet, row.number, named, specs, place),
        *absent_columns(sheet, spec, heading, place),
        *_nameless(sheet, heading, named, place),
    ]
    return heading, faults


def _second_line(row: SheetRow, named: Sequence[tuple[str, int]], spec: SheetSpec) -> list[str]:
    """The names of columns in the row below the heading, when nothing stands there where each row must have something:
    it is no data then."""
    first = dict(named)
    required = [first[header] for header in spec.required_headers if header in first]
    if any(len(row.values) >= column and normal(row.values[column - 1]) for column in required):
        return []
    known = {column.header for column in spec.columns} - first.keys()
    return [name for name, _ in _named(row) if name in known]


def _named(row: SheetRow) -> Iterator[tuple[str, int]]:
    for column, value in enumerate(row.values, 1):
        if name := normal(value):
            yield name, column


def near_miss(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The one name that `name` may be a slip for. Of two characters, one alike is chance (图表, 图片), both in the
    other order is not (位单), nor is a name of one character with another before or after it (数值)."""
    return tuple(
        near
        for near in nearest(name, names, 1)
        if max(len(name), len(near)) > 2 or sorted(name) == sorted(near) or len(near) == 1
    )


def looks_like(sheet: Sheet, spec: SheetSpec) -> bool:
    """True when the headers of `spec` stand on a sheet of another name: all required ones, two at least."""
    known, required = {column.header for column in spec.columns}, set(spec.required_headers)
    rows = ({name for name, _ in _named(row)} for row in sheet.rows[:SEARCHED_ROWS])
    return any(required <= names and len(names & known) > 1 for names in rows)


def _header_index(sheet: Sheet, spec: SheetSpec) -> int | None:
    """The first row with every required header; failing that, the one that holds most of the contract's names.

    A name alone in its row is no heading: what stands below would be read by chance.
    """
    known, required = {column.header for column in spec.columns}, set(spec.required_headers)
    best, best_count = None, 0
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        names = {name for name, _ in _named(row)}
        if required <= names:
            return index
        if len(names) > 1 and len(names & known) > best_count:
            best, best_count = index, len(names & known)
    return best


def _twice(
    sheet: Sheet, row: int, named: Sequence[tuple[str, int]], specs: Iterable[str], place: Place
) -> Iterator[Diagnostic]:
    for header in specs:
        columns = [column for name, column in named if name == header]
        if len(columns) > 1:
            cells = "、".join(address(row, column) for column in columns)
            where = cell_place(place, row, columns[1], header)
            yield codes.COLUMN_TWICE.at(where, text=header, sheet=sheet.name, column=header, cells=cells)


def absent_columns(sheet: Sheet, spec: SheetSpec, heading: Heading, place: Place) -> Iterator[Diagnostic]:
    """Required columns that are not there, with the near name; then names that nearly are a contract column."""
    present = {column.header for column, _ in heading.columns}
    absent = [column for column in spec.columns if column.header not in present]
    strangers = dict(heading.extras)
    for column in absent:
        if column.required:
            near = nearest(column.header, strangers, 1)
            for name in near:
                del strangers[name]
            advice = f"有一列叫「{near[0]}」，是的话请改成「{column.header}」。" if near else None
            where = Place(place.file, place.sheet, heading.row, column.header)
            yield codes.COLUMN_MISSING.at(where, suggestion=advice, sheet=sheet.name, column=column.header)
    optional = [column.header for column in absent if not column.required]
    for name, number in strangers.items():
        for near_name in near_miss(name, optional):
            where = cell_place(place, heading.row, number, name)
            yield codes.COLUMN_NEAR.at(where, text=name, sheet=sheet.name, column=name, near=near_name)


def _nameless(sheet: Sheet, heading: Heading, named: Sequence[tuple[str, int]], place: Place) -> Iterator[Diagnostic]:
    """Filled columns without a header, up to the last one with content: said once for all of them."""
    taken = {column for _, column in named}
    filled = {
        index
        for row in heading.rows
        if len(row.values) > len(taken)
        for index, value in enumerate(row.values, 1)
        if index not in taken and value is not None
    }
    if filled:
        letters = "、".join(column_letters(column) for column in sorted(filled)[:10])
        yield codes.NO_HEADING.at(place, sheet=sheet.name, column=letters)


def cell_place(place: Place, row: int, column: int, header: str) -> Place:
    """The place of a cell on the sheet of `place`."""
    return Place(place.file, place.sheet, row, header, address(row, column))
