"""Indicators that cannot be right whatever is printed of them: circles, parts above their whole, huge percentages;
and numbers so round that nobody reported the exact one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportgen.diagnostics import Diagnostic, FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.quantity import Peers, exact, is_reported
from reportgen.figures.standing import share
from reportgen.model.figure import plain
from reportgen.model.records import Indicator, Quantity

_MOST = Decimal(1000)
_HUNDREDS = re.compile(r"[十百千](?!克|米|瓦|卡|伏|帕|赫|字节|分点)(?:万|亿)?(.+)")
_QUANTITIES = ("value", "upper", "baseline", "previous", "target", "whole", "share", "comparison")


def unsound(peers: Peers) -> Iterator[Diagnostic]:
    """Every such fault of the indicators, at its cell."""
    circles = tuple(_circles(peers))
    yield from circles
    places = {place for circle in circles for place in (circle.place, *circle.related)}
    for row in peers.indicators:
        yield from _huge(row)
        yield from _round(row)
        yield from _hundreds(row)
        if row.whole is not None and row.origin.place("whole") not in places:
            yield from _contradicted(row, peers)


def _contradicted(row: Indicator, peers: Peers) -> Iterator[Diagnostic]:
    """A part above its whole, or a 占比 that is not theirs: wrong even while no share is printed."""
    try:
        share(row, peers)
    except FaultError as fault:
        if fault.code in (faults.PART_ABOVE_WHOLE, faults.SHARE_DISAGREES):
            yield fault.at(row.origin.place("whole"), row.origin.cell("whole").text)


def _circles(peers: Peers) -> Iterator[Diagnostic]:
    """A 总体 that leads back to its own row, told once a circle; a 对照 that is the row itself."""
    known: set[str] = set()
    for row in peers.indicators:
        if row.comparison == row.id:
            yield _circle([row], "comparison")
        path: dict[str, Indicator] = {}
        step: Indicator | None = row
        while step is not None and step.id not in path and step.id not in known:
            path[step.id] = step
            step = peers.indicator(step.whole) if isinstance(step.whole, str) else None
        if step is not None and step.id in path:
            yield _circle(list(path.values())[list(path).index(step.id) :], "whole")
        known.update(path)


def _circle(rows: list[Indicator], field: str) -> Diagnostic:
    cells = [row.origin.cell(field) for row in rows]
    chain = " → ".join(f"{cell.key}（{cell.address}）" for cell in [*cells, cells[0]])
    related = tuple(cell.place() for cell in cells[1:])
    column = cells[0].column
    return faults.CIRCULAR_REFERENCE.at(
        cells[0].place(), text=cells[0].text, related=related, column=column, chain=chain
    )


def _huge(row: Indicator) -> Iterator[Diagnostic]:
    for field in _QUANTITIES:
        quantity = getattr(row, field)
        if isinstance(quantity, Quantity) and quantity.percent and abs(quantity.value) > _MOST:
            yield _told(row, field, quantity.value)
    value, target = row.value, row.target
    if value and target and not value.percent and target.value > 0:
        rate = exact(value, row.measure) / exact(target, row.measure) * 100
        if rate > _MOST:
            yield _told(row, "target", rate)


def _round(row: Indicator) -> Iterator[Diagnostic]:
    """450 with 多: the exact number was not reported."""
    if row.value is None or row.value.reported or not is_reported(row):
        return
    cell, word = row.origin.cell("value"), row.approximation.value
    number = cell.text or plain(row.value.value)
    yield faults.ALREADY_ROUND.at(cell.place(), text=cell.text, indicator=row.name, number=number, word=word)


def _hundreds(row: Indicator) -> Iterator[Diagnostic]:
    """3千人: not after Arabic digits (GB/T 15835)."""
    found = _HUNDREDS.match(row.measure)
    if found:
        cell = row.origin.cell("measure")
        yield faults.HUNDREDS_IN_MEASURE.at(
            cell.place(), text=cell.text, indicator=row.name, measure=row.measure, rest=found[1]
        )


def _told(row: Indicator, field: str, percent: Decimal) -> Diagnostic:
    cell = row.origin.cell(field)
    column = "完成率" if field == "target" and row.target and not row.target.percent else cell.column
    number = f"{plain(percent.quantize(Decimal('0.1')).normalize())}%"
    return faults.HUGE_PERCENTAGE.at(cell.place(), text=cell.text, indicator=row.name, column=column, number=number)
