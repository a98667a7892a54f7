"""path → Workbook: calamine's values and the marks of the raw pass, put together sheet by sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from reportgen.diagnostics import Diagnostic, FaultError, Outcome, Place
from reportgen.diagnostics.catalogue import read as codes
from reportgen.model.cells import Merge, Sheet, Workbook, address
from reportgen.read.marks import SheetMarks
from reportgen.read.opening import Scan, is_skipped, opened, panics_as_faults, scan
from reportgen.read.preflight import Source, damage, examine, neighbours
from reportgen.read.rows import ERRORS, filled_rows

# calamine lays a sheet out as a full rectangle; 20 million cells are about half a gigabyte.
MAX_RECTANGLE = 20_000_000
# What tells an appendix that a build made from a workbook that is to be filled in.
_MADE, _FILLED_IN = {"核数表", "疑点"}, {"刊期", "稿件", "内容"}


def read_workbook(path: Path) -> Outcome[Workbook]:
    """Reads .xlsx, .xlsm, .xls and .ods, whatever the extension says; macros never run.

    A file that cannot be read gives no value and exactly one error. Hidden sheets come back without rows; 填写说明 and
    sheets whose name starts with _ or # do not come back at all.
    """
    place = Place(file=path.name)
    try:
        source = examine(path)
        return _assemble(source, place)
    except FaultError as fault:
        return Outcome(None, (_at(fault, place, path),))


def _at(fault: FaultError, place: Place, path: Path) -> Diagnostic:
    near = neighbours(path) if fault.code is codes.FILE_MISSING else ()
    if near:
        advice = f"这个文件夹里有「{'」「'.join(near)}」，是不是它？"
        return fault.code.fill(place, fault.values, suggestion=advice)
    where = {part: str(fault.values[part]) for part in ("sheet", "cell") if part in fault.values}
    return fault.at(replace(place, sheet=where.get("sheet"), cell=where.get("cell")))


def _assemble(source: Source, place: Place) -> Outcome[Workbook]:
    scanned = scan(source)
    notices: list[Diagnostic] = []
    if source.misnamed:
        notices.append(codes.MISNAMED.at(place, name=place.file, kind=source.format.value))
    try:
        with panics_as_faults(source):
            sheets = tuple(_sheets(source, scanned, notices))
    except CalamineError as error:
        raise damage(source.path, error) from None
    names = {sheet.name for sheet in sheets}
    if names >= _MADE and not _FILLED_IN & names:
        raise FaultError(codes.OWN_APPENDIX, name=source.path.name)
    if all(sheet.hidden for sheet in sheets):
        raise FaultError(codes.NO_SHEETS, name=source.path.name)
    digest = hashlib.sha256(source.data).hexdigest()
    return Outcome(Workbook(source.path, digest, sheets), tuple(notices))


def _sheets(source: Source, scanned: Scan, notices: list[Diagnostic]) -> Iterator[Sheet]:
    book = opened(source, scanned)
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ is not SheetTypeEnum.WorkSheet or is_skipped(meta.name):
            continue
        place = Place(file=source.path.name, sheet=meta.name)
        if meta.visible is not SheetVisibleEnum.Visible:
            notices.append(codes.HIDDEN_SHEET.at(place, sheet=meta.name))
            yield Sheet(meta.name, (), hidden=True)
        else:
            yield _sheet(book, meta.name, scanned.of(index, meta.name), place, notices)


def _sheet(book: CalamineWorkbook, name: str, marks: SheetMarks, place: Place, notices: list[Diagnostic]) -> Sheet:
    if marks.last_row * marks.last_column > MAX_RECTANGLE:
        raise FaultError(codes.STRAY_CELL, sheet=name, cell=address(marks.last_row, marks.last_column))
    try:
        values = book.get_sheet_by_name(name)
    except CalamineError:
        # It knows the seven errors of old; a newer one (#SPILL!) makes it refuse the whole sheet.
        strange = next((place for place, text in sorted(marks.errors.items()) if text not in ERRORS), None)
        if strange is None:
            raise
        text, cell = marks.errors[strange], address(*strange)
        raise FaultError(codes.STRANGE_ERROR, sheet=name, cell=cell, text=text) from None
    rows = tuple(filled_rows(values, marks))
    hidden = frozenset(row.number for row in rows) & marks.hidden_rows
    if hidden:
        notices.append(codes.HIDDEN_ROWS.at(place, sheet=name, count=len(hidden), rows=_spans(sorted(hidden))))
    ranges = values.merged_cell_ranges
    merges = marks.merges if ranges is None else [Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in ranges]
    return Sheet(name, rows, merges=tuple(merges), hidden_rows=hidden, marks=marks.marks, decimals=marks.decimals)


def _spans(numbers: list[int]) -> str:
    """[3, 5, 6, 7] → 3、5—7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = [str(first) if first == last else f"{first}—{last}" for first, last in spans]
    return "、".join(words[:10]) + ("等" if len(words) > 10 else "")
