"""Control tags brought to the level where they work: paragraphs and rows that hold nothing else vanish, rows whose ends
open and close a block repeat, and every block's ends become siblings in the tree."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import Code, Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import match
from reportgen.template.engine.tags import fault_at
from reportgen.template.fragments import Level
from reportgen.template.syntax import Kind
from reportgen.template.word.blocks.blanks import BLANK_IN_PARAGRAPH, Blanks, is_alone, is_blank_run, strip
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    P_PR,
    RANGE_MARKS,
    SECT_PR,
    SPLITTABLE,
    TBL,
    TC,
    TR,
    Element,
    P,
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

_UNITS = {"p": "段", "tr": "行", "tc": "格"}
_COMMENTED = {"p": P, "tr": TR, "tc": TC}
_PREFIXES = {name: prefix for prefix, name in _COMMENTED.items()}
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


class Lifter(Blanks):
    """Arranges the marks of one part. Afterwards the marks of every block have the same parent."""

    def __init__(self, marks: Marks, faults: list[Diagnostic]) -> None:
        super().__init__(marks)
        self._faults = faults
        # What the last paragraph that vanished from a cell looked like: the cell may need an empty one like it.
        self._vanished: dict[Element, Element | None] = {}
        self._edges: dict[Element, tuple[Element, Element]] = {}
        self.thinned: list[Element] = []  # rows that have lost a cell
        # The properties of the paragraph that a control tag had to itself.
        self.dissolved: dict[Element, Element | None] = {}

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
            if self.is_blank_row(row) and self.controls(row):
                self._dissolve(row)
        for cell in list(root.iter(TC)):
            if self.is_blank_cell(cell) and any(self._marks[mark].prefix == "tc" for mark in self.controls(cell)):
                self._dissolve(cell)
        nodes = [node for node in self._marks.nodes(root) if self._marks[node].kind is Kind.CONTROL]
        spots = [spot for node in nodes if (spot := self._marks[node].spot)]
        fences = tuple(
            Fence(nodes[block.opener], tuple(nodes[n] for n in block.middles), nodes[block.closer])
            for block in match(spots, self._faults).blocks
        )
        for fence in fences:
            self._level(fence)
            mark = self._marks[fence.opener]
            mark.level = _level_of(fence.opener)
            if mark.level in (Level.ROWS, Level.CELLS):
                mark.site = None  # nothing that is kept can be printed there
        for paragraph in list(root.iter(P)):
            if self._only_defines(paragraph, fences):
                self._vanish(paragraph)
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
        if spot.tag.trim_before and not strip(node, preceding=True) and may_join:
            before = paragraph.getprevious()
            if before is not None and before.tag == P:
                append_paragraph(before, paragraph)
                paragraph = before
        if spot.tag.trim_after and not strip(node, preceding=False) and may_join:
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

    def _only_defines(self, paragraph: Element, fences: Sequence[Fence]) -> bool:
        """True when all that `paragraph` holds is kept under a name: macros, and what is set."""
        kept = {f.opener: f.closer for f in fences if f.opener.getparent() is paragraph and self._is_kept(f)}
        if not kept:
            return False
        closer: Element | None = None
        for child in paragraph:
            if closer is not None:
                closer = None if child is closer else closer
            elif child in kept:
                closer = kept[child]
            elif not (self.is_blank_mark(child) or child.tag in BLANK_IN_PARAGRAPH or is_blank_run(child)):
                return False
        return closer is None

    def _is_kept(self, fence: Fence) -> bool:
        spot = self._marks[fence.opener].spot
        return spot is not None and spot.tag.word in ("macro", "set")

    def _vanish(self, paragraph: Element) -> None:
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

    # What repeats

    def _level(self, fence: Fence) -> None:
        """Brings the marks of a block under one parent; {% raw %}, which holds no tags, may begin and end anywhere."""
        if self._marks[fence.opener].word == "raw":
            return
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
            words = {"unit": _UNITS[_PREFIXES[str(unit.tag)]], "beside": self.text_of(unit)}
            self._faults.append(fault_at(spot, codes.TEXT_BESIDE, **words))

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
                beside = self.text_of(holder) if holder is not None else mark.spot.around
                words = {"unit": _UNITS[mark.prefix], "beside": beside}
                self._faults.append(fault_at(mark.spot, codes.TEXT_BESIDE, **words))

    def _fault(self, code: Code, node: Element, opener: Element) -> None:
        spot, other = self._marks[node].spot, self._marks[opener].spot
        if spot is not None and other is not None:
            words = {"tag": spot.tag.raw, "opener": other.tag.raw, "where": other.place.label()}
            self._faults.append(code.fill(spot.place, words, text=spot.around, related=(other.place,)))


def _level_of(opener: Element) -> Level:
    parent = opener.getparent()
    if parent is None or parent.tag == P or parent.tag in SPLITTABLE:
        return Level.RUNS
    return {TBL: Level.ROWS, TR: Level.CELLS}.get(str(parent.tag), Level.BLOCKS)


def _spans_row(row: Element, fence: Fence) -> bool:
    """True when the first of two or more cells holds the opener and the last one the closer."""
    cells = row.findall(TC)
    return (
        len(cells) > 1
        and not fence.middles
        and ancestor(fence.opener, TC) is cells[0]
        and ancestor(fence.closer, TC) is cells[-1]
    )
