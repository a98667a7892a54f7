"""Templates as LibreOffice, WPS and Excel save them: what openpyxl does not write, or writes otherwise."""

from __future__ import annotations

import re

import openpyxl
import pytest
from excel_books import edited, fill, template
from openpyxl.styles import Alignment, Protection

ROWS = "甲 | 数\n{% for x in xs %}{{ x }} | 1{% endfor %}\n合计 | =SUM(B2:B2)"
SHEET = "xl/worksheets/sheet1.xml"
LONG = "这是一句很长的话，一行写不下，要换行才看得全" * 2


def saved(change: str, into: str, text: str = ROWS) -> bytes:
    """The template with a stretch of its sheet's XML put in before `into`."""
    return edited(template(text), SHEET, lambda xml: xml.replace(into, change + into, 1))


def wrapped(book: openpyxl.Workbook) -> None:
    for row in (1, 2):
        book["表"].cell(row, 1).alignment = Alignment(wrap_text=True)


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        ('ht="15" customHeight="false"', {"2": True, "3": False}),  # what LibreOffice found for the tags
        ('ht="13.5"', {"2": True, "3": False}),
        ('ht="15" customHeight="1"', {"2": False, "3": False}),  # what somebody set
        ('ht="15" customHeight="true"', {"2": False, "3": False}),
    ],
)
def test_a_height_found_for_the_tags_is_found_anew(height: str, expected: dict[str, bool]) -> None:
    data = edited(template(ROWS, wrapped), SHEET, lambda xml: xml.replace('<row r="2"', f'<row r="2" {height}', 1))
    xml = fill(data, xs=[LONG, "短"]).part(SHEET)
    heights = {row: float(found) for row, found in re.findall(r'<row r="(\d)"[^>]* ht="([\d.]+)"', xml)}
    assert {row: heights.get(row, 0) > 20 for row in expected} == expected
    assert all(len(re.findall(" ht=", row)) <= 1 for row in re.findall("<row [^>]*>", xml))


def test_rows_keep_their_group_and_whether_they_are_hidden() -> None:
    def grouped(book: openpyxl.Workbook) -> None:
        book["表"].row_dimensions[2].outlineLevel = 1
        book["表"].row_dimensions[3].hidden = True

    sheet = fill(template(ROWS, grouped), xs=["一", "二"]).book()["表"]
    assert [sheet.row_dimensions[row].outlineLevel for row in (1, 2, 3, 4)] == [0, 1, 1, 0]
    assert sheet.row_dimensions[4].hidden


def test_a_protected_sheet_stays_protected_and_its_open_cells_open() -> None:
    def locked(book: openpyxl.Workbook) -> None:
        book["表"].protection.sheet = True
        book["表"]["A2"].protection = Protection(locked=False)

    sheet = fill(template(ROWS, locked), xs=["一", "二"]).book()["表"]
    assert sheet.protection.sheet
    assert [sheet.cell(row, 1).protection.locked for row in (1, 2, 3, 4)] == [True, False, False, True]


def test_inline_texts_with_formats_are_read_like_shared_ones() -> None:
    inline = '<c r="A2" t="inlineStr"><is><r><t>共</t></r><r><rPr><b/></rPr><t>{{ n }}</t></r><r><t>个</t></r></is></c>'
    data = edited(template("甲 | 一\n乙 | 二"), SHEET, lambda xml: re.sub(r'<c r="A2".*?</c>', inline, xml))
    filled = fill(data, n=4)
    assert filled.cells()[1] == ["共4个", "二"]
    assert "<b/></rPr><t>4</t>" in filled.part("xl/sharedStrings.xml")


@pytest.mark.parametrize(
    ("change", "into", "found"),
    [
        ('<cellWatches><cellWatch r="B3"/></cellWatches>', "<pageMargins", '<cellWatch r="B4"/>'),
        (
            '<scenarios><scenario name="甲" count="1"><inputCells r="B3" val="1"/></scenario></scenarios>',
            "<pageMargins",
            'inputCells r="B4"',
        ),
        (
            '<protectedRanges><protectedRange sqref="B2:B3" name="开放"/></protectedRanges>',
            "<pageMargins",
            'sqref="B2:B4"',
        ),
        ('<ignoredErrors><ignoredError sqref="B2" numberStoredAsText="1"/></ignoredErrors>', "</worksheet>", "B2:B3"),
        ('<colBreaks count="1" manualBreakCount="1"><brk id="1" man="1"/></colBreaks>', "</worksheet>", 'brk id="1"'),
    ],
)
def test_what_names_cells_around_the_rows_follows_them(change: str, into: str, found: str) -> None:
    xml = fill(saved(change, into), xs=["一", "二"]).part(SHEET)
    assert found in xml


def test_page_breaks_follow_columns_that_repeat() -> None:
    breaks = '<colBreaks count="1" manualBreakCount="1"><brk id="2" max="1048575" man="1"/></colBreaks>'
    data = saved(breaks, "</worksheet>", "甲 | {%tc for x in xs %}{{ x }}{%tc endfor %} | 尾")
    xml = fill(data, xs=["一", "二"]).part(SHEET)
    assert re.findall(r'<brk id="(\d+)"', xml) == ["2", "3"]
