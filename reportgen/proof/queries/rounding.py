"""What a rounded number may stand for: 概数 and their exact numbers, percentages and the whole numbers behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.figures import whole_base, whole_behind
from reportgen.model.figure import SCALES, plain
from reportgen.proof.recognition import Number

# 多 or 余 directly behind the digits; 31万多 rounds to 万 and is right (figures.md).
_VAGUE = re.compile(r"(?<![\d.．第])(?P<number>\d+(?:\.\d+)?)(?P<word>[多余])(?P<scale>万亿|万|亿)?")
# Measured, not counted: the whole behind a share of these need not be a whole number.
_MEASURED = re.compile(r"[%％元万亿亩吨斤克米升度里瓦时秒]|公顷|平方|立方|百分点")
_AT_LEAST = ("多", "余", "来", "几", "上", "以上")
_ABOVE = ("超", "超过", "逾", "突破", "过")
_NEAR = ("近", "将近", "接近")
_ABOUT = ("约", "左右", "上下", "大约", "前后")
# 近 within 5 % (figures.md), and 约 likewise; 多 names all but the last digits, so never less than two thirds.
_CLOSE, _MOST = Decimal("0.05"), Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Vague:
    """A 概数 whose number is not round, the characters [start, end) of its text, and how it could be written."""

    start: int
    end: int
    digits: str
    word: str
    example: str


def vague_after_exact(text: str) -> Iterator[Vague]:
    """Each 多 or 余 behind a number that is told to its last digit: 263多亿, 45余家; not 260多亿, 31万多, 10余."""
    for match in _VAGUE.finditer(text):
        number, scale = Decimal(match["number"]), match["scale"] or ""
        if number % 10 or not number:
            example = _rounded(number, scale, match["word"])
            yield Vague(match.start(), match.end(), f"{match['number']}{scale}", match["word"], example)


def _rounded(number: Decimal, scale: str, word: str) -> str:
    if number < 10:
        return f"{int(number)}{scale}{word}" if scale and number >= 1 else f"{plain(number)}{scale}"
    step = Decimal(1).scaleb(max(1, number.adjusted() - 1))
    return f"{plain(number // step * step)}{word}{scale}"


def told(vague: Vague, place: Place, text: str) -> Diagnostic:
    return codes.VAGUE_AFTER_EXACT.at(place, text=text, digits=vague.digits, word=vague.word, example=vague.example)


def is_counted(measure: str) -> bool:
    """True when a 量词 counts whole things: 个, 家, 条; not 元, 亩, 万人."""
    return bool(measure) and not _MEASURED.search(measure)


def impossible_share(part: Decimal, percent: Decimal, decimals: int) -> bool:
    """True when `part`, a whole number, is `percent` (as printed, with `decimals`) of no whole number."""
    return part > 0 and 0 < percent <= 100 and _is_whole(part) and whole_behind(part, percent, decimals) is None


def impossible_growth(now: Decimal, rate: Decimal, decimals: int) -> bool:
    """True when `now`, a whole number, grew by `rate` percent (a fall is negative) from no whole number."""
    return now > 0 and rate > -100 and _is_whole(now) and whole_base(now, rate, decimals) is None


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def fits(number: Number, text: str, value: Decimal) -> bool:
    """True when a number of `text` may stand for `value`: 450多 for 456, 近500 for 490, 1.3万 for 12800."""
    named, word = number.low, number.vague
    assert named is not None
    if not word:
        return abs(value - named) <= _half_digit(text[number.start : number.end])
    if word in _AT_LEAST:
        return named <= value <= named * _MOST
    if word in _ABOVE:
        return value > named
    if word in _NEAR:
        return named * (1 - _CLOSE) <= value <= named
    return abs(value - named) <= named * _CLOSE if word in _ABOUT else True


def _half_digit(typed: str) -> Decimal:
    """How far the last digit of a number in 万 or 亿 reaches; other numbers are told exactly."""
    scale = next((scale for scale in ("万亿", "亿", "万") if typed.endswith(scale)), "")
    decimals = len(typed.removesuffix(scale).partition(".")[2])
    return Decimal(5).scaleb(-decimals - 1) * SCALES[scale] if scale else Decimal(0)
