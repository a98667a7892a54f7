"""Numbers with their 量词: the digits printed, and the exact number behind 万, 亿 and %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportgen.figures.numerals import as_typed
from reportgen.model.figure import SCALES, split_measure
from reportgen.model.records import Indicator, Nature, Quantity

POINTS = "个百分点"
_PERCENT_SIGNS = ("%", "％")


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
