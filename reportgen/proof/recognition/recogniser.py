"""Numbers in running text, and those that need no source.

What is exempt without being listed follows workbook.md (词表).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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

Exempt = tuple[int, int, str]


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

    def _exempt(self, text: str) -> Iterator[Exempt]:
        yield from _places(text, self.words, "词表")
        yield from _places(text, self.names, "名称")
        yield from ((m.start(), m.end(), "引号内的提法") for m in _QUOTED.finditer(text))
        yield from ((m.start(), m.end(), "名称") for m in _TITLES.finditer(text))


def _places(text: str, words: Iterable[str], reason: str) -> Iterator[Exempt]:
    for word in words:
        if word in text:
            yield from ((m.start(), m.end(), reason) for m in re.finditer(re.escape(word), text))


def _reason(number: Number, exempt: tuple[Exempt, ...]) -> str:
    kind = _REASONS.get(number.kind, "")
    if number.kind in (NumberKind.DATE, NumberKind.YEAR_RANGE):
        return kind
    inside = (reason for first, last, reason in exempt if first <= number.start and number.end <= last)
    return next(inside, kind)
