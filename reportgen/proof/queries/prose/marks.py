"""Punctuation: half-width marks in Chinese text, doubled marks, quotes and brackets without their other half."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reportgen.diagnostics.catalogue.proof import prose as codes
from reportgen.proof.queries.printed import Found, Passage, Printed

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_BESIDE = rf"{_HAN}“”‘’《》（）「」『』【】％%"
_FULL = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", '"': "“”"}
# A mark beside a Chinese character. A full stop only behind one: 1.强品牌 numbers a heading.
_HALF = re.compile(
    rf'(?<=[{_BESIDE}])\s?[,;:?!()"]|[,;:?!()"](?=\s?[{_BESIDE}])|(?<=[{_HAN}”’）])\.(?![\w.])|(?<=[%％\d])\.(?=\s*$)|(?<=[%％])\.(?=[{_HAN}])'
)
_NUMBERING = re.compile(r"^\s*[(（]?\d{1,3}[.)]")
_DOUBLED = re.compile(
    r"[，、；：][，。、；：！？]+|。[，。、；：]+|[！？][，。、；：]|(?<![.\d])\.\.(?!\.)|,,|[。！？]”。"
)
_NESTED = 8  # how many marks may be open at once
_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_OPENS_WITH = {closing: opening for opening, closing in _PAIRS.items()}
_WIDE = str.maketrans("()", "（）")
# 1）, a）, ①）: numbers of a list, with half a bracket by custom.
_ITEM = re.compile(r"(?:^|[。；：\s])\s*[0-9a-zA-Z一二三四五六七八九十①-⑳]{1,3}$")


def half_width(printed: Printed) -> Found:
    """Half-width marks in Chinese text, one 疑点 for a paragraph."""
    for passage in printed.passages:
        skipped = _NUMBERING.match(passage.text)
        found = list(_HALF.finditer(passage.text, skipped.end() if skipped else 0))
        if found:
            marks = list(dict.fromkeys(match[0].strip() for match in found))
            sample = passage.around(found[0].start(), found[0].end(), 6)
            full = "".join(f"「{_FULL[mark]}」" for mark in marks)
            words = {"count": len(found), "marks": " ".join(marks), "full": full, "sample": sample}
            yield codes.HALF_WIDTH.fill(passage.place, words, text=sample)


def doubled_marks(printed: Printed) -> Found:
    """Two points side by side, one 疑点 for each sort in a paragraph."""
    for passage in printed.passages:
        first = {match[0]: match for match in reversed(list(_DOUBLED.finditer(passage.text)))}
        for match in first.values():
            sample = passage.around(match.start(), match.end(), 6)
            yield codes.DOUBLED_MARKS.at(passage.place, text=match[0], sample=sample)


def unpaired(printed: Printed) -> Found:
    """Quotes and brackets that are not closed, not opened, or closed crosswise."""
    for number, passage in enumerate(printed.passages):
        loose = [*_loose(passage.text), *_odd_straight(passage.text)]
        told: Counter[str] = Counter()
        for position in sorted(loose):
            mark = passage.text[position]
            if mark in "“『" and _goes_on(printed.passages, number, mark):
                continue
            told[mark] += 1
            if told[mark] == 1:
                sample = passage.around(position, position + 1, 8)
                yield codes.UNPAIRED.at(passage.place, text=mark, mark=mark, sample=sample)


def _loose(text: str) -> Iterator[int]:
    """Where a mark stands without its other half. Half-width brackets count as full ones."""
    wide = text.translate(_WIDE)
    opened: list[int] = []
    for position, mark in enumerate(wide):
        if mark in _PAIRS:
            opened.append(position)
        elif mark in _OPENS_WITH and not _stands_alone(wide, position, opened):
            yield from _closed(wide, position, opened)
    yield from opened


def _closed(text: str, position: int, opened: list[int]) -> Iterator[int]:
    """Takes the opening mark off the stack; what was opened after it and is still open is loose."""
    wanted = _OPENS_WITH[text[position]]
    if not any(text[start] == wanted for start in opened[-_NESTED:]):
        yield position
        return
    while text[(start := opened.pop())] != wanted:
        yield start


def _stands_alone(text: str, position: int, opened: Sequence[int]) -> bool:
    """An apostrophe within a foreign word; the bracket of 1）."""
    if text[position] == "’":
        return text[position - 1 : position].isascii() and text[position + 1 : position + 2].isascii()
    inside = any(text[start] == "（" for start in opened[-_NESTED:])
    return (
        text[position] == "）" and not inside and _ITEM.search(text, max(0, position - _NESTED), position) is not None
    )


def _odd_straight(text: str) -> Iterator[int]:
    """The last of an odd number of straight quotes."""
    if text.count('"') % 2:
        yield text.rindex('"')


def _goes_on(passages: Sequence[Passage], number: int, mark: str) -> bool:
    """A quotation over several paragraphs opens each of them and closes only the last."""
    following = passages[number + 1].text.lstrip() if number + 1 < len(passages) else ""
    return following.startswith(mark)
