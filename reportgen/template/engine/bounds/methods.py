"""The methods of Python's own values that templates may call: each is checked and counted before it runs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from types import BuiltinMethodType, MethodType
from typing import Any

from reportgen.template.engine.bounds import formats
from reportgen.template.engine.bounds.operators import contained
from reportgen.template.engine.bounds.sizes import (
    MAX_BITS,
    as_count,
    check,
    expanse,
    length,
    refuse_huge_numbers,
    weight,
)
from reportgen.template.engine.bounds.work import charged, counted, outcome
from reportgen.template.engine.run import current

_TEXTS = (str, bytes, bytearray)
_OWNERS = (*_TEXTS, list, tuple, dict, set, frozenset, range, int, float, Decimal, date, time)
_WIDENING = frozenset({"ljust", "rjust", "center", "zfill", "to_bytes"})
_BACKWARDS = frozenset({"rfind", "rindex", "rsplit", "rpartition"})  # compare every place with all of what is sought
_LONG_ENOUGH = 20  # characters sought backwards that cost nothing to speak of


def is_bounded(method: object) -> bool:
    """True for what `bounded` is for."""
    if isinstance(method, BuiltinMethodType):
        owner = method.__self__
        return isinstance(owner, _OWNERS) or (isinstance(owner, type) and issubclass(owner, _OWNERS))
    return isinstance(method, MethodType) and isinstance(method.__self__, _TEXTS)


def bounded(method: Any, safe: Callable[..., Any]) -> Callable[..., Any]:
    """`safe`, which does what `method` does, refusing what would be enormous."""
    owner, name = method.__self__, method.__name__

    @functools.wraps(method)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if name == "join":  # Python would make a list of them first
            args = tuple(list(counted(v, current())) if isinstance(v, Iterator) else v for v in args)
        check_method(owner, name, (*args, *kwargs.values()))
        return outcome(safe(*args, **kwargs))

    return checked


def check_method(owner: Any, name: str, given: tuple[Any, ...]) -> None:
    """Raises LimitError when a method called with what is `given` would make something enormous or take too long."""
    if isinstance(owner, _TEXTS):
        _check_text(owner, name, given)
    elif name in ("index", "count"):
        for value in given[:1]:
            contained(value, owner)
    elif isinstance(owner, (int, Decimal)):
        refuse_huge_numbers((owner,))
        _check_widths(name, given)
    elif name == "from_bytes":
        if any(length(value) * 8 > MAX_BITS for value in given):
            raise OverflowError("too large")
    else:
        for value in given:
            expanse(value)
        charged(given)


def _check_text(owner: str | bytes | bytearray, name: str, given: tuple[Any, ...]) -> None:
    charged((owner, *given))
    _check_widths(name, given)
    first = given[0] if given else None
    if name in ("format", "format_map") and isinstance(owner, str):
        formats.check_braces(owner, given)
    elif name == "replace" and len(given) > 1:
        check((owner.count(first) + 1) * length(given[1]))  # type: ignore[arg-type]
    elif name == "join":
        check(weight(first) + len(owner) * length(first))
    elif name == "expandtabs":
        tabs = owner.count("\t" if isinstance(owner, str) else b"\t")  # type: ignore[arg-type]
        stops = as_count(first)
        check(len(owner) + tabs * (8 if stops is None else stops))
    elif name == "translate" and isinstance(first, (Mapping, Sequence)):
        replaced = first.values() if isinstance(first, Mapping) else first
        check(len(owner) * max(map(length, replaced), default=1))
    elif name in _BACKWARDS and length(first) > _LONG_ENOUGH:
        current().work(len(owner) * length(first))


def _check_widths(name: str, given: tuple[Any, ...]) -> None:
    if name in _WIDENING:
        for value in given:
            if (count := as_count(value)) is not None:
                check(count)
