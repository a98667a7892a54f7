"""Sheets that repeat, their names, and what the workbook says of them."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from excel_books import edited, fill, template
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from reportgen.template import Template
from reportgen.template.excel.filling import names as names_module

SECTIONS = [
    {"名": "文旅", "行": [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}]},
    {"名": "经济", "行": [{"名": "丙", "数": 5}]},
]
TEXT = """
[封面]
目录
[{{ 块.名 }}]
{%sheet for 块 in 板块 %}{{ 块.名 }}一览|=B4*2
单位|数
{% for r in 块.行 %}{{ r.名 }}|{{ r.数 }}{% endfor %}
合计|=SUM(B3:B3)
[汇总]
=SUM('{{ 块.名 }}'!B3:B3)|=SUM('{{ 块.名 }}'!B4)
"""


def test_a_sheet_for_each_item_with_its_own_formulas() -> None:
    filled = fill(TEXT, 板块=SECTIONS)
    assert filled.book().sheetnames == ["封面", "文旅", "经济", "汇总"]
    assert filled.cells("文旅") == [
        ["文旅一览", "=B5*2"],
        ["单位", "数"],
        ["甲", 1],
        ["乙", 2],
        ["合计", "=SUM(B3:B4)"],
    ]
    assert filled.cells("经济") == [["经济一览", "=B4*2"], ["单位", "数"], ["丙", 5], ["合计", "=SUM(B3:B3)"]]
    assert filled.cells("汇总") == [["=SUM(文旅!B3:B4,经济!B3:B3)", "=SUM(文旅!B5,经济!B4)"]]
    assert filled.values("汇总") == [[8, 8]]
    assert filled.seen_by_calamine("文旅")[0] == ["文旅一览", 6]


def test_no_item_no_sheet() -> None:
    filled = fill(TEXT, 板块=[])
    assert filled.book().sheetnames == ["封面", "汇总"]
    assert filled.values("汇总") == [[0, 0]]
    assert "xl/worksheets/sheet2.xml" not in filled.parts()
    assert "sheet2.xml" not in filled.part("[Content_Types].xml") + filled.part("xl/_rels/workbook.xml.rels")


@pytest.mark.parametrize(("wanted", "sheets"), [(True, ["表", "附"]), (False, ["附"])])
def test_a_sheet_that_may_be_left_out(wanted: bool, sheets: list[str]) -> None:
    assert fill("[表]\n{%sheet if 要 %}\n甲\n[附]\n乙", 要=wanted).book().sheetnames == sheets


def test_the_end_of_a_repeated_sheet_may_be_written_and_its_row_vanishes() -> None:
    filled = fill("[{{ x }}]\n{%sheet for x in 名 %}\n{{ x }}\n{%sheet endfor %}", 名=["甲", "乙"])
    assert (filled.cells("甲"), filled.cells("乙")) == ([["甲"]], [["乙"]])


@pytest.mark.parametrize(
    ("names", "sheets"),
    [
        (["a/b:c*d?e\\f[g]"], ["a／b：c＊d？e＼f［g］"]),
        (["'引号'"], ["引号"]),
        (["同名", "同名", "同名"], ["同名", "同名(2)", "同名(3)"]),
        (["ABC", "abc"], ["ABC", "abc(2)"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "(2)"]),
        (["😀" * 20], ["😀" * 15]),
        (["History"], ["History_"]),
        (["附表"], ["附表(2)"]),
        ([" 两\n行 "], ["两 行"]),
        ([2025], ["2025"]),
    ],
)
def test_names_are_made_legal_and_unique(names: list[object], sheets: list[str]) -> None:
    filled = fill("[{{ x }}]\n{%sheet for x in 名 %}{{ x }}\n=A1\n[附表]\n甲", 名=names)
    assert filled.book().sheetnames == [*sheets, "附表"]
    assert [row[0] for row in filled.values(sheets[0])][1] is not None


def test_a_tag_that_gives_nothing_leaves_no_letters_of_its_own() -> None:
    filled = fill("[{{ x }}]\n{%sheet for x in 名 %}甲\n[附表]\n甲", 名=["", None, " "])
    assert filled.book().sheetnames == ["表", "表(2)", "表(3)", "附表"]


def test_names_of_a_sheet_without_a_tag_in_its_name() -> None:
    assert fill("{%sheet for x in [1, 2] %}{{ x }}").book().sheetnames == ["表", "表(2)"]


def test_print_areas_titles_and_names_follow() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["{{ 块.名 }}"]
        sheet.print_area = "A1:B4"
        sheet.print_title_rows = "1:2"
        book.defined_names["总数"] = DefinedName("总数", attr_text="汇总!$A$1")
        book["封面"].print_area = "A1:B2"
        book.active = 2

    filled = fill(TEXT, edit, 板块=SECTIONS)
    book = filled.book()
    areas = [book[name].print_area for name in ("封面", "文旅", "经济")]
    assert areas == ["'封面'!$A$1:$B$2", "'文旅'!$A$1:$B$5", "'经济'!$A$1:$B$4"]
    assert [book[name].print_title_rows for name in ("文旅", "经济")] == ["$1:$2", "$1:$2"]
    assert book.defined_names["总数"].attr_text == "汇总!$A$1"
    assert book.active.title == "汇总"
    assert [sheet.sheet_view.tabSelected for sheet in book].count(True) == 1


def test_names_over_repeated_rows_grow() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.defined_names["数据"] = DefinedName("数据", attr_text="表!$A$2:$A$2")

    filled = fill("数\n{%tr for n in [1, 2, 3] %}{{ n }}{%tr endfor %}\n=SUM(数据)", edit)
    assert filled.book().defined_names["数据"].attr_text == "表!$A$2:$A$4"
    assert filled.values()[-1] == [6]


def test_the_properties_list_the_sheets_there_are() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["{{ 块.名 }}"].print_area = "A1:B4"

    source = edited(template(TEXT, edit), "docProps/app.xml", lambda _: TITLES)
    properties = fill(source, 板块=SECTIONS).part("docProps/app.xml")
    assert re.findall(r"<vt:(?:lpstr|i4)>(.*?)</vt", properties) == [
        *("工作表", "4", "命名范围", "2"),
        *("封面", "文旅", "经济", "汇总", "文旅!Print_Area", "经济!Print_Area"),
    ]


TITLES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><HeadingPairs>'
    '<vt:vector size="4" baseType="variant"><vt:variant><vt:lpstr>工作表</vt:lpstr></vt:variant>'
    "<vt:variant><vt:i4>3</vt:i4></vt:variant><vt:variant><vt:lpstr>命名范围</vt:lpstr></vt:variant>"
    "<vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts>"
    '<vt:vector size="4" baseType="lpstr"><vt:lpstr>封面</vt:lpstr><vt:lpstr>{{ 块.名 }}</vt:lpstr>'
    "<vt:lpstr>汇总</vt:lpstr><vt:lpstr>'{{ 块.名 }}'!Print_Area</vt:lpstr></vt:vector></TitlesOfParts>"
    "</Properties>"
)


def test_tables_and_comments_of_a_repeated_sheet_are_copied() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["{{ 块.名 }}"]
        sheet.add_table(Table(displayName="数据表", ref="A2:B3"))
        sheet["A4"].comment = openpyxl.comments.Comment("合计在此", "编者")

    filled = fill(TEXT, edit, 板块=SECTIONS)
    book = filled.book()
    assert {name: dict(book[name].tables.items()) for name in ("文旅", "经济")} == {
        "文旅": {"数据表": "A2:B4"},
        "经济": {"数据表_2": "A2:B3"},
    }
    assert (book["文旅"]["A5"].comment.text, book["经济"]["A4"].comment.text) == ("合计在此", "合计在此")
    assert len({table.id for sheet in book for table in sheet.tables.values()}) == 2


def test_what_comes_of_a_template_file_is_a_workbook() -> None:
    source = edited(template("{{ x }}"), "[Content_Types].xml", lambda xml: xml.replace("sheet.main", "template.main"))
    assert fill(source, x=1).cells() == [[1]]
    assert "template.main" not in fill(source, x=1).part("[Content_Types].xml")


def test_sheet_names_without_filling() -> None:
    loaded = Template.load(io.BytesIO(template(TEXT)))
    assert [sheet.name for sheet in loaded.filled_sheets({"板块": SECTIONS})] == ["封面", "文旅", "经济", "汇总"]


def test_a_sheet_without_tags_is_copied_byte_for_byte() -> None:
    text = "[静]\n甲|1\n[动]\n{{ x }}"
    source = template(text)
    filled = fill(source, x=1)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").decode() == filled.part("xl/worksheets/sheet1.xml")
        assert archive.read("xl/styles.xml").decode() == filled.part("xl/styles.xml")


def test_names_are_tried_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    plain = names_module.cut
    monkeypatch.setattr(names_module, "cut", lambda text, units: (calls.append(units), plain(text, units))[1])
    names = names_module.SheetNames(["甲"])

    assert [names.unique("甲"), names.unique("甲"), names.unique("乙")] == ["甲(2)", "甲(3)", "乙"]
    assert len(calls) == 5
