"""What a value prints: plain text, or spans that carry a style, a highlight and a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, TypeGuard

# The character style 加粗() asks for; a Word template without it (and without Strong) gets plain bold.
BOLD = "加粗"
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Everything outside Char of XML 1.0; lone surrogates are outside too.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SpanLike(Protocol):
    """A stretch of text. `style` names a character style, `highlight` marks it, `source` is what a trace hands back."""

    @property
    def text(self) -> str: ...
    @property
    def style(self) -> str | None: ...
    @property
    def highlight(self) -> bool: ...
    @property
    def source(self) -> object | None: ...


class Spanned(Protocol):
    """A value that prints as spans."""

    def __spans__(self) -> Iterable[SpanLike]: ...


@dataclass(frozen=True, slots=True)
class Span:
    """The engine's own SpanLike."""

    text: str
    style: str | None = None
    highlight: bool = False
    source: object | None = None


@dataclass(frozen=True, slots=True)
class Styled:
    """`text` (any value, also one that prints spans) in the character style called `style`."""

    style: str
    text: object

    def __str__(self) -> str:
        return plain_text(self.text)

    def __spans__(self) -> Iterator[Span]:
        for span in spans_of(self.text):
            yield Span(span.text, span.style or self.style, span.highlight, span.source)


def styled(style: object, value: object) -> Styled:
    """样式('样式名', x)."""
    return Styled(str(style), value)


def bold(value: object) -> Styled:
    """加粗(x)."""
    return Styled(BOLD, value)


def is_spanned(value: object) -> TypeGuard[Spanned]:
    """True when `value` prints spans. Looked up on the type, as Python does for its own protocols: fast and safe."""
    return hasattr(type(value), "__spans__")


def spans_of(value: object) -> Iterable[SpanLike]:
    """What `value` prints, span by span; nothing for None and for empty text."""
    if is_spanned(value):
        return value.__spans__()
    text = plain_text(value)
    return (Span(text),) if text else ()


def plain_text(value: object) -> str:
    """What `value` prints without its marks: None prints nothing, everything else what `str` gives."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if is_spanned(value):
        return "".join(span.text for span in value.__spans__())
    return str(value)


def legal(text: str) -> str:
    """`text` without the characters XML 1.0 forbids (they would make the file unreadable)."""
    return _ILLEGAL.sub("", text)


def escape(text: str) -> str:
    """`text` as XML character data or as an attribute's value; line breaks and tabs stay as they are."""
    text = _ILLEGAL.sub("", text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def merged(spans: Iterable[SpanLike]) -> Iterator[SpanLike]:
    """The spans with neighbours that differ in nothing but their text joined; empty ones dropped."""
    last: Span | None = None
    for span in spans:
        if not span.text:
            continue
        this = Span(span.text, span.style, span.highlight, span.source)
        if last is not None and this.source is None and replace(last, text="") == replace(this, text=""):
            last = replace(last, text=last.text + this.text)
            continue
        if last is not None:
            yield last
        last = this
    if last is not None:
        yield last
