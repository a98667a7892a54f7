"""一是、二是、三是: counted from one on, and as many as “三个方面” announced."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.diagnostics.catalogue.proof import prose as codes
from reportgen.proof.queries.numerals import as_integer
from reportgen.proof.queries.printed import Found, Passage, Printed

_NUMBER = "[一二三四五六七八九十]"
_ITEM = re.compile(rf"(?:(?<=[。；：，、！？—“（\s])|^)(?P<item>{_NUMBER})(?P<word>是|要|靠|看|抓|为|曰)(?!旦|如)")
_ANNOUNCED = re.compile(
    r"(?P<count>[两二三四五六七八九十]|\d{1,2})(?P<what>(?:个|大|点|条|项|种)?"
    r"(?:方面|层面|维度|环节|特点|亮点|举措|措施|做法|经验|启示|体会|要求|问题|原因|关键|重点|意见|建议|抓手|优势|变化|意义)|点|条)"
    r"[^。；，]{0,8}[。：:，—]+[^。；]{0,12}$"
)


@dataclass(slots=True)
class _Sequence:
    """一是 and what follows it: the word, how many so far, and what announced it, if anything did."""

    word: str
    last: int
    announced: str
    expected: int | None
    passage: Passage


def ordinals(printed: Printed) -> Found:
    """Sequences that skip a number, or end before or after the number announced."""
    running: _Sequence | None = None
    before = ""
    for passage in printed.body:
        for match in _ITEM.finditer(passage.text):
            number, word = as_integer(match["item"]) or 0, match["word"]
            if number == 1:
                yield from _closed(running)
                running = _begun(passage, before + passage.text[: match.start()], word)
            elif running is not None and word == running.word:
                if number != running.last + 1:
                    last, here = f"{_character(running.last)}{word}", f"{match['item']}{word}"
                    yield codes.ORDINALS_SKIP.at(passage.place, text=here, before=last, after=here)
                    running.expected = None
                running.last, running.passage = number, passage
        before = passage.text
    yield from _closed(running)


def _begun(passage: Passage, before: str, word: str) -> _Sequence:
    """`before` is the text that leads up to it, the paragraph before included."""
    announced = _ANNOUNCED.search(before[-40:])
    if announced is None:
        return _Sequence(word, 1, "", None, passage)
    return _Sequence(word, 1, announced["count"] + announced["what"], as_integer(announced["count"]), passage)


def _closed(sequence: _Sequence | None) -> Found:
    if sequence is None or sequence.expected is None or sequence.expected == sequence.last:
        return
    last = f"{_character(sequence.last)}{sequence.word}"
    yield codes.ORDINALS_MISCOUNT.at(
        sequence.passage.place, text=sequence.announced, announced=sequence.announced, last=last
    )


def _character(number: int) -> str:
    return "零一二三四五六七八九十"[number]
