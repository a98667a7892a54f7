"""The .xlsx pass: one stream over the raw XML of each sheet (ECMA-376 part 1, 18.3) for what calamine hides."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat
from zipfile import ZipFile

from lxml import etree

from reportgen.model.cells import CellMark
from reportgen.read.marks import PERCENT_FORMATS, SheetMarks, is_percent

_BLOCK = 1 << 18
_DIGITS = "0123456789"
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


class _Columns(dict[str, int]):
    """Letters → column number (A → 1), each worked out once."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


_COLUMNS = _Columns()


@dataclass(frozen=True, slots=True)
class XlsxParts:
    """Where the parts that matter lie: sheet name → part name, and the style indices (as text) that show per cent."""

    sheets: dict[str, str]
    percent: frozenset[str]


def xlsx_parts(archive: ZipFile) -> XlsxParts:
    """Follows the package's relationships. Raises KeyError for a missing part, lxml.etree.LxmlError for broken XML."""
    root = _relations(archive, "")
    workbook = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    relations = _relations(archive, workbook)
    sheets = {}
    for element in _tree(archive, workbook).iter("{*}sheet"):
        # The id's namespace differs between transitional and strict files.
        ident = next((str(v) for k, v in element.attrib.items() if etree.QName(k).localname == "id"), "")
        kind, target = relations.get(ident, ("", ""))
        if kind == "worksheet":
            sheets[str(element.get("name"))] = target
    styles = next((target for kind, target in relations.values() if kind == "styles"), None)
    # calamine reads the shared strings; read here first, a part whose checksum is wrong never gets that far.
    for kind, target in relations.values():
        if kind == "sharedStrings":
            _drain(archive, target)
    return XlsxParts(sheets, _percent_styles(archive, styles))


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.NameToInfo:
        return {}
    found = {}
    for element in _tree(archive, path).iter("{*}Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], target)
    return found


def _tree(archive: ZipFile, part: str) -> etree._Element:
    return etree.fromstring(archive.read(part), _SAFE)


def _drain(archive: ZipFile, part: str) -> None:
    with archive.open(part) as stream:
        while stream.read(_BLOCK):
            pass


def _percent_styles(archive: ZipFile, part: str | None) -> frozenset[str]:
    if part is None or part not in archive.NameToInfo:
        return frozenset()
    tree = _tree(archive, part)
    custom = {e.get("numFmtId") for e in tree.iter("{*}numFmt") if is_percent(e.get("formatCode", ""))}
    percent = custom | {str(number) for number in PERCENT_FORMATS}
    formats = tree.find("{*}cellXfs")
    return frozenset(
        str(index) for index, xf in enumerate([] if formats is None else formats) if xf.get("numFmtId") in percent
    )


def scan_xlsx(archive: ZipFile, part: str, percent: frozenset[str]) -> SheetMarks:
    """The marks of one sheet. Raises expat.ExpatError and what zipfile raises for a broken part."""
    scanner = _Scanner(percent)
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

    def __init__(self, percent: frozenset[str]) -> None:
        self.sheet = SheetMarks()
        self.percent = percent
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
            self.image = "vm" in attributes
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
            sheet.marks[self.row, self.column] = CellMark.PERCENT

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
            self.sheet.marks[place] = CellMark.PERCENT
