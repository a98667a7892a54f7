"""概数: a number named by its leading digits and a word (多 余 近 超 突破 上)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.model.figure import SCALES, plain
from reportgen.model.records import Approximation

_AFTER = (Approximation.MANY, Approximation.ODD)
_NOT_OF_PERCENT = (*_AFTER, Approximation.UP_TO)
# 上百 … 上亿: the round number that the value has reached, and what it is called.
_REACHED = ((10**8, "亿"), (10**7, "千万"), (10**6, "百万"), (10**4, "万"), (10**3, "千"), (10**2, "百"))
_NEAR_LIMIT = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Approximate:
    """A 概数: its text without 量词 (450多, 31万多, 超11万), the number it names, and whether nothing was dropped."""

    text: str
    named: Decimal
    unchanged: bool


def approximate(
    value: Decimal, word: Approximation, place: Decimal | None = None, percent: bool = False
) -> Approximate:
    """`value` (万 and 亿 multiplied out) as 概数 with `word`, to two leading digits (one below 100) or to `place`.

    多 余 超 突破 上 never name more than the value, 近 never less. Raises F014 when 近 is more than 5 % off,
    F015 for 上 below 100, F016 when nothing is left to name, F038 for 多 余 上 of a percentage (there is no 90多%).
    """
    if percent and word in _NOT_OF_PERCENT:
        raise FaultError(faults.NOT_OF_PERCENT, number=plain(value), word=word.value)
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
