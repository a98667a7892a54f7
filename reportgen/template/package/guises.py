"""What a file is that is no Word or Excel file, told by its bytes: names of files lie."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes

_SAVE_AS = "在 Word、Excel 或 WPS 里打开它，另存为 .docx 或 .xlsx。"
_CHOOSE = "选用 .docx 或 .xlsx 格式的模板。"
_ORIGINAL = "找到它的 Word 或 Excel 原件，或者在 Word、Excel 里重新做一份。"
_AGAIN = "重新取一份完好的文件。"


@dataclass(frozen=True, slots=True)
class Guise:
    """What a file is in words, and what to do with it."""

    found: str
    cure: str = _CHOOSE

    def at(self, place: Place) -> Diagnostic:
        return codes.NOT_OFFICE.at(place, found=self.found, cure=self.cure)


_EMPTY = Guise("空文件（一个字节也没有）", _AGAIN)
_ZEROS = Guise("没有存上的文件（里面全是零）", _AGAIN)
_ZIP = Guise("别的压缩包")
_OTHER = Guise("别的文件")
_TEXT = Guise("纯文本", _SAVE_AS)
_MAGICS: tuple[tuple[bytes, Guise], ...] = (
    (b"%PDF-", Guise("PDF 文件", _ORIGINAL)),
    (b"{\\rtf", Guise("RTF 文档（.rtf）", _SAVE_AS)),
    (b"Rar!", Guise("压缩包（.rar）", "先解压，再选里面的 .docx 或 .xlsx。")),
    (b"7z\xbc\xaf\x27\x1c", Guise("压缩包（.7z）", "先解压，再选里面的 .docx 或 .xlsx。")),
    *((magic, Guise("图片", _ORIGINAL)) for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")),
)
# What the beginning of a text file tells, the first that is met.
_TEXTS: tuple[tuple[re.Pattern[str], Guise], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), guise)
    for pattern, guise in (
        (r"<pkg:package\b", Guise("“Word XML 文档”（.xml）", _SAVE_AS)),
        (r"<w:wordDocument\b", Guise("Word 2003 的 XML 文档（.xml）", _SAVE_AS)),
        (r"urn:schemas-microsoft-com:office:spreadsheet", Guise("Excel 2003 的 XML 表格（.xml）", _SAVE_AS)),
        (r"<office:document\b", Guise("OpenDocument 文档（.fodt、.fods）", _SAVE_AS)),
        (r"<uof:UOF\b", Guise("“标文通”文档（.uof）", _SAVE_AS)),
        (r"^MIME-Version:", Guise("网页（.mht）", _SAVE_AS)),
        (r"<(?:!doctype html|html|head|body|table|meta)\b", Guise("网页（HTML）", _SAVE_AS)),
        (r"^\s*<\?xml\b", Guise("XML 文件")),
    )
)
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ENCODINGS = ("utf-8", "gb18030")
_BEGINNING = 4_000  # bytes that are looked at
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OPEN_DOCUMENTS = (
    ("application/vnd.oasis.opendocument.text", Guise("OpenDocument 文字文档（.odt）", _SAVE_AS)),
    ("application/vnd.oasis.opendocument.spreadsheet", Guise("OpenDocument 表格（.ods）", _SAVE_AS)),
    ("application/vnd.oasis.opendocument", Guise("OpenDocument 文件", _SAVE_AS)),
)
# Words of the content types of other files of Office.
_PARTS = (
    ("presentationml", Guise("PowerPoint 演示文稿（.pptx）")),
    ("ms-powerpoint", Guise("PowerPoint 演示文稿（.pptm）")),
    ("sheet.binary", Guise("二进制的 Excel 工作簿（.xlsb）", "在 Excel 里打开它，另存为 .xlsx。")),
    ("visio", Guise("Visio 绘图")),
)


def guise_of_bytes(data: bytes) -> Guise:
    """What a file is that is neither a zip nor an old file of Office."""
    if not data:
        return _EMPTY
    if not data.strip(b"\0"):
        return _ZEROS
    for magic, guise in _MAGICS:
        if data.startswith(magic):
            return guise
    text = _text(data[:_BEGINNING])
    if text is None or _CONTROLS.search(text):
        return _OTHER
    return next((guise for pattern, guise in _TEXTS if pattern.search(text)), _TEXT)


def guise_of_zip(names: Collection[str], read: Callable[[str], bytes], place: Place) -> Diagnostic:
    """The fault of a zip that does not say which of its parts is the main one; `read` gives the bytes of an entry."""
    if any(name.startswith(("word/", "xl/")) for name in names):
        missing = [name for name in ("[Content_Types].xml", "_rels/.rels") if name not in names]
        return codes.DAMAGED.at(place, reason=f"缺了其中的 {'、'.join(missing)}" if missing else "找不到其中的正文")
    if "mimetype" in names:
        kind = read("mimetype").decode("ascii", "replace").strip()
        found = next((guise for beginning, guise in _OPEN_DOCUMENTS if kind.startswith(beginning)), _ZIP)
        return found.at(place)
    if "OFD.xml" in names:
        return Guise("OFD 版式文件（.ofd）", _ORIGINAL).at(place)
    if "uof.xml" in names:
        return Guise("“标文通”文档（.uof）", _SAVE_AS).at(place)
    inside = next((name for name in names if name.lower().endswith((".docx", ".xlsx")) and "__MACOSX" not in name), "")
    if inside:
        return Guise(f"压缩包，里面有「{inside}」", "先解压，再选里面的文件。").at(place)
    return _ZIP.at(place)


def guise_of_part(content_type: str) -> Guise:
    """What a file of Office is whose main part is neither a document nor a workbook."""
    found = next((guise for word, guise in _PARTS if word in content_type.lower()), None)
    return found or Guise(f"别的文件（{content_type}）" if content_type else "别的文件")


def _text(data: bytes) -> str | None:
    """The beginning of a text, whose last character may be cut in two; None for what is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[2:].decode(encoding, "ignore")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 4:
                return data[: error.start].decode(encoding).lstrip("\ufeff")
    return None
