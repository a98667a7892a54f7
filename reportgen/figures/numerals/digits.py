"""Decimal → digits and characters (GB/T 15835), always rounded half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.model.figure import plain

# Wide enough that shaping a 15-digit number for print never rounds it a second time.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_DIGITS = "零一二三四五六七八九"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
# Before these 2 stays 二: the month, the day, the number in a series or of a grade, and the weight 两 itself.
_NOT_COUNTED = ("月", "日", "号", "两", "级", "等", "线", "产", "分之", "年级", "季度")


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Half up to `decimals` places, kept even when they are zeros."""
    return number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)


def fixed(number: Decimal, decimals: int) -> str:
    """Half up, with exactly `decimals` places: 4.25 to 1 place → 4.3; 5 to 2 places → 5.00."""
    shown = rounded(number, decimals)
    return format(shown if shown else abs(shown), "f")


def trimmed(number: Decimal, decimals: int, landmarks: tuple[int, ...] = ()) -> str:
    """Half up to `decimals` places, trailing zeros dropped.

    A number that is not one of `landmarks` but would round to one takes as many places as tell them apart:
    99.96 to 1 place beside the landmark 100 → 99.96.
    """
    for places in range(decimals, decimals + 16):
        shown = rounded(number, places)
        if shown == number or shown not in landmarks:
            return plain(shown) if shown else "0"
    return plain(number)


def percentage(number: Decimal, decimals: int) -> str:
    """A percentage at face value with its sign half-width; never a false 0% or 100%."""
    return f"{trimmed(number, decimals, (0, 100))}%"


def as_typed(number: Decimal, decimals: int) -> str:
    """All digits of the number, and zeros up to the `decimals` that were typed (5.50)."""
    text = plain(number)
    places = len(text.partition(".")[2])
    return text if places >= decimals else fixed(number, decimals)


def characters(number: Decimal, measure: str = "") -> str:
    """12 → 十二, 105 → 一百零五, 4.3 → 四点三; 2 before a measure word → 两, and 两千, 两万, 两亿."""
    whole, _, fraction = plain(abs(number)).partition(".")
    if whole == "2" and not fraction and measure and not measure.startswith(_NOT_COUNTED):
        words = "两"
    else:
        words = _leading(_integer(int(whole)))
    if fraction:
        words += "点" + "".join(_DIGITS[int(digit)] for digit in fraction)
    return f"负{words}" if number < 0 else words


def ordinal(number: Decimal) -> str:
    """2 → 第二. Raises F013 for what is not a whole number from 1 up."""
    if number < 1 or number != number.to_integral_value():
        raise FaultError(faults.NOT_AN_ORDINAL, number=plain(number))
    return f"第{_leading(_integer(int(number)))}"


def _integer(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    size, name = next((size, name) for size, name in _UNITS if number >= size)
    high, low = divmod(number, size)
    head = f"{_integer(high)}{name}"
    if not low:
        return head
    return f"{head}{'零' if low < size // 10 else ''}{_integer(low)}"


def _leading(words: str) -> str:
    if words.startswith("一十"):
        return words[1:]
    if words[0] == "二" and words[1:2] in ("千", "万", "亿"):
        return f"两{words[1:]}"
    return words
