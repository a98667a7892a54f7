"""Files that are no template, or not quite what their names say: what is refused, and with which words, and what works
all the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from openpyxl import Workbook
from word_files import docx, related, render, text_of

from reportgen.diagnostics import Diagnostic
from reportgen.template import Template, TemplateError
from reportgen.template.package import CONTENT_TYPES, Package

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MACROS = "application/vnd.ms-word"
SAVE_AS = "在 Word、Excel 或 WPS 里打开它，另存为 .docx 或 .xlsx。"


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, change: Mapping[str, bytes | str]) -> bytes:
    """A document with entries put in their places, or taken out when there is nothing to put."""
    return zipped({name: text for name, text in {**entries(data), **change}.items() if text})


def renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    """A document whose entries are called otherwise, and what refers to them too."""
    found = {}
    for name, content in entries(data).items():
        for old, new in names.items():
            if name.endswith((".rels", ".xml")):
                content = content.replace(old.encode(), new.encode())
            name = name.replace(old, new)
        found[name] = content
    return zipped(found)


def workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def of_type(kind: str, data: bytes | None = None) -> bytes:
    data = data or docx("{{ x }}")
    types = entries(data)[CONTENT_TYPES].decode().replace(f"{WORD}.document.main+xml", kind)
    return changed(data, {CONTENT_TYPES: types})


def strict(data: bytes) -> bytes:
    """As Word's “Strict Open XML” has it: ISO 29500 names in the parts and the relationships alike."""
    names = (
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
    )  # fmt: skip
    found = entries(data)
    for old, new in names:
        found = {name: content.replace(old, new) for name, content in found.items()}
    return zipped(found)


def flat(data: bytes) -> str:
    parts = "".join(
        f'<pkg:part pkg:name="/{name}" pkg:contentType="application/xml"><pkg:xmlData>'
        f"{content.decode()}</pkg:xmlData></pkg:part>"
        for name, content in entries(data).items()
    )
    return (
        '<?xml version="1.0" standalone="yes"?>\n<?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    )


def open_document(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<a/>"})


PLAIN = docx("{{ x }}")
STYLED = docx("甲", parts={"word/styles.xml": "<a/>"})
DOCTYPE = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
REFUSED: list[tuple[str, bytes, str, str, str]] = [
    # what it is, its bytes, code, a part of the message, a part of the cure
    ("doc or wps", OLE, "T004", "旧格式（.doc、.xls、.wps、.et）", "另存为 .docx"),
    ("password", OLE + "EncryptedPackage".encode("utf-16-le"), "T003", "设了密码", "取消密码"),
    ("empty", b"", "T005", "空文件", "重新取一份"),
    ("zeros", b"\0" * 4096, "T005", "没有存上的文件", "重新取一份"),
    ("odt", open_document("text"), "T005", "OpenDocument 文字文档（.odt）", SAVE_AS),
    ("ott", open_document("text-template"), "T005", "OpenDocument 文字文档", SAVE_AS),
    ("ods", open_document("spreadsheet"), "T005", "OpenDocument 表格", SAVE_AS),
    ("fodt", b'<?xml version="1.0"?>\n<office:document xmlns:office="urn">', "T005", ".fodt", SAVE_AS),
    ("rtf", b"{\\rtf1\\ansi {{ x }}}", "T005", "RTF 文档", SAVE_AS),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "T005", "PDF 文件", "原件"),
    ("html", "<!DOCTYPE HTML>\n<p>通知</p>".encode("gb18030"), "T005", "网页（HTML）", SAVE_AS),
    ("html of Word", '\ufeff<html xmlns:o="urn"><head>'.encode(), "T005", "网页（HTML）", SAVE_AS),
    ("html in UTF-16", "\ufeff<html><body>".encode("utf-16-le"), "T005", "网页（HTML）", SAVE_AS),
    ("mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "T005", "网页（.mht）", SAVE_AS),
    ("txt in GBK", ("标题：{{ x }}\r\n" * 900).encode("gbk"), "T005", "纯文本", SAVE_AS),
    ("txt cut in a character", ("{{ x }}标题" * 900).encode(), "T005", "纯文本", SAVE_AS),
    ("txt with BOM", "\ufeff{{ x }}".encode(), "T005", "纯文本", SAVE_AS),
    ("flat OPC", flat(PLAIN).encode(), "T005", "“Word XML 文档”", SAVE_AS),
    ("Word 2003 XML", b'<?xml version="1.0"?><w:wordDocument xmlns:w="urn">', "T005", "Word 2003", SAVE_AS),
    ("other XML", b'<?xml version="1.0"?><a/>', "T005", "XML 文件", "选用 .docx"),
    ("picture", b"\x89PNG\r\n\x1a\n\0\0", "T005", "图片", "原件"),
    ("bytes", bytes(range(256)), "T005", "别的文件", "选用 .docx"),
    ("pptx", of_type(PRESENTATION), "T005", "PowerPoint 演示文稿", "选用 .docx"),
    ("xlsb", of_type(BINARY), "T005", ".xlsb", "另存为 .xlsx"),
    ("part of no known type", of_type("application/x-a"), "T005", "application/x-a", "选用 .docx"),
    ("ofd", zipped({"OFD.xml": "<a/>"}), "T005", "OFD 版式文件", "原件"),
    ("uof", zipped({"uof.xml": "<a/>"}), "T005", "“标文通”", SAVE_AS),
    ("rar", b"Rar!\x1a\x07\0", "T005", "压缩包（.rar）", "先解压"),
    ("zip with a docx", zipped({"综述/正文.docx": PLAIN}), "T005", "里面有「综述/正文.docx」", "先解压"),
    ("other zip", zipped({"a": b"x"}), "T005", "别的压缩包", "选用 .docx"),
    ("no content types", changed(PLAIN, {CONTENT_TYPES: b""}), "T006", "缺了其中的 [Content_Types]", "换一份"),
    ("no relationships", changed(PLAIN, {"_rels/.rels": b""}), "T006", "_rels/.rels", "换一份完好的"),
    ("main part missing", changed(STYLED, {"word/document.xml": b""}), "T006", "找不到其中的正文", "换一份完好的"),
    ("truncated", docx("甲" * 99)[:-60], "T006", "压缩包不完整", "换一份完好的"),
    ("cut off early", docx("甲")[:300], "T006", "压缩包不完整", "换一份完好的"),
    ("broken XML", changed(PLAIN, {"word/document.xml": "<a><b></a>"}), "T006", "word/document.xml", "换一份完好的"),
    ("text as a part", changed(PLAIN, {"word/document.xml": "甲"}), "T006", "word/document.xml", "换一份完好的"),
    ("DOCTYPE", changed(PLAIN, {"word/document.xml": DOCTYPE}), "T007", "DOCTYPE", "重新做"),
    ("bomb", changed(PLAIN, {"word/media/a": b"\0" * 60_000_000}), "T008", "异常地大", "另存"),
    ("Strict Open XML", strict(PLAIN), "T009", "严格的 Open XML", "另存为普通的"),
    ("xlsx named docx", workbook(), "T041", "后缀是 .docx，内容却是 Excel 工作簿", "拿错了文件"),
]  # fmt: skip


def refused(data: bytes, name: str = "正文.docx") -> Diagnostic:
    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(data), name=name)
    (fault,) = caught.value.diagnostics
    assert fault.place.file == name
    return fault


@pytest.mark.parametrize(
    ("data", "code", "message", "cure"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_no_template_is_refused_with_one_plain_fault(data: bytes, code: str, message: str, cure: str) -> None:
    fault = refused(data)

    assert fault.code == code
    assert message in fault.message
    assert cure in fault.suggestion


def test_a_document_named_as_a_workbook_is_refused() -> None:
    fault = refused(PLAIN, "附件.XLSX")

    assert (fault.code, fault.message) == ("T041", "文件名的后缀是 .XLSX，内容却是 Word 文档。")


@pytest.mark.parametrize("name", ["正文.docx", "正文.doc", "模板", "正文.docx.bak"])
def test_a_name_that_promises_nothing_else_does_not_matter(name: str) -> None:
    assert text_of(render(Template.load(io.BytesIO(PLAIN), name=name), {"x": 1})) == ["1"]


def test_a_word_template_becomes_a_document() -> None:
    filled = Package.open(render(Template.load(io.BytesIO(of_type(f"{WORD}.template.main+xml"))), {"x": "值"}))

    assert filled.content_type("word/document.xml") == f"{WORD}.document.main+xml"


def with_macros(kind: str) -> bytes:
    """A document with a VBA project as Word lays it down: the project, its data, and the relationships of both."""
    uri = "http://schemas.microsoft.com/office/2006/relationships"
    opening = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    main = related("styles")["word/_rels/document.xml.rels"].replace(
        "</Rel", f'<Relationship Id="rIdV" Type="{uri}/vbaProject" Target="vbaProject.bin"/></Rel'
    )
    data = of_type(kind, docx("{{ x }}", parts={"word/styles.xml": "<a/>"}))
    types = entries(data)[CONTENT_TYPES].decode()
    added = (
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Override PartName="/word/vbaData.xml" ContentType="application/vnd.ms-word.vbaData+xml"/></Types>'
    )
    return changed(
        data,
        {
            CONTENT_TYPES: types.replace("</Types>", added),
            "word/_rels/document.xml.rels": main,
            "word/vbaProject.bin": b"\xd0\xcf",
            "word/vbaData.xml": "<a/>",
            "word/_rels/vbaProject.bin.rels": f'{opening}<Relationship Id="rId1" Type="{uri}/wordVbaData" '
            'Target="vbaData.xml"/></Relationships>',
        },
    )


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_macros_stay_behind_and_that_is_said(kind: str) -> None:
    template = Template.load(io.BytesIO(with_macros(f"{MACROS}.{kind}.main+xml")), name="正文.docm")
    out = io.BytesIO()

    result = template.render({"x": "值"}, out)

    assert text_of(out.getvalue()) == ["值"]
    assert [(notice.code, notice.place.file) for notice in result.notices] == [("T040", "正文.docm")]
    files = entries(out.getvalue())
    assert [name for name in files if "vba" in name] == []
    assert b"vbaData.xml" not in files[CONTENT_TYPES]
    assert b"vbaProject" not in files["word/_rels/document.xml.rels"]
    assert Package.open(out.getvalue()).content_type("word/document.xml") == f"{WORD}.document.main+xml"
    assert [rel.target for rel in Package.open(out.getvalue()).related("word/document.xml")] == ["word/styles.xml"]


def test_a_document_that_only_could_hold_macros_says_nothing() -> None:
    template = Template.load(io.BytesIO(of_type(f"{MACROS}.document.macroEnabled.main+xml")))

    assert template.render({"x": 1}, io.BytesIO()).notices == ()


def test_the_main_part_may_be_called_otherwise() -> None:
    """Word on the web writes word/document2.xml."""
    header = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p/></w:hdr>'
    data = renamed(docx("{{ x }}", parts={"word/header1.xml": header}), {"word/document.xml": "word/document2.xml"})

    filled = render(Template.load(io.BytesIO(data)), {"x": "值"})

    assert text_of(filled, "word/document2.xml") == ["值"]
    assert re.search(r'Target="word/document2.xml"', entries(filled)["_rels/.rels"].decode())


def test_faults_in_a_main_part_called_otherwise_name_the_text() -> None:
    data = renamed(docx("甲", "{{ 没有 }}"), {"word/document.xml": "word/document2.xml"})

    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(data), name="正文.docx", names=["x"])

    assert [f.place.label() for f in caught.value.diagnostics] == ["正文.docx › 正文 第2段"]
