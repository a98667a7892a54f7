"""The tags in a cell's text, each with the run in which it begins; blocks that are kept before printing as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import KEPT, match, opens
from reportgen.template.engine.tags import mended
from reportgen.template.engine.types import Spot
from reportgen.template.excel.grid import Item, Kept, Mark, Words
from reportgen.template.syntax import Kind, Literal, Tag, Unclosed, excerpt, may_hold_tags, scan

_RECURSIVE = re.compile(r"\brecursive$")
_SHORT = 40  # characters of a cell that is shown whole in faults


def find_items(text: str, runs: Sequence[str], place: Place, faults: list[Diagnostic]) -> list[Item]:
    """The tags and words of a text made of `runs`; none when it holds no tag and no escape."""
    if not may_hold_tags(text):
        return []
    ends = _ends(runs)
    items: list[Item] = []
    pieces = scan(text)
    for piece in pieces:
        here = place if isinstance(piece, Literal) else replace(place, tag=piece.raw)
        around = text if len(text) <= _SHORT else excerpt(text, pieces, piece.start, piece.end)
        if isinstance(piece, Unclosed):
            faults.append(codes.UNCLOSED_TAG.at(here, text=around, tag=piece.raw))
        elif isinstance(piece, Tag):
            items.append(Mark(Spot(mended(piece), here, around), _run_at(ends, piece.start)))
        else:
            items.extend(_words(piece, text, ends))
    plain = "".join(item.text for item in items if isinstance(item, Words))
    return gathered(_trim(items)) if plain != text else []


def _ends(runs: Sequence[str]) -> list[int]:
    ends, position = [], 0
    for run in runs:
        position += len(run)
        ends.append(position)
    return ends


def _run_at(ends: Sequence[int], position: int) -> int:
    return next((index for index, end in enumerate(ends) if position < end), max(len(ends) - 1, 0))


def _words(piece: Literal, text: str, ends: Sequence[int]) -> Iterator[Words]:
    """A literal parted where the formatting changes; one whose escapes were resolved stays whole."""
    if piece.text != text[piece.start : piece.end]:
        yield Words(piece.text, _run_at(ends, piece.start))
        return
    start = piece.start
    while start < piece.end:
        run = _run_at(ends, start)
        end = min(piece.end, ends[run]) if ends[run] > start else piece.end
        yield Words(text[start:end], run)
        start = end


def _trim(items: list[Item]) -> list[Item]:
    """{%- and -%} take the white space beside them away; comments print nothing and go."""
    for index, item in enumerate(items):
        if not isinstance(item, Mark):
            continue
        if item.tag.trim_before and index and isinstance(before := items[index - 1], Words):
            items[index - 1] = Words(before.text.rstrip(), before.run)
        if item.tag.trim_after and index + 1 < len(items) and isinstance(after := items[index + 1], Words):
            items[index + 1] = Words(after.text.lstrip(), after.run)
    return items


def gathered(items: Sequence[Item]) -> list[Item]:
    """The items with each macro, set, call, filter and recursive loop as one; what is not closed stays as it is."""
    found: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        end = _end(items, index) if isinstance(item, Mark) and is_kept(item.tag) and not item.tag.prefix else None
        if end is None:
            found.append(item)
            index += 1
        else:
            found.append(_block(items[index : end + 1]))
            index = end + 1
    return found


def _block(items: Sequence[Item]) -> Kept:
    opener, *inside, closer = items
    assert isinstance(opener, Mark), "where a block begins"
    assert isinstance(closer, Mark), "where it ends"
    return Kept(opener.spot, opener.run, tuple(gathered(inside)), closer.spot)


def is_kept(tag: Tag) -> bool:
    """Whether a tag opens a block that is kept before it is printed."""
    return (tag.word in KEPT and opens(tag)) or (tag.word == "for" and _RECURSIVE.search(tag.rest) is not None)


def _end(items: Sequence[Item], start: int) -> int | None:
    """Where the block that begins at `start` ends; None unless it does, and all blocks inside it with it."""
    marks = [(index, item) for index, item in enumerate(items) if isinstance(item, Mark) and index >= start]
    controls = [(index, mark.spot) for index, mark in marks if mark.tag.kind is Kind.CONTROL]
    spots = [spot for _, spot in controls]
    closer = next((block.closer for block in match(spots).blocks if block.opener == 0), None)
    if closer is None:
        return None
    inside = match(spots[1:closer])
    return None if inside.unclosed or inside.stray else controls[closer][0]
