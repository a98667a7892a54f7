"""Corpora of phrases in which the numbers are marked with their values; own.txt says how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reportgen.proof.recognition import Number, NumberKind, Recogniser

FOLDER = Path(__file__).parent / "corpus"

_MARK = re.compile(r"\[([^|\[\]]+)\|([^\[\]]+)\]")
_VALUE = re.compile(r"(-?\d+(?:\.\d+)?)([万亿]*)(%|‰)?(?:([/:])(\d+(?:\.\d+)?))?(?:pp|x|倍|个百分点)?")
_SCALES = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Mark:
    """A number as the corpus has it: [start, end) of the phrase, and its value as written there."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    line: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was got wrong of one phrase.

    `missed` numbers are not found, or with another value; `false` ones were found where none is marked;
    `bounds` are found with their value, but begin or end elsewhere.
    """

    phrase: Phrase
    missed: tuple[str, ...]
    false: tuple[str, ...]
    bounds: tuple[str, ...]

    def __str__(self) -> str:
        told = (("缺", self.missed), ("多", self.false), ("界", self.bounds))
        return f"{self.phrase.line} {self.phrase.text}：" + "；".join(f"{k} {'、'.join(v)}" for k, v in told if v)


def phrases(name: str) -> tuple[Phrase, ...]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(_phrase(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))


def _phrase(number: int, line: str) -> Phrase:
    text, marks, position = "", [], 0
    for found in _MARK.finditer(line):
        text += line[position : found.start()]
        marks.append(Mark(len(text), len(text) + len(found[1]), found[2].strip()))
        text += found[1]
        position = found.end()
    return Phrase(number, text + line[position:], tuple(marks))


def judge(phrase: Phrase) -> Judgement:
    """The figures that the recogniser finds in the phrase against those that are marked."""
    found = [f.number for f in Recogniser().find(phrase.text) if not f.exempt]
    missed, bounds = [], []
    for mark in phrase.marks:
        hits = [n for n in found if n.start < mark.end and mark.start < n.end]
        text = phrase.text[mark.start : mark.end]
        if not any(has_value(n, mark.value) for n in hits):
            missed.append(f"{text}={mark.value}")
        elif [(n.start, n.end) for n in hits] != [(mark.start, mark.end)]:
            bounds.append(text)
    false = [n for n in found if not any(n.start < m.end and m.start < n.end for m in phrase.marks)]
    return Judgement(phrase, tuple(missed), tuple(phrase.text[n.start : n.end] for n in false), tuple(bounds))


def has_value(number: Number, value: str) -> bool:
    """True when `number` has the value that the corpus writes; a value that is no number (数百) is not compared."""
    expected = list(_values(value))
    if not expected or number.low is None or number.high is None:
        return not expected
    factor = Decimal("0.01") if number.kind in (NumberKind.PERCENT, NumberKind.TENTHS) else Decimal(1)
    ends = [number.low * factor, number.high * factor]
    return [_rounded(end) for end in ends] == [_rounded(v) for v in (expected * 2)[:2]]


def _values(value: str) -> Iterator[Decimal]:
    parts = [_VALUE.fullmatch(part.strip()) for part in re.split("[~～]", value)]
    percent = any(part is not None and part[3] == "%" for part in parts)
    for part in parts:
        if part is None:
            return
        number = Decimal(part[1])
        for scale in part[2]:
            number *= _SCALES[scale]
        if percent or part[3]:
            number /= 1000 if part[3] == "‰" else 100
        yield number / Decimal(part[5]) if part[4] else number


def _rounded(number: Decimal) -> str:
    return f"{float(number):.10g}"
