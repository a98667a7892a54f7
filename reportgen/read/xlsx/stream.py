"""One pass over the raw XML of a sheet: plain rows by their bytes, everything else by the parser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zipfile import ZipFile

from reportgen.read.marks import SheetMarks
from reportgen.read.xlsx.package import is_utf16
from reportgen.read.xlsx.plain import PlainRows
from reportgen.read.xlsx.scanner import SheetScanner

_BLOCK = 1 << 20
# What is longer than this without an end is no row.
_PATIENCE = 16 * _BLOCK
_ROW_END = b"</row>"
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["']([^"']*)""")


def scan_xlsx(archive: ZipFile, part: str, percent: Mapping[str, int], pictures: frozenset[str]) -> SheetMarks:
    """The marks of one sheet; `percent` and `pictures` as in XlsxParts.

    Raises expat.ExpatError, UnicodeDecodeError and what zipfile raises for a broken part.
    """
    scanner = SheetScanner(percent, pictures)
    scanner.sheet.part = part
    reading = _Reading(scanner, PlainRows(scanner.sheet, percent))
    rest = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            rest = reading.read(rest + block)
    reading.parse(rest)
    scanner.finish()
    return scanner.sheet


class _Reading:
    """Hands every byte of a part either to the parser or to `plain`, which is given whole rows only.

    The parser need not see the rows that are plain, as long as it stands between two rows and a < begins a tag: once a
    comment or the like has begun, everything goes to it.
    """

    def __init__(self, scanner: SheetScanner, plain: PlainRows) -> None:
        self.scanner, self.plain = scanner, plain
        self.position = 0  # in the part, of what is yet to be read
        self.only_parser = False

    def read(self, block: bytes) -> bytes:
        """Reads the rows that are whole; gives back what begins a row that is not."""
        start = 0 if self.position else self._head(block)
        while not self.only_parser:
            start = self._plain_rows(block, start)
            end = block.find(_ROW_END, start) + len(_ROW_END)
            if end < len(_ROW_END) or block.startswith(b"</", start):
                break
            self.parse(block[start:end])
            start = end
        rest = block[start:]
        if not (self.only_parser or rest.startswith(b"</sheetData") or len(rest) > _PATIENCE):
            return rest
        self.only_parser = True
        self.parse(rest)
        return b""

    def parse(self, piece: bytes) -> None:
        """Gives the parser its part."""
        markup = piece if self.position else piece[len("<?xml") :]
        self.only_parser = self.only_parser or b"<!" in markup or b"<?" in markup
        self.scanner.parser.Parse(piece)
        self.position += len(piece)

    def _head(self, block: bytes) -> int:
        """Has what stands before the first row parsed; gives where that begins."""
        self.scanner.sheet.in_utf16 = is_utf16(block)
        start = max(block.find(b"<row"), 0)
        self.parse(block[:start])
        declared = _DECLARED.match(block)
        is_utf8 = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")
        self.only_parser = self.only_parser or not (self.scanner.in_rows and is_utf8)
        return start

    def _plain_rows(self, block: bytes, start: int) -> int:
        while True:
            filled = self.plain.filled(block, start)
            end = self.plain.blank(block, filled)
            if end == start:
                return end
            # A row that follows and does not say its number would be counted from those left out.
            if block.startswith((b'<row r="', b"</sheetData"), end):
                self.scanner.sheet.blanks.append(range(self.position + filled - start, self.position + end - start))
            self.position += end - start
            self.scanner.passed(self.plain.last)
            start = end
