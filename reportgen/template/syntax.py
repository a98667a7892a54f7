"""Tags in plain text: where they begin and end, and what they say once full-width characters are made plain.

A hand-written scanner, since only one that knows quotation marks can tell where `{{ "}}" }}` ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter


class Kind(StrEnum):
    VALUE = "value"  # {{ }}
    CONTROL = "control"  # {% %}
    COMMENT = "comment"  # {# #}


_STATEMENT = re.compile(r"[^\W\d]\w*(?=[\s(\[\"'-]|$)")  # {% if(x) %} is an if


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag.

    `body` is what stands inside, in ASCII outside quoted text, without delimiters, prefix and trim marks; `raw` is the
    tag as written; `prefix` a docxtpl form (p, tr, tc, r) or `sheet`; `start` and `end` are offsets in the scanned
    text; `trim_before` and `trim_after` stand for {%- and -%}; `meant` is the statement that a misspelt one stands for.
    """

    kind: Kind
    body: str
    raw: str
    prefix: str = ""
    start: int = 0
    end: int = 0
    trim_before: bool = False
    trim_after: bool = False
    meant: str = ""

    @property
    def word(self) -> str:
        """The statement of a control tag: for, endfor, if … Empty for other tags."""
        return self.meant or self.written

    @property
    def written(self) -> str:
        """The statement as it is written, be it misspelt."""
        if self.kind is not Kind.CONTROL or not self.body:
            return ""
        found = _STATEMENT.match(self.body)
        return found[0] if found else self.body.split(None, 1)[0]

    @property
    def rest(self) -> str:
        """What follows the statement."""
        return self.body[len(self.written) :].strip() if self.kind is Kind.CONTROL else self.body


@dataclass(frozen=True, slots=True)
class Literal:
    """Text between tags, with `{_{` and its kin already turned into the braces they stand for, except where
    {% raw %} says that all is text."""

    text: str
    start: int
    end: int
    is_raw: bool = False


@dataclass(frozen=True, slots=True)
class Unclosed:
    """An opening delimiter whose closing one never comes; `raw` shows its beginning."""

    raw: str
    start: int
    end: int


Piece = Literal | Tag | Unclosed

_OPEN = "{｛"
_CLOSE = "}｝"
_SECOND = {
    "{": Kind.VALUE,
    "｛": Kind.VALUE,
    "%": Kind.CONTROL,
    "％": Kind.CONTROL,
    "#": Kind.COMMENT,
    "＃": Kind.COMMENT,
}
_CLOSERS = {Kind.VALUE: _CLOSE, Kind.CONTROL: "%％", Kind.COMMENT: "#＃"}
_TRIMS = "-－"
_KEEPS = "+＋"  # Jinja's {%+ … +%} asks for what is done here anyway
# What may delimit quoted text → what may end it. After some characters Word's autocorrection turns the opening mark.
_QUOTES = {
    '"': '"＂',
    "＂": '"＂',
    "'": "'＇",
    "＇": "'＇",
    "“": "”",
    "”": "”",
    "‘": "’",
    "’": "’",
}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, ord("。"): ord(".")}
_PREFIXES = {
    Kind.VALUE: ("tr", "tc", "p", "r"),
    Kind.CONTROL: ("sheet", "tr", "tc", "p", "r"),
    Kind.COMMENT: ("tr", "tc", "p"),
}
# `{{ r if a }}` asks for a variable named r; `{{r if_name }}` uses the prefix.
_OPERATORS = frozenset({"if", "else", "and", "or", "in", "is"})
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_SHOWN = 30
_AROUND = 12  # characters shown on either side of a tag


def may_hold_tags(text: str) -> bool:
    """A quick test: False when `text` has no opening delimiter and no escape."""
    return "{" in text or "｛" in text or "_}" in text


def scan(text: str, raw: bool = False) -> tuple[Piece, ...]:
    """Parts `text` into literals and tags in order; comments are tags too. Every character belongs to one piece.

    `raw`: an earlier text has left {% raw %} open.
    """
    if not may_hold_tags(text):
        return (Literal(text, 0, len(text), raw),) if text else ()
    return tuple(_pieces(text, raw))


def is_raw_after(pieces: Sequence[Piece], raw: bool) -> bool:
    """Whether {% raw %} is open behind these pieces."""
    words = [piece.word for piece in pieces if isinstance(piece, Tag) and piece.word in ("raw", "endraw")]
    return words[-1] == "raw" if words else raw


def excerpt(text: str, pieces: Sequence[Piece], start: int, end: int) -> str:
    """The stretch from `start` to `end` with a little of what stands about it, tags left out or whole."""
    low, high = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    if (cut := _tag_at(pieces, low)) is not None:
        low = cut.end
    if (cut := _tag_at(pieces, high)) is not None:
        high = cut.start
    return text[min(low, start) : max(high, end)].strip()


def _tag_at(pieces: Sequence[Piece], position: int) -> Tag | Unclosed | None:
    """The tag that a cut at `position` would go through."""
    piece = pieces[max(bisect_right(pieces, position, key=attrgetter("start")) - 1, 0)]
    return piece if not isinstance(piece, Literal) and piece.start < position < piece.end else None


_END_RAW = re.compile("[{｛][%％][-－+＋]?\\s*endraw\\s*[-－+＋]?[%％][}｝]")


def _pieces(text: str, raw: bool) -> Iterator[Piece]:
    position = begin = 0
    while position < len(text):
        if raw:
            found = _END_RAW.search(text, position)
            position = found.start() if found else len(text)
            if begin < position:
                yield Literal(text[begin:position], begin, position, is_raw=True)
            begin, raw = position, False
            continue
        kind = _opening(text, position)
        if kind is None:
            position += 1
            continue
        if begin < position:
            yield _literal(text, begin, position)
        piece = _tag(text, position, kind)
        yield piece
        position = begin = piece.end
        raw = isinstance(piece, Tag) and piece.word == "raw"
    if begin < len(text):
        yield _literal(text, begin, len(text))


def _opening(text: str, position: int) -> Kind | None:
    if text[position] not in _OPEN:
        return None
    return _SECOND.get(text[position + 1 : position + 2])


def _literal(text: str, start: int, end: int) -> Literal:
    words = text[start:end]
    for position, written, meant in reversed(escapes(words)):
        words = words[:position] + meant + words[position + len(written) :]
    return Literal(words, start, end)


def escapes(text: str) -> tuple[tuple[int, str, str], ...]:
    """The escapes in a text without tags: offset, what is written ({_{) and what it stands for ({{)."""
    if "_" not in text:
        return ()
    found = ((text[n : n + 3], n) for n in range(len(text) - 2))
    return tuple((n, written, _ESCAPES[written]) for written, n in found if written in _ESCAPES)


def _tag(text: str, start: int, kind: Kind) -> Tag | Unclosed:
    if kind is Kind.COMMENT:
        return _comment(text, start)
    body = _Body()
    position = start + 2
    closers = _CLOSERS[kind]
    while position < len(text):
        character = text[position]
        if character in closers and _closes(text, position, kind, body.depth):
            return _finish(text, start, position, kind, body)
        if _opening(text, position) is not None:
            break  # another tag begins here, so this one was never closed
        if character in _QUOTES and (length := body.quote(text, position)):
            position += length
            continue
        body.plain(character)
        position += 1
    return Unclosed(text[start : start + _SHOWN], start, start + 2)


def _comment(text: str, start: int) -> Tag | Unclosed:
    for position in range(start + 2, len(text) - 1):
        if text[position] in "#＃" and text[position + 1] in _CLOSE:
            end = position + 2
            prefix, words = _prefix(text[start + 2 : position], Kind.COMMENT)
            return Tag(Kind.COMMENT, words.strip("-－ "), text[start:end], prefix, start, end)
    return Unclosed(text[start : start + _SHOWN], start, start + 2)


def _closes(text: str, position: int, kind: Kind, depth: int) -> bool:
    """`}}` inside a dict literal closes the dict first."""
    return text[position + 1 : position + 2] in tuple(_CLOSE) and not (kind is Kind.VALUE and depth)


@dataclass(slots=True)
class _Body:
    """What has been read of a tag's inside; `depth` counts the braces of dict literals that are open."""

    parts: list[str] = field(default_factory=list)
    depth: int = 0

    def plain(self, character: str) -> None:
        character = character.translate(_INVISIBLE).translate(_PLAIN)
        if character == "{":
            self.depth += 1
        elif character == "}" and self.depth:
            self.depth -= 1
        self.parts.append(character)

    def quote(self, text: str, start: int) -> int:
        """Takes the quoted text that begins at `start`; gives its length, 0 when it never ends."""
        enders = _QUOTES[text[start]]
        position = start + 1
        while position < len(text) and text[position] not in enders:
            position += 2 if text[position] == "\\" else 1
        if position >= len(text):
            return 0
        mark = "'" if enders[0] in "'’" else '"'
        inside = text[start + 1 : position]
        if enders[0] != mark:
            inside = inside.replace(mark, "\\" + mark)
        self.parts.append(f"{mark}{inside}{mark}")
        return position + 1 - start


def _finish(text: str, start: int, closer: int, kind: Kind, body: _Body) -> Tag:
    words, end = "".join(body.parts), closer + 2
    trims = _TRIMS if kind is Kind.VALUE else _TRIMS + _KEEPS
    first = text[start + 2] if text[start + 2] in trims else ""
    last = text[closer - 1] if text[closer - 1] in trims and closer - 1 > start + 2 else ""
    words = words[len(first) : len(words) - len(last)]
    prefix, words = _prefix(words, kind)
    before, after = first != "" and first in _TRIMS, last != "" and last in _TRIMS
    return Tag(kind, words.strip(), text[start:end], prefix, start, end, before, after)


def _prefix(words: str, kind: Kind) -> tuple[str, str]:
    """docxtpl's forms: the letters stand right behind the delimiter and something else follows them."""
    for prefix in _PREFIXES[kind]:
        if not words.startswith(prefix) or not words[len(prefix) : len(prefix) + 1].isspace():
            continue
        rest = words[len(prefix) :].strip()
        if kind is not Kind.VALUE or _begins_value(rest):
            return prefix, rest
    return "", words


def _begins_value(rest: str) -> bool:
    if not rest or rest.split(None, 1)[0] in _OPERATORS:
        return False
    return rest[0].isidentifier() or rest[0].isdigit() or rest[0] in "\"'"
