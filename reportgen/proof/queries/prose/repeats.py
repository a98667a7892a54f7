"""Words that stand twice: whole paragraphs, sentences that are nearly the same, openings three times running."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen.diagnostics.catalogue.proof import prose as codes
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.reading import is_closed, sentences, shortened

SIMILAR = 0.8
# Shorter ones are alike by nature: ……, headings, 一句话.
_PARAGRAPH, _SENTENCE = 15, 12
_RUNNING = 3
_OPENING = 3
_GRAM = 3
_LETTERS = re.compile(r"\w")
# A common phrase stands in any number of sentences: of each only the last so many are looked at, and of all that
# share phrases the closest.
_RECENT, _CLOSEST = 40, 12
# Two sentences that are alike by 80 % share at least this part of their three-character runs, unless every fourth
# character differs.
_SHARED = 0.4


def paragraphs(printed: Printed) -> Found:
    """A paragraph that stands in the article more than once, told where it stands the second time."""
    places: dict[str, list[Passage]] = defaultdict(list)
    for passage in printed.body:
        plain = "".join(passage.text.split())
        if len(plain) >= _PARAGRAPH:
            places[plain].append(passage)
    for passages in places.values():
        if len(passages) > 1:
            related = tuple(passage.place for passage in passages if passage is not passages[1])
            words = {"count": len(passages), "places": "、".join(f"第{passage.number}段" for passage in passages)}
            yield codes.PARAGRAPH_REPEATED.fill(
                passages[1].place, words, text=shortened(passages[1].text), related=related
            )


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    passage: Passage


def alike(printed: Printed) -> Found:
    """Sentences of which at least 80 % are the same, each told once, beside the one it is most like before it."""
    index = _Index()
    for sentence in _typed(printed):
        found = index.nearest(sentence)
        if found is not None:
            other, share = found
            there = other.passage
            words = {"places": f"第{there.number}段", "other": shortened(other.text), "percent": int(share * 100)}
            yield codes.SENTENCES_ALIKE.fill(
                sentence.passage.place, words, text=shortened(sentence.text), related=(there.place,)
            )
        index.add(sentence)


def _typed(printed: Printed) -> Iterator[_Sentence]:
    """Full sentences typed in a cell, each paragraph once: headings, and what is written from data, are alike by
    design."""
    seen: set[str] = set()
    for passage in printed.body:
        if passage.cell is None or passage.text in seen:
            continue
        seen.add(passage.text)
        for sentence in sentences(passage.text):
            if len(sentence.text) >= _SENTENCE and is_closed(sentence.text):
                yield _Sentence(sentence.text, passage)


class _Index:
    """The sentences so far, by their runs of three characters: comparing each with each would take minutes."""

    def __init__(self) -> None:
        self._sentences: list[_Sentence] = []
        self._runs: list[frozenset[str]] = []
        self._recent: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_RECENT))

    def add(self, sentence: _Sentence) -> None:
        number = len(self._sentences)
        self._sentences.append(sentence)
        self._runs.append(_runs(sentence.text))
        for run in self._runs[-1]:
            self._recent[run].append(number)

    def nearest(self, sentence: _Sentence) -> tuple[_Sentence, float] | None:
        runs = _runs(sentence.text)
        shared = Counter(number for run in runs for number in self._recent.get(run, ()))
        best: tuple[_Sentence, float] | None = None
        for number, count in shared.most_common(_CLOSEST):
            other = self._sentences[number]
            if count < _SHARED * min(len(runs), len(self._runs[number])):
                break
            found = similarity(sentence.text, other.text)
            if found >= SIMILAR and (best is None or found > best[1]):
                best = other, found
        return best


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1))


def similarity(a: str, b: str) -> float:
    """The part of both texts that stands in both in the same order: 2 × longest common subsequence / both lengths.

    The subsequence by bits of whole numbers (Hyyrö 2004), one step per character of `b`.
    """
    places: dict[str, int] = defaultdict(int)
    for position, character in enumerate(a):
        places[character] |= 1 << position
    everything = rest = (1 << len(a)) - 1
    for character in b:
        met = rest & places.get(character, 0)
        rest = ((rest + met) | (rest - met)) & everything
    return 2 * (len(a) - rest.bit_count()) / (len(a) + len(b)) if a or b else 1.0


def openings(printed: Printed) -> Found:
    """Three or more full sentences in a row that open with the same three characters.

    Only those typed in cells: what is written from data is varied by the rules of figures.
    """
    told = [
        ("".join(_LETTERS.findall(sentence.text))[:_OPENING], sentence.text, passage)
        for passage in printed.body
        if passage.cell is not None
        for sentence in sentences(passage.text, "。！？")
        if is_closed(sentence.text)
    ]
    for opening, group in groupby(told, key=lambda item: item[0]):
        run = list(group)
        if len(run) >= _RUNNING:
            passage = run[_RUNNING - 1][2]
            shared = _shared_opening([text for _, text, _ in run])
            yield codes.SAME_OPENING.at(passage.place, text=opening, count=len(run), opening=shared)


def _shared_opening(texts: Sequence[str]) -> str:
    """What the sentences have in common, up to the first comma."""
    length = next((i for i, row in enumerate(zip(*texts, strict=False)) if len(set(row)) > 1), len(min(texts, key=len)))
    return texts[0][:length].split("，")[0] or texts[0][:_OPENING]
