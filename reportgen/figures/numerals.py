"""Decimal → digits, characters and 概数, dates → words (GB/T 15835), always rounded half up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.model.figure import plain
from reportgen.model.records import Approximation, Masthead, Precision, When

SCALES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}
# Wide enough that shaping a 15-digit number for print never rounds it a second time.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_DIGITS = "零一二三四五六七八九"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_AFTER = (Approximation.MANY, Approximation.ODD)
# 上百 … 上亿: the round number that the value has reached, and what it is called.
_REACHED = ((10**8, "亿"), (10**7, "千万"), (10**6, "百万"), (10**4, "万"), (10**3, "千"), (10**2, "百"))
_QUARTERS = "一二三四"
_NEAR_LIMIT = Decimal("0.05")
# Before these 2 stays 二: the month, the day, the number in a series, and the weight 两 itself.
_NOT_COUNTED = ("月", "日", "号", "两")


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


@dataclass(frozen=True, slots=True)
class Approximate:
    """A 概数: its text without 量词 (450多, 31万多, 超11万), the number it names, and whether nothing was dropped."""

    text: str
    named: Decimal
    unchanged: bool


def approximate(value: Decimal, word: Approximation, place: Decimal | None = None) -> Approximate:
    """`value` (万 and 亿 multiplied out) as 概数 with `word`, to two leading digits (one below 100) or to `place`.

    多 余 超 突破 上 never name more than the value, 近 never less. Raises F014 when 近 is more than 5 % off,
    F015 for 上 below 100, F016 when nothing is left to name.
    """
    if word is Approximation.UP_TO:
        return _reached(value)
    named = _landing(value, word, place)
    if named <= 0 or (word in _AFTER and value < 10 and value == value.to_integral_value()):
        raise FaultError(faults.TOO_SMALL, number=plain(value), word=word.value)
    if word is Approximation.NEAR and named - value > named * _NEAR_LIMIT:
        raise FaultError(faults.NOT_NEAR, number=plain(value), named=plain(named))
    return Approximate(_with_word(named, word), named, named == value)


def _landing(value: Decimal, word: Approximation, place: Decimal | None) -> Decimal:
    if place is None:
        leading = value.adjusted() if value < 100 else value.adjusted() - 1
        place = Decimal(1).scaleb(leading)
    mode = ROUND_CEILING if word is Approximation.NEAR else ROUND_FLOOR
    return (value / place).to_integral_value(rounding=mode) * place


def _with_word(named: Decimal, word: Approximation) -> str:
    scale = "亿" if named >= SCALES["亿"] else "万" if named >= 10 * SCALES["万"] else ""
    number = named / SCALES[scale] if scale else named
    if word not in _AFTER:
        return f"{word.value}{plain(number)}{scale}"
    if not scale:
        return f"{'十' if number == 10 else plain(number)}{word.value}"
    if number % 10 == 0:
        return f"{plain(number)}{word.value}{scale}"
    return f"{plain(number)}{scale}{word.value}"


def _reached(value: Decimal) -> Approximate:
    for size, name in _REACHED:
        if value >= size:
            return Approximate(f"上{name}", Decimal(size), value == size)
    raise FaultError(faults.NOT_UP_TO, number=plain(value))


def already_round(value: Decimal, word: Approximation) -> bool:
    """True when 概数 with `word` would name the value itself: 450 with 多. Never raises."""
    if word is Approximation.UP_TO:
        return any(value == size for size, _ in _REACHED)
    return value > 0 and _landing(value, word, None) == value


def whole_behind(part: Decimal, percent: Decimal, decimals: int) -> int | None:
    """The whole number of which `part` is `percent` as printed with `decimals`; None when there is none.

    422 as 36.67 %: 1150 gives 36.7, 1151 gives 36.66.
    """
    if part <= 0 or percent <= 0:
        return None
    half = Decimal(5).scaleb(-decimals - 1)
    lowest = max(int(part * 100 / (percent + half)), 1)
    highest = int(part * 100 / (percent - half)) + 1 if percent > half else lowest
    for whole in range(lowest, highest + 1):
        if rounded(part * 100 / whole, decimals) == percent:
            return whole
    return None


def whole_base(now: Decimal, rate: Decimal, decimals: int) -> int | None:
    """The whole base from which `now` grew by `rate` percent as printed with `decimals`; None when there is none.

    347 grown by 86.23 %: 186 gives 86.56, 187 gives 85.56.
    """
    if now <= 0:
        return 1 if now == 0 and rate == -100 else None
    half = Decimal(5).scaleb(-decimals - 1)
    least, most = 1 + (rate - half) / 100, 1 + (rate + half) / 100
    if most <= 0:
        return None
    lowest = max(int(now / most), 1)
    # A fall that prints as -100 % has no highest base; any one above the lowest will do.
    highest = int(now / least) + 1 if least > 0 else lowest + 2
    for base in range(lowest, highest + 1):
        if rounded((now - base) / base * 100, decimals) == rate:
            return base
    return None


def date_text(start: When, end: When | None, masthead: Masthead) -> str:
    """3月11日, 3月11日至13日, 3月30日至4月2日; with the year when it is not 编发日期's; 3月, 第一季度 as known."""
    if end is None and start.precision is Precision.DAY and start.end != start.start:
        start, end = When(start.start, start.start), When(start.end, start.end)
    issue_year = masthead.date.start.year if masthead.date else None
    if end is None or end == start:
        return date_part(start, start.start.year != issue_year)
    across = start.start.year != end.end.year
    head = date_part(start, across or start.start.year != issue_year)
    days = start.precision is end.precision is Precision.DAY
    if days and (start.start.year, start.start.month) == (end.end.year, end.end.month):
        return f"{head}至{end.end.day}日"
    return f"{head}至{date_part(end, across)}"


def date_part(when: When, with_year: bool) -> str:
    start = when.start
    if when.precision is Precision.YEAR:
        return f"{start.year}年"
    day = {
        Precision.DAY: f"{start.month}月{start.day}日",
        Precision.MONTH: f"{start.month}月",
        Precision.QUARTER: f"第{_QUARTERS[(start.month - 1) // 3]}季度",
    }[when.precision]
    return f"{start.year}年{day}" if with_year else day
