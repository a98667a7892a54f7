"""Functions over rows: bare figures that know every cell, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_rows import Sheet, View, activity, item, labels, refused, unit
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Place
from reportgen.figures import FUNCTION_NAMES, functions
from reportgen.model.figure import Figure, combine


def rows(*values: str, **common: str) -> Sheet:
    sheet = Sheet()
    for index, value in enumerate(values, 1):
        sheet.row(f"Z00{index}", **({"值": value} if value else {}), **common)
    return sheet


@pytest.mark.parametrize(
    ("name", "values", "common", "printed"),
    [
        ("合计", "126 107 3", {"量词": "个"}, "236"),
        ("合计", "5.57 6.63", {"量词": "亿元"}, "12.2"),
        ("合计", "1.28万 2万", {"量词": "人次"}, "3.28万"),
        ("合计", "1.28万 3000", {"量词": "人次"}, "15800"),
        ("合计", "126 450多", {}, "【待核】"),
        ("均值", "1 2 2", {"量词": "个"}, "1.7"),
        ("均值", "98 99", {"量词": "%"}, "98.5"),
        ("均值", "1.5万 2万", {"量词": "人"}, "1.8万"),
        ("最大", "126 107 3", {"量词": "个"}, "126"),
        ("最小", "126 107 3", {"量词": "个"}, "3"),
        ("最大", "5.57 6.63", {"量词": "亿元"}, "6.63"),
        ("最大", "98 99", {"量词": "%", "性质": "增速"}, "99"),
        ("最大", "1 超5", {}, "【待核】"),
        ("计数", "126 107 3", {}, "3"),
    ],
)
def test_functions_of_indicators(name: str, values: str, common: dict[str, str], printed: str) -> None:
    sheet = rows(*values.split(), **common)
    assert str(sheet.call(name, sheet.rows)) == printed


def test_a_blank_value_leaves_the_sum_open() -> None:
    sheet = rows("126", "")
    result = sheet.call("合计", sheet.rows)
    assert isinstance(result, Figure)
    assert (result.text, labels(result)) == ("【待核】", ["指标!D2", "指标!D3"])


def test_a_number_so_round_that_it_is_not_exact_leaves_the_sum_open() -> None:
    sheet = rows("450", "450", 概数="多")
    assert str(sheet.call("合计", sheet.rows)) == "【待核】"
    sheet = rows("457", "451", 概数="多")
    assert str(sheet.call("合计", sheet.rows)) == "908"


def test_a_sum_knows_every_cell_and_shows_its_terms() -> None:
    sheet = rows("5.57", "6.63", 量词="亿元")
    result = sheet.call("合计", [View(row) for row in sheet.rows])
    assert isinstance(result, Figure)
    assert (result.formula, result.value, result.measure) == ("5.57+6.63", Decimal("12.2"), "亿元")
    assert labels(result) == ["指标!D2", "指标!D3"]


def test_a_long_sum_shows_its_first_terms_and_its_count() -> None:
    sheet = Sheet()
    for index in range(50):
        sheet.row(f"Z{index}", 值=str(index))
    result = sheet.call("合计", sheet.rows)
    assert isinstance(result, Figure)
    assert result.formula.endswith("+18+…+49（共50项）")
    assert len(result.sources) == 50


def test_the_largest_comes_first_among_the_cells() -> None:
    sheet = rows("3", "126", "107")
    assert labels(sheet.call("最大", sheet.rows)) == ["指标!D3", "指标!D2", "指标!D4"]


@pytest.mark.parametrize(
    ("name", "first", "second", "code"),
    [
        ("合计", {"值": "98", "量词": "%"}, {"值": "99", "量词": "%"}, "F017"),
        ("合计", {"值": "1", "性质": "名次"}, {"值": "2", "性质": "名次"}, "F017"),
        ("合计", {"值": "1", "可加": "否"}, {"值": "2"}, "F017"),
        ("合计", {"值": "1", "值至": "3"}, {"值": "2"}, "F017"),
        ("均值", {"值": "1", "性质": "名次"}, {"值": "2", "性质": "名次"}, "F017"),
        ("合计", {"值": "1", "量词": "个"}, {"值": "2", "量词": "条"}, "F018"),
        ("合计", {"值": "1", "时期": "全年"}, {"值": "2", "时期": "上半年"}, "F018"),
        ("最大", {"值": "1", "量词": "个"}, {"值": "2", "量词": "条"}, "F018"),
    ],
)
def test_rows_that_do_not_go_together(name: str, first: dict[str, str], second: dict[str, str], code: str) -> None:
    sheet = Sheet()
    sheet.row("Z001", **first)
    sheet.row("Z002", **second)
    with refused(code) as fault:
        sheet.call(name, sheet.rows)
    assert fault.value.related


def test_functions_of_activities() -> None:
    sheet = Sheet()
    talks = [activity("党课一", "6", "120"), activity("党课二", line=3, attendance="1.5万")]
    assert str(sheet.call("场次", talks)) == "7"
    assert str(sheet.call("人次", talks)) == "15120"
    assert str(sheet.call("计数", talks)) == "2"
    assert labels(sheet.call("场次", talks)) == ["活动!D2", "活动!D3"]
    assert labels(sheet.call("计数", talks)) == ["活动!B2", "活动!B3"]
    assert str(sheet.call("人次", [*talks, activity("党课三", line=4)])) == "【待核】"
    assert str(sheet.call("场次", [*talks, activity("党课三", "多场", line=4)])) == "【待核】"


def test_lists_are_summed_by_amount_and_counted_by_name() -> None:
    sheet = Sheet()
    projects = [item("甲项目", "3.5亿"), item("乙项目", "1.5亿", line=3)]
    assert str(sheet.call("合计", projects)) == "5亿"
    assert str(sheet.filter("量词", sheet.call("合计", projects), "元")) == "5亿元"
    assert labels(sheet.call("计数", projects)) == ["名单!A2", "名单!A3"]


def test_groups_are_counted_with_the_cells_of_their_rows() -> None:
    sheet = rows("1", "2", "3")
    groups = [("甲", sheet.rows[:2]), ("乙", sheet.rows[2:])]
    result = sheet.call("计数", groups)
    assert (str(result), labels(result)) == ("2", ["指标!B2", "指标!B3", "指标!B4"])


def yearly(*years: str) -> list[dict[str, str]]:
    return [{"名称": f"荣誉{number}", "年份": year} for number, year in enumerate(years)]


@pytest.mark.parametrize(
    ("years", "count", "span"),
    [
        (("2019", "2020年", "2021年度"), "3", "2019年至2021年"),
        (("2021", "2019", "2020", "2020"), "3", "2019年至2021年"),
        (("2021",), "1", "2021年至2021年"),
    ],
)
def test_years_that_follow_each_other_are_counted(years: tuple[str, ...], count: str, span: str) -> None:
    result = Sheet().call("计数", yearly(*years), 连续="年份")
    assert isinstance(result, Figure)
    assert (str(result), result.formula) == (count, span)


@pytest.mark.parametrize(
    ("rows", "column", "code", "words"),
    [
        (yearly("2019", "2021", "2024"), "年份", "F027", "中间缺2020、2022、2023年"),
        (yearly("2019", "去年"), "年份", "F027", "没有年份"),
        (yearly("2019"), "年度", "F027", "“年度”里没有年份"),
        ([], "年份", "F020", ""),
    ],
)
def test_years_with_a_gap_are_not(rows: list[dict[str, str]], column: str, code: str, words: str) -> None:
    with refused(code) as fault:
        Sheet().call("计数", rows, 连续=column)
    assert words in fault.value.at(Place()).message


@pytest.mark.parametrize("name", ["合计", "场次", "人次", "均值", "最大", "最小"])
def test_wrong_rows(name: str) -> None:
    sheet = rows("1")
    given: object = [unit("甲")]
    with refused("F019"):
        sheet.call(name, given)
    with refused("F019"):
        sheet.call(name, View(sheet.rows[0]))
    with refused("F019"):
        sheet.call(name, "Z001")


@pytest.mark.parametrize("name", ["合计", "场次", "人次", "均值", "最大", "最小"])
def test_nothing_has_no_sum_no_mean_and_no_extreme(name: str) -> None:
    with refused("F020"):
        Sheet().call(name, [])


def test_figures_and_phrases_are_summed_too() -> None:
    sheet = rows("126", "107", 量词="个")
    result = sheet.call("合计", [sheet.phrase("值"), sheet.phrase("本身", "Z002"), 7])
    assert (str(result), labels(result)) == ("240", ["指标!D2", "指标!D3"])
    with refused("F001"):
        sheet.call("合计", ["许多"])


def test_the_names_are_all_there() -> None:
    assert set(functions(Sheet())) == FUNCTION_NAMES


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=8))
def test_sums_and_extremes_equal_those_of_decimals_and_keep_every_cell(values: list[Decimal]) -> None:
    sheet = rows(*map(str, values))
    for name, expected in (("合计", sum(values)), ("最大", max(values)), ("最小", min(values))):
        result = sheet.call(name, sheet.rows)
        assert isinstance(result, Figure)
        assert result.value == expected
        assert sorted(labels(result)) == sorted(f"指标!D{number}" for number in range(2, len(values) + 2))


@given(left=st.decimals(-(10**6), 10**6, places=3), right=st.decimals(1, 10**6, places=3))
def test_arithmetic_equals_decimals_and_keeps_the_cells_of_both(left: Decimal, right: Decimal) -> None:
    sheet = rows(str(left), str(right))
    first, second = sheet.phrase("值"), sheet.phrase("值", "Z002")
    for result, expected in (
        (first + second, left + right),
        (first - second, left - right),
        (first * second, left * right),
    ):
        assert abs(result.value - expected) <= abs(expected) * Decimal("1e-14")  # type: ignore[operator]
        assert labels(result) == ["指标!D2", "指标!D3"]
    quotient = combine(first, second, lambda a, b: a / b, "/")
    assert quotient.value == left / right
