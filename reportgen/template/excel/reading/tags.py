"""The tags in a cell's text, each with the run in which it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.tags import mended
from reportgen.template.engine.types import Spot
from reportgen.template.excel.grid import Item, Mark, Words
from reportgen.template.syntax import Literal, Tag, Unclosed, excerpt, may_hold_tags, scan

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
    return _trim(items) if plain != text else []


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
