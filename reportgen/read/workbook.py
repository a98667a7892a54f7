"""path → Workbook: calamine's values and the marks of the raw pass, put together row by row."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from xml.parsers import expat

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from reportgen.diagnostics import Diagnostic, FaultError, Outcome, Place
from reportgen.diagnostics.catalogue import read as codes
from reportgen.model.cells import CellMark, CellValue, Merge, Sheet, SheetRow, Workbook, address
from reportgen.read.marks import SheetMarks
from reportgen.read.ods import scan_ods
from reportgen.read.package import plain_package, xlsx_parts
from reportgen.read.preflight import BROKEN, Format, Source, damage, examine, neighbours
from reportgen.read.xls import EncryptedXlsError, scan_xls
from reportgen.read.xlsx import scan_xlsx

# calamine lays a sheet out as a full rectangle; 20 million cells are about half a gigabyte.
MAX_RECTANGLE = 20_000_000
# From here on a float no longer holds every whole number that 16 digits can spell.
_EXACT_BELOW = 1e15
# Bytes of blank rows from which on a copy without them is quicker than reading them.
_PADDED = 16 << 20
# What a package raises that is broken anywhere.
_UNREADABLE = (*BROKEN, LookupError, expat.ExpatError, etree.LxmlError)
_FOR_PEOPLE = "填写说明"
# What Excel shows for a formula that has no result; typed as text it is the same to a reader.
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


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
    marks = _scan(source)
    notices: list[Diagnostic] = []
    if source.misnamed:
        notices.append(codes.MISNAMED.at(place, name=place.file, kind=source.format.value))
    try:
        sheets = tuple(_sheets(source, marks, notices))
    except CalamineError as error:
        raise damage(source.path, error) from None
    except BaseException as error:
        # A panic inside calamine comes as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise FaultError(codes.DAMAGED, name=source.path.name) from None
    if all(sheet.hidden for sheet in sheets):
        raise FaultError(codes.NO_SHEETS, name=source.path.name)
    digest = hashlib.sha256(source.data).hexdigest()
    return Outcome(Workbook(source.path, digest, sheets), tuple(notices))


def _scan(source: Source) -> dict[str, SheetMarks] | list[SheetMarks]:
    """The marks of every sheet: by name, or in the order of the tabs where the raw file has no other key."""
    try:
        if source.compound is not None:
            return scan_xls(source.compound)
        assert source.archive is not None  # the other two formats are zipped
        if source.format is Format.ODS:
            return scan_ods(source.archive)
        parts = xlsx_parts(source.archive)
        wanted = {name: part for name, part in parts.sheets.items() if not _is_skipped(name)}
        return {name: scan_xlsx(source.archive, part, parts.percent, parts.pictures) for name, part in wanted.items()}
    except EncryptedXlsError:
        raise FaultError(codes.ENCRYPTED, name=source.path.name) from None
    except _UNREADABLE as error:
        raise damage(source.path, error) from None


def _is_skipped(name: str) -> bool:
    return name.strip() == _FOR_PEOPLE or name.lstrip().startswith(("_", "#", "＃"))


def _sheets(
    source: Source, scanned: dict[str, SheetMarks] | list[SheetMarks], notices: list[Diagnostic]
) -> Iterator[Sheet]:
    book = _opened(source, scanned)
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ is not SheetTypeEnum.WorkSheet or _is_skipped(meta.name):
            continue
        place = Place(file=source.path.name, sheet=meta.name)
        if meta.visible is not SheetVisibleEnum.Visible:
            notices.append(codes.HIDDEN_SHEET.at(place, sheet=meta.name))
            yield Sheet(meta.name, (), hidden=True)
            continue
        if isinstance(scanned, dict):
            marks = scanned.get(meta.name, SheetMarks())
        else:
            marks = scanned[index] if index < len(scanned) else SheetMarks()
        yield _sheet(book, meta.name, marks, place, notices)


def _opened(source: Source, scanned: dict[str, SheetMarks] | list[SheetMarks]) -> CalamineWorkbook:
    """The workbook as calamine reads it: without the blank rows where there are very many, since it parses them all."""
    blanks = {marks.part: marks.blanks for marks in scanned.values()} if isinstance(scanned, dict) else {}
    is_padded = sum(map(len, chain.from_iterable(blanks.values()))) > _PADDED
    try:
        if not is_padded:
            return CalamineWorkbook.from_filelike(io.BytesIO(source.data))
    except CalamineError:
        if source.format is not Format.XLSX:
            raise
    assert source.archive is not None  # .xlsx is zipped
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(plain_package(source.archive, blanks)))
    except _UNREADABLE as error:
        raise damage(source.path, error) from None


def _sheet(book: CalamineWorkbook, name: str, marks: SheetMarks, place: Place, notices: list[Diagnostic]) -> Sheet:
    if marks.last_row * marks.last_column > MAX_RECTANGLE:
        raise FaultError(codes.STRAY_CELL, sheet=name, cell=address(marks.last_row, marks.last_column))
    try:
        values = book.get_sheet_by_name(name)
    except CalamineError:
        # It knows the seven errors of old; a newer one (#SPILL!) makes it refuse the whole sheet.
        strange = next((place for place, text in sorted(marks.errors.items()) if text not in _ERRORS), None)
        if strange is None:
            raise
        text, cell = marks.errors[strange], address(*strange)
        raise FaultError(codes.STRANGE_ERROR, sheet=name, cell=cell, text=text) from None
    rows = tuple(_rows(values, marks))
    hidden = frozenset(row.number for row in rows) & marks.hidden_rows
    if hidden:
        notices.append(codes.HIDDEN_ROWS.at(place, sheet=name, count=len(hidden), rows=_spans(sorted(hidden))))
    ranges = values.merged_cell_ranges
    merges = marks.merges if ranges is None else [Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in ranges]
    return Sheet(name, rows, merges=tuple(merges), hidden_rows=hidden, marks=marks.marks, decimals=marks.decimals)


def _rows(values: CalamineSheet, marks: SheetMarks) -> Iterator[SheetRow]:
    """The rows that hold anything, with the errors' texts put in, equal texts kept once."""
    first_column = values.start[1] if values.start else 0
    texts: dict[str, str | None] = {"": None}
    # Taken before the loop, which adds marks of its own. A percentage has a value like any other number.
    strange = sorted(place for place, mark in marks.marks.items() if mark is not CellMark.PERCENT)
    marked = {row: [column for _, column in cells] for row, cells in groupby(strange, lambda place: place[0])}
    number = 0
    # Not to_python, which holds a second copy of the sheet. Here rows count from the top of the sheet and columns from
    # the first filled one (python-calamine #177).
    for number, raw in enumerate(values.iter_rows(), 1):
        row: list[CellValue] = [None] * first_column
        row += [texts.setdefault(v, v) if v.__class__ is str else v for v in raw]
        columns = marked.pop(number, ())
        if _complete(number, row, columns, marks) or columns:
            yield SheetRow(number, tuple(row))
    if values.end and number != values.end[0] + 1:
        raise RuntimeError("this version of python-calamine counts rows in another way")
    for number in sorted(marked):  # a formula without a result below the last value
        row = []
        _complete(number, row, marked[number], marks)
        yield SheetRow(number, tuple(row))


def _complete(number: int, row: list[CellValue], marked: Collection[int], marks: SheetMarks) -> bool:
    """Puts the errors' texts into a row, marks what its values tell, drops the blanks at its end; False if all are."""
    for column in marked:
        row += [None] * (column - len(row))
        row[column - 1] = marks.errors.get((number, column), row[column - 1])
    for index, value in enumerate(row):
        if value.__class__ is str:
            if value in _ERRORS:
                marks.error(number, index + 1, value)
        elif value.__class__ in (float, int) and not -_EXACT_BELOW < value < _EXACT_BELOW:
            if math.isfinite(value):
                marks.marks.setdefault((number, index + 1), CellMark.DIGITS_LOST)
            else:
                row[index] = "#NUM!"
                marks.error(number, index + 1, "#NUM!")
    while row and row[-1] is None:
        row.pop()
    return bool(row)


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
