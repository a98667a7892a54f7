"""Files that are no readable workbook: one plain error each, and nothing half-read."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from raw_xlsx import raw_xlsx, sheet
from workbooks import workbook

from reportgen.read import preflight, read_workbook

HERE = Path(__file__).parent
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


REFUSED = [
    (folder_itself, "R002", "是文件夹，不是工作簿"),
    (missing, "R001", "找不到文件「数椐.xlsx」"),
    (lock_file, "R003", "自动生成的临时文件"),
    (empty, "R004", "是空文件"),
    (truncated, "R009", "「半截.xlsx」不完整或已损坏"),
    (flipped, "R009", "「坏.xlsx」不完整或已损坏"),
    (truncated_xls, "R009", "「半截.xls」不完整或已损坏"),
    (html, "R007", "其实是网页（HTML）"),
    (csv_named_xls, "R007", "其实是文本表格（CSV）"),
    (utf16_csv, "R007", "其实是文本表格（CSV）"),
    (pdf, "R006", "是PDF 文件"),
    (word, "R006", "是Word 文档"),
    (plain_zip, "R006", "是压缩包"),
    (noise, "R006", "是认不出的文件"),
    (xlsb, "R012", "二进制工作簿（.xlsb）"),
    (xml_2003, "R012", "XML 表格（Excel 2003）"),
    (excel_95, "R012", "Excel 95 或更早的工作簿"),
    (encrypted_ods, "R008", "设了打开密码"),
    (encrypted_xlsx, "R008", "设了打开密码"),
    (encrypted_xls, "R008", "设了打开密码"),
    (crippled_xls, "R009", "不完整或已损坏"),
    (strange_encoding, "R009", "不完整或已损坏"),
    (bomb, "R010", "解开后会大得异常"),
    (crowd, "R010", "解开后会大得异常"),
    (doctype, "R011", "DOCTYPE 声明（xl/worksheets/sheet1.xml）"),
    (late_doctype, "R011", "DOCTYPE 声明（xl/worksheets/sheet1.xml）"),
    (stray, "R014", "一直延伸到 XFD1048576"),
    (only_notes, "R013", "没有能读的工作表"),
]


@pytest.mark.parametrize(("make", "code", "words"), REFUSED, ids=lambda value: getattr(value, "__name__", None))
def test_what_cannot_be_read_gives_one_plain_error(
    tmp_path: Path, make: Callable[[Path], Path], code: str, words: str
) -> None:
    path = make(tmp_path)
    outcome = read_workbook(path)
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == [code]
    assert words in outcome.diagnostics[0].message
    assert outcome.diagnostics[0].place.file == path.name


def test_a_missing_file_is_told_with_the_near_name(tmp_path: Path) -> None:
    assert read_workbook(missing(tmp_path)).diagnostics[0].suggestion == "这个文件夹里有「数据.xlsx」，是不是它？"


def test_a_file_that_is_too_large_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MAX_FILE", 1000)
    assert [fault.code for fault in read_workbook(workbook(tmp_path)).diagnostics] == ["R015"]


def test_a_file_that_the_system_withholds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def withheld(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = workbook(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", withheld)
    assert [fault.code for fault in read_workbook(path).diagnostics] == ["R005"]


@pytest.mark.parametrize(("name", "wrong"), [("指标.xls", "指标.xlsx"), ("指标.ods", "指标.xls")])
def test_a_misnamed_workbook_reads_with_a_notice(tmp_path: Path, name: str, wrong: str) -> None:
    shutil.copy(HERE / name, tmp_path / wrong)
    outcome = read_workbook(tmp_path / wrong)
    assert outcome.value is not None
    assert outcome.diagnostics[0].code == "R020"
    assert f"「{wrong}」的内容是 {name.rsplit('.', 1)[1]} 格式" in outcome.diagnostics[0].message


def test_a_macro_book_and_a_chinese_folder_with_spaces_are_nothing_special(tmp_path: Path) -> None:
    folder = tmp_path / "三月 数据"
    folder.mkdir()
    outcome = read_workbook(workbook(folder, name="数据 终稿.xlsm"))
    assert outcome.value is not None
    assert outcome.diagnostics == ()
