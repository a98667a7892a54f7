"""What must stay true of a part whatever its blocks do: cells that end with a paragraph, tables that have rows, ids and
names that occur once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Computed, Item, Spot
from reportgen.template.syntax import Kind, Tag
from reportgen.template.values import escape
from reportgen.template.word.blocks import Fence, Lifter
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    RANGE_MARKS,
    TBL,
    TC_PR,
    TR,
    W14,
    Element,
    insert_after,
    insert_before,
    w,
)

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")
_NOTES = tuple(w(name) for name in ("footnoteReference", "endnoteReference", "commentReference", "commentRangeStart"))
_INVISIBLE = frozenset({TC_PR, *RANGE_MARKS})
_BOOKMARK_START, _BOOKMARK_END, _ID = w("bookmarkStart"), w("bookmarkEnd"), w("id")
_MAX_NAME = 40  # characters of a bookmark's name


# ---------------------------------------------------------------------------------- cells that end with a paragraph


@dataclass(frozen=True, slots=True)
class _Branch:
    """What stands between two marks of a block: the mark before it, and the units."""

    head: Element
    units: list[_Unit]


@dataclass(frozen=True, slots=True)
class _Block:
    fence: Fence
    branches: list[_Branch]


_Unit = Element | _Block


class Paragraphs:
    """Adds the empty paragraphs, and the else branches, without which a block that prints nothing would leave a cell,
    text box or note without its last paragraph. Where a paragraph is certain nothing is added: no blank lines."""

    def __init__(self, marks: Marks, lifter: Lifter, fences: Sequence[Fence]) -> None:
        self._marks, self._lifter = marks, lifter
        self._openers = {fence.opener: fence for fence in fences}
        self._middles = frozenset(middle for fence in fences for middle in fence.middles)
        self._closers = frozenset(fence.closer for fence in fences)

    def ensure(self, root: Element) -> None:
        """Walks every container that needs a paragraph and may lack one."""
        for container in list(root.iter(*NEEDS_PARAGRAPH)):
            if not self._lifter.may_lack_paragraph(container):
                continue
            units = self._units(container)
            if not units:
                container.append(self._lifter.empty_paragraph(container))
            else:
                self._end(units, units[-1], container, settled=False)

    def _units(self, container: Element) -> list[_Unit]:
        """The children that print something, blocks as trees."""
        root: list[_Unit] = []
        levels, blocks = [root], []
        for node in container:
            if node in self._openers:
                block = _Block(self._openers[node], [_Branch(node, [])])
                levels[-1].append(block)
                blocks.append(block)
                levels.append(block.branches[0].units)
            elif node in self._middles:
                blocks[-1].branches.append(_Branch(node, []))
                levels[-1] = blocks[-1].branches[-1].units
            elif node in self._closers:
                levels.pop()
                blocks.pop()
            elif node.tag not in _INVISIBLE and not self._marks.is_mark(node):
                levels[-1].append(node)
        return root

    def _end(self, units: list[_Unit], anchor: _Unit, container: Element, settled: bool) -> None:
        """Makes `units` end with a paragraph; `settled` when one stands before them in any case, `anchor` is what a
        new paragraph follows."""
        if not units:
            if not settled:
                insert_after(_node(anchor), self._lifter.empty_paragraph(container))
            return
        last = units[-1]
        if not isinstance(last, _Block):
            if last.tag == TBL:
                insert_after(last, self._lifter.empty_paragraph(container))
            return
        before = _is_settled(units[:-1]) if len(units) > 1 else settled
        for branch in last.branches:
            self._end(branch.units, branch.head, container, before)
        if not before and not _has_else(last, self._marks):
            self._add_else(last, container)

    def _add_else(self, block: _Block, container: Element) -> None:
        spot = self._marks[block.fence.closer].spot
        assert spot is not None
        tag = Tag(Kind.CONTROL, "else", spot.tag.raw)
        insert_before(block.fence.closer, self._marks.node(Mark(Spot(tag, spot.place, spot.around))))
        insert_before(block.fence.closer, self._lifter.empty_paragraph(container))


def _node(unit: _Unit) -> Element:
    return unit.fence.closer if isinstance(unit, _Block) else unit


def _is_settled(units: Sequence[_Unit]) -> bool:
    """True when these units end with a paragraph whatever the data."""
    if not units:
        return False
    last = units[-1]
    if not isinstance(last, _Block):
        return last.tag != TBL
    return _is_settled(units[:-1])


def _has_else(block: _Block, marks: Marks) -> bool:
    spots = (marks[middle].spot for middle in block.fence.middles)
    return any(spot is not None and spot.tag.word == "else" for spot in spots)


# ------------------------------------------------------------------------------------------- tables that have rows


class _Table:
    """A table all of whose rows may be missing. Its beginning is printed in front of its first row and its end only
    after one: Word cannot open a table without rows."""

    def __init__(self) -> None:
        self.head = self.end = ""


@dataclass(frozen=True, slots=True)
class _TablePoint:
    """A point of such a table; `step`: before the table, behind its head, before a row, before its end, after it."""

    table: _Table
    step: str

    def emit(self, value: object, run: Run) -> str:
        begun = run.state.get(self.table, False)
        if self.step == "before":
            run.state[self.table] = False
        elif self.step == "row" and not begun:
            run.state[self.table] = True
            return self.table.head
        elif self.step == "after" and begun:
            return self.table.end
        return ""


def guard_tables(root: Element, marks: Marks, fences: Sequence[Fence]) -> None:
    """Marks the tables that may lose all of their rows; `hold_back` then takes their head and end out of the text."""
    openers = frozenset(fence.opener for fence in fences)
    closers = frozenset(fence.closer for fence in fences)
    for element in list(root.iter(TBL)):
        inside = [child for child in element if marks.is_mark(child)]
        if not inside or _has_certain_row(element, openers, closers):
            continue
        table = _Table()
        insert_before(element, marks.node(Mark(site=_TablePoint(table, "before"))))
        insert_before(inside[0], marks.node(Mark(site=_TablePoint(table, "head"))))
        for row in element.findall(TR):
            insert_before(row, marks.node(Mark(site=_TablePoint(table, "row"))))
        element.append(marks.node(Mark(site=_TablePoint(table, "end"))))
        insert_after(element, marks.node(Mark(site=_TablePoint(table, "after"))))


def hold_back(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with the head and the end of guarded tables moved into the sites that print them."""
    held: list[Item] = []
    for item in items:
        point = item.site if isinstance(item, Computed) and isinstance(item.site, _TablePoint) else None
        if point is not None and point.step == "head":
            point.table.head = _text(held.pop())
        elif point is not None and point.step == "after":
            point.table.end = _text(held.pop())
            held.append(item)
        elif point is None or point.step != "end":
            held.append(item)
    return tuple(held)


def _text(item: Item) -> str:
    assert isinstance(item, str), "static text stands between two points of a table"
    return item


def _has_certain_row(table: Element, openers: frozenset[Element], closers: frozenset[Element]) -> bool:
    depth = 0
    for child in table:
        depth += (child in openers) - (child in closers)
        if depth == 0 and child.tag == TR:
            return True
    return False


# ------------------------------------------------------------------------------------------- ids that occur once


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Prints the next number of a series. What is printed is kept under `key` for _Same."""

    series: str
    first: int
    key: object = None

    def emit(self, value: object, run: Run) -> str:
        number = run.next_id(self.series, self.first)
        if self.key is not None:
            run.state[self.key] = number
        return str(number)


@dataclass(frozen=True, slots=True)
class _Same:
    """Prints the number that the _Fresh of the same key has printed last."""

    key: object
    old: str

    def emit(self, value: object, run: Run) -> str:
        return str(run.state.get(self.key, self.old))


@dataclass(frozen=True, slots=True)
class _FreshName:
    """Prints a bookmark's name: as it is the first time, then with a number behind it."""

    name: str

    def emit(self, value: object, run: Run) -> str:
        turn = run.next_id(f"bookmark {self.name}", 1)
        suffix = "" if turn == 1 else f"_{turn}"
        return escape(self.name[: _MAX_NAME - len(suffix)] + suffix)


@dataclass(frozen=True, slots=True)
class FirstIds:
    """The first free numbers of a document, over all of its parts."""

    bookmark: int = 1
    drawing: int = 1

    @classmethod
    def of(cls, roots: Iterable[Element]) -> FirstIds:
        bookmarks, drawings = [0], [0]
        for root in roots:
            bookmarks += [_number(node.get(_ID)) for node in root.iter(_BOOKMARK_START)]
            drawings += [_number(node.get("id")) for node in root.iter(_DOC_PR)]
        return cls(max(bookmarks) + 1, max(drawings) + 1)


def renew_ids(root: Element, marks: Marks, fences: Sequence[Fence], first: FirstIds, faults: list[Diagnostic]) -> None:
    """Gives every turn of a loop its own bookmarks and drawing ids. Notes and comments in a loop are faults."""
    repeated = _repeated(marks, fences, faults)
    pairs: dict[str, str] = {}
    for node in repeated:
        for name in _PARAGRAPH_IDS:  # optional, and wrong when they occur twice
            if name in node.attrib:
                del node.attrib[name]
        if node.tag == _DOC_PR:
            node.set("id", marks.token(Mark(site=_Fresh("drawing", first.drawing))))
        elif node.tag == _BOOKMARK_START:
            old = node.get(_ID, "")
            pairs[old] = f"bookmark id {old} of {marks.part}"
            node.set(_ID, marks.token(Mark(site=_Fresh("bookmark", first.bookmark, pairs[old]))))
            node.set(w("name"), marks.token(Mark(site=_FreshName(node.get(w("name"), "")))))
        elif node.tag == w("id") and (parent := node.getparent()) is not None and parent.tag == w("sdtPr"):
            parent.remove(node)  # Word numbers a content control without id by itself
    for node in root.iter(_BOOKMARK_END):
        old = node.get(_ID, "")
        if old in pairs:
            node.set(_ID, marks.token(Mark(site=_Same(pairs[old], old))))


def _repeated(marks: Marks, fences: Sequence[Fence], faults: list[Diagnostic]) -> list[Element]:
    """Every element in a loop once, in order."""
    found: dict[Element, None] = {}
    for fence in fences:
        spot = marks[fence.opener].spot
        if spot is None or spot.tag.word != "for":
            continue
        for sibling in fence.opener.itersiblings():
            if sibling is fence.closer:
                break
            found |= dict.fromkeys(sibling.iter(etree.Element))
            if next(sibling.iter(*_NOTES), None) is not None:
                faults.append(fault_at(spot, codes.REPEATED_NOTE))
    return list(found)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
