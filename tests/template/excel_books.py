"""Writes an Excel template from a small text table, fills it, and reads the outcome back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import python_calamine

from reportgen.diagnostics import Diagnostic
from reportgen.template import RenderResult, Template, TemplateError

Edit = Callable[[openpyxl.Workbook], None]


@dataclass(frozen=True)
class Filled:
    """A filled workbook: its bytes and what the engine said of them."""

    data: bytes
    result: RenderResult

    def book(self, values: bool = False) -> openpyxl.Workbook:
        return openpyxl.load_workbook(io.BytesIO(self.data), data_only=values)

    def cells(self, sheet: str = "表") -> list[list[object]]:
        """Formulas and values as written, blank rows as empty lists."""
        return _rows(self.book()[sheet])

    def values(self, sheet: str = "表") -> list[list[object]]:
        """What a viewer that does not calculate shows."""
        return _rows(self.book(values=True)[sheet])

    def seen_by_calamine(self, sheet: str = "表") -> list[list[object]]:
        return python_calamine.load_workbook(io.BytesIO(self.data)).get_sheet_by_name(sheet).to_python()

    def part(self, name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name).decode()

    def parts(self) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.namelist()


def _rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


def template(text: str, edit: Edit | None = None) -> bytes:
    """A template of sheets `[name]`, one row a line, cells parted by `|`; a line of `-` is a blank row.

    A table without `[name]` is the sheet 表.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet, row = None, 0
    for line in text.strip("\n").splitlines():
        words = line.strip()
        if words.startswith("[") and words.endswith("]"):
            sheet, row = book.create_sheet(words[1:-1]), 0
            continue
        sheet = sheet or book.create_sheet("表")
        row += 1
        for column, value in enumerate(words.split("|"), 1):
            if value.strip() not in ("", "-"):
                sheet.cell(row, column).value = _typed(value.strip())
    if edit:
        edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, name: str, edit: Callable[[str], str]) -> bytes:
    """A package with the text of one part changed: for what openpyxl does not write but Excel does."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            text = source.read(entry).decode()
            target.writestr(entry, edit(text) if entry == name else text)
        if name not in source.namelist():
            target.writestr(name, edit(""))
    return out.getvalue()


def _typed(text: str) -> object:
    return float(text) if text.replace(".", "", 1).isdigit() else text.replace("\\n", "\n")


def fill(text: str | bytes, edit: Edit | None = None, trace: bool = False, **context: object) -> Filled:
    """Makes a template of `text` and fills it with the names given."""
    data = template(text, edit) if isinstance(text, str) else text
    out = io.BytesIO()
    result = Template.load(io.BytesIO(data), name="附件.xlsx").render(context, out, trace=trace)
    return Filled(out.getvalue(), result)


def faults(text: str, edit: Edit | None = None, **context: object) -> tuple[Diagnostic, ...]:
    """Every fault of a template, found while loading or while filling it."""
    try:
        fill(text, edit, **context)
    except TemplateError as error:
        return error.diagnostics
    return ()
