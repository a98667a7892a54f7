"""Sheets and headers: what is found, what is missing, what nearly is a name of the contract."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from faults import dataset, found, only, validated


def test_the_minimal_book_is_valid(tmp_path: Path) -> None:
    data = dataset(tmp_path)
    assert (data.masthead.kind, data.articles[0].id, data.indicators[0].id) == ("综述", "1", "Z900")
    assert (data.file, data.folder, len(data.sha256)) == ("数据.xlsx", str(tmp_path), 64)


@pytest.mark.parametrize("sheet", ["刊期", "稿件"])
def test_a_missing_sheet_is_one_error(tmp_path: Path, sheet: str) -> None:
    fault = only(validated(tmp_path, without=[sheet]))
    assert (fault.code, fault.message) == ("V001", f"缺少工作表「{sheet}」。")


def test_one_of_the_two_data_sheets_must_be_there(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, without=["指标"]))
    assert (fault.code, fault.message) == ("V001", "缺少工作表「指标」或「活动」。")
    activities = "[活动]\n单位 | 名称 | 类型\n柳州市政协 | 座谈会 | 会议\n"
    assert validated(tmp_path, activities, without=["指标"]).value is not None


def test_a_missing_sheet_is_told_with_the_near_name_and_not_twice(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[指标表]\n指标号 | 名称\nZ1 | 甲\n", without=["指标"]))
    assert fault.suggestion == "有一张表叫「指标表」，是的话请改名为「指标」。"


def test_a_required_sheet_that_is_hidden_is_told_so(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["稿件"].sheet_state = "hidden"

    assert only(validated(tmp_path, edit=hide)).suggestion.startswith("「稿件」表被隐藏了")


def test_a_sheet_that_nearly_has_a_name_of_the_contract_is_a_warning(tmp_path: Path) -> None:
    outcome = validated(tmp_path, "[引语表]\n引语号 | 原文\nY1 | 好\n")
    assert (only(outcome).code, only(outcome).message) == ("V006", "工作表「引语表」不是规定的表名，是不是「引语」？")
    assert outcome.value is not None
    assert outcome.value.tables[0].name == "引语表"


@pytest.mark.parametrize(
    ("sheet", "rows", "near"),
    [
        ("语引", "甲 | 乙\n", "引语"),
        ("图表", "图片号 | 文件 | 图说\nP1 | 1.jpg | 好\n", "图片"),
        ("Sheet1", "名单\n名单名 | 名称 | 电话\n项目 | 平陆运河 | 1\n", "名单"),
    ],
    ids=["characters in the other order", "its headers, a name half alike", "its headers, any name"],
)
def test_a_sheet_that_is_one_of_the_contract_by_its_looks_is_a_warning(
    tmp_path: Path, sheet: str, rows: str, near: str
) -> None:
    fault = only(validated(tmp_path, f"[{sheet}]\n{rows}"))
    assert (fault.code, fault.message) == ("V006", f"工作表「{sheet}」不是规定的表名，是不是「{near}」？")


@pytest.mark.parametrize(
    "text", ["[图表]\n月份 | 数\n1 | 2\n", "[指标]\n指标号 | 名称 | 值 | 数量 | 单价 | 时间\nZ1 | 甲 | 1 | 2 | 3 | 4\n"]
)
def test_names_of_ones_own_that_share_a_character_are_no_near_miss(tmp_path: Path, text: str) -> None:
    assert validated(tmp_path, text).diagnostics == ()


def test_a_missing_sheet_that_is_there_by_its_headers_is_told_so(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[Sheet1]\n指标号 | 名称 | 值\nZ1 | 甲 | 1\n", without=["指标"]))
    assert (fault.code, fault.suggestion) == ("V001", "有一张表叫「Sheet1」，是的话请改名为「指标」。")


def test_two_sheets_of_one_name_are_an_error(tmp_path: Path) -> None:
    assert found(validated(tmp_path, edit=lambda book: book.create_sheet("指标 "))) == [("V008", "指标 ", None)]


def test_any_other_sheet_is_kept_by_its_own_headers(tmp_path: Path) -> None:
    data = dataset(tmp_path, "[与会人员]\n与会人员名册\n姓名 | 职务（级别） |\n张三 | 主任 | 旁注\n-\n李四 | | \n")
    table = data.tables[0]
    assert (table.name, table.headers) == ("与会人员", ("姓名", "职务"))
    assert [row.values for row in table.rows] == [("张三", "主任"), ("李四", None)]
    assert table.rows[0].origin.cell("职务").label == "与会人员!B3"


def test_any_other_column_is_kept_on_its_row(tmp_path: Path) -> None:
    data = dataset(tmp_path, "[指标]\n指标号 | 名称 | 值 | 电话（办公）\nZ1 | 甲 | 1 | '0772-1\nZ2 | 乙 | 2 |\n")
    assert [row.origin.cell("电话").text for row in data.indicators] == ["0772-1", ""]


def test_the_header_may_stand_below_a_title(tmp_path: Path) -> None:
    data = dataset(tmp_path, "[指标]\n一季度指标\n-\n填表：办公室\n指标号 | 名称 | 值\nZ1 | 甲 | 1\n")
    assert data.indicators[0].origin.cell("value").label == "指标!C5"


@pytest.mark.parametrize(("titles", "codes"), [(9, []), (10, ["V003"])], ids=["tenth", "eleventh"])
def test_the_header_stands_in_the_first_ten_rows(tmp_path: Path, titles: int, codes: list[str]) -> None:
    text = "[指标]\n" + "名称\n" * titles + "指标号 | 名称 | 值\nZ1 | 甲 | 1\n"
    assert [fault.code for fault in validated(tmp_path, text).diagnostics] == codes


@pytest.mark.parametrize("header", ["值*", " 值 ", "值（万元）", "*值(只填数)", "值\\n【填数】", "值［注］"])
def test_headers_are_compared_without_stars_notes_and_blanks(tmp_path: Path, header: str) -> None:
    data = dataset(tmp_path, f"[指标]\n指标号* | 名　称 | {header}\nZ1 | 甲 | 3\n")
    value = data.indicators[0].value
    assert value is not None
    assert value.value == 3


def test_a_missing_required_column_is_one_error_with_the_near_name(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[指标]\n指标编码 | 名称 | 值\nZ1 | 甲 | 1\nZ2 | 乙 | 2\n"))
    assert (fault.code, fault.message) == ("V002", "工作表「指标」缺少必填的列「指标号」。")
    assert fault.suggestion == "有一列叫「指标编码」，是的话请改成「指标号」。"


def test_a_sheet_without_any_header_is_one_error(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[指标]\nZ1 | 甲 | 1\nZ2 | 乙 | 2\n"))
    assert (fault.code, fault.message) == ("V003", "工作表「指标」的前十行里找不到表头（应有：指标号、名称）。")


def test_two_headers_for_one_column_are_an_error(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[指标]\n指标号 | 名称 | 值 | 值（万元）\nZ1 | 甲 | 1 | 2\n"))
    assert (fault.code, fault.message) == ("V004", "工作表「指标」里「值」出现了两次（C1、D1）。")
    assert fault.place.cell == "D1"


def test_a_column_that_nearly_has_a_name_of_the_contract_is_a_warning(tmp_path: Path) -> None:
    outcome = validated(tmp_path, "[指标]\n指标号 | 名称 | 值 | 去年同期\nZ1 | 甲 | 1 | 2\n")
    fault = only(outcome)
    assert (fault.code, fault.place.cell) == ("V005", "D1")
    assert fault.message == "工作表「指标」里的「去年同期」不是规定的名字，是不是「上年同期」？"
    assert outcome.value is not None


def test_a_filled_column_without_a_header_is_a_notice(tmp_path: Path) -> None:
    outcome = validated(tmp_path, "[指标]\n指标号 | 名称 | 值 | | \nZ1 | 甲 | 1 | | 记得问\n")
    assert only(outcome).code == "V007"
    assert only(outcome).message == "工作表「指标」的 E 列没有列名，里面的内容不会用到。"
    assert outcome.value is not None


def test_an_empty_sheet_that_may_be_missing_is_nothing(tmp_path: Path) -> None:
    assert dataset(tmp_path, edit=lambda book: book.create_sheet("名单")).lists == ()


def test_the_masthead_reads_downwards(tmp_path: Path) -> None:
    text = "[刊期]\n项目* | 内容 | 说明\n刊名 | 政协综述 | 大字\n编发日期 | 3月11日 |\n小数 | 2 |\n主编 | 张三 |\n"
    masthead = dataset(tmp_path, text).masthead
    assert (masthead.name, masthead.decimals, masthead.doubling) == ("政协综述", 2, "倍")
    assert masthead.date is not None
    assert masthead.date.start.isoformat() == "2025-03-11"
    assert masthead.origin.layout.own == ("主编",)
    assert masthead.origin.cell("主编").text == "张三"
    assert masthead.origin.cell("decimals").label == "刊期!B4"


MASTHEADS = [
    ("项目 | 内容\n文种 |\n", [("V010", "B2")]),
    ("项目 | 内容\n小数 | 二\n统计止 | 年底\n", [("V012", "B2"), ("V018", "B3")]),
    ("项目 | 内容\n小数 | 17\n", [("V051", "B2")]),
    ("项目 | 内容\n刊名 | 甲\n刊名 | 乙\n", [("V004", "B3")]),
    ("项目 | 内容\n编发日子 | 2025-03-11\n", [("V005", "A2")]),
    ("项目 | 内容\n统计起 | 2026-01-01\n", [("V047", "B4")]),
]


@pytest.mark.parametrize(("rows", "faults"), MASTHEADS)
def test_faults_of_the_masthead_name_the_item(tmp_path: Path, rows: str, faults: list[tuple[str, str]]) -> None:
    outcome = validated(tmp_path, f"[刊期]\n{rows}")
    assert [(code, cell) for code, _, cell in found(outcome)] == faults


def test_a_masthead_without_the_kind_is_one_error(tmp_path: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["刊期"]["A2"] = "文 种 类"

    fault = only(validated(tmp_path, edit=rename))
    assert (fault.code, fault.suggestion) == ("V011", "有一项叫「文种类」，是的话请改成「文种」。")
