"""What a value becomes in a cell."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from excel_books import edited, fill, template
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from reportgen.template import Formula, Hyperlink, Template
from reportgen.template.values import Span, bold


@dataclass(frozen=True)
class Number:
    """A number that prints with its measure word and goes into a cell as a number."""

    value: Decimal
    measure: str

    def __str__(self) -> str:
        return f"{self.value}{self.measure}"

    def __spans__(self) -> Iterator[Span]:
        yield Span(str(self), source=self)

    def __cell__(self) -> object:
        return self.value


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (126, 126),
        (Decimal("17.70"), 17.7),
        (Decimal("1E+3"), 1000),
        (0.1, 0.1),
        (-3, -3),
        (True, True),
        (False, False),
        (None, None),
        ("", None),
        ("文字", "文字"),
        ("=1+1", "=1+1"),
        ("+86", "+86"),
        ("-1", "-1"),
        ("@甲", "@甲"),
        ("007", "007"),
        ('a & b < c > "d"', 'a & b < c > "d"'),
        ("两行\r\n文字\v三", "两行\n文字\n三"),
        ("坏\x00字\x1f符\ud800", "坏字符"),
        (" 前后有空格 ", " 前后有空格 "),
        (330106199001011234, "330106199001011234"),
        (date(2025, 3, 4), datetime(2025, 3, 4)),
        (datetime(2025, 3, 4, 12, 30), datetime(2025, 3, 4, 12, 30)),
        (time(8, 30), time(8, 30)),
        (date(1890, 1, 1), "1890-01-01"),
        (Number(Decimal("126"), "个"), 126),
        (bold("粗"), "粗"),
    ],
)
def test_a_cell_that_is_one_tag_keeps_the_type(value: object, cell: object) -> None:
    filled = fill("{{ 值 }}", 值=value)
    found = filled.book()["表"]["A1"]
    assert found.value == cell
    assert found.data_type != "f"


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "@SUM(1)"])
def test_text_never_becomes_a_formula(text: str) -> None:
    assert "<f>" not in fill("{{ 值 }}", 值=text).part("xl/worksheets/sheet1.xml")


def test_text_that_looks_like_an_escape_is_escaped() -> None:
    """Excel reads _x0041_ in a file as A (ECMA-376-1 §22.9.2.19)."""
    filled = fill("{{ 值 }}", 值="_x0041_")
    assert "<t>_x005F_x0041_</t>" in filled.part("xl/sharedStrings.xml")
    assert filled.seen_by_calamine() == [["_x0041_"]]


def test_a_link_among_other_text_is_its_text() -> None:
    assert fill("见{{ 链接 }}", 链接=Hyperlink("#表!A1", 5)).cells() == [["见5"]]


def test_a_date_in_a_general_cell_gets_a_date_format_and_a_formatted_cell_keeps_its_own() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["表"]["B1"].number_format = 'yyyy"年"m"月"'
        book["表"]["A1"].font = openpyxl.styles.Font(bold=True)

    sheet = fill("{{ 日 }} | {{ 日 }} | {{ 时长 }}", edit, 日=date(2025, 3, 4), 时长=timedelta(hours=6)).book()["表"]
    assert sheet["A1"].is_date
    assert sheet["A1"].font.b
    assert sheet["B1"].number_format == 'yyyy"年"m"月"'
    assert sheet["C1"].value == time(6)


def test_number_format_and_style_stay() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["表"]["A1"].number_format = "0.0%"

    cell = fill("{{ 率 }}", edit, 率=Decimal("0.177")).book()["表"]["A1"]
    assert (cell.value, cell.number_format) == (0.177, "0.0%")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("共{{ 数 }}个", "共12个"),
        ("{{ 数 }}{{ 名 }}", "12甲"),
        ("{% if 真 %}{{ 数 }}{% endif %}", 12),
        ("{% if 真 %}{{ 数 }}{% else %}无{% endif %}", 12),
        ("{% if not 真 %}{{ 数 }}{% else %}无{% endif %}", "无"),
        ("{% set x = 数 %}{{ x }}", 12),
        ("{% for d in [7] %}{{ d }}{% endfor %}", "7"),
        ("{% for d in 多 %}{{ d }}{% if not loop.last %}、{% endif %}{% endfor %}", "甲、乙"),
        ("{# 备注 #}{{ 数 }}", 12),
        ("｛｛ 数 ｝｝", 12),
        ("甲 {%- if 真 %} 乙 {%- endif %}丙", "甲 乙丙"),
        ("{_{ 不是标签 }_}", "{{ 不是标签 }}"),
        ("{{ 空 }}", None),
        ("（{{ 空 }}）", "（）"),
        ("{{ 数对象 }}", 5),
        ("共{{ 数对象 }}", "共5个"),
    ],
)
def test_text_around_a_tag(text: str, cell: object) -> None:
    names = {"数": 12, "名": "甲", "真": True, "多": ["甲", "乙"], "空": None, "数对象": Number(Decimal(5), "个")}
    # A blank cell in front of it keeps the row from being one of control tags only.
    assert fill(f"固定|{text}", **names).book()["表"]["B1"].value == cell


def test_a_value_takes_the_formatting_of_the_run_where_its_tag_begins() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        red = InlineFont(color="FFFF0000")
        book["表"]["A1"].value = CellRichText("共", TextBlock(red, "{{ 数 "), "}}", "个")

    data = fill("x", edit, 数=12).data
    cell = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)["表"]["A1"].value
    assert [str(part) for part in cell] == ["共", "12", "个"]
    assert cell[1].font.color.rgb == "FFFF0000"


def test_bold_text_among_other_text() -> None:
    data = fill("一{{ 加粗('二') }}三").data
    cell = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)["表"]["A1"].value
    assert [(str(part), isinstance(part, TextBlock) and bool(part.font.b)) for part in cell] == [
        ("一", False),
        ("二", True),
        ("三", False),
    ]


@pytest.mark.parametrize(
    ("target", "address", "place"),
    [
        (r"..\数据.xlsx#指标!E12", "../数据.xlsx", "指标!E12"),
        ("数 据[1].xlsx#一 表!A1", "数%20据%5B1%5D.xlsx", "'一 表'!A1"),
        ("https://example.cn/a?b=1&c=2", "https://example.cn/a?b=1&c=2", None),
        (r"C:\数据\表.xlsx", "file:///C:/数据/表.xlsx", None),
        (r"C:\数据\表.xlsx#指标!E12", "file:///C:/数据/表.xlsx", "指标!E12"),
        ("数据#1（50%）.xlsx#指标!E12", "数据%231（50%25）.xlsx", "指标!E12"),
        ("数据#1.xlsx", "数据%231.xlsx", None),
        ("#表!A1", None, "表!A1"),
    ],
)
def test_a_link_opens_its_place(target: str, address: str | None, place: str | None) -> None:
    link = fill("{{ 链接 }}", 链接=Hyperlink(target, "打开")).book()["表"]["A1"]
    assert (link.value, link.hyperlink.target, link.hyperlink.location) == ("打开", address, place)


@pytest.mark.parametrize(
    ("target", "address"), [("../a#b.xlsx", "../a%23b.xlsx"), ("a#表!A1.xlsx", "a%23表!A1.xlsx"), ("", None)]
)
def test_the_place_of_a_link_may_be_given_by_itself(target: str, address: str | None) -> None:
    link = fill("{{ 链接 }}", 链接=Hyperlink(target, "打开", location="一 表!A1")).book()["表"]["A1"].hyperlink
    assert (link.target, link.location) == (address, "'一 表'!A1")


def test_links_to_one_file_share_a_relationship() -> None:
    rows = [Hyperlink(f"../数据.xlsx#指标!E{n}", n) for n in range(1, 4)]
    sheet = fill("{%tr for x in 行 %}{{ x }}|{{ x }}{%tr endfor %}", 行=rows)
    assert sheet.part("xl/worksheets/_rels/sheet1.xml.rels").count("<Relationship ") == 1
    assert [row[0].value for row in sheet.book()["表"].iter_rows()] == [1, 2, 3]
    assert sheet.book()["表"]["B3"].hyperlink.location == "指标!E3"


def test_a_formula_from_the_data_is_computed_and_follows_its_row() -> None:
    rows = [
        {"数": 8, "式": Formula("=A2*2")},
        {"数": 9, "式": Formula("A2/0")},
        {"数": 1, "式": Formula("无此函数(A2)", 7)},
    ]
    filled = fill("数|倍\n{%tr for r in 行 %}{{ r.数 }}|{{ r.式 }}{%tr endfor %}", 行=rows)
    assert filled.cells()[1:] == [[8, "=A2*2"], [9, "=A3/0"], [1, "=无此函数(A4)"]]
    assert filled.values()[1:] == [[8, 16], [9, "#DIV/0!"], [1, 7]]
    assert filled.result.uncomputed == ()


def test_tags_in_the_quoted_texts_of_a_formula() -> None:
    filled = fill('=HYPERLINK("{{ 址 }}","打开"&"{{ 名 }}")|=1+1', 址="a" * 300, 名='甲"乙')
    assert filled.cells() == [[f'=HYPERLINK("{"a" * 255}"&"{"a" * 45}","打开"&"甲""乙")', "=1+1"]]
    assert filled.values() == [['打开甲"乙', 2]]


def test_a_value_is_traced_to_its_cell() -> None:
    number = Number(Decimal(3), "个")
    result = fill("标题\n{%tr for x in 行 %}{{ x }}|共{{ x }}{%tr endfor %}", trace=True, 行=[number, number]).result
    assert [(p.text, p.source, p.place.sheet, p.place.cell) for p in result.printed] == [
        ("3个", number, "表", cell) for cell in ("A2", "B2", "A3", "B3")
    ]


def test_tags_in_headers_and_properties() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["表"].oddHeader.left.text = "{{ 名 }}"
        book.properties.title = "{{ 名 }}附件"

    book = fill("x", edit, 名="甲&乙").book()
    assert book["表"].oddHeader.left.text == "甲&&乙"
    assert book.properties.title == "甲&乙附件"


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>固定</t></si>
<si><r><rPr><b/></rPr><t>共{{ 数</t></r><r><t xml:space="preserve"> }}个</t></r>
<rPh sb="0" eb="1"><t>x</t></rPh></si></sst>"""
CONTENT_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sharedStrings+xml"/></Types>'
)
RELATION = (
    '<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)


def test_shared_strings_with_tags_are_filled_and_do_not_stay_in_the_file() -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row></sheetData>'
    source = edited(template("{{ 数 }}"), "xl/worksheets/sheet1.xml", lambda x: re.sub("<row.*</sheetData>", cells, x))
    source = edited(source, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("</Relationships>", RELATION))
    source = edited(source, "[Content_Types].xml", lambda xml: xml.replace("</Types>", CONTENT_TYPE))
    filled = fill(edited(source, "xl/sharedStrings.xml", lambda _: SHARED), 数=5)
    assert filled.cells() == [["固定", "共5个"]]
    assert "{{" not in filled.part("xl/sharedStrings.xml")


def test_no_template_text_is_left_in_the_file() -> None:
    filled = fill("{{ 数 }}|{# 机密 #}固定", 数=1)
    assert not any("机密" in filled.part(name) or "{{" in filled.part(name) for name in filled.parts() if "xml" in name)


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_as_a_file_can_hold_it(texts: list[str]) -> None:
    filled = fill(_ROWS, 行=texts)
    found = [row[0] for row in openpyxl.load_workbook(io.BytesIO(filled.data))["表"].iter_rows(values_only=True)]
    assert len(found) == len(texts)
    calamine = filled.seen_by_calamine()
    for text, cell in zip(texts, found, strict=True):
        kept = "".join(c for c in text if c.isprintable() and c not in "\r\n")
        assert all(c in (cell or "") for c in kept)
    assert len(calamine) <= len(texts)


_ROWS = template("{%tr for x in 行 %}{{ x }}{%tr endfor %}")


def test_the_same_data_gives_the_same_bytes_and_another_filling_starts_anew() -> None:
    loaded = Template.load(io.BytesIO(_ROWS))
    outs = [io.BytesIO() for _ in range(3)]
    for out, rows in zip(outs, (["甲"], ["乙", "丙"], ["甲"]), strict=True):
        loaded.render({"行": rows}, out)
    assert outs[0].getvalue() == outs[2].getvalue() != outs[1].getvalue()
