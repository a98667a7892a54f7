"""Bookmarks, comments and other ranges that begin inside a block and end outside of it, or the other way round: they
are widened to the whole block, so that no turn of it prints half of one."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reportgen.template.word.blocks import Fence
from reportgen.template.word.ooxml import RANGE_MARKS, Element, insert_after, insert_before, w

_ID = w("id")
_Branch = tuple[Fence, int]  # a block, and which of its branches


def widen_ranges(root: Element, fences: Sequence[Fence]) -> None:
    """Moves the ends of ranges in front of and behind the blocks that hold only one of the two."""
    around = _around(root, fences)
    begun: dict[tuple[str, str], Element] = {}
    for node in around:
        kind = str(node.tag).removesuffix("Start").removesuffix("End")
        key = (kind, node.get(_ID, ""))
        if str(node.tag).endswith("Start"):
            begun[key] = node
        elif key in begun:
            start = begun.pop(key)
            _widen(start, node, around[start], around[node])


def _widen(start: Element, end: Element, around_start: Sequence[_Branch], around_end: Sequence[_Branch]) -> None:
    shared = 0
    while shared < min(len(around_start), len(around_end)) and around_start[shared] == around_end[shared]:
        shared += 1
    if len(around_start) > shared:
        insert_before(around_start[shared][0].opener, start)
    if len(around_end) > shared:
        insert_after(around_end[shared][0].closer, end)


def _around(root: Element, fences: Sequence[Fence]) -> dict[Element, tuple[_Branch, ...]]:
    """Mark of a range, in document order → the blocks that hold it, outer ones first."""
    members = {member: fence for fence in fences if _is_level(fence) for member in fence.members}
    found: dict[Element, tuple[_Branch, ...]] = {}
    open_: list[_Branch] = []
    for node in root.iter(etree.PI, *RANGE_MARKS) if members else ():
        fence = members.get(node)
        if node.tag in RANGE_MARKS:
            found[node] = tuple(open_)
        elif fence is not None and node is fence.opener:
            open_.append((fence, 0))
        elif fence is not None and open_:
            _, branch = open_.pop()
            if node is not fence.closer:
                open_.append((fence, branch + 1))
    return found


def _is_level(fence: Fence) -> bool:
    """True when its opener and its closer are siblings, as all are that have no fault."""
    return fence.opener.getparent() is fence.closer.getparent()
