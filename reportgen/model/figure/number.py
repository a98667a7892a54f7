"""Figure: a number as printed with its source, and the arithmetic that keeps every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from reportgen.model.cells import CellRef
from reportgen.model.figure.arithmetic import (
    ARITHMETIC,
    SCALES,
    bounded,
    plain_number,
    remainder,
    split_measure,
    whole_part,
)
from reportgen.model.figure.evaluation import gives, written
from reportgen.model.figure.formula import joined, negated, plain, summed


class Status(StrEnum):
    """What is known of a printed number."""

    EXACT = "exact"  # computed from or copied from exact cells
    REPORTED = "reported"  # the source itself is 概数: nothing is computed from it
    PENDING = "pending"  # 【待填】 or 【待核】: a cell it needs is blank


_PENDING = Status.PENDING  # asked of every number that is printed, and looking a member up is slow


class Span(NamedTuple):
    """A stretch of text on its way into a document: what the template engine prints and, with tracing, marks.

    `style` names a character style, `highlight` marks it yellow, `source` is what the trace hands back. Printing
    makes many: a tuple takes half the time.
    """

    text: str
    style: str | None = None
    highlight: bool = False
    source: object | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number as printed.

    `text` is what is printed (126个, 17.7%, 第一); `value` the exact number behind it (None while pending), in the
    measure printed after it (a percentage at face value: 17.7); `measure` the 量词; `sources` the cells it came from;
    `formula` the computation with its numbers ((126−107)/107), empty when copied; `rule` how it was shaped
    (原样, 保留1位小数, 概数“多”). Arithmetic gives figures that know every cell of both sides.
    """

    text: str
    value: Decimal | None
    sources: tuple[CellRef, ...] = ()
    measure: str = ""
    formula: str = ""
    rule: str = "原样"
    status: Status = Status.EXACT

    def __str__(self) -> str:
        return self.text

    style = None  # with `highlight` and `source`: it is itself the stretch of text that it prints, as a Span is one

    @property
    def highlight(self) -> bool:
        return self.status is _PENDING

    @property
    def source(self) -> Figure:
        return self

    def __spans__(self) -> tuple[Figure]:
        return (self,)

    def __cell__(self) -> object:
        """What it puts into a cell of its own: a bare number as a number, a percentage as its fraction, else text."""
        if self.status is not Status.EXACT or self.value is None:
            return self.text
        if self.text == f"{plain(self.value)}%":
            return self.value / 100
        return self.value if self.text == plain(self.value) else self.text

    def with_text(self, text: str, rule: str) -> Figure:
        """The same number printed otherwise."""
        return replace(self, text=text, rule=rule)

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def in_base_unit(self) -> Decimal | None:
        """The value with the 万 or 亿 of its 量词 multiplied out: 5亿元 → 500000000. None while pending."""
        scale, _ = split_measure(self.measure)
        return self.value * SCALES[scale] if scale and self.value is not None else self.value

    def __hash__(self) -> int:
        return hash(self.in_base_unit)

    def __eq__(self, other: object) -> bool:
        """Of numbers by value, of words by what is printed: 并列第一 is 1, but not “第一”."""
        if isinstance(other, str):
            return self.text == other
        other = _stood_for(other)
        left, right = _operands(self, other)
        return left == right and (right is not None or isinstance(other, Figure))

    def __lt__(self, other: object) -> bool:
        return self._compare(other) < 0

    def __le__(self, other: object) -> bool:
        return self._compare(other) <= 0

    def __gt__(self, other: object) -> bool:
        return self._compare(other) > 0

    def __ge__(self, other: object) -> bool:
        return self._compare(other) >= 0

    def _compare(self, other: object) -> int:
        left, right = _operands(self, _stood_for(other))
        if left is None or right is None:
            raise TypeError(f"cannot compare {self.text!r} with {other!r}")
        return int(left.compare(right))

    def __add__(self, other: object) -> Figure:
        return combine(self, other, ARITHMETIC.add, "+")

    def __radd__(self, other: object) -> Figure:
        return combine(other, self, ARITHMETIC.add, "+")

    def __sub__(self, other: object) -> Figure:
        return combine(self, other, ARITHMETIC.subtract, "−")

    def __rsub__(self, other: object) -> Figure:
        return combine(other, self, ARITHMETIC.subtract, "−")

    def __mul__(self, other: object) -> Figure:
        return combine(self, other, ARITHMETIC.multiply, "×")

    def __rmul__(self, other: object) -> Figure:
        return combine(other, self, ARITHMETIC.multiply, "×")

    def __truediv__(self, other: object) -> Figure:
        return combine(self, other, ARITHMETIC.divide, "/")

    def __rtruediv__(self, other: object) -> Figure:
        return combine(other, self, ARITHMETIC.divide, "/")

    def __floordiv__(self, other: object) -> Figure:
        return combine(self, other, whole_part, "//")

    def __rfloordiv__(self, other: object) -> Figure:
        return combine(other, self, whole_part, "//")

    def __mod__(self, other: object) -> Figure:
        return combine(self, other, remainder, "%")

    def __rmod__(self, other: object) -> Figure:
        return combine(other, self, remainder, "%")

    def __pow__(self, other: object) -> Figure:
        return combine(self, other, ARITHMETIC.power, "^")

    def __rpow__(self, other: object) -> Figure:
        return combine(other, self, ARITHMETIC.power, "^")

    def __pos__(self) -> Figure:
        return self if self.value is None else self.__renumbered__(self.value, self.rule)

    def __neg__(self) -> Figure:
        return self._computed(Decimal.copy_negate, negated)

    def __abs__(self) -> Figure:
        return self._computed(Decimal.copy_abs, lambda term: f"|{term}|")

    def _computed(self, operation: Callable[[Decimal], Decimal], shown: Callable[[str], str]) -> Figure:
        if self.value is None or self.status is not Status.EXACT:
            return unchecked(self.sources)
        number, formula = operation(self.value), shown(_term(self, self.value))
        return Figure(plain(number), number, self.sources, self.measure, formula, "计算")

    def __index__(self) -> int:
        """What counts things: range(Z), list[Z]. Raises ValueError for what is no whole number."""
        if self.value is None or self.value != self.value.to_integral_value():
            raise ValueError(f"“{self.text}”不是整数，不能用来数个数")
        return int(self.value)

    def __renumbered__(self, number: Decimal, rule: str) -> Figure:
        """A bare number made of this one by `rule`, with its cells; 概数 and what is blank stay as they are printed."""
        if self.status is not Status.EXACT:
            return self
        if number == self.value:
            rule = "原样" if not self.formula else "计算" if gives(self.formula, number, self.rule) else self.rule
        return replace(self, text=plain(number), value=number, rule=rule)

    def __reworded__(self, text: str) -> Figure:
        return replace(self, text=text, rule="按格式")

    @staticmethod
    def __total__(items: Sequence[object]) -> Figure:
        """The sum of figures, of what stands for them and of numbers. TypeError for what is no number."""
        return total(items)


def combine(left: object, right: object, operation: Callable[[Decimal, Decimal], Decimal], sign: str) -> Figure:
    """Two numbers into one Figure with the cells of both; 待核 when either is not exactly known.

    万 and 亿 of one 量词 are brought to the left side's before they are added, subtracted or divided; what a sum or a
    difference is counted in stays known, though the bare number is printed. Raises TypeError for what is no number,
    OverflowError for what is out of bounds, and decimal.DivisionByZero for a zero divisor.
    """
    left, right = _stood_for(left), _stood_for(right)
    a, b = (_number(left), _number(right)) if sign in "×^" else _operands(left, right)
    sources = merge_sources(f.sources for f in (left, right) if isinstance(f, Figure))
    if not _are_exact((left, right)):
        return unchecked(sources)
    if a is None or b is None:
        raise TypeError(f"{left!s} {sign} {right!s}")
    result = bounded(operation(a, b))
    begins = sign == "+" and not isinstance(left, Figure) and not a  # 0 + Z: where adding up begins
    formula = _term(right, b) if begins else joined(_term(left, a), sign, _term(right, b))
    return Figure(plain(result), result, sources, _common_measure(left, right, sign), formula, "计算")


def total(items: Sequence[object]) -> Figure:
    """A sum in one go: the terms in the 万 or 亿 of the first figure, every cell once; 待核 if one is not exact."""
    stood = [_stood_for(item) for item in items]
    figures = [item for item in stood if isinstance(item, Figure)]
    sources = merge_sources(figure.sources for figure in figures)
    if not _are_exact(stood):
        return unchecked(sources)
    result, terms = Decimal(0), []
    for item in stood:
        number = _operands(figures[0], item)[1] if figures else _number(item)
        if number is None:
            raise TypeError(f"+ {item!s}")
        result = ARITHMETIC.add(result, number)
        if number or isinstance(item, Figure):  # a plain 0 is where adding up begins
            terms.append(_term(item, number))
    alike = {split_measure(figure.measure)[1] for figure in figures}
    measure = figures[0].measure if len(alike) == 1 else ""
    return Figure(plain(result), result, sources, measure, summed(terms), "计算")


def unchecked(sources: tuple[CellRef, ...]) -> Figure:
    """【待核】: what it would be computed from is blank or 概数."""
    return Figure("【待核】", None, sources, rule="待核", status=Status.PENDING)


def _are_exact(operands: Iterable[object]) -> bool:
    return all(operand.status is Status.EXACT for operand in operands if isinstance(operand, Figure))


def _operands(left: object, right: object) -> tuple[Decimal | None, Decimal | None]:
    """Both numbers in the unit of the left one, where their 量词 differ by 万 or 亿 alone: 5亿元, 9000万元 → 5, 0.9."""
    a, b = _number(left), _number(right)
    if isinstance(left, Figure) and isinstance(right, Figure) and b is not None and left.measure != right.measure:
        (own, counted), (other, same) = split_measure(left.measure), split_measure(right.measure)
        if counted == same:
            b = ARITHMETIC.divide(b * SCALES.get(other, Decimal(1)), SCALES.get(own, Decimal(1)))
    return a, b


def _common_measure(left: object, right: object, sign: str) -> str:
    """What both sides are counted in; a plain number counts in the other side's, and divides or multiplies it."""
    measures = [side.measure for side in (left, right) if isinstance(side, Figure)]
    if sign == "×":
        return measures[0] if len(measures) == 1 else ""
    if sign in ("/", "//"):
        return measures[0] if len(measures) == 1 and isinstance(left, Figure) else ""
    if sign == "^":
        return ""
    alike = len({split_measure(measure)[1] for measure in measures}) == 1
    return measures[0] if alike else ""


def merge_sources(groups: Iterable[tuple[CellRef, ...]]) -> tuple[CellRef, ...]:
    """All cells once, in order of first mention."""
    return tuple(dict.fromkeys(cell for group in groups for cell in group))


def _term(operand: object, number: Decimal) -> str:
    """How the number was computed, unless it was then rounded or scaled."""
    if not isinstance(operand, Figure) or operand.value != number:
        return plain(number)
    return written(operand.formula, number, operand.measure, operand.rule)


def _stood_for(value: object) -> object:
    """The figure that `value` stands for (a row, a phrase), where it says so with `__figure__`; else itself."""
    figure = getattr(type(value), "__figure__", None)
    return value if figure is None else figure(value)


def _number(value: object) -> Decimal | None:
    value = _stood_for(value)
    if isinstance(value, Figure):
        return value.value
    return plain_number(value)
