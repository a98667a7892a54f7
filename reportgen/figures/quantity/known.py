"""What is known of an indicator: its number, whether anything may be computed from it, what stands there if not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals import already_round
from reportgen.figures.quantity.amounts import exact
from reportgen.figures.quantity.peers import Peers
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Status
from reportgen.model.records import Approximation, Indicator, Nature, Quantity


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


def located(fault: FaultError, *cells: CellRef) -> FaultError:
    """The same fault with the cells that the number came from, where it names none."""
    return FaultError(fault.code, related=fault.related or tuple(cell.place() for cell in cells), **fault.values)


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
