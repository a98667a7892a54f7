"""Dates outside 统计期, or after the day on which the issue appears."""

from __future__ import annotations

import re
from datetime import date

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.model.records import Activity, Indicator, Masthead, Record, When
from reportgen.proof.queries.printed import Found, Printed

# 时期 that names its own year (截至2020年) reaches back before 统计期 by itself.
_OWN_YEAR = re.compile(r"(?:19|20)\d\d")


def dates(printed: Printed) -> Found:
    """开始日期, 结束日期 and 截止日 of rows meant for the article, and 统计止, against 刊期."""
    data = printed.issue.dataset
    masthead = data.masthead
    if masthead.period_end and _after(masthead.period_end, masthead.date):
        yield _after_issue(masthead, "period_end", "统计期", masthead)
    for activity in data.activities:
        if activity.included:
            yield from _of_activity(activity, masthead)
    for row in data.indicators:
        if row.included and row.as_of is not None:
            yield from _of_indicator(row, row.as_of, masthead)


def _of_activity(row: Activity, masthead: Masthead) -> Found:
    for field in ("start", "end"):
        when: When | None = getattr(row, field)
        if when is not None and (_before(when, masthead.period_start) or _after(when, masthead.period_end)):
            yield _outside(row, field, row.name, masthead)


def _of_indicator(row: Indicator, as_of: When, masthead: Masthead) -> Found:
    if _after(as_of, masthead.date):
        yield _after_issue(row, "as_of", row.name, masthead)
        return
    reaches_back = _before(as_of, masthead.period_start) and not _OWN_YEAR.search(row.period)
    if reaches_back or _after(as_of, masthead.period_end):
        yield _outside(row, "as_of", row.name, masthead)


def _before(when: When, limit: When | None) -> bool:
    """Wholly before: a month or year that reaches into the span is not outside."""
    return limit is not None and when.end < limit.start


def _after(when: When, limit: When | None) -> bool:
    return limit is not None and when.start > limit.end


def _outside(row: Record, field: str, name: str, masthead: Masthead) -> Diagnostic:
    cell = row.origin.cell(field)
    ends = (masthead.period_start, masthead.period_end)
    period = "至".join(_told(when.start if when is ends[0] else when.end) if when else "" for when in ends)
    return codes.OUTSIDE_PERIOD.at(
        cell.place(), text=cell.text, name=name, column=cell.column, day=cell.text, period=period
    )


def _after_issue(row: Record, field: str, name: str, masthead: Masthead) -> Diagnostic:
    cell = row.origin.cell(field)
    issued = _told(masthead.date.start) if masthead.date else ""
    column = cell.column if field == "as_of" else "统计止"
    related = (masthead.origin.place("date"),)
    return codes.AFTER_ISSUE.at(
        cell.place(), text=cell.text, related=related, name=name, column=column, day=cell.text, issued=issued
    )


def _told(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
