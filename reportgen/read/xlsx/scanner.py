"""The parser's part of a sheet (ECMA-376 part 1, 18.3): what calamine hides of rows that are not plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from reportgen.model.cells import CellMark, address
from reportgen.read.marks import SheetMarks
from reportgen.read.xlsx.columns import COLUMNS

_DIGITS = "0123456789"
# Types of a cell that holds a number: t="n", or no type at all.
_NUMERIC = (None, "", "n")


class SheetScanner:
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
        self.in_rows = False  # since <sheetData>, where plain rows may stand
        self.cell: dict[str, str] = {}  # the attributes of the cell one is in or behind
        self.filled: dict[str, str] = {}  # those of the last cell that holds something
        self.letters: set[str] = set()  # of the columns that hold something
        self.dispimg = False
        self.uncalculated = False
        self.text: list[str] = []

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        prefix = name[: -len("worksheet")] if name.endswith("worksheet") else ""
        self.parser.StartElementHandler = self._handler(prefix)

    def _handler(self, prefix: str) -> Callable[[str, dict[str, str]], None]:
        """What is called for every element: a function, since methods and attributes take a third longer."""
        c, v, i, r, f, x = (prefix + local for local in ("c", "v", "is", "row", "f", "extLst"))
        letters, percent, content = self.letters, self.percent, (v, i)

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == c:
                if "r" not in attributes:
                    attributes["r"] = self._next()
                self.cell = attributes
            elif name in content:
                if cell := self.cell:
                    self.filled = cell
                    letters.add(cell["r"].rstrip(_DIGITS))
                    if self.uncalculated or cell.get("t") == "e":
                        self._collect(self._value_end)
                    elif cell.get("s") in percent and cell.get("t") in _NUMERIC:
                        self._percent()
            elif name == r:
                self._row(attributes)
            elif name == f and self.cell:
                self._formula()
            elif name == x:  # <f> in there is not a cell's
                self.cell = {}
            elif name == "sheetData":
                self.in_rows = True

        return start

    def _next(self) -> str:
        """The address of a cell that does not say it: to the right of the one before."""
        return address(self.row, _placed(self.cell, self.row)[1] + 1 if self.cell else 1)

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

    def passed(self, row: int) -> None:
        """Takes note that rows as far as this one were read without the parser."""
        self._deepen()
        self.row, self.cell, self.filled = row, {}, {}

    def finish(self) -> None:
        """To be called at the end of the part: how far the sheet goes. Raises expat.ExpatError if there is no end."""
        self.parser.Parse(b"", True)
        self._deepen()
        self.sheet.last_column = max((self.sheet.last_column, *(COLUMNS[letters] for letters in self.letters)))

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
    return int(reference[len(letters) :] or row), COLUMNS[letters]
