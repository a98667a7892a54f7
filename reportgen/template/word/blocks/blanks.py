"""What prints nothing: paragraphs, cells and rows that hold nothing but control tags, and white space beside tags."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.template.syntax import Kind
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    P_PR,
    R_PR,
    RANGE_MARKS,
    SPLITTABLE,
    TC,
    TC_PR,
    TRACES,
    Element,
    P,
    R,
    T,
    remove,
    w,
)

_WHITE = " \t\n\u3000"
_SHOWN = 20  # characters of the content beside a tag
_BLANK_IN_RUN = frozenset({R_PR, w("tab"), w("cr"), *TRACES})
BLANK_IN_PARAGRAPH = frozenset({P_PR, *RANGE_MARKS, *TRACES})
_BLANK_IN_ROW = frozenset({w("tblPrEx"), w("trPr"), *RANGE_MARKS})
_BLANK_IN_CELL = frozenset({TC_PR, *RANGE_MARKS})


class Blanks:
    """Tells what prints nothing in one part."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def controls(self, node: Element) -> list[Element]:
        return [mark for mark in self._marks.nodes(node) if self._marks[mark].kind in (Kind.CONTROL, Kind.COMMENT)]

    def is_blank_mark(self, node: Element) -> bool:
        return self._marks.is_mark(node) and self._marks[node].kind is not Kind.VALUE

    def is_blank_paragraph(self, node: Element) -> bool:
        """True when `node` (a paragraph or an inline container) prints nothing by itself."""
        return all(
            self.is_blank_mark(child)
            or child.tag in BLANK_IN_PARAGRAPH
            or is_blank_run(child)
            or (child.tag in SPLITTABLE and self.is_blank_paragraph(child))
            for child in node
        )

    def is_blank_cell(self, cell: Element) -> bool:
        return all(
            self.is_blank_mark(child)
            or child.tag in _BLANK_IN_CELL
            or (child.tag == P and self.is_blank_paragraph(child))
            for child in cell
        )

    def is_blank_row(self, row: Element) -> bool:
        return all(
            self.is_blank_mark(child) or child.tag in _BLANK_IN_ROW or (child.tag == TC and self.is_blank_cell(child))
            for child in row
        )

    def text_of(self, unit: Element) -> str:
        """What a paragraph, row or cell holds beside control tags."""
        parts = []
        for node in unit.iter():
            if node.tag == T:
                parts.append(node.text or "")
            elif (
                self._marks.is_mark(node) and self._marks[node].kind is Kind.VALUE and (spot := self._marks[node].spot)
            ):
                parts.append(spot.tag.raw)
        text = "".join(parts).strip()
        return (text[:_SHOWN] + "…" if len(text) > _SHOWN else text) or "图片等"


def is_alone(marks: Marks, node: Element) -> bool:
    """True when a mark stands directly in a paragraph that holds nothing else, bookmarks and blanks aside."""
    parent = node.getparent()
    if parent is None or parent.tag != P:
        return False
    return all(
        child is node
        or child.tag in BLANK_IN_PARAGRAPH
        or (child.tag == R and all(part.tag in (R_PR, T) and _is_blank_in_run(part) for part in child))
        for child in parent
    )


def is_blank_run(node: Element) -> bool:
    return node.tag == R and all(map(_is_blank_in_run, node))


def _is_blank_in_run(node: Element) -> bool:
    if node.tag == T:
        return not (node.text or "").strip()
    if node.tag == w("br"):
        return node.get(w("type")) in (None, "textWrapping")
    return node.tag in _BLANK_IN_RUN


def line_of(node: Element) -> Element | None:
    """The paragraph that a mark stands in, directly or in a link, an insertion and the like."""
    around = next((parent for parent in node.iterancestors() if parent.tag not in SPLITTABLE), None)
    return around if around is not None and around.tag == P else None


def strip(node: Element, preceding: bool) -> bool:
    """Drops the white space that touches a mark on one side; False when there is nothing else on that side."""
    for sibling in _beside(node, preceding):
        if sibling.tag in BLANK_IN_PARAGRAPH:
            continue
        if sibling.tag != R or not _strip_run(sibling, preceding):
            return True
        remove(sibling)
    return False


def _beside(node: Element, preceding: bool) -> Iterator[Element]:
    """What follows a mark in its line, or precedes it, in and out of links and insertions."""
    for sibling in list(node.itersiblings(preceding=preceding)):
        yield from _inside(sibling, preceding)
    parent = node.getparent()
    if parent is not None and parent.tag in SPLITTABLE:
        yield from _beside(parent, preceding)


def _inside(node: Element, preceding: bool) -> Iterator[Element]:
    if node.tag not in SPLITTABLE:
        yield node
        return
    for child in list(reversed(node) if preceding else node):
        yield from _inside(child, preceding)


def _strip_run(run: Element, from_end: bool) -> bool:
    """Drops white space (not unbreakable spaces) from one end of a run; True when nothing is left."""
    children = [child for child in run if child.tag != R_PR]
    for child in reversed(children) if from_end else children:
        if child.tag == T:
            text = child.text or ""
            child.text = text.rstrip(_WHITE) if from_end else text.lstrip(_WHITE)
            if child.text:
                return False
        elif not _is_blank_in_run(child):
            return False
        remove(child)
    return True
