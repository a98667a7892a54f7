"""Two numbers of one thing in one unit: now and then, here and there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals import trimmed
from reportgen.figures.quantity import (
    POINTS,
    Operand,
    Peers,
    exact,
    is_rate,
    measure_of,
    missing,
    settled,
    stated,
    unit_of,
    unsettled,
)
from reportgen.model.cells import CellRef
from reportgen.model.figure import ARITHMETIC, Figure, plain, split_measure
from reportgen.model.records import Indicator, Masthead, Nature, Quantity


@dataclass(frozen=True, slots=True)
class Basis:
    """What the value is compared with: the field, its name in words, and the word before a rate (同比)."""

    field: str
    name: str
    rate: str


LAST_YEAR = Basis("baseline", "上年同期", "同比")
LAST_TERM = Basis("previous", "上期", "环比")


@dataclass(frozen=True, slots=True)
class Pair:
    """Now and then, both in the unit the value is printed with (万元: 8.3), so that formulas show the cells' numbers.

    `tail` is what follows the digits of a difference (个, 亿元, 个百分点); `unit` turns them into the bare `measure`.
    `computed` says that the value is no cell's own (a 完成率): then a difference has as many decimals as a rate.
    """

    row: Indicator
    masthead: Masthead
    basis: Basis
    now: Decimal
    base: Decimal
    tail: str
    measure: str
    unit: Decimal
    cells: tuple[CellRef, ...]
    computed: bool = False

    @property
    def decimals(self) -> int:
        return decimals_of(self.row, self.masthead)

    @property
    def difference(self) -> Decimal:
        return ARITHMETIC.subtract(self.now, self.base)

    @property
    def rate(self) -> Decimal:
        """Growth in percent; the base must not be 0."""
        return ARITHMETIC.multiply(ARITHMETIC.divide(self.difference, self.base), Decimal(100))

    @property
    def subtraction(self) -> str:
        return f"{term(self.now)}−{term(self.base)}"

    def amount(self) -> Figure:
        """The difference without its sign: 19个, 8.3万元, 4.2个百分点, 2位."""
        size, decimals = abs(self.difference), self.decimals if self.computed else self.row.decimals
        digits = plain(size) if decimals is None else trimmed(size, decimals, (0,))
        rule = "原样" if decimals is None else kept(decimals)
        value = self.difference * self.unit
        return Figure(digits + self.tail, value, self.cells, self.measure, self.subtraction, rule)

    def word(self, text: str) -> Figure:
        """A word that stands for the difference (持平, 扭亏为盈): it has no digits but the same cells."""
        return Figure(text, self.difference, self.cells, formula=self.subtraction, rule="读法")


def decimals_of(row: Indicator, masthead: Masthead) -> int:
    """小数 of the row, else of 刊期."""
    return masthead.decimals if row.decimals is None else row.decimals


def term(number: Decimal) -> str:
    """A number inside a formula: (-5) when negative."""
    return f"({plain(number)})" if number < 0 else plain(number)


def kept(decimals: int) -> str:
    """显示规则 of a rounded number."""
    return f"保留{decimals}位小数"


def pair_with(row: Indicator, masthead: Masthead, basis: Basis, other: Operand) -> Pair | Figure:
    """The value and `other` in one unit, or 【待核】 when either is blank, 概数 or a range."""
    found, quantity = stated(row), settled(row)
    here = row.origin.cell("value") if found is None else found[1]
    if quantity is None or other.number is None:
        return unsettled(here, other.cell)
    measure = measure_of(row)
    own, rest = split_measure(measure)
    scale = quantity.scale or own
    unit = unit_of(row)
    tail, bare = (scale + rest, rest) if scale else (measure, measure)
    if row.nature is Nature.RANK:
        tail = bare = "位"
    elif is_rate(row):
        tail = bare = POINTS
    now, base = exact(quantity, row.measure) / unit, other.number / unit
    if row.nature is Nature.RANK:
        _refuse_no_rank(now, here)
        _refuse_no_rank(base, other.cell)
    return Pair(row, masthead, basis, now, base, tail, bare, unit, (here, other.cell))


def _refuse_no_rank(number: Decimal, cell: CellRef) -> None:
    if number < 1 or number != number.to_integral_value():
        raise FaultError(faults.NOT_AN_ORDINAL, related=(cell.place(),), number=plain(number))


def base_of(row: Indicator, basis: Basis) -> Quantity | None:
    return row.baseline if basis is LAST_YEAR else row.previous


def pair_of(row: Indicator, peers: Peers, basis: Basis) -> Pair | Figure:
    """The value and its base, or what stands in the text instead (rule 1, and 【待核】)."""
    base, cell = base_of(row, basis), row.origin.cell(basis.field)
    if base is None:
        return replace(missing(basis.name, cell), rule="缺基期")
    number = None if base.reported else exact(base, row.measure)
    return pair_with(row, peers.masthead, basis, Operand(number, cell))
