"""The .xlsx package (ECMA-376 part 2): where its parts lie, and what the sheets refer to in them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from reportgen.read.marks import PERCENT_FORMATS, percent_decimals

_BLOCK = 1 << 18
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
# Structures of rich values ([MS-XLSX] 2.3.6) that are pictures; errors and linked data are others.
_PICTURES = frozenset({"_localImage", "_webimage"})
# How a part in UTF-16 begins: with its mark, or with < at once.
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_WORKBOOK = "xl/workbook.xml"


class Relation(NamedTuple):
    """What a part refers to: the kind, the part's name in the archive, and the target as it was written."""

    kind: str
    part: str
    written: str


Relations = Mapping[str, Relation]


@dataclass(frozen=True, slots=True)
class XlsxParts:
    """Where the parts that matter lie, and what cells refer to by index (as text).

    `sheets`: name → part of every worksheet. `percent`: the cell styles that show per cent → the decimals they show.
    `pictures`: the rich values (vm) that are pictures in a cell. `strange`: calamine would not find all of the parts,
    or not understand their encoding; of the sheets' own SheetMarks tell.
    """

    sheets: Mapping[str, str]
    percent: Mapping[str, int]
    pictures: frozenset[str]
    strange: bool


def xlsx_parts(archive: ZipFile) -> XlsxParts:
    """Follows the package's relationships. Raises LookupError or ValueError for a missing or contradictory part,
    lxml.etree.LxmlError for broken XML."""
    package = Package(archive)
    listed = list(package.sheets())
    if len({name.casefold() for name, _ in listed}) < len(listed):
        raise ValueError("two sheets of one name")
    sheets = {name: relation.part for name, relation in listed if relation.kind == "worksheet"}
    parts = {relation.kind: relation.part for relation in package.relations.values()}
    # calamine reads the shared strings; read here first, a part whose checksum is wrong never gets that far.
    if "sharedStrings" in parts:
        package.drain(parts["sharedStrings"])
    percent, pictures = _percent_styles(package, parts.get("styles")), _pictures(package, parts)
    return XlsxParts(sheets, percent, pictures, package.strange)


class Package:
    """The parts of a package as they are asked for. Raises as `xlsx_parts`.

    `strange` becomes True when calamine would look for one elsewhere, or one is in UTF-16, which it does not know.
    """

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.strange = False
        offices = (relation for relation in self._relations("").values() if relation.kind == "officeDocument")
        self.workbook = next((relation.part for relation in offices), _WORKBOOK)
        self.relations = self._relations(self.workbook)
        self.strange = self.strange or self.workbook != _WORKBOOK or not all(map(_is_usual, self.relations.values()))
        self.tree_of_workbook = self.tree(self.workbook)

    def sheets(self) -> list[tuple[str, Relation]]:
        """Name and part of every sheet, in the order of the tabs."""
        tags = self.tree_of_workbook.iter("{*}sheet")
        return [(str(tag.get("name")), self.relations[ident(tag)]) for tag in tags]

    def tree(self, part: str) -> etree._Element:
        data = self.archive.read(part)
        self.strange = self.strange or is_utf16(data)
        return etree.fromstring(data, _SAFE)

    def head(self, part: str) -> bytes:
        with self.archive.open(part) as stream:
            return stream.read(2)

    def drain(self, part: str) -> None:
        """Reads a part to its end, for its checksum."""
        with self.archive.open(part) as stream:
            block = stream.read(_BLOCK)
            self.strange = self.strange or is_utf16(block)
            while block:
                block = stream.read(_BLOCK)

    def holds(self, part: str) -> bool:
        return part in self.archive.NameToInfo

    def _relations(self, part: str) -> Relations:
        folder, name = posixpath.split(part)
        path = self._stored(posixpath.join(folder, "_rels", f"{name}.rels"))
        if not self.holds(path):
            return {}
        found = {}
        for element in self.tree(path).iter("{*}Relationship"):
            written = element.get("Target", "")
            whole = posixpath.normpath(posixpath.join("/", folder, written.replace("\\", "/"))).lstrip("/")
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relation(kind, self._stored(whole), written)
        return found

    def _stored(self, part: str) -> str:
        """The part's name as it stands in the archive: names are the same in capitals and small letters."""
        names = self.archive.NameToInfo
        return part if part in names else next((name for name in names if name.lower() == part.lower()), part)


def is_utf16(data: bytes) -> bool:
    """True when a part that begins so is in UTF-16 (ECMA-376 part 2, 8.1.4 allows it beside UTF-8)."""
    return data[:2] in _UTF16


def ident(sheet: etree._Element) -> str:
    """The id of a sheet's relationship; its namespace differs between transitional and strict files."""
    return next((str(v) for k, v in sheet.attrib.items() if etree.QName(k).localname == "id"), "")


def _is_usual(relation: Relation) -> bool:
    """True when calamine finds the part: sheets by a simple target, the others where Excel puts them."""
    part = relation.part.lower()
    if relation.kind == "worksheet":
        return part in (f"xl/{relation.written}".lower(), relation.written.lstrip("/").lower())
    return relation.kind not in ("sharedStrings", "styles") or part == f"xl/{relation.kind}.xml".lower()


def _percent_styles(package: Package, part: str | None) -> dict[str, int]:
    if part is None or not package.holds(part):
        return {}
    tree = package.tree(part)
    decimals = {str(number): places for number, places in PERCENT_FORMATS.items()}
    for element in tree.iter("{*}numFmt"):
        places = percent_decimals(element.get("formatCode", ""))
        if places is not None:
            decimals[element.get("numFmtId", "")] = places
    formats = tree.find("{*}cellXfs")
    used = [] if formats is None else [xf.get("numFmtId", "") for xf in formats]
    return {str(index): decimals[number] for index, number in enumerate(used) if number in decimals}


def _pictures(package: Package, parts: Mapping[str, str]) -> frozenset[str]:
    """The numbers (from 1) of the value metadata that lead to a picture, over three parts ([MS-XLSX] 2.2.4)."""
    wanted = [parts.get(kind, "") for kind in ("sheetMetadata", "rdRichValue", "rdRichValueStructure")]
    if not all(map(package.holds, wanted)):
        return frozenset()
    metadata, values, structures = map(package.tree, wanted)
    kinds = [element.get("t") for element in structures.iter("{*}s")]
    shapes = [kinds[int(element.get("s", "0"))] for element in values.iter("{*}rv")]
    blocks = [int(element.get("i", "0")) for element in metadata.iter("{*}rvb")]
    cells = [int(element.get("v", "0")) for element in metadata.iterfind("{*}valueMetadata/{*}bk/{*}rc")]
    return frozenset(str(number) for number, block in enumerate(cells, 1) if shapes[blocks[block]] in _PICTURES)
