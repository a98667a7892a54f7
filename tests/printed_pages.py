"""What tests ask of a printed page: its lines and pictures, measured in points from the upper left corner."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_SAME_LINE = 2.0  # points between the baselines of one line
_GUTTER = 12.0  # points between two columns, at least


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of a page, from its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.top < y < self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline, blanks left out."""

    characters: tuple[tuple[str, Box], ...]
    baseline: float

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.characters)

    @property
    def box(self) -> Box:
        boxes = [box for _, box in self.characters]
        return Box(boxes[0].left, min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))

    def halves(self, middle: float) -> Iterator[Line]:
        """What stands left and right of `middle`; the line itself when it runs across it."""
        left = tuple(one for one in self.characters if one[1].right <= middle)
        right = tuple(one for one in self.characters if one[1].left >= middle)
        runs_across = len(left) + len(right) < len(self.characters)
        is_one = runs_across or not left or not right or right[0][1].left - left[-1][1].right < _GUTTER
        yield from (self,) if is_one else (Line(left, self.baseline), Line(right, self.baseline))


@dataclass(frozen=True, slots=True)
class Page:
    """`lines` and `pictures` from top to bottom."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    pictures: tuple[Box, ...]


def read_pages(path: Path) -> tuple[Page, ...]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(path)
    return tuple(_page(number, page) for number, page in enumerate(document, 1))


def _page(number: int, page: Any) -> Page:
    width, height = page.get_size()
    pictures = [
        Box(left, height - top, right, height - bottom)
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        for left, bottom, right, top in [item.get_bounds()]
    ]
    characters = sorted(_characters(page.get_textpage(), height), key=lambda one: (one[1], one[2].left))
    lines = sorted(_lines(characters), key=lambda line: (line.baseline, line.box.left))
    return Page(number, width, height, tuple(lines), tuple(sorted(pictures, key=lambda box: box.top)))


def _characters(text: Any, height: float) -> Iterator[tuple[str, float, Box]]:
    """Character, baseline, box."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            left, bottom, right, top = text.get_charbox(index, loose=True)
            yield character, height - y.value, Box(left, height - top, right, height - bottom)


def _lines(characters: list[tuple[str, float, Box]]) -> Iterator[Line]:
    """From characters in the order of their baselines."""
    waiting: list[tuple[str, float, Box]] = []
    for one in characters:
        if waiting and one[1] - waiting[0][1] > _SAME_LINE:
            yield _line(waiting)
            waiting = []
        waiting.append(one)
    if waiting:
        yield _line(waiting)


def _line(characters: list[tuple[str, float, Box]]) -> Line:
    inorder = sorted(characters, key=lambda one: one[2].left)
    return Line(tuple((text, box) for text, _, box in inorder), inorder[0][1])
