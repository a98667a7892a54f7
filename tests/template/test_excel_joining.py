"""Sheets of one workbook behind those of another: what they look like, print and compute stays."""

from __future__ import annotations

import io

import openpyxl
from excel_books import template
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, NamedStyle, PatternFill, Side

from reportgen.template import Template
from reportgen.template.excel.joining import with_last, with_sheets
from reportgen.template.package import Package

DONOR = """
[说明]
不要
[核数]
核数表
序号|数字
{%tr for x in 行 %}{{ loop.index }}|{{ x }}{%tr endfor %}
合计|=SUM(B3:B3)
"""


def _dress(book: openpyxl.Workbook) -> None:
    sheet = book["核数"]
    sheet["A1"].font = Font(name="黑体", size=18, bold=True)
    sheet["B3"].number_format = '0.00"元"'
    sheet["B3"].border = Border(left=Side("thin"))
    style = NamedStyle("附表表头", fill=PatternFill("solid", "FFDDE7F0"))
    book.add_named_style(style)
    sheet["A2"].style = sheet["B2"].style = "附表表头"
    sheet.conditional_formatting.add("B3", FormulaRule(formula=["B3>1"], fill=PatternFill("solid", "FFFF0000")))
    sheet.merge_cells("A1:B1")
    sheet.column_dimensions["B"].width = 31
    sheet.print_title_rows = "2:2"
    sheet.print_area = "A1:B4"
    sheet.page_setup.orientation = "landscape"


def _host(book: openpyxl.Workbook) -> None:
    sheet = book["表"]
    sheet["A1"].font = Font(name="楷体", size=30)
    sheet["A1"].number_format = '0"户"'
    sheet.conditional_formatting.add("A1", FormulaRule(formula=["A1>1"], fill=PatternFill("solid", "FF00FF00")))
    sheet.print_area = "A1:A1"


def _filled(package: Package, **context: object) -> openpyxl.Workbook:
    out = io.BytesIO()
    Template(package).render(context, out)
    return openpyxl.load_workbook(out)


def test_a_sheet_comes_with_its_looks_and_the_host_keeps_its_own() -> None:
    host, donor = Package.open(template("{{ 数 }}", _host)), Package.open(template(DONOR, _dress))
    book = _filled(with_sheets(host, donor, ["核数"]), 数=5, 行=[1, 2])
    assert book.sheetnames == ["表", "核数"]
    own, brought = book["表"], book["核数"]
    assert [[c.value for c in row] for row in brought] == [
        ["核数表", None], ["序号", "数字"], [1, 1], [2, 2], ["合计", "=SUM(B3:B4)"],
    ]  # fmt: skip
    assert (own["A1"].font.name, own["A1"].number_format) == ("楷体", '0"户"')
    assert (brought["A1"].font.name, brought["A1"].font.size) == ("黑体", 18)
    assert (brought["B4"].number_format, brought["B4"].border.left.style) == ('0.00"元"', "thin")
    assert (brought["A2"].style, brought["A2"].fill.fgColor.rgb) == ("附表表头", "FFDDE7F0")
    (rule,) = (rule for f in brought.conditional_formatting for rule in f.rules)
    assert rule.dxf.fill.fgColor.rgb == "FFFF0000"
    assert [str(m) for m in brought.merged_cells.ranges] == ["A1:B1"]
    assert brought.column_dimensions["B"].width == 31
    assert (brought.print_title_rows, brought.print_area) == ("$2:$2", "'核数'!$A$1:$B$5")
    assert own.print_area == "'表'!$A$1"
    assert brought.page_setup.orientation == "landscape"


def test_a_title_that_is_taken_gets_a_number() -> None:
    host, donor = Package.open(template("[核数]\n旧")), Package.open(template(DONOR, _dress))
    book = _filled(with_sheets(host, donor, ["核数"]), 行=[1])
    assert book.sheetnames == ["核数", "核数(2)"]
    assert book["核数(2)"].print_area == "'核数(2)'!$A$1:$B$4"


def test_sheets_are_put_last_with_the_names_that_are_theirs() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["甲"].print_area, book["乙"].print_area = "A1:A1", "A1:B1"
        book.active = 2

    package = Package.open(template("[甲]\n1\n[乙]\n2|2\n[丙]\n3", edit))
    book = _filled(with_last(package, ["甲"]))
    assert book.sheetnames == ["乙", "丙", "甲"]
    assert (book["甲"].print_area, book["乙"].print_area) == ("'甲'!$A$1", "'乙'!$A$1:$B$1")
    assert book.active.title == "丙"
    assert with_last(package, ["丙"]) is package
