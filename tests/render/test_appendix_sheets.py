"""The appendix of the 综述 sample: its sheets, their order, the columns, formulas with values, and what is printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from documents import paragraphs
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import changed_by_saving, differences, office

from reportgen.model.report import BuildOptions, Outputs
from reportgen.pipeline import build
from reportgen.resources import inputs_root, templates_root

INDICATORS = [
    "序号",
    "单位",
    "指标",
    "量词",
    "本期",
    "上年同期",
    "同比",
    "目标",
    "完成率",
    "占比",
    "名次",
    "口径",
    "截止日",
    "来源",
]
PRINTED = ["序号", "段", "原句", "文中数字", "指标名称", "来源单元格", "源值", "计算式", "应写", "结论", "复核人"]
FOLDED = ["稿", "板块", "指标号", "来源文件", "计算值", "显示规则", "口径", "截止日", "同数别处", "复核日期"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The sample with a few base values, targets and wholes filled in, so that every formula has work to do."""
    folder = tmp_path_factory.mktemp("综述")
    path = Path(shutil.copy(inputs_root() / "综述" / "综述.xlsx", folder / "综述.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["指标"]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "Z003":
            sheet.cell(row[0].row, columns["上年同期"]).value = 107
            sheet.cell(row[0].row, columns["目标"]).value = 120
    book.save(path)
    report = build(path, BuildOptions())
    assert report.output is not None, [d.message for d in report.diagnostics]
    return report.output


@pytest.fixture(scope="module")
def book(sample: Outputs) -> openpyxl.Workbook:
    return openpyxl.load_workbook(sample.appendix)


@pytest.fixture(scope="module")
def values(sample: Outputs) -> openpyxl.Workbook:
    return openpyxl.load_workbook(sample.appendix, data_only=True)


def _header(sheet: Worksheet, first: str = "序号") -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == first)


def _headers(sheet: Worksheet, first: str = "序号") -> list[object]:
    return [cell.value for cell in sheet[_header(sheet, first)] if cell.value]


def test_sheets_follow_the_article_and_its_list_of_attachments(sample: Outputs, book: openpyxl.Workbook) -> None:
    listed = [text for text in paragraphs(sample.docx) if text.lstrip("附件：")[:2] in ("1.", "2.", "3.", "4.", "5.")]
    names = [text.partition(".")[2] for text in listed]
    assert [title.partition(" ")[2] for title in book.sheetnames[:5]] == names
    assert [title.partition(" ")[0] for title in book.sheetnames[:5]] == [f"附件{n}" for n in range(1, 6)]
    assert book.sheetnames[5:] == ["核数表", "疑点"]


def test_indicator_sheets_have_all_columns_in_order(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[:3]:
        assert _headers(sheet)[:14] == INDICATORS
        assert sheet.column_dimensions["O"].outlineLevel == 1


def test_growth_completion_and_share_are_formulas_with_their_values(
    book: openpyxl.Workbook, values: openpyxl.Workbook
) -> None:
    sheet, shown = book.worksheets[0], values.worksheets[0]
    row = next(r[0].row for r in sheet.iter_rows() if r[2].value == "产业项目")
    assert all(str(sheet.cell(row, column).value).startswith("=") for column in (7, 9, 10))
    assert shown.cell(row, 7).value == pytest.approx(126 / 107 - 1)
    assert shown.cell(row, 9).value == pytest.approx(1.05)
    assert shown.cell(row, 10).value in ("", None)


def test_the_period_names_the_year(values: openpyxl.Workbook) -> None:
    assert str(values.worksheets[0]["A3"].value).startswith("统计期：2025年1月1日至12月")


def test_coverage_is_a_matrix_of_units_and_sections(values: openpyxl.Workbook) -> None:
    sheet = values.worksheets[3]
    headers = _headers(sheet)
    assert headers[:4] + headers[-3:] == ["序号", "单位", "类别", "参报", "段数", "数字数", "结论"]
    assert len(headers) == 10
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=_header(sheet) + 1) if row[0].value]
    units = [row for row in rows if row[3] == "是"]
    assert len(units) == 14
    assert all(row[7] == sum(n or 0 for n in row[4:7]) == 1 for row in units)
    total = next(row for row in rows if row[0] == "合计")
    assert total[4:9] == [5, 5, 4, 14, sum(row[8] for row in units)]


def test_the_audit_prints_its_columns_and_folds_the_others(book: openpyxl.Workbook) -> None:
    sheet = book["核数表"]
    assert _headers(sheet) == PRINTED + FOLDED
    assert sheet.print_area.startswith("'核数表'!$A$1:$K$")
    folded = {name for name, dimension in sheet.column_dimensions.items() if dimension.outlineLevel}
    assert folded == set("LMNOPQRSTU")
    linked = next(cell for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    assert linked.hyperlink.target == "综述.xlsx"
    assert linked.value == linked.hyperlink.location.replace("'", "") == "指标!E2"


def test_every_sheet_prints_on_a4_landscape_with_its_header_on_each_page(book: openpyxl.Workbook) -> None:
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.orientation, str(setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
        first = "级别" if sheet.title == "疑点" else "活动号" if "活动台账" in sheet.title else "序号"
        header = _header(sheet, first)
        assert sheet.print_title_rows == f"${header}:${header}"
        assert sheet.freeze_panes.rstrip("0123456789") + str(header + 1) == sheet.freeze_panes
        assert "&P" in sheet.oddFooter.center.text
        last = [row[0].value for row in sheet.iter_rows() if row[0].value][-1]
        assert "审核人" in str(last)
        assert "日期" in str(last)


@pytest.mark.slow
@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_libreoffice_computes_what_stands_beside_the_formulas(sample: Outputs, tmp_path: Path) -> None:
    assert list(differences(sample.appendix, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_saves_the_same(sample: Outputs, tmp_path: Path) -> None:
    assert list(changed_by_saving(sample.appendix, tmp_path)) == []


def _own_template(folder: Path, drop: list[str], order: list[str] | None = None) -> Path:
    path = Path(shutil.copy(inputs_root() / "综述" / "综述.xlsx", folder / "综述.xlsx"))
    own = Path(shutil.copytree(templates_root() / "综述", folder / "模板" / "综述"))
    book = openpyxl.load_workbook(own / "附件.xlsx")
    for title in drop:
        del book[title]
    if order:
        book._sheets = [book[title] for title in order] + [s for s in book if s.title not in order]
    book.save(own / "附件.xlsx")
    return path


def test_proof_sheets_that_a_template_lacks_are_appended(tmp_path: Path, book: openpyxl.Workbook) -> None:
    report = build(_own_template(tmp_path, ["核数表", "疑点"]), BuildOptions())
    assert report.output is not None
    added = [d for d in report.diagnostics if d.code == "O045"]
    assert [("核数表" in d.message, "疑点" in d.message) for d in added] == [(True, False), (False, True)]
    made = openpyxl.load_workbook(report.output.appendix)
    assert made.sheetnames == book.sheetnames
    assert _headers(made["核数表"]) == PRINTED + FOLDED
    assert made["核数表"].max_row == book["核数表"].max_row
    assert made["核数表"]["A3"].fill.fgColor.rgb == book["核数表"]["A3"].fill.fgColor.rgb


def test_proof_sheets_are_last_wherever_the_template_has_them_and_whatever_their_name(tmp_path: Path) -> None:
    path = _own_template(tmp_path, [], ["疑点", "核数表"])
    template = tmp_path / "模板" / "综述" / "附件.xlsx"
    book = openpyxl.load_workbook(template)
    book["核数表"].title = "数字核对"
    book.save(template)
    report = build(path, BuildOptions())
    assert report.output is not None
    assert openpyxl.load_workbook(report.output.appendix).sheetnames[-2:] == ["数字核对", "疑点"]
    assert not any("核对" in text for text in paragraphs(report.output.docx))
