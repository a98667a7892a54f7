"""The reading rules: two cells in, the clause out; the first rule that fits wins."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_rows import Sheet, labels, one, refused
from hypothesis import given
from hypothesis import strategies as st

from reportgen.figures.comparison import LAST_YEAR, compare
from reportgen.model.figure import Figure, Status, Text

COUNT = {"量词": "个"}
MONEY = {"量词": "万元"}
RATE = {"量词": "%"}
GROWTH = {"量词": "%", "性质": "增速"}
RANK = {"性质": "名次"}

SAME_PERIOD = [
    # 1 no base
    (COUNT | {"值": "126"}, "【待填：上年同期】"),
    # 2 zero base
    (COUNT | {"值": "3", "上年同期": "0"}, "上年同期为0"),
    (COUNT | {"值": "0", "上年同期": "0"}, "与上年同期均为0"),
    (MONEY | {"值": "-3", "上年同期": "0"}, "上年同期为0"),
    (COUNT | {"值": "3", "上年同期": "-0"}, "上年同期为0"),
    (COUNT | {"值": "-0", "上年同期": "0"}, "与上年同期均为0"),
    (RATE | {"值": "3", "上年同期": "0"}, "上年同期为0"),
    # 3 negative base or value
    (MONEY | {"值": "2.1", "上年同期": "-8.3"}, "扭亏为盈"),
    (MONEY | {"值": "0", "上年同期": "-8.3"}, "扭亏为盈"),
    (MONEY | {"值": "-2.1", "上年同期": "8.3"}, "由盈转亏"),
    (MONEY | {"值": "-2.1", "上年同期": "-10.4"}, "亏损比上年同期收窄8.3万元"),
    (MONEY | {"值": "-10.4", "上年同期": "-2.8"}, "亏损比上年同期扩大7.6万元"),
    (MONEY | {"值": "-2.1", "上年同期": "-2.1"}, "亏损与上年同期持平"),
    # 4 rate or rank
    (RATE | {"值": "98.5", "上年同期": "97.3"}, "同比提高1.2个百分点"),
    (RATE | {"值": "97.3", "上年同期": "98.5"}, "同比下降1.2个百分点"),
    (RATE | {"值": "36.67", "上年同期": "30.1"}, "同比提高6.57个百分点"),
    (RATE | {"值": "36.67", "上年同期": "30.1", "小数": "1"}, "同比提高6.6个百分点"),
    (RATE | {"值": "2", "上年同期": "-3"}, "同比提高5个百分点"),
    ({"值": "4.3%", "上年同期": "0.1%"}, "同比提高4.2个百分点"),
    (GROWTH | {"值": "4.3", "上年同期": "0.1"}, "同比提高4.2个百分点"),
    (GROWTH | {"值": "4.3", "上年同期": "-0.1"}, "由降转增"),
    (GROWTH | {"值": "-0.1", "上年同期": "4.3"}, "由增转降"),
    (GROWTH | {"值": "-1.5", "上年同期": "-2.1"}, "降幅同比收窄0.6个百分点"),
    (GROWTH | {"值": "-2.1", "上年同期": "-1.5"}, "降幅同比扩大0.6个百分点"),
    (RANK | {"值": "3", "上年同期": "5"}, "同比上升2位"),
    (RANK | {"值": "5", "上年同期": "3"}, "同比下降2位"),
    (RANK | {"值": "3", "上年同期": "3"}, "与上年同期持平"),
    # 5 flat
    (COUNT | {"值": "126", "上年同期": "126"}, "与上年同期持平"),
    (RATE | {"值": "98", "上年同期": "98"}, "与上年同期持平"),
    (COUNT | {"值": "10", "上年同期": "10"}, "与上年同期持平"),
    # 6 small base
    (COUNT | {"值": "26", "上年同期": "7"}, "比上年同期增加19个"),
    (COUNT | {"值": "5", "上年同期": "7"}, "比上年同期减少2个"),
    (COUNT | {"值": "0", "上年同期": "19"}, "比上年同期减少19个"),
    (COUNT | {"值": "38", "上年同期": "19"}, "比上年同期增加19个"),
    (COUNT | {"值": "30", "上年同期": "20"}, "同比增长50%"),
    (COUNT | {"值": "10", "上年同期": "20"}, "同比下降50%"),
    (COUNT | {"值": "0", "上年同期": "20"}, "同比下降100%"),
    (MONEY | {"值": "9", "上年同期": "6"}, "同比增长50%"),
    ({"量词": "公顷", "值": "9.3", "上年同期": "6.2"}, "同比增长50%"),
    # 7 doubling
    (COUNT | {"值": "250", "上年同期": "100"}, "是上年同期的2.5倍"),
    (COUNT | {"值": "200", "上年同期": "100"}, "是上年同期的2倍"),
    (MONEY | {"值": "9", "上年同期": "2"}, "是上年同期的4.5倍"),
    (COUNT | {"值": "199", "上年同期": "100"}, "同比增长99%"),
    (COUNT | {"值": "2049", "上年同期": "1000"}, "是上年同期的2倍"),
    (COUNT | {"值": "2050", "上年同期": "1000"}, "是上年同期的2.1倍"),
    (COUNT | {"值": "40", "上年同期": "20"}, "是上年同期的2倍"),
    # 8 growth and decline
    (COUNT | {"值": "126", "上年同期": "107"}, "同比增长17.8%"),
    (COUNT | {"值": "126", "上年同期": "107", "小数": "2"}, "同比增长17.76%"),
    (COUNT | {"值": "219", "上年同期": "250"}, "同比下降12.4%"),
    (COUNT | {"值": "0", "上年同期": "250"}, "同比下降100%"),
    (COUNT | {"值": "1043", "上年同期": "1000"}, "同比增长4.3%"),
    (COUNT | {"值": "1124", "上年同期": "1000"}, "同比增长12.4%"),
    (COUNT | {"值": "112449", "上年同期": "100000"}, "同比增长12.4%"),
    (COUNT | {"值": "112450", "上年同期": "100000"}, "同比增长12.5%"),
    (COUNT | {"值": "87551", "上年同期": "100000"}, "同比下降12.4%"),
    (COUNT | {"值": "87550", "上年同期": "100000"}, "同比下降12.5%"),
    (COUNT | {"值": "100050", "上年同期": "100000"}, "同比增长0.1%"),
    (COUNT | {"值": "100040", "上年同期": "100000"}, "同比增长0.04%"),
    (COUNT | {"值": "100", "上年同期": "100000"}, "同比下降99.9%"),
    (COUNT | {"值": "40", "上年同期": "100000"}, "同比下降99.96%"),
    (COUNT | {"值": "199960", "上年同期": "100000"}, "同比增长99.96%"),
    ({"量词": "亿元", "值": "5.57", "上年同期": "5"}, "同比增长11.4%"),
    ({"量词": "人次", "值": "1.28万", "上年同期": "1万"}, "同比增长28%"),
    # 概数 and blanks give no rate
    (COUNT | {"值": "450多", "上年同期": "400"}, "【待核】"),
    (COUNT | {"值": "450", "概数": "多", "上年同期": "400"}, "【待核】"),
    (COUNT | {"值": "456", "概数": "多", "上年同期": "400"}, "同比增长14%"),
    (COUNT | {"值": "450", "上年同期": "400多"}, "【待核】"),
    (COUNT | {"上年同期": "400"}, "【待核】"),
    ({"值": "300", "值至": "500", "上年同期": "200"}, "【待核】"),
]


@pytest.mark.parametrize(("cells", "printed"), SAME_PERIOD)
def test_same_period(cells: dict[str, str], printed: str) -> None:
    assert str(one(**cells).say("同比")) == printed


@pytest.mark.parametrize(("cells", "printed"), SAME_PERIOD)
def test_last_term_follows_the_same_rules(cells: dict[str, str], printed: str) -> None:
    moved = {"上期" if header == "上年同期" else header: text for header, text in cells.items()}
    expected = printed.replace("上年同期", "上期").replace("同比", "环比")
    assert str(one(**moved).say("环比")) == expected


@pytest.mark.parametrize(
    ("cells", "option", "printed"),
    [
        (COUNT | {"值": "3", "上年同期": "0"}, "突破", "实现零的突破"),
        (COUNT | {"值": "0", "上年同期": "0"}, "突破", "与上年同期均为0"),
        (COUNT | {"值": "126", "上年同期": "107"}, "突破", "同比增长17.8%"),
        (COUNT | {"值": "1004", "上年同期": "1000"}, "基本持平", "与上年同期基本持平"),
        (COUNT | {"值": "996", "上年同期": "1000"}, "基本持平", "与上年同期基本持平"),
        (COUNT | {"值": "1005", "上年同期": "1000"}, "基本持平", "同比增长0.5%"),
        (COUNT | {"值": "1000", "上年同期": "1000"}, "基本持平", "与上年同期持平"),
    ],
)
def test_readings_that_are_only_given_when_asked(cells: dict[str, str], option: str, printed: str) -> None:
    assert str(one(**cells).say("同比", option)) == printed


def test_an_unknown_option_names_the_known_ones() -> None:
    with refused() as fault:
        one(值="3", 上年同期="0").say("同比", "突坡")
    assert fault.value.code.code == "F002"
    assert fault.value.values["choices"] == "突破、基本持平"
    with refused("F002"):
        one(值="3", 上年同期="0").say("倍数", "突破")
    with refused("F002"):
        one(值="3", 上年同期="0").phrase("同比")("突破", "基本持平")


@pytest.mark.parametrize("base", ["0", "-1", "2.5"])
def test_a_rank_is_compared_with_a_rank(base: str) -> None:
    with refused("F013") as fault:
        one(值="2", 上年同期=base, **RANK).say("同比")
    assert [place.cell for place in fault.value.related] == ["H2"]


def test_settings_of_the_issue() -> None:
    sheet = Sheet(settings={"doubling": "增长", "small_base": Decimal(5), "decimals": 2})
    sheet.row("Z001", 值="250", 上年同期="100", 量词="个")
    sheet.row("Z002", 值="7", 上年同期="6", 量词="个")
    assert str(sheet.say("同比")) == "同比增长1.5倍"
    assert str(sheet.say("同比", id="Z002")) == "同比增长16.67%"


@pytest.mark.parametrize(
    ("name", "cells", "printed"),
    [
        ("同比差", COUNT | {"值": "126", "上年同期": "107"}, "比上年同期增加19个"),
        ("同比差", COUNT | {"值": "3", "上年同期": "0"}, "比上年同期增加3个"),
        ("同比差", RATE | {"值": "98.5", "上年同期": "97.3"}, "比上年同期提高1.2个百分点"),
        ("同比差", {"量词": "人次", "值": "1.28万", "上年同期": "1万"}, "比上年同期增加0.28万人次"),
        ("同比差", MONEY | {"值": "-2.1", "上年同期": "-10.4"}, "亏损比上年同期收窄8.3万元"),
        ("同比差", MONEY | {"值": "2.1", "上年同期": "-8.3"}, "比上年同期增加10.4万元"),
        ("同比差", COUNT | {"值": "3", "上年同期": "3"}, "与上年同期持平"),
        ("同比差", COUNT | {"值": "3"}, "【待填：上年同期】"),
        ("倍数", COUNT | {"值": "250", "上年同期": "100"}, "是上年同期的2.5倍"),
        ("倍数", COUNT | {"值": "9", "上年同期": "6"}, "是上年同期的1.5倍"),
        ("倍数", COUNT | {"值": "10002", "上年同期": "10000"}, "是上年同期的1.0002倍"),
        ("倍数", COUNT | {"值": "80", "上年同期": "100"}, "同比下降20%"),
        ("倍数", COUNT | {"值": "3", "上年同期": "0"}, "上年同期为0"),
        ("倍数", RATE | {"值": "60", "上年同期": "20"}, "同比提高40个百分点"),
        ("差", GROWTH | {"值": "4.3", "对照": "0.1", "对照名称": "2023年"}, "4.2个百分点"),
        ("差", GROWTH | {"值": "4.3"}, "【待填：对照】"),
        ("对照句", GROWTH | {"值": "4.3", "对照": "0.1", "对照名称": "2023年"}, "高于2023年4.2个百分点"),
        ("对照句", RATE | {"值": "50", "对照": "54", "对照名称": "全市"}, "低于全市4个百分点"),
        ("对照句", RATE | {"值": "54", "对照": "54", "对照名称": "全市"}, "与全市持平"),
        ("对照句", RATE | {"值": "54", "对照": "50"}, "【待填：对照名称】"),
        ("对照句", RATE | {"值": "54", "对照": "近50", "对照名称": "全市"}, "【待核】"),
        ("对照句", RANK | {"值": "3", "对照": "5", "对照名称": "全市"}, "高于全市2位"),
        ("对照句", RATE | {"值": "80", "对照": "75", "对照名称": "序时进度"}, "快于序时进度5个百分点"),
        ("对照句", RATE | {"值": "70", "对照": "75", "对照名称": "序时进度"}, "慢于序时进度5个百分点"),
        ("对照句", {"值": "20", "目标": "30", "对照": "75%", "对照名称": "序时进度"}, "慢于序时进度8.3个百分点"),
        ("对照句", {"值": "15", "目标": "20", "对照": "75%", "对照名称": "序时进度"}, "与序时进度持平"),
        ("差", {"值": "20", "目标": "30", "对照": "75%"}, "8.3个百分点"),
        ("对照句", {"值": "近20", "目标": "30", "对照": "75%", "对照名称": "序时进度"}, "【待核】"),
    ],
)
def test_differences_and_multiples(name: str, cells: dict[str, str], printed: str) -> None:
    assert str(one(**cells).say(name)) == printed


def test_comparison_with_another_row() -> None:
    sheet = one(值="54", 量词="%", 对照="Z002", 对照名称="全市")
    sheet.row("Z002", 名称="星级村占比", 值="50", 量词="%")
    assert str(sheet.say("对照句")) == "高于全市4个百分点"
    assert labels(sheet.say("差")) == ["指标!D2", "指标!D3"]


@pytest.mark.parametrize(
    ("other", "code"),
    [({"值": "50", "量词": "个"}, "F025"), (None, "F004")],
)
def test_comparison_with_a_row_that_does_not_fit(other: dict[str, str] | None, code: str) -> None:
    sheet = one(值="54", 量词="%", 对照="Z002", 对照名称="全市")
    if other:
        sheet.row("Z002", **other)
    with refused(code):
        sheet.say("差")


def test_a_count_without_target_is_not_compared_with_a_percentage() -> None:
    with refused("F025"):
        one(值="54", 量词="", 对照="75%").say("差")


def test_the_completion_that_is_compared_shows_how() -> None:
    figure = one(值="80", 目标="100", 对照="75%").say("差")
    assert isinstance(figure, Figure)
    assert (figure.formula, labels(figure)) == ("80−75", ["指标!D2", "指标!N2", "指标!R2"])


def test_counts_in_unlike_units_are_not_subtracted() -> None:
    sheet = one(值="54", 量词="家", 对照="Z002")
    sheet.row("Z002", 值="50", 量词="条")
    with refused("F025"):
        sheet.say("差")


def test_a_rate_knows_its_cells_and_its_computation() -> None:
    said = one(值="126", 上年同期="107", 量词="个").say("同比")
    assert isinstance(said, Text)
    (figure,) = said.figures
    assert (figure.text, figure.formula, figure.rule) == ("17.8%", "(126−107)/107", "保留1位小数")
    assert labels(figure) == ["指标!D2", "指标!H2"]


def test_formulas_show_the_numbers_of_the_cells() -> None:
    said = one(值="5.57", 上年同期="5", 量词="亿元").say("同比")
    assert isinstance(said, Text)
    assert said.figures[0].formula == "(5.57−5)/5"


def test_words_in_place_of_a_number_keep_the_cells() -> None:
    assert labels(one(值="126", 上年同期="126").say("同比")) == ["指标!D2", "指标!H2"]
    assert labels(one(值="3", 上年同期="0").say("同比")) == ["指标!H2"]


@given(now=st.integers(1, 10**6), base=st.integers(20, 10**6), decimals=st.integers(0, 4))
def test_a_printed_rate_is_within_half_a_step(now: int, base: int, decimals: int) -> None:
    sheet = Sheet(settings={"decimals": decimals})
    said = compare(sheet.row(值=str(now), 上年同期=str(base), 量词="个"), sheet, LAST_YEAR)
    assert isinstance(said, Text)
    (figure,) = said.figures
    exact = (Decimal(now) - base) / base * 100
    if figure.text.endswith("%"):
        assert abs(abs(exact) - Decimal(figure.text[:-1])) <= Decimal(5).scaleb(-decimals - 1)
        assert (figure.text == "0%") == (exact == 0)
        assert (figure.text == "100%") == (abs(exact) == 100)
    else:
        assert now == base or now >= 2 * base


def test_a_blank_base_is_pending_and_says_why() -> None:
    figure = one(值="126").say("同比")
    assert isinstance(figure, Figure)
    assert (figure.status, figure.rule, labels(figure)) == (Status.PENDING, "缺基期", ["指标!H2"])
