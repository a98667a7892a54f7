"""Where each paragraph of the finished docx comes from: the line of prose it prints, its 稿 and its 板块."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.model.cells import CellRef
from reportgen.model.issue import ProseLine
from reportgen.proof.document import PrintedParagraph

# A line shorter than this may stand inside another paragraph by chance (a heading in 附件说明).
_SURE = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """The 稿 (its number) and 板块 (its 小标题) a paragraph stands in, and the prose cell it was typed in, if any."""

    article: str = ""
    section: str = ""
    cell: CellRef | None = None


def stand(lines: Sequence[ProseLine], paragraphs: Sequence[PrintedParagraph]) -> tuple[Standing, ...]:
    """One Standing per paragraph. A paragraph that prints no line of prose stands where the last one did."""
    finder = _Finder(lines)
    standings: list[Standing] = []
    last = Standing(lines[0].article if lines else "")
    for paragraph in paragraphs:
        line = finder.find(paragraph.text) if paragraph.part == "正文" else None
        if line is not None:
            last = Standing(line.article, line.section)
        here = last if paragraph.part == "正文" else Standing(section=paragraph.part)
        standings.append(Standing(here.article, here.section, line.cell if line else None))
    return tuple(standings)


def unprinted(lines: Sequence[ProseLine], paragraphs: Sequence[PrintedParagraph]) -> Iterator[ProseLine]:
    """Lines of prose that no paragraph of the docx prints, wherever it stands."""
    texts = {_plain(paragraph.text) for paragraph in paragraphs}
    everything = "\n".join(texts)
    return (line for line in lines if (text := _plain(str(line.text))) not in texts and text not in everything)


class _Finder:
    """Finds the line that a paragraph prints; lines that read alike are given out in their order.

    Long lines are kept by their first characters: with thousands of both, comparing each with each takes minutes.
    """

    def __init__(self, lines: Sequence[ProseLine]) -> None:
        self._exact: dict[str, deque[ProseLine]] = defaultdict(deque)
        self._long: dict[str, list[tuple[int, str, ProseLine]]] = defaultdict(list)
        for order, line in enumerate(lines):
            text = _plain(str(line.text))
            self._exact[text].append(line)
            if len(text) >= _SURE:
                self._long[text[:_SURE]].append((order, text, line))

    def find(self, text: str) -> ProseLine | None:
        plain = _plain(text)
        waiting = self._exact.get(plain)
        if waiting:
            return waiting.popleft() if len(waiting) > 1 else waiting[0]
        found = min(self._within(plain), key=lambda item: item[0], default=None)
        return found[1] if found else None

    def _within(self, plain: str) -> Iterator[tuple[int, ProseLine]]:
        """The long lines that stand somewhere in a paragraph, with their place among all lines."""
        for start in range(len(plain) - _SURE + 1):
            for order, text, line in self._long.get(plain[start : start + _SURE], ()):
                if plain.startswith(text, start):
                    yield order, line


def _plain(text: str) -> str:
    """Text with all white space taken out: a template may indent or break a line its own way."""
    return "".join(text.split())
