"""A package as calamine wants it, made of one that it would refuse or misread."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from reportgen.read.xlsx.package import Package, ident, is_utf16

_BLOCK = 1 << 18
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KEPT = ("worksheet", "styles", "sharedStrings")


def plain_package(archive: ZipFile, blanks: Mapping[str, Sequence[range]]) -> bytes:
    """The worksheets alone, every part where Excel puts it, in UTF-8: for packages with macro sheets, parts in other
    folders, relative targets, UTF-16. `blanks`: part → its bytes to leave out. Raises as `xlsx_parts`."""
    package = Package(archive)
    tree = package.tree_of_workbook
    for element in list(tree.iter("{*}sheet")):
        parent = element.getparent()
        if parent is not None and package.relations[ident(element)].kind != "worksheet":
            parent.remove(element)
    kept = {name: relation for name, relation in package.relations.items() if relation.kind in _KEPT}
    places = {
        name: f"worksheets/sheet{number}.xml" if relation.kind == "worksheet" else f"{relation.kind}.xml"
        for number, (name, relation) in enumerate(kept.items(), 1)
    }
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as plain:
        plain.writestr("_rels/.rels", _relations_xml({"rId1": ("officeDocument", "xl/workbook.xml")}))
        plain.writestr("xl/workbook.xml", etree.tostring(tree, encoding="UTF-8"))
        listed = {name: (relation.kind, places[name]) for name, relation in kept.items()}
        plain.writestr("xl/_rels/workbook.xml.rels", _relations_xml(listed))
        for name, relation in kept.items():
            _copy(package, relation.part, plain, f"xl/{places[name]}", blanks.get(relation.part, ()))
    return buffer.getvalue()


def _copy(package: Package, part: str, plain: ZipFile, name: str, blanks: Sequence[range]) -> None:
    if is_utf16(package.head(part)):
        plain.writestr(name, etree.tostring(package.tree(part), encoding="UTF-8"))
        return
    with package.archive.open(part) as source, plain.open(name, "w", force_zip64=True) as target:
        for blank in blanks:
            target.write(source.read(blank.start - source.tell()))
            source.seek(blank.stop)
        shutil.copyfileobj(source, target, _BLOCK)


def _relations_xml(relations: Mapping[str, tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]
    for name, (kind, target) in relations.items():
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=name, Type=f"{_TYPES}/{kind}", Target=target)
    return etree.tostring(root)
