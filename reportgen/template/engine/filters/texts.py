"""Filters that write. What has no text of its own (a list, a function) is a fault, where Jinja2's own would print what
Python calls it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import make_attrgetter

from reportgen.template.engine.filters import limits
from reportgen.template.values import number_of, plain_text

# Jinja2's filters that take what they are given for text.
_OF_TEXT = (
    *("capitalize", "center", "lower", "striptags", "title", "trim", "truncate", "upper", "urlize"),
    *("wordcount", "wordwrap"),
)
_CONVERSION = re.compile(r"%(?:\((?P<name>[^)]*)\))?[-#0 +]*(?P<width>\*|\d*)(?:\.(?P<places>\*|\d*))?(?P<kind>.)")
_NUMERIC = frozenset("diouxXeEfFgGc")


def formatted(form: str, given: object) -> str:
    """`'%.1f' % x` and the filter format: numbers for the conversions that want them, the text of anything else."""
    limits.refuse_widths(form)
    found = list(_CONVERSION.finditer(form))
    if isinstance(given, Mapping) and any(match["name"] is not None for match in found):
        kinds = {match["name"]: match["kind"] for match in found}
        return form % {name: _fit(value, kinds.get(name, "s")) for name, value in given.items()}
    wanted = [kind for match in found if match["kind"] != "%" for kind in _wanted(match)]
    values = given if isinstance(given, tuple) else (given,)
    if len(wanted) != len(values):
        return form % values  # says what is wrong
    return form % tuple(_fit(value, kind) for value, kind in zip(values, wanted, strict=True))


def _wanted(match: re.Match[str]) -> list[str]:
    return ["d" for part in ("width", "places") if match[part] == "*"] + [match["kind"]]


def _fit(value: object, kind: str) -> object:
    if kind not in _NUMERIC:
        return plain_text(value)
    number = number_of(value)
    return value if number is None else number


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
    limits.check(len(items) * len(mark) + limits.weight(items))
    return mark.join(map(plain_text, items))


def _indented(text: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja2's filter `indent`, its result bounded."""
    lines = plain_text(text).split("\n")
    limits.check(len(lines) * (width if isinstance(width, int) else len(width)))
    margin = " " * width if isinstance(width, int) else width
    body = [margin + line if blank or line else line for line in lines[1:]]
    return "\n".join([margin + lines[0] if first else lines[0], *body])


def _replaced(text: object, old: object, new: object, count: int | None = None) -> str:
    """Jinja2's filter `replace`, its result bounded."""
    words, old, new = plain_text(text), plain_text(old), plain_text(new)
    limits.check_method(words, "replace", (old, new))
    return words.replace(old, new, -1 if count is None else count)


def _of_text(name: str) -> Callable[..., object]:
    original: Callable[..., object] = JINJA_FILTERS[name]
    place = 1 if hasattr(original, "jinja_pass_arg") else 0

    @functools.wraps(original)
    def written(*args: Any, **kwargs: Any) -> object:
        return original(*args[:place], plain_text(args[place]), *args[place + 1 :], **kwargs)

    return written


FILTERS: Mapping[str, Callable[..., object]] = {
    **{name: _of_text(name) for name in _OF_TEXT},
    # Escaping is always on: there is nothing to switch.
    **dict.fromkeys(("e", "escape", "forceescape", "safe", "string"), plain_text),
    "format": _formatted,
    "indent": _indented,
    "join": _joined,
    "replace": _replaced,
}
