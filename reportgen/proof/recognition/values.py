"""The value of a numeral as written: Arabic digits with separators and 万/亿, or Chinese characters."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"廿": 2, "卅": 3}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
# Two digits side by side that mean "one or the other" without following one another: 三五个.
_LOOSE_PAIRS = {(3, 5)}
_ABOUT = {"百十": 100, "百八十": 100, "千八百": 1000}
_LONE_WEIGHTS = frozenset("百千万亿")

_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９．％／：∶＋－−～＞＜（）［］〔〕" + "".join(chr(0xFF21 + i) for i in range(26)),
    "0123456789.%/::+--~><()[][]" + "".join(chr(0x41 + i) for i in range(26)),
)
# Financial characters, and 圆 behind them. One of them alone is a name or part of a word (陆地, 伍, 肆意), as is the
# last character of 队伍 and 大陆 where a numeral follows (队伍壹佰人).
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元")
_END_OF_WORD = "(?<=[队入退行落])伍(?![拾佰仟])|(?<=[大登着内水海])陆(?![拾佰仟])|(?<=收)拾"
_AMOUNT = re.compile(f"{_END_OF_WORD}|(?P<amount>[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零萬億万亿]+圆?)")
_WEIGHT = re.compile("[拾佰仟萬億万亿]")


class Span(NamedTuple):
    """The two ends of a value; equal for a single one."""

    low: Decimal
    high: Decimal

    def times(self, factor: Decimal | int) -> Span:
        return Span(self.low * factor, self.high * factor)


def single(value: Decimal | int) -> Span:
    return Span(Decimal(value), Decimal(value))


def plainly(text: str) -> str:
    """`text` in half-width signs, financial amounts in everyday characters; of the same length, so that spans hold."""
    return _AMOUNT.sub(_everyday, text.translate(_HALF_WIDTH))


def _everyday(found: re.Match[str]) -> str:
    amount = found["amount"] or ""
    return amount.translate(_FINANCIAL) if _WEIGHT.search(amount) else found[0]


def scale_of(text: str) -> int:
    """万 → 10000, 千万 → 10000000, 万亿 → 10**12, nothing → 1."""
    factor = 1
    for character in text:
        factor *= _SCALES.get(character) or _WEIGHTS[character]
    return factor


def is_bare(run: str) -> bool:
    """百, 千万, 万亿: weights without a digit. 十 counts by itself and is none."""
    return _LONE_WEIGHTS.issuperset(run)


def spelt(run: str) -> Span | None:
    """两千三百 → 2300, 七八十 → 70 to 80, 一百二 → 120 (as spoken), 百 → 100; None for what is no number (一二三)."""
    if run.endswith("一二"):
        return None  # 一二类: the first and the second
    if run in _ABOUT:
        return single(_ABOUT[run])
    if is_bare(run):
        return single(scale_of(run))
    reader = _Reader()
    return reader.value() if all(reader.take(character) for character in run) else None


class _Reader:
    """Takes a numeral character by character; False from `take` means it is not well formed."""

    def __init__(self) -> None:
        self._total = self._section = Span(Decimal(0), Decimal(0))
        self._digits: list[int] = []
        self._weight = 10**4  # the last weight of this section; each must be smaller than the one before
        self._scale = 10**12
        self._zero = self._paired = False

    def take(self, character: str) -> bool:
        if character in "零〇":
            return self._take_zero()
        if character in DIGITS:
            return self._take_digit(DIGITS[character])
        if character in _TENS:  # as 二十, 三十
            return not self._digits and self._take_digit(_TENS[character]) and self._take_weight(10)
        if character in _WEIGHTS:
            return self._take_weight(_WEIGHTS[character])
        return self._take_scale(_SCALES[character])

    def value(self) -> Span | None:
        if self._digits and self._weight > 10 and not self._zero and len(self._digits) == 1:
            last = self._weight if self._weight < 10**4 else self._scale
            if last < 10**12:
                return self._sum(single(self._digits[0] * last // 10))  # 一百二, 一万二
        return self._sum(self._pending())

    def _sum(self, rest: Span) -> Span:
        return Span(self._total.low + self._section.low + rest.low, self._total.high + self._section.high + rest.high)

    def _pending(self) -> Span:
        if not self._digits:
            return single(0)
        return Span(Decimal(self._digits[0]), Decimal(self._digits[-1]))

    def _take_zero(self) -> bool:
        fine = not self._digits and not self._zero
        self._zero = True
        return fine and (self._section.low > 0 or self._total.low > 0)

    def _take_digit(self, digit: int) -> bool:
        self._digits.append(digit)
        if len(self._digits) == 1:
            return True
        pair = tuple(self._digits)
        fine = not self._paired and len(pair) == 2 and (pair[1] == pair[0] + 1 or pair in _LOOSE_PAIRS)
        self._paired = True
        return fine

    def _take_weight(self, weight: int) -> bool:
        if weight >= self._weight or (not self._digits and weight != 10):
            return False
        count = self._pending() if self._digits else single(1)
        self._section = Span(self._section.low + count.low * weight, self._section.high + count.high * weight)
        self._weight, self._digits, self._zero = weight, [], False
        return True

    def _take_scale(self, scale: int) -> bool:
        counted = Span(self._section.low + self._pending().low, self._section.high + self._pending().high)
        if scale == self._scale == 10**4 or (counted.high == 0 and not (scale == 10**8 and self._total.low)):
            return False
        if scale > self._scale:  # 两万亿: what was said so far is counted again
            self._total = Span(self._total.low + counted.low, self._total.high + counted.high).times(scale)
        else:
            self._total = Span(self._total.low + counted.low * scale, self._total.high + counted.high * scale)
        self._section, self._digits, self._zero = single(0), [], False
        self._weight, self._scale = 10**4, scale
        return True


def decimals(run: str) -> str:
    """The digits after 点: 二八 → 28."""
    return "".join(str(DIGITS[character]) for character in run)


def arabic(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace("，", ""))
