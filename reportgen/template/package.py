"""The zip around OOXML parts: read with care, written with untouched parts copied as they are, still compressed."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from reportgen.diagnostics import Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.types import TemplateError

CONTENT_TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIPS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE_DOCUMENT = "/officeDocument"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EPOCH = date(1980, 1, 1)  # the first day a zip entry can carry
_MAX_BYTES = 1_000_000_000
_MAX_RATIO = 200
_RATIO_MATTERS = 50_000_000
_MAX_ENTRIES = 20_000
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class _Entry:
    """One member as stored: its compressed bytes and what the zip directory says of them."""

    method: int
    crc: int
    size: int
    stored: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """An OOXML file held in memory, compressed as it came. Immutable and picklable."""

    name: str
    _entries: Mapping[str, _Entry]

    @classmethod
    def open(cls, source: Path | str | bytes | BinaryIO, name: str | None = None) -> Package:
        """Reads a package from a path, bytes or a binary file; `name` is what diagnostics call it.

        Raises TemplateError when it is not a readable OOXML file: missing, encrypted, damaged, or a zip bomb.
        """
        label = name or (Path(source).name if isinstance(source, (str, Path)) else "模板")
        data = _bytes(source, Place(file=label))
        return cls(label, _members(data, Place(file=label)))

    def names(self) -> tuple[str, ...]:
        """Entry names in the order of the zip."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of one entry. KeyError when there is none; TemplateError when it is damaged."""
        entry = self._entries[name]
        place = Place(file=self.name)
        try:
            data = (
                entry.stored if entry.method == 0 else zlib.decompressobj(-15).decompress(entry.stored, entry.size + 1)
            )
        except zlib.error:
            data = b""
        if len(data) != entry.size or zlib.crc32(data) != entry.crc:
            raise TemplateError([codes.DAMAGED.at(place, reason=f"其中的 {name} 读不出来")])
        return data

    def tree(self, name: str) -> etree._Element:
        """The root of an XML entry. TemplateError for XML that is damaged or brings a DOCTYPE."""
        return parse(self.read(name), name, self.name)

    def content_type(self, name: str) -> str:
        """The content type of an entry by [Content_Types].xml, empty when it has none."""
        return self.content_types().get(name, "")

    def content_types(self) -> Mapping[str, str]:
        """Entry name → content type, for every entry that has one."""
        root = self.tree(CONTENT_TYPES)
        defaults = {
            (d.get("Extension") or "").lower(): d.get("ContentType") or "" for d in root.iter(f"{_TYPES_NS}Default")
        }
        exact = {
            (o.get("PartName") or "").lower(): o.get("ContentType") or "" for o in root.iter(f"{_TYPES_NS}Override")
        }
        found = {}
        for name in self._entries:
            kind = exact.get(f"/{name}".lower()) or defaults.get(name.rpartition(".")[2].lower())
            if kind:
                found[name] = kind
        return found

    def related(self, name: str = "") -> tuple[Relationship, ...]:
        """The relationships of an entry; of the package itself when `name` is empty."""
        rels = relationships_name(name)
        if rels not in self._entries:
            return ()
        base = posixpath.dirname(name)
        return tuple(
            Relationship(
                rel.get("Id") or "",
                rel.get("Type") or "",
                rel.get("Target") or ""
                if rel.get("TargetMode") == "External"
                else posixpath.normpath(posixpath.join("/", base, rel.get("Target") or "")).lstrip("/"),
                rel.get("TargetMode") == "External",
            )
            for rel in self.tree(rels).iter(f"{RELATIONSHIPS_NS}Relationship")
        )

    def main_part(self) -> str:
        """The entry that holds the document or workbook. TemplateError when the file says none."""
        for rel in self.related():
            if rel.kind.endswith(_OFFICE_DOCUMENT) and rel.target in self._entries:
                return rel.target
        raise TemplateError([codes.NOT_OFFICE.at(Place(file=self.name), found="别的压缩包")])

    def write(
        self,
        out: BinaryIO,
        replaced: Mapping[str, bytes | Iterable[bytes]] | None = None,
        removed: frozenset[str] = frozenset(),
        *,
        modified: date | None = None,
    ) -> None:
        """Writes the package to `out` (seekable): entries in `replaced` anew, the rest byte for byte as compressed.

        New names come last. Every entry carries the date `modified`. The same input gives the same bytes.
        """
        changed = dict(replaced or {})
        writer = _Writer(out, max(modified or _EPOCH, _EPOCH))
        for name, entry in self._entries.items():
            if name in changed:
                writer.deflate(name, changed.pop(name))
            elif name not in removed:
                writer.copy(name, entry)
        for name, content in changed.items():
            writer.deflate(name, content)
        writer.close()


@dataclass(frozen=True, slots=True)
class Relationship:
    """`target` is an entry name, or an address when `external`."""

    id: str
    kind: str
    target: str
    external: bool = False


def relationships_name(name: str) -> str:
    """word/document.xml → word/_rels/document.xml.rels; "" → _rels/.rels."""
    folder, _, base = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


def parse(data: bytes, name: str, file: str) -> etree._Element:
    """Parses a part strictly: no entities, no network, no DOCTYPE. TemplateError says which part is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    place = Place(file=file)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError([codes.DAMAGED.at(place, reason=f"其中的 {name} 不是完整的 XML")]) from error
    if root.getroottree().docinfo.doctype:
        raise TemplateError([codes.DOCTYPE.at(place, part=name)])
    return root


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
        root = etree.Element(f"{RELATIONSHIPS_NS}Relationships", nsmap={None: RELATIONSHIPS_NS[1:-1]})
    taken = {rel.get("Id") for rel in root}
    identity = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(root, f"{RELATIONSHIPS_NS}Relationship", Id=identity, Type=kind, Target=target)
    return serialise(root), identity


def serialise(root: etree._Element) -> bytes:
    """A part's bytes with the declaration Office writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _bytes(source: Path | str | bytes | BinaryIO, place: Place) -> bytes:
    if isinstance(source, bytes):
        return source
    if not isinstance(source, (str, Path)):
        return source.read()
    try:
        return Path(source).read_bytes()
    except FileNotFoundError:
        raise TemplateError([codes.MISSING_FILE.at(place, path=str(source))]) from None
    except OSError as error:
        raise TemplateError([codes.UNREADABLE.at(place, reason=error.strerror or str(error))]) from None


def _members(data: bytes, place: Place) -> dict[str, _Entry]:
    if data.startswith(_OLE_MAGIC):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise TemplateError([codes.ENCRYPTED.at(place) if encrypted else codes.OLD_FORMAT.at(place)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        known = data.startswith(b"PK")
        fault = (
            codes.DAMAGED.at(place, reason="压缩包不完整") if known else codes.NOT_OFFICE.at(place, found="别的文件")
        )
        raise TemplateError([fault]) from None
    _refuse_bombs(infos, place)
    entries = {info.filename: _entry(data, info, place) for info in infos}
    if CONTENT_TYPES not in entries:
        raise TemplateError([codes.NOT_OFFICE.at(place, found="别的压缩包")])
    return entries


def _refuse_bombs(infos: list[zipfile.ZipInfo], place: Place) -> None:
    unpacked = sum(info.file_size for info in infos)
    steep = any(i.file_size > _RATIO_MATTERS and i.file_size > _MAX_RATIO * max(i.compress_size, 1) for i in infos)
    if unpacked > _MAX_BYTES or len(infos) > _MAX_ENTRIES or steep:
        raise TemplateError([codes.BOMB.at(place, size=unpacked // 1_000_000)])


def _entry(data: bytes, info: zipfile.ZipInfo, place: Place) -> _Entry:
    """Cuts the compressed bytes out of the file; the local header's own name and extra lengths count, not the
    directory's."""
    header = data[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise TemplateError([codes.DAMAGED.at(place, reason=f"其中的 {info.filename} 找不到")])
    if info.flag_bits & 0x1:
        raise TemplateError([codes.ENCRYPTED.at(place)])
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise TemplateError([codes.DAMAGED.at(place, reason=f"其中的 {info.filename} 用了少见的压缩方法")])
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = info.header_offset + 30 + name_length + extra_length
    return _Entry(info.compress_type, info.CRC, info.file_size, data[start : start + info.compress_size])


class _Writer:
    """A plain zip writer. zipfile can copy no entry without inflating it, and copying is what keeps parts intact."""

    def __init__(self, out: BinaryIO, modified: date) -> None:
        self._out = out
        self._date = ((modified.year - 1980) << 9) | (modified.month << 5) | modified.day
        self._directory: list[bytes] = []
        self._start = out.tell()

    def copy(self, name: str, entry: _Entry) -> None:
        offset = self._header(name, entry.method, entry.crc, len(entry.stored), entry.size)
        self._out.write(entry.stored)
        self._record(name, offset, entry.method, entry.crc, len(entry.stored), entry.size)

    def deflate(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Level 6 as Office uses; sizes are filled in afterwards, so content of any length streams through."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        crc = size = 0
        offset = self._header(name, zipfile.ZIP_DEFLATED, 0, 0, 0)
        start = self._out.tell()
        for chunk in (content,) if isinstance(content, bytes) else content:
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            self._out.write(packer.compress(chunk))
        self._out.write(packer.flush())
        end = self._out.tell()
        self._out.seek(self._start + offset)
        self._header(name, zipfile.ZIP_DEFLATED, crc, end - start, size)
        self._out.seek(end)
        self._record(name, offset, zipfile.ZIP_DEFLATED, crc, end - start, size)

    def close(self) -> None:
        begin = self._out.tell() - self._start
        directory = b"".join(self._directory)
        count = len(self._directory)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), begin, 0)
        self._out.write(directory + end)

    def _header(self, name: str, method: int, crc: int, packed: int, size: int) -> int:
        offset = self._out.tell() - self._start
        raw, flags = _encoded(name)
        fields = (b"PK\x03\x04", 20, flags, method, 0, self._date, crc, packed, size, len(raw), 0)
        self._out.write(struct.pack("<4s5H3L2H", *fields) + raw)
        return offset

    def _record(self, name: str, offset: int, method: int, crc: int, packed: int, size: int) -> None:
        raw, flags = _encoded(name)
        fields = (
            b"PK\x01\x02",
            20,
            20,
            flags,
            method,
            0,
            self._date,
            crc,
            packed,
            size,
            len(raw),
            0,
            0,
            0,
            0,
            0,
            offset,
        )
        self._directory.append(struct.pack("<4s6H3L5H2L", *fields) + raw)


def _encoded(name: str) -> tuple[bytes, int]:
    try:
        return name.encode("ascii"), 0
    except UnicodeEncodeError:
        return name.encode("utf-8"), _UTF8_NAME
