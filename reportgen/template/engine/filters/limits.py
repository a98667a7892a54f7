"""Operators and filters whose result could fill the memory: checked before they run."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import LimitError, current

# Widths and precisions of five digits or more, and those taken from an argument.
_PERCENT_WIDTH = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\d{5,}|\*|\d*\.(?:\d{5,}|\*))")
_BRACE_WIDTH = re.compile(r"\{[^{}]*:[^{}]*\d{5,}|\{[^{}]*\{")
_MAX_BITS = 100_000  # of a whole number: 30,000 digits
# Jinja2's filters that take a width or a count, and those that make one text of what they are given.
_COUNTING = frozenset({"batch", "center", "round", "slice", "tojson", "wordwrap"})
_WRITING = frozenset({"center", "format", "indent", "pprint", "replace", "string", "tojson", "urlencode", "xmlattr"})


def check_operator(operator: str, left: object, right: object) -> None:
    """Raises LimitError when `left operator right` would be too large."""
    if operator == "+" and isinstance(left, Sequence) and isinstance(right, Sequence):
        check(weight(left) + weight(right))
    elif operator == "*":
        _check_product(left, right)
        _check_product(right, left)
    elif operator == "**":
        _check_power(left, right)


def check_method(owner: str, name: str, args: Sequence[object]) -> None:
    """Raises LimitError when a method of a text, called with `args`, would give an enormous text."""
    for value in args:
        if isinstance(value, int):
            check(value)
    if name in ("format", "format_map"):
        _refuse(_BRACE_WIDTH, owner)
    elif name == "replace" and len(args) > 1:
        check((owner.count(str(args[0])) + 1) * len(str(args[1])))
    elif name == "join":
        check(sum(weight(value) + len(owner) * _length(value) for value in args))
    elif name in ("translate", "expandtabs"):
        check(len(owner) * 1_000)


def weight(value: object) -> int:
    """About how many characters `value` prints. LimitError as soon as it is more than the bound: lists that hold
    themselves many times over are small until they are printed."""
    limit = current().limits.value
    total, waiting = 0, [value]
    while waiting:
        item = waiting.pop()
        total += _length(item)
        if total > limit:
            break
        if isinstance(item, Mapping):
            waiting.extend([*item.keys(), *item.values()])
        elif isinstance(item, (list, tuple, set, frozenset)):
            waiting.extend(item)
    check(total)
    return total


def bounded(name: str, function: Callable[..., object]) -> Callable[..., object]:
    """One of Jinja2's filters, refusing what would make its result enormous."""
    if name not in _COUNTING | _WRITING:
        return function

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> object:
        for value in (*args, *kwargs.values()):
            if name in _WRITING:
                weight(value)
            if name in _COUNTING and value is not args[0] and isinstance(value, int):
                check(value)
        return function(*args, **kwargs)

    return checked


def refuse_widths(form: str) -> None:
    """Raises LimitError for a % format that asks for an enormous width."""
    _refuse(_PERCENT_WIDTH, form)


def check(length: int) -> None:
    """Raises LimitError when a value of this length is longer than the bound."""
    current().check_length(length)


def _refuse(pattern: re.Pattern[str], form: str) -> None:
    if pattern.search(form):
        raise LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, bytes, list, tuple, set, frozenset, Mapping)) else 1


def _check_product(thing: object, count: object) -> None:
    if not isinstance(count, int):
        return
    if isinstance(thing, Sequence):
        check(weight(thing) * count)
    elif isinstance(thing, int) and thing.bit_length() + count.bit_length() > _MAX_BITS:
        raise LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)


def _check_power(base: object, exponent: object) -> None:
    if not isinstance(exponent, int):
        return
    bits = base.bit_length() if isinstance(base, int) else 1
    if abs(exponent) * max(bits, 1) > _MAX_BITS:
        raise LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)
