"""Text that looks like a tag someone did not finish: it would be printed as it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.syntax import Literal, Tag, excerpt, scan

_BRACES = re.compile("[{}｛｝]")
_NAME = r"[^\W\d]\w*"
# { 稿.主标题 } and {Z001|概数('多')}: one brace where there should be two, or braces that white space parts.
_SINGLE = re.compile(rf"[{{｛]\s*(?P<name>{_NAME})(?P<rest>\s*(?:[.．。|｜(（\[［][^{{}}｛｝]*)?)[}}｝]{{1,2}}")
_PARTED = re.compile(r"[{｛][ \t\u3000]+[{｛%％][^{}｛｝]*(?:[%％}｝][ \t\u3000]*)?[}｝]?")
_EXTRA = re.compile(r"\s?[%％]?[}｝]{2,}")  # right behind a tag
_CLOSER = re.compile("[}｝]{2}|[%％][}｝]")


def suspicious(text: str, place: Place, names: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """Warnings for what looks like a broken tag in a text at `place`: closers without an opener (}}, %}), and a single
    brace around one of `names` ({ 稿.主标题 }, {Z001}). What is a tag, or an escape, is none."""
    if _BRACES.search(text) is None:
        return ()
    pieces = scan(text)
    found = []
    behind_tag = False
    for piece in pieces:
        if isinstance(piece, Literal):
            for start, end, meant in _found(text[piece.start : piece.end], names, behind_tag):
                raw = text[piece.start + start : piece.start + end].strip()
                shown = excerpt(text, pieces, piece.start + start, piece.start + end)
                words = {"piece": raw, "meant": meant}
                advice = None if meant else f"前面的标签已经写完，这里多了 {raw}，把它删掉；本来就要印的，可以不管。"
                fault = codes.BROKEN_TAG.fill(replace(place, tag=raw), words, text=shown, suggestion=advice)
                found.append(fault)
        behind_tag = isinstance(piece, Tag)
    return tuple(found)


def has_braces(text: str) -> bool:
    """A quick test: False when nothing in `text` can be suspicious."""
    return _BRACES.search(text) is not None


def all_suspicious(texts: Iterable[tuple[str, Place]], names: Collection[str]) -> Iterator[Diagnostic]:
    """The warnings for many texts."""
    for text, place in texts:
        yield from suspicious(text, place, names)


def _found(text: str, names: Collection[str], behind_tag: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, how it is written right, nothing for what is too much) of each suspicious piece of a text without
    tags, in order."""
    position = 0
    if behind_tag and (extra := _EXTRA.match(text)) is not None:
        yield 0, (position := extra.end()), ""
    while position < len(text):
        hits = [hit for hit in (_single(text, position, names), _first(_PARTED, text, position)) if hit]
        closer = _first(_CLOSER, text, position)
        if closer:
            hits.append(closer)
        if not hits:
            return
        hit = min(hits)
        yield hit
        position = hit[1]


def _single(text: str, position: int, names: Collection[str]) -> tuple[int, int, str] | None:
    for match in _SINGLE.finditer(text, position):
        if match["name"] in names:
            inside = (match["name"] + match["rest"]).strip()
            return match.start(), match.end(), f"{{{{ {inside} }}}}"
    return None


def _first(pattern: re.Pattern[str], text: str, position: int) -> tuple[int, int, str] | None:
    match = pattern.search(text, position)
    return (match.start(), match.end(), "{{ … }} 或 {% … %}") if match else None
