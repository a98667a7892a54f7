"""Numbers typed beside the name of an indicator whose cell says another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics.catalogue.proof import figures as codes
from reportgen.figures.quantity import exact, settled
from reportgen.model.figure import split_measure
from reportgen.model.records import Dataset, Indicator, Nature, Quantity, Unit
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.reading import clause_start
from reportgen.proof.queries.rounding import fits
from reportgen.proof.recognition import Number, NumberKind

# What may stand between a name and its number.
_LINK = re.compile(
    r"(?:已经?|全部|共计|总计|合计|累计|一共|共|达到|达|为|有|是|约|将近|接近|近|超过|超|逾|突破|完成|增加到|增至|增加|新增|了|\s)*$"
)
_SHORTEST, _LONGEST = 2, 24
_OTHER_NUMBERS = ("baseline", "previous", "target", "whole", "upper", "comparison")
# 450 beside 449 is rounded too far; beside 900 it is another number.
_SAME = Decimal("0.5")

Rows = Mapping[str, Sequence[Indicator]]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A number typed in the text and the rows whose name stands beside it."""

    passage: Passage
    number: Number
    rows: Sequence[Indicator]


def against_data(printed: Printed) -> Found:
    """超450次 where 指标 says 449, 130个 where it says 126: only where no row of that name and unit agrees."""
    data = printed.issue.dataset
    numbers = [(passage, number) for passage in printed.passages for number in _typed_counts(passage)]
    if not numbers:
        return
    names = _by_measure(data)
    for passage, number in numbers:
        rows = _meant(passage, _beside(passage.text, number, names.get(number.unit, {})), data.units)
        if rows and not any(fits(number, passage.text, value) for row in rows for value in _values(row, number)):
            yield from _told(_Typed(passage, number, rows))


def _typed_counts(passage: Passage) -> Iterator[Number]:
    for number in passage.numbers:
        counts = number.kind is NumberKind.COUNT and number.low == number.high and number.unit
        if counts and passage.figure_at(number.start, number.end) is None:
            yield number


def _by_measure(data: Dataset) -> Mapping[str, Rows]:
    """量词 without 万 and 亿 → name → its rows with an exact value."""
    found: dict[str, dict[str, list[Indicator]]] = defaultdict(lambda: defaultdict(list))
    for row in data.indicators:
        if row.nature is Nature.COUNT and settled(row) is not None and len(row.name) >= _SHORTEST:
            found[split_measure(row.measure)[1]][row.name].append(row)
    return found


def _beside(text: str, number: Number, names: Rows) -> Sequence[Indicator]:
    """The rows of the longest name that ends right before the number or begins right behind its unit."""
    if not names:
        return ()
    before = _LINK.sub("", text[clause_start(text, number.start) : number.start])
    after = text[number.end + len(number.unit) :]
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        for name in (before[-length:], after[:length]):
            if len(name) == length and name in names:
                return names[name]
    return ()


def _meant(passage: Passage, rows: Sequence[Indicator], units: Iterable[Unit]) -> Sequence[Indicator]:
    """Of rows of one name those of the units that the passage names, else those of none, else the only unit's."""
    if not rows:
        return ()
    called = {u.short_name: (u.short_name, u.full_name, *u.aliases) for u in units}
    named = [r for r in rows if r.unit and any(n and n in passage.text for n in called.get(r.unit, (r.unit,)))]
    general = [row for row in rows if not row.unit]
    return named or general or (rows if len({row.unit for row in rows}) == 1 else ())


def _values(row: Indicator, number: Number) -> Iterator[Decimal]:
    """Every number of the row, since the sentence may speak of last year's; beside a 概数 only its 值."""
    others = () if number.vague else (getattr(row, field) for field in _OTHER_NUMBERS)
    for quantity in (settled(row), *others):
        if isinstance(quantity, Quantity) and not quantity.reported:
            yield exact(quantity, row.measure)


def _told(typed: _Typed) -> Found:
    passage, number, row = typed.passage, typed.number, typed.rows[0]
    value = settled(row)
    assert value is not None
    assert number.low is not None
    cell = row.origin.cell("value")
    exact_value = exact(value, row.measure)
    shown = _with_word(passage.text, number)
    words = {"printed": shown, "name": row.name, "key": row.id, "exact": f"{cell.text}{row.measure}"}
    oversteps = number.vague and abs(exact_value - number.low) <= number.low * _SAME
    code = codes.VAGUE_OVERSTEPS if oversteps else codes.TYPED_OTHERWISE
    yield code.fill(passage.place, words, text=shown, related=(cell.place(),))


def _with_word(text: str, number: Number) -> str:
    """The number with its unit, and with the word before or behind it that makes it 概数."""
    start, end = number.start, number.end + len(number.unit)
    if number.vague and text[:start].endswith(number.vague):
        start -= len(number.vague)
    if number.vague and text.startswith(number.vague, end):
        end += len(number.vague)
    return text[start:end]
