"""Rounding, characters and 概数 after GB/T 15835."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from figure_rows import refused
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import FaultError
from reportgen.figures.numerals import (
    Duration,
    already_round,
    approximate,
    characters,
    fixed,
    ordinal,
    percentage,
    trimmed,
    whole_base,
    whole_behind,
)
from reportgen.model.records import Approximation, Precision, When

WORDS = [word for word in Approximation if word is not Approximation.EXACT]
AMOUNTS = st.decimals("0.01", "1e13", places=2)


@pytest.mark.parametrize(
    ("number", "decimals", "trim", "fix"),
    [
        ("4.25", 1, "4.3", "4.3"),
        ("4.35", 1, "4.4", "4.4"),
        ("-4.25", 1, "-4.3", "-4.3"),
        ("50", 1, "50", "50.0"),
        ("0.5", 0, "1", "1"),
        ("2.5", 0, "3", "3"),
        ("-0.04", 1, "0", "0.0"),
        ("1E+3", 0, "1000", "1000"),
    ],
)
def test_rounding_is_half_up(number: str, decimals: int, trim: str, fix: str) -> None:
    assert (trimmed(Decimal(number), decimals), fixed(Decimal(number), decimals)) == (trim, fix)


@pytest.mark.parametrize(
    ("number", "printed"),
    [("99.96", "99.96%"), ("99.94", "99.9%"), ("0.04", "0.04%"), ("0.05", "0.1%"), ("100", "100%"), ("0", "0%")],
)
def test_a_percentage_is_never_falsely_0_or_100(number: str, printed: str) -> None:
    assert percentage(Decimal(number), 1) == printed


@pytest.mark.parametrize(
    ("number", "measure", "words"),
    [
        ("3", "", "三"),
        ("2", "", "二"),
        ("2", "次", "两"),
        ("2", "个百分点", "两"),
        ("2", "月", "二"),
        ("2", "等奖", "二"),
        ("2", "年级", "二"),
        ("2", "年", "两"),
        ("10", "", "十"),
        ("12", "次", "十二"),
        ("22", "个", "二十二"),
        ("105", "", "一百零五"),
        ("110", "", "一百一十"),
        ("2000", "", "两千"),
        ("2300", "", "两千三百"),
        ("10500", "", "一万零五百"),
        ("100000", "", "十万"),
        ("22000", "", "两万二千"),
        ("100100000", "", "一亿零一十万"),
        ("4.3", "", "四点三"),
        ("0", "", "零"),
        ("-5", "", "负五"),
    ],
)
def test_characters(number: str, measure: str, words: str) -> None:
    assert characters(Decimal(number), measure) == words


@pytest.mark.parametrize("word", ["多", "余", "上"])
def test_a_percentage_has_no_such_approximation(word: str) -> None:
    with refused("F038"):
        approximate(Decimal("98.5"), Approximation(word), percent=True)
    assert approximate(Decimal("98.5"), Approximation.OVER, percent=True).text == "超90"


def test_ordinals_are_whole_and_from_one() -> None:
    assert [ordinal(Decimal(number)) for number in (1, 2, 10, 12, 20)] == ["第一", "第二", "第十", "第十二", "第二十"]
    for number in ("0", "-1", "2.5"):
        with refused("F013"):
            ordinal(Decimal(number))


@pytest.mark.parametrize(
    ("value", "word", "place", "text"),
    [
        ("457", "多", None, "450多"),
        ("457", "余", None, "450余"),
        ("457", "超", None, "超450"),
        ("457", "突破", None, "突破450"),
        ("457", "近", None, "近460"),
        ("457", "多", "100", "400多"),
        ("478", "近", "100", "近500"),
        ("47", "多", None, "40多"),
        ("99", "多", None, "90多"),
        ("12", "余", None, "十余"),
        ("12", "多", None, "十多"),
        ("12", "超", None, "超10"),
        ("20", "余", None, "20余"),
        ("10", "多", None, "十多"),
        ("19", "余", None, "十余"),
        ("19", "近", None, "近20"),
        ("19", "超", None, "超10"),
        ("99", "余", None, "90余"),
        ("100", "多", None, "100多"),
        ("109", "多", None, "100多"),
        ("9999", "多", None, "9900多"),
        ("9999", "近", None, "近10000"),
        ("10000", "多", None, "10000多"),
        ("10999", "余", None, "10000余"),
        ("100000", "多", None, "10多万"),
        ("99999", "近", None, "近10万"),
        ("26340000000", "突破", None, "突破260亿"),
        ("26340000000", "近", None, "近270亿"),
        ("5.57", "多", None, "5多"),
        ("48312", "多", None, "48000多"),
        ("99999", "多", None, "99000多"),
        ("100001", "多", None, "10多万"),
        ("123456", "多", None, "12万多"),
        ("312000", "多", None, "31万多"),
        ("305000", "余", None, "30余万"),
        ("1234567", "多", None, "120多万"),
        ("113000", "超", None, "超11万"),
        ("26350000000", "多", None, "260多亿"),
        ("158000000", "多", None, "1.5亿多"),
        ("1020000000", "多", None, "10多亿"),
        ("11260000000", "突破", None, "突破110亿"),
        ("100", "上", None, "上百"),
        ("999", "上", None, "上百"),
        ("1000", "上", None, "上千"),
        ("10000", "上", None, "上万"),
        ("250000", "上", None, "上万"),
        ("1200000", "上", None, "上百万"),
        ("12000000", "上", None, "上千万"),
        ("120000000", "上", None, "上亿"),
    ],
)
def test_approximation(value: str, word: str, place: str | None, text: str) -> None:
    shown = approximate(Decimal(value), Approximation(word), Decimal(place) if place else None)
    assert shown.text == text


@pytest.mark.parametrize(
    ("value", "word", "place", "code"),
    [
        ("410", "近", "100", "F014"),
        ("41", "近", None, "F014"),
        ("99", "上", None, "F015"),
        ("8", "多", None, "F016"),
        ("9", "多", None, "F016"),
        ("9", "余", None, "F016"),
        ("10", "多", "100", "F016"),
        ("0", "超", None, "F016"),
        ("-50", "多", None, "F016"),
        ("35", "多", "100", "F016"),
    ],
)
def test_no_such_approximation(value: str, word: str, place: str | None, code: str) -> None:
    with refused(code):
        approximate(Decimal(value), Approximation(word), Decimal(place) if place else None)


@pytest.mark.parametrize(
    ("value", "word", "unchanged"),
    [
        ("10", "多", True),
        ("450", "多", True),
        ("451", "多", False),
        ("100", "上", True),
        ("10000", "超", True),
        ("100000", "近", True),
        ("26340000000", "多", False),
        ("26000000000", "多", True),
    ],
)
def test_what_is_so_round_already_is_no_exact_number(value: str, word: str, unchanged: bool) -> None:
    assert approximate(Decimal(value), Approximation(word)).unchanged == unchanged
    assert already_round(Decimal(value), Approximation(word)) == unchanged


@given(value=AMOUNTS, word=st.sampled_from(WORDS), place=st.none() | st.sampled_from([1, 10, 100, 1000, 50000]))
def test_an_approximation_never_oversteps(value: Decimal, word: Approximation, place: int | None) -> None:
    try:
        shown = approximate(value, word, None if place is None else Decimal(place))
    except FaultError:
        return
    if word is Approximation.NEAR:
        assert value <= shown.named
        assert shown.named - value <= shown.named / 20
    else:
        assert shown.named <= value
    assert shown.unchanged == (shown.named == value)
    assert named_by(shown.text) == shown.named


def named_by(text: str) -> Decimal:
    """The number that a 概数 names, read from what is printed: 31万多 is 310000, 上千万 ten millions, 十余 ten."""
    digits = re.sub("[多余近超上突破]", "", text)
    number = re.match(r"[\d.]+", digits)
    size = Decimal(number[0]) if number else Decimal(1)
    for sign in digits[number.end() if number else 0 :]:
        size *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[sign]
    return size


@given(value=AMOUNTS, word=st.sampled_from(WORDS))
def test_a_round_value_is_told_from_an_exact_one(value: Decimal, word: Approximation) -> None:
    try:
        unchanged = approximate(value, word).unchanged
    except FaultError:
        return
    assert already_round(value, word) == unchanged


@given(number=st.integers(0, 10**13))
def test_characters_read_back(number: int) -> None:
    assert read_back(characters(Decimal(number))) == number


def read_back(words: str) -> int:
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        head, sign, tail = words.rpartition(name) if size >= 10**4 else words.partition(name)
        if sign:
            return (read_back(head) if head else 1) * size + (read_back(tail) if tail else 0)
    digits = "零一二三四五六七八九"
    return sum(digits.index("二" if word == "两" else word) for word in words)


@pytest.mark.parametrize(
    ("now", "rate", "decimals", "base"),
    [
        ("347", "86.23", 2, None),
        ("126", "17.8", 1, 107),
        ("320", "21.7", 1, 263),
        ("0", "-100", 0, 1),
        ("0", "-50", 0, None),
        ("5", "-200", 0, None),
        ("1000000000", "12.5", 1, 888494003),
    ],
)
def test_a_rate_must_have_a_whole_base(now: str, rate: str, decimals: int, base: int | None) -> None:
    assert whole_base(Decimal(now), Decimal(rate), decimals) == base


@given(now=st.integers(0, 10**5), base=st.integers(1, 10**5), decimals=st.integers(0, 3))
def test_the_base_behind_a_true_rate_is_found(now: int, base: int, decimals: int) -> None:
    printed = Decimal(fixed((Decimal(now) - base) / base * 100, decimals))
    found = whole_base(Decimal(now), printed, decimals)
    assert found is not None
    assert Decimal(fixed((Decimal(now) - found) / found * 100, decimals)) == printed


@pytest.mark.parametrize(
    ("part", "percent", "decimals", "whole"),
    [
        ("422", "36.67", 2, None),
        ("202", "55.3", 1, 365),
        ("148", "52.1", 1, 284),
        ("7", "100", 0, 7),
        ("0", "5", 0, None),
    ],
)
def test_a_share_must_have_a_whole_number_behind_it(part: str, percent: str, decimals: int, whole: int | None) -> None:
    assert whole_behind(Decimal(part), Decimal(percent), decimals) == whole


@given(part=st.integers(1, 10**5), rest=st.integers(0, 10**5), decimals=st.integers(0, 3))
def test_the_whole_behind_a_true_share_is_found(part: int, rest: int, decimals: int) -> None:
    printed = Decimal(fixed(Decimal(part) * 100 / (part + rest), decimals))
    if printed > 0:
        assert whole_behind(Decimal(part), printed, decimals) is not None


def when(text: str) -> When:
    """2025-03-11, 2025-03 or 2025; its first day is all that counts here."""
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[text.count("-")]
    first = date.fromisoformat((text + "-01-01")[:10])
    return When(first, first, precision)


@pytest.mark.parametrize(
    ("start", "end", "bare", "measure", "printed"),
    [
        ("2025-03-28", "2025-04-03", "6", "天", "6天"),
        ("2025-03-28", "2025-03-28", "0", "天", "0天"),
        ("2024-02-28", "2024-03-01", "2", "天", "2天"),
        ("2024-06-12", "2025-03-15", "276", "个月", "9个月"),
        ("2024-06-12", "2025-03-11", "272", "个月", "9个月"),
        ("2024-06-12", "2025-02-25", "258", "个月", "8个月"),
        ("2024-06-12", "2025-02-26", "259", "个月", "9个月"),
        ("2025-01-31", "2025-02-28", "28", "个月", "1个月"),
        ("2020-03-11", "2025-03-11", "1826", "年", "5年"),
        ("2024-06", "2025-03", "9", "个月", "9个月"),
        ("2024-06", "2025-03-15", "9", "个月", "9个月"),
        ("2024-06", "2025-03", "9", "个季度", "3个季度"),
        ("2022", "2024", "2", "年", "2年"),
    ],
)
def test_the_time_between_two_dates(start: str, end: str, bare: str, measure: str, printed: str) -> None:
    duration = Duration(when(start), when(end), ())
    assert (str(duration), str(duration.measured(measure))) == (bare, printed)


@pytest.mark.parametrize(
    ("start", "end", "measure"),
    [
        ("2025-04-03", "2025-03-28", "天"),
        ("2024-06", "2025-03", "天"),
        ("2022", "2024", "个月"),
        ("2022", "2024", "次"),
    ],
)
def test_no_such_duration(start: str, end: str, measure: str) -> None:
    with refused("F026"):
        Duration(when(start), when(end), ()).measured(measure)


def test_a_date_still_to_be_filled_in_leaves_the_duration_open() -> None:
    assert str(Duration(when("2025-03-28"), None, ()).measured("天")) == "【待核】"


@given(start=st.dates(date(1950, 1, 1), date(2050, 1, 1)), days=st.integers(0, 20000))
def test_durations_agree_with_each_other(start: date, days: int) -> None:
    end = date.fromordinal(start.toordinal() + days)
    duration = Duration(When(start, start), When(end, end), ())
    months, years = (int(str(duration.told(unit))) for unit in (Precision.MONTH, Precision.YEAR))
    assert str(duration) == str(days)
    assert abs(months - days / 30.4369) < 1.1
    assert abs(years - months / 12) <= 0.55
