"""附件说明: which sheets of 附件.xlsx it lists, and by which names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from PIL import Image as Drawing
from workbooks import workbook

from reportgen.figures import Words
from reportgen.model.issue import Issue
from reportgen.pipeline import vision
from reportgen.render import Appendix
from reportgen.resources import templates_root
from reportgen.template import Template


@pytest.fixture(scope="module")
def appendix(tmp_path_factory: pytest.TempPathFactory) -> Appendix:
    """The appendix of the minimal workbook, which has one indicator and no 活动."""
    return Appendix(issue_of(tmp_path_factory.mktemp("data"), ""))


def issue_of(folder: Path, text: str) -> Issue:
    outcome = vision(workbook(folder, text))
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    return outcome.value.issue


Bundled = Callable[[str], Template]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Bundled:
    """The 附件.xlsx of a 文种, compiled once: its filters print the same for all that these tests fill in."""
    words = Words.of_dataset(issue_of(tmp_path_factory.mktemp("words"), "").dataset)

    @cache
    def template(kind: str) -> Template:
        return Template.load(templates_root() / kind / "附件.xlsx", words.filters, words.functions)

    return template


ROWS = {
    "指标": "",
    "单位": "[单位]\n简称\n甲市",
    "活动": "[活动]\n活动号 | 单位 | 名称 | 类型\nH1 | 甲市 | 读书班 | 学习",
    "图片": "[图片]\n图片号 | 文件\nP1 | 会.png",
    "表彰": "[名单]\n名单名 | 名称\n表彰 | 先进单位",
    "板块": "[板块]\n板块号 | 小标题\nB1 | 抓学习",
    "板块里的活动": "[活动]\n活动号 | 板块号 | 单位 | 名称 | 类型\nH1 | B1 | 甲市 | 读书班 | 学习",
}


@pytest.mark.parametrize(
    ("kind", "rows", "sheets"),
    [
        ("经验通讯", "指标", ""),
        ("经验通讯", "图片", "附件1 图片登记"),
        ("经验通讯", "板块 图片", "附件1 抓学习 附件2 图片登记"),
        ("综述", "指标", ""),
        ("综述", "单位", "附件1 全覆盖检查"),
        ("综述", "板块 单位 活动", "附件1 抓学习 附件2 全覆盖检查 附件3 活动台账"),
        ("侧记", "指标", ""),
        ("侧记", "表彰", "附件1 表彰名单"),
        ("侧记", "单位 板块 板块里的活动 表彰", "附件1 考察点指标 附件2 表彰名单"),
        ("简报", "指标 图片", "附件1 指标明细 附件2 图片登记"),
        ("专版", "指标 图片", "附件1 主要指标对比 附件2 图片登记"),
    ],
)
def test_sheets_without_rows_are_left_out_and_the_others_numbered_in_turn(
    tmp_path: Path, bundled: Bundled, kind: str, rows: str, sheets: str
) -> None:
    issue = issue_of(tmp_path, "\n".join(ROWS[name] for name in rows.split()))
    names = [sheet.name for sheet in bundled(kind).filled_sheets(Appendix(issue).names)]
    assert " ".join(names) == f"{sheets} 核数表 疑点".strip()


ARTICLES = """
[刊期]
项目 | 内容
文种 | 简报
[稿件]
稿号 | 主标题
1 | 甲篇｜上
{second}
[板块]
板块号 | 稿号 | 小标题
B1 | 1 | 抓学习
[指标]
指标号 | 稿号 | 板块号 | 名称 | 值 | 量词
Z1 | 1 | B1 | 项目 | 8 | 个
Z2 | 1 | | 投资 | 9 | 亿元
Z3 | {third} | | 用工 | 10 | 人
Z4 | | | 人口 | 11 | 万人
[图片]
图片号 | 稿号 | 文件
P1 | {third} | 会.png
"""


@pytest.mark.parametrize(
    ("second", "third", "listed", "pictured"),
    [
        ("2 | 乙篇", "2", ["抓学习", "甲篇上", "乙篇", "全文"], "乙篇"),
        ("", "1", ["抓学习", "全文", "全文", "全文"], "全文"),
    ],
)
def test_rows_outside_the_sections_are_of_their_article_where_there_are_several(
    tmp_path: Path, bundled: Bundled, second: str, third: str, listed: list[str], pictured: str
) -> None:
    issue = issue_of(tmp_path, ARTICLES.format(second=second, third=third))
    out = BytesIO()
    bundled("简报").render(Appendix(issue).names, out)
    figures, pictures = openpyxl.load_workbook(out, read_only=True).worksheets[:2]
    assert [row[1] for row in figures.iter_rows(min_row=5, max_row=8, values_only=True)] == listed
    assert [row[2] for row in pictures.iter_rows(min_row=5, max_row=5, values_only=True)] == [pictured]


def with_sheets(*sheets: tuple[str, str]) -> openpyxl.Workbook:
    """A template with a sheet for each name, the text in its A1."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets:
        book.create_sheet(name)["A1"] = text or None
    return book


def loaded(book: openpyxl.Workbook) -> Template:
    content = BytesIO()
    book.save(content)
    return Template.load(BytesIO(content.getvalue()))


PROOF = ("核数表", "{% for 行 in 核数 %}{{ 行.序号 }}{% endfor %}")


@pytest.mark.parametrize(
    ("sheets", "listed"),
    [
        ([("附件1 指标", "一"), ("附件2、名单", "二"), PROOF], ("指标", "名单")),
        ([("指标", "一"), ("名单", "二")], ("指标", "名单")),
        ([("附件1 指标", "一"), ("Sheet", "")], ("指标",)),
        ([("Sheet", " ")], ()),
        ([("封面", "报送材料"), ("目录", "一、指标"), ("附件1 指标", "一"), ("名单", "二")], ("指标", "名单")),
        ([("封面", "报送材料"), ("指标", "一"), ("目录", "二")], ("指标",)),
        ([("填报说明", "先看这里"), ("附件1 指标", "一")], ("指标",)),
        ([("附件1", "一")], ("附件1",)),
        (
            [
                ("附件1 指标", "{%sheet for 号 in [1] if 指标 %}一"),
                ("附件2 台账", "{%sheet for 号 in [2] if 活动 %}二"),
            ],
            ("指标",),
        ),
    ],
)
def test_sheets_that_hold_something_are_listed_from_the_first_numbered_one(
    appendix: Appendix, sheets: list[tuple[str, str]], listed: tuple[str, ...]
) -> None:
    assert appendix.attachments(loaded(with_sheets(*sheets))) == listed


def test_hidden_sheets_are_not_listed_and_those_that_only_show_a_picture_are(
    appendix: Appendix, tmp_path: Path
) -> None:
    book = with_sheets(("指标", "一"), ("底稿", "二"), ("示意图", ""))
    book["底稿"].sheet_state = "hidden"
    Drawing.new("L", (1, 1)).save(tmp_path / "图.png")
    book["示意图"].add_image(Image(tmp_path / "图.png"))
    assert appendix.attachments(loaded(book)) == ("指标", "示意图")
