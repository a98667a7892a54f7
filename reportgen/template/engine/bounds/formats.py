"""Formats, which can ask for widths that nobody wants: read before they are used."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from reportgen.template.engine.bounds.sizes import check, expanse, length, refuse_huge_numbers, too_long, weight
from reportgen.template.engine.run import current

# No name holds a bracket, so that a long text of them takes no longer to search than any other.
CONVERSION = re.compile(r"%(?:\((?P<name>[^()]*)\))?[-#0 +]*(?P<width>\*|\d*)(?:\.(?P<places>\*|\d*))?(?P<kind>.)")
_DIGITS = re.compile(r"\d+")
_MAX_WIDTH = 5  # digits
_FIELD = 200  # what filling one in weighs, in characters


def check_percent(form: str, values: Iterable[object]) -> None:
    """Raises LimitError when a % format asks for an enormous text."""
    given = [item for value in values for item in _parts(value)]
    conversions, widths = 0, 0
    for match in CONVERSION.finditer(form):
        conversions += 1
        for asked in (match["width"], match["places"] or ""):
            if asked == "*" or len(asked) >= _MAX_WIDTH:
                raise too_long()
            widths += int(asked or 0)
    _check(form, conversions, widths, given)


def check_braces(form: str, values: Iterable[object]) -> None:
    """Raises LimitError when a format with braces asks for an enormous text."""
    given = [item for value in values for item in _parts(value)]
    fields, widths = 0, 0
    try:
        for _, field, spec, _ in string.Formatter().parse(form):
            fields += field is not None
            digits = _DIGITS.findall(spec or "")
            if "{" in (spec or "") or any(len(number) >= _MAX_WIDTH for number in digits):
                raise too_long()
            widths += sum(map(int, digits))
    except ValueError:
        return  # formatting says what is wrong
    _check(form, fields, widths, given)


def _check(form: str, fields: int, widths: int, given: list[object]) -> None:
    refuse_huge_numbers(given)
    for value in given:
        expanse(value)
    weight([value for value in given if isinstance(value, (str, list, tuple, set, frozenset, dict))])
    longest = max(map(length, given), default=0)
    check(len(form) + widths + max(fields - 1, 0) * (longest if fields > len(given) else 0))
    current().work(len(form) + widths + fields * _FIELD)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, tuple):
        return value
    return value.values() if type(value) is dict else (value,)
