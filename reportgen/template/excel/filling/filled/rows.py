"""The rows of filled sheets as text: in memory while they are few, in a file without a name when they are many."""

from __future__ import annotations

from collections.abc import Iterator
from io import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO

SLOT = "\1"  # in the text of a row: a formula that waits until every row is known; no XML can hold it
_IN_MEMORY = 16_000_000  # bytes


def new_file() -> IO[bytes]:
    """Takes the rows of one workbook."""
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


class RowText:
    """What the sheetData of a sheet holds; all sheets of a workbook share a file. Written once, read any number of
    times. A sheet that is copied as it is has no file."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self._file = file
        self._blocks: list[tuple[int, int]] = []  # where each begins, and its length

    def add(self, text: str) -> None:
        """Some whole rows."""
        assert self._file is not None
        self._blocks.append((self._file.seek(0, SEEK_END), self._file.write(text.encode())))

    def blocks(self) -> Iterator[bytes]:
        """The rows as they were added."""
        for at, length in self._blocks:
            assert self._file is not None
            self._file.seek(at)
            yield self._file.read(length)
