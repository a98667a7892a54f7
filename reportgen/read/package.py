"""The .xlsx package (ECMA-376 part 2): where its parts lie, and what the sheets refer to in them."""

from __future__ import annotations

import io
import posixpath
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from reportgen.read.marks import PERCENT_FORMATS, percent_decimals

_BLOCK = 1 << 18
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# Structures of rich values ([MS-XLSX] 2.3.6) that are pictures; errors and linked data are others.
_PICTURES = frozenset({"_localImage", "_webimage"})

Relations = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class XlsxParts:
    """Where the parts that matter lie, and what cells refer to by index (as text).

    `sheets`: name → part of every worksheet. `percent`: the cell styles that show per cent → the decimals they show.
    `pictures`: the rich values (vm) that are pictures in a cell.
    """

    sheets: Mapping[str, str]
    percent: Mapping[str, int]
    pictures: frozenset[str]


def xlsx_parts(archive: ZipFile) -> XlsxParts:
    """Follows the package's relationships. Raises LookupError or ValueError for a missing or contradictory part,
    lxml.etree.LxmlError for broken XML."""
    workbook, relations = _workbook(archive)
    names = [str(element.get("name")) for element in _tree(archive, workbook).iter("{*}sheet")]
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError("two sheets of one name")
    sheets = {}
    for element in _tree(archive, workbook).iter("{*}sheet"):
        kind, target = relations[_ident(element)]
        if kind == "worksheet":
            sheets[str(element.get("name"))] = target
    parts = dict(relations.values())
    # calamine reads the shared strings; read here first, a part whose checksum is wrong never gets that far.
    if "sharedStrings" in parts:
        _drain(archive, parts["sharedStrings"])
    return XlsxParts(sheets, _percent_styles(archive, parts.get("styles")), _pictures(archive, parts))


def plain_package(archive: ZipFile, blanks: Mapping[str, Sequence[range]]) -> bytes:
    """The worksheets alone, every part where Excel puts it: what calamine opens when it refuses the package as it is
    (macro sheets, parts in other folders, relative targets). `blanks`: part → its bytes to leave out. Raises as
    `xlsx_parts`."""
    workbook, relations = _workbook(archive)
    tree = _tree(archive, workbook)
    for element in list(tree.iter("{*}sheet")):
        parent = element.getparent()
        if parent is not None and relations[_ident(element)][0] != "worksheet":
            parent.remove(element)
    kept = {ident: part for ident, part in relations.items() if part[0] in ("worksheet", "styles", "sharedStrings")}
    places = {
        ident: f"worksheets/sheet{number}.xml" if kind == "worksheet" else f"{kind}.xml"
        for number, (ident, (kind, _)) in enumerate(kept.items(), 1)
    }
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as plain:
        plain.writestr("_rels/.rels", _relations_xml({"rId1": ("officeDocument", "xl/workbook.xml")}))
        plain.writestr("xl/workbook.xml", etree.tostring(tree))
        listed = {ident: (kind, places[ident]) for ident, (kind, _) in kept.items()}
        plain.writestr("xl/_rels/workbook.xml.rels", _relations_xml(listed))
        for ident, (_, part) in kept.items():
            with archive.open(part) as source, plain.open(f"xl/{places[ident]}", "w", force_zip64=True) as target:
                for blank in blanks.get(part, ()):
                    target.write(source.read(blank.start - source.tell()))
                    source.seek(blank.stop)
                shutil.copyfileobj(source, target, _BLOCK)
    return buffer.getvalue()


def _workbook(archive: ZipFile) -> tuple[str, Relations]:
    """The workbook's part and its relationships: id → (type, target)."""
    root = _relations(archive, "")
    part = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    return part, _relations(archive, part)


def _relations(archive: ZipFile, part: str) -> Relations:
    folder, name = posixpath.split(part)
    path = _stored(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    if path not in archive.NameToInfo:
        return {}
    found = {}
    for element in _tree(archive, path).iter("{*}Relationship"):
        target = element.get("Target", "").replace("\\", "/")
        whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], _stored(archive, whole))
    return found


def _relations_xml(relations: Relations) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]
    for ident, (kind, target) in relations.items():
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=ident, Type=f"{_TYPES}/{kind}", Target=target)
    return etree.tostring(root)


def _stored(archive: ZipFile, part: str) -> str:
    """The part's name as it stands in the archive: names are the same in capitals and small letters."""
    if part in archive.NameToInfo:
        return part
    return next((name for name in archive.NameToInfo if name.lower() == part.lower()), part)


def _ident(sheet: etree._Element) -> str:
    # The id's namespace differs between transitional and strict files.
    return next((str(v) for k, v in sheet.attrib.items() if etree.QName(k).localname == "id"), "")


def _tree(archive: ZipFile, part: str) -> etree._Element:
    return etree.fromstring(archive.read(part), _SAFE)


def _drain(archive: ZipFile, part: str) -> None:
    with archive.open(part) as stream:
        while stream.read(_BLOCK):
            pass


def _percent_styles(archive: ZipFile, part: str | None) -> dict[str, int]:
    if part is None or part not in archive.NameToInfo:
        return {}
    tree = _tree(archive, part)
    decimals = {str(number): places for number, places in PERCENT_FORMATS.items()}
    for element in tree.iter("{*}numFmt"):
        places = percent_decimals(element.get("formatCode", ""))
        if places is not None:
            decimals[element.get("numFmtId", "")] = places
    formats = tree.find("{*}cellXfs")
    used = [] if formats is None else [xf.get("numFmtId", "") for xf in formats]
    return {str(index): decimals[number] for index, number in enumerate(used) if number in decimals}


def _pictures(archive: ZipFile, parts: Mapping[str, str]) -> frozenset[str]:
    """The numbers (from 1) of the value metadata that lead to a picture, over three parts ([MS-XLSX] 2.2.4)."""
    wanted = [parts.get(kind, "") for kind in ("sheetMetadata", "rdRichValue", "rdRichValueStructure")]
    if any(part not in archive.NameToInfo for part in wanted):
        return frozenset()
    metadata, values, structures = (_tree(archive, part) for part in wanted)
    kinds = [element.get("t") for element in structures.iter("{*}s")]
    shapes = [kinds[int(element.get("s", "0"))] for element in values.iter("{*}rv")]
    blocks = [int(element.get("i", "0")) for element in metadata.iter("{*}rvb")]
    cells = [int(element.get("v", "0")) for element in metadata.iterfind("{*}valueMetadata/{*}bk/{*}rc")]
    return frozenset(str(number) for number, block in enumerate(cells, 1) if shapes[blocks[block]] in _PICTURES)
