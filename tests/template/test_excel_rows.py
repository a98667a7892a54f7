"""Rows that repeat and disappear, and the formulas that follow them."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from excel_books import edited, faults, fill, template
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

ITEMS = [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}, {"名": "丙", "数": 3}]
GROUPS = [{"名": "东", "行": ITEMS[:2]}, {"名": "西", "行": ITEMS[2:]}]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("头\n{% for x in 行 %}{{ x.名 }}|{{ x.数 }}{% endfor %}", [["头"], ["甲", 1], ["乙", 2], ["丙", 3]]),
        ("表头\n{% for x in 行 %}\n{{ x.名 }}\n{% endfor %}\n尾", [["表头"], ["甲"], ["乙"], ["丙"], ["尾"]]),
        ("{%tr for x in 行 %}{{ x.名 }}{%tr endfor %}", [["甲"], ["乙"], ["丙"]]),
        ("{% for x in 行 %}{{ x.名 }}{% endfor %}", [["甲乙丙"]]),
        ("序|{% for x in 行 %}{{ loop.index }}|{{ x.名 }}|固定|{{ x.数 }}{% endfor %}|尾", [
            ["序", 1, "甲", "固定", 1, "尾"], ["序", 2, "乙", "固定", 2, "尾"], ["序", 3, "丙", "固定", 3, "尾"]]),
        ("{% for x in 行 %}{{ x.名 }}|\n小|{{ x.数 }}{% endfor %}", [
            ["甲"], ["小", 1], ["乙"], ["小", 2], ["丙"], ["小", 3]]),
        ("{% if 有 %}{{ 有 }}|是{% endif %}\n{% if not 有 %}{{ 有 }}|否{% endif %}", [[1, "是"]]),
        ("{% if 无 %}\n一\n{% elif 有 %}\n二\n{% else %}\n三\n{% endif %}", [["二"]]),
        ("{% for x in [] %}\n甲\n{% else %}\n没有\n{% endfor %}\n尾", [["没有"], ["尾"]]),
        ("{% set n = 2 %}\n{{ n }}", [[2]]),
        ("{# 只有备注的行 #}\n甲", [["甲"]]),
        ("{% for x in 行 if x.数 > 1 %}\n{{ x.名 }}\n{% endfor %}", [["乙"], ["丙"]]),
        ("{% for g in 组 %}\n{{ g.名 }}\n{% for x in g.行 %}\n|{{ x.名 }}\n{% endfor %}\n{% endfor %}", [
            ["东"], [None, "甲"], [None, "乙"], ["西"], [None, "丙"]]),
        ("{% for g in 组 %}\n{{ g.名 }}\n{% for x in g.行 %}{{ x.名 }}|{{ x.数 }}{% endfor %}\n-\n{% endfor %}\n尾", [
            ["东"], ["甲", 1], ["乙", 2], [], ["西"], ["丙", 3], [], ["尾"]]),
    ],
)  # fmt: skip
def test_rows(text: str, rows: list[list[object]]) -> None:
    assert fill(text, 行=ITEMS, 组=GROUPS, 有=1, 无=0).cells() == rows


LIST = "名|数|式\n{% for x in 行 %}{{ x.名 }}|{{ x.数 }}|%s{%% endfor %%}\n合计|%s"


@pytest.mark.parametrize(
    ("formula", "filled"),
    [
        ("=SUM(B2:B2)", "=SUM(B2:B4)"),
        ("=SUM(B2)", "=SUM(B2:B4)"),
        ("=SUM($B$2:$B$2)", "=SUM($B$2:$B$4)"),
        ("=SUM(B1:B2)", "=SUM(B1:B4)"),
        ("=B2*2", "=B2*2"),
        ("=ROUND(B2,1)", "=ROUND(B2,1)"),
        ("=SUM(B:B)", "=SUM(B:B)"),
        ("=SUM(2:2)", "=SUM(2:4)"),
        ("=SUMIF(A2:A2,\"甲\",B2:B2)", "=SUMIF(A2:A4,\"甲\",B2:B4)"),
        ("=COUNTIF(A2:A2,A1)", "=COUNTIF(A2:A4,A1)"),
        ("=SUBTOTAL(9,B2:B2)/1", "=SUBTOTAL(9,B2:B4)/1"),
        ("=SUM(表!B2:B2)", "=SUM(表!B2:B4)"),
        ("=SUM(B2:B3)", "=SUM(B2:B5)"),
        ("=\"B2:B2\"&A3", "=\"B2:B2\"&A5"),
        ("=IF(SUM(B2:B2)>0,C9,D10)", "=IF(SUM(B2:B4)>0,C11,D12)"),
        ("=SUM(无此表!B2:B2)", "=SUM(无此表!B2:B2)"),
    ],
)  # fmt: skip
def test_a_formula_below_covers_the_repeated_rows(formula: str, filled: str) -> None:
    text = f"名|数|式\n{{% for x in 行 %}}{{{{ x.名 }}}}|{{{{ x.数 }}}}{{% endfor %}}\n合计|{formula}"
    assert fill(text, 行=ITEMS).cells()[-1] == ["合计", filled]


@pytest.mark.parametrize(
    ("formula", "filled"),
    [
        ("=B2*2", ["=B2*2", "=B3*2", "=B4*2"]),
        ("=SUM(B2:B2)", ["=SUM(B2:B2)", "=SUM(B3:B3)", "=SUM(B4:B4)"]),
        ("=SUM($B$2:B2)", ["=SUM($B$2:B2)", "=SUM($B$2:B3)", "=SUM($B$2:B4)"]),
        ("=B2/SUM(B$2:B$2)", ["=B2/SUM(B$2:B$4)", "=B3/SUM(B$2:B$4)", "=B4/SUM(B$2:B$4)"]),
        ("=RANK(B2,$B$2:$B$2)", ["=RANK(B2,$B$2:$B$4)", "=RANK(B3,$B$2:$B$4)", "=RANK(B4,$B$2:$B$4)"]),
        ("=B2/B3", ["=B2/B5", "=B3/B5", "=B4/B5"]),
        ("=B2-B1", ["=B2-B1", "=B3-B1", "=B4-B1"]),
    ],
)
def test_a_formula_in_a_repeated_row_keeps_to_its_own_turn(formula: str, filled: list[str]) -> None:
    text = f"名|数|式\n{{% for x in 行 %}}{{{{ x.名 }}}}|{{{{ x.数 }}}}|{formula}|{{% endfor %}}\n合计|=SUM(B2)"
    assert [row[2] for row in fill(text, 行=ITEMS).cells()[1:-1]] == filled


def test_nested_blocks_sum_their_own_turn_and_the_whole() -> None:
    text = """
        组|数
        {% for g in 组 %}
        {% for x in g.行 %}
        {{ x.名 }}|{{ x.数 }}|=B4/B6|=SUM($B$4:B4)
        {% endfor %}
        {{ g.名 }}|=SUM(B4:B4)
        {% endfor %}
        合计|=SUBTOTAL(9,B4:B4)|=SUM(B2:B7)
    """
    filled = fill(text, 组=GROUPS)
    assert filled.cells() == [
        ["组", "数"],
        ["甲", 1, "=B2/B4", "=SUM($B$2:B2)"],
        ["乙", 2, "=B3/B4", "=SUM($B$2:B3)"],
        ["东", "=SUM(B2:B3)"],
        ["丙", 3, "=B5/B6", "=SUM($B$5:B5)"],
        ["西", "=SUM(B5:B5)"],
        ["合计", "=SUBTOTAL(9,B2:B3,B5:B5)", "=SUM(B2:B6)"],
    ]
    assert [row[1] for row in filled.values()] == ["数", 1, 2, 3, 3, 3, 6]


def test_no_row_left_is_an_empty_range_and_never_a_broken_one() -> None:
    text = '数\n{% for x in 行 %}\n{{ x.数 }}\n{% endfor %}\n=SUM(A3:A3)|=COUNTA(A3:A3)|=A3&""|=SUM(A1:A3)'
    filled = fill(text, 行=[])
    assert filled.cells() == [["数"], ["=SUM(A3:A3)", "=COUNTA(A3:A3)", '=A3&""', "=SUM(A1:A1)"]]
    assert filled.values()[1] == [0, 0, None, 0]


def test_references_between_sheets() -> None:
    text = "[明细]\n{%tr for x in 行 %}{{ x.数 }}{%tr endfor %}\n[汇总]\n=SUM(明细!A1:A1)|=明细!A2|=SUM('明细'!$A$1)"
    filled = fill(text, 行=ITEMS)
    assert filled.cells("汇总") == [["=SUM(明细!A1:A3)", "=明细!A4", "=SUM(明细!$A$1:$A$3)"]]
    assert filled.values("汇总") == [[6, 0, 6]]


def test_array_formulas_follow() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["表"]["B4"] = ArrayFormula("B4:B4", "=SUM(A2:A2*A2:A2)")

    filled = fill("数\n{%tr for x in 行 %}{{ x.数 }}{%tr endfor %}\n-\n尾", edit, 行=ITEMS)
    cell = filled.book()["表"]["B6"].value
    assert (cell.ref, cell.text) == ("B6:B6", "=SUM(A2:A4*A2:A4)")
    assert filled.values()[-1] == ["尾", 14]


def test_shared_formulas_follow() -> None:
    """Excel writes a formula that was filled down once, and refers to it from the other cells."""
    source = template("数|式\n1|=A2*2\n2|=A3*2\n{%tr for x in 行 %}{{ x.数 }}|=A4*2|{%tr endfor %}")

    def share(xml: str) -> str:
        xml = xml.replace("<f>A2*2</f>", '<f t="shared" ref="B2:B4" si="0">A2*2</f>')
        return re.sub(r"<f>A[34]\*2</f>", '<f t="shared" si="0"/>', xml)

    filled = fill(edited(source, "xl/worksheets/sheet1.xml", share), 行=ITEMS[:2])
    assert [row[1] for row in filled.cells()] == ["式", "=A2*2", "=A3*2", "=A4*2", "=A5*2"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A3)", 6), ("=SUBTOTAL(9,A1:A3)", 6), ("=AVERAGE(A1:A3)", 2), ("=IF(A1>A2,\"大\",\"小\")", "小"),
        ("=IFERROR(A1/A9,\"—\")", "—"), ("=A1/A9", "#DIV/0!"), ("=COUNTIF(A1:A3,\">1\")", 2), ("=ROUND(A3/7,3)", 0.429),
        ("=(A3-A2)/A2", 0.5), ("=RANK(A1,A1:A3)", 3), ("=TEXT(A3/4,\"0.0%\")", "75.0%"), ("=A1&\"个\"", "1个"),
        ("=A1=A2", False), ("=MAX(A1:A3)", 3), ("=VLOOKUP(2,A1:A3,1,0)", 2), ("=SUMPRODUCT(A1:A3,A1:A3)", 14),
    ],
)  # fmt: skip
def test_formulas_show_values_where_nothing_calculates(formula: str, value: object) -> None:
    filled = fill(f"{{{{ 行[0].数 }}}}|{formula}\n{{{{ 行[1].数 }}}}\n{{{{ 行[2].数 }}}}", 行=ITEMS)
    assert filled.values()[0][1] == value
    assert filled.result.uncomputed == ()


@pytest.mark.parametrize(
    "formula", ["=TODAY()", "=RAND()", "=无此函数(1)", "=IFERROR(无此函数(1),0)", "='[1]表'!A1", "=无此名"]
)
def test_formulas_that_cannot_be_computed_are_listed_and_left_to_excel(formula: str) -> None:
    filled = fill(f"甲|{formula}|=B1+1|=1+1")
    assert filled.values() == [["甲", None, None, 2]]
    assert [(place.sheet, place.cell) for place in filled.result.uncomputed] == [("表", "B1"), ("表", "C1")]
    assert 'fullCalcOnLoad="1"' in filled.part("xl/workbook.xml")


def test_a_sheet_whose_name_has_brackets_is_no_function() -> None:
    assert fill("[说明(一)]\n5\n[表]\n='说明(一)'!A1").values() == [[5]]


def test_row_heights_and_formats_repeat() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["表"].row_dimensions[2].height = 33
        book["表"]["B2"].fill = openpyxl.styles.PatternFill("solid", "FFFFFF00")

    sheet = fill("头\n{%tr for x in 行 %}{{ x.数 }}{%tr endfor %}\n尾", edit, 行=ITEMS).book()["表"]
    assert [sheet.row_dimensions[n].height for n in range(1, 6)] == [None, 33, 33, 33, None]
    assert [sheet.cell(n, 2).fill.fgColor.rgb for n in (1, 2, 4)] == ["00000000", "FFFFFF00", "FFFFFF00"]


def test_a_row_without_a_height_fits_its_wrapped_text() -> None:
    """Excel fits such rows when it opens the file; LibreOffice, previews and converters to PDF do not."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["表"]
        for cell in ("A1", "A2", "C2"):
            sheet[cell].alignment = openpyxl.styles.Alignment(wrap_text=True)
        sheet.column_dimensions["A"].width = 20.7
        sheet.row_dimensions[1].height = 18
        sheet.merge_cells("C2:D2")

    rows = ["短", "长" * 20, "两\n行", "a" * 20, "长" * 900]
    sheet = fill("{{ 行[1] }}\n{%tr for x in 行 %}{{ x }}|{{ 行[1] }}|{{ 行[1] }}{%tr endfor %}", edit, 行=rows).book()[
        "表"
    ]
    assert [sheet.row_dimensions[n].height for n in range(1, 7)] == [18, None, 49, 34, None, 409]


@given(st.lists(st.lists(st.integers(-1000, 1000), max_size=4), max_size=5))
@settings(max_examples=40, deadline=None)
def test_sums_are_right_however_many_rows_there_are(groups: list[list[int]]) -> None:
    text = """
        {% for g in 组 %}
        {% for x in g %}
        {{ x }}|行
        {% endfor %}
        =SUM(A3:A3)|组
        {% endfor %}
        =SUM(A3:A3)|总
        =SUBTOTAL(9,A3:A3)|总
    """
    rows = fill(text, 组=groups).values()
    assert [row[0] for row in rows if row[1] == "组"] == [sum(group) for group in groups]
    assert [row[0] for row in rows if row[1] == "总"] == [sum(map(sum, groups))] * 2


@pytest.mark.slow
def test_a_hundred_thousand_rows() -> None:
    filled = fill("数\n{%tr for n in range(100000) %}{{ n }}|=A2*2|{%tr endfor %}\n=SUM(A2:A2)")
    book = openpyxl.load_workbook(io.BytesIO(filled.data), read_only=True, data_only=True)
    last = list(book["表"].iter_rows(min_row=100_001, values_only=True))
    assert last == [(99_999, 199_998, None), (4_999_950_000, None, None)]


@pytest.mark.parametrize(
    ("formula", "written", "value"),
    [
        ('=SUMIF(A3:A3,"甲",B3:B3)', '=(SUMIF(A2:A3,"甲",B2:B3)+SUMIF(A6:A6,"甲",B6:B6))', 1),
        ('=COUNTIF(B3:B3,">1")+1', '=(COUNTIF(B2:B3,">1")+COUNTIF(B6:B6,">1"))+1', 3),
        ("=SUMPRODUCT(B3:B3,B3:B3)", "=(SUMPRODUCT(B2:B3,B2:B3)+SUMPRODUCT(B6:B6,B6:B6))", 14),
        (
            '=ROUND(COUNTIFS(A3:A3,"丙",B3:B3,3),0)',
            '=ROUND((COUNTIFS(A2:A3,"丙",B2:B3,3)+COUNTIFS(A6:A6,"丙",B6:B6,3)),0)',
            1,
        ),
    ],
)
def test_functions_of_one_range_leave_subtotals_between_groups_out(formula: str, written: str, value: int) -> None:
    text = f"""
    {{%tr for g in 组 %}}
    {{{{ g.名 }}}}
    {{%tr for x in g.行 %}}{{{{ x.名 }}}}|{{{{ x.数 }}}}{{%tr endfor %}}
    甲|=SUM(B3:B3)
    {{%tr endfor %}}
    总|{formula}
    """
    filled = fill(text, 组=GROUPS)
    assert filled.cells()[-1] == ["总", written]
    assert filled.values()[-1] == ["总", value]


def test_criteria_of_one_range_stay_as_they_are() -> None:
    filled = fill("甲|2\n{%tr for x in 行 %}{{ x.名 }}|{{ x.数 }}{%tr endfor %}\n合|=SUMIF(A2,A1,B2)", 行=ITEMS)
    assert filled.cells()[-1] == ["合", "=SUMIF(A2:A4,A1,B2:B4)"]
    assert filled.values()[-1] == ["合", 1]


def test_a_row_too_many_is_told() -> None:
    """At the bound of a sheet itself: the rows before it are blank ones of the template, which cost nothing."""

    def edit(book: openpyxl.Workbook) -> None:
        book["表"].cell(1_048_574, 1).value = "{%tr for x in 数 %}{{ x }}{%tr endfor %}"

    assert fill("头", edit, 数=[1, 2, 3]).book()["表"].cell(1_048_576, 1).value == 3
    (fault,) = faults("头", edit, 数=[1, 2, 3, 4])
    assert (fault.code, fault.place.cell) == ("T111", "A1048574")
