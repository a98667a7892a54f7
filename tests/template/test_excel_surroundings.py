"""What stands around the cells moves and grows with the rows."""

from __future__ import annotations

import re

import openpyxl
from excel_books import edited, fill, template
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

ITEMS = [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}, {"名": "丙", "数": 3}]
GROUPS = [{"名": "东", "行": ITEMS[:2]}, {"名": "西", "行": ITEMS[2:]}]
LIST = """
名|数|式
{% for x in 行 %}{{ x.名 }}|{{ x.数 }}|{{ x.数 }}{% endfor %}
合计|=SUM(B2:B2)
尾
"""
NESTED = """
{% for g in 组 %}
{{ g.名 }}
{% for x in g.行 %}
{{ x.名 }}|{{ x.数 }}
{% endfor %}
{% endfor %}
尾
"""
YELLOW = PatternFill("solid", "FFFFFF00")


def _sheet(book: openpyxl.Workbook) -> Worksheet:
    return book["表"]


def test_merged_cells_repeat_move_and_grow() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for ref in ("A1:C1", "D2:E2", "A4:C4", "G1:G3"):
            _sheet(book).merge_cells(ref)

    merged = {str(m) for m in _sheet(fill(LIST, edit, 行=ITEMS).book()).merged_cells.ranges}
    assert merged == {"A1:C1", "D2:E2", "D3:E3", "D4:E4", "A6:C6", "G1:G5"}
    assert {str(m) for m in _sheet(fill(LIST, edit, 行=[]).book()).merged_cells.ranges} == {"A1:C1", "A3:C3", "G1:G2"}


def test_merged_rows_of_a_block_keep_to_their_turn() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        _sheet(book).merge_cells("D2:D4")

    assert {str(m) for m in _sheet(fill(NESTED, edit, 组=GROUPS).book()).merged_cells.ranges} == {"D1:D3", "D4:D5"}


def test_conditional_formats_and_validations_cover_what_their_cells_became() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet.conditional_formatting.add("B4", CellIsRule(operator="greaterThan", formula=["$B$7"], fill=YELLOW))
        sheet.conditional_formatting.add("A2:B2", FormulaRule(formula=["$B2>B4"], fill=YELLOW))
        check = DataValidation("list", "$A$7:$A$9")
        check.add("B4")
        sheet.add_data_validation(check)

    sheet = _sheet(fill(NESTED, edit, 组=GROUPS).book())
    rules = {str(f.sqref): [r.formula for r in f.rules] for f in sheet.conditional_formatting}
    assert rules == {"B2:B3 B5": [["$B$6"]], "A1:B1 A4:B4": [["$B1>B2"]]}
    assert [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation] == [("B2:B3 B5", "$A$6:$A$8")]
    gone = _sheet(fill(NESTED, edit, 组=[]).book())
    assert not list(gone.conditional_formatting)
    assert not gone.data_validations.dataValidation


def test_filter_panes_breaks_and_links_follow() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet.auto_filter.ref = "A1:C2"
        sheet.freeze_panes = "B2"
        sheet.row_breaks.append(Break(id=2))
        sheet.row_breaks.append(Break(id=3))
        sheet["A4"].hyperlink = "https://example.cn/"
        sheet["A2"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref="A2", location="表!A3", display="x")

    sheet = _sheet(fill(LIST, edit, 行=ITEMS).book())
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.freeze_panes == "B2"
    assert [b.id for b in sheet.row_breaks.brk] == [2, 3, 4, 5]
    assert sheet["A6"].hyperlink.target == "https://example.cn/"
    assert [sheet[f"A{n}"].hyperlink.location for n in (2, 3, 4)] == ["表!A5"] * 3


def test_a_frozen_header_stays_a_header_when_control_rows_above_it_vanish() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        _sheet(book).freeze_panes = "A3"

    assert _sheet(fill("{% set a = 1 %}\n表头\n{{ a }}", edit).book()).freeze_panes == "A2"


def test_a_table_grows_and_its_columns_are_named_as_its_header_reads() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        table = Table(displayName="数据表", ref="A1:C2")
        table._initialise_columns()
        for column, name in zip(table.tableColumns, ("名", "{{ 年 }}年", "式"), strict=True):
            column.name = name
        _sheet(book).add_table(table)

    text = LIST.replace("名|数|式", "名|{{ 年 }}年|式")
    book = fill(text, edit, 行=ITEMS, 年=2025).book()
    table = _sheet(book).tables["数据表"]
    assert (table.ref, table.column_names) == ("A1:C4", ["名", "2025年", "式"])
    empty = fill(text, edit, 行=[], 年=2025)
    assert _sheet(empty.book()).tables["数据表"].ref == "A1:C2"
    assert empty.cells() == [["名", "2025年", "式"], [], ["合计", "=SUM(B2:B2)"], ["尾"]]


def test_a_chart_covers_the_rows_and_keeps_below_them() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(_sheet(book), min_col=2, min_row=2, max_row=2))
        _sheet(book).add_chart(chart, "A4")

    filled = fill(LIST, edit, 行=ITEMS)
    assert "<f>表!$B$2:$B$4</f>" in filled.part("xl/charts/chart1.xml")
    assert "<row>5</row>" in filled.part("xl/drawings/drawing1.xml")


def test_a_note_moves_with_its_row() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        _sheet(book)["A3"].comment = openpyxl.comments.Comment("合计", "编者")

    filled = fill(LIST, edit, 行=ITEMS)
    assert _sheet(filled.book())["A5"].comment.text == "合计"
    (drawing,) = (name for name in filled.parts() if name.endswith(".vml"))
    assert re.search(r"<\w+:Row>4</", filled.part(drawing))


X14 = """<extLst xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}">
<x14:conditionalFormattings><x14:conditionalFormatting>
<x14:cfRule type="expression"><xm:f>$B2&gt;$B$3</xm:f></x14:cfRule>
<xm:sqref>B2</xm:sqref></x14:conditionalFormatting>
</x14:conditionalFormattings></ext>
<ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines>
<x14:sparkline><xm:f>表!B2:C2</xm:f><xm:sqref>D2</xm:sqref></x14:sparkline>
</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"""


def test_a_note_in_a_repeated_row_stands_on_each_of_them() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        _sheet(book)["B2"].comment = openpyxl.comments.Comment("口径", "编者")

    filled = fill(LIST, edit, 行=ITEMS)
    notes = {cell.coordinate: cell.comment.text for row in _sheet(filled.book()) for cell in row if cell.comment}
    assert notes == {"B2": "口径", "B3": "口径", "B4": "口径"}
    (drawing,) = (name for name in filled.parts() if name.endswith(".vml"))
    boxes = filled.part(drawing)
    assert re.findall(r"<\w+:Row>(\d+)</", boxes) == ["1", "2", "3"]
    identities = re.findall(r'<\w+:shape [^>]*?\bid="([^"]*)"', boxes)
    assert len(set(identities)) == 3
    empty = fill(LIST, edit, 行=[])
    assert not [cell for row in _sheet(empty.book()) for cell in row if cell.comment]


def test_newer_formats_and_sparklines_follow() -> None:
    source = edited(template(LIST), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</worksheet>", X14))
    found = re.findall(r"<xm:(?:f|sqref)>(.*?)</xm", fill(source, 行=ITEMS).part("xl/worksheets/sheet1.xml"))
    assert found[:2] == ["$B2&gt;$B$5", "B2:B4"]
    assert found[2:] == ["表!B2:C2", "D2", "表!B3:C3", "D3", "表!B4:C4", "D4"]
    assert "<xm:" not in fill(source, 行=[]).part("xl/worksheets/sheet1.xml")


def test_the_dimension_is_that_of_the_filled_sheet() -> None:
    assert '<dimension ref="A1:C6"/>' in fill(LIST, 行=ITEMS).part("xl/worksheets/sheet1.xml")
