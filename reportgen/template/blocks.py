"""Which control tag closes which: openers, their elif and else, and their closers, matched in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.diagnostics import Code, Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.types import Spot
from reportgen.template.syntax import Tag

# Opener → the tags that may stand between it and its closer.
OPENERS: Mapping[str, frozenset[str]] = {
    "for": frozenset({"else"}),
    "if": frozenset({"elif", "else"}),
    "with": frozenset(),
    # kept before they are printed
    "macro": frozenset(),
    "call": frozenset(),
    "filter": frozenset(),
    "set": frozenset(),
    # of no effect here: escaping is always on, templates do not extend each other, {% raw %} is the scanner's business
    "autoescape": frozenset(),
    "block": frozenset(),
    "raw": frozenset(),
}
KEPT = frozenset({"macro", "call", "filter", "set"})
TRANSPARENT = frozenset({"autoescape", "block", "raw"})
CLOSERS: Mapping[str, str] = {f"end{word}": word for word in OPENERS}
MIDDLES = frozenset({"elif", "else"})
_ASSIGNMENT = re.compile(r"[^|='\"]*=(?!=)")


def opens(tag: Tag) -> bool:
    """True for a control tag that needs a closer: {% set x = 1 %} does not, {% set x %} does."""
    return tag.word in OPENERS and (tag.word != "set" or _ASSIGNMENT.match(tag.rest) is None)


@dataclass(frozen=True, slots=True)
class Block:
    """Indexes into the control tags of a part: opener, elif and else in order, closer."""

    opener: int
    middles: tuple[int, ...]
    closer: int

    @property
    def members(self) -> tuple[int, ...]:
        return (self.opener, *self.middles, self.closer)


@dataclass(frozen=True, slots=True)
class Matching:
    """All blocks (inner ones first), the openers that are never closed, and the tags that belong to no block."""

    blocks: tuple[Block, ...]
    unclosed: tuple[int, ...]
    stray: tuple[int, ...]


@dataclass(slots=True)
class _Open:
    index: int
    word: str
    form: str
    middles: list[int] = field(default_factory=list)
    has_else: bool = False


def match(controls: Sequence[Spot], faults: list[Diagnostic] | None = None) -> Matching:
    """Matches the control tags of one part, given in reading order; every fault found is added to `faults`.

    Tags that neither open nor close (set) are left alone. {%tr for %} may be closed by {% endfor %}; when a closer is
    missing, those of the same form belong together, so that the fault is told where it is.
    """
    found = _Matcher(controls, False).run()
    if found.matching.unclosed and not found.matching.stray:
        strict = _Matcher(controls, True).run()
        if not strict.matching.stray and len(strict.matching.unclosed) == len(found.matching.unclosed):
            found = strict
    if faults is not None:
        faults.extend(found.faults)
    return found.matching


class _Matcher:
    """`strict`: only tags of one form (tr, tc, p …) belong together."""

    def __init__(self, controls: Sequence[Spot], strict: bool) -> None:
        self.controls, self.strict = controls, strict
        self.faults: list[Diagnostic] = []
        self.matching = Matching((), (), ())
        self.stack: list[_Open] = []
        self.crossed: list[tuple[_Open, int]] = []
        self.blocks: list[Block] = []
        self.stray: list[int] = []

    def run(self) -> _Matcher:
        for index, spot in enumerate(self.controls):
            word = spot.tag.word
            if opens(spot.tag):
                self.stack.append(_Open(index, word, self._form(index)))
            elif word in CLOSERS:
                self.close(index, CLOSERS[word])
            elif word in MIDDLES:
                self.middle(index, word)
        self.matching = self.finish()
        return self

    def _form(self, index: int) -> str:
        return self.controls[index].tag.prefix if self.strict else ""

    def close(self, index: int, word: str) -> None:
        wanted = (word, self._form(index))
        if not any((frame.word, frame.form) == wanted for frame in self.stack):
            self._stray_closer(index, word)
            return
        while (self.stack[-1].word, self.stack[-1].form) != wanted:
            self.crossed.append((self.stack.pop(), index))
        frame = self.stack.pop()
        self.blocks.append(Block(frame.index, tuple(frame.middles), index))

    def middle(self, index: int, word: str) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is None or word not in OPENERS[frame.word] or frame.has_else:
            self.stray.append(index)
            self._fault(codes.MISPLACED, index, frame.index if frame else None, word=word)
            return
        frame.middles.append(index)
        frame.has_else = word == "else"

    def finish(self) -> Matching:
        lost = [*self.stack, *(frame for frame, _ in self.crossed)]
        for frame in lost:
            closer = f"{{%{self.controls[frame.index].tag.prefix} end{frame.word} %}}"
            self._fault(codes.NOT_CLOSED, frame.index, None, word=frame.word, closer=closer)
        unclosed = sorted(frame.index for frame in lost)
        return Matching(tuple(self.blocks), tuple(unclosed), tuple(self.stray))

    def _stray_closer(self, index: int, word: str) -> None:
        """A closer without opener; when its opener lay open while another block ended, the two cross: one fault."""
        self.stray.append(index)
        for pair in self.crossed:
            if pair[0].word == word:
                self.crossed.remove(pair)
                self._fault(codes.CROSSED, index, pair[0].index, other=self.controls[pair[1]].tag.raw)
                return
        self._fault(codes.NOT_OPENED, index, None, word=word)

    def _fault(self, code: Code, index: int, partner: int | None, **words: str) -> None:
        spot = self.controls[index]
        if spot.tag.meant:
            return  # its statement was guessed, and is a fault already
        other = self.controls[partner] if partner is not None else None
        words = {"tag": spot.tag.raw, "opener": other.tag.raw if other else "", **words}
        words["where"] = other.place.label() if other else ""
        related = (other.place,) if other else ()
        self.faults.append(code.fill(spot.place, words, text=spot.around, related=related))
