"""Filters and tests, checked and counted before they run."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Environment

from reportgen.template.engine.bounds.operators import measured
from reportgen.template.engine.bounds.sizes import MAX_BITS, as_count, check, expanse, weight
from reportgen.template.engine.bounds.work import charged, counted, outcome, unit_of
from reportgen.template.engine.run import current
from reportgen.template.values import plain_text

# Jinja2's filters that take a width or a count, and those that make one text of what they are given.
_COUNTING = frozenset({"batch", "center", "round", "slice", "wordwrap"})
_WRITING = frozenset({"center", "format", "indent", "pprint", "replace", "string", "tojson", "urlencode", "xmlattr"})
_COMPARING = frozenset({"groupby", "max", "min", "sort", "unique"})
# What a character or an item costs more than it costs others, about.
_SLOW: Mapping[str, int] = {
    **dict.fromkeys(("join", "map", "reject", "rejectattr", "select", "selectattr"), 3),
    **dict.fromkeys(("striptags", "title", "tojson"), 4),
    **{"pprint": 40, "urlize": 40, "wordwrap": 20},
}
_LISTING = frozenset({"batch", "list", "reverse", "slice", "sort", "unique"})  # of a text: its characters
_CHARACTER = 50  # what a text of one character takes in the memory, against a character in a text
_CALLING = 2  # as _SLOW, for map with a filter beside map with an attribute
_SORTING = 4  # as _SLOW, for what sorts and groups
# Those that look at no more than an item, or pass on what they are given.
FREE = frozenset({"attr", "count", "d", "default", "first", "last", "length"})


def bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """One of Jinja2's filters, counting what it goes over, and refusing what would make its result enormous."""
    if name in FREE:
        return function
    place = 1 if hasattr(function, "jinja_pass_arg") else 0
    times = _SLOW.get(name, 1)

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if name in _COMPARING:
            args = (*_comparing(args[:place]), _weighed(args[place]), *args[place + 1 :])
        elif name in _CHECKS:
            _CHECKS[name](*args[place:], **kwargs)
        if name in _WRITING:
            for value in (*args[place:], *kwargs.values()):
                if unit_of(type(value)):
                    weight(value)
        elif name in _LISTING and isinstance(args[place], str):
            current().work(len(args[place]) * _CHARACTER)
        if name in _COUNTING:
            for value in (*args[place + 1 :], *kwargs.values()):
                if (count := as_count(value)) is not None:
                    check(count)
        calls = _CALLING if name == "map" and "attribute" not in kwargs else 1
        return outcome(function(*charged(args, times * calls), **kwargs))

    return checked


def counting(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is used beside Jinja2's own: what it is given and gives is counted."""

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        return outcome(function(*charged(args), **kwargs))

    return checked


def _weighed(values: Any) -> Any:
    """The items of a list that is about to be sorted or grouped, each as large as may be compared."""
    return map(measured, counted(values, current(), _SORTING)) if isinstance(values, Iterable) else values


def _comparing(environment: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_Comparing(given) if isinstance(given, Environment) else given for given in environment)


class _Comparing:
    """The environment for a filter that compares attributes: they may be no larger than may be compared."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def getitem(self, owner: Any, key: Any) -> Any:
        return measured(self._environment.getitem(owner, key))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)


def _check_wrapped(text: Any, width: int = 79, break_long: bool = True, wrapstring: str | None = None, *_: Any) -> None:
    """textwrap cuts a long word piece by piece, and copies the rest of it each time."""
    words = plain_text(text)
    longest = max(map(len, words.split()), default=0)
    check(len(words) + (len(words) // max(width, 1) + words.count(" ") + words.count("\n")) * len(wrapstring or ""))
    current().work(longest * longest // max(width, 1) // 100)


def _check_json(value: Any, indent: int | str | None = None) -> None:
    if indent is not None:
        check(expanse(value) * (indent if isinstance(indent, int) else len(indent)))


def _check_digits(value: Any, default: object = None, base: int = 10) -> None:
    if isinstance(value, str) and len(value) * 5 > MAX_BITS:
        raise OverflowError("too large")


def _check_sorted(value: Any, *_: Any, **__: Any) -> None:
    if isinstance(value, Mapping):
        for item in value.values():
            expanse(item)


_CHECKS: Mapping[str, Callable[..., None]] = {
    "dictsort": _check_sorted,
    "int": _check_digits,
    "tojson": _check_json,
    "wordwrap": _check_wrapped,
}
