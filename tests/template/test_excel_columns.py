"""Columns that repeat: what is beside, above and below them follows."""

from __future__ import annotations

import openpyxl
import pytest
from excel_books import Edit, faults, fill
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

MONTHS = ["一月", "二月", "三月"]
ROWS = [{"名": "甲", "数": [1, 2, 3]}, {"名": "乙", "数": [4, 5, 6]}]
MATRIX = """
各月情况
单位|{%tc for 月 in 各月 %}{{ 月 }}{%tc endfor %}|合计|注
{%tr for x in 行 %}
{{ x.名 }}|{%tc for n in x.数 %}{{ n }}{%tc endfor %}|=SUM(B4:B4)|注
{%tr endfor %}
合计|=SUM(B4:B4)|=SUM(C4:C4)
"""


def _sheet(book: openpyxl.Workbook) -> Worksheet:
    return book["表"]


def test_a_column_repeats_and_sums_on_both_sides_cover_it() -> None:
    filled = fill(MATRIX, 各月=MONTHS, 行=ROWS)
    assert filled.cells() == [
        ["各月情况"],
        ["单位", "一月", "二月", "三月", "合计", "注"],
        ["甲", 1, 2, 3, "=SUM(B3:D3)", "注"],
        ["乙", 4, 5, 6, "=SUM(B4:D4)", "注"],
        ["合计", "=SUM(B3:B4)", "=SUM(C3:C4)", "=SUM(D3:D4)", "=SUM(E3:E4)"],
    ]
    assert filled.values()[4] == ["合计", 5, 7, 9, 21]


@pytest.mark.parametrize("count", [0, 1])
def test_no_turn_takes_the_column_away_and_one_leaves_it(count: int) -> None:
    filled = fill(MATRIX, 各月=MONTHS[:count], 行=[{"名": "甲", "数": [7][:count]}])
    assert filled.cells()[1] == ["单位", *MONTHS[:count], "合计", "注"]
    assert filled.values()[2] == ["甲", *[7][:count], 7 * count, "注"]


def test_several_columns_repeat_together_and_those_with_tags_alone_vanish() -> None:
    text = """
    名|{%tc for 月 in 各月 %}|{{ 月 }}值|{{ 月 }}比|{%tc endfor %}|尾
    {{ 行[0].名 }}|{%tc for n in 行[0].数 %}|{{ n }}|=C2/B2|{%tc endfor %}|尾
    """
    filled = fill(text, 各月=MONTHS[:2], 行=[{"名": "甲", "数": [2, 4]}])
    assert filled.cells()[0] == ["名", "一月值", "一月比", "二月值", "二月比", "尾"]
    assert filled.cells()[1][1:] == [2, "=B2/G2", 4, "=D2/G2", "尾"]


def test_a_condition_keeps_or_drops_a_column() -> None:
    text = "名|{%tc if 要 %}{{ 甲 }}{%tc endif %}|尾\n一|{%tc if 要 %}固定{%tc endif %}|=LEN(C1)"
    assert fill(text, 要=True, 甲=5).cells() == [["名", 5, "尾"], ["一", "固定", "=LEN(C1)"]]
    assert fill(text, 要=False, 甲=5).cells() == [["名", "尾"], ["一", "=LEN(B1)"]]


def test_formulas_of_a_turn_stay_in_it_and_fixed_columns_step_out() -> None:
    text = """
    {%tc for n in 数 %}{{ n }}{%tc endfor %}|=MAX(A1)
    =A1*2|=A1
    =A1/SUM($A1:$A1)
    """
    assert fill(text, 数=[1, 3]).cells() == [
        [1, 3, "=MAX(A1:B1)"],
        ["=A1*2", "=B1*2", "=A1"],
        ["=A1/SUM($A1:$B1)", "=B1/SUM($A1:$B1)"],
    ]


def test_widths_merges_panes_formats_pictures_and_print_areas_follow() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 7
        sheet.column_dimensions["C"].width = 11
        sheet.merge_cells("A1:D1")
        sheet.freeze_panes = "C3"
        red = PatternFill("solid", "FFFF0000")
        sheet.conditional_formatting.add("B4", CellIsRule(operator="lessThan", formula=["0"], fill=red))
        sheet.print_area = "A1:D6"
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, max_col=2, min_row=4, max_row=4))
        sheet.add_chart(chart, "D8")

    filled = fill(MATRIX, edit, 各月=MONTHS, 行=ROWS)
    sheet = _sheet(filled.book())
    widths = {name: dimension.width for name, dimension in sheet.column_dimensions.items()}
    assert (widths["A"], widths["B"], widths["D"], widths["E"]) == (20, 7, 7, 11)
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A1:F1"]
    assert sheet.freeze_panes == "E3"
    assert [str(f.sqref) for f in sheet.conditional_formatting] == ["B3:D4"]
    assert sheet.print_area == "'表'!$A$1:$F$5"
    chart = filled.part("xl/charts/chart1.xml")
    assert "'表'!$B$3:$D$4" in chart or "表!$B$3:$D$4" in chart
    assert "<xdr:col>5</xdr:col>" in filled.part("xl/drawings/drawing1.xml").replace("<col>", "<xdr:col>").replace(
        "</col>", "</xdr:col>"
    )


def _table(book: openpyxl.Workbook) -> None:
    _sheet(book).add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:B2"))


@pytest.mark.parametrize(
    ("text", "edit", "code", "words"),
    [
        ("{%tc for x in 数 %}{{ x }}\n{%tc endfor %}", None, "T014", "endfor"),
        ("{%tc for x in 数 %}{{ x }}|{%tc for y in 数 %}{{ y }}{%tc endfor %}|{%tc endfor %}", None, "T101", "里面"),
        ("{%tc if 数 %}1|{%tc else %}2|{%tc endif %}", None, "T101", "else"),
        (
            "{%tc for x in 数 %}{{ x }}|{%tc endfor %}\n|{%tc for x in 数 %}{{ x }}|{%tc endfor %}",
            None,
            "T101",
            "A至B列，B至C列",
        ),
        (
            "{%tc for x in 数 %}{{ x }}{%tc endfor %}\n{%tc for x in [1] %}{{ x }}{%tc endfor %}",
            None,
            "T101",
            "重复了2次",
        ),
        ("{%tc for x in 数 %}{{ x }}{%tc endfor %}|名\n1|2", _table, "T106", "T"),
        ("{%tc for x in 数 %}{{ x }}{%tc endfor %}|=SUM(B:B)", None, "T106", "整列"),
    ],
)
def test_what_cannot_repeat_is_told_with_its_place(text: str, edit: Edit | None, code: str, words: str) -> None:
    found = [(d.code, d.place.cell, d.message) for d in faults(text, edit, 数=[1, 2])]
    assert [item for item in found if item[0] == code and words in item[2]], found
