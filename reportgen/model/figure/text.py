"""Text: prose as a sequence of words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportgen.model.figure.number import Figure, Span

Piece = str | Figure
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Text:
    """Prose as a sequence of words and figures. Printing keeps every figure's cells; `str` drops them."""

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def of(cls, *parts: object) -> Text:
        """Joins words, figures and whatever prints them; empty strings vanish, neighbouring strings become one."""
        pieces: list[Piece] = []
        for piece in _flatten(parts):
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif not isinstance(piece, str) or piece:
                pieces.append(piece)
        return cls(tuple(pieces))

    @classmethod
    def joined(cls, parts: Iterable[object], mark: str) -> Text:
        """The parts with a mark between each two."""
        return cls.of(*[piece for part in parts for piece in (mark, part)][1:])

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Figure))

    def __str__(self) -> str:
        return "".join(str(piece) for piece in self.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __spans__(self) -> Iterator[Span | Figure]:
        for piece in self.pieces:
            if isinstance(piece, str):
                yield Span(piece)
            else:
                yield from piece.__spans__()

    def lines(self) -> tuple[Text, ...]:
        """Parted at line breaks, blank lines dropped, each trimmed of surrounding white space."""
        lines: list[list[Piece]] = [[]]
        for piece in self.pieces:
            if isinstance(piece, Figure):
                lines[-1].append(piece)
                continue
            first, *rest = LINE_BREAK.split(piece)
            lines[-1].append(first)
            lines.extend([part] for part in rest)
        return tuple(line for parts in lines if (line := _trimmed(parts)))


NO_TEXT = Text()


def _flatten(parts: Iterable[object]) -> Iterator[Piece]:
    """Whatever prints spans keeps its figures; everything else is its `str`, None nothing."""
    for part in parts:
        if isinstance(part, Figure) or type(part) is str:
            yield part
        elif hasattr(part, "__spans__"):
            yield from (span.source if isinstance(span.source, Figure) else span.text for span in part.__spans__())
        elif part is not None:
            yield str(part)


def _trimmed(parts: list[Piece]) -> Text:
    text = list(Text.of(*parts).pieces)
    if text and isinstance(text[0], str):
        text[0] = text[0].lstrip()
    if text and isinstance(text[-1], str):
        text[-1] = text[-1].rstrip()
    return Text.of(*text)
