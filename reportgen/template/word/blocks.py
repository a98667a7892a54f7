"""Control tags brought to the level where they work: paragraphs and rows that hold nothing else vanish, rows whose ends
open and close a block repeat, and every block's ends become siblings in the tree."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import Code, Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import match
from reportgen.template.engine.tags import fault_at
from reportgen.template.syntax import Kind
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    P_PR,
    R_PR,
    RANGE_MARKS,
    SECT_PR,
    SPLITTABLE,
    TBL,
    TC,
    TC_PR,
    TR,
    TRACES,
    Element,
    P,
    R,
    T,
    W,
    ancestor,
    append_paragraph,
    common_ancestor,
    insert_after,
    insert_before,
    is_inline,
    remove,
    split_up_to,
    w,
)

_WHITE = " \t\n\u3000"
_UNITS = {"p": "段", "tr": "行", "tc": "格"}
_COMMENTED = {"p": P, "tr": TR, "tc": TC}
_PREFIXES = {name: prefix for prefix, name in _COMMENTED.items()}
_SHOWN = 20  # characters of the content beside a tag
_BLANK_IN_RUN = frozenset({R_PR, w("tab"), w("cr"), *TRACES})
_BLANK_IN_PARAGRAPH = frozenset({P_PR, *RANGE_MARKS, *TRACES})
_BLANK_IN_ROW = frozenset({w("tblPrEx"), w("trPr"), *RANGE_MARKS})
_BLANK_IN_CELL = frozenset({TC_PR, *RANGE_MARKS})
_LEVELS = frozenset({*NEEDS_PARAGRAPH, w("sdtContent")})


@dataclass(frozen=True, slots=True)
class Fence:
    """A block in the tree: the marks of its opener, of its elif and else, and of its closer."""

    opener: Element
    middles: tuple[Element, ...]
    closer: Element

    @property
    def members(self) -> tuple[Element, ...]:
        return (self.opener, *self.middles, self.closer)


class Lifter:
    """Arranges the marks of one part. Afterwards the marks of every block have the same parent."""

    def __init__(self, marks: Marks, faults: list[Diagnostic]) -> None:
        self._marks, self._faults = marks, faults
        # What the last paragraph that vanished from a cell looked like: the cell may need an empty one like it.
        self._vanished: dict[Element, Element | None] = {}
        self._edges: dict[Element, tuple[Element, Element]] = {}

    def lift(self, root: Element) -> tuple[Fence, ...]:
        """The part's blocks, inner ones before outer ones. What cannot be arranged is added to the faults."""
        for node in list(self._marks.nodes(root)):
            self._comment_out(node)
        for node in list(self._marks.nodes(root)):
            self._trim(node)
        for paragraph in list(root.iter(P)):
            if self._only_controls(paragraph):
                self._dissolve_paragraph(paragraph)
        for row in list(root.iter(TR)):
            if self._is_blank_row(row) and self._controls(row):
                self._dissolve(row)
        for cell in list(root.iter(TC)):
            if self._is_blank_cell(cell) and any(self._marks[mark].prefix == "tc" for mark in self._controls(cell)):
                self._dissolve(cell)
        nodes = [node for node in self._marks.nodes(root) if self._marks[node].kind is Kind.CONTROL]
        spots = [spot for node in nodes if (spot := self._marks[node].spot)]
        fences = tuple(
            Fence(nodes[block.opener], tuple(nodes[n] for n in block.middles), nodes[block.closer])
            for block in match(spots, self._faults).blocks
        )
        for fence in fences:
            self._level(fence)
        self._check_prefixes(root)
        return fences

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

    # What grows together

    def _trim(self, node: Element) -> None:
        """{%- at the beginning of a paragraph joins it to the one before, -%} at the end the next one to it, as in
        docxtpl; elsewhere in a paragraph they drop white space, as in Jinja2."""
        spot, paragraph = self._marks[node].spot, node.getparent()
        if spot is None or paragraph is None or paragraph.tag != P:
            return
        may_join = spot.tag.kind is not Kind.VALUE
        if spot.tag.trim_before and not _strip(node, preceding=True) and may_join:
            before = paragraph.getprevious()
            if before is not None and before.tag == P:
                append_paragraph(before, paragraph)
                paragraph = before
        if spot.tag.trim_after and not _strip(node, preceding=False) and may_join:
            after = paragraph.getnext()
            if after is not None and after.tag == P:
                append_paragraph(paragraph, after)

    # What vanishes

    def _comment_out(self, node: Element) -> None:
        """{#p, {#tr and {#tc take their paragraph, row or cell away with everything in it."""
        mark = self._marks[node]
        unit = ancestor(node, _COMMENTED[mark.prefix]) if mark.kind is Kind.COMMENT and mark.prefix else None
        parent = unit.getparent() if unit is not None else None
        if unit is None or parent is None:
            return
        if unit.tag == P:
            self._vanished[parent] = unit.find(P_PR)
        remove(unit)
        if unit.tag == TC and parent.find(TC) is None:
            remove(parent)

    def _controls(self, node: Element) -> list[Element]:
        return [mark for mark in self._marks.nodes(node) if self._marks[mark].kind in (Kind.CONTROL, Kind.COMMENT)]

    def _is_blank_mark(self, node: Element) -> bool:
        return self._marks.is_mark(node) and self._marks[node].kind is not Kind.VALUE

    def _only_controls(self, paragraph: Element) -> bool:
        return self._is_blank_paragraph(paragraph) and bool(self._controls(paragraph))

    def _is_blank_paragraph(self, node: Element) -> bool:
        """True when `node` (a paragraph or an inline container) prints nothing by itself."""
        return all(
            self._is_blank_mark(child)
            or child.tag in _BLANK_IN_PARAGRAPH
            or (child.tag == R and all(map(_is_blank_in_run, child)))
            or (child.tag in SPLITTABLE and self._is_blank_paragraph(child))
            for child in node
        )

    def _is_blank_cell(self, cell: Element) -> bool:
        return all(
            self._is_blank_mark(child)
            or child.tag in _BLANK_IN_CELL
            or (child.tag == P and self._is_blank_paragraph(child))
            for child in cell
        )

    def _is_blank_row(self, row: Element) -> bool:
        return all(
            self._is_blank_mark(child) or child.tag in _BLANK_IN_ROW or (child.tag == TC and self._is_blank_cell(child))
            for child in row
        )

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
        self._dissolve(paragraph)

    def _dissolve(self, node: Element) -> None:
        self._release(node)
        remove(node)

    def _release(self, node: Element) -> None:
        """Puts the marks in `node`, and the bookmarks it holds, in front of it."""
        for inner in [child for child in node.iter() if self._marks.is_mark(child) or child.tag in RANGE_MARKS]:
            insert_before(node, inner)

    # What repeats

    def _level(self, fence: Fence) -> None:
        """Brings the marks of a block under one parent."""
        prefixes = {self._marks[node].prefix for node in (fence.opener, fence.closer)}
        for prefix, name in (("tr", TR), ("tc", TC)):
            unit = ancestor(fence.opener, name)
            if prefixes == {prefix} and unit is not None and unit is ancestor(fence.closer, name):
                self._enclose(unit, fence)
                return
        parents = {node.getparent() for node in fence.members}
        if len(parents) == 1:
            return
        common = common_ancestor(fence.members)
        if common.tag == TR and _spans_row(common, fence):
            self._enclose(common, fence)
        elif all(is_inline(node, common) for node in fence.members):
            for node in fence.members:
                split_up_to(node, common)
        elif units := self._crowded(fence, common):
            for node, unit in units:
                self._beside(node, unit)
        else:
            self._fault(codes.DIFFERENT_LEVELS, fence.closer, fence.opener)

    def _crowded(self, fence: Fence, common: Element) -> list[tuple[Element, Element]]:
        """The members that other content keeps from the level where their block works, each with the paragraph or row
        it should have to itself; none when that is not what is wrong."""
        wanted = TR if common.tag == TBL else P
        found = []
        for node in fence.members:
            unit = ancestor(node, wanted)
            if unit is not None and unit.getparent() is common:
                found.append((node, unit))
            elif node.getparent() is not common:
                return []
        return found

    def _beside(self, node: Element, unit: Element) -> None:
        spot = self._marks[node].spot
        if spot is not None and spot.tag.prefix in ("", "r"):  # _check_prefixes tells of the others
            words = {"unit": _UNITS[_PREFIXES[str(unit.tag)]], "beside": self._text_of(unit)}
            self._faults.append(fault_at(spot, codes.TEXT_BESIDE, **words))

    def _text_of(self, unit: Element) -> str:
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

    def _enclose(self, unit: Element, fence: Fence) -> None:
        """Puts the ends of a block around a row or cell; blocks come inner ones first."""
        if fence.middles:
            self._fault(codes.DIFFERENT_LEVELS, fence.middles[0], fence.opener)
            return
        first, last = self._edges.get(unit, (unit, unit))
        insert_before(first, fence.opener)
        insert_after(last, fence.closer)
        self._edges[unit] = (fence.opener, fence.closer)

    def _check_prefixes(self, root: Element) -> None:
        """{%p, {%tr and {%tc promise that the tag has its paragraph, row or cell to itself."""
        for node in self._marks.nodes(root):
            mark = self._marks[node]
            if mark.prefix in ("", "r", "sheet") or mark.spot is None or mark.kind is Kind.COMMENT:
                continue
            parent = node.getparent()
            level = parent.tag if parent is not None else None
            if mark.kind is Kind.VALUE:
                fine = mark.prefix == "p" and is_alone(self._marks, node)
            elif mark.prefix == "p":
                fine = level in _LEVELS or level in (TBL, TR)
            else:
                fine = level == {"tr": TBL, "tc": TR}[mark.prefix]
            if not fine:
                holder = ancestor(node, _COMMENTED[mark.prefix])
                beside = self._text_of(holder) if holder is not None else mark.spot.around
                words = {"unit": _UNITS[mark.prefix], "beside": beside}
                self._faults.append(fault_at(mark.spot, codes.TEXT_BESIDE, **words))

    def _fault(self, code: Code, node: Element, opener: Element) -> None:
        spot, other = self._marks[node].spot, self._marks[opener].spot
        if spot is not None and other is not None:
            words = {"tag": spot.tag.raw, "opener": other.tag.raw, "where": other.place.label()}
            self._faults.append(code.fill(spot.place, words, text=spot.around, related=(other.place,)))


def is_alone(marks: Marks, node: Element) -> bool:
    """True when a mark stands directly in a paragraph that holds nothing else, bookmarks and blanks aside."""
    parent = node.getparent()
    if parent is None or parent.tag != P:
        return False
    return all(
        child is node
        or child.tag in _BLANK_IN_PARAGRAPH
        or (child.tag == R and all(part.tag in (R_PR, T) and _is_blank_in_run(part) for part in child))
        for child in parent
    )


def _is_blank_in_run(node: Element) -> bool:
    if node.tag == T:
        return not (node.text or "").strip()
    if node.tag == w("br"):
        return node.get(w("type")) in (None, "textWrapping")
    return node.tag in _BLANK_IN_RUN


def _strip(node: Element, preceding: bool) -> bool:
    """Drops the white space that touches a mark on one side; False when there is nothing else on that side."""
    for sibling in list(node.itersiblings(preceding=preceding)):
        if sibling.tag in _BLANK_IN_PARAGRAPH:
            continue
        if sibling.tag != R or not _strip_run(sibling, preceding):
            return True
        remove(sibling)
    return False


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


def _spans_row(row: Element, fence: Fence) -> bool:
    """True when the first of two or more cells holds the opener and the last one the closer."""
    cells = row.findall(TC)
    return (
        len(cells) > 1
        and not fence.middles
        and ancestor(fence.opener, TC) is cells[0]
        and ancestor(fence.closer, TC) is cells[-1]
    )
