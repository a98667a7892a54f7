"""The sheet _检查结果: every fault on a line, linked to its cell."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.terminal import ordered, summary

RESULTS = "_检查结果"  # the reader skips sheets whose name starts with _
_COLUMNS = {"级别": 8, "代码": 8, "位置": 30, "单元格": 10, "内容": 24, "问题": 40, "建议": 40, "另见": 16}
_HEADER_ROW = 3
_LINK = Font(color="FF0563C1", underline="single")


def write_listing(book: Workbook, source: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Puts the sheet first in `book` and opens the book there; an older one is replaced.

    `source` is the name of the workbook that was checked.
    """
    if RESULTS in book.sheetnames:
        book.remove(book[RESULTS])
    sheet = book.create_sheet(RESULTS, 0)
    items = ordered(diagnostics)
    sheet["A1"] = f"「{source}」的检查结果：{summary(items)}"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = "这是检查用的副本，再次检查时会被新的副本代替。请在原工作簿里改。"
    _write_header(sheet)
    for row, item in enumerate(items, start=_HEADER_ROW + 1):
        _write_row(sheet, row, item, linked=item.place.file == source and item.place.sheet in book.sheetnames)
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(_COLUMNS))}{_HEADER_ROW + len(items)}"
    _fit_to_page(sheet)
    _open_at(book, sheet)


def _write_header(sheet: Worksheet) -> None:
    for column, (header, width) in enumerate(_COLUMNS.items(), start=1):
        cell = sheet.cell(_HEADER_ROW, column, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFD9D9D9")
        sheet.column_dimensions[get_column_letter(column)].width = width


def _write_row(sheet: Worksheet, row: int, item: Diagnostic, *, linked: bool) -> None:
    place = item.place
    related = "；".join(other.label() for other in item.related)
    texts = (
        item.severity.label,
        item.code,
        place.label(),
        place.cell,
        item.text,
        item.message,
        item.suggestion,
        related,
    )
    for column, text in enumerate(texts, start=1):
        cell = _write_text(sheet, row, column, text or "")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if linked and place.sheet and place.cell:
        link = sheet.cell(row, list(_COLUMNS).index("单元格") + 1)
        target = f"{quote_sheetname(place.sheet)}!{place.cell}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=target, display=place.cell)
        link.font = _LINK


def _write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """As text whatever it looks like: a fault may quote a formula or a control character."""
    cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("", text))
    assert isinstance(cell, Cell), "a new sheet has no merged cells"
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell


def _fit_to_page(sheet: Worksheet) -> None:
    """A4 landscape, as wide as the page, headers on every page: the list gets printed."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _open_at(book: Workbook, sheet: Worksheet) -> None:
    """One selected sheet only: edits go to every selected sheet at once."""
    book.active = sheet
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
