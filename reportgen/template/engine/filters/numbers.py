"""Filters that calculate. A figure or a row counts as the number it stands for, and stays one: what has a source keeps
it. What is no number is a fault, where Jinja2's own would print 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.filters import make_attrgetter

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.bounds.operators import check_summed
from reportgen.template.values import (
    MAX_DIGITS,
    Number,
    cited,
    figure_of,
    is_spanned,
    number_of,
    plain_number,
    plain_text,
)

_ABSENT = object()
_ROUNDINGS = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
_WORDS = {"common": "四舍五入", "ceil": "向上取整", "floor": "向下取整"}


def _number(value: object) -> Number:
    """Raises FaultError for what is no number."""
    found = number_of(value)
    if found is None:
        raise FaultError(codes.NOT_A_NUMBER, value=cited(value))
    return found


def _shaped(value: object, rule: str, shape: Callable[[Number], Number]) -> object:
    """The number that `value` is, shaped; a figure as a figure, one without a number as it is."""
    figure = figure_of(value)
    if figure is None:
        return shape(_number(value))
    number = number_of(figure)
    return figure if number is None else figure.__renumbered__(Decimal(shape(number)), rule)


def _whole(value: object, default: object = _ABSENT, base: int = 10) -> object:
    """int: without what follows the point; `base` is that of a text (0 takes it from 0x, 0o, 0b)."""
    value = _read(value, base)
    if default is not _ABSENT and number_of(value) is None:
        return default
    return _shaped(value, "舍去小数", int)


def _float(value: object, default: object = _ABSENT) -> object:
    value = _read(value)
    if default is not _ABSENT and number_of(value) is None:
        return default
    return _shaped(value, "", float if figure_of(value) is None else Decimal)


def _read(value: object, base: int = 10) -> object:
    """The number that a text says, that of a macro as well; anything else as it is."""
    if not isinstance(value, str) and (
        not is_spanned(value) or number_of(value) is not None or figure_of(value) is not None
    ):
        return value
    text = plain_text(value)
    found = _in_base(text, base) if base != 10 else _written(text)
    return value if found is None else found


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


def _rounded(value: object, precision: int = 0, method: str = "common") -> object:
    """round: half up, where Python would round half to even."""
    if method not in _ROUNDINGS:
        raise FaultError(codes.FAILED, reason="取整的方式只有 common、ceil、floor")
    places = f"保留{precision}位小数" if precision >= 0 else f"取到{10**-precision}的整数倍"
    rule = places if method == "common" else f"{_WORDS[method]}，{places}" if precision else _WORDS[method]
    return _shaped(value, rule, lambda number: _to_places(number, precision, _ROUNDINGS[method]))


def _to_places(number: Number, precision: int, rounding: str) -> Number:
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > precision:
        room = Context(prec=MAX_DIGITS * 2, rounding=rounding)
        exact = Decimal(format(exact.quantize(Decimal(1).scaleb(-precision), context=room), "f"))
    return type(number)(exact)


def _absolute(value: object) -> object:
    return abs(value) if hasattr(type(value), "__abs__") else abs(_number(value))  # type: ignore[arg-type]


@pass_environment
def _summed(environment: Environment, values: Iterable[Any], attribute: Any = None, start: object = 0) -> object:
    """Jinja2's filter `sum`; what has sources is summed in one go by its own `__total__`."""
    items: list[Any] = list(values)
    if attribute is not None:
        items = [make_attrgetter(environment, attribute)(item) for item in items]
    first = [] if type(start) is int and start == 0 else [start]
    total = next((own for item in (*first, *items) if (own := getattr(type(item), "__total__", None))), None)
    check_summed([*first, *items])
    # What is no number (lists are joined by sum(start=[])) must not meet the 0 that sum begins with.
    return sum(items, *first) if total is None else total([*first, *items])


FILTERS: Mapping[str, Callable[..., object]] = {
    "int": _whole,
    "float": _float,
    "round": _rounded,
    "abs": _absolute,
    "sum": _summed,
}
