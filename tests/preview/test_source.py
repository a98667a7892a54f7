"""What can be previewed, what cannot and why, and the copy LibreOffice gets."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from fake_office import docx, package, xlsx

from reportgen.diagnostics import FaultError, Place
from reportgen.preview.source import preview_copy, read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path) -> tuple[str, str]:
    """The code, and the message with the suggestion."""
    with pytest.raises(FaultError) as caught:
        read_source(path)
    found = caught.value.at(Place())
    return found.code, found.message + found.suggestion


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("综述.doc", OLE, "O051", "另存为 .docx"),
        ("综述.wps", OLE, "O051", "WPS 自己的格式"),
        ("综述.pdf", b"%PDF", "O051", "已经是 PDF"),
        ("综述.txt", b"", "O051", "它不是 Word 文档，也不是 Excel 工作簿。"),
        ("~$综述.docx", b"", "O051", "临时文件"),
        ("综述.docx", b"", "O053", "文件是空的"),
        ("综述.docx", OLE, "O053", "旧格式"),
        ("综述.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "O053", "打开密码"),
        ("综述.docx", b"<html>", "O053", "损坏"),
        ("综述.docx", docx()[:-40], "O053", "损坏"),
        ("综述.docx", docx().replace(b"w:body", b"w:bode"), "O053", "损坏"),
        ("综述.docx", xlsx(), "O053", "不是扩展名所说的"),
        ("综述.xlsx", docx(), "O053", "不是扩展名所说的"),
    ],
)
def test_what_is_no_document(tmp_path: Path, name: str, content: bytes, code: str, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found, message = refused(path)
    assert (found, words in message) == (code, True)


def test_a_folder_is_none(tmp_path: Path) -> None:
    assert refused(tmp_path)[0] == "O051"


def test_a_missing_document_is_told_with_near_names(tmp_path: Path) -> None:
    for name in ("综述.docx", "~$综述.docx"):
        (tmp_path / name).touch()
    assert refused(tmp_path / "综术.docx") == (
        "O050",
        f"找不到「{tmp_path / '综术.docx'}」。这个文件夹里有相近的「综述.docx」。",
    )
    assert refused(tmp_path / "没有" / "综述.docx")[0] == "O050"


def test_a_document_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "in use", str(path))

    (tmp_path / "综述.docx").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refused(tmp_path / "综述.docx")[0] == "O052"


def test_a_main_part_with_a_number(tmp_path: Path) -> None:
    (tmp_path / "综述.docx").write_bytes(package({"word/document2.xml": "<document/>"}))
    assert read_source(tmp_path / "综述.docx").is_word


def copied(tmp_path: Path, content: bytes, name: str = "综述.docx") -> zipfile.ZipFile:
    (tmp_path / name).write_bytes(content)
    return zipfile.ZipFile(io.BytesIO(preview_copy(read_source(tmp_path / name))))


@pytest.mark.parametrize(
    "styles",
    [
        "",
        "<w:docDefaults><w:rPrDefault/><w:pPrDefault/></w:docDefaults>",
        "<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val='both'/></w:pPr></w:pPrDefault></w:docDefaults>",
        "<w:style w:styleId='a'><w:pPr><w:overflowPunct w:val='0'/></w:pPr></w:style>",
        "<w:style w:styleId='a'><w:pPr><w:overflowPunct/></w:pPr></w:style>",
    ],
)
def test_no_punctuation_hangs_in_the_copy(tmp_path: Path, styles: str) -> None:
    body = "<w:p><w:pPr><w:overflowPunct w:val='false'/></w:pPr></w:p>"
    copy = copied(tmp_path, docx(body, styles, header1=f"<w:hdr>{body}</w:hdr>"))
    text = copy.read("word/styles.xml").decode() + copy.read("word/document.xml").decode()
    assert set(re.findall(r"<w:overflowPunct[^>]*>", text)) == {'<w:overflowPunct w:val="1"/>'}
    assert re.search(r"<w:pPrDefault><w:pPr><w:overflowPunct ", text)


def test_all_else_is_copied_as_it_is(tmp_path: Path) -> None:
    parts = {"word/document.xml": "<a>文</a>", "word/media/图.png": "picture", "[Content_Types].xml": "<Types/>"}
    copy = copied(tmp_path, package(parts))
    assert {name: copy.read(name).decode() for name in copy.namelist()} == parts
    book = xlsx({"xl/styles.xml": "<overflowPunct/>"})
    assert copied(tmp_path, book, "附件.xlsx").read("xl/styles.xml") == b"<overflowPunct/>"
