"""Texts of cells while a workbook is filled: put together of formatted pieces, kept once (ECMA-376-1 §18.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import LimitError
from reportgen.template.excel.cells import MAX_TEXT, rich_text, text_element

Pieces = tuple[tuple[str, str], ...]
"""A text in (run properties as XML, text) pieces."""
_BOLD = "<rPr><b/></rPr>"
_BYTES = 3  # of a Chinese character
_AT_ONCE = 2_000  # strings written at a time


class Strings(dict[str | Pieces, int]):
    """Text → its number; one that is asked for the first time gets the next. `first` is the first number free.

    An empty text has none: KeyError. `most` are the bytes that all may take.
    """

    def __init__(self, first: int = 0, most: int | None = None) -> None:
        super().__init__()
        self.first = first
        self._most, self._size = most, 0

    def __missing__(self, text: str | Pieces) -> int:
        length = len(text) if isinstance(text, str) else sum(len(words) for _, words in text)
        if length > MAX_TEXT:
            raise FaultError(excel_codes.CELL_TOO_LONG, length=length)
        if not length:
            raise KeyError(text)
        self._size += length if not isinstance(text, str) or text.isascii() else length * _BYTES
        if self._most is not None and self._size > self._most:
            raise LimitError(codes.OUTPUT_TOO_LARGE, limit=self._most // 1_000_000)
        number = self[text] = self.first + len(self)
        return number

    def copy(self, most: int | None = None) -> Strings:
        """The same texts and numbers, to which others can be added."""
        other = Strings(self.first, most)
        other.update(self)
        return other

    def number(self, pieces: Sequence[tuple[str, str]]) -> int:
        """The number of a text in (run properties as XML, text) pieces, as one text when no piece has any."""
        if any(properties for properties, _ in pieces):
            return self[tuple(pieces)]
        return self["".join(words for _, words in pieces)]

    def chunks(self) -> Iterator[bytes]:
        """The si elements of all texts, in the order of their numbers."""
        batch: list[str] = []
        for text in self:
            batch.append(f"<si>{text_element(text) if isinstance(text, str) else rich_text(text)}</si>")
            if len(batch) == _AT_ONCE:
                yield "".join(batch).encode()
                batch.clear()
        yield "".join(batch).encode()


class Plain(str):
    """Literal text of the template, told apart from what values print."""

    __slots__ = ()


def literal(text: str) -> str:
    """Literal text as `Printer.words` takes it."""
    return Plain(text)


def joined(words: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    last: tuple[str, str] | None = None
    for properties, text in words:
        if last is not None and last[0] == properties:
            last = (properties, last[1] + text)
            continue
        if last is not None:
            yield last
        last = (properties, text)
    if last is not None:
        yield last


def dressed(properties: str, bold: bool) -> str:
    if not bold or "<b/>" in properties:
        return properties
    return properties.replace("<rPr>", "<rPr><b/>", 1) if properties else _BOLD
