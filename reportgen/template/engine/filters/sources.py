"""Sources through texts: what puts texts together keeps them, what rewrites a text those that it leaves as they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import itemgetter

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import current
from reportgen.template.values import Sourced, Span, SpanLike, is_spanned, plain_text, spans_of

# Words of the tags whose value goes into the document, and not only into a comparison.
_PRINTING = ("", "set", "filter", "with", "call")
_SIGNS, _SCALES = "-−", "十百千万亿%％‰"
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


def anchored(text: str, value: object) -> str:
    """`text`, made of the text of `value`: each figure that stays in it keeps its source.

    Spaces and capitals may differ anywhere; else a figure is known by its digits, if nothing else has the same. One
    whose place is not certain is noted: a missing source is seen, a wrong one is not.
    """
    if not is_spanned(value):
        return text
    joined = plain_text(value)
    if text == joined:
        return retained(value)
    places = _same_but_for_spaces(joined, text)
    if places is not None:
        return carried(text, value, lambda start, stop: places.get(start))
    return carried(text, value, lambda start, stop: _only(joined[start:stop], joined, text))


def shortened(text: str, value: object) -> str:
    """As `anchored`, for a text that was cut at its end."""
    joined = plain_text(value)
    common = next(
        (n for n, (a, b) in enumerate(zip(joined, text, strict=False)) if a != b), min(len(joined), len(text))
    )
    return carried(
        text,
        value,
        lambda start, stop: start if stop <= common else None,
        lambda start, stop: text[min(start, common) : min(stop, common)],
    )


def cut(value: object, start: int | None, stop: int | None, step: int | None) -> str:
    """`value[start:stop:step]` of a value that prints as text: a figure that is left whole keeps its source."""
    joined = plain_text(value)
    current().work(len(joined))
    text = joined[slice(start, stop, step)]
    taken = range(*slice(start, stop, step).indices(len(joined)))

    def image(first: int, last: int) -> str:
        return "".join(joined[n] for n in range(first, last) if n in taken)

    return carried(text, value, lambda first, _: taken.index(first) if first in taken else None, image)


def replaced(value: object, old: str, new: object, count: int) -> str:
    """The text of `value` with `new` in place of the first `count` (-1: of all) `old`; what is not touched keeps its
    source, and what is put in brings its own."""
    joined, after = plain_text(value), plain_text(new)
    text = joined.replace(old, after, count)
    if not old:
        return anchored(text, value)
    hits = [match.start() for match in islice(re.finditer(re.escape(old), joined), None if count < 0 else count)]
    grown = len(after) - len(old)

    def image(start: int, stop: int) -> str:
        first, past = bisect_right(hits, start - len(old)), bisect_left(hits, stop)
        begin = min(start, hits[first]) if first < past else start
        end = max(stop, hits[past - 1] + len(old)) if first < past else stop
        return text[begin + first * grown : end + past * grown]

    def locate(start: int, stop: int) -> int | None:
        past = bisect_left(hits, stop)
        touched = past and hits[past - 1] + len(old) > start
        return None if touched else start + past * grown

    marks = [(span, start) for span, start, _ in _marked(new)]
    put_in = [(hit + n * grown + start, span) for n, hit in enumerate(hits) for span, start in marks]
    return carried(text, value, locate, image, put_in)


def carried(
    text: str,
    value: object,
    locate: Callable[[int, int], int | None],
    image: Callable[[int, int], str] | None = None,
    more: Iterable[tuple[int, SpanLike]] = (),
) -> str:
    """`text` with the figures of `value` where `locate` finds what stood from one character of it to another.

    `image` tells what such a stretch became; a figure that was left out with all its digits is not noted. `more` are
    figures whose place in `text` is known.
    """
    joined = plain_text(value)
    places = list[tuple[int, SpanLike]]()
    for start, span in more:
        if _unchanged("", 0, 0, text, start, start + len(span.text)):
            places.append((start, span))
        else:
            _note(span.text)
    for span, begin, end in _marked(value):
        for shown, offset in _ways(span):
            first, last = begin + offset, begin + offset + len(shown.text)
            at = locate(first, last)
            if at is not None and _stands(joined, first, last, text, at, at + len(shown.text)):
                places.append((at, shown))
                break
        else:
            if any(map(str.isnumeric, text if image is None else image(begin, end))):
                _note(span.text)
    position, spans = 0, list[SpanLike]()
    for start, span in sorted(places, key=itemgetter(0)):
        if start >= position and text.startswith(span.text, start):
            spans += [Span(text[position:start]), span]
            position = start + len(span.text)
        else:
            _note(span.text)
    return Sourced.of([*spans, Span(text[position:])])


def _known(span: SpanLike) -> SpanLike:
    """A number whose source says that it came from nowhere (`sources` is empty: a row's number, one typed in a tag) is
    mere text once it is put into a text."""
    nowhere = span.source is not None and getattr(span.source, "sources", True) == ()
    return Span(span.text, span.style, span.highlight) if nowhere else span


def _marked(value: object) -> Iterator[tuple[SpanLike, int, int]]:
    """The figures of a value, each with where it begins and ends in the value's text."""
    position = 0
    for span in map(_known, value.__spans__()) if is_spanned(value) else ():
        if span.source is not None and span.text:
            yield span, position, position + len(span.text)
        position += len(span.text)


def _ways(span: SpanLike) -> Iterator[tuple[SpanLike, int]]:
    """A figure as it was printed, or else its bare number (126个, 126), and where in the first this begins."""
    yield span, 0
    number, reworded = _NUMBER.search(span.text), getattr(type(span.source), "__reworded__", None)
    if number and reworded:
        yield Span(number[0], span.style, span.highlight, reworded(span.source, number[0])), number.start()


def _same_but_for_spaces(before: str, after: str) -> dict[int, int] | None:
    """Where each character went, when only spaces and capitals changed."""
    old, new = ([n for n, char in enumerate(text) if not char.isspace()] for text in (before, after))
    if len(old) != len(new) or any(before[m].lower() != after[n].lower() for m, n in zip(old, new, strict=True)):
        return None
    return dict(zip(old, new, strict=True))


def _only(words: str, before: str, after: str) -> int | None:
    """Where `words` stand in `after`, when they stand once in each text."""
    start = _found(after, words, 0)
    once = start is not None and _found(after, words, start + 1) is None
    first = _found(before, words, 0) if once else None
    return start if first is not None and _found(before, words, first + 1) is None else None


def _found(text: str, words: str, position: int) -> int | None:
    """Where `words` stand in `text`, and not as a part of a longer number."""
    while (start := text.find(words, position)) >= 0:
        around = (text[max(start - 1, 0) : start] + words[0], words[-1] + text[start + len(words) :][:1])
        if not any(len(pair) == 2 and all(c.isdigit() or c == "." for c in pair) for pair in around):
            return start
        position = start + 1
    return None


def _stands(joined: str, begin: int, end: int, text: str, start: int, stop: int) -> bool:
    """True when the figure is the same in `text` as it was in `joined`."""
    return joined[begin:end] == text[start:stop] and _unchanged(joined, begin, end, text, start, stop)


def _unchanged(joined: str, begin: int, end: int, text: str, start: int, stop: int) -> bool:
    """True when nothing has come to stand beside a figure that makes another number of it."""
    before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
    if before and before != joined[max(begin - 1, 0) : begin] and (before in _SIGNS or _goes_on(before, text[start])):
        return False
    return not after or after == joined[end : end + 1] or not (after in _SCALES or _goes_on(after, text[stop - 1]))


def _goes_on(char: str, digit: str) -> bool:
    return digit.isdigit() and (char.isdigit() or char == ".")


def _note(words: str) -> None:
    """Tells that a figure became a plain text, at the tag that prints it."""
    run = current()
    located = run.where() if run.trace else None
    if located is not None and located[0].tag.word in _PRINTING:
        spot = located[0]
        told = codes.SOURCE_LOST.fill(spot.place, {"tag": spot.tag.raw, "figure": words}, text=spot.around)
        run.notices[told] = None
