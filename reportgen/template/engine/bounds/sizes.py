"""How large values are: what they print, and what comparing them looks at."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from decimal import Decimal

from jinja2.utils import Namespace

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import LimitError, current
from reportgen.template.values import MAX_DIGITS

MAX_BITS = 100_000  # of a whole number: 30,000 digits
_OF_ALL = 10  # a single comparison may look at one in so many of the values that all may
_WEIGHED = 20  # what looking at a value weighs, in characters


def check(length: int) -> None:
    """Raises LimitError when a value of this length is longer than the bound."""
    current().check_length(length)


def too_long() -> LimitError:
    """The fault of a value whose length nobody wants to find out."""
    return LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)


def weight(value: object) -> int:
    """About how many characters `value` prints. LimitError as soon as it is more than the bound: lists that hold
    themselves many times over are small until they are printed."""
    run = current()
    limit = run.limits.value
    total, seen, waiting = 0, 0, [value]
    while waiting:
        item = waiting.pop()
        total += length(item)
        seen += 1
        if total > limit:
            break
        if isinstance(item, Mapping):
            waiting.extend([*item.keys(), *item.values()])
        elif isinstance(item, (list, tuple, set, frozenset)):
            waiting.extend(item)
    run.check_length(total)
    run.work(seen * _WEIGHED)
    return total


def length(value: object) -> int:
    """Characters of a text, things in a container, 1 for anything else."""
    return len(value) if isinstance(value, (str, bytes, list, tuple, set, frozenset, Mapping)) else 1


def expanse(value: object) -> int:
    """How many values comparing or hashing `value` may look at; those of Python's own containers are looked through.
    LimitError when it is more than one comparison may cost."""
    if not _held(value):
        return 1
    run = current()
    total, waiting = 0, [value]
    while waiting:
        inner = _held(waiting.pop())
        total += 1 + len(inner)
        if total * _OF_ALL > run.limits.work:
            raise LimitError(codes.TOO_MUCH_WORK, limit=run.limits.work)
        waiting.extend(item for item in inner if type(item) in _CONTAINERS)
    run.work(total * _WEIGHED)
    return total


def _held(value: object) -> tuple[object, ...]:
    kind = type(value)
    if kind not in _CONTAINERS:
        return ()
    if kind is dict:
        return (*value.keys(), *value.values())  # type: ignore[attr-defined]
    if kind is Namespace:
        return tuple(object.__getattribute__(value, "_Namespace__attrs").values())
    return tuple(value)  # type: ignore[arg-type]


_CONTAINERS = frozenset({list, tuple, dict, set, frozenset, Namespace})


def refuse_huge_numbers(values: Iterable[object]) -> None:
    """OverflowError for a number whose digits would fill pages: written out, some would fill the memory."""
    for value in values:
        if isinstance(value, int):
            huge = value.bit_length() > MAX_BITS
        else:
            huge = isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > MAX_DIGITS
        if huge:
            raise OverflowError("too large")


def as_count(value: object) -> int | None:
    """The whole number that a width or a number of times is given by, a figure's among them; None for other things."""
    return operator.index(value) if hasattr(type(value), "__index__") else None  # type: ignore[arg-type]
