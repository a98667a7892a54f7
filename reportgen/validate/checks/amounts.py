"""Numbers and dates that cannot be meant, or are still to come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.validate import agreement
from reportgen.diagnostics.catalogue.validate import cells as cell_codes
from reportgen.diagnostics.catalogue.validate import sheets as sheet_codes
from reportgen.model.figure import plain
from reportgen.model.records import Indicator, Nature, Quantity, Record, When
from reportgen.model.schema import ACTIVITIES, INDICATORS, MASTHEAD, PICTURES, SheetSpec
from reportgen.validate.checks.names import typed
from reportgen.validate.draft import Draft
from reportgen.validate.headers import near_miss

_WHOLE = Decimal(100)  # percent
# 量词 of people and things, of which there is no half and none below zero; 万人次 is in no such unit.
_THINGS = frozenset(
    """
    人 名 位 个 家 户 件 项 条 次 场 批 期 届 起 例 宗 支 所 座 栋 台 辆 篇 份 张 本 册 只 头 间 处 组 人次 户次 场次
    批次 件次 家次 班次 例次 台次 架次 车次
    """.split()  # noqa: SIM905 (a list of words reads better as one)
)
_COUNTED = ("value", "upper", "baseline", "previous", "target")
_amounts: Callable[[Indicator], tuple[Quantity | None, ...]] = attrgetter(*_COUNTED)
# Of averages a part of one is right, of net changes less than none.
_AVERAGE, _CHANGE = re.compile("均|每|比"), re.compile("净|增减|变[动化]|差额|差值|之差")
_NOTED = re.compile(r"[（(].*[）)]$")
# 概数 is said once: before the number or after it.
_VAGUE_TWICE = re.compile(
    r"(?:约|近|超|逾|突破|上).*(?:多|余|来|左右|上下|以上)|[多余来]{2}|(?:左右|上下|以上).*[多余来]"
)


def blank_values(draft: Draft) -> Iterator[Diagnostic]:
    """Indicators still to be reported: no 值, and neither 名次 nor 占比 in its stead. Of a column that is not there it
    is said once, and not at all where one nearly has its name."""
    blank = [row for row in draft.dataset.indicators if row.value is None and not typed(row, "rank", "share")]
    if blank and not blank[0].origin.has("value"):
        column = INDICATORS.column("value").header
        if not any(near_miss(header, [column]) for row in blank for header in row.origin.layout.own):
            place = replace(blank[0].origin.place(), row=None)
            yield sheet_codes.NO_VALUES.at(place, sheet=place.sheet, column=column, count=len(blank))
        return
    for row in blank:
        if row.name and not typed(row, "value"):  # a row without a name is told of as such
            yield cell_codes.VALUE_BLANK.at(row.origin.place("value"), name=row.name)


def reversed_dates(draft: Draft) -> Iterator[Diagnostic]:
    """统计止 before 统计起, 结束日期 before 开始日期."""
    masthead = draft.dataset.masthead
    yield from _reversed(masthead, MASTHEAD, "period_start", "period_end")
    for row in draft.dataset.activities:
        yield from _reversed(row, ACTIVITIES, "start", "end")


def _reversed(record: Record, spec: SheetSpec, first: str, last: str) -> Iterator[Diagnostic]:
    start, end = getattr(record, first), getattr(record, last)
    if not (isinstance(start, When) and isinstance(end, When)) or end.end >= start.start:
        return
    yield agreement.DATES_REVERSED.at(
        record.origin.place(last),
        text=record.origin.cell(last).text,
        related=(record.origin.place(first),),
        first=spec.column(first).header,
        last=spec.column(last).header,
        start=start.start.isoformat(),
        end=end.end.isoformat(),
    )


def reversed_ranges(draft: Draft) -> Iterator[Diagnostic]:
    """值至 smaller than 值."""
    for row in draft.dataset.indicators:
        if row.value and row.upper and row.upper.value < row.value.value:
            lower, upper = row.origin.cell("value").text, row.origin.cell("upper").text
            yield agreement.RANGE_REVERSED.at(row.origin.place("upper"), text=upper, lower=lower, upper=upper)


# Sheet, field, lowest and highest value that makes sense.
_LIMITS: tuple[tuple[SheetSpec, str, int, int], ...] = (
    (MASTHEAD, "decimals", 0, 6),
    (MASTHEAD, "small_base", 0, 1_000_000),
    (INDICATORS, "decimals", 0, 6),
    (INDICATORS, "rank", 1, 100_000),
    (PICTURES, "width", 1, 100),
)


def outlandish_settings(draft: Draft) -> Iterator[Diagnostic]:
    """Numbers of decimals, ranks and widths that cannot be meant."""
    for spec, field, low, high in _LIMITS:
        for record in draft.rows(spec):
            value = getattr(record, field)
            if value is not None and not low <= value <= high:
                header, text = spec.column(field).header, plain(Decimal(value))
                place = record.origin.place(field)
                yield agreement.SETTING_RANGE.at(place, text=text, column=header, low=low, high=high)


def uncountable(draft: Draft) -> Iterator[Diagnostic]:
    """场次 and 人次 that nobody can have counted: below zero, or a part of one."""
    for row in draft.dataset.activities:
        for field, header in (("sessions", "场次"), ("attendance", "人次")):
            quantity = getattr(row, field)
            if quantity and (quantity.value < 0 or quantity.value != quantity.value.to_integral_value()):
                cell = row.origin.cell(field)
                yield agreement.UNCOUNTABLE.at(cell.place(), text=cell.text, column=header)


def shares_over_whole(draft: Draft) -> Iterator[Diagnostic]:
    """占比 as reported that is more than the whole."""
    for row in draft.dataset.indicators:
        if row.share is not None and row.share.value > _WHOLE:
            cell = row.origin.cell("share")
            yield agreement.SHARE_OVER_WHOLE.at(cell.place(), text=cell.text, name=row.name or row.id)


def impossible_counts(draft: Draft) -> Iterator[Diagnostic]:
    """People and things fewer than none, or a part of one: -3人次, 3.5个."""
    rows = draft.dataset.indicators
    things = {measure for measure in {row.measure for row in rows} if _NOTED.sub("", measure) in _THINGS}
    for row in rows:
        if row.measure in things and row.nature is Nature.COUNT:
            for field, amount in zip(_COUNTED, _amounts(row), strict=True):
                what = _impossible(row, amount) if amount else ""
                if what:
                    cell = row.origin.cell(field)
                    words = {"column": cell.column, "measure": row.measure, "what": what}
                    yield agreement.IMPOSSIBLE_COUNT.fill(cell.place(), words, text=cell.text)


def _impossible(row: Indicator, amount: Quantity) -> str:
    matter = row.action + row.name
    if amount.percent or amount.reported:
        return ""
    if amount.value < 0:
        return "" if _CHANGE.search(matter) else "不会是负数"
    whole = amount.value == amount.value.to_integral_value()
    return "" if whole or amount.scale or _AVERAGE.search(matter) else "不会有零头"


def said_twice(draft: Draft) -> Iterator[Diagnostic]:
    """A 量词 typed twice in its cell (次次), and two words for one 概数 (约450多)."""
    for row in draft.dataset.indicators:
        half = row.measure[: len(row.measure) // 2]
        if half and half * 2 == row.measure:
            yield agreement.MEASURE_TWICE.at(row.origin.place("measure"), text=row.measure, half=half)
        for field, amount in zip(_COUNTED, _amounts(row), strict=True):
            if amount and amount.reported and _VAGUE_TWICE.search(amount.reported):
                yield agreement.VAGUE_TWICE.at(row.origin.place(field), text=amount.reported)
