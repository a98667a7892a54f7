"""Files made to fill the memory, or to be read otherwise than they look: each is refused with one plain message."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from word_files import W, docx, filled

from reportgen.template import Template, TemplateError
from reportgen.template.package import Package

BODY = "word/document.xml"
PARAGRAPH = "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"
LAUGHS = '<!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)) + "]>"


def with_part(text: str | bytes, name: str = BODY) -> bytes:
    out = io.BytesIO()
    Package.open(docx("{{ x }}")).write(out, {name: text.encode() if isinstance(text, str) else text})
    return out.getvalue()


def body(inside: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def directory(change: Callable[[bytearray, int], None]) -> bytes:
    """A document whose zip directory says something else of its main part."""
    data = bytearray(docx("{{ x }}"))
    change(data, data.rindex(b"PK\x01\x02", 0, data.rindex(BODY.encode())))
    return bytes(data)


def sized(size: int) -> Callable[[bytearray, int], None]:
    def change(data: bytearray, at: int) -> None:
        data[at + 24 : at + 28] = size.to_bytes(4, "little")

    return change


def encrypted(data: bytearray, at: int) -> None:
    data[at + 8] |= 1


def twice() -> bytes:
    out = io.BytesIO(docx("{{ x }}"))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(BODY, "<a/>")
    return out.getvalue()


HARMFUL = [
    ("not XML", lambda: with_part(b"\0\1"), "T006", "不是完整的 XML"),
    ("an empty part", lambda: with_part(b""), "T006", "不是完整的 XML"),
    ("billion laughs", lambda: with_part(LAUGHS + "<a>&l9;</a>"), "T007", BODY),
    ("laughs in an attribute", lambda: with_part(LAUGHS + '<a b="&l9;"/>'), "T007", BODY),
    ("laughs behind a comment", lambda: with_part("<?xml version='1.0'?><!-- a -->" + LAUGHS + "<a/>"), "T007", BODY),
    ("laughs in UTF-16", lambda: with_part((LAUGHS + "<a>&l2;</a>").encode("utf-16")), "T007", BODY),
    ("an external entity", lambda: with_part('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///x">]><a>&x;</a>'), "T007", BODY),
    ("an external DTD", lambda: with_part('<!DOCTYPE a SYSTEM "http://x/y.dtd"><a/>'), "T007", BODY),
    ("100,000 levels", lambda: with_part(body("<w:p>" * 100_000 + "</w:p>" * 100_000)), "T006", "套得太深"),
    ("300 levels", lambda: with_part(body("<w:ins>" * 300 + PARAGRAPH + "</w:ins>" * 300)), "T006", "套得太深"),
    ("2 GB announced", lambda: directory(sized(2_000_000_000)), "T008", "2000 MB"),
    ("more announced than there is", lambda: directory(sized(40_000_000)), "T006", "读不出来"),
    ("less announced than there is", lambda: directory(sized(3)), "T006", "读不出来"),
    ("an encrypted entry", lambda: directory(encrypted), "T003", "密码"),
    ("two entries of one name", twice, "T006", f"其中有两份 {BODY}"),
    ("a name that leads out", lambda: with_part(b"<a/>", "word/../../evil.xml"), "T006", "不该有的名字"),
    ("a name that leads out in Windows", lambda: with_part(b"<a/>", "..\\evil.xml"), "T006", "不该有的名字"),
]


@pytest.mark.parametrize(("make", "code", "words"), [case[1:] for case in HARMFUL], ids=[case[0] for case in HARMFUL])
def test_a_harmful_file_is_refused_with_one_plain_fault(make: Callable[[], bytes], code: str, words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(make()), name="正文.docx")

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.place.file) == (code, "正文.docx")
    assert words in fault.message


def test_more_entries_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.template.package.archive._MAX_ENTRIES", 2)

    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(docx("甲")))

    assert "个文件，太多了" in caught.value.diagnostics[0].message


def test_a_part_that_would_take_gigabytes_as_a_tree_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.template.package._MAX_XML", 1_000)

    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(docx("甲" * 1_000)))

    assert [fault.code for fault in caught.value.diagnostics] == ["T008"]


def table(inside: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"


def test_tables_twenty_deep_are_filled() -> None:
    blocks = PARAGRAPH
    for _ in range(20):
        blocks = table(blocks)

    assert "值" in str(filled(blocks, x="值"))
