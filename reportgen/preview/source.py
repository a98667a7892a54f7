"""The document to preview: what it is, and the copy of it that LibreOffice is given."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import preview as codes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# How the name of the part with the text begins; some programs number it.
_MAIN_PARTS = {".docx": "word/document", ".docm": "word/document", ".xlsx": "xl/workbook", ".xlsm": "xl/workbook"}
_OTHER_KINDS = {
    ".doc": "它是旧格式的 Word 文档，先在 Word 或 WPS 里另存为 .docx",
    ".wps": "它是 WPS 自己的格式，先在 WPS 里另存为 .docx",
    ".xls": "它是旧格式的工作簿，先在 Excel 或 WPS 里另存为 .xlsx",
    ".et": "它是 WPS 自己的格式，先在 WPS 里另存为 .xlsx",
    ".pdf": "它已经是 PDF，直接打开看",
}
_STYLES = re.compile(r"word/styles\d*\.xml")
_MAX_BYTES = 2_000_000_000
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True, slots=True)
class Source:
    """A docx or xlsx as it lies on the disk. `is_open` when an office program has it open."""

    path: Path
    data: bytes
    is_open: bool

    @property
    def is_word(self) -> bool:
        return self.path.suffix.lower().startswith(".doc")

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every XML part, one after the other."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    yield name, package.read(name)


def read_source(path: Path) -> Source:
    """The document at `path`. Raises FaultError when it is missing, unreadable or not what its name says."""
    _refuse_name(path)
    try:
        data = path.read_bytes()
    except PermissionError as error:
        raise FaultError(codes.SOURCE_LOCKED, path=path.name) from error
    _refuse_content(path, data)
    return Source(path, data, any(lock.exists() for lock in _owner_files(path)))


def parsed(content: bytes) -> etree._Element | None:
    """The part's tree, or None when it is no XML: LibreOffice will say whether it can do without."""
    try:
        return etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError:
        return None


def preview_copy(source: Source) -> bytes:
    """The document with punctuation kept inside the lines, for LibreOffice only.

    LibreOffice reads w:overflowPunct the wrong way round (0 lets punctuation hang, and so does its absence) and then
    may paint it out of sight. With 1 everywhere nothing hangs, which is what 0 says and Word does.
    """
    if not source.is_word:
        return source.data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source.data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            copy.writestr(entry, _without_hanging(entry.filename, package.read(entry)))
    return out.getvalue()


def _without_hanging(name: str, content: bytes) -> bytes:
    is_styles = _STYLES.fullmatch(name) is not None
    if not is_styles and not (name.startswith("word/") and b"overflowPunct" in content):
        return content
    root = parsed(content)
    if root is None:
        return content
    if is_styles:
        _default_paragraph(root).insert(0, etree.Element(f"{W}overflowPunct"))
    for setting in root.iter(f"{W}overflowPunct"):
        setting.set(f"{W}val", "1")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _default_paragraph(styles: etree._Element) -> etree._Element:
    """docDefaults/pPrDefault/pPr of the styles part, made where it is not there."""
    found = styles
    for step, position in (("docDefaults", 0), ("pPrDefault", 1), ("pPr", 0)):
        child = found.find(W + step)
        if child is None:
            child = etree.Element(W + step)
            found.insert(position, child)
        found = child
    return found


def _refuse_name(path: Path) -> None:
    if path.is_dir():
        raise FaultError(codes.NOT_PREVIEWABLE, path=path.name, reason="它是文件夹，请写里面的文档")
    if path.name.startswith("~$"):
        raise FaultError(codes.NOT_PREVIEWABLE, path=path.name, reason="它是办公软件打开文档时的临时文件")
    if not path.exists():
        raise FaultError(codes.SOURCE_MISSING, path=path, advice=_near(path))
    if path.suffix.lower() not in _MAIN_PARTS:
        reason = _OTHER_KINDS.get(path.suffix.lower(), "它不是 Word 文档，也不是 Excel 工作簿")
        raise FaultError(codes.NOT_PREVIEWABLE, path=path.name, reason=reason)


def _near(path: Path) -> str:
    folder = path.parent
    there = [item.name for item in folder.iterdir() if item.suffix.lower() in _MAIN_PARTS] if folder.is_dir() else []
    near = nearest(path.name, [name for name in there if not name.startswith("~$")])
    return f"这个文件夹里有相近的「{'」「'.join(near)}」。" if near else "检查文件名和所在的文件夹。"


def _refuse_content(path: Path, data: bytes) -> None:
    reason = _fault_of(data, _MAIN_PARTS[path.suffix.lower()])
    if reason:
        raise FaultError(codes.SOURCE_BROKEN, path=path.name, reason=reason)


def _fault_of(data: bytes, main_part: str) -> str | None:
    """Why these bytes are no document with a part named like `main_part`; None when they are."""
    if not data:
        return "文件是空的"
    if data.startswith(_OLE_MAGIC):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        return "它设了打开密码" if encrypted else "它其实是旧格式的文件，只是改了扩展名"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_BYTES:
                return "解开后太大，不像正常的文档"
            if not any(name.startswith(main_part) for name in package.namelist()):
                return "里面不是扩展名所说的内容"
            damaged = package.testzip()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "文件已损坏或没有存完"
    return "文件已损坏或没有存完" if damaged else None


def _owner_files(path: Path) -> Iterator[Path]:
    """What Word, WPS and Excel (~$…) and LibreOffice (.~lock.…#) keep beside a file that is open.

    Word drops the first one or two characters of a longer name, Excel none.
    """
    yield from (path.with_name(f"~${path.name[cut:]}") for cut in (0, 1, 2))
    yield path.with_name(f".~lock.{path.name}#")
