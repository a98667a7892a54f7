"""What prints as spans: stretches of text that carry a style, a highlight and a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeGuard


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


class FigureLike(Spanned, Protocol):
    """A number that knows where it came from. What stands for one gives it by `__figure__`."""

    def __renumbered__(self, number: Decimal, rule: str) -> object:
        """Another number in its place, with its sources; `rule` says how it was made of the first."""
        ...

    def __reworded__(self, text: str) -> Spanned:
        """The same number written otherwise, with its sources."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """The engine's own SpanLike."""

    text: str
    style: str | None = None
    highlight: bool = False
    source: object | None = None


class Sourced(str):
    """A text put together of others that still knows which stretch came from where; in all else a plain text."""

    __slots__ = ("_spans",)
    _spans: tuple[SpanLike, ...]

    @classmethod
    def of(cls, spans: Iterable[SpanLike]) -> str:
        """The text of the spans; a plain one when none of them has anything to keep."""
        kept = tuple(span for span in spans if span.text)
        text = "".join(span.text for span in kept)
        if all(span.source is None and span.style is None and not span.highlight for span in kept):
            return text
        made = cls(text)
        made._spans = kept
        return made

    @property
    def pieces(self) -> int:
        """How many stretches it is made of."""
        return len(self._spans)

    def __spans__(self) -> Iterable[SpanLike]:
        return self._spans


def is_spanned(value: object) -> TypeGuard[Spanned]:
    """True when `value` prints spans. Looked up on the type, as Python does for its own protocols: fast and safe."""
    return hasattr(type(value), "__spans__")


def merged(spans: Iterable[SpanLike]) -> Iterator[SpanLike]:
    """The spans with neighbours that differ in nothing but their text joined; empty ones dropped."""
    last: SpanLike | None = None
    for span in spans:
        if not span.text:
            continue
        if last is not None and _may_join(last, span):
            last = Span(last.text + span.text, last.style, last.highlight)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _may_join(first: SpanLike, second: SpanLike) -> bool:
    """A source stands for one span alone."""
    if first.source is not None or second.source is not None:
        return False
    return first.style == second.style and first.highlight == second.highlight
