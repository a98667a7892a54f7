"""Dates, lists, 是/否, choices and words as clerks type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import FaultError, Place
from reportgen.model.cells import CellValue
from reportgen.model.records import Approximation, Precision
from reportgen.validate.cells.values import choice, identifier, listed, text, when, yes_no

DAY, MONTH, QUARTER, YEAR = Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR
DATES = [
    (datetime(2025, 3, 11), "2025-03-11", "2025-03-11", DAY),
    (date(2025, 3, 11), "2025-03-11", "2025-03-11", DAY),
    ("2025-03-11", "2025-03-11", "2025-03-11", DAY),
    ("2025.3.11", "2025-03-11", "2025-03-11", DAY),
    ("2025/3/11", "2025-03-11", "2025-03-11", DAY),
    ("2025年3月11日", "2025-03-11", "2025-03-11", DAY),
    ("２０２５ 年 ３ 月 １１ 日", "2025-03-11", "2025-03-11", DAY),
    ("20250311", "2025-03-11", "2025-03-11", DAY),
    (20250311.0, "2025-03-11", "2025-03-11", DAY),
    ("3月11日", "2024-03-11", "2024-03-11", DAY),
    ("2025年3月", "2025-03-01", "2025-03-31", MONTH),
    ("2024-02", "2024-02-01", "2024-02-29", MONTH),
    ("3月", "2024-03-01", "2024-03-31", MONTH),
    ("2025年第一季度", "2025-01-01", "2025-03-31", QUARTER),
    ("2025年4季度", "2025-10-01", "2025-12-31", QUARTER),
    ("2025年", "2025-01-01", "2025-12-31", YEAR),
    (2025.0, "2025-01-01", "2025-12-31", YEAR),
]


@pytest.mark.parametrize(("typed", "start", "end", "precision"), DATES)
def test_a_date_is_read_however_it_is_typed(typed: CellValue, start: str, end: str, precision: Precision) -> None:
    found = when(typed, 2024)
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)


NO_DATES = [
    ("三月中旬", "V018", "「三月中旬」不是能认的日期。"),
    ("2025年2月30日", "V033", "「2025年2月30日」没有这一天（或这个月）。"),
    ("2025年13月", "V033", "「2025年13月」没有这一天（或这个月）。"),
    ("2025年3月11日—13日", "V018", "「2025年3月11日—13日」不是能认的日期。"),
    (2025.1, "V018", "「2025.1」不是能认的日期。"),
    (True, "V018", "「是」不是能认的日期。"),
    (45727.0, "V020", "「45727」像是没有显示成日期的日期（2025年3月11日）。"),
    ("3月11日", "V019", "「3月11日」没有年份，「刊期」表的统计止也没有填，不知道是哪一年。"),
]


@pytest.mark.parametrize(("typed", "code", "message"), NO_DATES)
def test_what_is_no_date_is_told(typed: CellValue, code: str, message: str) -> None:
    with pytest.raises(FaultError) as caught:
        when(typed, None)
    fault = caught.value.at(Place())
    assert (fault.code, fault.message) == (code, message)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_the_same_day_in_all_forms(day: date) -> None:
    forms = (day, day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日")
    assert {when(form, None).start for form in forms} == {day}


@pytest.mark.parametrize("separator", ["、", "，", ",", "；", ";", "\n", "\r\n", "、 "])
def test_a_list_may_be_parted_in_every_usual_way(separator: str) -> None:
    assert listed(f" 甲{separator}乙{separator}{separator}甲 ") == ("甲", "乙")


@pytest.mark.parametrize("typed", ["是", "√", "✓", "Y", "y", "1", 1.0, True, " 是 ", "Ｙ"])
def test_yes(typed: CellValue) -> None:
    assert yes_no(typed, "否") is True


@pytest.mark.parametrize("typed", ["否", "×", "N", "n", "0", 0.0, False])
def test_no(typed: CellValue) -> None:
    assert yes_no(typed, "是") is False


def test_neither_yes_nor_no() -> None:
    with pytest.raises(FaultError) as caught:
        yes_no("待定", "是")
    assert caught.value.at(Place()).message == "「待定」不是“是”或“否”。"


def test_a_choice_is_the_member_that_was_typed() -> None:
    assert choice(" 多 ", tuple(Approximation), "概数") is Approximation.MANY


def test_a_word_that_is_no_choice_is_told_with_the_near_one() -> None:
    with pytest.raises(FaultError) as caught:
        choice("逐个单位", ("自由段", "逐单位", "逐活动"), "展开方式")
    assert caught.value.at(Place()).suggestion == "是不是“逐单位”？可以填：自由段、逐单位、逐活动。"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("　Q&A <b> ", "Q&A <b>"),
        ("=1+1", "=1+1"),
        ("甲\n乙\r\n丙", "甲\n乙\r\n丙"),
        ("甲\x00\x01\x1f乙\ufeff\u200b", "甲乙"),
        ("（“五基三化”）①", "（“五基三化”）①"),
        (34.0, "34"),
        (date(2025, 3, 1), "2025年3月1日"),
    ],
)
def test_words_stay_as_typed_without_what_nobody_sees(typed: CellValue, read: str) -> None:
    assert text(typed) == read


def test_a_number_or_code_is_the_same_in_full_width() -> None:
    assert identifier(" Ｚ００１ ") == "Z001"
