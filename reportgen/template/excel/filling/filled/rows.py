"""The rows of a filled sheet as text: in memory while they are few, in a file without a name when they are many."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

SLOT = "\1"  # in the text of a row: a formula that waits until every row is known; no XML can hold it
_IN_MEMORY = 16_000_000  # bytes


class RowText:
    """What sheetData holds, written once and read any number of times."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed by whoever fills the workbook
        self._sizes = array("l")

    def add(self, text: str) -> None:
        """Some whole rows."""
        self._sizes.append(self._file.write(text.encode()))

    def blocks(self) -> Iterator[bytes]:
        """The rows as they were added."""
        at = 0
        for size in self._sizes:
            self._file.seek(at)
            yield self._file.read(size)
            at += size

    def close(self) -> None:
        self._file.close()
