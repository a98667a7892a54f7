"""简报 as a wrapper: 报头 and 报尾 of whatever 刊期 holds, around the 稿 of any 文种."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from documents import paragraphs
from workbooks import workbook

from reportgen.model.report import BuildOptions, Report
from reportgen.pipeline import Vision, build, vision
from reportgen.resources import inputs_root, templates_root
from reportgen.template import Template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEAST = "[内容]\n类型 | 正文\n导语 | 导语。\n"
HEAD = ("报头密级", "刊名", "刊名长", "期号", "编发单位", "编发行", "按语")
FOOT = ("版记粗线", "版记", "版记细线", "印数")


def book(folder: Path, items: str = "", sheets: str = LEAST) -> Path:
    """The workbook of a 简报 with further `items` of 刊期, one a line, and its prose."""
    return workbook(folder, f"[刊期]\n项目 | 内容\n文种 | 简报\n{items}\n\n{sheets}")


@pytest.fixture(scope="module")
def printed_by(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """The docx of a workbook, its template compiled once: filters print the same for all that these tests fill in."""
    words = seen(book(tmp_path_factory.mktemp("words"))).words
    template = Template.load(templates_root() / "简报" / "正文.docx", words.filters, words.functions)

    def printed(workbook: Path) -> Path:
        out = workbook.with_suffix(".docx")
        template.render(seen(workbook).names.article, out)
        return out

    return printed


Print = Callable[[Path], Path]


def seen(workbook: Path) -> Vision:
    outcome = vision(workbook)
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    return outcome.value


def lines(path: Path, styles: tuple[str, ...]) -> list[str]:
    """The paragraphs of these styles as `style：text`, empty ones too; a tab shows as →."""
    found = ((p.style.name if p.style else "", p.text) for p in docx.Document(str(path)).paragraphs)
    return [f"{style}：{text}".replace("\t", "→") for style, text in found if style in styles]


@pytest.mark.parametrize(
    ("items", "printed"),
    [
        ("", ["编发行：→"]),
        ("密级 | 内部", ["报头密级：内部→", "编发行：→"]),
        ("编号 | '000012", ["报头密级：→编号：000012", "编发行：→"]),
        ("刊名 | 工作简报\n期号 | 3", ["刊名：工作简报", "期号：第3期", "编发行：→"]),
        ("刊名 | 工作简报\n总期号 | 96", ["刊名：工作简报", "期号：总第96期", "编发行：→"]),
        ("期号 | 3\n总期号 | 96", ["期号：第3期（总第96期）", "编发行：→"]),
        (
            "刊名 | 自治区政协机关党的建设和履职工作情况简报",
            ["刊名长：自治区政协机关党的建设和履职工作情况简报", "编发行：→"],
        ),
        ("编发单位 | 办公厅\n编发日期 | 2025-03-11", ["编发行：办公厅→2025年3月11日"]),
        (
            "编发单位 | 自治区政协办公厅机关党委党的建设工作处室\n编发日期 | 2025-03-11",
            ["编发单位：自治区政协办公厅机关党委党的建设工作处室", "编发行：→2025年3月11日"],
        ),
        ("编者按 | 第一段。\\n第二段。", ["编发行：→", "按语：编者按：第一段。", "按语：第二段。"]),
    ],
)
def test_the_head_prints_what_is_filled_and_no_empty_rows_or_brackets(
    tmp_path: Path, printed_by: Print, items: str, printed: list[str]
) -> None:
    assert lines(printed_by(book(tmp_path, items)), HEAD) == printed


@pytest.mark.parametrize(
    ("items", "printed"),
    [
        ("", []),
        ("印数 | 150", ["版记粗线：", "印数：共印150份", "版记粗线："]),
        ("送 | 各部门", ["版记粗线：", "版记：送：各部门", "版记粗线："]),
        (
            "报 | 领导同志\n发 | 各市\n印数 | 150",
            ["版记粗线：", "版记：报：领导同志", "版记：发：各市", "版记细线：", "印数：共印150份", "版记粗线："],
        ),
    ],
)
def test_the_foot_has_its_lines_and_no_empty_rows(
    tmp_path: Path, printed_by: Print, items: str, printed: list[str]
) -> None:
    assert lines(printed_by(book(tmp_path, items)), FOOT) == printed


@pytest.mark.parametrize(
    ("items", "sections"),
    [
        ("", ["continuous"]),
        ("印数 | 150", ["nextPage", "evenPage", "continuous"]),
        ("印数 | 150\n版记 | 另页", ["nextPage", "evenPage", "continuous"]),
        ("印数 | 150\n版记 | 同页", ["continuous"]),
    ],
)
def test_the_foot_stands_at_the_bottom_of_an_even_page_or_of_the_last(
    tmp_path: Path, printed_by: Print, items: str, sections: list[str]
) -> None:
    body = docx.Document(str(printed_by(book(tmp_path, items)))).element.body
    assert [node.get(f"{W}val") for node in body.iter(f"{W}type")] == sections
    frames = {(f.get(f"{W}vAnchor"), f.get(f"{W}yAlign"), f.get(f"{W}w")) for f in body.iter(f"{W}framePr")}
    assert frames == ({("margin", "bottom", "8845")} if items else set())


def test_the_number_of_copies_leads_to_its_cell(tmp_path: Path) -> None:
    report = build(book(tmp_path, "印数 | 150"), BuildOptions())
    assert (report.figures.total, report.figures.traced) == (1, 1)


SECTIONS = """
[板块]
板块号 | 小标题 | 小标题下行
B1 | 抓学习 | 学以致用
B2 | 二、抓落实 |

[内容]
板块号 | 类型 | 领句 | 正文 | 标题 | 署名
 | 导语 | | 导语。 | |
B1 | 正文 | 先学一步。 | 甲。 | |
B1 | 正文 | | 乙。 | |
B1 | 正文 | 再学一步。 | 丙。 | |
B1 | 摘编 | | 丁。 | 经验之谈 | 某单位
B1 | 摘编 | | 戊。 | 另一篇 |
B2 | 正文 | 一是快。 | 己。 | |
B2 | 正文 | 二是实。 | 庚。 | |
B2 | 链接 | | 辛。 | 什么是落实 |
 | 结尾 | | 结尾。 | |
"""


def test_headings_and_leads_are_numbered_unless_they_number_themselves(tmp_path: Path, printed_by: Print) -> None:
    texts = paragraphs(printed_by(book(tmp_path, sheets=SECTIONS)))
    assert texts[texts.index("导语。") : texts.index("结尾。")] == [
        "导语。",
        "一、抓学习　学以致用",
        "（一）先学一步。甲。",
        "乙。",
        "（二）再学一步。丙。",
        "（三）经验之谈",
        "——某单位",
        "丁。",
        "（四）另一篇",
        "戊。",
        "二、抓落实",
        "一是快。己。",
        "二是实。庚。",
        "【链接】什么是落实",
        "辛。",
    ]


def test_a_single_section_is_not_numbered(tmp_path: Path, printed_by: Print) -> None:
    more = (
        "[板块]\n板块号 | 小标题\nB1 | 抓学习\n\n[内容]\n板块号 | 类型 | 领句 | 正文\nB1 | 正文 | 先学一步。 | 甲。\n"
    )
    assert paragraphs(printed_by(book(tmp_path, sheets=more)))[-2:] == ["抓学习", "先学一步。甲。"]


def test_several_articles_follow_each_other_each_numbered_anew(tmp_path: Path, printed_by: Print) -> None:
    more = """
[稿件]
稿号 | 主标题 | 版面序
1 | 后一篇 | 2
2 | 前一篇 | 1

[板块]
板块号 | 稿号 | 小标题
B1 | 1 | 甲
B2 | 1 | 乙
B3 | 2 | 丙
B4 | 2 | 丁

[内容]
稿号 | 板块号 | 类型 | 正文
1 | B1 | 正文 | 甲段。
1 | B2 | 正文 | 乙段。
2 | B3 | 正文 | 丙段。
2 | B4 | 正文 | 丁段。
"""
    headings = lines(printed_by(book(tmp_path, sheets=more)), ("Title", "Heading 1"))
    assert [line.partition("：")[2] for line in headings] == [
        *("前一篇", "一、丙", "二、丁"),
        *("后一篇", "一、甲", "二、乙"),
    ]


@pytest.mark.parametrize(
    ("own", "printed"),
    [
        ("", ["署名：", "文末署名：（本刊记者综合报道）"]),
        ("通讯员", ["署名：通讯员", "文末署名：（本刊记者综合报道）"]),
    ],
)
def test_a_signature_for_several_articles_stands_once_at_the_end(
    tmp_path: Path, printed_by: Print, own: str, printed: list[str]
) -> None:
    more = f"""
[稿件]
稿号 | 主标题 | 署名
1 | 甲稿 | {own}
2 | 乙稿 |

[内容]
稿号 | 类型 | 正文
1 | 导语 | 甲段。
2 | 导语 | 乙段。
"""
    out = printed_by(book(tmp_path, "署名 | （本刊记者综合报道）", more))
    assert lines(out, ("署名", "文末署名")) == [line for line in printed if not line.endswith("：")]


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Report]:
    """The sample of another 文种, as it is, built with the template of 简报."""

    def report(kind: str) -> Report:
        folder = shutil.copytree(inputs_root() / kind, tmp_path_factory.mktemp("worn") / kind)
        return build(folder / f"{kind}.xlsx", BuildOptions(template=templates_root() / "简报"))

    return report


@pytest.mark.parametrize(
    ("kind", "figures"), [("综述", 44), ("侧记", 37), pytest.param("经验通讯", 33, marks=pytest.mark.slow)]
)
def test_another_kind_goes_out_as_a_bulletin_with_nothing_lost(
    worn: Callable[[str], Report], kind: str, figures: int
) -> None:
    report = worn(kind)
    assert report.output is not None
    assert [d for d in report.diagnostics if d.severity.value != "notice"] == []
    assert (report.figures.total, report.figures.traced) == (figures, figures)
    assert lines(report.output.docx, HEAD)[-1].startswith("编发行：本报编辑部→")


def test_the_cell_that_names_the_template_is_enough_and_sheets_without_rows_are_left_out(tmp_path: Path) -> None:
    report = build(workbook(tmp_path, "[刊期]\n模板 | 简报\n刊名 | 工作简报\n"), BuildOptions())
    assert report.output is not None
    assert "刊名：工作简报" in lines(report.output.docx, HEAD)
    assert openpyxl.load_workbook(report.output.appendix, read_only=True).sheetnames == [
        *("附件1 指标明细", "核数表", "疑点")
    ]
