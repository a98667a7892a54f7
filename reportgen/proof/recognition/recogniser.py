"""Numbers in running text, and those that need no source.

What is exempt without being listed follows workbook.md (词表).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from reportgen.proof.recognition.number import Number, NumberKind
from reportgen.proof.recognition.reading import recognise

# A slogan or a name in quotation marks, not a quoted sentence: none with a stop inside, none that someone says.
_QUOTED = re.compile(
    r"(?<![：:])(?:“[^“”。，；！？]{1,16}”|‘[^‘’。，；！？]{1,16}’|『[^『』。，；！？]{1,16}』|「[^「」。，；！？]{1,16}」)"
)
_TITLES = re.compile("《[^《》]{1,60}》")
_REASONS = {
    NumberKind.YEAR_RANGE: "年份",
    NumberKind.DATE: "日期",
    NumberKind.ORDINAL: "序号",
    NumberKind.CODE: "名称",
}

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text, [start, end); `exempt` says why it needs no source, empty when it does."""

    start: int
    end: int
    exempt: str
    number: Number


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Finds numbers; `words` are 缩略 and 豁免 of 词表, `names` those of units, activities and lists."""

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def find(self, text: str) -> tuple[Found, ...]:
        """Every number of `text` in order, each with the reason that exempts it, if one does."""
        numbers = recognise(text)
        exempt = tuple(self._exempt(text)) if numbers else ()
        return tuple(Found(n.start, n.end, _reason(n, exempt), n) for n in numbers)

    def _exempt(self, text: str) -> Iterator[_Exempt]:
        """In order of precedence."""
        yield _Exempt.of("词表", _places(text, self.words))
        yield _Exempt.of("名称", _places(text, self.names))
        yield _Exempt.of("引号内的提法", (m.span() for m in _QUOTED.finditer(text)))
        yield _Exempt.of("名称", (m.span() for m in _TITLES.finditer(text)))


@dataclass(frozen=True, slots=True)
class _Exempt:
    """Stretches exempt for one reason: where they begin, in order, and how far those that began so far reach."""

    reason: str
    firsts: tuple[int, ...]
    reach: tuple[int, ...]

    @classmethod
    def of(cls, reason: str, stretches: Iterable[Stretch]) -> _Exempt:
        ordered = sorted(stretches)
        return cls(reason, tuple(first for first, _ in ordered), tuple(accumulate((last for _, last in ordered), max)))

    def holds(self, number: Number) -> bool:
        """True when one stretch holds all of the number."""
        begun = bisect_right(self.firsts, number.start)
        return begun > 0 and self.reach[begun - 1] >= number.end


def _places(text: str, words: Iterable[str]) -> Iterator[Stretch]:
    for word in words:
        if word in text:
            yield from (m.span() for m in re.finditer(re.escape(word), text))


def _reason(number: Number, exempt: tuple[_Exempt, ...]) -> str:
    kind = _REASONS.get(number.kind, "")
    if number.kind in (NumberKind.DATE, NumberKind.YEAR_RANGE):
        return kind
    return next((stretches.reason for stretches in exempt if stretches.holds(number)), kind)
