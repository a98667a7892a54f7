"""The 综述 sample from workbook to Word and Excel: what a newcomer sees after the first build."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from documents import column, outline, paragraphs, sheet

from reportgen.model.report import BuildOptions, Outputs, Report
from reportgen.pipeline import build, check
from reportgen.resources import inputs_root

# The figures of the source article in its order, as it prints them.
PRINTED = re.findall(
    r"\S+",
    """
    3个 72期 116场次 100期
    126个 17.7% 450多次 上万 11万 1150场次 30多万人 18个 3个 6次 6项 9场 3家 74家 225次 600多个
    720家 28件 16场 56个 7项 10次 320条 250个 70个 1475个 202件 55.3% 148条 52.1%
    1次 3次 6场 4次 1个 5个 2个 9次 9次 7次
    """,
)
CITIES = re.findall(r"\S+", "柳州 梧州 河池 来宾 崇左 北海 防城港 贵港 玉林 百色 南宁 桂林 钦州 贺州")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copy(inputs_root() / "综述" / "综述.xlsx", tmp_path / "综述.xlsx"))


def made(report: Report) -> Outputs:
    assert report.output is not None, [d.message for d in report.diagnostics]
    return report.output


def test_every_element_stands_in_order(workbook: Path, golden: Callable[[str, str], None]) -> None:
    golden("综述.txt", outline(made(build(workbook, BuildOptions())).docx))


def test_all_44_figures_are_printed_as_the_source_prints_them_and_lead_to_a_cell(workbook: Path) -> None:
    report = build(workbook, BuildOptions())
    assert report.ok
    assert (report.figures.total, report.figures.traced) == (44, 44)
    audit = sheet(made(report).appendix, "核数表")
    printed = [str(text) for text in column(audit, "文中数字")]
    cells = column(audit, "来源单元格")
    traced = [text for text, verdict in zip(printed, column(audit, "结论"), strict=True) if verdict != "豁免"]
    assert len(traced) == len(PRINTED) == 44
    assert all(want in got for want, got in zip(PRINTED, traced, strict=True)), traced
    assert len(cells) == 44


def test_each_unit_is_written_once_in_official_order(workbook: Path) -> None:
    texts = paragraphs(made(build(workbook, BuildOptions())).docx)
    openings = [unit for text in texts for unit in CITIES if text.startswith(f"{unit}市政协")]
    assert openings == CITIES


def test_a_changed_cell_shows_in_sentence_appendix_and_audit(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    row = next(row for row in book["指标"].iter_rows() if row[0].value == "Z003")
    value = next(cell for cell in row if cell.value == 126)
    value.value = 131
    book.save(workbook)
    output = made(build(workbook, BuildOptions()))
    assert any("产业项目131个" in text for text in paragraphs(output.docx))
    assert not any("126个" in text for text in paragraphs(output.docx))
    first_section = openpyxl.load_workbook(output.appendix).sheetnames[0]
    assert 131 in [cell for row in sheet(output.appendix, first_section) for cell in row]
    assert "131个" in column(sheet(output.appendix, "核数表"), "文中数字")
    manifest = json.loads(output.manifest.read_text("utf-8"))
    entry = next(f for f in manifest["figures"] if f["text"] == "131个")
    assert (entry["indicator"], entry["value"], entry["sources"][0]["cell"]) == ("Z003", "131", value.coordinate)


def test_the_same_input_gives_the_same_bytes(workbook: Path, tmp_path: Path) -> None:
    first = made(build(workbook, BuildOptions(output=tmp_path / "甲")))
    second = made(build(workbook, BuildOptions(output=tmp_path / "乙")))
    assert first.docx.read_bytes() == second.docx.read_bytes()
    assert first.appendix.read_bytes() == second.appendix.read_bytes()


def test_every_figure_has_a_bookmark_of_its_own(workbook: Path) -> None:
    output = made(build(workbook, BuildOptions()))
    names = [f["bookmark"] for f in json.loads(output.manifest.read_text("utf-8"))["figures"]]
    assert len(set(names)) == 44
    assert all(re.fullmatch(r"_F_[0-9a-f]{6}_[0-9]{5}", name) for name in names)


def test_check_finds_nothing_wrong_and_writes_nothing(workbook: Path) -> None:
    report = check(workbook)
    assert report.ok
    assert [d for d in report.diagnostics if d.severity.value != "notice"] == []
    assert [path.name for path in workbook.parent.iterdir()] == ["综述.xlsx"]
