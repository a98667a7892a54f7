"""How much filters, tests, functions and methods go over: without this a template could keep a computer busy for hours
without a single loop."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, MappingView, Sequence, Set
from typing import Any

from markupsafe import Markup

from reportgen.template.engine.run import ITEM, Run, current

COMPARED = 2  # what an item weighs that is only compared, in characters
_LITTLE = 50  # less than this costs no more than the call itself, and is not counted
_ENDLESS = -1  # an iterator: its items are counted as they come
_BUILT = (str, bytes, bytearray, list, tuple, dict, set, frozenset)


def _unit_of(kind: type) -> int:
    """What each of the `len` things in a value of this type weighs: a character 1, an item more, 0 for what is one
    thing, -1 for what has no length but gives items."""
    if issubclass(kind, (str, bytes, bytearray)):
        return 1
    if issubclass(kind, (Mapping, Sequence, Set, MappingView)):
        return ITEM if hasattr(kind, "__len__") else 0
    return _ENDLESS if issubclass(kind, Iterator) else 0


unit_of: Callable[[type], int] = functools.cache(_unit_of)


def size(value: Any) -> int:
    """What going over `value` once weighs."""
    unit = unit_of(type(value))
    return unit * len(value) if unit > 0 else 0


def charged(args: tuple[Any, ...], times: int = 1) -> tuple[Any, ...]:
    """The arguments, which are about to be gone over so many times; iterators count what they give."""
    total = 0
    for number, value in enumerate(args):
        unit = unit_of(type(value))
        if unit > 0:
            total += unit * len(value)
        elif unit:
            args = (*args[:number], counted(value, current(), times), *args[number + 1 :])
    if total * times > _LITTLE:
        current().work(total * times)
    return args


def outcome(made: Any) -> Any:
    """What a filter or a method has made, counted; never text that escapes what is added to it."""
    if isinstance(made, Markup):
        made = str(made)
    if isinstance(made, _BUILT) and len(made) > 1:
        current().work(size(made))
    return made


def counted(values: Iterable[Any], run: Run, times: int = 1) -> Iterator[Any]:
    """The values, each counted when it is asked for, as often as it will be looked at."""
    for value in values:
        run.work(ITEM * times)
        yield value
