"""占比: a part of its whole, by 总体 or as it was reported."""

from __future__ import annotations

from decimal import Decimal

from reportgen.diagnostics import FaultError, GapError, Place
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.comparison import decimals_of, kept, term
from reportgen.figures.numerals import percentage, rounded
from reportgen.figures.quantity import (
    Operand,
    Peers,
    exact,
    is_rate,
    operand,
    reported_share,
    settled,
    stated_cell,
    unit_of,
    unsettled,
)
from reportgen.model.cells import CellRef
from reportgen.model.figure import ARITHMETIC, Figure, Text, plain, split_measure
from reportgen.model.records import Indicator, Masthead, Nature, Quantity

HUNDRED = Decimal(100)


def share(row: Indicator, peers: Peers) -> Figure:
    """`Z.占比`: value by 总体, or 占比 as reported.

    Raises F005–F009: part above whole, neither given, unlike 性质, 时期, 口径 or 量词, a whole of 0, the two at odds.
    """
    if row.whole is None:
        if row.share is None:
            raise GapError(faults.NO_WHOLE, related=(row.origin.place("whole"),), indicator=row.name)
        return reported_share(row.share, row.origin.cell("share"))
    whole = operand(row, "whole", row.whole, peers)
    _refuse_unlike(row, whole)
    part = settled(row)
    if part is None or whole.number is None:
        if row.share is not None:
            return reported_share(row.share, row.origin.cell("share"))
        return unsettled(stated_cell(row), whole.cell)
    computed = _share_of(row, exact(part, row.measure), whole.number, whole.cell, peers.masthead)
    if row.share is not None:
        _refuse_disagreement(row, row.share, computed)
    return computed


def share_clause(row: Indicator, peers: Peers) -> Text:
    """`Z.占比句`: 占提案总数55.3%; 占52.1% where 总体名称 is left to what stands before."""
    other = peers.indicator(row.whole) if isinstance(row.whole, str) else None
    return Text.of("占", row.whole_name or (other.name if other else ""), share(row, peers))


def _share_of(row: Indicator, part: Decimal, whole: Decimal, cell: CellRef, masthead: Masthead) -> Figure:
    places = (stated_cell(row).place(), cell.place())
    unit = unit_of(row)
    words = {"indicator": row.name, "part": plain(part / unit), "whole": plain(whole / unit)}
    if whole <= 0:
        raise FaultError(faults.ZERO_WHOLE, related=places, **words)
    if part > whole or part < 0:
        reason = f"比总体 {words['whole']} 还大" if part > whole else "是负数"
        raise FaultError(faults.PART_ABOVE_WHOLE, related=places, reason=reason, **words)
    return percent_of(row, part, whole, cell, masthead)


def percent_of(row: Indicator, part: Decimal, whole: Decimal, cell: CellRef, masthead: Masthead) -> Figure:
    """`part` in percent of `whole`, both exact in the bare 量词, told with the row's number of decimals."""
    percent = ARITHMETIC.multiply(ARITHMETIC.divide(part, whole), HUNDRED)
    decimals = decimals_of(row, masthead)
    unit = unit_of(row)
    formula = f"{term(part / unit)}/{term(whole / unit)}"
    return Figure(percentage(percent, decimals), percent, (stated_cell(row), cell), "%", formula, kept(decimals))


def _refuse_unlike(row: Indicator, whole: Operand) -> None:
    """Only amounts are parts. A blank says nothing and agrees with anything."""
    natures = (_nature(row), _nature(whole.row) if whole.row is not None else Nature.COUNT)
    if natures != (Nature.COUNT, Nature.COUNT):
        left, right = (nature.value for nature in natures)
        raise _unlike(row, whole, "性质", left, right, row.origin.place("nature"), whole.cell.place())
    other = whole.row
    if other is None:
        return
    measures = (split_measure(row.measure)[1], split_measure(other.measure)[1])
    for field, matter, left, right in (
        ("period", "时期", row.period, other.period),
        ("caliber", "口径", row.caliber, other.caliber),
        ("measure", "量词", *measures),
    ):
        if left and right and left != right:
            raise _unlike(row, whole, matter, left, right, row.origin.place(field), other.origin.place(field))


def _nature(row: Indicator) -> Nature:
    return Nature.RATIO if row.nature is Nature.COUNT and is_rate(row) else row.nature


def _unlike(row: Indicator, whole: Operand, matter: str, left: str, right: str, *places: Place) -> FaultError:
    return FaultError(
        faults.WHOLE_DIFFERS,
        related=places,
        indicator=row.name,
        whole=whole.cell.text if whole.row is None else whole.row.name,
        matter=matter,
        left=left,
        right=right,
    )


def _refuse_disagreement(row: Indicator, typed: Quantity, computed: Figure) -> None:
    assert computed.value is not None
    places = max(typed.decimals, len(plain(typed.value).partition(".")[2]))
    if typed.reported or rounded(computed.value, places) == typed.value:
        return
    raise FaultError(
        faults.SHARE_DISAGREES,
        related=(row.origin.place("share"), *(cell.place() for cell in computed.sources)),
        indicator=row.name,
        typed=f"{plain(typed.value)}%",
        computed=percentage(computed.value, places),
    )
