"""Small whole numbers as the rules meet them, in digits or characters."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
# A count of things in a list: nobody lists a thousand.
COUNT = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_TENS = re.compile(r"([一二两三四五六七八九]?)十([一二三四五六七八九]?)")


def as_integer(text: str) -> int | None:
    """11, 十一, 两 → a number; None for what is none."""
    if text.isdecimal():
        return int(text)
    tens = _TENS.fullmatch(text)
    if tens:
        return 10 * _DIGITS.get(tens[1], 1) + _DIGITS.get(tens[2], 0)
    return _DIGITS.get(text)
