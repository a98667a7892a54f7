"""How the rules read a passage: sentences, clauses, and lists, with what stands in quotes and brackets put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLOSING = "。！？；"
_LONGEST = 300  # characters of a clause; beyond them nothing is looked for, so that no text takes long
_CLAUSE_ENDS = "，。；：！？,;:!?\n—"
_ASIDE = re.compile(r"“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》|（[^（）\n]*）|\([^()\n]*\)|【[^【】\n]*】|「[^「」\n]*」")
_AND = re.compile(r"和|与|及|以及")
# What begins a list anew within a clause: 组织甲、乙到丙、丁等2个基地考察 lists two bases.
_BEFORE_LIST = re.compile(
    r"到|在|赴|向|对|为|由|从|把|将|以|用|被|于|走进|深入|前往|组织|开展|举办|召开|走访|参观|考察|调研|分为|划分|包括|包含|涵盖|联合|会同"
)
HELD = "＿"  # stands for what is put aside, character for character


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a passage, [start, end) of it."""

    start: int
    end: int
    text: str


def set_aside(text: str) -> str:
    """The text with the insides of quotes and brackets blotted out, so that their marks part no list; same length."""
    return _ASIDE.sub(lambda match: HELD * len(match[0]), text)


def sentences(text: str, closing: str = CLOSING) -> Iterator[Stretch]:
    """Each sentence with its closing mark."""
    for match in re.finditer(rf"[^{closing}\n]+[{closing}]*[”’）」』]*", text):
        shown = match[0].strip()
        if shown:
            start = match.start() + match[0].index(shown[0])
            yield Stretch(start, start + len(shown), shown)


def is_closed(sentence: str) -> bool:
    """True for a sentence with its closing mark; a heading has none."""
    return sentence.rstrip("”’）」』").endswith(tuple(CLOSING))


def clause_start(text: str, position: int) -> int:
    """Where the clause begins that `position` stands in."""
    first = max(0, position - _LONGEST)
    return max(first, *(text.rfind(mark, first, position) + 1 for mark in _CLAUSE_ENDS))


def clause_end(text: str, position: int) -> int:
    """Where the clause ends that `position` stands in."""
    last = min(len(text), position + _LONGEST)
    ends = (text.find(mark, position, last) for mark in _CLAUSE_ENDS)
    return min((end for end in ends if end >= 0), default=last)


def counted(listing: str) -> tuple[int, int]:
    """The fewest and the most items that a list parted by 、 can have: 和 may join two or stand within a name."""
    marks = listing.count("、")
    return marks + 1, marks + 1 + len(_AND.findall(listing))


def last_list(text: str, end: int) -> Stretch:
    """The list that ends at `end`: from the start of its clause, or from the verb that begins it anew."""
    start = clause_start(text, end)
    for match in _BEFORE_LIST.finditer(text, start, end):
        if "、" in text[start : match.start()] and text[match.end() : end].strip():
            start = match.end()
    return Stretch(start, end, text[start:end])


def shortened(text: str, length: int = 24) -> str:
    """The beginning of a text, as messages quote it."""
    return text if len(text) <= length else f"{text[:length]}……"
