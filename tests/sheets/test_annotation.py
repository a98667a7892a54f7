"""The checked copy: which cells are coloured, what their notes say, what the first sheet lists."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from reportgen.diagnostics import Diagnostic, Place, Severity
from reportgen.sheets.annotation import annotate


def faulty(
    cell: str, severity: Severity = Severity.ERROR, sheet: str = "指标", message: str = "不是数。"
) -> Diagnostic:
    place = Place(file="数据.xlsx", sheet=sheet, row=int(cell[1:]), column="值", cell=cell)
    return Diagnostic("V012", severity, place, message, "填数字。", "一百二")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "指标"
    sheet.append(["指标号", "值"])
    sheet.append(["Z001", "一百二"])
    sheet.append(["Z002", 3])
    sheet.merge_cells("D2:D4")
    sheet["B3"].comment = Comment("去年的数", "老王")
    book.create_sheet("对外 数据")
    path = tmp_path / "数据.xlsx"
    book.save(path)
    return path


def copy_of(workbook: Path, *diagnostics: Diagnostic):  # type: ignore[no-untyped-def]
    out = workbook.with_name("副本.xlsx")
    assert annotate(workbook, diagnostics, out).diagnostics == ()
    return load_workbook(out)


@pytest.mark.parametrize(
    ("severities", "colour"),
    [
        ((Severity.ERROR,), "FFFFC7CE"),
        ((Severity.WARNING,), "FFFFEB9C"),
        ((Severity.NOTICE,), "FFDDEBF7"),
        ((Severity.NOTICE, Severity.ERROR), "FFFFC7CE"),
    ],
)
def test_the_worst_fault_gives_the_colour(workbook: Path, severities: tuple[Severity, ...], colour: str) -> None:
    book = copy_of(workbook, *(faulty("B2", severity) for severity in severities))
    assert book["指标"]["B2"].fill.fgColor.rgb == colour


def test_the_note_says_what_and_what_to_do(workbook: Path) -> None:
    book = copy_of(workbook, faulty("B2"), faulty("B2", Severity.WARNING, message="太大。"))
    assert (
        book["指标"]["B2"].comment.text == "【错误 V012】不是数。\n建议：填数字。\n【警告 V012】太大。\n建议：填数字。"
    )


def test_a_note_that_was_there_stays(workbook: Path) -> None:
    assert copy_of(workbook, faulty("B3"))["指标"]["B3"].comment.text.startswith("去年的数\n【错误 V012】")


def test_a_merged_cell_is_marked_where_it_shows(workbook: Path) -> None:
    assert copy_of(workbook, faulty("D3"))["指标"]["D2"].comment is not None


def test_the_first_sheet_lists_every_fault_with_a_link(workbook: Path) -> None:
    gone = Diagnostic("V001", Severity.ERROR, Place(file="数据.xlsx", sheet="刊期"), "缺少工作表「刊期」。", "加一张。")
    other = Diagnostic("T003", Severity.ERROR, Place(file="正文.docx", part="正文", paragraph=2), "没有“x”。")
    book = copy_of(workbook, gone, faulty("B2"), faulty("A1", sheet="对外 数据"), other)
    assert book.sheetnames == ["_检查结果", "指标", "对外 数据"]
    sheet = book["_检查结果"]
    assert sheet["A1"].value == "「数据.xlsx」的检查结果：共 4 个错误。"
    rows = list(sheet.iter_rows(min_row=4, max_col=6, values_only=True))
    assert [row[1:4] for row in rows] == [
        ("V001", "数据.xlsx › 刊期", None),
        ("V012", "数据.xlsx › 指标 › 第2行 › 值 (B2)", "B2"),
        ("V012", "数据.xlsx › 对外 数据 › 第1行 › 值 (A1)", "A1"),
        ("T003", "正文.docx › 正文 第2段", None),
    ]
    assert [sheet.cell(row, 4).hyperlink and sheet.cell(row, 4).hyperlink.location for row in range(4, 8)] == [
        None,
        "'指标'!B2",
        "'对外 数据'!A1",
        None,
    ]


def test_the_copy_opens_on_the_list_and_selects_nothing_else(workbook: Path) -> None:
    book = copy_of(workbook, faulty("B2"))
    assert book.active.title == "_检查结果"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]


def test_text_that_looks_like_a_formula_or_holds_control_characters_stays_text(workbook: Path) -> None:
    item = Diagnostic("V012", Severity.ERROR, Place(file="数据.xlsx", sheet="指标", cell="B2"), "坏\x07字", "", "=1+1")
    sheet = copy_of(workbook, item)["_检查结果"]
    assert (sheet["E4"].value, sheet["E4"].data_type, sheet["F4"].value) == ("=1+1", "s", "坏字")


def test_the_workbook_itself_is_untouched(workbook: Path) -> None:
    before = workbook.read_bytes()
    copy_of(workbook, faulty("B2"))
    assert workbook.read_bytes() == before


def test_checking_again_replaces_the_earlier_copy(workbook: Path) -> None:
    copy_of(workbook, faulty("B2"), faulty("B3"))
    assert copy_of(workbook, faulty("B2"))["_检查结果"].max_row == 4


def test_no_draft_is_left_beside_the_copy(workbook: Path) -> None:
    copy_of(workbook, faulty("B2"))
    assert {path.name for path in workbook.parent.iterdir()} == {"数据.xlsx", "副本.xlsx"}


@pytest.mark.parametrize(
    ("out", "code"), [("数据.xlsx", "O022"), ("去年.xlsx", "O024"), ("副本.xls", "O023"), ("副本.xlsm", "O023")]
)
def test_what_is_refused(workbook: Path, out: str, code: str) -> None:
    Workbook().save(workbook.with_name("去年.xlsx"))
    before = {path.name: path.read_bytes() for path in workbook.parent.iterdir()}
    outcome = annotate(workbook, (faulty("B2"),), workbook.with_name(out))
    assert (outcome.value, [item.code for item in outcome.diagnostics]) == (None, [code])
    assert {path.name: path.read_bytes() for path in workbook.parent.iterdir()} == before


@pytest.mark.parametrize("name", ["旧.xls", "表.ods", "网页.xlsx"])
def test_only_xlsx_can_be_copied(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<html>", encoding="utf-8")
    assert [item.code for item in annotate(path, (), tmp_path / "副本.xlsx").diagnostics] == ["O023"]


def test_a_workbook_openpyxl_cannot_take_apart(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook")
    assert [item.code for item in annotate(path, (), tmp_path / "副本.xlsx").diagnostics] == ["O025"]


def test_a_folder_that_cannot_be_made_is_the_machines_fault(workbook: Path) -> None:
    out = workbook / "里面" / "副本.xlsx"
    assert [item.code for item in annotate(workbook, (), out).diagnostics] == ["O033"]
