"""What lies inside a block and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from reportgen.template.word.blocks import Fence
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import RANGE_MARKS, SECT_PR, TC_PR, Element

_INVISIBLE = frozenset({TC_PR, SECT_PR, *RANGE_MARKS})


class Levels:
    """Tells what is inside a block from what is not."""

    def __init__(self, fences: Sequence[Fence], marks: Marks) -> None:
        hidden = [fence for fence in fences if _word(fence, marks) in ("macro", "set")]
        self._hiding = frozenset(fence.opener for fence in hidden)
        self._shown_again = frozenset(fence.closer for fence in hidden)
        self._openers = frozenset(fence.opener for fence in fences)
        self._closers = frozenset(fence.closer for fence in fences)

    def of(self, container: Element, marks: Marks) -> list[tuple[Element, bool]]:
        """The children of `container` that print something, each with True when it lies in no block."""
        depth = hidden = 0
        found = []
        for child in container:
            hidden += (child in self._hiding) - (child in self._shown_again)
            depth += (child in self._openers) - (child in self._closers)
            if not hidden and child.tag not in _INVISIBLE and not marks.is_mark(child):
                found.append((child, depth == 0))
        return found


def loops(marks: Marks, fences: Sequence[Fence]) -> Iterator[Fence]:
    """The blocks whose content may be printed several times: loops, and what macros hold."""
    for fence in fences:
        if _word(fence, marks) in ("for", "macro", "call", "set"):
            yield fence


def _word(fence: Fence, marks: Marks) -> str:
    spot = marks[fence.opener].spot
    return spot.tag.word if spot is not None else ""


def within(fence: Fence) -> Iterator[Element]:
    """Every element that a block may repeat, in document order: what stands behind its `else` it does not."""
    ends = {*fence.middles, fence.closer}
    for sibling in fence.opener.itersiblings():
        if sibling in ends:
            return
        yield from sibling.iter(etree.Element)
