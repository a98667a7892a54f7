"""疑点 of the rows: cells in, what an editor is asked out; and what is right is not asked."""

from __future__ import annotations

import pytest
from proofreading import asked, codes

HEAD = "[指标]\n指标号 | 单位 | 名称 | 值 | 量词 | "


def found(columns: str, *rows: str, more: str = "") -> list[tuple[str, str | None]]:
    """Code and cell of every 疑点 of these rows of 指标."""
    text = f"{HEAD}{columns}\n" + "\n".join(rows)
    return [(item.code, item.place.cell) for item in asked(f"{text}\n{more}")]


SAME = [
    ("two values", ["Z1 | 甲市 | 项目 | 126 | 个 | 全年", "Z2 | 甲市 | 项目 | 128 | 个 | 全年"], [("P020", "D3")]),
    ("told once", [f"Z{n} | 甲市 | 项目 | {n} | 个 | 全年" for n in (1, 2, 3)], [("P020", "D3")]),
    ("one value twice", ["Z1 | 甲市 | 项目 | 126 | 个 | 全年", "Z2 | 甲市 | 项目 | 126 | 个 | 全年"], []),
    ("万 typed once", ["Z1 | 甲市 | 人数 | 1.2万 | 人 | 全年", "Z2 | 甲市 | 人数 | 12000 | 人 | 全年"], []),
    ("another period", ["Z1 | 甲市 | 项目 | 126 | 个 | 全年", "Z2 | 甲市 | 项目 | 60 | 个 | 上半年"], []),
    ("another unit", ["Z1 | 甲市 | 项目 | 126 | 个 | 全年", "Z2 | 乙市 | 项目 | 60 | 个 | 全年"], []),
    ("another measure", ["Z1 | 甲市 | 接访 | 29 | 批 | 全年", "Z2 | 甲市 | 接访 | 34 | 人次 | 全年"], []),
    (
        "another doing",
        ["Z1 | 甲市 | 建议 | 9 | 条 | 全年 | 提出", "Z2 | 甲市 | 建议 | 5 | 条 | 全年 | 采纳"],
        [],
    ),
    (
        "another scope",
        ["Z1 | 甲市 | 项目 | 9 | 个 | 全年 | | 签约", "Z2 | 甲市 | 项目 | 5 | 个 | 全年 | | 开工"],
        [],
    ),
    ("概数 that differ", ["Z1 | 甲市 | 服务 | 450多 | 次 |", "Z2 | 甲市 | 服务 | 600多 | 次 |"], [("P020", "D3")]),
    ("概数 of the same", ["Z1 | 甲市 | 服务 | 450多 | 次 |", "Z2 | 甲市 | 服务 | 456 | 次 |"], []),
    ("概数 that oversteps", ["Z1 | 甲市 | 服务 | 超450 | 次 |", "Z2 | 甲市 | 服务 | 449 | 次 |"], [("P020", "D3")]),
    (
        "another day",
        [
            "Z1 | 甲市 | 项目 | 126 | 个 | 今年以来 | | | 2025-10-31",
            "Z2 | 甲市 | 项目 | 126 | 个 | 今年以来 | | | 2025-11-30",
        ],
        [("P021", "I3")],
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_one_name_has_one_value_and_one_day(rows: list[str], wanted: list[tuple[str, str]]) -> None:
    assert found("时期 | 动作 | 口径 | 截止日", *rows) == wanted


def test_the_message_names_both_rows() -> None:
    (query,) = asked(f"{HEAD}时期\nZ1 | 甲市 | 项目 | 126 | 个 | 全年\nZ9 | 甲市 | 项目 | 128 | 个 | 全年")
    assert query.message == "甲市「项目」（全年）有不同的值：Z1 是 126个，Z9 是 128个。"
    assert [place.cell for place in query.related] == ["D2"]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("Z1 | 甲市 | 企业 | 422 | 家 | 36.67 |", [("P022", "F2")]),
        ("Z1 | 甲市 | 企业 | 422 | 家 | 36.7 |", [("P037", "G2")]),
        ("Z1 | 甲市 | 企业 | 422 | 家 | 36.7 | 1150", []),
        ("Z1 | 甲市 | 村 | 422 | 个 | 100 |", []),
        ("Z1 | 甲市 | 产值 | 422 | 亿元 | 36.67 |", [("P037", "G2")]),
        ("Z1 | 甲市 | 面积 | 422 | 亩 | 36.67 |", [("P037", "G2")]),
        ("Z1 | 甲市 | 企业 | 420多 | 家 | 36.67 |", [("P037", "G2")]),
        ("Z1 | 甲市 | 企业比重 | | | 36.67 |", []),
    ],
)
def test_a_share_has_a_whole_and_a_whole_number_behind_it(row: str, wanted: list[tuple[str, str]]) -> None:
    assert found("占比 | 总体", row) == wanted


def test_the_whole_that_two_numbers_lead_to_is_named() -> None:
    (query,) = asked(f"{HEAD}占比 | 总体名称\nZ1 | 甲市 | 提案 | 202 | 件 | 55.3 | 提案总数")
    assert query.message == "「提案」占提案总数 55.3%，总数是多少没有填，无从核对。"
    assert query.suggestion == "向报送单位要总数，填在“总体”（按这两个数倒推，约365件）；要不到的，不用改。"


@pytest.mark.parametrize(
    ("name", "growth", "wanted"),
    [
        ("科技型企业", "86.23", [("P023", "D3")]),
        ("科技型企业增速", "86.23", [("P023", "D3")]),
        ("科技型企业", "86.56", []),
        ("科技型企业", "-0.29", []),
        ("外贸企业", "86.23", []),
    ],
)
def test_a_growth_must_have_a_whole_base_behind_it(name: str, growth: str, wanted: list[tuple[str, str]]) -> None:
    rows = ["Z1 | 甲市 | 科技型企业 | 347 | 家 | 数量", f"Z2 | 甲市 | {name} | {growth} | % | 增速"]
    assert found("性质", *rows) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("263多亿", ["P024"]),
        ("45余", ["P024"]),
        ("5.3多万", ["P024"]),
        ("260多亿", []),
        ("450多", []),
        ("30多万", []),
        ("31万多", []),
        ("十余", []),
        ("超11万", []),
    ],
)
def test_a_number_reported_with_a_vague_word_is_round(value: str, wanted: list[str]) -> None:
    assert codes(asked(f"{HEAD}\nZ1 | 甲市 | 服务 | {value} | 次 |")) == wanted


UNITS = """
[单位]
简称 | 类别 | 上级 | 参报
乙区 | 县区 | 甲市 | 是
丙区 | 县区 | 甲市 | 是
丁区 | 县区 | 甲市 | 是
甲市 | 市 | | 否
"""

TOTALS = [
    ("blank unit, another sum", ["Z1 | | 项目 | 12 | 个"], [("P032", "D2")]),
    ("the units above, another sum", ["Z1 | 甲市 | 项目 | 12 | 个"], [("P032", "D2")]),
    ("the sum", ["Z1 | 甲市 | 项目 | 10 | 个"], []),
    ("another name", ["Z1 | 甲市 | 招商项目 | 12 | 个"], []),
    ("another measure", ["Z1 | 甲市 | 项目 | 12 | 亿元"], []),
    ("概数", ["Z1 | 甲市 | 项目 | 10多 | 个"], []),
]


@pytest.mark.parametrize(("rows", "wanted"), [case[1:] for case in TOTALS], ids=[case[0] for case in TOTALS])
def test_a_total_is_the_sum_of_its_units(rows: list[str], wanted: list[tuple[str, str]]) -> None:
    parts = ["Z2 | 乙区 | 项目 | 5 | 个", "Z3 | 丙区 | 项目 | 3 | 个", "Z4 | 丁区 | 项目 | 2 | 个"]
    assert found("", *rows, *parts, more=UNITS) == wanted


def test_a_total_is_not_asked_for_while_a_unit_is_missing_or_written_twice() -> None:
    rows = ["Z1 | 甲市 | 项目 | 12 | 个 |", "Z2 | 乙区 | 项目 | 5 | 个 |", "Z3 | 丙区 | 项目 | 3 | 个 |"]
    assert found("", *rows, more=UNITS) == []
    assert found("口径", *rows, "Z4 | 丁区 | 项目 | 2 | 个 | 甲", "Z5 | 丁区 | 项目 | 2 | 个 | 乙", more=UNITS) == []


def test_rounded_parts_may_miss_the_total_by_their_rounding() -> None:
    parts = ["Z2 | 乙区 | 产值 | 5.14 | 亿元", "Z3 | 丙区 | 产值 | 3.33 | 亿元", "Z4 | 丁区 | 产值 | 2.52 | 亿元"]
    assert found("", "Z1 | 甲市 | 产值 | 11 | 亿元", *parts, more=UNITS) == []
    assert found("", "Z1 | 甲市 | 产值 | 12 | 亿元", *parts, more=UNITS) == [("P032", "D2")]


WHOLE = "Z1 | 甲市 | 总数 | 10 | 件 | | |"
SHARES = [
    ("of one row", [WHOLE, "Z2 | 甲市 | 甲 | 6 | 件 | Z1", "Z3 | 甲市 | 乙 | 7 | 件 | Z1"], ["P031"]),
    ("the whole", [WHOLE, "Z2 | 甲市 | 甲 | 6 | 件 | Z1", "Z3 | 甲市 | 乙 | 4 | 件 | Z1"], []),
    ("of one number", ["Z2 | 甲市 | 甲 | 6 | 件 | 10 | 总数", "Z3 | 甲市 | 乙 | 7 | 件 | 10 | 总数"], ["P031"]),
    ("as reported", ["Z2 | 甲市 | 甲 | | 件 | | 总数 | 60", "Z3 | 甲市 | 乙 | | 件 | | 总数 | 70"], ["P031"]),
    ("of an area", ["Z2 | 甲市 | 甲 | | 件 | | 全市 | 60", "Z3 | 甲市 | 乙 | | 件 | | 全市 | 70"], []),
    ("rounded", [f"Z{n} | 甲市 | 数{n} | | 件 | | 总数 | 16.7" for n in range(6)], []),
    ("of each its own", ["Z2 | 甲市 | 甲 | | 件 | | 总数 | 60", "Z3 | 乙市 | 甲 | | 件 | | 总数 | 70"], []),
]


@pytest.mark.parametrize(("rows", "wanted"), [case[1:] for case in SHARES], ids=[case[0] for case in SHARES])
def test_shares_of_one_whole_do_not_pass_a_hundred(rows: list[str], wanted: list[str]) -> None:
    assert codes(asked(f"{HEAD}总体 | 总体名称 | 占比\n" + "\n".join(rows))) == wanted


RANKS = [
    ("one rank for two", ["乙区 | 5 | 1", "丙区 | 3 | 1"], ["P033", "P036", "P036"]),
    ("tied", ["乙区 | 5 | 1", "丙区 | 5 | 1", "丁区 | 2 | 3"], []),
    ("right", ["乙区 | 5 | 1", "丙区 | 3 | 2", "丁区 | 2 | 3"], []),
    ("smallest first", ["乙区 | 5 | 3", "丙区 | 3 | 2", "丁区 | 2 | 1"], []),
    ("not by the values", ["乙区 | 5 | 2", "丙区 | 3 |", "丁区 | 2 |"], ["P035"]),
    ("beyond the range", ["乙区 | 5 | 4"], ["P034"]),
    ("incomplete", ["乙区 | 5 | 1", "丙区 | 3 |"], ["P036"]),
    ("published elsewhere", ["乙区 | 5 | 1"], []),
]


@pytest.mark.parametrize(("rows", "wanted"), [case[1:] for case in RANKS], ids=[case[0] for case in RANKS])
def test_ranks_fit_their_range_and_values(rows: list[str], wanted: list[str]) -> None:
    table = "[指标]\n指标号 | 名称 | 量词 | 排名范围 | 单位 | 值 | 名次\n"
    lines = [f"Z{n} | 项目 | 个 | 县区 | {row}" for n, row in enumerate(rows, 1)]
    assert codes(asked(f"{UNITS}{table}" + "\n".join(lines))) == wanted


def test_two_units_first_in_one_range_that_no_sheet_knows() -> None:
    rows = ["Z1 | 甲市 | 位次 | 1 | 位 | 名次 | 全区", "Z2 | 乙市 | 位次 | 1 | 位 | 名次 | 全区"]
    assert found("性质 | 排名范围", *rows) == [("P033", "D3")]


@pytest.mark.parametrize(
    ("value", "base", "measure", "wanted"),
    [
        ("126", "107", "个", []),
        ("126", "0", "个", ["P025"]),
        ("0", "0", "个", []),
        ("126", "-12", "万元", ["P026"]),
        ("126", "42", "个", ["P028"]),
        ("125", "42", "个", []),
        ("8", "2", "个", []),
        ("8", "2", "亿元", ["P028"]),
        ("20", "100", "个", ["P028"]),
        ("21", "100", "个", []),
        ("96", "40", "%", ["P028"]),
        ("96", "50", "%", []),
    ],
)
def test_bases_and_great_changes(value: str, base: str, measure: str, wanted: list[str]) -> None:
    assert codes(asked(f"{HEAD}上年同期\nZ1 | 甲市 | 数 | {value} | {measure} | {base}")) == wanted


@pytest.mark.parametrize(("value", "wanted"), [("17.7", []), ("200", ["P028"]), ("-80", ["P028"]), ("-79", [])])
def test_a_growth_as_reported_beyond_the_threshold(value: str, wanted: list[str]) -> None:
    assert codes(asked(f"{HEAD}性质\nZ1 | 甲市 | 产值 | {value} | % | 增速")) == wanted


def test_the_one_row_without_a_base_is_asked_for() -> None:
    rows = [
        f"Z{n} | {unit}市 | 项目 | 9 | 个 | {base}"
        for n, (unit, base) in enumerate(zip("甲乙丙丁", "789 ", strict=True))
    ]
    assert found("上年同期", *rows) == [("P027", "F5")]
    assert found("上年同期", *rows[2:]) == []


DATES = [
    ("2025-03-11", "", []),
    ("2024-11-03", "", ["P029"]),
    ("2025-12-25", "2026-01-08", ["P029"]),
    ("2025年", "", []),
]


@pytest.mark.parametrize(("start", "end", "wanted"), DATES)
def test_activities_lie_in_the_period(start: str, end: str, wanted: list[str]) -> None:
    table = f"[活动]\n单位 | 名称 | 类型 | 开始日期 | 结束日期\n甲市 | 走访 | 走访 | {start} | {end}"
    assert codes(asked(table)) == wanted


@pytest.mark.parametrize(
    ("as_of", "period", "wanted"),
    [
        ("2025-11-30", "今年以来", []),
        ("2025-12-20", "今年以来", ["P030"]),
        ("2024-12-31", "今年以来", ["P029"]),
        ("2020-12-31", "截至2020年", []),
    ],
)
def test_the_day_of_a_number_lies_in_the_period_and_before_the_issue(
    as_of: str, period: str, wanted: list[str]
) -> None:
    rows = f"{HEAD}时期 | 截止日\nZ1 | 甲市 | 项目 | 126 | 个 | {period} | {as_of}"
    masthead = "[刊期]\n统计起 | 2025-01-01\n统计止 | 2025-12-18\n编发日期 | 2025-12-18\n"
    assert codes(asked(masthead + rows)) == wanted


def test_the_issue_does_not_come_out_before_its_period_ends() -> None:
    assert codes(asked("[刊期]\n统计止 | 2025-12-31\n编发日期 | 2025-12-18")) == ["P030"]
    assert codes(asked("[刊期]\n统计止 | 2025年12月\n编发日期 | 2025-12-18")) == []


def test_rows_kept_out_of_the_article_are_not_asked_about() -> None:
    rows = "Z1 | 甲市 | 项目 | 126 | 个 | 0 | 2024-01-01 | 否"
    assert found("上年同期 | 截止日 | 入文", rows) == []


@pytest.mark.parametrize(("typed", "measure", "printed"), [("36.67%", "%", "36.67%"), ("58", "个", "58个")])
def test_a_value_that_differs_is_told_with_its_measure_once(typed: str, measure: str, printed: str) -> None:
    (query,) = asked(f"{HEAD}时期\nZ1 | 甲市 | 满意率 | {typed} | {measure} |\nZ2 | 甲市 | 满意率 | 12 | {measure} |")
    assert f"Z1 是 {printed}，Z2 是 12{measure}" in query.message
