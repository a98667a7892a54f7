"""Numbers and texts put into a form: `'%.1f' % x`, `'{}和{}'.format(x, y)`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from jinja2.sandbox import SandboxedEnvironment, SandboxedFormatter

from reportgen.template.engine.bounds.formats import CONVERSION, check_percent
from reportgen.template.engine.filters.sources import anchored, concatenated
from reportgen.template.values import (
    MAX_DIGITS,
    Number,
    Sourced,
    Span,
    SpanLike,
    figure_of,
    is_spanned,
    number_of,
    plain_number,
    plain_text,
    spans_of,
)

_NUMERIC = frozenset("diouxXeEfFgGc")
_ROUNDING = frozenset("fFeE%")
_DEFAULT_PLACES = 6
_SPEC = re.compile(r"(?:\.(?P<places>\d+))?(?P<kind>[fFeE%])\Z")


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
    fitted = [_fit(value, kind, places) for value, (kind, places) in zip(values, wanted, strict=True)]
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
            (match[0] % {name: _fit(given[name], match["kind"], _places(match["places"]))}, given[name])
            if name
            else (match[0] % {}, None)
        )
    return _put_together(form, found, made)


def _put_together(form: str, found: Sequence[re.Match[str]], made: Sequence[tuple[str, object]]) -> str:
    """The conversions with what stands between them; what a figure became is still that figure."""
    spans: list[SpanLike] = []
    position = 0
    for match, (text, value) in zip(found, made, strict=True):
        figure = figure_of(value)
        if figure is None or match["kind"] not in _NUMERIC:
            told = spans_of(anchored(text, value))
        else:
            told = figure.__reworded__(text).__spans__()
        spans += [Span(form[position : match.start()]), *told]
        position = match.end()
    return Sourced.of([*spans, Span(form[position:])])


def _wanted(match: re.Match[str]) -> list[tuple[str, int]]:
    return [("d", 0) for part in ("width", "places") if match[part] == "*"] + [
        (match["kind"], _places(match["places"]))
    ]


def _places(written: str | None) -> int:
    """How many places a format asks for; six when it does not say, as everywhere."""
    return _DEFAULT_PLACES if written is None else int(written) if written.isdigit() else 0


def _fit(value: object, kind: str, places: int) -> object:
    if kind not in _NUMERIC:
        return plain_text(value)
    number = number_of(value)
    return value if number is None else half_up(number, kind, places)


def half_up(number: Number, kind: str, places: int) -> Number:
    """`number` rounded half up to the `places` that the formats f, F, e, E and % show, where Python's own would round
    half to even, and what a float is in binary at that."""
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if kind not in _ROUNDING or not exact:
        return number
    last = places + 2 if kind == "%" else places if kind in "fF" else places - exact.adjusted()
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent <= last:
        return number
    rounded = exact.quantize(Decimal(1).scaleb(-last), context=Context(prec=MAX_DIGITS * 2, rounding=ROUND_HALF_UP))
    return float(rounded) if isinstance(number, float) else rounded


def filled(environment: SandboxedEnvironment, form: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """`'{}和{}'.format(x, y)`, which is known to have no fault: field by field, so that each keeps its sources."""
    formatter = SandboxedFormatter(environment)
    spans: list[SpanLike] = []
    values: list[object] = []
    for words, name, spec, conversion in formatter.parse(form):
        spans.append(Span(words))
        if name is None:
            continue
        automatic = not name or name[0] in ".["
        value, _ = formatter.get_field(f"{len(values)}{name}" if automatic else name, args, kwargs)
        values.append(value)
        spans += spans_of(anchored(_field(formatter, value, spec or "", conversion), value))
    if is_spanned(form):
        return anchored("".join(span.text for span in spans), concatenated((form, *values)))
    return Sourced.of(spans)


def _field(formatter: SandboxedFormatter, value: object, spec: str, conversion: str | None) -> str:
    shown = formatter.convert_field(value, conversion)
    number, asked = plain_number(shown), _SPEC.search(spec)
    if asked is not None and number is not None and not isinstance(shown, bool):
        shown = half_up(number, asked["kind"], _places(asked["places"]))
    return str(formatter.format_field(shown, spec))
