"""Ids and names that occur once, whatever is repeated: bookmarks with the fields that name them, drawings, paragraphs,
content controls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportgen.template.engine.run import Run
from reportgen.template.values import escape
from reportgen.template.word.blocks import Fence
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import W14, Element, insert_after, insert_before, w
from reportgen.template.word.structure.levels import loops, within

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")
_BOOKMARK_START, _BOOKMARK_END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")
_FIELD_CODE, _SIMPLE_FIELD, _CODE, _LINK, _ANCHOR = (
    w("instrText"),
    w("fldSimple"),
    w("instr"),
    w("hyperlink"),
    w("anchor"),
)
_MAX_NAME = 40  # characters of a bookmark's name
_DIGITS = "0123456789"
_WORD_OF_CODE = re.compile(r'[^\s"]+')


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Prints the next number of a series; with a key the one that the nearest _End of that key shall print."""

    series: str
    first: int
    key: object = None

    def emit(self, value: object, run: Run) -> str:
        number = run.next_id(self.series, self.first)
        if self.key is not None:
            run.state[self.key] = (*_stack(self.key, run), number)
        return str(number)


@dataclass(frozen=True, slots=True)
class _End:
    """Prints the number of the range that was begun last and has not ended."""

    key: object
    old: str

    def emit(self, value: object, run: Run) -> str:
        *rest, number = _stack(self.key, run) or (self.old,)
        run.state[self.key] = tuple(rest)
        return str(number)


@dataclass(frozen=True, slots=True)
class Same:
    """Prints the number that is kept under `key`."""

    key: object
    old: str

    def emit(self, value: object, run: Run) -> str:
        return str(run.state.get(self.key, self.old))


class Turns:
    """Counts the turns of a block. One may lie in another: what a macro holds may be printed inside itself."""

    def turn(self, run: Run) -> int:
        """The number of the turn that is being printed, from 1."""
        return (_stack(self, run) or (0,))[-1]

    def begin(self, run: Run) -> None:
        count = run.state.get((Turns, self), 0)
        assert isinstance(count, int)
        run.state[(Turns, self)] = count + 1
        run.state[self] = (*_stack(self, run), count + 1)

    def end(self, run: Run) -> None:
        run.state[self] = _stack(self, run)[:-1]


@dataclass(frozen=True, slots=True)
class _Silently:
    """Does something where it stands and prints nothing."""

    act: Callable[[Run], None]

    def emit(self, value: object, run: Run) -> str:
        self.act(run)
        return ""


def _stack(key: object, run: Run) -> tuple[int, ...]:
    kept = run.state.get(key, ())
    assert isinstance(kept, tuple)
    return kept


def turns_of(fence: Fence, marks: Marks) -> Turns:
    """What counts the turns of a block, with what it needs at the ends of the block."""
    turns = Turns()
    insert_after(fence.opener, marks.node(Mark(site=_Silently(turns.begin))))
    insert_before((*fence.middles, fence.closer)[0], marks.node(Mark(site=_Silently(turns.end))))
    return turns


@dataclass(frozen=True, slots=True)
class _TurnName:
    """Prints a bookmark's name: as it is in the first turn of its loop, then with the turn's number behind it."""

    name: str
    joint: str
    turns: Turns

    def emit(self, value: object, run: Run) -> str:
        turn = self.turns.turn(run)
        suffix = f"{self.joint}{turn}" if turn > 1 else ""
        return escape(self.name[: _MAX_NAME - len(suffix)] + suffix)


@dataclass(frozen=True, slots=True)
class FirstIds:
    """The first free numbers of a document over all of its parts, and the names its bookmarks have."""

    bookmark: int = 1
    drawing: int = 1
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, roots: Sequence[Element]) -> FirstIds:
        """Drawings that share an id get one of their own: Word calls such a document damaged."""
        starts = [node for root in roots for node in root.iter(_BOOKMARK_START)]
        drawings = [node for root in roots for node in root.iter(_DOC_PR)]
        free = max((_number(node.get("id")) for node in drawings), default=0) + 1
        seen: set[str] = set()
        for node in drawings:
            if node.get("id", "") in seen:
                node.set("id", str(free))
                free += 1
            seen.add(node.get("id", ""))
        highest = max((_number(node.get(_ID)) for node in starts), default=0)
        return cls(highest + 1, free, frozenset(node.get(_NAME, "") for node in starts))


def renew_ids(
    root: Element, marks: Marks, fences: Sequence[Fence], first: FirstIds, repeated: Iterable[Element] = ()
) -> None:
    """Gives every turn of a loop its own bookmarks and drawing ids, and so what else is `repeated`."""
    pairs: dict[str, str] = {}
    for node in dict.fromkeys([*(node for fence in loops(marks, fences) for node in within(fence)), *repeated]):
        _renew(node, marks, first, pairs)
    for node in root.iter(_BOOKMARK_END):
        old = node.get(_ID, "")
        if old in pairs:
            node.set(_ID, marks.token(Mark(site=_End(pairs[old], old))))
    done: set[Element] = set()
    taken = frozenset(name.rstrip(_DIGITS) for name in first.names if name.endswith(tuple(_DIGITS)))
    for fence in loops(marks, fences):  # inner ones first
        _rename(fence, marks, taken, done)


def _renew(node: Element, marks: Marks, first: FirstIds, pairs: dict[str, str]) -> None:
    for name in _PARAGRAPH_IDS:  # optional, and wrong when they occur twice
        if name in node.attrib:
            del node.attrib[name]
    if node.tag == _DOC_PR:
        node.set("id", marks.token(Mark(site=_Fresh("drawing", first.drawing))))
    elif node.tag == _BOOKMARK_START:
        old = node.get(_ID, "")
        pairs[old] = f"bookmark id {old} of {marks.part}"
        node.set(_ID, marks.token(Mark(site=_Fresh("bookmark", first.bookmark, pairs[old]))))
    elif node.tag == _ID and (parent := node.getparent()) is not None and parent.tag == w("sdtPr"):
        parent.remove(node)  # Word numbers a content control without id by itself


def _rename(fence: Fence, marks: Marks, taken: frozenset[str], done: set[Element]) -> None:
    """The bookmarks of one loop that lie in no inner one, and the fields in it that name them.

    `taken` is what stands in front of the numbers that names end with.
    """
    nodes = list(within(fence))
    starts = [node for node in nodes if node.tag == _BOOKMARK_START and node not in done]
    if not starts:
        return
    done.update(starts)
    turns = turns_of(fence, marks)
    sites = {name: _TurnName(name, _joint(name, taken), turns) for name in (node.get(_NAME, "") for node in starts)}
    for node in starts:
        node.set(_NAME, marks.token(Mark(site=sites[node.get(_NAME, "")])))
    for node in nodes:
        if node.tag == _FIELD_CODE and node.text:
            node.text = _renamed(node.text, sites, marks)
        elif node.tag == _SIMPLE_FIELD and node.get(_CODE):
            node.set(_CODE, _renamed(node.get(_CODE, ""), sites, marks))
        elif node.tag == _LINK and node.get(_ANCHOR, "") in sites:
            node.set(_ANCHOR, marks.token(Mark(site=sites[node.get(_ANCHOR, "")])))


def _joint(name: str, taken: frozenset[str]) -> str:
    """What parts a name from its number, so that no other bookmark is called the same."""
    joint = "_"
    while name + joint in taken:
        joint += "_"
    return joint


def _renamed(code: str, sites: dict[str, _TurnName], marks: Marks) -> str:
    """A field's code (REF, PAGEREF, HYPERLINK \\l …) with the names it uses."""

    def name(found: re.Match[str]) -> str:
        site = sites.get(found[0])
        return found[0] if site is None else marks.token(Mark(site=site))

    return _WORD_OF_CODE.sub(name, code)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
