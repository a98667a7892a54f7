"""What a cell of a record says when it is more than text: numbers as typed, dates, 概数, 性质."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Approximation(StrEnum):
    """概数: the word that makes a number approximate."""

    EXACT = "精确"
    MANY = "多"
    ODD = "余"
    NEAR = "近"
    OVER = "超"
    BREAK = "突破"
    UP_TO = "上"


class Nature(StrEnum):
    """性质 of an indicator: what kind of number it is."""

    COUNT = "数量"
    RATIO = "比率"
    GROWTH = "增速"
    RANK = "名次"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as typed in a cell.

    `value` is exact, with 万/亿 multiplied out; `scale` is the 万, 亿 or 万亿 that was typed (or stood in 量词);
    a percentage keeps its face value (4.3 % is Decimal("4.3") with percent=True).
    `reported` is the text of a number reported as 概数 (450多, 30多万, 十余): then `value` is the bare number it
    names, good for nothing but sorting. `decimals` are those typed.
    """

    value: Decimal
    scale: str = ""
    percent: bool = False
    reported: str = ""
    decimals: int = 0


class Precision(StrEnum):
    DAY = "日"
    MONTH = "月"
    QUARTER = "季"
    YEAR = "年"


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span known only to the month, quarter or year: its first and last day and the precision typed."""

    start: date
    end: date
    precision: Precision = Precision.DAY
