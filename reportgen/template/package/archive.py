"""The zip itself: members cut out of the file still compressed, and written back so, beside new ones."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from reportgen.diagnostics import Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.diagnostics.machine import reason
from reportgen.template.engine.types import TemplateError
from reportgen.template.package.guises import guise_of_bytes

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EPOCH = date(1980, 1, 1)  # the first day a zip entry can carry
_MAX_BYTES = 1_000_000_000
_MAX_RATIO = 200
_RATIO_MATTERS = 50_000_000
_MAX_ENTRIES = 20_000
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as stored: its compressed bytes and what the zip directory says of them."""

    method: int
    crc: int
    size: int
    stored: bytes

    def content(self) -> bytes | None:
        """The bytes, inflated to no more than their announced size; None when they are not what the zip says."""
        try:
            data = self.stored
            if self.method == zipfile.ZIP_DEFLATED:
                data = zlib.decompressobj(-15).decompress(self.stored, self.size + 1)
        except zlib.error:
            return None
        return data if len(data) == self.size and zlib.crc32(data) == self.crc else None


def read_bytes(source: Path | str | bytes | BinaryIO, place: Place) -> bytes:
    """The file's bytes; a file that is missing or cannot be read is a TemplateError."""
    if isinstance(source, bytes):
        return source
    if not isinstance(source, (str, Path)):
        return source.read()
    try:
        return Path(source).read_bytes()
    except FileNotFoundError:
        raise TemplateError([codes.MISSING_FILE.at(place, path=str(source))]) from None
    except OSError as error:
        raise TemplateError([codes.UNREADABLE.at(place, reason=reason(error))]) from None


def members(data: bytes, place: Place) -> dict[str, Entry]:
    """Name → member. TemplateError for what is no zip, is encrypted, is damaged or would explode."""
    if data.startswith(_OLE_MAGIC):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise TemplateError([codes.ENCRYPTED.at(place) if encrypted else codes.OLD_FORMAT.at(place)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        is_zip = data.startswith(b"PK")
        fault = codes.DAMAGED.at(place, reason="压缩包不完整") if is_zip else guise_of_bytes(data).at(place)
        raise TemplateError([fault]) from None
    _refuse_bombs(infos, place)
    _refuse_odd_names([info.filename for info in infos], place)
    return {info.filename: _entry(data, info, place) for info in infos}


def _refuse_bombs(infos: list[zipfile.ZipInfo], place: Place) -> None:
    unpacked = sum(info.file_size for info in infos)
    steep = any(i.file_size > _RATIO_MATTERS and i.file_size > _MAX_RATIO * max(i.compress_size, 1) for i in infos)
    if len(infos) > _MAX_ENTRIES:
        raise TemplateError([codes.DAMAGED.at(place, reason=f"里面有 {len(infos)} 个文件，太多了")])
    if unpacked > _MAX_BYTES or steep:
        raise TemplateError([codes.BOMB.at(place, size=unpacked // 1_000_000)])


def _refuse_odd_names(names: list[str], place: Place) -> None:
    """Two entries of one name, and names that lead out of the file: programs disagree on what they mean."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise TemplateError([codes.DAMAGED.at(place, reason=f"其中有两份 {name}")])
        if ".." in re.split(r"[/\\]", name):
            raise TemplateError([codes.DAMAGED.at(place, reason=f"其中有不该有的名字 {name}")])
        seen.add(name)


def _entry(data: bytes, info: zipfile.ZipInfo, place: Place) -> Entry:
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
    return Entry(info.compress_type, info.CRC, info.file_size, data[start : start + info.compress_size])


class Writer:
    """A plain zip writer. zipfile can copy no entry without inflating it, and copying is what keeps parts intact."""

    def __init__(self, out: BinaryIO, modified: date | None) -> None:
        self._out = out
        modified = max(modified or _EPOCH, _EPOCH)
        self._date = ((modified.year - 1980) << 9) | (modified.month << 5) | modified.day
        self._directory: dict[str, bytes] = {}
        self._start = out.tell()

    def copy(self, name: str, entry: Entry) -> None:
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

    def close(self, order: Iterable[str] = ()) -> None:
        """Writes the directory, which lists the names of `order` first, whatever the order they were written in."""
        begin = self._out.tell() - self._start
        names = dict.fromkeys((*(name for name in order if name in self._directory), *self._directory))
        directory = b"".join(self._directory[name] for name in names)
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
        self._directory[name] = struct.pack("<4s6H3L5H2L", *fields) + raw


def _encoded(name: str) -> tuple[bytes, int]:
    try:
        return name.encode("ascii"), 0
    except UnicodeEncodeError:
        return name.encode("utf-8"), _UTF8_NAME
