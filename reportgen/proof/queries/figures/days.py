"""Dates in the text that no calendar has, and spans that run backwards."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from reportgen.diagnostics.catalogue.proof import figures as codes
from reportgen.proof.queries.printed import Found, Printed

_TO = "(?:至|到|—+|-|–|～|~)"
_DAY = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_DAYS = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日?"
    rf"{_TO}(?:(?P<year2>(?:19|20)\d\d)年)?(?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})日"
)
_MONTHS = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{{1,2}})月?{_TO}(?:(?P<year2>(?:19|20)\d\d)年)?(?P<month2>\d{{1,2}})月(?!\d)"
)
_YEARS = re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d)年?{_TO}(?P<year2>(?:19|20)\d\d)(?:年|(?=[）)》”，。；、]|$))")


def impossible_days(printed: Printed) -> Found:
    """2月30日, 13月5日."""
    for passage in printed.passages:
        for match in _DAY.finditer(passage.text):
            year = int(match["year"]) if match["year"] else 2024  # a leap year: 2月29日 may be
            if not _exists(year, int(match["month"]), int(match["day"])):
                yield codes.NO_SUCH_DAY.at(passage.place, text=match[0])


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def backward_spans(printed: Printed) -> Found:
    """3月13日至11日, 2025年4—2月, 2024年至2022年; not 12月25日至1月3日, which runs over New Year's."""
    for passage in printed.passages:
        for pattern in (_DAYS, _MONTHS, _YEARS):
            for match in pattern.finditer(passage.text):
                if _backward(match):
                    yield codes.DATES_REVERSED.at(passage.place, text=match[0])


def _backward(match: re.Match[str]) -> bool:
    given = {name: int(text) for name, text in match.groupdict().items() if text}
    names = [name for name in ("year", "month", "day") if name in match.groupdict()]
    if "year2" in given:
        return "year" in given and _end(given, names, "") > _end(given, names, "2")
    if "year" not in given and given.get("month2", given.get("month")) != given.get("month"):
        return False
    return _end(given, names[1:], "") > _end(given, names[1:], "2")


def _end(given: dict[str, int], names: Sequence[str], number: str) -> list[int]:
    """One end of the span; what the second end leaves out is as in the first."""
    return [given.get(name + number, given.get(name, 0)) for name in names]
