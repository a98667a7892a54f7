"""What is recognised: a number in running text, its span, kind and value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class NumberKind(Enum):
    """What a number says. From COUNT to RATIO it is a figure that wants a source; the others name or date something."""

    COUNT = "数量"
    PERCENT = "百分数"
    TENTHS = "成"
    FRACTION = "分数"
    MULTIPLE = "倍数"
    POINTS = "百分点"
    RATIO = "比"
    DATE = "日期"
    YEAR_RANGE = "年份"
    ORDINAL = "序号"
    CODE = "编号"

    @property
    def is_figure(self) -> bool:
        return self not in _LABELS


_LABELS = (NumberKind.DATE, NumberKind.YEAR_RANGE, NumberKind.ORDINAL, NumberKind.CODE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text, [start, end): digits or characters with 万/亿, 概数 words, %, 成, 倍; a range is one number.

    The measure word is outside the span, in `unit`. `low` and `high` are equal for a single value and the two ends
    of a range; percentages and 成 at face value (三成 → 30), fractions and ratios as their quotient, multiples as the
    factor (翻两番 → 4), counts with 万 and 亿 multiplied out. A 概数 has the number that is named (三百余 → 300,
    数十 → 10) and its word in `vague`, even where the word stands outside the span (近500, 10亿元以上). Labels
    (dates, ordinals, codes) have no value.
    """

    start: int
    end: int
    kind: NumberKind
    low: Decimal | None = None
    high: Decimal | None = None
    vague: str = ""
    unit: str = ""
