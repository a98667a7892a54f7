"""Decimal arithmetic of figures: 15 significant digits, rounded half up; 万 and 亿 of a 量词."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from math import isfinite

# figures.md: all arithmetic is Decimal of 15 significant digits, rounded half up.
ARITHMETIC = Context(prec=15, rounding=ROUND_HALF_UP)
_MAX_DIGITS = 4_000  # before or behind the point
SCALES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}


def whole_part(a: Decimal, b: Decimal) -> Decimal:
    """Rounded down, as // is for whole numbers."""
    return ARITHMETIC.divide(a, b).to_integral_value(ROUND_FLOOR)


def remainder(a: Decimal, b: Decimal) -> Decimal:
    return ARITHMETIC.subtract(a, ARITHMETIC.multiply(b, whole_part(a, b)))


def bounded(number: Decimal) -> Decimal:
    if abs(number.adjusted()) > _MAX_DIGITS:
        raise OverflowError("too large")
    return number


def plain_number(value: object) -> Decimal | None:
    """The number that a Decimal, int or finite float is, digit for digit; None for anything else."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(repr(value)) if isinstance(value, float) and isfinite(value) else None


def split_measure(measure: str) -> tuple[str, str]:
    """亿元 → (亿, 元); 万亿元 → (万亿, 元); 个 → ("", 个)."""
    if measure[:1] not in SCALES:
        return "", measure
    length = 2 if measure.startswith("万亿") else 1
    return measure[:length], measure[length:]
