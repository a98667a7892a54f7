"""What a number is compared with: bases that give no rate, are missing, or lie unbelievably far off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.figures.quantity import exact, is_rate, settled
from reportgen.model.figure import ARITHMETIC, plain, split_measure
from reportgen.model.records import Indicator, Nature, Quantity
from reportgen.proof.queries.printed import Found, Printed

# Field, its header, and what the article calls it.
_BASES = (("baseline", "上年同期"), ("previous", "上期"))
# In percent: three times the base, a fifth of it; rates, in points. At 100 % the wording changes to 倍 already; of the
# source articles' growths the largest is 86.23 %.
GREATEST_RISE, GREATEST_FALL, GREATEST_STEP = Decimal(200), Decimal(-80), Decimal(50)
# F029 tells what is larger, as most likely a cell formatted as a percentage.
_TOLD_ALREADY = Decimal(1000)


def bases(printed: Printed) -> Found:
    """A base of 0, or below, of a number that is meant for the article."""
    for row in printed.issue.dataset.indicators:
        if not row.included or row.value is None or row.nature is not Nature.COUNT or is_rate(row):
            continue
        for field, header in _BASES:
            base: Quantity | None = getattr(row, field)
            if base is None or base.reported or base.value > 0:
                continue
            cell = row.origin.cell(field)
            if base.value < 0:
                value = plain(base.value)
                yield codes.BASE_NEGATIVE.at(cell.place(), text=cell.text, name=row.name, column=header, value=value)
            elif row.value.value:
                yield codes.BASE_ZERO.at(cell.place(), text=cell.text, name=row.name, column=header)


def missing_bases(printed: Printed) -> Found:
    """The one row among those of one name and 时期 that has no base."""
    groups: dict[tuple[str, str, str], list[Indicator]] = defaultdict(list)
    for row in printed.issue.dataset.indicators:
        if row.unit and row.value is not None:
            groups[row.name, row.period, row.measure].append(row)
    for rows in groups.values():
        for field, header in _BASES:
            yield from _odd_ones(rows, field, header)


def _odd_ones(rows: Sequence[Indicator], field: str, header: str) -> Found:
    """Told when at least three have a base and no more than one in four lacks it: else it is the rule to have none."""
    lacking = [row for row in rows if getattr(row, field) is None]
    count = len(rows) - len(lacking)
    if not lacking or count < 3 or len(lacking) * 4 > len(rows):
        return
    for row in lacking:
        yield codes.BASE_MISSING.at(row.origin.place(field), name=row.name, count=count, column=header, unit=row.unit)


def great_changes(printed: Printed) -> Found:
    """Growth, falls and steps of rates beyond what an editor takes unasked."""
    small = printed.issue.dataset.masthead.small_base
    for row in printed.issue.dataset.indicators:
        if not row.included:
            continue
        if row.nature is Nature.GROWTH:
            yield from _typed_growth(row)
            continue
        for field, header in _BASES:
            base: Quantity | None = getattr(row, field)
            if base is not None and not base.reported:
                yield from _compared(row, base, field, header, small)


def _typed_growth(row: Indicator) -> Found:
    value = settled(row)
    if value is None or GREATEST_FALL < value.value < GREATEST_RISE or value.value > _TOLD_ALREADY:
        return
    cell = row.origin.cell("value")
    change = f"{'增长' if value.value > 0 else '下降'}{plain(abs(value.value))}%"
    yield codes.GREAT_CHANGE.at(cell.place(), text=cell.text, name=row.name, change=change, now="本期", base="上年同期")


def _compared(row: Indicator, base: Quantity, field: str, header: str, small: Decimal) -> Found:
    value = settled(row)
    if value is None or row.nature is Nature.RANK:
        return
    now, then = exact(value, row.measure), exact(base, row.measure)
    if is_rate(row):
        step = now - then
        change = f"{'提高' if step > 0 else '下降'}{plain(abs(step))}个百分点" if abs(step) >= GREATEST_STEP else ""
    else:
        change = _percent_change(row, now, then, small)
    if change:
        cell = row.origin.cell("value")
        numbers = {"now": _shown(row, "value"), "base": f"{header}的{_shown(row, field)}"}
        words = {"name": row.name, "change": change, **numbers}
        yield codes.GREAT_CHANGE.fill(cell.place(), words, text=cell.text, related=(row.origin.place(field),))


def _percent_change(row: Indicator, now: Decimal, then: Decimal, small: Decimal) -> str:
    """In words, empty when it is not great. Small counts leap by nature."""
    counts = not split_measure(row.measure)[0] and "元" not in row.measure
    if then <= 0 or now < 0 or (counts and then < small):
        return ""
    rate = ARITHMETIC.multiply(ARITHMETIC.divide(now - then, then), Decimal(100))
    if GREATEST_FALL < rate < GREATEST_RISE:
        return ""
    digits = plain(abs(rate).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return f"{'增长' if rate > 0 else '下降'}{digits}%"


def _shown(row: Indicator, field: str) -> str:
    return f"{row.origin.cell(field).text}{row.measure}"
