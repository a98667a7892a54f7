"""The zip around OOXML parts: read with care, written with untouched parts copied as they are, still compressed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from lxml import etree

from reportgen.diagnostics import Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.types import TemplateError
from reportgen.template.package.archive import Entry, Writer, members, read_bytes
from reportgen.template.package.guises import guise_of_zip

CONTENT_TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIPS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE_DOCUMENT = "/officeDocument"
_MAX_XML = 200_000_000  # bytes of one part that is read: as a tree it takes several times as much
_LONG_TEXT = 10_000_000  # bytes: longer texts only a parser for huge trees takes
_DEPTH = "depth"  # what libxml2 says of elements too deep in one another
_DOCTYPE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Package:
    """An OOXML file held in memory, compressed as it came. Immutable and picklable.

    `folder` is where it lay, None for what came from memory.
    """

    name: str
    _entries: Mapping[str, Entry]
    folder: Path | None = None
    _types: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def open(cls, source: Path | str | bytes | BinaryIO, name: str | None = None) -> Package:
        """Reads a package from a path, bytes or a binary file; `name` is what diagnostics call it.

        Raises TemplateError when it is not a readable OOXML file: missing, encrypted, damaged, or a zip bomb.
        """
        label = name or (Path(source).name if isinstance(source, (str, Path)) else "模板")
        place = Place(file=label)
        entries = members(read_bytes(source, place), place)
        package = cls(label, entries, Path(source).parent if isinstance(source, (str, Path)) else None)
        if CONTENT_TYPES not in entries:
            raise TemplateError([guise_of_zip(entries, package.read, place)])
        return package

    def names(self) -> tuple[str, ...]:
        """Entry names in the order of the zip."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of one entry. KeyError when there is none; TemplateError when it is damaged."""
        data = self._entries[name].content()
        if data is None:
            raise TemplateError([codes.DAMAGED.at(Place(file=self.name), reason=f"其中的 {name} 读不出来")])
        return data

    def tree(self, name: str) -> etree._Element:
        """The root of an XML entry. TemplateError for XML that is damaged or brings a DOCTYPE."""
        return parse(self.read(name), name, self.name)

    def content_type(self, name: str) -> str:
        """The content type of an entry by [Content_Types].xml, empty when it has none."""
        return self.content_types().get(name, "")

    def content_types(self) -> Mapping[str, str]:
        """Entry name → content type, for every entry that has one."""
        if not self._types:  # asked for at every filling
            root = self.tree(CONTENT_TYPES)
            defaults = _pairs(root, "Default", "Extension")
            exact = _pairs(root, "Override", "PartName")
            for name in self._entries:
                if kind := exact.get(f"/{name}".lower()) or defaults.get(_extension(name)):
                    self._types[name] = kind
        return MappingProxyType(self._types)

    def related(self, name: str = "") -> tuple[Relationship, ...]:
        """The relationships of an entry; of the package itself when `name` is empty."""
        rels = relationships_name(name)
        if rels not in self._entries:
            return ()
        nodes = self.tree(rels).iter(f"{RELATIONSHIPS_NS}Relationship")
        return tuple(_relationship(node, posixpath.dirname(name)) for node in nodes)

    def main_part(self) -> str:
        """The entry that holds the document or workbook. TemplateError when the file says none."""
        for rel in self.related():
            if rel.kind.endswith(_OFFICE_DOCUMENT) and rel.target in self._entries:
                return rel.target
        raise TemplateError([guise_of_zip(self._entries, self.read, Place(file=self.name))])

    def write(
        self,
        out: BinaryIO,
        replaced: Mapping[str, bytes | Iterable[bytes]] | None = None,
        removed: frozenset[str] = frozenset(),
        *,
        modified: date | None = None,
        late: Callable[[], Mapping[str, bytes]] | None = None,
        waiting: frozenset[str] = frozenset(),
    ) -> None:
        """Writes the package to `out` (seekable): entries in `replaced` anew, the rest byte for byte as compressed.

        `late` is asked once everything else is written: what it gives is added, or takes the place of an entry of
        `waiting`. The directory lists old names in their old order, then new ones. Every entry carries the date
        `modified`. The same input gives the same bytes.
        """
        changed = dict(replaced or {})
        writer = Writer(out, modified)
        for name, entry in self._entries.items():
            if name in waiting or name in removed:
                continue
            if name in changed:
                writer.deflate(name, changed.pop(name))
            else:
                writer.copy(name, entry)
        for name in [name for name in changed if name not in waiting]:
            writer.deflate(name, changed.pop(name))
        changed |= late() if late else {}
        for name in sorted(waiting & self._entries.keys() | changed.keys()):
            if name in changed:
                writer.deflate(name, changed[name])
            elif name not in removed:
                writer.copy(name, self._entries[name])
        writer.close(self._entries)


@dataclass(frozen=True, slots=True)
class Relationship:
    """`target` is an entry name, or an address when `external`."""

    id: str
    kind: str
    target: str
    external: bool = False


def _relationship(node: etree._Element, folder: str) -> Relationship:
    target, external = node.get("Target") or "", node.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(node.get("Id") or "", node.get("Type") or "", target, external)


def _pairs(root: etree._Element, element: str, key: str) -> dict[str, str]:
    return {(node.get(key) or "").lower(): node.get("ContentType") or "" for node in root.iter(f"{_TYPES_NS}{element}")}


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def relationships_name(name: str) -> str:
    """word/document.xml → word/_rels/document.xml.rels; "" → _rels/.rels."""
    folder, _, base = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


def parse(data: bytes, name: str, file: str) -> etree._Element:
    """Parses a part strictly: no entities, no network, no DOCTYPE. TemplateError says which part is damaged."""
    place = Place(file=file)
    if len(data) > _MAX_XML:
        raise TemplateError([codes.BOMB.at(place, size=len(data) // 1_000_000)])
    if _DOCTYPE.match(data):  # before anything is made of what it declares
        raise TemplateError([codes.DOCTYPE.at(place, part=name)])
    try:
        root = _root(data)
    except etree.XMLSyntaxError as error:
        wrong = "一层套一层，套得太深" if _DEPTH in str(error) else "不是完整的 XML"
        raise TemplateError([codes.DAMAGED.at(place, reason=f"其中的 {name} {wrong}")]) from error
    docinfo: Any = root.getroottree().docinfo  # its `doctype` is missing from the stubs
    if docinfo.doctype:
        raise TemplateError([codes.DOCTYPE.at(place, part=name)])
    return root


def _root(data: bytes) -> etree._Element:
    """Long texts are allowed, elements one in another no deeper than libxml2 allows (256)."""
    try:
        return etree.fromstring(data, _parser(huge_tree=False))
    except etree.XMLSyntaxError as error:
        if _DEPTH in str(error) or len(data) < _LONG_TEXT:
            raise
        return etree.fromstring(data, _parser(huge_tree=True))


def _parser(huge_tree: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge_tree)


def with_content_type(package: Package, types: bytes | None, name: str, content_type: str) -> bytes:
    """[Content_Types].xml with an Override for `name`; starts from `types`, or from the package's own."""
    root = parse(types, CONTENT_TYPES, package.name) if types else package.tree(CONTENT_TYPES)
    part = f"/{name}"
    for override in root.iterfind(f"{_TYPES_NS}Override"):
        if (override.get("PartName") or "").lower() == part.lower():
            override.set("ContentType", content_type)
            break
    else:
        etree.SubElement(root, f"{_TYPES_NS}Override", PartName=part, ContentType=content_type)
    return serialise(root)


def with_relationship(package: Package, rels: bytes | None, source: str, kind: str, target: str) -> tuple[bytes, str]:
    """The relationships of `source` ("" = the package) with one more, and its id; `target` relative or absolute."""
    name = relationships_name(source)
    if rels:
        root = parse(rels, name, package.name)
    elif name in package:
        root = package.tree(name)
    else:
        namespaces: dict[Any, str] = {None: RELATIONSHIPS_NS[1:-1]}
        root = etree.Element(f"{RELATIONSHIPS_NS}Relationships", nsmap=namespaces)
    taken = {rel.get("Id") for rel in root}
    identity = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(root, f"{RELATIONSHIPS_NS}Relationship", Id=identity, Type=kind, Target=target)
    return serialise(root), identity


def serialise(root: etree._Element) -> bytes:
    """A part's bytes with the declaration Office writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
