"""Control tags brought to the level where they work: paragraphs and rows that hold nothing else vanish, rows whose ends
open and close a block repeat, and every block's ends become siblings in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Code, Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import match
from reportgen.template.engine.tags import fault_at
from reportgen.template.fragments import Level
from reportgen.template.syntax import Kind
from reportgen.template.word.blocks.blanks import is_alone
from reportgen.template.word.blocks.vanishing import COMMENTED, Vanishing
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    SPLITTABLE,
    TBL,
    TC,
    TR,
    Element,
    P,
    ancestor,
    common_ancestor,
    insert_after,
    insert_before,
    is_inline,
    split_up_to,
    w,
)

_UNITS = {"p": "段", "tr": "行", "tc": "格"}
_PREFIXES = {name: prefix for prefix, name in COMMENTED.items()}
_BETWEEN = {TR: Level.ROWS, TC: Level.CELLS}
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


class Lifter(Vanishing):
    """Arranges the marks of one part. Afterwards the marks of every block have the same parent."""

    def __init__(self, marks: Marks, faults: list[Diagnostic]) -> None:
        super().__init__(marks)
        self._faults = faults
        self._edges: dict[Element, tuple[Element, Element]] = {}

    def lift(self, root: Element) -> tuple[Fence, ...]:
        """The part's blocks, inner ones before outer ones. What cannot be arranged is added to the faults."""
        self.clear(root)
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
        self._clear_definitions(fences)
        self._check_prefixes(root)
        return fences

    def _clear_definitions(self, fences: Sequence[Fence]) -> None:
        """Takes the paragraphs away all of whose content is kept under a name: macros, and what is set."""
        kept: dict[Element, dict[Element, Element]] = {}
        for fence in fences:
            paragraph = fence.opener.getparent()
            if paragraph is not None and paragraph.tag == P and self._marks[fence.opener].word in ("macro", "set"):
                kept.setdefault(paragraph, {})[fence.opener] = fence.closer
        for paragraph, closers in kept.items():
            if self.only_defines(paragraph, closers):
                self.vanish(paragraph)

    def _level(self, fence: Fence) -> None:
        """Brings the marks of a block under one parent; {% raw %}, which holds no tags, may begin and end anywhere."""
        if self._marks[fence.opener].word == "raw":
            return
        prefixes = {self._marks[node].prefix for node in (fence.opener, fence.closer)}
        for prefix, name in (("tr", TR), ("tc", TC)):
            unit = ancestor(fence.opener, name)
            inside = _level_of(fence.opener) is not _BETWEEN[name]  # or what it is in is another table's
            if prefixes == {prefix} and inside and unit is not None and unit is ancestor(fence.closer, name):
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
                holder = ancestor(node, COMMENTED[mark.prefix])
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
    cells = [cell for cell in row.iter(TC) if ancestor(cell, TR) is row]  # those in content controls too
    return (
        len(cells) > 1
        and not fence.middles
        and ancestor(fence.opener, TC) is cells[0]
        and ancestor(fence.closer, TC) is cells[-1]
    )
