"""核数表 and 疑点 of a build: each number of the docx with its verdict, and what an editor should question."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import column, sheet
from workbooks import workbook

from reportgen.model.report import BuildOptions, Report
from reportgen.pipeline import build

DATA = """
[指标]
指标号 | 名称 | 值 | 量词 | 上年同期 | 口径 | 入文
Z1 | 项目 | 126 | 个 | 107 | 签约口径 |
Z2 | 服务 | 450多 | 次 | | |
Z3 | 岗位 | | 个 | | |
Z4 | 备用 | 9 | 个 | | | 否
[词表]
类别 | 词 | 替换
豁免 | 3号工地 |
[内容]
类型 | 正文
"""


def built(folder: Path, *prose: str, more: str = "") -> Report:
    lines = "\n".join(f"导语 | {line}" for line in prose)
    report = build(workbook(folder, f"{DATA}{lines}\n{more}"), BuildOptions())
    assert report.output is not None, [fault.message for fault in report.diagnostics]
    return report


def audit(report: Report, *headers: str) -> list[tuple[object, ...]]:
    """The columns of 核数表 asked for, row by row; the numbers of 附件说明, exempt as ordinals, left out."""
    assert report.output is not None
    rows = sheet(report.output.appendix, "核数表")
    top = next(index for index, row in enumerate(rows) if "序号" in row)
    at = [rows[top].index(header) for header in headers]
    rule = rows[top].index("显示规则")
    body = [row for row in rows[top + 1 :] if isinstance(row[0], (int, float)) and row[rule] != "序号"]
    return [tuple(row[i] for i in at) for row in body]


@pytest.mark.parametrize(
    ("prose", "printed", "verdict"),
    [
        ("引进{{ Z1 }}。", "126个", "✔ 一致"),
        ("{{ Z1.同比 }}。", "17.8%", "✔ 一致"),
        ("服务{{ Z2 }}。", "450多次", "源为概数"),
        ("岗位{{ Z3 }}。", "【待填：岗位】", "待填"),
        ("引进99个。", "99", "无据"),
        ("走进3号工地。", "3", "豁免"),
        ("举办{{ 3\\|量词('次') }}。", "3次", "无据"),
        ("{{ ['甲', '乙']\\|等('个镇', 5) }}", "5个镇", "无据"),
        ("2025年3月开工。", "2025年3月", "豁免"),
    ],
)
def test_each_number_has_its_verdict(tmp_path: Path, prose: str, printed: str, verdict: str) -> None:
    rows = audit(built(tmp_path, prose), "文中数字", "结论")
    assert (printed, verdict) in rows


def test_a_row_shows_cell_value_formula_and_rule(tmp_path: Path) -> None:
    rows = audit(built(tmp_path, "{{ Z1.同比 }}"), "指标号", "指标名称", "来源单元格", "源值", "计算式", "应写", "口径")
    assert rows == [("Z1", "项目", "指标!C2、指标!E2", "126、107", "(126−107)/107", "17.8%", "签约口径")]


def test_the_same_number_elsewhere_is_named(tmp_path: Path) -> None:
    rows = audit(built(tmp_path, "引进{{ Z1 }}。", "又说{{ Z1 }}。"), "段", "同数别处")
    (first, there), (second, back) = rows
    assert (there, back) == (f"第{second}段", f"第{first}段")


def test_the_sentence_is_fifteen_characters_either_side(tmp_path: Path) -> None:
    prose = "一二三四五六七八九十甲乙丙丁戊己{{ Z1 }}子丑寅卯辰巳午未申酉戌亥天地玄黄"
    (row,) = audit(built(tmp_path, prose), "原句")
    assert row == ("二三四五六七八九十甲乙丙丁戊己126个子丑寅卯辰巳午未申酉戌亥天地玄",)


def test_the_count_of_figures(tmp_path: Path) -> None:
    figures = built(tmp_path, "{{ Z1 }}，{{ Z2 }}，{{ Z3 }}，99家，2025年。").figures
    assert (figures.total, figures.traced, figures.untraced, figures.pending) == (4, 2, 1, 1)


@pytest.mark.parametrize(
    ("prose", "code", "words"),
    [
        ("{{ Z1 }}{{ Z2 }}{{ Z3 }}共99家", "P001", "99"),
        ("{{ Z1 }}{{ Z2 }}", "P002", "岗位"),
        ("{{ Z1 }}{{ Z2 }}{{ Z3 }}和Z1", "P006", "Z1"),
    ],
)
def test_queries_are_reported_and_stand_in_their_sheet(tmp_path: Path, prose: str, code: str, words: str) -> None:
    report = built(tmp_path, prose)
    found = [item for item in report.diagnostics if item.code.startswith("P")]
    assert [item.code for item in found] == [code]
    assert words in found[0].message
    assert report.output is not None
    assert found[0].message in column(sheet(report.output.appendix, "疑点"), "现状")


def test_an_activity_left_out_is_asked_for(tmp_path: Path) -> None:
    more = "[活动]\n活动号 | 单位 | 名称 | 类型 | 入文\nH1 | 甲市 | 走访 | 走访 |\nH2 | 甲市 | 座谈 | 座谈 | 否"
    report = built(tmp_path, "{{ Z1 }}{{ Z2 }}{{ Z3 }}", more=more)
    assert [(item.code, item.place.cell) for item in report.diagnostics if item.code == "P003"] == [("P003", "A2")]


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("1{{ Z1.值 }}个", "1126"),
        ("{{ Z1.值 }}万个", "126万"),
        ("{{ Z1.值 }}5个", "1265"),
        ("-{{ Z1.值 }}个", "-126"),
        ("{{ Z1.值 }}.5个", "126.5"),
        ("{{ Z1.值 }}%", "126%"),
        ("{{ Z1 }}个", "126个个"),
        ("{{ Z1.同比 }}%", "17.8%%"),
    ],
)
def test_what_is_typed_against_a_figure_makes_another_number(tmp_path: Path, prose: str, printed: str) -> None:
    report = built(tmp_path, prose)
    assert (printed, "✘ 不一致") in audit(report, "文中数字", "结论")
    assert [(d.code, d.place.cell) for d in report.diagnostics if d.code == "P004"] == [("P004", "B2")]


@pytest.mark.parametrize("prose", ["{{ Z1 }}{{ Z1 }}", "29批{{ Z1 }}", "{{ Z1.值 }}—{{ Z1 }}", "（{{ Z1 }}）"])
def test_two_figures_side_by_side_agree(tmp_path: Path, prose: str) -> None:
    verdicts = [verdict for printed, verdict in audit(built(tmp_path, prose), "文中数字", "结论") if "126" in printed]
    assert set(verdicts) == {"✔ 一致"}


@pytest.mark.parametrize(
    ("row", "prose", "printed", "source"),
    [
        ("Z5 | 事故 | 0 | 起 | 3", "{{ Z5 }}", "0起", "指标!C6"),
        ("Z5 | 事故 | 3 | 起 | 3", "{{ Z5.同比 }}", "持平", "指标!C6、指标!E6"),
        ("Z5 | 事故 | | 起 | 3", "{{ Z5 }}", "【待填：事故】", "指标!C6"),
    ],
)
def test_zero_flat_and_pending_keep_their_cell(tmp_path: Path, row: str, prose: str, printed: str, source: str) -> None:
    report = built(tmp_path, prose, more=f"[指标]\n{row}")
    assert (printed, source, "Z5", "事故") in audit(report, "文中数字", "来源单元格", "指标号", "指标名称")


def test_a_number_typed_in_prose_is_shown_where_it_was_typed(tmp_path: Path) -> None:
    (query,) = [d for d in built(tmp_path, "共99家").diagnostics if d.code == "P001"]
    assert query.place.label() == "数据.xlsx › 内容 › 第2行 › 正文 (B2)"


def test_the_ending_belongs_to_no_section(tmp_path: Path) -> None:
    more = "[板块]\n板块号 | 小标题 | 导入\nB1 | 强品牌 | 开头{{ Z1 }}\n[内容]\n结尾 | 尾{{ Z1 }}"
    assert audit(built(tmp_path, "头{{ Z1 }}", more=more), "板块") == [(None,), ("强品牌",), (None,)]


def test_prose_that_the_template_does_not_print_is_told(tmp_path: Path) -> None:
    report = built(tmp_path, "话。", more="[刊期]\n编者按 | 按语。\n[内容]\n摘编 | 摘编的话。")
    lost = [d.place.label() for d in report.diagnostics if d.code == "P005"]
    assert lost == ["数据.xlsx › 刊期 › 第2行 › 编者按 (B2)", "数据.xlsx › 内容 › 第3行 › 正文 (B3)"]


def test_a_second_article_that_the_template_does_not_print_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, "[稿件]\n稿号 | 主标题\n1 | 第一篇\n2 | 第二篇")
    lost = [d.place.cell for d in build(path, BuildOptions()).diagnostics if d.code == "P005"]
    assert lost == ["B3"]


def test_a_sentence_is_not_cut_within_a_number(tmp_path: Path) -> None:
    report = built(tmp_path, "服务1265多次，委员联系的各家企业反映{{ Z1 }}，已经有四个月没有这样的增长55.37%；")
    assert audit(report, "原句")[1] == ("1265多次，委员联系的各家企业反映126个，已经有四个月没有这样的增长55.37%",)


def test_a_blank_number_of_sessions_is_said_to_count_as_one(tmp_path: Path) -> None:
    more = "[活动]\n活动号 | 单位 | 名称 | 类型 | 场次\nH1 | 甲市 | 走访 | 走访 |\nH2 | 甲市 | 座谈 | 座谈 | 3"
    report = built(tmp_path, "举办{{ H1.场次 }}场，共{{ 场次(活动) }}场。", more=more)
    assert audit(report, "文中数字", "源值", "应写", "结论") == [
        ("1", "（空，按1次算）", "1", "✔ 一致"),
        ("4", "（空，按1次算）、3", "4", "✔ 一致"),
    ]
