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
from reportgen.template.engine.types import Computed, Item
from reportgen.template.values import escape
from reportgen.template.word.blocks import Fence, Lifter
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    RANGE_MARKS,
    SECT_PR,
    TBL,
    TC_PR,
    TR,
    W14,
    Element,
    Spaces,
    fragment,
    insert_after,
    insert_before,
    w,
)

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")
_NOTES = tuple(w(name) for name in ("footnoteReference", "endnoteReference", "commentReference", "commentRangeStart"))
_INVISIBLE = frozenset({TC_PR, SECT_PR, *RANGE_MARKS})
_BODY = w("body")
_BOOKMARK_START, _BOOKMARK_END, _ID = w("bookmarkStart"), w("bookmarkEnd"), w("id")
_MAX_NAME = 40  # characters of a bookmark's name


# ---------------------------------------------------------------------------------- cells that end with a paragraph


class _Ending:
    """The end of a cell (or the like) that may lack its paragraph; `xml` is the empty one it then gets."""

    def __init__(self, xml: str) -> None:
        self.xml = xml


@dataclass(frozen=True, slots=True)
class _Passed:
    """Notes whether what has just been printed leaves a paragraph at the end."""

    ending: _Ending
    is_paragraph: bool

    def emit(self, value: object, run: Run) -> str:
        run.state[self.ending] = self.is_paragraph
        return ""


@dataclass(frozen=True, slots=True)
class _Supply:
    """Prints the missing paragraph."""

    ending: _Ending

    def emit(self, value: object, run: Run) -> str:
        return "" if run.state[self.ending] else self.ending.xml


def end_with_paragraphs(root: Element, marks: Marks, lifter: Lifter, fences: Sequence[Fence]) -> None:
    """Sees to it that cells, text boxes and notes end with a paragraph whatever the blocks in them print. Where there
    is one nothing is added: no blank lines."""
    levels = _Levels(fences)
    for container in list(root.iter(*NEEDS_PARAGRAPH)):
        if lifter.may_lack_paragraph(container):
            empty = lifter.empty_paragraph(container)
            _secure(container, levels.of(container, marks), marks, empty, root.nsmap)


def _secure(
    container: Element, blocks: list[tuple[Element, bool]], marks: Marks, empty: Element, spaces: Spaces
) -> None:
    """`blocks`: what `container` holds, and whether it is printed in any case."""
    start = next((n for n in reversed(range(len(blocks))) if blocks[n][1] and blocks[n][0].tag != TBL), -1)
    uncertain = [block for block, _ in blocks[start + 1 :]]
    if start >= 0 and not uncertain:
        return
    first = sum(1 for child in container if child.tag == TC_PR)
    if not blocks and container.tag != _BODY:
        container.insert(first, empty)
        return
    ending = _Ending(fragment(empty, spaces))
    # A body may be empty: it only must not end with a table.
    begin = marks.node(Mark(site=_Passed(ending, start >= 0 or container.tag == _BODY)))
    if start >= 0:
        insert_after(blocks[start][0], begin)
    else:
        container.insert(first, begin)
    for block in uncertain:
        insert_after(block, marks.node(Mark(site=_Passed(ending, block.tag != TBL))))
    container.append(marks.node(Mark(site=_Supply(ending))))
    if (section := container.find(SECT_PR)) is not None:
        container.append(section)


class _Levels:
    """Tells what is inside a block from what is not."""

    def __init__(self, fences: Sequence[Fence]) -> None:
        self._openers = frozenset(fence.opener for fence in fences)
        self._closers = frozenset(fence.closer for fence in fences)

    def of(self, container: Element, marks: Marks) -> list[tuple[Element, bool]]:
        """The children of `container` that print something, each with True when it lies in no block."""
        depth = 0
        found = []
        for child in container:
            depth += (child in self._openers) - (child in self._closers)
            if child.tag not in _INVISIBLE and not marks.is_mark(child):
                found.append((child, depth == 0))
        return found


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
    levels = _Levels(fences)
    for element in list(root.iter(TBL)):
        inside = [child for child in element if marks.is_mark(child)]
        rows = [is_certain for child, is_certain in levels.of(element, marks) if child.tag == TR]
        if not inside or any(rows):
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
