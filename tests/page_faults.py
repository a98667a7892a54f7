"""What a typesetter would send back: a finished document compared with the pages printed from it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from lxml import etree
from printed_pages import Box, Line, Page

LINES, CHARACTERS = 22, 28  # of a full page of text, GB/T 9704
_HEADING = re.compile(r"heading|Title|标题|引题|框题")
_NUMBER = re.compile(r"—(\d+)—")
_QUOTES_AND_DASHES = "“”‘’—…·"
_SLACK = 1.5  # points
_ROUND_THE_TEXT = 8  # points that cells and the room under a line may stand out
_INSET = 14  # points: one character of a page number
_BODY = (15.0, 17.0)  # points from one character of body text to the next
_BREAKS = ("nextPage", "evenPage", "oddPage")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the document says of its pages.

    `ends` are the last paragraphs before a break that begins a new page; after one a page may be empty.
    """

    area: Box
    pitch: float
    has_columns: bool
    is_framed_at_the_end: bool
    headings: frozenset[str]
    ends: frozenset[str]

    @property
    def middle(self) -> float:
        return (self.area.left + self.area.right) / 2


def layout_of(path: Path) -> Layout:
    """Of a docx all of whose sections have the same page and grid."""
    document = docx.Document(str(path))
    first, root = document.sections[0], document.element.body
    width, height = _points(first.page_width), _points(first.page_height)
    edges = Box(_points(first.left_margin), _points(first.top_margin), width, height)
    area = Box(edges.left, edges.top, width - _points(first.right_margin), height - _points(first.bottom_margin))
    styles = {style.style_id for style in document.styles if _HEADING.search(style.name or "")}
    return Layout(
        area,
        int(root.find(f".//{qn('w:docGrid')}").get(qn("w:linePitch"))) / 20,
        any(cols.get(qn("w:num"), "1") != "1" for cols in root.iter(qn("w:cols"))),
        root.find(f".//{qn('w:framePr')}") is not None,
        frozenset(_text(paragraph) for paragraph in root.iter(qn("w:p")) if paragraph.style in styles),
        frozenset(_ends(root)),
    )


def _points(length: Length | None) -> float:
    assert length is not None
    return float(length.pt)


def _ends(body: BaseOxmlElement) -> Iterator[str]:
    """The text before each break: a section says how it begins where it ends, the last one after everything else."""
    last, before = "", ""
    for node in body.iter(qn("w:p"), qn("w:sectPr")):
        if node.tag == qn("w:p"):
            last = _text(node) or last
            continue
        kind = node.find(qn("w:type"))
        if before and (kind is None or kind.get(qn("w:val")) in _BREAKS):
            yield before
        before = last


def _text(node: etree._Element) -> str:
    return plain("".join(str(part) for part in node.itertext(qn("w:t"))))


def plain(text: str) -> str:
    """Without blanks, as the lines of a page are read."""
    return re.sub(r"[\s\u2060]", "", text)


def faults(pages: tuple[Page, ...], layout: Layout) -> list[str]:
    """All of them, each with its page."""
    found = [f"page {page.number}: {fault}" for page in pages for fault in _faults_of(page, layout, len(pages))]
    return found + list(_faults_of_text(pages, layout))


def _faults_of(page: Page, layout: Layout, count: int) -> Iterator[str]:
    body = [line for line in page.lines if not _NUMBER.fullmatch(line.text)]
    if not body and not page.pictures:
        return  # put in before a section that begins on an even page
    yield from _number(page, layout.area)
    yield from _outside(page, body, layout.area)
    for side in _sides(layout):
        lines = [part for line in body for part in _parts(line, layout) if _is_on(part.box, side)]
        pictures = [box for box in page.pictures if _is_on(box, side)]
        yield from _alone(lines, pictures, layout)
        may_end = page.number == count or any(end.endswith(lines[-1].text) for end in layout.ends if lines)
        may_begin = layout.is_framed_at_the_end and page.number == count
        yield from _gaps([line.box for line in lines] + pictures, layout.area, may_begin=may_begin, may_end=may_end)


def _number(page: Page, area: Box) -> Iterator[str]:
    """— n — one character in from the outer edge."""
    numbers = [line for line in page.lines if _NUMBER.fullmatch(line.text)]
    if [line.text for line in numbers] != [f"—{page.number}—"]:
        yield f"numbers {[line.text for line in numbers]}"
        return
    (line,) = numbers
    inset = area.right - line.box.right if page.number % 2 else line.box.left - area.left
    if abs(inset - _INSET) > _SLACK:
        yield f"the number stands {inset:.0f} points from the outer edge"


def _outside(page: Page, body: list[Line], area: Box) -> Iterator[str]:
    for box, name in [(line.box, line.text) for line in body] + [(box, "a picture") for box in page.pictures]:
        if (
            box.left < area.left - _ROUND_THE_TEXT
            or box.right > area.right + _SLACK
            or box.bottom > area.bottom + _ROUND_THE_TEXT
        ):
            yield f"outside the text area: {name}"
    for line in body:
        middle = ((line.box.left + line.box.right) / 2, (line.box.top + line.box.bottom) / 2)
        if any(box.covers(*middle) for box in page.pictures):
            yield f"a picture hides: {line.text}"


def _sides(layout: Layout) -> list[Box]:
    area, middle = layout.area, layout.middle
    if not layout.has_columns:
        return [area]
    return [Box(area.left, area.top, middle, area.bottom), Box(middle, area.top, area.right, area.bottom)]


def _parts(line: Line, layout: Layout) -> Iterator[Line]:
    """Of a page in columns the two halves of a line, where it has a gap in the middle."""
    yield from line.halves(layout.middle) if layout.has_columns else (line,)


def _is_on(box: Box, side: Box) -> bool:
    return box.left < side.right and box.right > side.left


def _alone(lines: list[Line], pictures: list[Box], layout: Layout) -> Iterator[str]:
    """A heading that is the last of its page or column, or in columns the last before something of full width."""
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        is_last = below is None and not any(box.top > line.baseline for box in pictures)
        is_cut_off = layout.has_columns and below is not None and _is_wide(below, layout) and not _is_wide(line, layout)
        if (is_last or is_cut_off) and len(line.text) > 3 and any(line.text in text for text in layout.headings):
            yield f"a heading alone at the foot: {line.text}"


def _is_wide(line: Line, layout: Layout) -> bool:
    return line.box.left < layout.middle < line.box.right


def _gaps(boxes: list[Box], area: Box, *, may_begin: bool, may_end: bool) -> Iterator[str]:
    """More than a third of the page's height left white."""
    third, reached = (area.bottom - area.top) / 3, area.top
    for box in sorted(boxes, key=lambda box: box.top):
        if box.top - reached > third and not may_begin:
            yield f"a gap of {box.top - reached:.0f} points from {reached:.0f}"
        reached = max(reached, box.bottom)
    if area.bottom - reached > third and not may_end:
        yield f"a gap of {area.bottom - reached:.0f} points at the foot"


def _faults_of_text(pages: tuple[Page, ...], layout: Layout) -> Iterator[str]:
    if layout.has_columns:
        return
    heights = [_height(page, layout) for page in pages[:-1] if not page.pictures]
    fullest = max(heights, default=0)
    if fullest > LINES or (len(heights) > 1 and fullest < LINES):  # one page alone may end before a kept heading
        yield f"the fullest page of text has {fullest} lines"
    lengths = Counter(len(line.text) for page in pages for line in page.lines if _is_full(line, layout.area))
    if lengths and (max(lengths) > CHARACTERS or lengths.most_common(1)[0][0] != CHARACTERS):
        yield f"full lines have {dict(lengths)} characters"


def _height(page: Page, layout: Layout) -> int:
    """The row of the last line, blank rows counted; 0 of an empty page. A baseline lies some 0.8 rows under its top."""
    baselines = [line.baseline for line in page.lines if not _NUMBER.fullmatch(line.text)]
    return round((max(baselines) - layout.area.top) / layout.pitch + 0.3) if baselines else 0


def _is_full(line: Line, area: Box) -> bool:
    """Body text from edge to edge, of characters that are all equally wide."""
    step = (line.box.right - line.box.left) / len(line.text)
    is_wide = all(unicodedata.east_asian_width(character) in "WFA" for character in line.text)
    reaches = line.box.left < area.left + 3 and line.box.right > area.right - step
    return is_wide and reaches and _BODY[0] < step < _BODY[1]


def runs_without_hint(path: Path) -> list[str]:
    """Texts with quotes or dashes that Word would print in the Latin font."""
    runs = docx.Document(str(path)).element.body.iter(qn("w:r"))
    texts = [(_text(run), run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")) for run in runs]
    return [
        text
        for text, fonts in texts
        if any(mark in text for mark in _QUOTES_AND_DASHES) and (fonts is None or fonts.get(qn("w:hint")) != "eastAsia")
    ]
