"""Several 稿 in one 期: their order, what belongs to which, the page's own pictures, and what goes wrong with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from documents import column, paragraphs, sheet
from PIL import Image
from workbooks import workbook

from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model.report import BuildOptions, Outputs, Report
from reportgen.pipeline import build
from reportgen.resources import templates_root

PAGE = """
[刊期]
项目 | 内容
文种 | 专版
编者按 | 本期写{{ 生态体 }}和{{ 经济体 }}。
[单位]
简称 | 上级 | 参报
经济体 |
生态体 |
商务局 | 经济体 | 否
林业局 | 生态体 | 否
[稿件]
稿号 | 主标题 | 引题 | 单位 | 电头 | 署名 | 署名位置 | 版面序
G1 | 甲题 | 生态体： | 生态体 | 本报讯 | 记者 | 电头 | 2
G2 | 乙题 | 经济体： | 经济体 | 本报讯 | 记者 | 电头 | 1
[指标]
指标号 | 单位 | 稿号 | 名称 | 值 | 量词
Z1 | 经济体 | G2 | 项目 | 8 | 个
Z2 | 生态体 | G1 | 造林 | 5 | 亩
[内容]
稿号 | 类型 | 正文
G1 | 导语 | 讲生态，造林{{ Z2 }}。
G2 | 正文 | 讲经济，项目{{ Z1 }}。
G2 | 正文 | 讲完经济。
"""


def page(folder: Path, *changes: tuple[str, str]) -> Path:
    """The page of two 稿, with some of its lines written otherwise."""
    text = PAGE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return workbook(folder, text)


def made(report: Report) -> Outputs:
    assert report.output is not None, [f"{d.code} {d.place.label()} {d.message}" for d in report.diagnostics]
    return report.output


def told(report: Report) -> list[Diagnostic]:
    return [item for item in report.diagnostics if item.severity is not Severity.NOTICE]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """What the page gives as it is."""
    return made(build(page(tmp_path_factory.mktemp("page")), BuildOptions()))


def test_the_page_goes_by_its_order_and_the_editors_note_by_its_own(outputs: Outputs) -> None:
    assert paragraphs(outputs.docx)[:8] == [
        "编者按：本期写生态体和经济体。",
        "经济体：",
        "乙题",
        "本报讯（记者）讲经济，项目8个。",
        "讲完经济。",
        "生态体：",
        "甲题",
        "本报讯（记者）讲生态，造林5亩。",
    ]


def test_titles_cross_the_columns_and_text_stands_in_two(outputs: Outputs) -> None:
    document = docx.Document(str(outputs.docx))
    columns = [section._sectPr.xpath("./w:cols")[0] for section in document.sections]
    assert [int(node.get(docx.oxml.ns.qn("w:num"), "1")) for node in columns] == [1, 2, 1, 2, 1]
    assert {section.start_type for section in document.sections} == {docx.enum.section.WD_SECTION.CONTINUOUS}


def test_the_appendix_puts_rows_under_their_article_in_the_order_of_the_page(outputs: Outputs) -> None:
    members = [row[:2] for row in sheet(outputs.appendix, "附件1 成员单位名录")[4:8]]
    assert members == [["经济体：乙题", None], [1, "商务局"], ["生态体：甲题", None], [1, "林业局"]]
    figures = [row[:3] for row in sheet(outputs.appendix, "附件2 主要指标对比")[4:8]]
    assert figures == [
        ["经济体：乙题", None, None],
        [1, "经济体", "项目"],
        ["生态体：甲题", None, None],
        [1, "生态体", "造林"],
    ]
    assert column(sheet(outputs.appendix, "核数表"), "稿")[:2] == ["G2", "G1"]


def test_rows_follow_their_section_and_show_what_they_are_compared_with(tmp_path: Path) -> None:
    changes = (
        ("名称 | 值 | 量词\nZ1", "名称 | 值 | 量词 | 上年同期 | 对照 | 对照名称 | 板块号\nZ1"),
        ("Z1 | 经济体 | G2 | 项目 | 8 | 个", "Z1 | 经济体 | | 项目 | 8 | 个 | 16 | | | B1"),
        ("造林 | 5 | 亩", "造林 | 5 | 亩 | | Z1 | 经济体 |"),
        ("[指标]", "[板块]\n板块号 | 稿号 | 小标题 | 导入\nB1 | G1 | 小题 | 话。\n[指标]"),
    )
    appendix = made(build(page(tmp_path, *changes), BuildOptions())).appendix
    rows = [(row[0], *row[4:8]) for row in sheet(appendix, "附件2 主要指标对比")[4:7]]
    assert rows == [
        ("生态体：甲题", None, None, None, None),
        (1, 8, 16, "上年同期", -0.5),
        (2, 5, 8, "经济体", "-3亩"),
    ]


PICTURES = """[图片]
图片号 | 文件 | 图说 | 稿号
P1 | 图.png | 整版的图 |
P2 | 图.png | 甲题的图 | G1
P3 | 图.png | 段里的图 |
"""


def test_pictures_of_no_article_are_the_pages_own_unless_a_paragraph_places_them(tmp_path: Path) -> None:
    Image.new("RGB", (600, 400)).save(tmp_path / "图.png")
    placed = (
        ("G2 | 正文 | 讲完经济。", "G2 | 正文 | 讲完经济。 | P3"),
        ("稿号 | 类型 | 正文\nG1", "稿号 | 类型 | 正文 | 图片\nG1"),
        ("[内容]", f"{PICTURES}[内容]"),
    )
    texts = paragraphs(made(build(page(tmp_path, *placed), BuildOptions())).docx)
    assert [text for text in texts if text.endswith("的图")] == ["段里的图", "甲题的图", "整版的图"]


def test_twelve_articles_follow_their_numbers(tmp_path: Path) -> None:
    order = [7, 12, 1, 10, 3, 9, 2, 11, 5, 8, 4, 6]
    articles = "".join(f"A{n} | 第{n}题 | {n}\n" for n in order)
    prose = "".join(f"A{n} | 导语 | 这是排在{n}号的稿。\n" for n in order)
    text = f"[稿件]\n稿号 | 主标题 | 版面序\n{articles}[内容]\n稿号 | 类型 | 正文\n{prose}"
    path = workbook(tmp_path, f"[刊期]\n项目 | 内容\n文种 | 专版\n{text}")
    texts = paragraphs(made(build(path, BuildOptions())).docx)
    assert texts[:24] == [line for n in range(1, 13) for line in (f"第{n}题", f"这是排在{n}号的稿。")]


FAULTS = [
    pytest.param(
        ("[指标]", "[板块]\n板块号 | 稿号 | 小标题\nB1 | G3 | 小题\n[指标]"),
        ("V041", "板块 › 第2行 › 稿号 (B2)", "G1"),
        id="a section of an unknown article",
    ),
    pytest.param(
        ("生态体： | 生态体", "生态体： | 生态休"),
        ("V041", "稿件 › 第2行 › 单位 (D2)", "生态体"),
        id="an article of an unknown unit",
    ),
    pytest.param(
        ("文种 | 专版", "文种 | 专版\n模板 | 专板"),
        ("O020", "刊期 › 第3行 › 模板 (B3)", "专版"),
        id="a template that is not there",
    ),
    pytest.param(
        ("G2 | 正文 | 讲完经济。", " | 正文 | 讲完经济。"),
        ("V044", "内容 › 第4行 › 稿号 (A4)", "板块号"),
        id="prose of no article",
    ),
]


@pytest.mark.parametrize(("change", "wanted"), FAULTS)
def test_a_fault_is_told_at_its_cell_and_nothing_is_written(
    tmp_path: Path, change: tuple[str, str], wanted: tuple[str, str, str]
) -> None:
    report = build(page(tmp_path, change), BuildOptions())
    code, place, advice = wanted
    assert [(fault.code, fault.place.label()) for fault in told(report)] == [(code, f"数据.xlsx › {place}")]
    assert advice in told(report)[0].suggestion
    assert report.output is None
    assert [path.name for path in tmp_path.iterdir()] == ["数据.xlsx"]


def test_a_template_without_an_appendix_says_what_is_missing(tmp_path: Path) -> None:
    own = tmp_path / "模板" / "专版"
    own.mkdir(parents=True)
    shutil.copy(templates_root() / "专版" / "正文.docx", own)
    report = build(page(tmp_path), BuildOptions())
    assert [(fault.code, fault.place.label()) for fault in told(report)] == [("O021", str(own))]
    assert "「附件.xlsx」" in told(report)[0].message
    assert report.output is None


def test_what_a_careful_editor_would_ask_of_several_articles(tmp_path: Path) -> None:
    changes = (
        ("记者 | 电头 | 1", "记者 | 电头 | 2\nG3 | 空｜题 | | | | | | 3"),
        ("[内容]", "[引语]\n引语号 | 身份 | 原文 | 已核定\nY1 | 市民 | 没有写进正文的话。 | 是\n[内容]"),
    )
    report = build(page(tmp_path, *changes), BuildOptions())
    questions = {d.code: d for d in told(report)}
    assert {code: d.place.label().removeprefix("数据.xlsx › ") for code, d in questions.items()} == {
        "V057": "稿件 › 第3行 › 版面序 (H3)",
        "C015": "稿件 › 第4行 › 主标题 (B4)",
        "P005": "引语 › 第2行 › 原文 (C2)",
    }
    assert questions["V057"].message == "版面序 2 填了不止一篇稿：「G1」（第2行）已经是 2，先按行的先后排。"
    assert "「空题」" in questions["C015"].message
    assert "稿号" in questions["P005"].suggestion
    titles = [text for text in paragraphs(made(report).docx) if text.endswith("题")]
    assert titles == ["甲题", "乙题", "题"]
