"""Stretches of a document that a template keeps before printing them: what macros give, `{% set x %}…{% endset %}`,
recursive loops. Each value inside is printed anew by its own site wherever the stretch is printed, so that ids, marks
and pictures stay right however often that is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from reportgen.template.engine.run import LimitError, Located, Run
from reportgen.template.engine.types import Site
from reportgen.template.values import Span, SpanLike, figure_of, plain_text, spans_of


class Level(StrEnum):
    """What a stretch consists of: pieces of a line, whole paragraphs and tables, rows, cells."""

    RUNS = "runs"
    BLOCKS = "blocks"
    ROWS = "rows"
    CELLS = "cells"


# XML can hold neither character, so that both can be told from anything a part prints.
_LATER, _LEVEL = "\x00", "\x01"
_SLOTS = re.compile(f"{_LATER}(\\d+){_LATER}")
_SENTINELS = re.compile(f"{_LEVEL}(\\w+){_LEVEL}")
# In every kind of Office part the element t holds text and p is a paragraph.
_WORDS = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<|(</(?:\w+:)?p>)")


def beginning(level: Level) -> str:
    """What a kept stretch begins with, so that `fragment_of` knows its level."""
    return f"{_LEVEL}{level}{_LEVEL}"


@dataclass(frozen=True, slots=True)
class _Later:
    """A value waiting for its site; `located` is its tag."""

    site: Site
    value: object
    located: Located | None

    def emit(self, run: Run) -> str:
        try:
            return self.site.emit(self.value, run)
        except LimitError:
            raise
        except Exception as error:
            if self.located is None:
                raise
            run.failed_at(error, self.located)
            return ""


class Fragment:
    """A stretch of one level, None for a loop without turns.

    Printed as text it is the words in it; each paragraph's end is a line break.
    """

    def __init__(self, level: Level | None, pieces: tuple[str | _Later, ...]) -> None:
        self.level = level
        self._pieces = pieces

    def print(self, run: Run) -> str:
        """The markup, every value printed anew. Counts as a loop's turn, and against the size of the output."""
        run.turn(1)
        printed = []
        for piece in self._pieces:
            text = piece if isinstance(piece, str) else piece.emit(run)
            run.kept(len(text))
            printed.append(text)
        return "".join(printed)

    def __spans__(self) -> Iterator[SpanLike]:
        for piece in self._pieces:
            if isinstance(piece, _Later):
                yield from spans_of(piece.value)
            else:
                words = ("\n" if end else html.unescape(text) for text, end in _WORDS.findall(piece))
                yield Span("".join(words))

    def __figure__(self) -> object:
        """The value that it is, when there is nothing beside it. Raises TypeError else."""
        values = [piece.value for piece in self._pieces if isinstance(piece, _Later) and piece.value is not None]
        words = "".join(piece for piece in self._pieces if isinstance(piece, str))
        if len(values) != 1 or isinstance(values[0], str) or "".join(part[0] for part in _WORDS.findall(words)).strip():
            raise TypeError("not one number")
        figure = figure_of(values[0])
        return values[0] if figure is None else figure

    @cached_property
    def _text(self) -> str:
        return plain_text(self).removesuffix("\n")

    def __str__(self) -> str:
        return self._text

    def __len__(self) -> int:
        return len(self._text)

    def __bool__(self) -> bool:
        return any(isinstance(piece, _Later) or piece for piece in self._pieces) if not self._text else True

    def __eq__(self, other: object) -> bool:
        return self._text == str(other) if isinstance(other, (str, Fragment)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)


def keep(run: Run, site: Site, value: object) -> str:
    """A slot in the text of a stretch that is being kept."""
    return f"{_LATER}{run.keep(_Later(site, value, run.where()))}{_LATER}"


def fragment_of(text: str, run: Run) -> Fragment:
    """The Fragment of a kept text: its slots filled, its sentinels dropped."""
    found = _SENTINELS.search(text)
    level = Level(found[1]) if found else Level.RUNS if text else None
    pieces: list[str | _Later] = []
    for number, part in enumerate(_SLOTS.split(_SENTINELS.sub("", text))):
        if number % 2:
            later = run.take(int(part))
            assert isinstance(later, _Later)
            pieces.append(later)
        elif part:
            pieces.append(part)
    return Fragment(level, tuple(pieces))
