"""Files that are no workbook that can be read: how each is made, and the one message that tells it."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path

from raw_books import Make, book, replaced
from raw_xlsx import raw_xlsx, sheet
from workbooks import workbook

from reportgen.read import preflight

HERE = Path(__file__).parent
FODS = b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
README = "# 说明\n\n先装好，再运行。\n\n- 一张表，一份稿，一次生成。\n- 看结果\n".encode()
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def folder_itself(folder: Path) -> Path:
    return folder


def missing(folder: Path) -> Path:
    workbook(folder, name="数据.xlsx")
    return folder / "数椐.xlsx"


def lock_file(folder: Path) -> Path:
    return written(folder, "~$数据.xlsx", b"\x05clerk")


def empty(folder: Path) -> Path:
    return written(folder, "数据.xlsx", b"")


def truncated(folder: Path) -> Path:
    path = workbook(folder)
    return written(folder, "半截.xlsx", path.read_bytes()[:2000])


def flipped(folder: Path) -> Path:
    """A sheet whose bytes changed on the way: the container is whole, a checksum is not."""
    path = workbook(folder)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet3.xml")
    data[info.header_offset + 30 + len(info.filename) + 10] ^= 0xFF
    return written(folder, "坏.xlsx", bytes(data))


def truncated_xls(folder: Path) -> Path:
    return written(folder, "半截.xls", (HERE / "指标.xls").read_bytes()[:1500])


def html(folder: Path) -> Path:
    return written(folder, "报表.xls", "<html><table><tr><td>甲</td></tr></table></html>".encode("gb18030"))


def csv_named_xls(folder: Path) -> Path:
    return written(folder, "报表.xls", "单位,值\n柳州,126\n".encode("gb18030"))


def utf16_csv(folder: Path) -> Path:
    return written(folder, "报表.csv", "单位\t值\n柳州\t126\n".encode("utf-16"))


def pdf(folder: Path) -> Path:
    return written(folder, "报表.xlsx", b"%PDF-1.7\n")


def word(folder: Path) -> Path:
    return written(folder, "数据.xlsx", zipped(word__document=b"<w/>"))


def plain_zip(folder: Path) -> Path:
    return written(folder, "数据.xlsx", zipped(readme=b"hello"))


def noise(folder: Path) -> Path:
    return written(folder, "数据.xlsx", bytes(range(256)) * 8)


def xlsb(folder: Path) -> Path:
    return written(folder, "数据.xlsx", zipped(**{"xl__workbook.bin": b"x"}))


def xml_2003(folder: Path) -> Path:
    text = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    return written(folder, "数据.xls", text.encode())


def encrypted_ods(folder: Path) -> Path:
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF__manifest.xml": b"<manifest:encryption-data/>",
    }
    return written(folder, "数据.ods", zipped(**parts))


def encrypted_xlsx(folder: Path) -> Path:
    """What Excel writes for a book with a password: a compound file with a stream EncryptedPackage."""
    data = (HERE / "指标.xls").read_bytes()
    entry = data.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    changed = bytearray(data)
    changed[entry : entry + len(name)] = name
    changed[entry + 64 : entry + 66] = (len(name) + 2).to_bytes(2, "little")
    return written(folder, "数据.xlsx", bytes(changed))


def encrypted_xls(folder: Path) -> Path:
    """The record after the first BOF made a FILEPASS, which is how an .xls says that the rest is encrypted."""
    data = bytearray((HERE / "指标.xls").read_bytes())
    begin = data.find(bytes.fromhex("0908100000060500"))
    data[begin + 20 : begin + 22] = b"\x2f\x00"
    return written(folder, "数据.xls", bytes(data))


def crippled_xls(folder: Path) -> Path:
    """One on which calamine panics: a record shorter than what it must hold."""
    data = bytearray((HERE / "指标.xls").read_bytes())
    data[2050] = 0
    return written(folder, "数据.xls", bytes(data))


def strange_encoding(folder: Path) -> Path:
    return raw_xlsx(folder, {"指标": sheet(CELL, before='<?xml version="1.0" encoding="utf-88"?>')})


def excel_95(folder: Path) -> Path:
    data = (HERE / "指标.xls").read_bytes()
    entry = data.find("Workbook".encode("utf-16-le"))
    changed = bytearray(data)
    changed[entry : entry + 16] = "Book".encode("utf-16-le") + bytes(8)
    changed[entry + 64 : entry + 66] = (10).to_bytes(2, "little")
    return written(folder, "数据.xls", bytes(changed))


def bomb(folder: Path) -> Path:
    return raw_xlsx(folder, {"指标": sheet(CELL)}, extra={"xl/media/x.bin": bytes(preflight.RATIO_FROM + 1)})


def crowd(folder: Path) -> Path:
    return raw_xlsx(folder, {"指标": sheet(CELL)}, extra={f"x/{i}": b"" for i in range(preflight.MAX_MEMBERS + 1)})


def doctype(folder: Path) -> Path:
    return raw_xlsx(folder, {"指标": sheet(CELL, before='<!DOCTYPE x [<!ENTITY a "b">]>')})


def late_doctype(folder: Path) -> Path:
    comment = f"<!--{'x' * 5000}-->"
    return raw_xlsx(folder, {"指标": sheet(CELL, before=f"{comment}<!DOCTYPE x>")})


def stray(folder: Path) -> Path:
    return raw_xlsx(folder, {"指标": sheet(f'{CELL}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})


def only_notes(folder: Path) -> Path:
    return raw_xlsx(folder, {"填写说明": sheet(CELL)})


def half_zeros(folder: Path) -> Path:
    """What a copy that was broken off leaves: the right length, nothing in the second half."""
    data = book(folder).read_bytes()
    return written(folder, "数据.xlsx", data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def nested_bomb(folder: Path) -> Path:
    """Many members that share their bytes: each is harmless, all together are not."""
    path = raw_xlsx(folder, {"指标": sheet(CELL)}, extra={"xl/media/0.bin": bytes(preflight.RATIO_FROM // 2)})
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(1, 40):
            info = copy.copy(archive.getinfo("xl/media/0.bin"))
            info.filename = info.orig_filename = f"xl/media/{number}.bin"
            archive.filelist.append(info)
        archive._didModify = True  # type: ignore[attr-defined]
    return path


def password_on_the_zip(folder: Path) -> Path:
    """The bit that says that a member is encrypted, set on all of them."""
    data = bytearray(book(folder).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(mark, start + 4)
    return written(folder, "数据.xlsx", bytes(data))


def only_hidden(folder: Path) -> Path:
    return replaced("xl/workbook.xml", "<sheet ", '<sheet state="hidden" ')(folder)


def truncated_by(count: int) -> Make:
    return lambda folder: written(folder, "半截.xlsx", book(folder).read_bytes()[:-count])


def prefixed(folder: Path) -> Path:
    return written(folder, "数据.xlsx", b"\x00\x00" + book(folder).read_bytes())


def holding(name: str, data: bytes) -> Make:
    return lambda folder: written(folder, name, data)


# What it is, how it is made, code, key words of message and suggestion.
REFUSED: list[tuple[str, Make, str, tuple[str, ...]]] = [
    ("folder itself", folder_itself, "R002", ("是文件夹，不是工作簿",)),
    ("missing", missing, "R001", ("找不到文件「数椐.xlsx」",)),
    ("lock file", lock_file, "R003", ("自动生成的临时文件",)),
    ("empty", empty, "R004", ("是空文件",)),
    ("truncated", truncated, "R009", ("「半截.xlsx」不完整或已损坏",)),
    ("flipped", flipped, "R009", ("「坏.xlsx」不完整或已损坏",)),
    ("truncated xls", truncated_xls, "R009", ("「半截.xls」不完整或已损坏",)),
    ("html", html, "R007", ("其实是网页（HTML）",)),
    ("csv named xls", csv_named_xls, "R007", ("其实是文本表格（CSV）",)),
    ("utf16 csv", utf16_csv, "R007", ("其实是文本表格（CSV）",)),
    ("pdf", pdf, "R006", ("是PDF 文件",)),
    ("word", word, "R006", ("是Word 文档",)),
    ("plain zip", plain_zip, "R006", ("是压缩包",)),
    ("noise", noise, "R006", ("是认不出的文件",)),
    ("xlsb", xlsb, "R012", ("二进制工作簿（.xlsb）",)),
    ("xml 2003", xml_2003, "R012", ("XML 表格（Excel 2003）",)),
    ("excel 95", excel_95, "R012", ("Excel 95 或更早的工作簿",)),
    ("encrypted ods", encrypted_ods, "R008", ("设了打开密码",)),
    ("encrypted xlsx", encrypted_xlsx, "R008", ("设了打开密码",)),
    ("encrypted xls", encrypted_xls, "R008", ("设了打开密码",)),
    ("crippled xls", crippled_xls, "R009", ("不完整或已损坏",)),
    ("strange encoding", strange_encoding, "R009", ("不完整或已损坏",)),
    ("bomb", bomb, "R010", ("解开后会大得异常",)),
    ("crowd", crowd, "R010", ("解开后会大得异常",)),
    ("doctype", doctype, "R011", ("DOCTYPE 声明（xl/worksheets/sheet1.xml）",)),
    ("late doctype", late_doctype, "R011", ("DOCTYPE 声明（xl/worksheets/sheet1.xml）",)),
    ("stray", stray, "R014", ("一直延伸到 XFD1048576",)),
    ("only notes", only_notes, "R013", ("没有能读的工作表",)),
    ("half zeros", half_zeros, "R009", ("不完整或已损坏", "重新下载")),
    ("nothing but zeros", holding("数据.xlsx", bytes(9000)), "R009", ("不完整或已损坏", "重新下载")),
    ("cut off near the end", truncated_by(30), "R009", ("不完整或已损坏", "重新下载")),
    ("bytes in front", prefixed, "R006", ("认不出的文件",)),
    ("nested bomb", nested_bomb, "R010", ("解开后会大得异常", "确认来源")),
    ("password on the zip", password_on_the_zip, "R008", ("设了打开密码", "去掉打开密码")),
    ("only hidden sheets", only_hidden, "R013", ("没有能读的工作表", "取消工作表的隐藏")),
    ("lock file of LibreOffice", holding(".~lock.数据.xlsx#", b",clerk"), "R003", ("临时文件", "「数据.xlsx」")),
    ("attachment of a Mac", holding("._数据.xlsx", bytes.fromhex("00051607")), "R006", ("苹果电脑", "请给出 .xlsx")),
    ("picture", holding("数据.xlsx", b"\x89PNG\r\n"), "R006", ("PNG 图片",)),
    ("plain text", holding("数据.xlsx", "今年以来工作总结".encode()), "R006", ("文本文件",)),
    ("commas of prose", holding("README.md", README), "R006", ("文本文件",)),
    ("web archive", holding("数据.xls", b"MIME-Version: 1.0\r\n\r\n"), "R007", ("网页（HTML）", "另存为")),
    ("JSON", holding("数据.xlsx", b'{"a": [1, 2]}'), "R006", ("JSON",)),
    ("flat OpenDocument", holding("数据.fods", FODS), "R012", (".fods", "另存为")),
    (
        "OpenDocument text",
        holding("数据.ods", zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})),
        "R006",
        ("不是表格",),
    ),
    ("shortcut", holding("数据.lnk", bytes.fromhex("4c0000000114020000")), "R006", ("快捷方式",)),
    ("RAR", holding("数据.xlsx", b"Rar!\x1a"), "R006", ("RAR 压缩包", "先解压")),
    ("zip with a workbook inside", holding("数据.zip", zipped(**{"数据.xlsx": b"PK"})), "R006", ("压缩包", "先解压")),
    ("OFD", holding("数据.xlsx", zipped(**{"OFD.xml": b"<x/>"})), "R006", ("OFD",)),
]
