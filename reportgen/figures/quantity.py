"""An indicator's own value as printed: 126个, 450多次, 5.57亿元, 300—500元/月, 增长5.8%, 第一, 【待填：…】."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals import already_round, approximate, as_typed, ordinal
from reportgen.model.cells import CellRef
from reportgen.model.figure import SCALES, Figure, Status, Text, split_measure
from reportgen.model.records import Approximation, Dataset, Indicator, Masthead, Nature, Quantity, Unit

POINTS = "个百分点"
_PERCENT_SIGNS = ("%", "％")


class Peers(Protocol):
    """What an indicator must see beyond its own row."""

    @property
    def masthead(self) -> Masthead: ...

    @property
    def indicators(self) -> Sequence[Indicator]: ...

    @property
    def units(self) -> Sequence[Unit]: ...

    def indicator(self, id: str) -> Indicator | None: ...


@dataclass(frozen=True, slots=True)
class DatasetPeers:
    """The Peers of a whole Dataset."""

    masthead: Masthead
    indicators: tuple[Indicator, ...]
    units: tuple[Unit, ...]
    by_id: Mapping[str, Indicator]

    @classmethod
    def of(cls, dataset: Dataset) -> DatasetPeers:
        by_id = {row.id: row for row in dataset.indicators}
        return cls(dataset.masthead, dataset.indicators, dataset.units, by_id)

    def indicator(self, id: str) -> Indicator | None:
        return self.by_id.get(id)


@dataclass(frozen=True, slots=True)
class Written:
    """A quantity in the unit it is printed with: 5.57亿元 has value 5.57, digits 5.57, measure 亿元;
    1.28万 typed beside 量词 人次 has value 12800, digits 1.28万, measure 人次."""

    value: Decimal
    digits: str
    measure: str

    @property
    def text(self) -> str:
        return self.digits + self.measure


def is_rate(row: Indicator) -> bool:
    """True for what is told in percent: 比率, 增速, and any value typed with %."""
    percent = row.value is not None and row.value.percent
    return row.nature in (Nature.RATIO, Nature.GROWTH) or percent or row.measure in _PERCENT_SIGNS


def measure_of(row: Indicator) -> str:
    """量词 as printed: % half-width, and % where the cell or the 性质 alone says so."""
    if row.measure in _PERCENT_SIGNS:
        return "%"
    percent = row.nature is Nature.GROWTH or (row.value is not None and row.value.percent)
    return "%" if percent and not row.measure else row.measure


def exact(quantity: Quantity, measure: str) -> Decimal:
    """The number in the bare 量词, 万 and 亿 multiplied out whether typed or standing in 量词."""
    scale, _ = split_measure(measure)
    return quantity.value * SCALES[scale] if scale and not quantity.scale else quantity.value


def in_measure(quantity: Quantity, measure: str) -> Decimal:
    """The number as it stands before its 量词: 5.57 for 5.57亿元, 12800 for 1.28万 beside 人次."""
    scale, _ = split_measure(measure)
    return exact(quantity, measure) / SCALES[scale] if scale else quantity.value


def unit_of(row: Indicator) -> Decimal:
    """What one of the printed digits is worth in the bare 量词: 10000 for 8.3万元, 1 for 126个."""
    scale = (row.value.scale if row.value else "") or split_measure(row.measure)[0]
    return SCALES[scale] if scale else Decimal(1)


def written(quantity: Quantity, measure: str) -> Written:
    """The quantity as its cell has it: with the 万 or 亿 typed, or in the 量词 given."""
    own, rest = split_measure(measure)
    if not quantity.scale:
        return Written(quantity.value, as_typed(quantity.value, quantity.decimals), measure)
    face = quantity.value / SCALES[quantity.scale]
    digits = as_typed(face, quantity.decimals)
    if quantity.scale == own:
        return Written(face, digits, measure)
    return Written(quantity.value, f"{digits}{quantity.scale}", rest)


def stated(row: Indicator) -> tuple[Quantity, CellRef] | None:
    """The row's number and its cell: 值, or for a rank without 值 its 名次."""
    if row.value is not None:
        return row.value, row.origin.cell("value")
    if row.nature is Nature.RANK and row.rank is not None:
        return Quantity(Decimal(row.rank)), row.origin.cell("rank")
    return None


def stated_cell(row: Indicator) -> CellRef:
    """The cell of the row's number; that of 值 when there is none."""
    found = stated(row)
    return row.origin.cell("value") if found is None else found[1]


def settled(row: Indicator) -> Quantity | None:
    """The row's number when something may be computed from it: not blank, no 概数, no range."""
    found = stated(row)
    if found is None or row.upper is not None or is_reported(row):
        return None
    return found[0]


def is_reported(row: Indicator) -> bool:
    """True when the source itself is 概数: reported as such, or so round that 450 with 多 names 450."""
    if row.value is None or row.nature is Nature.RANK:
        return False
    approximate_word = row.approximation is not Approximation.EXACT
    return bool(row.value.reported) or (
        approximate_word and already_round(abs(exact(row.value, row.measure)), row.approximation)
    )


def missing(what: str, *cells: CellRef) -> Figure:
    """【待填：what】: a cell is blank."""
    return Figure(f"【待填：{what}】", None, cells, rule="待填", status=Status.PENDING)


def unsettled(*cells: CellRef) -> Figure:
    """【待核】: what it depends on is blank or 概数."""
    return Figure("【待核】", None, cells, rule="待核", status=Status.PENDING)


def cell_figure(quantity: Quantity, cell: CellRef, measure: str = "") -> Figure:
    """A number column as its cell has it, without the 量词 it is counted in: 上年同期, 目标, 场次 …"""
    if quantity.reported:
        return Figure(quantity.reported, quantity.value, (cell,), rule="源为概数", status=Status.REPORTED)
    shown = written(quantity, measure)
    return Figure(shown.digits + ("%" if quantity.percent else ""), shown.value, (cell,), shown.measure)


def located(fault: FaultError, *cells: CellRef) -> FaultError:
    """The same fault with the cells that the number came from, where it names none."""
    return FaultError(fault.code, related=fault.related or tuple(cell.place() for cell in cells), **fault.values)


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
        shown = approximate(abs(number) if row.nature is Nature.GROWTH else number, row.approximation)
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


@dataclass(frozen=True, slots=True)
class Operand:
    """What an indicator is measured against (总体, 对照): a number of its own row or another row's value.

    `number` is exact, None when it is blank or 概数; `row` the other row, None for a number typed in place.
    """

    number: Decimal | None
    cell: CellRef
    row: Indicator | None = None


def operand(row: Indicator, field: str, given: Quantity | str, peers: Peers) -> Operand:
    """Resolves 总体 or 对照. Raises F004 when it names a row that is not there."""
    here = row.origin.cell(field)
    if isinstance(given, Quantity):
        return Operand(None if given.reported else exact(given, row.measure), here)
    other = peers.indicator(given)
    if other is None:
        raise FaultError(
            faults.NO_SUCH_ROW, related=(here.place(),), indicator=row.name, column=here.column, target=given
        )
    found, quantity = stated(other), settled(other)
    cell = other.origin.cell("value") if found is None else found[1]
    return Operand(None if quantity is None else exact(quantity, other.measure), cell, other)
