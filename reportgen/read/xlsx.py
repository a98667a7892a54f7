"""The .xlsx pass: one stream over the raw XML of each sheet (ECMA-376 part 1, 18.3) for what calamine hides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat
from zipfile import ZipFile

from reportgen.model.cells import CellMark
from reportgen.read.marks import SheetMarks

_BLOCK = 1 << 18
_DIGITS = "0123456789"


class _Columns(dict[str, int]):
    """Letters → column number (A → 1), each worked out once."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


_COLUMNS = _Columns()


def scan_xlsx(archive: ZipFile, part: str, percent: Mapping[str, int], pictures: frozenset[str]) -> SheetMarks:
    """The marks of one sheet; `percent` and `pictures` as in XlsxParts.

    Raises expat.ExpatError and what zipfile raises for a broken part.
    """
    scanner = _Scanner(percent, pictures)
    with archive.open(part) as stream:
        for block in _without_blank_rows(iter(lambda: stream.read(_BLOCK), b"")):
            scanner.parser.Parse(block)
    scanner.parser.Parse(b"", True)
    return scanner.sheet


def _without_blank_rows(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Drops runs of whole rows in which no cell holds anything, so that a long styled tail is not parsed.

    Between two `<row ` of a block that has no `<v`, `<f` or `<is` there are only such rows. Files written otherwise
    (prefixed elements, rows without a number, comments or CDATA) go through whole.
    """
    first = next(blocks, b"")
    yield first
    head = first.find(b"<row ")
    numbered = head >= 0 and b' r="' in first[head : first.find(b">", head)]
    if not numbered or b'encoding="utf-16' in first[:200].lower():
        yield from blocks
        return
    for block in blocks:
        start, end = block.find(b"<row "), block.rfind(b"<row ")
        if start < end and not any(block.find(mark, start, end) >= 0 for mark in (b"<v", b"<f", b"<is", b"<!")):
            block = block[:start] + block[end:]
        yield block


class _Scanner:
    """Expat handlers. Bound to the prefix that the root element uses; text is collected only where it matters."""

    def __init__(self, percent: Mapping[str, int], pictures: frozenset[str]) -> None:
        self.sheet = SheetMarks()
        self.percent = percent
        self.pictures = pictures
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self.row = 0
        self.column = 0
        self.style = ""
        self.kind = ""
        self.image = False
        self.uncalculated = False
        self.text: list[str] = []

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        prefix = name[: -len("worksheet")] if name.endswith("worksheet") else ""
        self.c, self.v, self.f, self.r, self.i = (prefix + local for local in ("c", "v", "f", "row", "is"))
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.c:
            reference = attributes.get("r")
            self.column = _COLUMNS[reference.rstrip(_DIGITS)] if reference else self.column + 1
            self.style = attributes.get("s", "")
            self.kind = attributes.get("t", "")
            self.image = attributes.get("vm") in self.pictures
        elif name == self.v or name == self.i:
            self._value()
        elif name == self.r:
            number = attributes.get("r")
            self.row = int(number) if number else self.row + 1
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif name == self.f:
            self._formula()

    def _value(self) -> None:
        sheet = self.sheet
        sheet.last_row = self.row
        if self.column > sheet.last_column:
            sheet.last_column = self.column
        if self.kind == "e" or self.uncalculated:
            self._collect(self._value_end)
        elif self.style in self.percent and self.kind in ("", "n"):
            sheet.percent(self.row, self.column, self.percent[self.style])

    def _formula(self) -> None:
        self.sheet.last_row = max(self.sheet.last_row, self.row)
        self.sheet.last_column = max(self.sheet.last_column, self.column)
        self.sheet.marks[self.row, self.column] = CellMark.UNCALCULATED
        self.uncalculated = True
        self._collect(self._formula_end)

    def _collect(self, end: Callable[[str], None]) -> None:
        self.text = []
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EndElementHandler = end

    def _collected(self) -> str:
        self.parser.CharacterDataHandler = None
        return "".join(self.text)

    def _formula_end(self, _name: str) -> None:
        """A value that follows takes the mark away again; the end of the cell leaves it."""
        self.image = self.image or "DISPIMG(" in self._collected()
        self.parser.EndElementHandler = self._cell_end

    def _cell_end(self, _name: str) -> None:
        if self.image and self.uncalculated:
            self.sheet.marks[self.row, self.column] = CellMark.PICTURE
        self.uncalculated = False
        self.parser.EndElementHandler = None

    def _value_end(self, _name: str) -> None:
        text = self._collected()
        place = (self.row, self.column)
        was_formula, self.uncalculated = self.uncalculated, False
        self.parser.EndElementHandler = None
        if was_formula and (text or self.kind == "str"):
            del self.sheet.marks[place]
        if self.image:
            # Excel keeps a picture placed in a cell as a rich value behind #VALUE!, WPS as =DISPIMG(…).
            self.sheet.marks[place] = CellMark.PICTURE
        elif self.kind == "e":
            self.sheet.error(self.row, self.column, text)
        elif was_formula and text and self.style in self.percent and self.kind in ("", "n"):
            self.sheet.percent(self.row, self.column, self.percent[self.style])
