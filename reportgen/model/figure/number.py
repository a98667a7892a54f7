"""Figure: a number as printed with its source, and the arithmetic that keeps every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from math import isfinite

from reportgen.model.cells import CellRef

# figures.md: all arithmetic is Decimal of 15 significant digits, rounded half up.
ARITHMETIC = Context(prec=15, rounding=ROUND_HALF_UP)
SCALES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}


class Status(StrEnum):
    """What is known of a printed number."""

    EXACT = "exact"  # computed from or copied from exact cells
    REPORTED = "reported"  # the source itself is 概数: nothing is computed from it
    PENDING = "pending"  # 【待填】 or 【待核】: a cell it needs is blank


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text on its way into a document: what the template engine prints and, with tracing, marks.

    `style` names a character style, `highlight` marks it yellow, `source` is what the trace hands back.
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

    def __spans__(self) -> Iterator[Span]:
        yield Span(self.text, highlight=self.status is Status.PENDING, source=self)

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

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        """Of numbers by value, of words by what is printed: 并列第一 is 1, but not “第一”."""
        if isinstance(other, str):
            return self.text == other
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


def combine(left: object, right: object, operation: Callable[[Decimal, Decimal], Decimal], sign: str) -> Figure:
    """Two numbers into one Figure with the cells of both; 待核 when either is not exactly known.

    万 and 亿 of one 量词 are brought to the left side's before they are added, subtracted or divided; what a sum or a
    difference is counted in stays known, though the bare number is printed. Raises TypeError for what is no number
    and decimal.DivisionByZero for a zero divisor.
    """
    left, right = _stood_for(left), _stood_for(right)
    a, b = (_number(left), _number(right)) if sign == "×" else _operands(left, right)
    pending = [f for f in (left, right) if isinstance(f, Figure) and f.status is not Status.EXACT]
    sources = merge_sources(f.sources for f in (left, right) if isinstance(f, Figure))
    if pending:
        return Figure("【待核】", None, sources, rule="待核", status=Status.PENDING)
    if a is None or b is None:
        raise TypeError(f"{left!s} {sign} {right!s}")
    result = operation(a, b)
    formula = f"{_term(left, a)}{sign}{_term(right, b)}"
    return Figure(plain(result), result, sources, _common_measure(left, right, sign), formula, "计算")


def split_measure(measure: str) -> tuple[str, str]:
    """亿元 → (亿, 元); 个 → ("", 个)."""
    return (measure[0], measure[1:]) if measure[:1] in SCALES else ("", measure)


def _operands(left: object, right: object) -> tuple[Decimal | None, Decimal | None]:
    """Both numbers in the unit of the left one, where their 量词 differ by 万 or 亿 alone: 5亿元, 9000万元 → 5, 0.9."""
    a, b = _number(left), _number(right)
    if isinstance(left, Figure) and isinstance(right, Figure) and b is not None and left.measure != right.measure:
        (own, counted), (other, same) = split_measure(left.measure), split_measure(right.measure)
        if counted == same:
            b = ARITHMETIC.divide(b * SCALES.get(other, Decimal(1)), SCALES.get(own, Decimal(1)))
    return a, b


def _common_measure(left: object, right: object, sign: str) -> str:
    """What both sides are counted in; a plain number counts in the other side's."""
    measures = [side.measure for side in (left, right) if isinstance(side, Figure)]
    if sign in "×/":
        return measures[0] if len(measures) == 1 and isinstance(left, Figure) else ""
    alike = len({split_measure(measure)[1] for measure in measures}) == 1
    return measures[0] if alike else ""


def merge_sources(groups: Iterable[tuple[CellRef, ...]]) -> tuple[CellRef, ...]:
    """All cells once, in order of first mention."""
    return tuple(dict.fromkeys(cell for group in groups for cell in group))


def plain(number: Decimal) -> str:
    """Digits without exponent and without trailing zeros: Decimal('1E+2') → 100."""
    text = format(number or Decimal(0), "f")  # -0 is 0
    return text.rstrip("0").rstrip(".") if "." in text else text


def _term(operand: object, number: Decimal) -> str:
    if isinstance(operand, Figure) and operand.formula:
        return f"({operand.formula})"
    return plain(number)


def _stood_for(value: object) -> object:
    """The figure that `value` stands for (a row, a phrase), where it says so with `__figure__`; else itself."""
    figure = getattr(type(value), "__figure__", None)
    return value if figure is None else figure(value)


def _number(value: object) -> Decimal | None:
    value = _stood_for(value)
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float) and isfinite(value):
        return Decimal(repr(value))
    return None
