"""Numbers in running text, and those that need no source.

Arabic numbers are recognised here; what is exempt without being listed follows workbook.md (词表).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?(?:[多余])?[万亿]?(?:[%％‰])?")
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年?[—～至-]+(?:19|20)[0-9]{2}(?:年|(?=[）)》”’，。；、\s]|$))")
_DATES = re.compile(
    r"(?:(?:19|20)[0-9]{2}年)(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日(?!均)"
)
_ORDINALS = re.compile(r"第[0-9]+|附件[0-9]+|^[\s　]*(?:附件：)?[0-9]+[.．、](?![0-9])|^[\s　]*[（(][0-9]+[）)]")
# A slogan or a name in quotation marks, not a quoted sentence.
_QUOTED = re.compile(r"“[^“”。，；！？]{1,16}”|‘[^‘’。，；！？]{1,16}’")


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text, [start, end); `exempt` says why it needs no source, empty when it does."""

    start: int
    end: int
    exempt: str = ""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Finds numbers; `words` are 缩略 and 豁免 of 词表, `names` those of units, activities and lists."""

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def find(self, text: str) -> tuple[Found, ...]:
        """Every Arabic number of `text` in order, each with the reason that exempts it, if one does."""
        exempt = tuple(self._exempt(text))
        return tuple(
            Found(match.start(), match.end(), _reason(match.start(), match.end(), exempt))
            for match in _NUMBER.finditer(text)
        )

    def _exempt(self, text: str) -> Iterator[tuple[int, int, str]]:
        for pattern, reason in ((_YEARS, "年份"), (_DATES, "日期"), (_ORDINALS, "序号"), (_QUOTED, "引号内的提法")):
            yield from ((m.start(), m.end(), reason) for m in pattern.finditer(text))
        yield from _places(text, self.words, "词表")
        yield from _places(text, self.names, "名称")


def _places(text: str, words: Iterable[str], reason: str) -> Iterator[tuple[int, int, str]]:
    for word in words:
        yield from ((m.start(), m.end(), reason) for m in re.finditer(re.escape(word), text))


def _reason(start: int, end: int, exempt: tuple[tuple[int, int, str], ...]) -> str:
    return next((reason for first, last, reason in exempt if first <= start and end <= last), "")
