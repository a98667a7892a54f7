"""The finished docx read back: its paragraphs in order, with the marks that the figures carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml import etree

FIGURE_MARK = "_F_"

_TEXT = qn("w:t")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# What is not printed as words of the text: deleted text, field codes, the second copy of a text box.
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure's bookmark: its name and the characters it covers, [start, end)."""

    bookmark: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph as it reads. `part` is 正文, 页眉 or 页脚; `number` counts the part's
    paragraphs that hold text, from 1."""

    part: str
    number: int
    text: str
    marks: tuple[Mark, ...]


def read_paragraphs(content: bytes) -> tuple[PrintedParagraph, ...]:
    """Every paragraph with text of a docx, body first (tables and text boxes in place), then headers and footers."""
    document = docx.Document(BytesIO(content))
    parts = [("正文", document.element.body)]
    for section in document.sections:
        headers = (section.header, section.even_page_header, section.first_page_header)
        footers = (section.footer, section.even_page_footer, section.first_page_footer)
        parts += [("页眉", header._element) for header in headers if not header.is_linked_to_previous]
        parts += [("页脚", footer._element) for footer in footers if not footer.is_linked_to_previous]
    return tuple(paragraph for part, root in parts for paragraph in _of_part(part, root))


def _of_part(part: str, root: etree._Element) -> Iterator[PrintedParagraph]:
    number = 0
    for element in root.iter(qn("w:p")):
        text, marks = _Reading().of(element)
        if text.strip():
            number += 1
            yield PrintedParagraph(part, number, text, marks)


class _Reading:
    """Walks one paragraph; a paragraph nested in it (a text box) is read on its own."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._open: dict[str, tuple[str, int]] = {}
        self._marks: list[Mark] = []
        self._field = 0

    def of(self, paragraph: etree._Element) -> tuple[str, tuple[Mark, ...]]:
        self._walk(paragraph)
        return "".join(self._text), tuple(self._marks)

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            if child.tag in _SKIPPED or child.tag == qn("w:p"):
                continue
            self._visit(child)

    def _visit(self, child: etree._Element) -> None:
        if child.tag == _TEXT:
            self._add(child.text or "")
        elif child.tag in _BREAKS:
            self._add(_BREAKS[child.tag])
        elif child.tag == qn("w:fldChar"):
            self._field += {"begin": 1, "end": -1}.get(child.get(qn("w:fldCharType"), ""), 0)
        elif child.tag == qn("w:bookmarkStart"):
            self._start(child)
        elif child.tag == qn("w:bookmarkEnd"):
            self._end(child)
        elif child.tag != qn("w:fldSimple"):
            self._walk(child)

    def _add(self, text: str) -> None:
        """A field's result (a page number) is the program's, not the writer's."""
        if not self._field:
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
