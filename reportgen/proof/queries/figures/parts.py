"""Parts and wholes told in one sentence: 其中, and 共 behind a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from reportgen.diagnostics.catalogue.proof import figures as codes
from reportgen.model.figure import plain
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.reading import clause_end, clause_start, sentences, set_aside
from reportgen.proof.recognition import Number, NumberKind

_AMONG = re.compile("其中[，：]?")
_IN_ALL = re.compile(r"[，,]?(?:一共|共计|合计|总计|共)$")
_ENDS = "，。；！？）、"
_FAR = 80  # characters before 其中 in which the whole is told


def parts(printed: Printed) -> Found:
    """其中 with a part, or parts, above the number it is said of."""
    for passage in printed.passages:
        if "其中" in passage.text:
            text = set_aside(passage.text)
            for sentence in sentences(text):
                for match in _AMONG.finditer(text, sentence.start, sentence.end):
                    yield from _among(passage, text, sentence.start, match)


def _among(passage: Passage, text: str, start: int, match: re.Match[str]) -> Found:
    before = _counts(passage, max(start, match.start() - _FAR), match.start())
    after = _counts(passage, match.end(), clause_end(text, match.end()))
    if not before or not after or before[-1].unit != after[0].unit:
        return
    whole, first = before[-1], after[0]
    assert whole.low is not None
    assert first.low is not None
    if first.low > whole.low:
        shown = {"part": _shown(passage, first), "whole": _shown(passage, whole)}
        yield codes.PART_ABOVE_WHOLE.fill(passage.place, shown, text=shown["part"])
        return
    total = _sum(after) if _is_list(text, after) else None
    if total is not None and total > whole.low:
        words = {"sum": f"{plain(total)}{first.unit}", "whole": _shown(passage, whole)}
        yield codes.PARTS_ABOVE_WHOLE.fill(passage.place, words, text=text[match.start() : after[-1].end])


def listed_sums(printed: Printed) -> Found:
    """读书班1次、研讨3次，共5次: a list of numbers of one unit and, right behind it, another sum."""
    for passage in printed.passages:
        if "共" not in passage.text and "计" not in passage.text:
            continue
        text = set_aside(passage.text)
        for total in _counts(passage, 0, len(text)):
            said = _IN_ALL.search(text, max(0, total.start - 4), total.start)
            if said is not None and text[total.end + len(total.unit) :][:1] in (*_ENDS, ""):
                yield from _summed(passage, text, total, said.start())


def _summed(passage: Passage, text: str, total: Number, end: int) -> Found:
    listed = _counts(passage, clause_start(text, end), end)
    if len(listed) < 2 or any(number.unit != total.unit for number in listed) or not _is_list(text, listed):
        return
    if text[listed[-1].end : end].removeprefix(total.unit).strip():
        return
    if passage.numbers_in(listed[0].start, end) != tuple(listed):
        return  # a vague one stands among them
    found = _sum(listed)
    if found != total.low:
        words = {"sum": f"{plain(found)}{total.unit}", "printed": text[end : total.end].lstrip("，,") + total.unit}
        yield codes.LISTED_SUM_DIFFERS.fill(passage.place, words, text=text[listed[0].start : total.end])


def _counts(passage: Passage, start: int, end: int) -> list[Number]:
    """The exact numbers of things in [start, end)."""
    found = passage.numbers_in(start, end)
    return [n for n in found if n.kind is NumberKind.COUNT and n.low == n.high and not n.vague and n.unit]


def _is_list(text: str, numbers: Sequence[Number]) -> bool:
    """True when each is parted from the next by 、 or 和, and all are of one unit."""
    between = [text[first.end + len(first.unit) : second.start] for first, second in pairwise(numbers)]
    alike = len({number.unit for number in numbers}) == 1
    return alike and len(numbers) > 1 and all(gap.startswith(("、", "和", "及", "以及")) for gap in between)


def _sum(numbers: Sequence[Number]) -> Decimal:
    return sum((number.low for number in numbers if number.low is not None), Decimal(0))


def _shown(passage: Passage, number: Number) -> str:
    return passage.text[number.start : number.end] + number.unit
