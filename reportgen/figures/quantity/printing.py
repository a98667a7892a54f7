"""An indicator's own value as printed: 126个, 450多次, 5.57亿元, 300—500元/月, 增长5.8%, 第一, 【待填：…】."""

from __future__ import annotations

from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals import approximate, as_typed, ordinal
from reportgen.figures.quantity.amounts import Written, exact, measure_of, written
from reportgen.figures.quantity.known import is_reported, located, missing, stated
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Status, Text, split_measure
from reportgen.model.records import Approximation, Indicator, Nature, Quantity


def cell_figure(quantity: Quantity, cell: CellRef, measure: str = "") -> Figure:
    """A number column as its cell has it, without the 量词 it is counted in: 上年同期, 目标, 场次 …"""
    if quantity.reported:
        return Figure(quantity.reported, quantity.value, (cell,), rule="源为概数", status=Status.REPORTED)
    shown = written(quantity, measure)
    return Figure(shown.digits + ("%" if quantity.percent else ""), shown.value, (cell,), shown.measure)


def bare_value(row: Indicator) -> Figure:
    """`Z.值`: the value without 量词, as in the cell; the share or rank where the row has only that."""
    found = stated(row)
    if found is None:
        return _without_value(row)
    quantity, cell = found
    if quantity.reported:
        return cell_figure(quantity, cell)
    shown = written(quantity, measure_of(row))
    sign = "%" if quantity.percent and not row.measure else ""
    status = Status.REPORTED if is_reported(row) else Status.EXACT
    return Figure(shown.digits + sign, shown.value, (cell,), measure=shown.measure, status=status)


def own_print(row: Indicator) -> Figure | Text:
    """`{{ Z }}`: value, 概数 and 量词; a 增速 with its direction; a 名次 in characters; 【待填：名称】 when blank."""
    found = stated(row)
    if found is None:
        return _without_value(row)
    if row.nature is Nature.RANK:
        quantity, cell = found
        return rank_figure(quantity.value, (cell,))
    return change(row) if row.nature is Nature.GROWTH else _amount(row)


def change(row: Indicator) -> Figure | Text:
    """`Z.增减`: 增长5.8%, 下降2.1% or 持平. Raises F003 for what is no 增速."""
    if row.nature is not Nature.GROWTH:
        place = row.origin.place("nature")
        raise FaultError(faults.NOT_GROWTH, related=(place,), indicator=row.name, nature=row.nature.value)
    if row.value is None:
        return missing(row.name, row.origin.cell("value"))
    if not row.value.value and not row.value.reported and row.upper is None:
        return Figure("持平", Decimal(0), (row.origin.cell("value"),), measure="%")
    return Text.of("下降" if row.value.value < 0 else "增长", _amount(row))


def rank_figure(rank: Decimal, cells: tuple[CellRef, ...]) -> Figure:
    """第一, in characters (GB/T 15835). Raises F013 for what is no whole number from 1 up."""
    try:
        return Figure(ordinal(rank), rank, cells, rule="序数")
    except FaultError as fault:
        raise located(fault, *cells) from None


def _without_value(row: Indicator) -> Figure:
    if row.rank is not None:
        return rank_figure(Decimal(row.rank), (row.origin.cell("rank"),))
    if row.share is not None:
        return reported_share(row.share, row.origin.cell("share"))
    return missing(row.name, row.origin.cell("value"))


def reported_share(share: Quantity, cell: CellRef) -> Figure:
    """占比 as it was reported: 55.3%."""
    if share.reported:
        text = share.reported if share.reported.endswith("%") else f"{share.reported}%"
        return Figure(text, share.value, (cell,), measure="%", rule="源为概数", status=Status.REPORTED)
    return Figure(f"{as_typed(share.value, share.decimals)}%", share.value, (cell,), measure="%")


def _amount(row: Indicator) -> Figure | Text:
    """The value with its 量词, without a sign where a word before it (增长, 下降) already says the direction."""
    assert row.value is not None
    cell = row.origin.cell("value")
    if row.upper is not None:
        return _range(row, row.value, row.upper)
    if row.value.reported:
        return _as_reported(row.value, measure_of(row), cell)
    if row.approximation is not Approximation.EXACT:
        return _approximated(row, row.value, cell)
    shown = _unsigned(row, row.value)
    signed = shown.value.copy_sign(row.value.value)
    return Figure(shown.text, signed, (cell,), measure=shown.measure)


def _unsigned(row: Indicator, quantity: Quantity) -> Written:
    if row.nature is Nature.GROWTH:
        quantity = Quantity(abs(quantity.value), quantity.scale, quantity.percent, decimals=quantity.decimals)
    return written(quantity, measure_of(row))


def _as_reported(quantity: Quantity, measure: str, cell: CellRef) -> Figure:
    scale, rest = split_measure(measure)
    tail = rest if scale and scale in quantity.reported else measure
    if tail and quantity.reported.endswith(tail):
        tail = ""
    text = f"{quantity.reported}{tail}"
    return Figure(text, quantity.value, (cell,), measure=tail, rule="源为概数", status=Status.REPORTED)


def _approximated(row: Indicator, quantity: Quantity, cell: CellRef) -> Figure:
    _, tail = split_measure(measure_of(row))
    number = exact(quantity, row.measure)
    try:
        size = abs(number) if row.nature is Nature.GROWTH else number
        shown = approximate(size, row.approximation, percent=tail == "%")
    except FaultError as fault:
        raise located(fault, cell) from None
    status = Status.REPORTED if shown.unchanged else Status.EXACT
    rule = "源为概数" if shown.unchanged else f"概数“{row.approximation.value}”"
    return Figure(f"{shown.text}{tail}", number, (cell,), measure=tail, rule=rule, status=status)


def _range(row: Indicator, lower: Quantity, upper: Quantity) -> Text:
    """Two figures, each with its cell; the unit is repeated where one end could be misread (13万元～17万元)."""
    shown = _unsigned(row, lower), _unsigned(row, upper)
    repeated = lower.scale or upper.scale or split_measure(shown[1].measure)[0] or shown[1].measure == "%"
    first = _end(lower, shown[0], row.origin.cell("value"), with_measure=bool(repeated))
    last = _end(upper, shown[1], row.origin.cell("upper"), with_measure=True)
    return Text.of(first, "～" if repeated else "—", last)


def _end(quantity: Quantity, shown: Written, cell: CellRef, with_measure: bool) -> Figure:
    if quantity.reported:
        return _as_reported(quantity, shown.measure if with_measure else "", cell)
    text = shown.text if with_measure else shown.digits
    return Figure(text, shown.value, (cell,), measure=shown.measure)
