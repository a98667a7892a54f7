"""Dates → words, and the time between two of them."""

from __future__ import annotations

from reportgen.model.records import Masthead, Precision, When

_QUARTERS = "一二三四"


def date_text(start: When, end: When | None, masthead: Masthead) -> str:
    """3月11日, 3月11日至13日, 3月30日至4月2日; with the year when it is not 编发日期's; 3月, 第一季度 as known."""
    if end is None and start.precision is Precision.DAY and start.end != start.start:
        start, end = When(start.start, start.start), When(start.end, start.end)
    issue_year = masthead.date.start.year if masthead.date else None
    if end is None or end == start:
        return date_part(start, start.start.year != issue_year)
    across = start.start.year != end.end.year
    head = date_part(start, across or start.start.year != issue_year)
    days = start.precision is end.precision is Precision.DAY
    if days and (start.start.year, start.start.month) == (end.end.year, end.end.month):
        return f"{head}至{end.end.day}日"
    return f"{head}至{date_part(end, across)}"


def date_part(when: When, with_year: bool) -> str:
    start = when.start
    if when.precision is Precision.YEAR:
        return f"{start.year}年"
    day = {
        Precision.DAY: f"{start.month}月{start.day}日",
        Precision.MONTH: f"{start.month}月",
        Precision.QUARTER: f"第{_QUARTERS[(start.month - 1) // 3]}季度",
    }[when.precision]
    return f"{start.year}年{day}" if with_year else day
