"""The near name: what a misspelt word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

# How much less like the word a name may be than the nearest one.
_CLEARLY = 0.15


def nearest(word: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` of `names` that look like `word`, nearest first.

    A name counts when more than half of its characters agree in order; short Chinese words differ by
    one character in two or three, which is why the bar falls with the length. Names that share but a common
    ending (…市政协) are left out once one of them is clearly nearer. Case is ignored.
    """
    bar = 0.5 if len(word) <= 3 else 0.6
    scored = [(_likeness(word, name), name) for name in dict.fromkeys(names) if name]
    near = sorted((item for item in scored if item[0] >= bar), key=lambda item: (-item[0], item[1]))
    return tuple(name for score, name in near[:limit] if score > near[0][0] - _CLEARLY)


def _likeness(word: str, name: str) -> float:
    left, right = word.casefold(), name.casefold()
    if left == right:
        return 1.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()
