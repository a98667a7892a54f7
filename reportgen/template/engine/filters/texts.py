"""Filters that write. What has no text of its own (a list, a function) is a fault, where Jinja2's own would print what
Python calls it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import do_filesizeformat, make_attrgetter

from reportgen.template.engine.bounds.formats import CONVERSION, check_percent
from reportgen.template.engine.bounds.methods import check_method
from reportgen.template.engine.bounds.sizes import check, weight
from reportgen.template.engine.filters.sources import anchored, concatenated, retained
from reportgen.template.values import Sourced, Span, SpanLike, figure_of, is_spanned, number_of, plain_text, spans_of

# Jinja2's filters that take what they are given for text.
_OF_TEXT = (
    *("capitalize", "center", "lower", "striptags", "title", "trim", "truncate", "upper", "urlize"),
    *("wordcount", "wordwrap"),
)
_NUMERIC = frozenset("diouxXeEfFgGc")


def formatted(form: str, given: object) -> str:
    """`'%.1f' % x` and the filter format: numbers for the conversions that want them, the text of anything else."""
    check_percent(form, (given,))
    found = list(CONVERSION.finditer(form))
    if isinstance(given, Mapping) and any(match["name"] is not None for match in found):
        return _by_name(form, found, given)
    values = given if isinstance(given, tuple) else (given,)
    wanted = [kind for match in found if match["kind"] != "%" for kind in _wanted(match)]
    if len(wanted) != len(values):
        return form % values  # says what is wrong
    fitted = [_fit(value, kind) for value, kind in zip(values, wanted, strict=True)]
    made: list[tuple[str, object]] = []
    taken = 0
    for match in found:
        count = len(_wanted(match)) if match["kind"] != "%" else 0
        own = fitted[taken : taken + count]
        taken += count
        made.append((match[0] % tuple(own), values[taken - 1] if count else None))
    return _put_together(form, found, made)


def _by_name(form: str, found: Sequence[re.Match[str]], given: Mapping[Any, object]) -> str:
    made: list[tuple[str, object]] = []
    for match in found:
        name = match["name"]
        made.append(
            (match[0] % {name: _fit(given[name], match["kind"])}, given[name]) if name else (match[0] % {}, None)
        )
    return _put_together(form, found, made)


def _put_together(form: str, found: Sequence[re.Match[str]], made: Sequence[tuple[str, object]]) -> str:
    """The conversions with what stands between them; what a figure became is still that figure."""
    spans: list[SpanLike] = []
    position = 0
    for match, (text, value) in zip(found, made, strict=True):
        figure = figure_of(value)
        told = spans_of(anchored(text, (value,))) if figure is None else figure.__reworded__(text).__spans__()
        spans += [Span(form[position : match.start()]), *told]
        position = match.end()
    return Sourced.of([*spans, Span(form[position:])])


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
    check(len(items) * len(mark) + weight(items))
    return concatenated(items, mark)


def _indented(text: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja2's filter `indent`, its result bounded."""
    lines = plain_text(text).split("\n")
    check(len(lines) * (width if isinstance(width, int) else len(width)))
    margin = " " * width if isinstance(width, int) else width
    body = [margin + line if blank or line else line for line in lines[1:]]
    return anchored("\n".join([margin + lines[0] if first else lines[0], *body]), (text,))


def _replaced(text: object, old: object, new: object, count: int | None = None) -> str:
    """Jinja2's filter `replace`, its result bounded."""
    words, before, after = plain_text(text), plain_text(old), plain_text(new)
    check_method(words, "replace", (before, after))
    return anchored(words.replace(before, after, -1 if count is None else count), (text, new))


def _of_text(name: str) -> Callable[..., object]:
    original: Callable[..., object] = JINJA_FILTERS[name]
    place = 1 if hasattr(original, "jinja_pass_arg") else 0

    @functools.wraps(original)
    def written(*args: Any, **kwargs: Any) -> object:
        text = original(*args[:place], plain_text(args[place]), *args[place + 1 :], **kwargs)
        return anchored(text, (args[place],)) if isinstance(text, str) else text

    return written


def _file_size(value: object, binary: bool = False) -> str:
    """Jinja2's filter `filesizeformat`."""
    number = number_of(value)
    return anchored(do_filesizeformat(plain_text(value) if number is None else float(number), binary), (value,))


def _pretty(value: object, *options: bool) -> str:
    """Jinja2's filter `pprint`; a row or a figure by its text, not by what Python calls it."""
    return retained(value) if is_spanned(value) else str(JINJA_FILTERS["pprint"](value))


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
