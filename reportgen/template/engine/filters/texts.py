"""Filters that write. What has no text of its own (a list, a function) is a fault, where Jinja2's own would print what
Python calls it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import do_filesizeformat, make_attrgetter

from reportgen.template.engine.bounds.methods import check_method
from reportgen.template.engine.bounds.sizes import check, weight
from reportgen.template.engine.filters.formats import formatted
from reportgen.template.engine.filters.sources import anchored, concatenated, replaced, retained, shortened
from reportgen.template.values import is_spanned, number_of, plain_text

# Jinja2's filters that take what they are given for text.
_OF_TEXT = (
    *("capitalize", "center", "lower", "striptags", "title", "trim", "truncate", "upper", "urlize"),
    *("wordcount", "wordwrap"),
)


def _formatted(form: object, *args: object, **kwargs: object) -> str:
    """Jinja2's filter `format`."""
    return formatted(plain_text(form), kwargs or args)


@pass_environment
def _joined(environment: Environment, values: Iterable[Any], d: object = "", attribute: Any = None) -> str:
    """Jinja2's filter `join`, its result bounded."""
    items: list[Any] = list(values)
    if attribute is not None:
        items = [make_attrgetter(environment, attribute)(item) for item in items]
    mark = plain_text(d)
    check(len(items) * len(mark) + weight(items))
    return concatenated(items, mark)


def _indented(text: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja2's filter `indent`, its result bounded."""
    lines = plain_text(text).split("\n")
    check(len(lines) * (width if isinstance(width, int) else len(width)))
    margin = " " * width if isinstance(width, int) else width
    body = [margin + line if blank or line else line for line in lines[1:]]
    return anchored("\n".join([margin + lines[0] if first else lines[0], *body]), text)


def _replaced(text: object, old: object, new: object, count: int | None = None) -> str:
    """Jinja2's filter `replace`, its result bounded."""
    words, before, after = plain_text(text), plain_text(old), plain_text(new)
    check_method(words, "replace", (before, after))
    return replaced(text, before, new, -1 if count is None else count)


def _of_text(name: str) -> Callable[..., object]:
    original: Callable[..., object] = JINJA_FILTERS[name]
    place = 1 if hasattr(original, "jinja_pass_arg") else 0
    kept = shortened if name == "truncate" else anchored

    @functools.wraps(original)
    def written(*args: Any, **kwargs: Any) -> object:
        text = original(*args[:place], plain_text(args[place]), *args[place + 1 :], **kwargs)
        return kept(text, args[place]) if isinstance(text, str) else text

    return written


def _file_size(value: object, binary: bool = False) -> str:
    """Jinja2's filter `filesizeformat`."""
    number = number_of(value)
    return anchored(do_filesizeformat(plain_text(value) if number is None else float(number), binary), value)


def _pretty(value: object, *options: bool) -> str:
    """Jinja2's filter `pprint`: what a value prints. Raises FaultError for a list, as printing it would."""
    return retained(value) if is_spanned(value) or not isinstance(value, str) else str(JINJA_FILTERS["pprint"](value))


FILTERS: Mapping[str, Callable[..., object]] = {
    **{name: _of_text(name) for name in _OF_TEXT},
    # Escaping is always on: there is nothing to switch.
    **dict.fromkeys(("e", "escape", "forceescape", "safe", "string"), retained),
    "filesizeformat": _file_size,
    "format": _formatted,
    "indent": _indented,
    "join": _joined,
    "pprint": _pretty,
    "replace": _replaced,
}
