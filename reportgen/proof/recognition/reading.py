"""Every number of a text, in one pass over its numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportgen.proof.recognition.context import TIME_TAKEN, counts
from reportgen.proof.recognition.labels import label_at
from reportgen.proof.recognition.lexicon.names import NAMES
from reportgen.proof.recognition.lexicon.phrases import SET_PHRASES
from reportgen.proof.recognition.number import Number, NumberKind
from reportgen.proof.recognition.quantities import NUMERALS, PREFIXES, Quantity, quantity_at
from reportgen.proof.recognition.values import plainly, single

_NUMERAL = re.compile(f"[0-9{NUMERALS}○半]")
_RUN = re.compile(f"[0-9.]+|[{NUMERALS}○]+|半")
_CHARACTERS = frozenset(NUMERALS)
_INSIDE = frozenset(NUMERALS + "0123456789.")
_WORDS = SET_PHRASES | NAMES
_LONGEST = {first: max(len(word) for word in _WORDS if word[0] == first) for first in {word[0] for word in _WORDS}}
# How far before its first numeral a phrase may begin: 中国共产党第… has none that the rules would take.
_REACH = 6
_BEFORE = re.compile(
    "(超过|突破|将近|接近|不足|不到|不少于|不低于|不超过|大约|至少|至多|最多|最高|最低|多达|高达|达到|近|约|超|逾|达|上|数|几|过|破)$"
)
_BEHIND = re.compile("(以上|以下|以内|以外|左右|上下|之多|有余|多|余|许)")
# 数 and 过 before a numeral belong to other words: 人数十余, 通过百余.
_OTHER_WORDS = {
    "数": "人户件总次个票分指基参系函少多岁位",
    "过": "通超经不",
    "上": "会以之年身地网线手街路台面",
    "破": "突打",
    "超": "赶反",
}
_SIGN = re.compile(r"(?:^|[\u4e00-\u9fa5，：:（(])[-−－]$")


def recognise(text: str) -> tuple[Number, ...]:
    """Every number of `text` in order, spans disjoint: figures, and dates, ordinals and codes told apart by kind.

    Idioms, set phrases and place names are left alone, as is 一 where it is an article. Never raises.
    """
    return tuple(_numbers(text, plainly(text)))


def _numbers(text: str, plain: str) -> Iterator[Number]:
    position = done = 0
    while (found := _NUMERAL.search(plain, position)) is not None:
        start = found.start()
        number = None
        position = _after_phrase(plain, start, done)
        if not position:
            number = label_at(plain, start) or _figure_at(plain, start, formal=plain[start] != text[start])
            if number is not None and number.start >= done:
                yield number
                position = done = number.end
            else:
                position = _after_run(plain, start)


def _after_run(plain: str, start: int) -> int:
    run = _RUN.match(plain, start)
    return run.end() if run else start + 1


def _after_phrase(plain: str, start: int, done: int) -> int:
    """Where the set phrase or name ends that holds the numeral at `start`; 0 when none does."""
    for begin in range(max(done, start - _REACH), start + 1):
        if plain[begin] in _CHARACTERS and begin > done and plain[begin - 1] in _INSIDE:
            continue  # inside a longer numeral: 二十分钟
        for end in range(min(len(plain), begin + _LONGEST.get(plain[begin], 0)), start, -1):
            if plain[begin:end] in _WORDS:
                return end
    return 0


def _figure_at(plain: str, start: int, formal: bool) -> Number | None:
    """`formal`: written in financial characters, which are for amounts and need no context from three on."""
    if plain[start] == "半":
        return _half_at(plain, start)
    quantity = quantity_at(plain, start)
    if quantity is None:
        return None
    begin = _with_prefix(plain, quantity)
    certain = not quantity.run or begin < quantity.start or (formal and len(quantity.run) > 2 and not quantity.is_bare)
    if not certain and not counts(plain, quantity):
        return None
    return _number(plain, quantity, begin)


def _with_prefix(plain: str, quantity: Quantity) -> int:
    """Where the number begins when a word before it makes it one: 上百, 近千, 数十, 几十."""
    before = plain[quantity.start - 1 : quantity.start]
    if not quantity.run or before == "" or before not in PREFIXES:
        return quantity.start
    if quantity.start > 1 and plain[quantity.start - 2] in _OTHER_WORDS.get(before, ""):
        return quantity.start
    if before in "数几":
        return quantity.start - 1 if quantity.run[0] in "十百千万亿" else quantity.start
    return quantity.start - 1 if quantity.is_bare else quantity.start


def _number(plain: str, quantity: Quantity, begin: int) -> Number:
    start = begin
    low, high = quantity.value
    if (quantity.kind is NumberKind.PERCENT or quantity.unit in ("℃", "°C")) and _SIGN.search(
        plain[max(0, start - 2) : start]
    ):
        start, low, high = start - 1, -high, -low
    return Number(start, quantity.end, quantity.kind, low, high, _vagueness(plain, quantity), quantity.unit)


def _vagueness(plain: str, quantity: Quantity) -> str:
    if quantity.vague:
        return quantity.vague
    if found := _BEFORE.search(plain[max(0, quantity.start - 3) : quantity.start]):
        return found[1]
    found = _BEHIND.match(plain, quantity.end) or _BEHIND.match(plain, quantity.end + len(quantity.unit))
    return found[1] if found else ""


def _half_at(plain: str, start: int) -> Number | None:
    """半数, 过半, 近半, 用时半年; 一半 begins with a numeral of its own."""
    before, end = plain[max(0, start - 2) : start], start + 1
    if plain.startswith("数", end):
        end += 1
    elif (unit := _HALF_UNIT.match(plain, end)) and TIME_TAKEN.search(plain[max(0, start - 4) : start]):
        return Number(start, end, NumberKind.COUNT, _HALF, _HALF, unit=unit[0])
    elif before[-1:] not in tuple("过近超") or before[:1] in "通经" or _HALF_A.match(plain, end):
        return None
    else:
        start -= 1
    half = Quantity(start, end, single(_HALF), NumberKind.FRACTION)
    return Number(start, end, half.kind, _HALF, _HALF, _vagueness(plain, half) or plain[start].strip("半"))


_HALF = Decimal("0.5")
_HALF_UNIT = re.compile("个小时|小时|个月|年(?![度中])|天")
# 近半年, 过半个月: half of a unit, not of a whole.
_HALF_A = re.compile("[年天个月小百日公斤]")
