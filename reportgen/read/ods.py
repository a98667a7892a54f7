"""The .ods pass (OpenDocument 1.3, part 3): error cells, percentages, merges and hidden rows of every sheet."""

from __future__ import annotations

from xml.parsers import expat
from zipfile import ZipFile

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import read as codes
from reportgen.model.cells import CellMark, Merge, address
from reportgen.read.marks import SheetMarks

_BLOCK = 1 << 18
# One marked cell may be repeated over the whole sheet; that many are never meant.
MAX_REPEATED = 2_000_000
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_NUMBER = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0 "
_DEFAULT_STYLE = _TABLE + "default-cell-style-name"
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"


def scan_ods(archive: ZipFile) -> list[SheetMarks]:
    """The marks of every sheet, in order.

    Raises expat.ExpatError and what zipfile raises for a broken part; FaultError when a cell repeats millions of times.
    """
    styles = _Styles()
    if "styles.xml" in archive.NameToInfo:  # the named ones, from which those of content.xml derive
        named = expat.ParserCreate(namespace_separator=" ")
        named.StartElementHandler = styles.start
        _parse(archive, "styles.xml", named)
    scanner = _Scanner(styles)
    _parse(archive, "content.xml", scanner.parser)
    return scanner.sheets


def _parse(archive: ZipFile, part: str, parser: expat.XMLParserType) -> None:
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            parser.Parse(block)
    parser.Parse(b"", True)


class _Styles:
    """The decimals of cell styles that show per cent, by way of a number style or of the style they derive from."""

    def __init__(self) -> None:
        self.decimals: dict[str, int] = {}  # of percentage styles
        self.numbers: dict[str, str] = {}  # cell style → number style
        self.parents: dict[str, str] = {}
        self.percentage = ""  # the number style one is in

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _NUMBER + "percentage-style":
            self.percentage = attributes.get(_STYLE + "name", "")
        elif name == _NUMBER + "number" and self.percentage:
            self.decimals[self.percentage] = int(attributes.get(_NUMBER + "decimal-places", "0"))
            self.percentage = ""
        elif name == _STYLE + "style" and attributes.get(_STYLE + "family") == "table-cell":
            style = attributes.get(_STYLE + "name", "")
            self.numbers[style] = attributes.get(_STYLE + "data-style-name", "")
            self.parents[style] = attributes.get(_STYLE + "parent-style-name", "")

    def of(self, style: str) -> int | None:
        """None when it is not known."""
        for _ in range(len(self.parents) + 1):
            if number := self.numbers.get(style):
                return self.decimals.get(number)
            style = self.parents.get(style, "")
        return None


class _Scanner:
    """Expat handlers. Repeated cells and rows are counted, never unrolled, unless they are marked."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.sheets: list[SheetMarks] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.name = ""
        self.row = 0
        self.rows = 1
        self.column = 0
        self.row_style = ""
        self.column_styles: list[tuple[int, str]] = []  # last column, style
        self.depth = 0
        self.error: list[str] | None = None
        self.error_at = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(SheetMarks())
                self.name = attributes.get(_TABLE + "name", "")
                self.row, self.rows, self.column_styles = 0, 1, []
        elif self.depth != 1:
            self.styles.start(name, attributes)
        elif name == _TABLE + "table-column":
            self._column(attributes)
        elif name == _TABLE + "table-row":
            self._row(attributes)
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._cell(attributes)
        elif name == _PARAGRAPH and self.error is not None:
            self.parser.CharacterDataHandler = self.error.append

    def _column(self, attributes: dict[str, str]) -> None:
        last = self.column_styles[-1][0] if self.column_styles else 0
        last += int(attributes.get(_TABLE + "number-columns-repeated", "1"))
        self.column_styles.append((last, attributes.get(_DEFAULT_STYLE, "")))

    def _row(self, attributes: dict[str, str]) -> None:
        self.row += 1
        self.row_style = attributes.get(_DEFAULT_STYLE, "")
        self.rows = int(attributes.get(_TABLE + "number-rows-repeated", "1"))
        self.column = 1
        hidden = attributes.get(_TABLE + "visibility") in ("collapse", "filter")
        if hidden and self.rows <= 100_000:  # beyond that it is the empty tail of the sheet
            self.sheets[-1].hidden_rows.update(range(self.row, self.row + self.rows))

    def _cell(self, attributes: dict[str, str]) -> None:
        sheet, kind = self.sheets[-1], attributes.get(_OFFICE + "value-type")
        repeated = int(attributes.get(_TABLE + "number-columns-repeated", "1"))
        if kind or _TABLE + "formula" in attributes:
            last = self.column + repeated - 1
            sheet.last_row = max(sheet.last_row, self.row + self.rows - 1)
            sheet.last_column = max(sheet.last_column, last)
            self._mark(sheet, kind, attributes, repeated)
        down = int(attributes.get(_TABLE + "number-rows-spanned", "1"))
        across = int(attributes.get(_TABLE + "number-columns-spanned", "1"))
        if down > 1 or across > 1:
            sheet.merges.append(Merge(self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += repeated

    def _mark(self, sheet: SheetMarks, kind: str | None, attributes: dict[str, str], repeated: int) -> None:
        if attributes.get(_CALCEXT + "value-type") == "error":
            self.error, self.error_at = [], self.column
            return
        if kind not in (None, "percentage"):
            return
        if self.rows * repeated > MAX_REPEATED:
            stray = address(sheet.last_row, sheet.last_column)
            raise FaultError(codes.STRAY_CELL, sheet=self.name, cell=stray)
        mark = CellMark.PERCENT if kind else CellMark.UNCALCULATED
        decimals = self._decimals(attributes) if kind else None
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + repeated):
                sheet.marks[row, column] = mark
                if decimals is not None:
                    sheet.decimals[row, column] = decimals

    def _decimals(self, attributes: dict[str, str]) -> int | None:
        """Those that the cell shows: by its own style, its row's, or its column's (19.615)."""
        by_column = (style for last, style in self.column_styles if last >= self.column)
        style = attributes.get(_TABLE + "style-name") or self.row_style or next(by_column, "")
        return self.styles.of(style)

    def _end(self, name: str) -> None:
        if name == _TABLE + "table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif name == _TABLE + "table-row":
            self.row += self.rows - 1
        elif name == _PARAGRAPH:
            self.parser.CharacterDataHandler = None
        elif name == _TABLE + "table-cell" and self.error is not None:
            self.sheets[-1].error(self.row, self.error_at, "".join(self.error))
            self.error = None
