"""The number that a value is or stands for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any, SupportsFloat, SupportsIndex, SupportsInt, cast

from reportgen.template.values.spans import FigureLike

Number = int | float | Decimal
MAX_DIGITS = 4_000  # Python writes no longer whole numbers out
_CONVERSIONS: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (SupportsIndex, int),
    (SupportsFloat, float),
    (SupportsInt, int),
)


def number_of(value: object) -> Number | None:
    """The number that `value` is or stands for, by its `__figure__`, `value`, `__int__` or `__float__`; else None."""
    if (own := plain_number(value)) is not None:
        return own
    stood_for = _stood_for(value)
    if (own := plain_number(stood_for)) is not None:
        return own
    if (inner := plain_number(getattr(stood_for, "value", None))) is not None:
        return inner
    for kind, convert in _CONVERSIONS if not hasattr(type(stood_for), "__renumbered__") else ():
        if isinstance(stood_for, kind):
            return plain_number(convert(stood_for))
    return None


def figure_of(value: object) -> FigureLike | None:
    """The figure that `value` is or stands for; None also for a row that prints no number, or several."""
    stood_for = _stood_for(value)
    return cast(FigureLike, stood_for) if hasattr(type(stood_for), "__renumbered__") else None


def _stood_for(value: object) -> object:
    figure = getattr(type(value), "__figure__", None)
    try:
        return value if figure is None else figure(value)
    except TypeError:  # a row that prints no number, or several
        return None


def plain_number(value: object) -> Number | None:
    """`value` when it is a finite number itself (a boolean counts as 1 or 0); else None."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS else None
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, int) else None
