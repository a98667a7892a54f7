"""What is likely a mistake and stops nothing: text like an unfinished tag, formulas that name nothing."""

from __future__ import annotations

import io

import openpyxl
import pytest
from excel_books import template
from openpyxl.workbook.defined_name import DefinedName
from word_files import load

from reportgen.diagnostics import Diagnostic, Place, Severity
from reportgen.template import Template, TemplateError, suspicious

CELL = Place(file="数据.xlsx", sheet="内容", row=3, column="正文", cell="G3")
NAMES = {"稿": {"主标题": 1}, "Z001": 1}


def pieces(found: tuple[Diagnostic, ...]) -> list[str | None]:
    return [warning.place.tag for warning in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共{ 稿.主标题 }。", ["{ 稿.主标题 }"]),
        ("{Z001}个、{Z001.同比}、{Z001|概数('多')}、｛Z００１｝", ["{Z001}", "{Z001.同比}", "{Z001|概数('多')}"]),
        ("｛Z001。同比｝", ["｛Z001。同比｝"]),
        ("稿.主标题 }}，", ["}}"]),
        ("{Z001}}", ["{Z001}}"]),
        ("{{ Z001 }} }}", ["}}"]),
        ("甲 endfor %}", ["%}"]),
        ("{ { Z001 } }", ["{ { Z001 } }"]),
        ("{ % if a % }", ["{ % if a % }"]),
        ("{Z002}、{}、{ 1, 2 }、{甲", []),
        ("{{ Z001 }}{% if a %}{# } #}{_{ }_}{_% %_}", []),
        ("{{ {'a': 1} }}", []),
        ("完成50%，没有括号", []),
    ],
)
def test_text_like_an_unfinished_tag(text: str, found: list[str]) -> None:
    assert pieces(suspicious(text, CELL, NAMES)) == found


def test_a_warning_says_how_it_is_written_right() -> None:
    (warning,) = suspicious("今年引进企业{Z001}，比去年多", CELL, NAMES)

    assert (warning.code, warning.severity, warning.place.cell) == ("T037", Severity.WARNING, "G3")
    assert warning.message == "「{Z001}」像是没写完整的标签，会照原样印出来。"
    assert warning.suggestion == "要印数据，写成 {{ Z001 }}；本来就要印这些字，可以不管。"
    assert warning.text == "今年引进企业{Z001}，比去年多"


def test_what_is_too_much_behind_a_tag_is_to_be_deleted() -> None:
    (warning,) = suspicious("{{ Z001 }}}}，{{ Z001 }}", CELL, NAMES)

    assert warning.suggestion == "前面的标签已经写完，这里多了 }}，把它删掉；本来就要印的，可以不管。"


def test_a_document_tells_them_with_their_paragraph() -> None:
    header = (
        "<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:p><w:r><w:t>}}</w:t></w:r></w:p></w:hdr>"
    )
    made = load("甲", "{{ 稿.主标题 }}乙 }}", [["{¦Z001¦}"]], parts={"word/header1.xml": header})

    found = made.warnings(NAMES)

    assert [(w.place.part, w.place.paragraph, w.place.tag) for w in found] == [
        ("正文", 2, "}}"),
        ("正文", 3, "{Z001}"),
        ("页眉1", 1, "}}"),
    ]
    assert pieces(made.warnings()) == ["}}", "}}"]


def test_a_workbook_tells_them_with_their_cell() -> None:
    made = Template.load(io.BytesIO(template("[{Z001}]\n{ 稿.主标题 }|{{ 稿 }}} }}|固定")), name="附件.xlsx")

    assert {(w.place.part or w.place.cell, w.place.tag) for w in made.warnings(NAMES)} == {
        ("工作表名", "{Z001}"),
        ("A1", "{ 稿.主标题 }"),
        ("B1", "}}"),
    }


def test_a_faulty_template_tells_them_with_its_faults() -> None:
    with pytest.raises(TemplateError) as caught:
        load("{{ 稿. }}", "{Z001}", names=NAMES)

    assert [(d.code, d.severity) for d in caught.value.diagnostics] == [
        ("T011", Severity.ERROR),
        ("T037", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("=SMU(B2:B3)", "公式「=SMU(B2:B3)」里的函数“SMU”不认识，相近的有“SUM”“DSUM”。"),
        ("=IF(A1,无此(A1),1)", "公式「=IF(A1,无此(A1),1)」里的函数“无此”不认识。"),
        ("=SUM(名细!B2)", "公式「=SUM(名细!B2)」引用的工作表“名细”不在模板里，相近的有“明细”。"),
        ("='明 细'!B2", "公式「='明 细'!B2」引用的工作表“明 细”不在模板里，相近的有“明细”。"),
    ],
)
def test_formulas_that_name_what_is_not_there(formula: str, message: str) -> None:
    made = Template.load(io.BytesIO(template(f"[明细]\n{{{{ 名 }}}}\n[表]\n甲|{formula}")), name="附件.xlsx")

    (warning,) = made.warnings()
    assert (warning.severity, warning.place.sheet, warning.place.cell) == (Severity.WARNING, "表", "B1")
    assert warning.message == message


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(明细!A1)",
        "=_xlfn.XLOOKUP(1,A1:A2,A1:A2)",
        "=IFS(1,2)",
        "=翻倍(A1)",
        "=\"SMU(\"&'说明(一)'!A1",
        "='[1]别处'!A1",
    ],
)
def test_formulas_that_are_right_are_left_alone(formula: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.defined_names["翻倍"] = DefinedName("翻倍", attr_text="_xlfn.LAMBDA(x,x*2)")

    made = Template.load(io.BytesIO(template(f"[说明(一)]\n1\n[明细]\n{{{{ 名 }}}}\n{formula}", edit)))

    assert made.warnings() == ()
