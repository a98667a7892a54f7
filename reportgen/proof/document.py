"""The finished docx read back: its paragraphs in order, with the marks that the figures carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from reportgen.proof.fields import Fields

FIGURE_MARK = "_F_"

_PARAGRAPH, _TEXT, _CELL = qn("w:p"), qn("w:t"), qn("w:tc")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# What is not printed as words of the text: deleted text, field codes, the second copy of a text box.
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:delInstrText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Parts beside the body, by the end of their relationship's type, with the name that 核数表 prints.
_NOTES = {"/footnotes": "脚注", "/endnotes": "尾注", "/comments": "批注"}
_DRAWINGS = {"/chart": "图表", "/diagramData": "图示"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure's bookmark: its name and the characters it covers, [start, end)."""

    bookmark: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph as it reads. `part` is 正文, 页眉, 页脚, 脚注, 尾注, 批注, 图表 or 图示; `number` counts the part's
    paragraphs that hold text, from 1; `heads_row` is set in the first cell of a table's row."""

    part: str
    number: int
    text: str
    marks: tuple[Mark, ...]
    heads_row: bool = False


def read_paragraphs(content: bytes) -> tuple[PrintedParagraph, ...]:
    """Every paragraph with text of a docx: the body (tables and text boxes in place), headers and footers, notes and
    comments, then the words of charts and diagrams."""
    document = docx.Document(BytesIO(content))
    parts = [("正文", document.element.body), *_margins(document), *_related(document, _NOTES)]
    written = [paragraph for part, root in parts for paragraph in _of_part(part, root)]
    drawn = [paragraph for part, root in _related(document, _DRAWINGS) for paragraph in _of_drawing(part, root)]
    return (*written, *drawn)


def _margins(document: Document) -> Iterator[tuple[str, etree._Element]]:
    """Headers and footers, each once: a section without its own shows the one before."""
    for section in document.sections:
        headers = (section.header, section.even_page_header, section.first_page_header)
        footers = (section.footer, section.even_page_footer, section.first_page_footer)
        yield from (("页眉", header._element) for header in headers if not header.is_linked_to_previous)
        yield from (("页脚", footer._element) for footer in footers if not footer.is_linked_to_previous)


def _related(document: Document, kinds: dict[str, str]) -> Iterator[tuple[str, etree._Element]]:
    """The parts of these kinds that the main part refers to."""
    for relationship in document.part.rels.values():
        name = next((name for end, name in kinds.items() if relationship.reltype.endswith(end)), None)
        if name is not None and not relationship.is_external:
            yield name, etree.fromstring(relationship.target_part.blob, etree.XMLParser(resolve_entities=False))


def _of_part(part: str, root: etree._Element) -> Iterator[PrintedParagraph]:
    number, fields = 0, Fields()
    for element in _paragraphs(root):
        text, marks = _Reading(fields).of(element)
        if text.strip():
            number += 1
            yield PrintedParagraph(part, number, text, marks, _heads_row(element))


def _heads_row(paragraph: etree._Element) -> bool:
    cell = paragraph.getparent()
    if cell is None or cell.tag != _CELL:
        return False
    return next(cell.itersiblings(_CELL, preceding=True), None) is None


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs in document order, those inside another (text boxes) after it; none of what is not printed."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield child
        if child.tag not in _SKIPPED:
            yield from _paragraphs(child)


def _of_drawing(part: str, root: etree._Element) -> Iterator[PrintedParagraph]:
    texts = ("".join(run.text or "" for run in element.iter(f"{_DRAWN}t")) for element in root.iter(f"{_DRAWN}p"))
    for number, text in enumerate((text for text in texts if text.strip()), 1):
        yield PrintedParagraph(part, number, text, ())


class _Reading:
    """Walks one paragraph; a paragraph nested in it (a text box) is read on its own."""

    def __init__(self, fields: Fields) -> None:
        self._text: list[str] = []
        self._length = 0
        self._open: dict[str, tuple[str, int]] = {}
        self._marks: list[Mark] = []
        self._fields = fields

    def of(self, paragraph: etree._Element) -> tuple[str, tuple[Mark, ...]]:
        self._walk(paragraph)
        return "".join(self._text), tuple(self._marks)

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == _PARAGRAPH:
                continue
            self._fields.see(child)
            if child.tag not in _SKIPPED and not self._fields.computes(child):
                self._visit(child)

    def _visit(self, child: etree._Element) -> None:
        if child.tag == _TEXT:
            self._add(child.text or "")
        elif child.tag in _BREAKS:
            self._add(_BREAKS[child.tag])
        elif child.tag == qn("w:bookmarkStart"):
            self._start(child)
        elif child.tag == qn("w:bookmarkEnd"):
            self._end(child)
        else:
            self._walk(child)

    def _add(self, text: str) -> None:
        if not self._fields.computing:
            self._text.append(text)
            self._length += len(text)

    def _start(self, element: etree._Element) -> None:
        name = element.get(qn("w:name"), "")
        if name.startswith(FIGURE_MARK):
            self._open[element.get(qn("w:id"), "")] = (name, self._length)

    def _end(self, element: etree._Element) -> None:
        opened = self._open.pop(element.get(qn("w:id"), ""), None)
        if opened is not None:
            self._marks.append(Mark(opened[0], opened[1], self._length))
