"""Filters: what is printed before, what after."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from figure_rows import Sheet, View, activity, labels, one, refused, unit

from reportgen.figures import FILTER_NAMES, date_text, filters
from reportgen.model.figure import Figure, Status
from reportgen.model.records import Precision, When

COUNT = {"值": "457", "量词": "次"}


@pytest.mark.parametrize(
    ("cells", "phrase", "name", "options", "printed"),
    [
        (COUNT, "本身", "概数", ("多",), "450多次"),
        (COUNT, "本身", "概数", ("多", 100), "400多次"),
        (COUNT, "值", "概数", ("余",), "450余"),
        ({"值": "31.2", "量词": "万人"}, "本身", "概数", ("多",), "31万多人"),
        ({"值": "450多", "量词": "次"}, "本身", "概数", ("余",), "450多次"),
        ({}, "本身", "概数", ("多",), "【待填：产业项目】"),
        ({"值": "126", "上年同期": "107"}, "同比", "小数", (2,), "同比增长17.76%"),
        ({"值": "126", "上年同期": "107"}, "同比", "小数", (0,), "同比增长18%"),
        ({"值": "1043", "上年同期": "1000"}, "同比", "小数", (2,), "同比增长4.3%"),
        ({"值": "219", "上年同期": "250"}, "同比", "小数", (0,), "同比下降12%"),
        ({"值": "202", "总体": "365"}, "占比", "小数", (2,), "55.34%"),
        ({"值": "9996", "总体": "10000"}, "占比", "小数", (0,), "99.96%"),
        ({"值": "5.567", "量词": "亿元"}, "本身", "小数", (1,), "5.6亿元"),
        ({"值": "1.284万", "量词": "人次"}, "本身", "小数", (2,), "1.28万人次"),
        ({"值": "-5.567", "量词": "亿元"}, "本身", "小数", (1,), "-5.6亿元"),
        ({"值": "5", "上年同期": "5"}, "同比", "小数", (1,), "与上年同期持平"),
        ({"值": "457", "概数": "多"}, "本身", "小数", (1,), "450多"),
        ({"值": "12800", "量词": "人次"}, "本身", "万", (), "1.28万人次"),
        ({"值": "12800", "量词": "人次"}, "值", "万", (), "1.28万"),
        ({"值": "55700", "量词": "万元"}, "本身", "亿", (), "5.57亿元"),
        ({"值": "5.57", "量词": "亿元"}, "本身", "万", (), "55700万元"),
        ({"值": "48312", "量词": "名", "概数": "多"}, "本身", "万", (), "4.8万多名"),
        ({"值": "30多万", "量词": "人"}, "本身", "亿", (), "30多万人"),
        ({"值": "3", "量词": "个"}, "本身", "汉字", (), "三个"),
        ({"值": "2", "量词": "次"}, "本身", "汉字", (), "两次"),
        ({"值": "2", "量词": "次"}, "值", "汉字", (), "二"),
        ({"值": "12", "量词": "次"}, "本身", "汉字", (), "十二次"),
        ({"值": "4.3", "性质": "增速"}, "本身", "汉字", (), "增长百分之四点三"),
        ({"值": "1", "性质": "名次"}, "本身", "汉字", (), "第一"),
        ({"值": "2", "量词": "批"}, "本身", "序数", (), "第二批"),
        ({"值": "2", "性质": "名次"}, "本身", "序数", (), "第二"),
        ({"值": "9"}, "本身", "量词", ("次",), "9次"),
        ({"值": "126", "量词": "个"}, "本身", "量词", ("项",), "126项"),
        ({"值": "1.28万", "量词": "人次"}, "值", "量词", ("人次",), "1.28万人次"),
        ({"值": "12800", "量词": "人次"}, "值", "量词", ("万人次",), "1.28万人次"),
        ({"值": "5.57", "量词": "亿元"}, "值", "量词", ("亿元",), "5.57亿元"),
        ({"值": "5.57", "量词": "亿元"}, "值", "量词", ("元",), "5.57亿元"),
        ({"值": "30多万"}, "本身", "量词", ("人",), "30多万人"),
        ({}, "本身", "量词", ("人",), "【待填：产业项目】"),
    ],
)
def test_filters_of_an_indicator(
    cells: dict[str, str], phrase: str, name: str, options: tuple[object, ...], printed: str
) -> None:
    sheet = one(**cells)
    shown = sheet.filter(name, sheet.phrase(phrase), *options)
    assert str(shown) == printed
    assert labels(shown) == labels(sheet.say(phrase))


@pytest.mark.parametrize(
    ("value", "name", "options", "printed"),
    [
        (2, "序数", (), "第二"),
        (2, "汉字", (), "二"),
        (9, "量词", ("次",), "9次"),
        (Decimal("1202.2"), "量词", ("亿元",), "1202.2亿元"),
        ("457", "概数", ("多",), "450多"),
        (12800, "万", (), "1.28万"),
    ],
)
def test_filters_of_a_plain_number(value: object, name: str, options: tuple[object, ...], printed: str) -> None:
    assert str(Sheet().filter(name, value, *options)) == printed


def test_filters_chain() -> None:
    sheet = one(值="1284567", 量词="人次")
    assert str(sheet.filter("小数", sheet.filter("万", sheet.rows[0]), 2)) == "128.46万人次"
    assert str(sheet.filter("量词", sheet.filter("汉字", 2), "次")) == "两次"
    assert str(sheet.filter("汉字", sheet.filter("量词", 2, "次"))) == "两次"
    assert str(sheet.filter("小数", 1043, 2, 补零=True)) == "1043.00"


def test_an_approximation_of_a_round_number_is_no_longer_exact() -> None:
    sheet = one(值="450", 量词="次")
    shown = sheet.filter("概数", View(sheet.rows[0]), "多")
    assert isinstance(shown, Figure)
    assert (shown.text, shown.status) == ("450多次", Status.REPORTED)


@pytest.mark.parametrize(
    ("name", "value", "options", "code"),
    [
        ("概数", 457, ("大概",), "F002"),
        ("概数", 457, ("精确",), "F002"),
        ("概数", 457, ("多", 0), "F002"),
        ("概数", 8, ("多",), "F016"),
        ("小数", 457, (-1,), "F002"),
        ("小数", 457, ("二",), "F002"),
        ("小数", "提案", (1,), "F001"),
        ("汉字", None, (), "F001"),
        ("万", True, (), "F001"),
        ("序数", Decimal("2.5"), (), "F013"),
        ("日期", "三月", (), "F024"),
        ("年月", None, (), "F024"),
        ("顿号", "甲乙", (), "F019"),
        ("等", [], ("个单位",), "F020"),
        ("等", ["甲", "乙", "丙"], ("个单位", 2), "F023"),
        ("分别", ["甲", "乙"], ("增长", [1]), "F021"),
    ],
)
def test_what_a_filter_cannot_do(name: str, value: object, options: tuple[object, ...], code: str) -> None:
    with refused(code):
        Sheet().filter(name, value, *options)


def day(text: str) -> When:
    return When(date.fromisoformat(text), date.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        (day("2025-03-11"), None, "3月11日"),
        (day("2025-03-11"), day("2025-03-11"), "3月11日"),
        (day("2025-03-11"), day("2025-03-13"), "3月11日至13日"),
        (day("2025-03-30"), day("2025-04-02"), "3月30日至4月2日"),
        (When(date(2025, 3, 30), date(2025, 4, 2)), None, "3月30日至4月2日"),
        (day("2024-03-11"), None, "2024年3月11日"),
        (day("2024-03-11"), day("2024-03-13"), "2024年3月11日至13日"),
        (day("2024-03-30"), day("2024-04-02"), "2024年3月30日至4月2日"),
        (day("2024-12-30"), day("2025-01-02"), "2024年12月30日至2025年1月2日"),
        (day("2025-12-30"), day("2026-01-02"), "2025年12月30日至2026年1月2日"),
        (When(date(2025, 3, 1), date(2025, 3, 31), Precision.MONTH), None, "3月"),
        (When(date(2024, 1, 1), date(2024, 3, 31), Precision.QUARTER), None, "2024年第一季度"),
        (When(date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR), None, "2025年"),
    ],
)
def test_dates(start: When, end: When | None, printed: str) -> None:
    assert date_text(start, end, Sheet().masthead) == printed
    assert Sheet().filter("日期", View(activity("会", start=start, **({"end": end} if end else {})))) == printed


def test_without_the_day_of_issue_the_year_is_printed() -> None:
    assert Sheet(settings={"date": None}).filter("日期", day("2025-03-11")) == "2025年3月11日"


def test_the_year_is_printed_where_the_template_asks_for_it() -> None:
    assert Sheet().filter("日期", day("2025-03-11"), 年=True) == "2025年3月11日"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (day("2025-03-11"), "2025年3月"),
        (date(2025, 3, 11), "2025年3月"),
        (datetime(2025, 3, 11, 9), "2025年3月"),
        (When(date(2025, 1, 1), date(2025, 3, 31), Precision.QUARTER), "2025年第一季度"),
        (When(date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR), "2025年"),
    ],
)
def test_months(value: object, printed: str) -> None:
    assert Sheet().filter("年月", value) == printed


def test_lists() -> None:
    sheet = Sheet()
    units = [unit("南宁市政协"), unit("柳州市政协"), unit("桂林市政协")]
    assert str(sheet.filter("顿号", [View(row) for row in units])) == "南宁市政协、柳州市政协、桂林市政协"
    assert str(sheet.filter("顿号", units, "和")) == "南宁市政协、柳州市政协和桂林市政协"
    assert str(sheet.filter("顿号", ["甲", "乙"], "和")) == "甲和乙"
    assert str(sheet.filter("顿号", ["甲"], "和")) == "甲"
    assert str(sheet.filter("顿号", [])) == ""
    counted = sheet.filter("等", units[:2], "个单位")
    assert str(counted) == "南宁市政协、柳州市政协等2个单位"
    assert labels(counted) == ["单位!A2", "单位!A2"]
    assert str(sheet.filter("等", units[:2], "个单位", 11)) == "南宁市政协、柳州市政协等11个单位"


@pytest.mark.parametrize(
    ("names", "last", "printed"),
    [
        (["“先锋型”", "“达标型”"], "", "“先锋型”“达标型”"),
        (["《章程》", "《条例》", "《准则》"], "", "《章程》《条例》《准则》"),
        (["“先锋型”", "“达标型”"], "和", "“先锋型”和“达标型”"),
        (["“先锋型”", "达标型", "“整顿型”"], "", "“先锋型”、达标型、“整顿型”"),
        (["“先锋”岗", "“达标”岗"], "", "“先锋”岗、“达标”岗"),
    ],
)
def test_names_in_quotation_marks_need_no_comma_between(names: list[str], last: str, printed: str) -> None:
    assert str(Sheet().filter("顿号", names, *([last] if last else []))) == printed


def test_a_name_that_says_growth_says_it_once() -> None:
    sheet = one(名称="一产增速", 值="5.1", 性质="增速", 同组="三产")
    sheet.row("Z002", 名称="二产增长率", 值="3.2", 性质="增速", 同组="三产")
    assert str(sheet.filter("分别", sheet.rows, "增长", sheet.rows)) == "一产、二产分别增长5.1%、3.2%"
    assert str(sheet.call("同组", "三产", 名称=True)) == "一产增长5.1%、二产增长3.2%"


def test_a_list_keeps_the_figures_in_it() -> None:
    sheet = one(名称="先锋工地", 值="10", 量词="个")
    sheet.row("Z002", 值="15", 量词="个")
    shown = sheet.filter("顿号", [sheet.phrase("本身"), View(sheet.rows[1]), 3])
    assert (str(shown), labels(shown)) == ("10个、15个、3", ["指标!D2", "指标!D3"])


def growth(*rates: str) -> Sheet:
    sheet = Sheet()
    for index, (name, rate) in enumerate(zip(("一产", "二产", "三产"), rates, strict=False), 1):
        sheet.row(f"Z00{index}", 名称=name, 值=rate, 性质="增速", 上年同期="3.3")
    return sheet


def test_respectively() -> None:
    sheet = growth("5.1", "3.2", "4.7")
    names = ["第一产业", "第二产业", "第三产业"]
    shown = sheet.filter("分别", names, "增长", sheet.rows)
    assert str(shown) == "第一产业、第二产业、第三产业分别增长5.1%、3.2%、4.7%"
    assert labels(shown) == ["指标!D2", "指标!D3", "指标!D4"]
    assert str(sheet.filter("分别", sheet.rows, "增长", sheet.rows)) == "一产、二产、三产分别增长5.1%、3.2%、4.7%"
    clauses = [sheet.phrase("同比", "Z001"), sheet.phrase("同比", "Z003")]
    assert str(sheet.filter("分别", names[:2], "提高", clauses)) == "第一产业、第二产业分别提高1.8个百分点、1.4个百分点"
    assert str(sheet.filter("分别", ["甲", "乙"], "排名全区", [Figure("第一", Decimal(1)), 2])) == (
        "甲、乙分别排名全区第一、2"
    )


@pytest.mark.parametrize(
    ("rates", "verb"),
    [(("5.1", "-3.2"), "增长"), (("5.1", "0"), "增长"), (("-5.1", "-3.2"), "增长"), (("5.1", "-3.2"), "为")],
)
def test_respectively_goes_one_way(rates: tuple[str, ...], verb: str) -> None:
    sheet = growth(*rates)
    with refused("F022"):
        sheet.filter("分别", ["一产", "二产"], verb, sheet.rows)


def test_falls_go_together_too() -> None:
    sheet = growth("-5.1", "-3.2")
    assert str(sheet.filter("分别", ["一产", "二产"], "下降", sheet.rows)) == "一产、二产分别下降5.1%、3.2%"


def test_the_names_are_all_there() -> None:
    assert set(filters(Sheet())) == FILTER_NAMES
