"""Names in prose that nobody knows: the wrong name at its cell, the missing sheet once."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import workbook

from reportgen.compose import check_references, compose
from reportgen.diagnostics import Diagnostic
from reportgen.read import read_workbook
from reportgen.validate import validate

BAR = r"\|"
SHEETS = {
    "单位": "简称\n甲市\n乙市\n",
    "指标": "指标号 | 单位 | 名称 | 值 | 量词 | 同组\n"
    "Z001 | 甲市 | 项目 | 126 | 个 | 招商\nZ002 | 乙市 | 项目 | 9 | 个 | 招商\n",
    "活动": "活动号 | 单位 | 名称 | 类型\nH001 | 甲市 | 走访 | 走访\n",
    "引语": "引语号 | 原文 | 身份\nY001 | 落到实处。 | 代表\n",
    "名单": "名单名 | 名称\n项目 | 甲\n",
}
PROSE = (
    "{{ 甲市 }}{{ 乙市.全称 }}引进{{ Z001 }}、{{ Z002 }}，{{ 合计(指标.筛选(同组='招商')) }}，{{ 同组('招商') }}，"
    "{{ H001 }}，{{ Y001 }}，{{ Y001.身份 }}，{{ 名单.筛选(名单名='项目')[0] }}"
)


def faults(folder: Path, prose: str = PROSE, without: str = "", **changed: str) -> list[Diagnostic]:
    """The errors of a workbook with this prose, one of its sheets taken out or some of them changed."""
    sheets = {**{name: rows for name, rows in SHEETS.items() if name != without}, **changed}
    text = "".join(f"[{name}]\n{rows}" for name, rows in sheets.items())
    text += f"[内容]\n类型 | 正文\n导语 | {prose.replace('|', BAR)}\n"
    book = read_workbook(workbook(folder, text, without=[without]))
    assert book.value is not None
    data = validate(book.value)
    assert data.value is not None
    if any(fault.is_error for fault in data.diagnostics):
        return list(check_references(data.value))
    return [fault for fault in compose(data.value).diagnostics if fault.is_error]


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("单位", "“甲市”等 2 处都找不到"),
        ("指标", "“Z001”等 2 处都找不到"),
        ("活动", "“H001”找不到"),
        ("引语", "“Y001”找不到"),
        ("名单", "“名单”找不到"),
    ],
)
def test_a_sheet_that_is_gone_is_told_once(tmp_path: Path, sheet: str, words: str) -> None:
    found = faults(tmp_path, without=sheet)
    assert [(fault.code, fault.place.sheet) for fault in found] == [("C013", sheet)]
    assert found[0].message == f"文字里引用的{words}：工作簿里没有“{sheet}”表。"
    assert {place.cell for place in found[0].related} == {"B2"}


def test_a_wrong_name_is_not_blamed_on_a_sheet_that_is_gone(tmp_path: Path) -> None:
    found = faults(tmp_path, "{{ Z999 }}{{ Z888 }}{{ Z777 }}{{ Z999.同比 }}", without="活动")
    assert [(fault.code, fault.place.tag) for fault in found] == [
        ("T020", "{{ Z999 }}"),
        ("T020", "{{ Z888 }}"),
        ("T020", "{{ Z777 }}"),
    ]


@pytest.mark.parametrize(
    ("tag", "words"),
    [("{{ 刊期.期号 }}", "“刊期”"), ("{{ 稿.主标题 }}", "“稿”"), ("{{ 刊其.期号 }}", "“刊其”（相近的是“刊期”）")],
)
def test_what_only_templates_have_is_told_as_such(tmp_path: Path, tag: str, words: str) -> None:
    found = faults(tmp_path, f"{tag}引进{{{{ Z001 }}}}")
    assert [(fault.code, fault.place.cell) for fault in found] == [("C017", "B2")]
    assert found[0].message == f"文字里不能用{words}，只有模板能用。"
    assert "指标、活动、单位、引语、图片" in found[0].suggestion


BROKEN = "{{ Z00l }}、{{ Z001.同笔 }}、{{ 甲市 }}、{{ 乙市.全称 }}、{{ Z002 没结尾"


def test_faults_of_tags_are_told_together_with_those_of_the_data(tmp_path: Path) -> None:
    found = faults(tmp_path, BROKEN, 单位="简秤\n甲市\n乙市\n")
    assert [(f.code, f.place.tag) for f in found if f.is_error] == [
        ("T020", "{{ Z00l }}"),
        ("T010", "{{ Z002 没结尾"),
        ("T021", "{{ Z001.同笔 }}"),
    ]
    later = [fault for fault in found if not fault.is_error]
    assert [fault.code for fault in later] == ["C018"]
    assert later[0].message == "文字里引用的“甲市”等 2 个名字还没有查：要等“单位”表改好了再查。"


def test_what_follows_from_a_sheet_that_was_not_read_is_not_told(tmp_path: Path) -> None:
    found = faults(tmp_path, 指标="指秤 | 名称 | 值\nZ001 | 项目 | 126\n")
    assert [fault.code for fault in found] == ["C018"]


def test_a_missing_sheet_is_told_beside_other_faults(tmp_path: Path) -> None:
    rows = "指标号 | 名称 | 值\nZ001 | 项目 | 一百二\nZ002 | 乙 | 9\n"
    found = faults(tmp_path, "{{ Y001 }}{{ Z001 }}", without="引语", 指标=rows)
    assert [(fault.code, fault.place.sheet) for fault in found] == [("C013", "引语")]
