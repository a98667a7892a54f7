"""Paragraphs, rows and cells that vanish because they hold nothing but control tags or comments, and white space that
tags with a hyphen take away."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from reportgen.template.syntax import Kind
from reportgen.template.word.blocks.blanks import BLANK_IN_PARAGRAPH, Blanks, is_blank_run, line_of, strip
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    P_PR,
    RANGE_MARKS,
    SECT_PR,
    TC,
    TR,
    Element,
    P,
    W,
    ancestor,
    append_paragraph,
    insert_before,
    remove,
)

COMMENTED = {"p": P, "tr": TR, "tc": TC}  # prefix of a tag → what it speaks of


class Vanishing(Blanks):
    """Takes away what prints nothing, and knows afterwards what it was."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        # What the last paragraph that vanished from a cell looked like: the cell may need an empty one like it.
        self._vanished: dict[Element, Element | None] = {}
        self.thinned: list[Element] = []  # rows that have lost a cell
        # The properties of the paragraph that a control tag had to itself.
        self.dissolved: dict[Element, Element | None] = {}

    def clear(self, root: Element) -> None:
        """Comments with what they take along, white space beside hyphens, then whatever holds control tags alone."""
        for node in list(self._marks.nodes(root)):
            self._comment_out(node)
        for node in list(self._marks.nodes(root)):
            self._trim(node)
        for paragraph in list(root.iter(P)):
            if self._only_controls(paragraph):
                self._dissolve_paragraph(paragraph)
        for row in list(root.iter(TR)):
            if self.is_blank_row(row) and self.controls(row):
                self._dissolve(row)
        for cell in list(root.iter(TC)):
            if self.is_blank_cell(cell) and any(self._marks[mark].prefix == "tc" for mark in self.controls(cell)):
                self._dissolve(cell)

    def may_lack_paragraph(self, container: Element) -> bool:
        """True when a paragraph has vanished from a cell (or the like), or a block in it may print nothing."""
        return container in self._vanished or any(self._marks.is_mark(child) for child in container)

    def empty_paragraph(self, container: Element) -> Element:
        """A paragraph for a cell that would have none, shaped like the one that vanished from it."""
        paragraph = etree.Element(P, nsmap={"w": W})
        properties = self._vanished.get(container)
        if properties is not None:
            paragraph.append(copy.deepcopy(properties))
        return paragraph

    def _trim(self, node: Element) -> None:
        """{%- at the beginning of a paragraph joins it to the one before, -%} at the end the next one to it, as in
        docxtpl; elsewhere in a paragraph they drop white space, as in Jinja2."""
        spot, paragraph = self._marks[node].spot, line_of(node)
        if spot is None or paragraph is None:
            return
        may_join = spot.tag.kind is not Kind.VALUE
        if spot.tag.trim_before and not strip(node, preceding=True) and may_join:
            before = paragraph.getprevious()
            if before is not None and before.tag == P:
                append_paragraph(before, paragraph)
                paragraph = before
        if spot.tag.trim_after and not strip(node, preceding=False) and may_join:
            after = paragraph.getnext()
            if after is not None and after.tag == P:
                append_paragraph(paragraph, after)

    def _comment_out(self, node: Element) -> None:
        """{#p, {#tr and {#tc take their paragraph, row or cell away with everything in it."""
        mark = self._marks[node]
        unit = ancestor(node, COMMENTED[mark.prefix]) if mark.kind is Kind.COMMENT and mark.prefix else None
        parent = unit.getparent() if unit is not None else None
        if unit is None or parent is None:
            return
        if unit.tag == P:
            self._vanished[parent] = unit.find(P_PR)
        if unit.tag == TC:
            self.thinned.append(parent)
        remove(unit)
        if unit.tag == TC and parent.find(TC) is None:
            remove(parent)

    def _only_controls(self, paragraph: Element) -> bool:
        return self.is_blank_paragraph(paragraph) and bool(self.controls(paragraph))

    def _dissolve_paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(P_PR)
        parent = paragraph.getparent()
        if properties is not None and properties.find(SECT_PR) is not None:
            # The paragraph also ends a section: it stays, empty, behind its tags.
            self._release(paragraph)
            for child in list(paragraph):
                if child is not properties:
                    remove(child)
            return
        if parent is not None:
            self._vanished[parent] = properties
        for node in self.controls(paragraph):
            self.dissolved[node] = properties
        self._dissolve(paragraph)

    def only_defines(self, paragraph: Element, closers: Mapping[Element, Element]) -> bool:
        """True when all that `paragraph` holds lies between an opener and its closer."""
        closer: Element | None = None
        for child in paragraph:
            if closer is not None:
                closer = None if child is closer else closer
            elif child in closers:
                closer = closers[child]
            elif not (self.is_blank_mark(child) or child.tag in BLANK_IN_PARAGRAPH or is_blank_run(child)):
                return False
        return closer is None

    def vanish(self, paragraph: Element) -> None:
        """Leaves what a paragraph defines in its place, without the paragraph."""
        parent, properties = paragraph.getparent(), paragraph.find(P_PR)
        if parent is None or (properties is not None and properties.find(SECT_PR) is not None):
            return
        self._vanished[parent] = properties
        for child in list(paragraph):
            if child is not properties:
                insert_before(paragraph, child)
        remove(paragraph)

    def _dissolve(self, node: Element) -> None:
        self._release(node)
        remove(node)

    def _release(self, node: Element) -> None:
        """Puts the marks in `node`, and the bookmarks it holds, in front of it."""
        for inner in [child for child in node.iter() if self._marks.is_mark(child) or child.tag in RANGE_MARKS]:
            insert_before(node, inner)
