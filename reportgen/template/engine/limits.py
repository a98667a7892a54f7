"""Operators and filters whose result could fill the memory: checked before they run."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Any

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import LimitError, current

# Widths of five digits or more, and widths taken from an argument, in % and str.format.
_WIDTH = re.compile(r"\d{5,}|\*|\{[^{}]*\{")
_MAX_BITS = 100_000  # of a whole number: 30,000 digits


def check_operator(operator: str, left: object, right: object) -> None:
    """Raises LimitError when `left operator right` would be too large."""
    if operator == "+" and isinstance(left, Sequence) and isinstance(right, Sequence):
        _check(len(left) + len(right))
    elif operator == "*":
        _check_product(left, right)
        _check_product(right, left)
    elif operator == "**":
        _check_power(left, right)
    elif operator == "%" and isinstance(left, (str, bytes)):
        check_format(left if isinstance(left, str) else left.decode("latin-1"))


def check_format(form: str) -> None:
    """Raises LimitError for a format that asks for an enormous width, or takes its width from an argument."""
    if _WIDTH.search(form):
        raise LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)


def check_method(owner: str, name: str, args: Sequence[object]) -> None:
    """Raises LimitError when a method of a text, called with `args`, would give an enormous text."""
    for value in args:
        if isinstance(value, int):
            _check(value)
    if name == "replace" and len(args) > 1 and isinstance(args[1], str):
        _check(len(args[1]) and owner.count(str(args[0])) * len(args[1]))
    if name in ("join", "translate", "expandtabs"):
        _check(len(owner) * max([len(value) for value in args if isinstance(value, Sequence)], default=1))


def bounded(function: Callable[..., object]) -> Callable[..., object]:
    """One of Jinja2's filters, refusing whole numbers beyond the bound (widths, counts, indents)."""

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> object:
        for value in (*args[1:], *kwargs.values()):
            if isinstance(value, int):
                _check(value)
        return function(*args, **kwargs)

    return checked


def indent(text: object, width: int = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja2's filter of this name, its result bounded."""
    lines = str(text).split("\n")
    _check(len(lines) * (width if isinstance(width, int) else len(width)))
    margin = " " * width if isinstance(width, int) else width
    body = [margin + line if blank or line else line for line in lines[1:]]
    return "\n".join([margin + lines[0] if first else lines[0], *body])


def replace(text: object, old: object, new: object, count: int | None = None) -> str:
    """Jinja2's filter of this name, its result bounded."""
    words = str(text)
    check_method(words, "replace", (str(old), str(new)))
    return words.replace(str(old), str(new), -1 if count is None else count)


def formatted(form: object, *args: object, **kwargs: object) -> str:
    """Jinja2's filter `format`, its widths bounded."""
    check_format(str(form))
    return str(form) % (kwargs or args)


def _check(length: int) -> None:
    current().check_length(length)


def _check_product(thing: object, count: object) -> None:
    if not isinstance(count, int):
        return
    if isinstance(thing, Sequence):
        _check(len(thing) * count)
    elif isinstance(thing, int) and thing.bit_length() + count.bit_length() > _MAX_BITS:
        raise LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)


def _check_power(base: object, exponent: object) -> None:
    if not isinstance(exponent, int):
        return
    bits = base.bit_length() if isinstance(base, int) else 1
    if abs(exponent) * max(bits, 1) > _MAX_BITS:
        raise LimitError(codes.VALUE_TOO_LONG, limit=current().limits.value)
