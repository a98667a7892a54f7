"""Numbers side by side told in different ways: decimals, 万 and 亿."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics.catalogue.proof import figures as codes
from reportgen.model.figure import SCALES
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.reading import HELD, Stretch, clause_end, clause_start, set_aside
from reportgen.proof.recognition import Number, NumberKind

_DIGITS = re.compile(r"(?P<number>\d+(?:\.(?P<decimals>\d+))?)(?P<scale>万亿|万|亿)?(?:[%％]|个?百分点)?")
_PARTED = re.compile(r"、|以及|[和及](?=[^、]*$)")
_TOLD_ALIKE = (NumberKind.COUNT, NumberKind.PERCENT, NumberKind.POINTS)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A number of a list: as printed, its value before 万 or 亿, how many decimals, and which of the two."""

    text: str
    number: Decimal
    decimals: int
    scale: str


def uneven_lists(printed: Printed) -> Found:
    """Enumerations whose numbers of one unit differ in decimals or in 万 and 亿."""
    for passage in printed.passages:
        for clause in _enumerations(passage.text):
            for numbers in _by_unit(passage, clause):
                listed = "、".join(number.text for number in numbers)
                if _scales_differ(numbers):
                    yield codes.MIXED_SCALES.at(passage.place, text=clause.text, listed=listed)
                elif _decimals_differ(numbers):
                    yield codes.MIXED_DECIMALS.at(passage.place, text=clause.text, listed=listed)


def _enumerations(text: str) -> Iterator[Stretch]:
    """The clauses that hold a 、 outside quotes and brackets."""
    masked = set_aside(text)
    position = masked.find("、")
    while position >= 0:
        start, end = clause_start(masked, position), clause_end(masked, position)
        yield Stretch(start, end, masked[start:end])
        position = masked.find("、", end)


def _by_unit(passage: Passage, clause: Stretch) -> Iterator[Sequence[_Listed]]:
    """The numbers of two or more items, those of one unit together; of an item the last number counts."""
    groups: dict[tuple[NumberKind, str], list[_Listed]] = defaultdict(list)
    for start, end in _items(clause):
        numbers = [n for n in passage.numbers_in(start, end) if clause.text[n.start - clause.start] != HELD]
        listed = _listed(passage, numbers[-1]) if numbers else None
        if listed is not None:
            groups[numbers[-1].kind, numbers[-1].unit].append(listed)
    return (found for found in groups.values() if len(found) > 1)


def _items(clause: Stretch) -> Iterator[tuple[int, int]]:
    """Start and end of each item of the list, in the passage."""
    start = clause.start
    for mark in _PARTED.finditer(clause.text):
        yield start, clause.start + mark.start()
        start = clause.start + mark.end()
    yield start, clause.end


def _listed(passage: Passage, number: Number) -> _Listed | None:
    """None for what is written in characters, as 概数, or from one number to another."""
    text = passage.text[number.start : number.end]
    digits = _DIGITS.fullmatch(text)
    if digits is None or number.kind not in _TOLD_ALIKE or number.vague:
        return None
    return _Listed(text + number.unit, Decimal(digits["number"]), len(digits["decimals"] or ""), digits["scale"] or "")


def _scales_differ(numbers: Sequence[_Listed]) -> bool:
    """Different, and the smaller would still read well in the larger: 9000万 is 0.9亿, but 56人 is no 0.0056万人."""
    scales = {number.scale for number in numbers}
    if len(scales) < 2:
        return False
    largest = max(_size(scale) for scale in scales)
    others = [number.number * _size(number.scale) for number in numbers if _size(number.scale) < largest]
    return any(value >= largest * _TENTH for value in others)


def _size(scale: str) -> Decimal:
    return SCALES[scale] if scale else Decimal(1)


def _decimals_differ(numbers: Sequence[_Listed]) -> bool:
    """Different by more than one last 0 that was dropped: 5%、4.7% is 5.0 % beside 4.7 %."""
    for scale in {number.scale for number in numbers}:
        decimals = {number.decimals for number in numbers if number.scale == scale}
        if len(decimals) > 1 and max(decimals) > 1:
            return True
    return False
