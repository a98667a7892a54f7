"""Sources through texts: what puts texts together keeps them, what rewrites a text those that it leaves as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import current
from reportgen.template.values import Sourced, Span, SpanLike, is_spanned, plain_text, spans_of

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def retained(value: object) -> str:
    """What `value` prints as a text, its sources with it."""
    return Sourced.of(map(_known, value.__spans__())) if is_spanned(value) else plain_text(value)


def concatenated(values: Iterable[object], mark: str = "") -> str:
    """The texts of the values one after another, `mark` between each two."""
    items = list(values)
    if not any(map(is_spanned, items)):
        return mark.join(map(plain_text, items))
    between = [Span(mark)] if mark else []
    pieces = (span for n, item in enumerate(items) for span in (*(between if n else ()), *spans_of(item)))
    return Sourced.of(map(_known, pieces))


def anchored(text: str, given: Iterable[object]) -> str:
    """`text`, made of the texts of what was `given`: each figure that it still shows keeps its source.

    That one does not is noted, since nobody would see it.
    """
    marked = [span for value in given for span in _sourced(value)]
    if not marked:
        return text
    position, spans = 0, list[SpanLike]()
    for span in marked:
        shown = next((own for own in _ways(span) if _found(text, own.text, position) is not None), None)
        if shown is None:
            _note(span.text)
            continue
        start = _found(text, shown.text, position) or 0
        spans += [Span(text[position:start]), shown]
        position = start + len(shown.text)
    return Sourced.of([*spans, Span(text[position:])])


def _known(span: SpanLike) -> SpanLike:
    """A number whose source says that it came from nowhere (`sources` is empty: a row's number, one typed in a tag) is
    mere text once it is put into a text."""
    nowhere = span.source is not None and getattr(span.source, "sources", True) == ()
    return Span(span.text, span.style, span.highlight) if nowhere else span


def _sourced(value: object) -> Iterator[SpanLike]:
    if is_spanned(value):
        spans = map(_known, value.__spans__())
        yield from (span for span in spans if span.source is not None and span.text)


def _ways(span: SpanLike) -> Iterator[SpanLike]:
    """A figure as it was printed, or else its bare number: 126个, 126."""
    yield span
    number, reworded = _NUMBER.search(span.text), getattr(type(span.source), "__reworded__", None)
    if number and reworded:
        yield Span(number[0], span.style, span.highlight, reworded(span.source, number[0]))


def _found(text: str, words: str, position: int) -> int | None:
    """Where `words` stand in `text`, and not as a part of a longer number."""
    while (start := text.find(words, position)) >= 0:
        around = (text[max(start - 1, 0) : start] + words[0], words[-1] + text[start + len(words) :][:1])
        if not any(len(pair) == 2 and all(c.isdigit() or c == "." for c in pair) for pair in around):
            return start
        position = start + 1
    return None


def _note(words: str) -> None:
    """Tells that a figure became a plain text, at the tag that prints it."""
    run = current()
    located = run.where() if run.trace else None
    if located is not None and located[0].tag.word in ("", "set"):
        spot = located[0]
        told = codes.SOURCE_LOST.fill(spot.place, {"tag": spot.tag.raw, "figure": words}, text=spot.around)
        run.notices[told] = None
