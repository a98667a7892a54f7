"""Rows that say two things of one number: one unit, name and 时期, and different values or days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from reportgen.diagnostics import Code, Diagnostic
from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.figures.quantity import exact
from reportgen.model.figure import split_measure
from reportgen.model.records import Indicator
from reportgen.proof.queries.printed import Found, Printed
from reportgen.proof.queries.rounding import fits
from reportgen.proof.recognition import recognise

# Distinct values of one name that are compared with each other; a name with more is a list, not a number.
_COMPARED = 12
_SHOWN = 4


def same_name(printed: Printed) -> Found:
    """Rows of one unit, name and 时期 with different values or 截止日, told once for a name."""
    groups: dict[tuple[str, str, str], list[Indicator]] = defaultdict(list)
    for row in printed.issue.dataset.indicators:
        if row.value is not None:
            groups[row.unit, row.name, row.period].append(row)
    for rows in groups.values():
        if len(rows) > 1:
            yield from _of_one_name(rows)


def _of_one_name(rows: Sequence[Indicator]) -> Found:
    distinct = {(_value(row), row.as_of, row.action, row.caliber, row.measure): row for row in reversed(rows)}
    kept = sorted(distinct.values(), key=lambda row: row.origin.row)[:_COMPARED]
    pairs = [(a, b) for a, b in combinations(kept, 2) if _same_matter(a, b)]
    different = _members(pair for pair in pairs if not _agree(*pair))
    if different:
        texts = [f"{row.id} 是 {_typed(row)}" for row in different]
        yield _told(codes.SAME_NAME_TWO_VALUES, different, "value", texts)
        return
    days = _members((a, b) for a, b in pairs if a.as_of and b.as_of and a.as_of != b.as_of)
    if days:
        yield _told(codes.SAME_NAME_TWO_DAYS, days, "as_of", [f"{r.id} 是 {r.origin.cell('as_of').text}" for r in days])


def _told(code: Code, rows: Sequence[Indicator], field: str, texts: Sequence[str]) -> Diagnostic:
    first = rows[0]
    period = f"（{first.period}）" if first.period else ""
    cells = [row.origin.cell(field) for row in rows]
    values = "，".join(texts[:_SHOWN]) + ("……" if len(texts) > _SHOWN else "")
    related = tuple(cell.place() for cell in cells if cell is not cells[1])[:_COMPARED]
    what = f"{first.unit}「{first.name}」{period}"
    return code.at(cells[1].place(), text=cells[1].text, related=related, what=what, values=values)


def _typed(row: Indicator) -> str:
    """The cell as it reads; a percentage, or a clerk, may have put the 量词 into it."""
    text = row.origin.cell("value").text
    return text if text.endswith(row.measure) else text + row.measure


def _value(row: Indicator) -> tuple[object, ...]:
    """What two rows of one number must agree in: the exact value, or the words of one reported as 概数."""
    assert row.value is not None
    return exact(row.value, row.measure), row.value.reported, row.upper.value if row.upper else None


def _agree(a: Indicator, b: Indicator) -> bool:
    """One value, or a 概数 and an exact number that it may stand for."""
    assert a.value is not None
    assert b.value is not None
    if bool(a.value.reported) == bool(b.value.reported):
        return _value(a) == _value(b)
    vague, known = (a, b) if a.value.reported else (b, a)
    assert vague.value is not None
    assert known.value is not None
    text = vague.value.reported + vague.measure
    found = recognise(text)
    return len(found) != 1 or found[0].low is None or fits(found[0], text, exact(known.value, known.measure))


def _same_matter(a: Indicator, b: Indicator) -> bool:
    """Nothing says that they are two things: 动作, 口径, 量词 or 性质; a blank one agrees with anything."""
    fields = ((a.action, b.action), (a.caliber, b.caliber), (_bare(a), _bare(b)))
    return a.nature is b.nature and all(left == right or not left or not right for left, right in fields)


def _bare(row: Indicator) -> str:
    return split_measure(row.measure)[1]


def _members(pairs: Iterable[tuple[Indicator, Indicator]]) -> list[Indicator]:
    return sorted({row.id: row for pair in pairs for row in pair}.values(), key=lambda row: row.origin.row)
