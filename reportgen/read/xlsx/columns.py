"""Column letters as numbers."""

from __future__ import annotations


class _Columns(dict[str, int]):
    """Letters → column number (A → 1), each worked out once."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


COLUMNS = _Columns()
