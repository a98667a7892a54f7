"""Figures through the workbook: settings, columns that know their cell, and what cannot be computed."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import workbook

from reportgen.compose import compose
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model.issue import Issue
from reportgen.read import read_workbook
from reportgen.validate import validate

ROWS = """
[单位]
简称
甲市
[活动]
活动号 | 单位 | 名称 | 类型 | 开始日期 | 参加单位 | 场次 | 人次
H1 | 甲市 | 签约 | 签约 | 2024-06-12 | 甲局、乙局 | 3 | 120
H2 | 甲市 | 开工 | 开工 | | |
[名单]
名单名 | 名称 | 级别 | 金额
项目 | 甲项目 | 市级 | 3.6亿
项目 | 乙项目 | 县级 | 1.5亿
"""
INDICATORS = """
[指标]
指标号 | 名称 | 值 | 量词 | 上年同期 | 时期
Z1 | 项目 | 18 | 个 | 9 |
Z2 | 服务 | 250 | 人次 | 100 |
Z3 | 提案 | 100 | 件 | 93 |
Z4 | 投资 | 5.57 | 亿元 | 5 |
Z5 | 投资 | 9000 | 万元 | |
"""


def composed(folder: Path, prose: str, rows: str = "") -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    bar = prose.replace("|", r"\|")
    read = read_workbook(workbook(folder, f"{ROWS}{rows or INDICATORS}\n[内容]\n类型 | 正文\n正文 | {bar}\n"))
    assert read.value is not None, read.diagnostics
    data = validate(read.value)
    assert data.value is not None, data.diagnostics
    issue = compose(data.value)
    return issue.value, issue.diagnostics


def told(folder: Path, prose: str, rows: str = "") -> str:
    issue, faults = composed(folder, prose, rows)
    assert issue is not None, faults
    return str(issue.articles[0].paragraphs[0].text)


@pytest.mark.parametrize(
    ("settings", "printed"),
    [
        ("", "比上年同期增加9个；是上年同期的2.5倍；同比增长7.5%"),
        ("小基数 | 5", "是上年同期的2倍；是上年同期的2.5倍；同比增长7.5%"),
        ("小基数 | 200", "比上年同期增加9个；比上年同期增加150人次；比上年同期增加7件"),
        ("翻倍写法 | 增长", "比上年同期增加9个；同比增长1.5倍；同比增长7.5%"),
        ("小数 | 0", "比上年同期增加9个；是上年同期的3倍；同比增长8%"),
        ("小数 | 3", "比上年同期增加9个；是上年同期的2.5倍；同比增长7.527%"),
    ],
)
def test_settings_hold_for_the_whole_issue(tmp_path: Path, settings: str, printed: str) -> None:
    rows = f"[刊期]\n项目 | 内容\n{settings}\n{INDICATORS}"
    assert told(tmp_path, "{{ Z1.同比 }}；{{ Z2.同比 }}；{{ Z3.同比 }}", rows) == printed


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("{{ Z4.上年同期 }}", "5"),
        ("{{ (Z4 - Z4.上年同期)|量词('亿元') }}", "0.57亿元"),
        ("{{ (Z4 + Z5)|小数(1)|量词('亿元') }}", "6.5亿元"),
        ("{{ '多' if Z4 > Z5 else '少' }}", "多"),
        ("{{ H1.参加单位 }}", "甲局、乙局"),
        ("{{ H1.参加单位|等('个单位') }}", "甲局、乙局等2个单位"),
        ("{{ 名单.按('级别') }}", "市级、县级"),
        ("{{ 名单.筛选(级别='市级') }}", "甲项目"),
        ("{{ H1.开始日期 }}", "2024年6月12日"),
        ("{{ (H2.开始日期 - H1.开始日期)|量词('天') }}", "【待核】"),
        ("{{ '未开工' if not H2.开始日期 }}", "未开工"),
        ("{{ 名单.排序('金额', 降序=true)[0] }}", "甲项目"),
    ],
)
def test_columns_and_arithmetic(tmp_path: Path, prose: str, printed: str) -> None:
    assert told(tmp_path, prose) == printed


SIZES = """
[指标]
指标号 | 名称 | 值 | 量词 | 上年同期
Z1 | 项目 | 126 | 个 | 107
Z2 | 项目 | | 个 |
Z3 | 项目 | 7 | 个 | 9
Z4 | 投资 | 9000 | 万元 | 20
Z5 | 投资 | 5 | 亿元 | 3
Z6 | 投资 | 1 | 万亿元 |
"""


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("{{ 指标.筛选(量词='个').排序('值', 降序=true)|map(attribute='指标号')|join }}", "Z1Z3Z2"),
        ("{{ 指标.筛选(量词='个').排序('值')|map(attribute='指标号')|join }}", "Z3Z1Z2"),
        ("{{ 指标.筛选(名称='投资').排序('值', 降序=true)|map(attribute='指标号')|join }}", "Z6Z5Z4"),
        ("{{ 指标.筛选(量词='个').排序('上年同期', 降序=true)|map(attribute='指标号')|join }}", "Z1Z3Z2"),
        ("{{ Z6 + Z5 }}", "1.0005"),
        ("{{ [0, Z5, Z4]|sum }}", "5.9"),
        ("{{ 2*Z5 + Z4 }}", "10.9"),
    ],
)
def test_numbers_are_sorted_and_summed_by_size_whatever_their_unit(tmp_path: Path, prose: str, printed: str) -> None:
    assert told(tmp_path, prose, SIZES) == printed


@pytest.mark.parametrize(
    ("prose", "code", "cells", "words"),
    [
        ("{{ Z1.名称|概数('多') }}", "F001", ["指标!B2"], "「项目」"),
        ("{{ 甲市|小数(1) }}", "F001", ["单位!A2"], "「甲市」"),
        ("{{ H1|概数('多') }}", "F001", ["活动!C2"], "「签约」"),
        ("{{ 名单|汉字 }}", "F001", ["名单!B2", "名单!B3"], "「甲项目、乙项目」"),
        ("{{ H1.参加单位|万 }}", "F001", ["活动!F2"], "「甲局、乙局」"),
        ("{{ Z1|日期 }}", "F024", ["指标!B2"], "「项目」"),
        ("{{ H2.开始日期|日期 }}", "F024", ["活动!E3"], "「空」"),
        ("{{ Z1.同比|顿号 }}", "F019", ["指标!C2"], "要一组行或名称"),
        ("{{ 场次(指标) }}", "F019", ["指标!B2"], "「项目」"),
        ("{{ 合计(单位) }}", "F019", ["单位!A2"], "「甲市」"),
        ("{{ 计数(Z1) }}", "F019", ["指标!B2"], "要一组行"),
        ("{{ Z1|概数('近', 位=100) }}", "F014", ["指标!C2"], "近100"),
        ("{{ (H1.开始日期 - H2.开始日期)|量词('次') }}", "F026", ["活动!E2", "活动!E3"], "几天"),
        ("{{ 计数(名单, 连续='级别') }}", "F027", ["名单!C2", "名单!C3"], "「甲项目」"),
    ],
)
def test_the_wrong_kind_of_thing_is_named_with_its_cell(
    tmp_path: Path, prose: str, code: str, cells: list[str], words: str
) -> None:
    issue, faults = composed(tmp_path, prose)
    assert issue is None
    (fault,) = [fault for fault in faults if fault.is_error]
    assert (fault.code, fault.place.sheet, fault.place.cell) == (code, "内容", "B2")
    assert [f"{place.sheet}!{place.cell}" for place in fault.related] == cells
    assert words in fault.message


@pytest.mark.parametrize("prose", ["{{ Z1 * 1e400 }}", "{{ 1e400|概数('多') }}", "{{ 'nan'|小数(1) }}", "{{ Z1 / 0 }}"])
def test_what_is_no_number_is_an_error_at_its_cell(tmp_path: Path, prose: str) -> None:
    issue, faults = composed(tmp_path, prose)
    assert issue is None
    assert [fault.place.cell for fault in faults if fault.is_error] == ["B2"]


WHOLES = "[指标]\n指标号 | 名称 | 值 | 量词 | 总体 | 对照 | 占比 | 目标 | 上年同期\n"


@pytest.mark.parametrize(
    ("rows", "code", "cells", "words"),
    [
        ("Z1 | 甲 | 5 | 件 | Z1", "F028", ["E2"], "“总体”绕成了圈：Z1（E2） → Z1（E2）"),
        ("Z1 | 甲 | 5 | 件 | Z2\nZ2 | 乙 | 5 | 件 | Z1", "F028", ["E2", "E3"], "Z1（E2） → Z2（E3） → Z1（E2）"),
        ("Z3 | 丙 | 5 | 件 | Z1\nZ1 | 甲 | 5 | 件 | Z1", "F028", ["E3"], "Z1（E3） → Z1（E3）"),
        ("Z1 | 甲 | 5 | 件 | | Z1", "F028", ["F2"], "“对照”绕成了圈"),
        ("Z1 | 甲 | 5 | 件 | Z2\nZ2 | 乙 | 4 | 件", "F005", ["E2", "C2", "C3"], "「甲」是 5，比总体 4 还大"),
        ("Z1 | 甲 | 202 | 件 | 365 | | 56.3", "F009", ["E2", "G2", "C2", "E2"], "对不上"),
        ("Z1 | 甲 | 1200% |", "F029", ["C2"], "“值”是 1200%"),
        ("Z1 | 甲 | 5 | 家 | | | 1001", "F029", ["G2"], "“占比”是 1001%"),
        ("Z1 | 甲 | 50 | 家 | | | | 4", "F029", ["H2"], "“完成率”是 1250%"),
        ("Z1 | 甲 | 50 | % | | | | | 4350", "F029", ["I2"], "“上年同期”是 4350%"),
        ("Z1 | 甲 | -5 | 件 | 4", "F005", ["E2", "C2", "E2"], "「甲」是 -5，是负数"),
        ("Z1 | 甲 | 3 | 千人", "F039", ["D2"], "「千人」"),
    ],
)
def test_indicators_that_cannot_be_right(tmp_path: Path, rows: str, code: str, cells: list[str], words: str) -> None:
    _, faults = composed(tmp_path, "{{ Z1 }}", WHOLES + rows)
    (fault,) = [fault for fault in faults if fault.code.startswith("F")]
    assert fault.code == code
    assert [place.cell for place in (fault.place, *fault.related)] == cells
    assert words in fault.message
    assert fault.severity is (Severity.WARNING if code in ("F029", "F039") else Severity.ERROR)


def test_two_rows_may_be_compared_with_each_other_and_a_chain_of_wholes_is_no_circle(tmp_path: Path) -> None:
    rows = "Z1 | 甲 | 5 | 件 | Z2 | Z2\nZ2 | 乙 | 6 | 件 | Z3 | Z1\nZ3 | 丙 | 10 | 件"
    assert told(tmp_path, "{{ Z1.占比 }}、{{ Z2.占比 }}", WHOLES + rows) == "83.3%、60%"


def test_what_is_wrong_in_the_data_is_not_told_again_where_it_is_printed(tmp_path: Path) -> None:
    _, faults = composed(tmp_path, "{{ Z1.占比 }}", WHOLES + "Z1 | 甲 | 5 | 件 | 4")
    assert [(fault.code, fault.place.sheet) for fault in faults if fault.is_error] == [("F005", "指标")]


@pytest.mark.parametrize("value", ["450", "450万", "100000"])
def test_a_number_that_is_round_already_is_noted(tmp_path: Path, value: str) -> None:
    _, faults = composed(tmp_path, "{{ Z1 }}", f"[指标]\n指标号 | 名称 | 值 | 量词 | 概数\nZ1 | 甲 | {value} | 人 | 多")
    (notice,) = [fault for fault in faults if fault.code == "F037"]
    assert (notice.severity, notice.place.cell, notice.text) == (Severity.NOTICE, "C2", value)


@pytest.mark.parametrize("value", ["450多", "457", "0"])
def test_a_number_as_reported_or_exact_is_not(tmp_path: Path, value: str) -> None:
    rows = f"[指标]\n指标号 | 名称 | 值 | 量词 | 概数\nZ1 | 甲 | {value} | 人 | {'精确' if value == '0' else '多'}"
    _, faults = composed(tmp_path, "{{ Z1 }}", rows)
    assert not [fault for fault in faults if fault.code == "F037"]


@pytest.mark.parametrize("measure", ["千克", "千米", "千瓦时", "百分点", "万千瓦时", "个", ""])
def test_measures_that_digits_may_precede(tmp_path: Path, measure: str) -> None:
    _, faults = composed(tmp_path, "{{ Z1 }}", f"[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | 甲 | 3 | {measure}")
    assert not [fault for fault in faults if fault.code == "F039"]


# 值, 量词, 概数, 上年同期, what is asked, what is printed: the edges of the contract through a whole workbook.
EDGES = [
    ("3", "个", "", "0", "Z.同比", "上年同期为0"),
    ("3", "个", "", "'-0", "Z.同比", "上年同期为0"),
    ("'-0", "个", "", "0", "Z.同比", "与上年同期均为0"),
    ("0", "个", "", "0", "Z.句", "事项0个"),
    ("25", "个", "", "19", "Z.同比", "比上年同期增加6个"),
    ("25", "个", "", "20", "Z.同比", "同比增长25%"),
    ("5", "万元", "", "-3", "Z.同比", "扭亏为盈"),
    ("-5", "万元", "", "-3", "Z.句", "事项为-5万元，亏损比上年同期扩大2万元"),
    ("112449", "个", "", "100000", "Z.同比", "同比增长12.4%"),
    ("112450", "个", "", "100000", "Z.同比", "同比增长12.5%"),
    ("199960", "个", "", "100000", "Z.同比", "同比增长99.96%"),
    ("10", "家", "多", "", "Z", "十多家"),
    ("19", "家", "余", "", "Z", "十余家"),
    ("99", "家", "多", "", "Z", "90多家"),
    ("100", "家", "多", "", "Z", "100多家"),
    ("9999", "家", "多", "", "Z", "9900多家"),
    ("10000", "家", "多", "", "Z", "10000多家"),
    ("99999", "家", "多", "", "Z", "99000多家"),
    ("100000", "家", "多", "", "Z", "10多万家"),
    ("263.4亿", "元", "多", "", "Z", "260多亿元"),
    ("263.4", "亿元", "多", "", "Z", "260多亿元"),
    ("450", "家", "多", "400", "Z.同比", "【待核】"),
    ("2", "次", "", "", "Z|汉字", "两次"),
    ("2", "等奖", "", "", "Z|汉字", "二等奖"),
    ("2", "次", "", "", "Z.值|汉字", "二"),
    ("2", "次", "", "", "Z|序数", "第二次"),
    ("43.5%", "", "", "", "Z", "43.5%"),
    ("１２６", "个", "", "", "Z", "126个"),
    ("1,234", "个", "", "", "Z", "1234个"),
]


def test_the_edges_of_the_contract_through_a_workbook(tmp_path: Path) -> None:
    columns = "[指标]\n指标号 | 名称 | 值 | 量词 | 概数 | 上年同期\n"
    rows = "\n".join(f"Z{n} | 事项 | {' | '.join(cells[:4])}" for n, cells in enumerate(EDGES))
    prose = "；".join(f"{{{{ {asked.replace('Z', f'Z{n}')} }}}}" for n, (*_, asked, _) in enumerate(EDGES))
    assert told(tmp_path, prose, columns + rows).split("；") == [printed for *_, printed in EDGES]


def test_units_within_an_enumeration_stay_those_of_the_cells(tmp_path: Path) -> None:
    assert told(tmp_path, "{{ [Z4, Z5]|顿号 }}；{{ [Z4, Z5|亿]|顿号 }}") == "5.57亿元、9000万元；5.57亿元、0.9亿元"
