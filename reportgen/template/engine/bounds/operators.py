"""Operators and comparisons, checked and counted before they run."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

from reportgen.template.engine.bounds import formats
from reportgen.template.engine.bounds.sizes import MAX_BITS, as_count, check, expanse, too_long, weight
from reportgen.template.engine.bounds.work import COMPARED, counted, size, unit_of
from reportgen.template.engine.run import ITEM, current

_SHORT = 100  # characters that are compared in no time


def check_operator(sign: str, left: object, right: object) -> None:
    """Raises LimitError when `left sign right` would be too large or take too long."""
    if isinstance(left, int) and isinstance(right, int):
        _check_whole(sign, left, right)
    elif sign == "+" and isinstance(left, Sequence) and isinstance(right, Sequence):
        check(weight(left) + weight(right))
        current().work(size(left) + size(right))
    elif sign == "*":
        _check_repeated(left, right)
        _check_repeated(right, left)
    elif sign == "**":
        _check_power(left, right)
    elif sign == "%" and isinstance(left, (bytes, bytearray)):
        formats.check_percent(left.decode("latin-1"), (right,))
    elif sign == "-" and isinstance(left, Set):
        current().work(size(left))


def check_summed(items: Sequence[object]) -> None:
    """Counts what adding up lists copies: all of those before, with each."""
    joined = sum(len(item) for item in items if isinstance(item, (list, tuple)))
    if joined:
        check(joined)
        current().work(COMPARED * joined * len(items))


def _check_whole(sign: str, left: int, right: int) -> None:
    bits = left.bit_length(), right.bit_length()
    if sign == "**":
        _check_power(left, right)
    elif max(bits) > MAX_BITS or (sign == "*" and sum(bits) > MAX_BITS):
        raise too_long()


def _check_repeated(thing: object, count: object) -> None:
    times = as_count(count) if isinstance(thing, Sequence) else None
    if times is not None:
        check(weight(thing) * times)
        current().work(max(size(thing) * times, 0))


def _check_power(base: object, exponent: object) -> None:
    if not isinstance(exponent, int):
        return
    bits = base.bit_length() if isinstance(base, int) else 1
    if abs(exponent) * max(bits, 1) > MAX_BITS:
        raise too_long()


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def compared(left: Any, right: Any) -> Any:
        unit = unit_of(type(left))
        if unit == 1:
            if len(left) > _SHORT:
                current().work(len(left))
        elif unit:
            current().work(COMPARED * expanse(left))
        return compare(left, right)

    return compared


def contained(item: Any, container: Any) -> bool:
    """`item in container`."""
    run, unit = current(), unit_of(type(container))
    if unit == 1:
        run.work(len(container))
    elif isinstance(container, (Mapping, Set)):
        expanse(item)
    elif unit > 0:
        plain = isinstance(container, (list, tuple))
        run.work((COMPARED if plain else ITEM) * len(container) * expanse(item))
    elif isinstance(container, Iterator):
        return item in counted(container, run)
    return item in container


def _not_contained(item: Any, container: Any) -> bool:
    return not contained(item, container)


# Jinja2's names of the comparisons; as filters they end with a space, so that no template can name them.
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    **{name: _compared(getattr(operator, name)) for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    "in": contained,
    "notin": _not_contained,
}
_OTHER_NAMES = {"eq": ("==", "equalto"), "ne": ("!=",), "lt": ("<", "lessthan"), "le": ("<=",)}
_OTHER_NAMES |= {"gt": (">", "greaterthan"), "ge": (">=",), "in": ()}
TESTS = {name: COMPARISONS[own] for own, others in _OTHER_NAMES.items() for name in (own, *others)}


def measured(value: Any) -> Any:
    """A value that is about to be compared or hashed, as it is."""
    expanse(value)
    return value


def sliced(value: Any, start: Any, stop: Any, step: Any) -> Any:
    """`value[start:stop:step]`."""
    part = value[start:stop:step]
    current().work(size(part))
    return part
