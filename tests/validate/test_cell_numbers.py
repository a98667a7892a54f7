"""The text of a cell in, a number out: every way a clerk may type it, and what is told of the others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from reportgen.diagnostics import FaultError, Place
from reportgen.validate.cells.numbers import chinese_number, compact, number, percent_text, quantity, stored, whole

# text, 量词, value, 万/亿, percent, decimals
EXACT = [
    ("126", "个", "126", "", False, 0),
    ("１２６", "个", "126", "", False, 0),
    (" 126 个 ", "个", "126", "", False, 0),
    ("1,234", "个", "1234", "", False, 0),
    ("1，234.50", "元", "1234.5", "", False, 2),
    ("-3.5", "万元", "-35000", "万", False, 1),
    ("−3.5%", "%", "-3.5", "", True, 1),
    ("1.28万", "人次", "12800", "万", False, 2),
    ("1.28万人次", "人次", "12800", "万", False, 2),
    ("1.28", "万人次", "12800", "万", False, 2),
    ("1.28万", "万人次", "12800", "万", False, 2),
    ("1.28万人次", "万人次", "12800", "万", False, 2),
    ("65.35亿", "元", "6535000000", "亿", False, 2),
    ("65.35亿元", "亿元", "6535000000", "亿", False, 2),
    ("2.8万亿", "元", "2800000000000", "万亿", False, 1),
    ("36.67", "%", "36.67", "", True, 2),
    ("36.67％", "%", "36.67", "", True, 2),
    ("4.3%", "", "4.3", "", True, 1),
    ("4.2个百分点", "个百分点", "4.2", "", False, 1),
]


@pytest.mark.parametrize(("text", "measure", "value", "scale", "percent", "decimals"), EXACT)
def test_a_number_is_read_however_it_is_typed(
    text: str, measure: str, value: str, scale: str, percent: bool, decimals: int
) -> None:
    found = quantity(text, (measure,))
    assert (found.value, found.scale, found.percent, found.decimals) == (Decimal(value), scale, percent, decimals)
    assert found.reported == ""


# text, 量词, as reported, the bare number
REPORTED = [
    ("450多", "次", "450多", "450"),
    ("450多次", "次", "450多", "450"),
    ("30多万", "人", "30多万", "300000"),
    ("30多万人", "万人", "30多", "300000"),
    ("30多万", "万人", "30多", "300000"),
    ("31万多人", "人", "31万多", "310000"),
    ("超11万", "人次", "超11万", "110000"),
    ("突破110", "亿元", "突破110", "11000000000"),
    ("近500", "场次", "近500", "500"),
    ("近50%", "%", "近50", "50"),
    ("上万", "户", "上万", "10000"),
    ("上百", "次", "上百", "100"),
    ("十余", "家", "十余", "10"),
    ("十余家", "家", "十余", "10"),
    ("两千三百余", "名", "两千三百余", "2300"),
    ("数十", "次", "数十", "10"),
    ("500左右", "人", "500左右", "500"),
    ("４５０多", "次", "450多", "450"),
]


@pytest.mark.parametrize(("text", "measure", "reported", "value"), REPORTED)
def test_a_number_reported_as_approximate_is_kept_as_typed(text: str, measure: str, reported: str, value: str) -> None:
    found = quantity(text, (measure,))
    assert (found.reported, found.value) == (reported, Decimal(value))


# text, 量词, code, message, suggestion begins with
REFUSED = [
    ("一百二", "个", "V012", "「一百二」不是数。", "填阿拉伯数字，如 120。"),
    ("一百二十", "个", "V012", "「一百二十」不是数。", "填阿拉伯数字，如 120。"),
    ("两千三百", "个", "V012", "「两千三百」不是数。", "填阿拉伯数字，如 2300。"),
    ("3,00", "个", "V012", "「3,00」不是数。", "填阿拉伯数字，如 300。"),
    ("待报", "个", "V037", "「待报」不是数。", "还没有数的，把这一格清空；数是零的，填 0。"),
    ("——", "个", "V037", "「——」不是数。", "还没有数的，把这一格清空；数是零的，填 0。"),
    ("若干", "个", "V012", "「若干」不是数。", "填阿拉伯数字，如 12。"),
    ("1,2345", "个", "V012", "「1,2345」不是数。", "填阿拉伯数字"),
    ("上500", "个", "V012", "「上500」不是数。", "填阿拉伯数字"),
    ("个", "个", "V012", "「个」不是数。", "填阿拉伯数字"),
    ("126个", "件", "V013", "「126个」数后面的「个」与量词「件」不符。", "这里只填数"),
    ("126个", "", "V013", "「126个」数后面的「个」不是数的一部分。", "这里只填数"),
    ("3000万元", "亿元", "V014", "「3000万元」和量词「亿元」里的「亿」对不上，不知道是多少。", "只填数"),
    ("12800人次", "万人次", "V014", "「12800人次」和量词「万人次」里的「万」对不上，不知道是多少。", "只填数"),
    ("3000万", "亿元", "V014", "「3000万」和量词「亿元」里的「亿」对不上，不知道是多少。", "只填数"),
    ("31万多", "万人", "V014", "「31万多」和量词「万人」里的「万」对不上，不知道是多少。", "只填数"),
    ("4.3%", "个", "V015", "「4.3%」是百分数，量词却是「个」。", "核对数值"),
    ("300—500", "元", "V016", "「300—500」是一个范围，一格只能填一个数。", "在「指标」表里，下限填在「值」"),
    ("300元至500元", "元", "V016", "「300元至500元」是一个范围，一格只能填一个数。", "在「指标」表里，下限填在「值」"),
]


@pytest.mark.parametrize(("text", "measure", "code", "message", "suggestion"), REFUSED)
def test_what_is_no_number_is_told_with_the_cure(
    text: str, measure: str, code: str, message: str, suggestion: str
) -> None:
    with pytest.raises(FaultError) as caught:
        quantity(text, (measure,))
    fault = caught.value.at(Place())
    assert (fault.code, fault.message) == (code, message)
    assert fault.suggestion.startswith(suggestion)


@pytest.mark.parametrize(
    ("value", "measure", "expected", "scale", "decimals"),
    [
        (0.043499999999999997, "", "0.0435", "", 4),
        (34.0, "个", "34", "", 0),
        (65.35, "亿元", "6535000000", "亿", 2),
        (1e14, "元", "100000000000000", "", 0),
    ],
)
def test_a_stored_number_is_its_fifteen_digits(
    value: float, measure: str, expected: str, scale: str, decimals: int
) -> None:
    found = stored(value, (measure,))
    assert (found.value, found.scale, found.decimals) == (Decimal(expected), scale, decimals)


def test_a_percent_cell_says_what_people_see() -> None:
    assert [percent_text(value) for value in (0.043499999999999997, 1.0, 0.3667, -0.02)] == [
        "4.35%",
        "100%",
        "36.67%",
        "-2%",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十一", 21), ("一千零五", 1005), ("一万二", 12000), ("两亿三千万", 230_000_000), ("一百零二", 102)],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("第2", 2), ("第二", 2), ("第十二名", 12), ("3名", 3)])
def test_a_rank_may_be_typed_as_an_ordinal(text: str, value: int) -> None:
    assert whole(text, ("名", "位")) == value


def test_a_width_may_repeat_its_unit() -> None:
    assert number("8.5 厘米", ("厘米", "cm")) == Decimal("8.5")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["个", "亿元", "万人次", ""]))
def test_any_plain_number_is_read_exactly(typed: Decimal, measure: str) -> None:
    found = quantity(format(typed, "f"), (measure,))
    assert found.value == typed * {"亿": 10**8, "万": 10**4}.get(measure[:1], 1)


@given(st.text(), st.sampled_from(["个", "亿元", "%", ""]))
def test_any_text_is_a_number_or_one_plain_fault(text: str, measure: str) -> None:
    try:
        found = quantity(text, (measure,))
    except FaultError as fault:
        told = fault.at(Place())
        event(told.code)
        if text[:40] not in told.message:  # a long text is cut
            pytest.fail(f"{told.message!r} does not quote {text!r}")
    else:
        assert any(
            character.isdecimal() or character in "数几十百千万亿零〇一二两三四五六七八九"
            for character in compact(text)
        )
        assert found.value.is_finite()
