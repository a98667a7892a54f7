"""稿, 板块 and units in their order; no unit forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import workbook

from reportgen.compose import compose
from reportgen.diagnostics import Diagnostic
from reportgen.model.issue import Issue, Section
from reportgen.read import read_workbook
from reportgen.validate import validate

UNITS = """
[单位]
简称 | 排序 | 参报
乙市 | 2 |
甲市 | 1 |
丙市 | 3 | 否
"""


def composed(folder: Path, text: str) -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    book = read_workbook(workbook(folder, text))
    assert book.value is not None, book.diagnostics
    data = validate(book.value)
    assert data.value is not None, data.diagnostics
    outcome = compose(data.value)
    return outcome.value, outcome.diagnostics


def section(folder: Path, text: str) -> Section:
    issue, faults = composed(folder, text)
    assert issue is not None, faults
    return issue.articles[0].sections[0]


def printed(part: Section) -> list[str]:
    return [str(paragraph.text) for block in part.unit_blocks for paragraph in block.paragraphs]


def test_units_stand_in_official_order_whatever_the_rows(tmp_path: Path) -> None:
    text = f"""{UNITS}
    [板块]
    板块号 | 小标题 | 展开方式
    B1 | 强品牌 | 逐单位
    [内容]
    板块号 | 类型 | 单位 | 正文 | 序
    B1 | 单位段 | 乙市 | 乙市二。 | 2
    B1 | 单位段 | 甲市 | 甲市。 | 1
    B1 | 单位段 | 乙市 | 乙市一。 | 1
    """
    assert printed(section(tmp_path, text)) == ["甲市。", "乙市一。", "乙市二。"]


def test_a_unit_without_paragraph_is_written_from_its_rows(tmp_path: Path) -> None:
    text = f"""{UNITS}
    [板块]
    板块号 | 小标题 | 展开方式 | 单位范围
    B1 | 强品牌 | 逐单位 | 甲市、乙市
    [内容]
    板块号 | 类型 | 单位 | 正文
    B1 | 单位段 | 甲市 | 甲市段。
    [活动]
    活动号 | 板块号 | 单位 | 名称 | 类型 | 做法 | 成效
    H1 | B1 | 乙市 | 走访 | 走访 | 开展走访。 | 解决难题
    [指标]
    指标号 | 板块号 | 单位 | 名称 | 值 | 量词 | 动作 | 时期 | 上年同期
    Z1 | B1 | 乙市 | 项目 | 126 | 个 | 引进 | 今年以来 | 107
    """
    made = section(tmp_path, text)
    assert printed(made) == ["甲市段。", "乙市开展走访，解决难题；今年以来引进项目126个，同比增长17.8%。"]
    assert [f.text for f in made.unit_blocks[1].paragraphs[0].text.figures] == ["126个", "17.8%"]


def test_a_unit_with_nothing_at_all_is_pending_and_said(tmp_path: Path) -> None:
    text = f"{UNITS}[板块]\n板块号 | 小标题 | 展开方式 | 单位范围\nB1 | 强品牌 | 逐单位 | 甲市"
    issue, faults = composed(tmp_path, text)
    assert issue is not None
    assert printed(issue.articles[0].sections[0]) == ["【待填：甲市】"]
    assert ("C005", "D2") in [(fault.code, fault.place.cell) for fault in faults]


def test_a_paragraph_of_a_unit_outside_the_range_is_an_error(tmp_path: Path) -> None:
    text = f"""{UNITS}
    [板块]
    板块号 | 小标题 | 展开方式 | 单位范围
    B1 | 强品牌 | 逐单位 | 甲市
    [内容]
    板块号 | 类型 | 单位 | 正文
    B1 | 单位段 | 乙市 | 乙市段。
    """
    issue, faults = composed(tmp_path, text)
    assert issue is None
    assert [(f.code, f.place.cell) for f in faults if f.is_error] == [("C004", "C2")]


def test_a_reporting_unit_that_is_not_printed_is_missed(tmp_path: Path) -> None:
    text = f"""{UNITS}
    [板块]
    板块号 | 小标题 | 展开方式
    B1 | 强品牌 | 逐单位
    [内容]
    板块号 | 类型 | 单位 | 正文
    B1 | 单位段 | 甲市 | 甲市段。
    """
    _, faults = composed(tmp_path, text)
    missed = [fault for fault in faults if fault.code == "C008"]
    assert [(fault.place.cell, "乙市" in fault.message) for fault in missed] == [("A2", True)]


def test_a_unit_of_a_piece_is_not_missed(tmp_path: Path) -> None:
    text = f"""{UNITS}
    [板块]
    板块号 | 小标题 | 展开方式
    B1 | 交流摘编 | 摘编框
    [内容]
    板块号 | 类型 | 单位 | 标题 | 正文
    B1 | 摘编 | 甲市 | 搭台 唱戏 | 搭好台。
    B1 | 摘编 | 乙市 | 连心 聚力 | 连好心。
    """
    _, faults = composed(tmp_path, text)
    assert [fault for fault in faults if fault.code == "C008"] == []


@pytest.mark.parametrize(
    ("row", "told"),
    [("B2 | 正文 | 有一段。", []), ("B1 | 正文 | 另一段。", [("B3", "“后”")])],
    ids=["filled", "empty"],
)
def test_a_section_without_content_is_told(tmp_path: Path, row: str, told: list[tuple[str, str]]) -> None:
    text = f"""
    [板块]
    板块号 | 小标题
    B1 | 前
    B2 | 后
    [内容]
    板块号 | 类型 | 正文
    B1 | 正文 | 一段。
    {row}
    """
    _, faults = composed(tmp_path, text)
    empty = [fault for fault in faults if fault.code == "C014"]
    assert [(fault.place.cell, fault.message[2:5]) for fault in empty] == told


def test_sections_and_paragraphs_follow_their_numbers(tmp_path: Path) -> None:
    text = """
    [板块]
    板块号 | 序 | 小标题
    B2 | 2 | 后
    B1 | 1 | 前
    [内容]
    类型 | 序 | 正文 | 板块号
    结尾 | | 尾。 |
    导语 | 2 | 二。 |
    导语 | 1 | 一。 |
    正文 | | 板块段。 | B1
    """
    issue, _ = composed(tmp_path, text)
    assert issue is not None
    article = issue.articles[0]
    assert [str(s.heading) for s in article.sections] == ["前", "后"]
    assert [str(p.text) for p in article.lead] == ["一。", "二。"]
    assert [str(p.text) for p in article.ending] == ["尾。"]
    assert [str(p.text) for p in article.sections[0].paragraphs] == ["板块段。"]


def test_a_title_breaks_only_where_it_is_marked(tmp_path: Path) -> None:
    issue, _ = composed(tmp_path, "[稿件]\n稿号 | 主标题\n1 | 党旗领航｜齐奋进")
    assert issue is not None
    assert str(issue.articles[0].title) == "党旗领航\n齐奋进"


def test_a_book_without_articles_is_one_error(tmp_path: Path) -> None:
    issue, faults = composed(tmp_path, "[稿件]\n稿号 | 主标题")
    assert issue is None
    assert [(f.code, f.place.sheet) for f in faults] == [("C009", "稿件")]


def test_a_quotation_not_named_in_prose_follows_in_its_section(tmp_path: Path) -> None:
    text = """
    [板块]
    板块号 | 小标题
    B1 | 强品牌
    [引语]
    引语号 | 板块号 | 序 | 原文
    Y1 | B1 | 2 | 后说。
    Y2 | B1 | 1 | 先说。
    Y3 | B1 | 3 | 已引。
    [内容]
    类型 | 正文
    导语 | {{ Y3 }}
    """
    assert [str(quote) for quote in section(tmp_path, text).quotes] == ["“先说。”", "“后说。”"]


def test_a_section_by_activities_has_a_paragraph_for_each(tmp_path: Path) -> None:
    text = """
    [刊期]
    编发日期 | 2025-12-18
    [板块]
    板块号 | 小标题 | 展开方式
    B1 | 强品牌 | 逐活动
    [活动]
    活动号 | 板块号 | 单位 | 名称 | 类型 | 开始日期 | 做法 | 成效 | 场次
    H1 | B1 | 甲市 | 走访 | 走访 | 2025-03-11 | 走访企业{{ Z900 }}。 | 解决难题 |
    H2 | B1 | 乙市 | 座谈会 | 会议 | | | |
    """
    made = section(tmp_path, text)
    texts = [str(paragraph.text) for paragraph in made.paragraphs]
    assert texts == ["3月11日，甲市走访企业126个，解决难题。", "乙市召开座谈会。"]


def test_units_stand_for_themselves_where_there_is_no_sheet_of_them(tmp_path: Path) -> None:
    text = """
    [板块]
    板块号 | 小标题 | 展开方式
    B1 | 强品牌 | 逐单位
    [内容]
    板块号 | 类型 | 单位 | 正文
    B1 | 单位段 | 乙市 | 乙市段。
    B1 | 单位段 | 甲市 | 甲市段。
    """
    assert printed(section(tmp_path, text)) == ["乙市段。", "甲市段。"]


@pytest.mark.parametrize(
    ("row", "code"),
    [("导语 | B1 | | 话。", "C010"), ("结尾 | B1 | | 话。", "C010"), ("单位段 | | 甲市 | 甲市段。", "C011")],
)
def test_a_row_that_has_no_place_is_an_error(tmp_path: Path, row: str, code: str) -> None:
    text = f"{UNITS}[板块]\n板块号 | 小标题\nB1 | 强品牌\n[内容]\n类型 | 板块号 | 单位 | 正文\n{row}"
    issue, faults = composed(tmp_path, text)
    assert issue is None
    assert [(f.code, f.place.cell) for f in faults if f.is_error] == [(code, "B2")]


def test_a_paragraph_that_does_not_name_its_unit_is_questioned(tmp_path: Path) -> None:
    text = f"""{UNITS}
    [板块]
    板块号 | 小标题 | 展开方式
    B1 | 强品牌 | 逐单位
    [内容]
    板块号 | 类型 | 单位 | 正文
    B1 | 单位段 | 甲市 | 乙市引进项目。
    B1 | 单位段 | 乙市 | 乙市段。
    """
    _, faults = composed(tmp_path, text)
    assert [(f.code, f.place.cell) for f in faults if f.code == "C012"] == [("C012", "C2")]


def test_a_sheet_that_was_not_read_is_one_error(tmp_path: Path) -> None:
    text = """
    [活动]
    活动号 | 单位 | 名称 | 类型
    H1 | 甲市 | 走访 | 走访
    [指标]
    指标号 | 名称
    [内容]
    类型 | 正文
    导语 | {{ Z1 }}{{ Z2 }}
    结尾 | {{ Z3 }}
    """
    issue, faults = composed(tmp_path, text)
    assert issue is None
    errors = [f for f in faults if f.is_error]
    assert [(f.code, f.place.sheet) for f in errors] == [("C013", "指标")]
    assert "3 处" in errors[0].message
