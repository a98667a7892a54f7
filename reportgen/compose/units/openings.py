"""How paragraphs and sentences begin: never three times running in the same way."""

from __future__ import annotations

import re

from reportgen.model.figure import Text

# A time that a sentence begins with.
TIME = re.compile(
    r"((?:今年|去年|近年|近[一两三四五几]+年|[一两三]年|\d{4}年|[上下]半年|全年|前三季度|第?[一二三四]季度)(?:以?来)?)，?"
)
_ENOUGH = 2


class Openings:
    """The last ways of beginning; a third in the same way is worn."""

    def __init__(self) -> None:
        self._last: list[str] = []

    def is_worn(self, opening: str) -> bool:
        """True when the last two begin so already; what begins so is noted, what is worn will begin otherwise."""
        worn = self._last == [opening] * _ENOUGH
        self.note("" if worn else opening)
        return worn

    def note(self, opening: str) -> None:
        self._last = [*self._last, opening][-_ENOUGH:]


def opening_of(text: Text) -> str:
    """The time it begins with, else its first two characters."""
    words = str(text)
    time = TIME.match(words)
    return time[1] if time else words[:2]
