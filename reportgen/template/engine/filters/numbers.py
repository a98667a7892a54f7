"""Filters that calculate. A figure or a row counts as the number it stands for; what is no number is a fault, where
Jinja2's own would print 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, InvalidOperation

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.values import MAX_DIGITS, Number, cited, number_of, plain_number

_ABSENT = object()
_ROUNDINGS = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}


def _number(value: object) -> Number:
    """Raises FaultError for what is no number."""
    found = number_of(value)
    if found is None:
        raise FaultError(codes.NOT_A_NUMBER, value=cited(value))
    return found


def _whole(value: object, default: object = _ABSENT, base: int = 10) -> object:
    """int: without what follows the point; `base` is that of a text (0 takes it from 0x, 0o, 0b)."""
    found: Number | None
    if isinstance(value, str) and base != 10:
        found = _in_base(value, base)
    else:
        found = _written(value) if isinstance(value, str) else number_of(value)
    if found is None and default is not _ABSENT:
        return default
    return int(_number(value) if found is None else found)


def _float(value: object, default: object = _ABSENT) -> object:
    found = _written(value) if isinstance(value, str) else number_of(value)
    if found is None and default is not _ABSENT:
        return default
    return float(_number(value) if found is None else found)


def _written(text: str) -> Number | None:
    """The number that a text says: 12, 12.5, 1e3."""
    try:
        return plain_number(Decimal(text.strip()))
    except InvalidOperation:
        return None


def _in_base(text: str, base: int) -> int | None:
    try:
        return int(text, base)
    except ValueError:
        return None


def _rounded(value: object, precision: int = 0, method: str = "common") -> Number:
    """round: half up, where Python would round half to even."""
    number = _number(value)
    if method not in _ROUNDINGS:
        raise FaultError(codes.FAILED, reason="取整的方式只有 common、ceil、floor")
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > precision:
        room = Context(prec=MAX_DIGITS * 2, rounding=_ROUNDINGS[method])
        exact = Decimal(format(exact.quantize(Decimal(1).scaleb(-precision), context=room), "f"))
    return type(number)(exact)


def _absolute(value: object) -> object:
    return abs(value) if hasattr(type(value), "__abs__") else abs(_number(value))  # type: ignore[arg-type]


FILTERS: Mapping[str, Callable[..., object]] = {"int": _whole, "float": _float, "round": _rounded, "abs": _absolute}
