"""Names that Excel accepts for sheets."""

from __future__ import annotations

from collections.abc import Iterable

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
        self._numbers: dict[str, int] = {}  # the next to be tried behind a name

    def unique(self, name: str) -> str:
        """A name that Excel accepts and that no other sheet bears."""
        legal = legal_name(name)
        found = legal
        while found.casefold() in self._taken:
            number = self._numbers[legal] = self._numbers.get(legal, 1) + 1
            end = f"({number})"
            found = f"{cut(legal, 31 - len(end))}{end}"
        self._taken.add(found.casefold())
        return found
