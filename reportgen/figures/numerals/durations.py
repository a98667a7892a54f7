"""The time between two dates: 9个月, 7天, 3年."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.numerals.digits import rounded
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Span, StandsForFigure, Status, merge_sources
from reportgen.model.records import Precision, When

# From fine to coarse: how many months one counts (a day counts none), and the words that end in it.
_MONTHS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}
_WORDS = (("季度", Precision.QUARTER), ("月", Precision.MONTH), ("年", Precision.YEAR), ("天", Precision.DAY))
_ORDER = tuple(_MONTHS)


@dataclass(frozen=True, slots=True, eq=False)
class Duration(StandsForFigure):
    """`H2.开始日期 - H1.开始日期`: as a bare number in what both dates are known to, days, months, quarters or years;
    told in the coarser unit that |量词 names, half up. 【待核】 while one of the two is blank.

    Raises F026 when the later date comes first, or is not known well enough for the unit.
    """

    start: When | None
    end: When | None
    cells: tuple[CellRef, ...]

    def __figure__(self) -> Figure:
        return self.told(self._known())

    def measured(self, measure: str) -> Figure:
        """With the measure word, counted in the unit that it names: 9个月, 284天."""
        unit = next((unit for word, unit in _WORDS if measure.endswith(word)), None)
        if unit is None:
            raise self._fault("时长只能说几天、几个月、几个季度、几年")
        told = self.told(unit)
        return told if told.status is Status.PENDING else told.with_text(told.text + measure, told.rule)

    def told(self, unit: Precision) -> Figure:
        if self.start is None or self.end is None:
            return Figure("【待核】", None, self.cells, rule="待核", status=Status.PENDING)
        known = self._known()
        if _ORDER.index(unit) < _ORDER.index(known):
            raise self._fault(f"日期只知道到{known.value}，不能按{unit.value}算")
        if self.end.start < self.start.start:
            raise self._fault(f"{self.end.start.isoformat()}在{self.start.start.isoformat()}之前")
        number = _between(self.start.start, self.end.start, unit)
        formula = f"{self.end.start.isoformat()}−{self.start.start.isoformat()}"
        return Figure(str(number), Decimal(number), merge_sources([self.cells]), "", formula, f"按{unit.value}计")

    def _known(self) -> Precision:
        given = [when.precision for when in (self.start, self.end) if when is not None]
        return max(given, key=_ORDER.index, default=Precision.DAY)

    def _fault(self, reason: str) -> FaultError:
        return FaultError(faults.NO_DURATION, related=tuple(cell.place() for cell in self.cells), reason=reason)

    def __str__(self) -> str:
        return str(self.__figure__())

    def __spans__(self) -> Iterable[Span | Figure]:
        return self.__figure__().__spans__()

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __eq__(self, other: object) -> bool:
        return self.__figure__() == other


def _between(start: date, end: date, unit: Precision) -> int:
    if unit is Precision.DAY:
        return (end - start).days
    months = (end.year - start.year) * 12 + end.month - start.month
    if _later(start, months) > end:
        months -= 1
    reached = _later(start, months)
    part = Decimal((end - reached).days) / (_later(start, months + 1) - reached).days
    return int(rounded((months + part) / _MONTHS[unit], 0))


def _later(day: date, months: int) -> date:
    """The same day so many months on, the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
