"""What must agree between rows and sheets: keys, references, 稿 and 板块, dates, pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from faults import dataset, found, only, validated

UNITS = "[单位]\n简称 | 全称 | 别称\n柳州市政协 | 政协柳州市委员会 | 柳州政协\n梧州市政协 | |\n"


def test_an_unknown_unit_is_told_with_the_near_names(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, f"{UNITS}[指标]\n指标号 | 单位 | 名称 | 值\nZ1 | 柳洲市政协 | 甲 | 1\n"))
    assert (fault.code, fault.place.label()) == ("V041", "数据.xlsx › 指标 › 第2行 › 单位 (B2)")
    assert fault.message == "「柳洲市政协」在「单位」表的「简称」里找不到。"
    assert fault.suggestion == "是不是「柳州市政协」？不是的话，在「单位」表加上它。"


@pytest.mark.parametrize("name", ["柳州市政协", "政协柳州市委员会", "柳州政协", "柳州 市政协"])
def test_a_unit_may_be_called_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    data = dataset(tmp_path, f"{UNITS}[指标]\n指标号 | 单位 | 名称 | 值\nZ1 | {name} | 甲 | 1\n")
    assert data.indicators[0].unit == "柳州市政协"


def test_without_the_sheet_of_units_their_names_stand_as_they_are(tmp_path: Path) -> None:
    data = dataset(tmp_path, "[指标]\n指标号 | 单位 | 名称 | 值\nZ1 | 柳州政协 | 甲 | 1\n")
    assert data.indicators[0].unit == "柳州政协"


def test_outsiders_may_take_part_but_a_near_name_is_questioned(tmp_path: Path) -> None:
    text = f"{UNITS}[活动]\n单位 | 名称 | 类型 | 参加单位\n柳州政协 | 会 | 会议 | 市教育局、柳洲市政协\n"
    outcome = validated(tmp_path, text)
    assert (only(outcome).code, only(outcome).message) == (
        "V042",
        "「柳洲市政协」不在「单位」表里，是不是「柳州市政协」？",
    )
    assert outcome.value is not None


REFERENCES = [
    ("[板块]\n板块号 | 小标题\nB1 | 甲\n[内容]\n板块号 | 类型 | 正文\nB2 | 正文 | 甲\n", "内容", "A2", "板块"),
    ("[内容]\n稿号 | 类型 | 正文\n2 | 正文 | 甲\n", "内容", "A2", "稿件"),
    ("[图片]\n图片号 | 文件\nP1 | ../x\n[内容]\n类型 | 正文 | 图片\n正文 | 甲 | P2\n", "内容", "C2", "图片"),
    (f"{UNITS}[板块]\n板块号 | 小标题 | 单位范围\nB1 | 甲 | 柳州政协、桂林\n", "板块", "C2", "单位"),
]


@pytest.mark.parametrize(("text", "sheet", "cell", "target"), REFERENCES)
def test_a_reference_to_nothing_is_an_error_at_its_cell(
    tmp_path: Path, text: str, sheet: str, cell: str, target: str
) -> None:
    faults = [fault for fault in validated(tmp_path, text).diagnostics if fault.code == "V041"]
    assert [(fault.place.sheet, fault.place.cell) for fault in faults] == [(sheet, cell)]
    assert f"在「{target}」表" in faults[0].message


def test_a_whole_names_another_row(tmp_path: Path) -> None:
    rows = "Z1 | 甲 | 1 | Ｚ２\nZ2 | 乙 | 2 |\nZ3 | 丙 | 3 | Z9\n"
    outcome = validated(tmp_path, f"[指标]\n指标号 | 名称 | 值 | 总体\n{rows}")
    fault = only(outcome)
    assert (fault.code, fault.place.cell, fault.message) == (
        "V053",
        "D4",
        "「Z9」既不是数，也不是「指标」表里的指标号。",
    )


def test_a_sheet_that_is_referred_to_but_missing_is_one_error(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[内容]\n板块号 | 类型 | 正文\nB1 | 正文 | 甲\nB2 | 正文 | 乙\n"))
    assert (fault.code, fault.message) == ("V052", "「内容」表有 2 行填了「板块号」，工作簿里却没有「板块」表。")


def test_a_sheet_whose_keys_could_not_be_read_raises_no_faults_elsewhere(tmp_path: Path) -> None:
    text = "[单位]\n单位简称 | 全称\n柳州 |\n[指标]\n指标号 | 单位 | 名称 | 值\nZ1 | 柳州 | 甲 | 1\n"
    assert [code for code, _, _ in found(validated(tmp_path, text))] == ["V002"]


def test_a_key_that_is_blank_raises_no_faults_of_reference(tmp_path: Path) -> None:
    text = "[单位]\n简称 | 全称\n | 柳州政协\n[指标]\n指标号 | 单位 | 名称 | 值\nZ1 | 柳州 | 甲 | 1\n"
    assert found(validated(tmp_path, text)) == [("V010", "单位", "A2")]


KEYS = [
    (
        "[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 1\nＺ１ | 乙 | 2\n",
        "指标",
        "A3",
        "「Z1」重复了：「指标」表第2行已经用过。",
    ),
    ("[稿件]\n稿号 | 主标题\n1 | 甲\n1 | 乙\n", "稿件", "A3", "「1」重复了：「稿件」表第2行已经用过。"),
    ("[引语]\n引语号 | 原文\nZ900 | 好\n", "引语", "A2", "「Z900」重复了：「指标」表第2行已经用过。"),
    ("[单位]\n简称\nZ900\n", "指标", "A2", "「Z900」重复了：「单位」表第2行已经用过。"),
]


@pytest.mark.parametrize(("text", "sheet", "cell", "message"), KEYS)
def test_one_name_for_two_rows_is_an_error(tmp_path: Path, text: str, sheet: str, cell: str, message: str) -> None:
    fault = only(validated(tmp_path, text))
    assert (fault.code, fault.place.sheet, fault.place.cell, fault.message) == ("V040", sheet, cell, message)
    assert fault.related[0].row == 2


def test_a_row_of_a_list_has_no_name_of_its_own(tmp_path: Path) -> None:
    text = "[单位]\n简称\n柳州\n[名单]\n名单名 | 名称\n先进 | 柳州\n先进 | 柳州\n"
    assert validated(tmp_path, text).diagnostics == ()


def test_a_picture_without_an_article_is_the_pages_own(tmp_path: Path) -> None:
    (tmp_path / "甲.png").write_bytes(b"png")
    assert validated(tmp_path, f"{TWO}[图片]\n图片号 | 文件\nP1 | 甲.png\n").diagnostics == ()


def test_numbers_of_articles_and_sections_do_not_clash_with_each_other(tmp_path: Path) -> None:
    assert dataset(tmp_path, "[板块]\n板块号 | 小标题\n1 | 甲\n").sections[0].id == "1"


def test_a_name_shared_by_two_units_is_an_error(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[单位]\n简称 | 别称\n柳州 | 市政协\n梧州 | 市政协\n"))
    assert (fault.code, fault.message) == ("V043", "「市政协」既是「柳州」的名字，又是「梧州」的名字。")


TWO = "[稿件]\n稿号 | 主标题\n1 | 甲\n2 | 乙\n"
HOMES = [
    (f"{TWO}[内容]\n类型 | 正文\n导语 | 甲\n", [("V044", "内容", None)]),
    (f"{TWO}[板块]\n板块号 | 稿号 | 小标题\nB1 | | 甲\n", [("V044", "板块", "B2")]),
    (
        f"{TWO}[板块]\n板块号 | 稿号 | 小标题\nB1 | 1 | 甲\n[内容]\n稿号 | 板块号 | 类型 | 正文\n2 | B1 | 正文 | 甲\n",
        [("V045", "内容", "A2")],
    ),
    (f"{TWO}[板块]\n板块号 | 稿号 | 小标题\nB1 | 1 | 甲\n[内容]\n板块号 | 类型 | 正文\nB1 | 正文 | 甲\n", []),
    (f"{TWO}[引语]\n引语号 | 原文\nY1 | 好\n", []),
    ("[内容]\n类型 | 单位 | 正文\n单位段 | | 甲\n", [("V046", "内容", "B2")]),
]


@pytest.mark.parametrize(("text", "faults"), HOMES)
def test_prose_must_know_where_it_belongs(tmp_path: Path, text: str, faults: list[tuple[str, str, str | None]]) -> None:
    assert found(validated(tmp_path, text)) == faults


def test_an_end_before_its_beginning_is_an_error(tmp_path: Path) -> None:
    rows = "柳州 | 会 | 会议 | 3月11日 | 3月1日\n柳州 | 会 | 会议 | 2025年3月 | 3月1日\n"
    fault = only(validated(tmp_path, f"[活动]\n单位 | 名称 | 类型 | 开始日期 | 结束日期\n{rows}"))
    assert (fault.code, fault.place.cell) == ("V047", "E2")
    assert fault.message == "「结束日期」（2025-03-01）早于「开始日期」（2025-03-11）。"


@pytest.mark.parametrize(
    "file",
    ["../甲.png", "图片/../../甲.png", "/etc/hosts", r"C:\照片\甲.png", "D:甲.png", r"\\server\甲.png", "~/甲.png"],
)
def test_a_picture_outside_the_folder_is_an_error(tmp_path: Path, file: str) -> None:
    fault = only(validated(tmp_path, f"[图片]\n图片号 | 文件\nP1 | {file}\n"))
    assert (fault.code, fault.place.cell) == ("V049", "B2")
    assert fault.message == f"图片「{file}」不在工作簿所在的文件夹里。"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    folder.mkdir()
    (tmp_path / "甲.png").write_bytes(b"png")
    (folder / "乙.png").symlink_to(tmp_path / "甲.png")
    assert only(validated(folder, "[图片]\n图片号 | 文件\nP1 | 乙.png\n")).code == "V049"


def test_a_picture_that_is_not_there_is_a_warning_with_the_near_name(tmp_path: Path) -> None:
    (tmp_path / "现场.jpeg").write_bytes(b"jpeg")
    outcome = validated(tmp_path, "[图片]\n图片号 | 文件\nP1 | 现场.jpg\nP2 | 现场.jpeg\n")
    fault = only(outcome)
    assert (fault.code, fault.message) == ("V050", "找不到图片「现场.jpg」；印图片的模板会印成【待补图：现场.jpg】。")
    assert fault.suggestion == "这个文件夹里有「现场.jpeg」，是不是它？"
    assert outcome.value is not None


def test_a_picture_whose_name_no_system_could_hold_is_not_there(tmp_path: Path) -> None:
    assert only(validated(tmp_path, f"[图片]\n图片号 | 文件\nP1 | {'长' * 5000}.png\n")).code == "V050"


def test_hundreds_of_unknown_names_are_all_told_and_soon(tmp_path: Path) -> None:
    rows = "".join(f"Z{i} | 外单位{i} | 甲 | 1\n" for i in range(300))
    outcome = validated(tmp_path, f"{UNITS}[指标]\n指标号 | 单位 | 名称 | 值\n{rows}")
    assert len(outcome.diagnostics) == 300


@pytest.mark.parametrize(("sessions", "code"), [("-3", "V054"), ("6.5", "V054")])
def test_events_are_counted_in_whole_numbers(tmp_path: Path, sessions: str, code: str) -> None:
    fault = only(validated(tmp_path, f"[活动]\n活动号 | 单位 | 名称 | 类型 | 场次\nH1 | 甲 | 会 | 会 | {sessions}\n"))
    assert (fault.code, fault.place.cell) == (code, "E2")


@pytest.mark.parametrize(("share", "codes"), [("100%", []), ("55.3%", []), ("155.3%", ["V056"])])
def test_a_share_is_no_more_than_its_whole(tmp_path: Path, share: str, codes: list[str]) -> None:
    outcome = validated(
        tmp_path, f"[指标]\n指标号 | 名称 | 值 | 量词 | 占比 | 总体名称\nZ1 | 提案 | 20 | 件 | {share} | 总数"
    )
    assert [fault.code for fault in outcome.diagnostics] == codes


COUNTS = [
    ("-3 | 人次 | 惠及群众", [("V060", "C2")]),
    ("3.5 | 个 | 项目", [("V060", "C2")]),
    ("3.5 | 家（次） | 企业", [("V060", "C2")]),
    ("1.28万 | 人次 | 惠及群众", []),
    ("1.28 | 万人次 | 惠及群众", []),
    ("3.5 | 个 | 平均每村项目", []),
    ("-3 | 户 | 净增企业", []),
    ("-3 | ℃ | 最低气温", []),
    ("-8.3 | 万元 | 利润", []),
    ("-2.5 | % | 满意率", []),
    ("450 | 次次 | 服务", [("V059", "D2")]),
    ("约450 | 次次 | 服务", [("V059", "D2")]),
    ("约450多 | 次 | 服务", [("V061", "C2")]),
    ("450多余 | 次 | 服务", [("V061", "C2")]),
    ("约450 | 次 | 服务", []),
    ("30多万 | 人 | 服务", []),
    ("十余 | 家 | 服务", []),
]


@pytest.mark.parametrize(("row", "wanted"), COUNTS)
def test_what_nobody_can_have_counted_is_questioned(tmp_path: Path, row: str, wanted: list[tuple[str, str]]) -> None:
    value, measure, name = row.split(" | ")
    outcome = validated(tmp_path, f"[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | {name} | {value} | {measure}\n")
    assert [(fault.code, fault.place.cell) for fault in outcome.diagnostics] == wanted
    assert not any(fault.is_error for fault in outcome.diagnostics)


@pytest.mark.parametrize(
    ("reports", "kind", "wanted"), [("否", "单位段", ["V058"]), ("是", "单位段", []), ("否", "正文", [])]
)
def test_a_unit_that_is_not_to_report_and_has_a_paragraph_is_told(
    tmp_path: Path, reports: str, kind: str, wanted: list[str]
) -> None:
    text = (
        f"[单位]\n简称 | 参报\n甲市 | {reports}\n[板块]\n板块号 | 小标题\nB1 | 一\n"
        f"[内容]\n板块号 | 类型 | 单位 | 正文\nB1 | {kind} | 甲市 | 甲市抓落实。\n"
    )
    faults = validated(tmp_path, text).diagnostics
    assert [fault.code for fault in faults] == wanted
    for fault in faults:
        assert (fault.place.sheet, fault.place.cell) == ("单位", "B2")
        assert [place.cell for place in fault.related] == ["C2"]
