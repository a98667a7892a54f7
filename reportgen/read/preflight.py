"""path → the bytes of a workbook that is safe to open, or one plain error. Nothing is unpacked here.

The content decides what a file is (magic bytes, then the names inside the container), never its extension.
"""

from __future__ import annotations

import io
import re
import stat
import zlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import read as codes
from reportgen.read.xls import Compound

_MEGABYTE = 1 << 20
MAX_FILE = 512 * _MEGABYTE
# 848,000 rows of 15 styled blanks unpack to about 300 MB at 1:15; deflate's best, what bombs use, is 1:1032.
MAX_UNPACKED = 4096 * _MEGABYTE
MAX_RATIO = 250
RATIO_FROM = 16 * _MEGABYTE
MAX_MEMBERS = 20_000

# What zipfile raises for a container that is cut off, altered, encrypted or packed in an unknown way.
BROKEN = (BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2 to 4
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"RIFF", "图片或音像文件"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ\x90", "程序"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
    (b"\x00\x05\x16\x07", "苹果电脑自动生成的附属文件"),
)
_ZIP_KINDS = (
    ("word/", "Word 文档"),
    ("ppt/", "演示文稿"),
    ("OFD.xml", "OFD 版式文件"),
    ("Index/", "苹果 Numbers 或 Pages 文件"),
    ("content.xml", "OpenDocument 文档，但不是表格"),
)
_XML_TABLES = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "XML 表格（Excel 2003）"),
    ("urn:oasis:names:tc:opendocument", "XML 表格（.fods）"),
)
# A part whose first tag is that of its root, as programs write it: a DOCTYPE would stand before.
_BARE_START = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>)?\s*<[A-Za-z]")
_WEB_PAGE = ("<html", "<!doctype html", "<table", "<meta", "<body", "mime-version:")
_OLE_KINDS = (("WordDocument", "Word 文档"), ("PowerPoint Document", "演示文稿"))


class Format(StrEnum):
    """What a readable workbook is; the value is its proper extension."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


_EXTENSIONS = {Format.XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"}, Format.XLS: {".xls", ".xlt", ".et"}}


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook that may be opened: its bytes and format; `archive` for the zipped formats, `compound` for .xls."""

    path: Path
    data: bytes
    format: Format
    archive: ZipFile | None = None
    compound: Compound | None = None

    @property
    def misnamed(self) -> bool:
        return self.path.suffix.lower() not in _EXTENSIONS.get(self.format, {f".{self.format}"})


def examine(path: Path) -> Source:
    """What `path` holds. Raises FaultError with the one plain reason when it is no workbook that can be read."""
    data = _load(path)
    if data.startswith(_ZIP):
        return _examine_zip(path, data)
    if data.startswith(_OLE):
        return _examine_compound(path, data)
    raise _foreign(path, data)


def _load(path: Path) -> bytes:
    if path.name.startswith(("~$", ".~")):
        real = path.name.removeprefix(".~lock.").removeprefix("~$").removeprefix(".~").removesuffix("#")
        raise FaultError(codes.LOCK_FILE, name=path.name, real=real)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FaultError(codes.IS_FOLDER, name=path.name or str(path))
        if not stat.S_ISREG(status.st_mode):  # a pipe would keep us waiting for ever
            raise FaultError(codes.CANNOT_OPEN, name=path.name, reason="它不是普通的文件")
        if status.st_size > MAX_FILE:
            raise FaultError(codes.TOO_LARGE, name=path.name, size=_size(status.st_size), limit=_size(MAX_FILE))
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise FaultError(codes.FILE_MISSING, name=path.name) from None
    except PermissionError:
        raise FaultError(codes.CANNOT_OPEN, name=path.name, reason="没有读取权限，或正被别的程序占用") from None
    except (OSError, ValueError) as error:
        raise FaultError(codes.CANNOT_OPEN, name=path.name, reason=getattr(error, "strerror", "") or error) from None
    if not data:
        raise FaultError(codes.EMPTY_FILE, name=path.name)
    return data


def neighbours(path: Path) -> tuple[str, ...]:
    """Workbooks of the folder whose names look like the missing one's."""
    try:
        names = sorted(item.name for item in path.parent.iterdir() if not item.name.startswith(("~$", ".")))
    except OSError:  # no such folder, or one that may not be looked into
        return ()
    return nearest(path.name, names)


def _examine_zip(path: Path, data: bytes) -> Source:
    try:
        archive = ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise damage(path, error) from None
    # Some programs write \\ or a leading / where the standard has / (ECMA-376 part 2, 6.2.2).
    archive.NameToInfo = {name.replace("\\", "/").lstrip("/"): info for name, info in archive.NameToInfo.items()}
    names = set(archive.NameToInfo)
    _refuse_bomb(path, archive, len(data))
    kind = _zip_format(path, archive, names)
    _refuse_doctype(path, archive)
    return Source(path, data, kind, archive=archive)


def _refuse_bomb(path: Path, archive: ZipFile, packed: int) -> None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    swollen = any(m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
    # Members that share their bytes (overlapping entries) hide their true ratio; the whole file's tells.
    swollen = swollen or (total > RATIO_FROM and total > MAX_RATIO * packed)
    if len(members) > MAX_MEMBERS or total > MAX_UNPACKED or swollen:
        size = f"{len(members)} 个文件，共 {_size(total)}"
        raise FaultError(codes.BOMB, name=path.name, size=size)


def _zip_format(path: Path, archive: ZipFile, names: set[str]) -> Format:
    if "xl/workbook.bin" in names:
        raise FaultError(codes.OTHER_FORMAT, name=path.name, what="二进制工作簿（.xlsb）")
    if "mimetype" in names and _member(path, archive, "mimetype").strip().startswith(_ODS_TYPE):
        if b"encryption-data" in _member(path, archive, "META-INF/manifest.xml"):
            raise FaultError(codes.ENCRYPTED, name=path.name)
        return Format.ODS
    if any(name.startswith("xl/") for name in names):
        return Format.XLSX
    for folder, what in _ZIP_KINDS:
        if any(name.startswith(folder) for name in names):
            raise FaultError(codes.NOT_A_WORKBOOK, name=path.name, what=what)
    raise FaultError(codes.NOT_A_WORKBOOK, name=path.name, what="压缩包")


def _member(path: Path, archive: ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        return b""
    except BROKEN as error:
        raise damage(path, error) from None


def _refuse_doctype(path: Path, archive: ZipFile) -> None:
    for name in archive.NameToInfo:
        if name.endswith((".xml", ".rels", ".vml")) and _has_doctype(path, archive, name):
            raise FaultError(codes.DOCTYPE, name=path.name, part=name)


class _PrologRead(Exception):  # noqa: N818 - a signal that ends parsing, not an error
    pass


def _has_doctype(path: Path, archive: ZipFile, name: str) -> bool:
    found: list[bool] = []

    def root(_name: str, _attributes: object) -> None:
        raise _PrologRead

    def doctype(*_: object) -> None:
        found.append(True)
        raise _PrologRead

    parser = expat.ParserCreate()
    parser.StartElementHandler = root
    parser.StartDoctypeDeclHandler = doctype
    try:
        with archive.open(name) as part:
            block = part.read(1024)
            if _BARE_START.match(block):
                return False
            while block:
                parser.Parse(block)
                block = part.read(1024)
    except (_PrologRead, expat.ExpatError, LookupError):
        # A part that is no XML is for the reader to judge: many are never read at all.
        return bool(found)
    except BROKEN as error:
        raise damage(path, error) from None
    return False


def damage(path: Path, error: Exception) -> FaultError:
    """The plain fault for what zipfile, zlib or calamine raise about a broken container."""
    word = "encrypted" in str(error).lower() or "password" in str(error).lower()
    return FaultError(codes.ENCRYPTED if word else codes.DAMAGED, name=path.name)


def _examine_compound(path: Path, data: bytes) -> Source:
    try:
        compound = Compound.parse(data)
    except ValueError:
        raise FaultError(codes.DAMAGED, name=path.name) from None
    if "EncryptedPackage" in compound.names:
        raise FaultError(codes.ENCRYPTED, name=path.name)
    if "Workbook" in compound.names:
        return Source(path, data, Format.XLS, compound=compound)
    if "Book" in compound.names:
        raise FaultError(codes.OTHER_FORMAT, name=path.name, what="Excel 95 或更早的工作簿")
    what = next((what for name, what in _OLE_KINDS if name in compound.names), "别的 Office 文件")
    raise FaultError(codes.NOT_A_WORKBOOK, name=path.name, what=what)


def _foreign(path: Path, data: bytes) -> FaultError:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return FaultError(codes.NOT_A_WORKBOOK, name=path.name, what=what)
    if (
        data[:1] == b"\x09"
        and data[1:2] in b"\x00\x02\x04\x08"
        and data[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00")
    ):
        return FaultError(codes.OTHER_FORMAT, name=path.name, what="Excel 4 或更早的工作簿")
    if not any(data[: 64 * 1024]):  # what a copy that was broken off leaves behind
        return FaultError(codes.DAMAGED, name=path.name)
    head = _text(data[: 64 * 1024])
    if head is None:
        return FaultError(codes.NOT_A_WORKBOOK, name=path.name, what="认不出的文件")
    lowered = head[:4096].lower()
    for mark, what in _XML_TABLES:
        if mark in lowered and "<?xml" in lowered:
            return FaultError(codes.OTHER_FORMAT, name=path.name, what=what)
    if any(tag in lowered for tag in _WEB_PAGE):
        return FaultError(codes.TEXT_TABLE, name=path.name, what="网页（HTML）")
    if lowered.lstrip().startswith(("{", "[{", "<")):
        return FaultError(codes.NOT_A_WORKBOOK, name=path.name, what="程序之间交换用的文本（JSON、XML）")
    if _is_table(head):
        return FaultError(codes.TEXT_TABLE, name=path.name, what="文本表格（CSV）")
    return FaultError(codes.NOT_A_WORKBOOK, name=path.name, what="文本文件")


def _is_table(text: str) -> bool:
    """True when one separator cuts most of the lines into as many cells each; prose, with its commas, it does not."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    counts = (Counter(line.count(separator) for line in lines) for separator in (",", "\t", ";", "，"))
    return any(2 * of_lines > len(lines) for found in counts for cuts, of_lines in found.items() if cuts)


def _text(data: bytes) -> str | None:
    """`data` as text when it is text: with a byte order mark, UTF-8 or GB 18030, and hardly a control character."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if any(byte in data for byte in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04")):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        # The cut at 64 KB may halve a character: up to three bytes are not held against it.
        for cut in range(4):
            try:
                return data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _size(count: int) -> str:
    return f"{count / _MEGABYTE:.0f} MB" if count >= _MEGABYTE else f"{max(1, count // 1024)} KB"
