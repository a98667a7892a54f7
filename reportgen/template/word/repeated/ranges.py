"""Bookmarks, comments and other ranges that begin inside a block and end outside of it, or the other way round: they
are widened to the whole block, so that no turn of it prints half of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.template.word.blocks import Fence
from reportgen.template.word.ooxml import RANGE_MARKS, Element, insert_after, insert_before, w

_ID = w("id")
_Branch = tuple[Fence, int]  # a block, and which of its branches


def widen_ranges(root: Element, fences: Sequence[Fence]) -> None:
    """Moves the ends of ranges in front of and behind the blocks that hold only one of the two."""
    by_parent: dict[Element, list[Fence]] = {}
    for fence in fences:
        parent = fence.opener.getparent()
        if parent is not None and fence.closer.getparent() is parent:
            by_parent.setdefault(parent, []).append(fence)
    if not by_parent:
        return
    begun: dict[tuple[str, str], Element] = {}
    for node in list(root.iter(*RANGE_MARKS)):
        kind = str(node.tag).removesuffix("Start").removesuffix("End")
        key = (kind, node.get(_ID, ""))
        if str(node.tag).endswith("Start"):
            begun[key] = node
        elif key in begun:
            _widen(begun.pop(key), node, by_parent)


def _widen(start: Element, end: Element, by_parent: Mapping[Element, Sequence[Fence]]) -> None:
    around_start, around_end = _around(start, by_parent), _around(end, by_parent)
    shared = 0
    while shared < min(len(around_start), len(around_end)) and around_start[shared] == around_end[shared]:
        shared += 1
    if len(around_start) > shared:
        insert_before(around_start[shared][0].opener, start)
    if len(around_end) > shared:
        insert_after(around_end[shared][0].closer, end)


def _around(node: Element, by_parent: Mapping[Element, Sequence[Fence]]) -> list[_Branch]:
    """The blocks that hold `node`, outer ones first."""
    found: list[_Branch] = []
    for child in (node, *node.iterancestors()):
        parent = child.getparent()
        if parent is not None and parent in by_parent:
            place = parent.index(child)
            for fence in by_parent[parent]:  # inner ones before outer ones
                members = [parent.index(member) for member in fence.members if member.getparent() is parent]
                if members[0] < place < members[-1]:
                    found.append((fence, sum(member < place for member in members)))
    return found[::-1]
