"""A fault does not raise others that follow from it: one cell to mend, one message, at that cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from faults import found, only, validated

UNITS = "[单位]\n简称\n柳州市政协\n桂林市政协\n梧州市政协\n"
USES = (
    "[板块]\n板块号 | 稿号 | 小标题\nB1 | G1 | 一\nB2 | G1 | 二\n"
    "[内容]\n稿号 | 板块号 | 类型 | 正文\nG1 | B1 | 正文 | 甲\n"
)


def test_a_wrong_number_of_an_article_is_told_there_and_not_at_every_row_that_names_it(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, f"[稿件]\n稿号 | 主标题\nG2 | 甲\n{USES}"))
    assert (fault.code, fault.place.label()) == ("V055", "数据.xlsx › 稿件 › 第2行 › 稿号 (A2)")
    assert fault.message == "没有一行写到「G2」，却有 3 处写的是「G1」，两边对不上。"
    assert fault.suggestion == "这里写错了的话，改成「G1」；那几处写错了的话，改那几处。"
    assert [place.cell for place in fault.related] == ["B2", "B3", "A2"]


def test_a_name_that_is_wrong_in_one_row_is_told_in_that_row(tmp_path: Path) -> None:
    text = f"[稿件]\n稿号 | 主标题\nG1 | 甲\n{USES}G2 | B1 | 正文 | 乙\n"
    assert found(validated(tmp_path, text))[0] == ("V041", "内容", "A3")


def test_a_unit_misspelt_in_its_own_sheet_is_told_there(tmp_path: Path) -> None:
    rows = "".join(f"Z{n} | {unit} | 甲 | 1\n" for n, unit in enumerate(["柳州市政协", "柳州市政协", "桂林市政协"]))
    text = f"[单位]\n简称\n柳洲市政协\n桂林市政协\n[指标]\n指标号 | 单位 | 名称 | 值\n{rows}"
    assert found(validated(tmp_path, text)) == [("V055", "单位", "A2")]


def test_a_unit_misspelt_wherever_it_is_named_is_told_in_every_row(tmp_path: Path) -> None:
    rows = "Z1 | 柳洲市政协 | 甲 | 1\nZ2 | 柳洲市政协 | 乙 | 1\nZ3 | 柳州市政协 | 丙 | 1\n"
    outcome = validated(tmp_path, f"{UNITS}[指标]\n指标号 | 单位 | 名称 | 值\n{rows}")
    assert found(outcome) == [("V041", "指标", "B2"), ("V041", "指标", "B3")]


def test_a_repeated_number_is_told_with_the_one_that_others_name(tmp_path: Path) -> None:
    sections = "[板块]\n板块号 | 小标题\nB1 | 一\nB1 | 二\n"
    prose = "[内容]\n板块号 | 类型 | 正文\nB1 | 正文 | 甲\nB2 | 正文 | 乙\nB2 | 正文 | 丙\n"
    fault = only(validated(tmp_path, sections + prose))
    assert (fault.code, fault.place.cell) == ("V040", "A3")
    assert fault.suggestion == "别处写到「B2」，却没有这个板块号：这里是不是「B2」？"


def test_of_a_repeated_section_nobody_knows_the_article(tmp_path: Path) -> None:
    text = (
        "[稿件]\n稿号 | 主标题\n1 | 甲\n2 | 乙\n[板块]\n板块号 | 稿号 | 小标题\nB1 | 1 | 一\nB1 | 2 | 二\n"
        "[内容]\n稿号 | 板块号 | 类型 | 正文\n1 | B1 | 正文 | 甲\n2 | B1 | 正文 | 乙\n"
    )
    assert found(validated(tmp_path, text)) == [("V040", "板块", "A3")]


EVENTS = "[活动]\n单位 | 名称 | 类型 | 开始日期\n柳州 | 会 | 会议 | 3月11日\n柳州 | 会 | 会议 | 3月12日\n"


@pytest.mark.parametrize(
    ("end", "fault", "words"),
    [
        ("12月31日", ("V034", "刊期", "B4"), "写全，如 2025年12月31日"),
        ("年底", ("V018", "刊期", "B4"), "写成 2025年3月11日"),
        ("", ("V036", "活动", "D2"), "在「刊期」表填上统计止"),
    ],
    ids=["without a year", "no date", "blank"],
)
def test_dates_without_a_year_are_the_fault_of_the_period(
    tmp_path: Path, end: str, fault: tuple[str, str, str], words: str
) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["刊期"]["B4"] = end or None

    outcome = validated(tmp_path, EVENTS, edit=put)
    assert found(outcome) == [fault]
    assert words in only(outcome).suggestion
    assert "活动" in outcome.diagnostics[0].message or outcome.diagnostics[0].place.row in (2, 4)


def test_one_date_without_a_year_is_told_for_itself(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["刊期"]["B4"] = None
        book["活动"].delete_rows(3)

    assert found(validated(tmp_path, EVENTS, edit=put)) == [("V019", "活动", "D2")]


TOTALS = [
    (f"{UNITS}[指标]\n指标号 | 单位 | 名称 | 值\nZ1 | 柳州市政协 | 甲 | 1\n | 合计 | | 1\n", "指标", "B3", "合计"),
    ("[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 1\n总 计： | | 1\n", "指标", "A3", "总 计："),
    ("[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 1\n | 小计 | 1\n", "指标", "B3", "小计"),
    ("[活动]\n单位 | 名称 | 类型 | 人次\n甲 | 会 | 会议 | 5\n合计 | | | 5\n", "活动", "A3", "合计"),
]


@pytest.mark.parametrize(("text", "sheet", "cell", "word"), TOTALS)
def test_a_total_at_the_foot_is_one_error_and_no_row(
    tmp_path: Path, text: str, sheet: str, cell: str, word: str
) -> None:
    outcome = validated(tmp_path, text)
    assert found(outcome) == [("V035", sheet, cell)]
    assert only(outcome).message == f"这一行像是「{word}」行，「{sheet}」表里不要合计行。"
    assert outcome.value is not None
    assert len(outcome.value.indicators if sheet == "指标" else outcome.value.activities) == 1


def test_a_row_with_everything_it_needs_may_be_called_a_total(tmp_path: Path) -> None:
    text = "[指标]\n指标号 | 名称 | 值\nZ1 | 合计 | 1\n"
    assert validated(tmp_path, text).diagnostics == ()


LISTS = [
    ("柳州市政协 桂林市政协", "几项之间要用、隔开：「柳州市政协、桂林市政协」。"),
    ("柳州市政协/桂林市政协和梧州市政协", "几项之间要用、隔开：「柳州市政协、桂林市政协、梧州市政协」。"),
    ("梧洲", "是不是「梧州市政协」？不是的话，在「单位」表加上它。"),
]


@pytest.mark.parametrize(("typed", "cure"), LISTS)
def test_a_list_that_is_not_parted_as_lists_are_is_told_with_the_cure(tmp_path: Path, typed: str, cure: str) -> None:
    fault = only(validated(tmp_path, f"{UNITS}[板块]\n板块号 | 小标题 | 单位范围\nB1 | 甲 | {typed}\n"))
    assert (fault.code, fault.suggestion) == ("V041", cure)


def test_outsiders_parted_by_blanks_are_questioned(tmp_path: Path) -> None:
    text = f"{UNITS}[活动]\n单位 | 名称 | 类型 | 参加单位\n柳州市政协 | 会 | 会议 | 桂林市政协 梧州市政协\n"
    fault = only(validated(tmp_path, text))
    assert fault.code == "V042"
    assert fault.message.endswith("是不是「桂林市政协、梧州市政协」？")


def test_a_measure_that_could_not_be_read_is_the_only_fault_of_its_row(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["指标"]["D2"].value, book["指标"]["D2"].data_type = "#REF!", "e"

    text = "[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | 甲 | 126个 | 个\n"
    assert found(validated(tmp_path, text, edit=put)) == [("V023", "指标", "D2")]


SECTIONS = "[板块]\n板块号 | 小标题\n"
EMPTY = [
    (
        "[稿件]\n稿号 | 主标题\n[内容]\n稿号 | 类型 | 正文\n1 | 正文 | 甲\n2 | 正文 | 乙\n",
        "稿件",
        "「内容」表的「稿号」",
    ),
    ("[稿件]\n稿号 | 主标题\n", "稿件", "至少填一篇稿"),
    (f"{SECTIONS}[内容]\n板块号 | 类型 | 正文\nB1 | 正文 | 甲\nB2 | 正文 | 乙\n", "板块", "「内容」表的「板块号」"),
]


@pytest.mark.parametrize(("text", "sheet", "words"), EMPTY)
def test_a_sheet_without_rows_is_told_once(tmp_path: Path, text: str, sheet: str, words: str) -> None:
    fault = only(validated(tmp_path, text))
    assert (fault.code, fault.message) == ("V009", f"工作表「{sheet}」只有表头，一行内容也没有。")
    assert words in fault.suggestion


def test_a_missing_column_of_values_is_told_once(tmp_path: Path) -> None:
    rows = "Z1 | 甲 |\nZ2 | 乙 |\nZ3 | 丙 | 1\n"
    outcome = validated(tmp_path, f"[指标]\n指标号 | 名称 | 名次\n{rows}")
    assert found(outcome) == [("V038", "指标", None)]
    assert only(outcome).message == "工作表「指标」没有「值」这一列，2 行指标都没有值。"


def test_a_misspelt_column_of_values_is_told_at_its_header_only(tmp_path: Path) -> None:
    outcome = validated(tmp_path, "[指标]\n指标号 | 名称 | 数值\nZ1 | 甲 | 1\nZ2 | 乙 | 2\n")
    assert found(outcome) == [("V005", "指标", "C1")]


def test_a_heading_of_two_lines_is_told_once(tmp_path: Path) -> None:
    text = "[指标]\n指标号 | 名称 | 本年 |\n | | 值 | 上年同期\nZ1 | 甲 | 1 | 2\nZ2 | 乙 | 1 | 2\n"
    fault = only(validated(tmp_path, text, edit=lambda book: book["指标"].merge_cells("C1:D1")))
    assert (fault.code, fault.place.row) == ("V039", 2)
    assert "第2行里的「值」「上年同期」移到第1行" in fault.suggestion


def test_what_must_be_filled_in_every_row_may_not_be_merged(tmp_path: Path) -> None:
    text = "[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 1\nZ2 | | 2\n"
    fault = only(validated(tmp_path, text, edit=lambda book: book["指标"].merge_cells("B2:B3")))
    assert (fault.code, fault.place.cell) == ("V010", "B3")
    assert fault.suggestion == "合并的单元格，内容只算在第一格里：取消合并，每一行都填上。"


def test_a_masthead_that_lies_flat_is_told_how_it_stands(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book.remove(book["刊期"])
        book.create_sheet("刊期").append(["文种", "统计起"])

    fault = only(validated(tmp_path, edit=put))
    assert fault.code == "V003"
    assert fault.suggestion.startswith("「刊期」表竖着填，一行一项")


def test_an_article_that_there_is_not_conflicts_with_none(tmp_path: Path) -> None:
    section = "[板块]\n板块号 | 稿号 | 小标题\nB1 | 1 | 强品牌"
    rows = f"{section}\n[内容]\n类型 | 稿号 | 板块号 | 正文\n正文 | G01 | B1 | 话。\n正文 | 1 | B1 | 话。"
    assert [code for code, *_ in found(validated(tmp_path, rows))] == ["V041"]


def test_a_note_below_the_rows_is_told_once(tmp_path: Path) -> None:
    rows = "[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | 项目 | 1 | 个\n注：以上不含续建 | | |"
    assert [code for code, *_ in found(validated(tmp_path, rows))] == ["V010"]


def test_a_sheet_without_rows_is_told_with_the_cells_that_point_to_it(tmp_path: Path) -> None:
    text = "[板块]\n板块号 | 小标题\n[指标]\n指标号 | 名称 | 值 | 板块号\nZ1 | 甲 | 1 | B99\nZ2 | 乙 | 2 | B98\n"
    fault = only(validated(tmp_path, text))
    assert fault.suggestion.startswith("「指标」表的「板块号」(D2) 填的「B99」等 2 格指的是这张表的行")
    assert [place.cell for place in fault.related] == ["D2"]
