"""The faults that the source articles show, typed into a workbook: the whole build tells each at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import sheet
from workbooks import workbook

from reportgen.model.report import BuildOptions, Report
from reportgen.pipeline import build, check

REPEATED = "各级党组织把学习成果转化为推动发展的实际行动，一件一件抓落实。"
COMMAS = "一年来,各地抓学习,抓落实,抓作风,抓队伍,抓品牌。"
DATA = f"""
[指标]
指标号 | 名称 | 值 | 量词 | 占比 | 性质
Z1 | 高新技术企业 | 422 | 家 | 36.67 |
Z2 | 科技型企业 | 347 | 家 | |
Z3 | 科技型企业增速 | 86.23 | % | | 增速
Z4 | 工业总产值 | 263多亿 | 元 | |
[内容]
类型 | 正文
导语 | 企业{{{{ Z1 }}}}，占全市{{{{ Z1.占比 }}}}；科技型企业{{{{ Z2 }}}}，同比{{{{ Z3.增减 }}}}；产值{{{{ Z4 }}}}。
导语 | 到年底，辖区里的高新技术企业已有422家，占全市36.67%。
导语 | 新入库一批中小企业，总数达到347家，同比增长86.23%，势头向好。
导语 | 规模以上工业总产值增长到263多亿元。
导语 | {REPEATED}
导语 | {COMMAS}
导语 | {REPEATED}
导语 | 推动村级集体经济经济发展。
导语 | {REPEATED}
"""

WANTED = [
    ("P022", "指标", "E2"),
    ("P023", "指标", "C4"),
    ("P024", "指标", "C5"),
    # What the first sentence puts together is told at the cells alone.
    ("P022", "内容", "B3"),
    ("P023", "内容", "B4"),
    ("P024", "内容", "B5"),
    ("P065", "内容", "B8"),
    ("P068", "内容", "B7"),
    ("P071", "内容", "B9"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(workbook(tmp_path_factory.mktemp("源"), DATA), BuildOptions())


def test_each_is_told_at_its_cell(report: Report) -> None:
    typed = ("P001",)
    found = [(d.code, d.place.sheet, d.place.cell) for d in report.diagnostics if d.code not in typed]
    assert sorted(found, key=str) == sorted(WANTED, key=str)


def test_half_width_commas_are_one_question_for_a_paragraph(report: Report) -> None:
    (query,) = [d for d in report.diagnostics if d.code == "P068"]
    assert query.message.startswith("这一段有 5 处半角标点（,）")


def test_they_stand_in_the_sheet_of_questions(report: Report) -> None:
    assert report.output is not None
    rows = sheet(report.output.appendix, "疑点")
    listed = {str(row[1]) for row in rows if row[0] in ("警告", "提示")}
    assert {"百分比", "概数", "重复", "标点", "叠词", "手写数字"} <= listed


def test_a_question_names_the_cell_and_the_paragraphs_that_print_it(report: Report) -> None:
    assert report.output is not None
    rows = sheet(report.output.appendix, "疑点")
    places = {str(row[2]).partition("；")[0]: str(row[2]).partition("；")[2] for row in rows if row[0] == "警告"}
    of_share, of_growth = (places[f"数据.xlsx › 指标 › {cell}"] for cell in ("第2行 › 占比 (E2)", "第4行 › 值 (C4)"))
    assert of_share == of_growth
    assert of_share.startswith("文中第")


def test_a_check_tells_the_same_as_a_build(report: Report, tmp_path: Path) -> None:
    found = check(workbook(tmp_path, DATA)).diagnostics
    assert [(d.code, d.message) for d in found] == [(d.code, d.message) for d in report.diagnostics]
