"""The .xlsx pass: one stream over the raw XML of each sheet (ECMA-376 part 1, 18.3) for what calamine hides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat
from zipfile import ZipFile

from reportgen.model.cells import CellMark, address
from reportgen.read.marks import SheetMarks

_BLOCK = 1 << 18
# As far as one must look in rows that are not blank to see it.
_GLANCE = 1 << 12
_DIGITS = "0123456789"
# Types of a cell that holds a number: t="n", or no type at all.
_NUMERIC = (None, "", "n")


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
    scanner.sheet.part = part
    with archive.open(part) as stream:
        blocks = iter(lambda: stream.read(_BLOCK), b"")
        for block in _without_blank_rows(blocks, scanner.sheet.blanks):
            scanner.parser.Parse(block)
    scanner.parser.Parse(b"", True)
    scanner.finish()
    return scanner.sheet


def _without_blank_rows(blocks: Iterator[bytes], blanks: list[range]) -> Iterator[bytes]:
    """Drops runs of whole rows in which no cell holds anything, so that a long styled tail is not parsed.

    `blanks` gets where they lie in the part. Once a comment, CDATA or the like has begun, a < need not be a tag: from
    there on everything goes through.
    """
    position, last, plain = 0, b"", True
    for block in blocks:
        run = _blank_run(block) if plain else range(0)
        if run:
            blanks.append(range(position + run.start, position + run.stop))
        piece = block[: run.start] + block[run.stop :] if run else block
        markup = last + piece if position else piece[len("<?xml") :]
        plain = plain and b"<!" not in markup and b"<?" not in markup
        position, last = position + len(block), piece[-1:]
        yield piece


def _blank_run(block: bytes) -> range:
    """From the first row that begins in the block to the last, if there are only rows and cells without content
    between, and the last one says its own number."""
    start, end = block.find(b"<row "), block.rfind(b"<row ", 0, block.rfind(b">"))
    if start >= end or block.find(b"<v", start, min(end, start + _GLANCE)) >= 0:
        return range(0)
    tags = sum(block.count(tag, start, end) for tag in (b"<c ", b"<row ", b"</"))
    numbered = b' r="' in block[end : block.find(b">", end) + 1]
    return range(start, end) if numbered and tags == block.count(b"<", start, end) else range(0)


class _Scanner:
    """Expat handlers, called for every element: a cell's attributes are kept, and looked at when it has content.

    Bound to the prefix that the root element uses; text is collected only where it matters.
    """

    def __init__(self, percent: Mapping[str, int], pictures: frozenset[str]) -> None:
        self.sheet = SheetMarks()
        self.percent = percent
        self.pictures = pictures
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self.row = 0
        self.cell: dict[str, str] = {}  # the attributes of the cell one is in or behind
        self.filled: dict[str, str] = {}  # those of the last cell that holds something
        self.letters: set[str] = set()  # of the columns that hold something
        self.dispimg = False
        self.uncalculated = False
        self.text: list[str] = []

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        prefix = name[: -len("worksheet")] if name.endswith("worksheet") else ""
        self.c, self.v, self.i, self.r, self.f = (prefix + local for local in ("c", "v", "is", "row", "f"))
        self.extension = prefix + "extLst"
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.c:
            if "r" not in attributes:  # it stands to the right of the one before
                attributes["r"] = address(self.row, _placed(self.cell, self.row)[1] + 1 if self.cell else 1)
            self.cell = attributes
        elif name == self.v or name == self.i:
            if self.cell:
                self._value(self.cell)
        elif name == self.r:
            self._row(attributes)
        elif name == self.f and self.cell:
            self._formula()
        elif name == self.extension:  # <f> in there is not a cell's
            self.cell = {}

    def _row(self, attributes: dict[str, str]) -> None:
        self._deepen()
        number = attributes.get("r")
        self.row = int(number) if number else self.row + 1
        self.cell = {}
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.add(self.row)

    def _deepen(self) -> None:
        """The last cell's own address tells how far down the sheet goes: calamine makes room for that."""
        if self.filled:
            self.sheet.last_row = max(self.sheet.last_row, _placed(self.filled, self.row)[0])

    def finish(self) -> None:
        """To be called at the end of the part: how far the sheet goes."""
        self._deepen()
        self.sheet.last_column = max((_COLUMNS[letters] for letters in self.letters), default=0)

    def _value(self, cell: dict[str, str]) -> None:
        self.filled = cell
        self.letters.add(cell["r"].rstrip(_DIGITS))
        if self.uncalculated or cell.get("t") == "e":
            self._collect(self._value_end)
        elif cell.get("s") in self.percent and cell.get("t") in _NUMERIC:
            self._percent()

    def _percent(self) -> None:
        row, column = _placed(self.cell, self.row)
        self.sheet.percent(row, column, self.percent[self.cell["s"]])

    def _formula(self) -> None:
        self.filled = self.cell
        self.letters.add(self.cell["r"].rstrip(_DIGITS))
        self.sheet.marks[_placed(self.cell, self.row)] = CellMark.UNCALCULATED
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
        self.dispimg = "DISPIMG(" in self._collected()
        self.parser.EndElementHandler = self._cell_end

    def _cell_end(self, _name: str) -> None:
        if self._is_picture() and self.uncalculated:
            self.sheet.marks[_placed(self.cell, self.row)] = CellMark.PICTURE
        self.uncalculated = self.dispimg = False
        self.parser.EndElementHandler = None

    def _value_end(self, _name: str) -> None:
        text, place = self._collected(), _placed(self.cell, self.row)
        was_formula, self.uncalculated = self.uncalculated, False
        self.parser.EndElementHandler = None
        kind = self.cell.get("t")
        if was_formula and (text or kind == "str"):
            del self.sheet.marks[place]
        if self._is_picture():
            # Excel keeps a picture placed in a cell as a rich value behind #VALUE!, WPS as =DISPIMG(…).
            self.sheet.marks[place] = CellMark.PICTURE
        elif kind == "e":
            self.sheet.error(*place, text)
        elif was_formula and text and self.cell.get("s") in self.percent and kind in _NUMERIC:
            self._percent()
        self.dispimg = False

    def _is_picture(self) -> bool:
        return self.dispimg or self.cell.get("vm") in self.pictures


def _placed(cell: Mapping[str, str], row: int) -> tuple[int, int]:
    """Row and column by the cell's own address, where it has a row number."""
    reference = cell["r"]
    letters = reference.rstrip(_DIGITS)
    return int(reference[len(letters) :] or row), _COLUMNS[letters]
