"""Names that Excel accepts for sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_WIDE = str.maketrans({"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼"})


def legal_name(name: str) -> str:
    """Characters a sheet's name cannot hold become their full-width forms; 31 UTF-16 units at most."""
    words = "".join(c for c in " ".join(name.split()).translate(_WIDE) if c.isprintable())
    words = cut(words.strip("' "), 31).strip("' ")
    if words.casefold() == "history":
        words += "_"  # Excel keeps this name for itself
    return words or "表"


def cut(text: str, units: int) -> str:
    while len(text.encode("utf-16-le")) > 2 * units:
        text = text[:-1]
    return text


class SheetNames:
    """The names of a workbook's sheets; `reserved` are taken from the start."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in reserved}

    def unique(self, name: str) -> str:
        """A name that Excel accepts and that no other sheet bears."""
        legal = legal_name(name)
        found = next(candidate for candidate in _candidates(legal) if candidate.casefold() not in self._taken)
        self._taken.add(found.casefold())
        return found


def _candidates(legal: str) -> Iterator[str]:
    """The name, then the name with a number; made one by one, for the first is mostly free."""
    yield legal
    for number in range(2, 10_000):
        end = f"({number})"
        yield f"{cut(legal, 31 - len(end))}{end}"
