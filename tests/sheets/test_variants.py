"""Looks of a template: other fonts, another page; what is not of the standard stays."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Twips

from reportgen.resources import templates_root
from reportgen.sheets.variants import Fonts, Look, PageLayout, dress_folder, dressed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WINDOWS, NARROW = Look(fonts=Fonts.WINDOWS), Look(page=PageLayout.GBT33476)
BOTH = Look(Fonts.WINDOWS, PageLayout.GBT33476)
TEMPLATES = sorted(path for path in templates_root().rglob("*.*") if path.suffix in (".docx", ".xlsx"))


def package(name: str, xml: str) -> bytes:
    """The smallest package with one part."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr(name, xml)
    return out.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return file.read(name).decode()


def word(xml: str, look: Look, name: str = "word/styles.xml") -> str:
    """What a part of a Word file becomes, without its root."""
    made = part(dressed(package(name, f"<w:x {W}>{xml}</w:x>"), look), name)
    return made[made.index(f"<w:x {W}>") + len(f"<w:x {W}>") : -len("</w:x>")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<w:rFonts w:eastAsia="仿宋_GB2312"/>', '<w:rFonts w:eastAsia="仿宋"/>'),
        ('<w:rFonts w:eastAsia="楷体_GB2312"/><w:sz w:val="32"/>', '<w:rFonts w:eastAsia="楷体"/><w:sz w:val="32"/>'),
        (
            '<w:rFonts w:eastAsia="方正小标宋简体"/><w:color w:val="FF0000"/>',
            '<w:rFonts w:eastAsia="宋体"/><w:b/><w:bCs/><w:color w:val="FF0000"/>',
        ),
        (
            '<w:rFonts w:eastAsia="方正小标宋简体"/><w:b w:val="0"/>',
            '<w:rFonts w:eastAsia="宋体"/><w:b w:val="0"/>',
        ),
        ('<w:rFonts w:eastAsia="华文中宋"/>', '<w:rFonts w:eastAsia="华文中宋"/>'),
        (
            '<w:rFonts w:ascii="Times New Roman" w:hint="eastAsia"/>',
            '<w:rFonts w:ascii="Times New Roman" w:hint="eastAsia"/>',
        ),
    ],
)
def test_fonts_become_those_of_windows(before: str, after: str) -> None:
    assert word(f"<w:rPr>{before}</w:rPr>", WINDOWS) == f"<w:rPr>{after}</w:rPr>"


def test_the_font_table_names_each_font_once() -> None:
    table = (
        '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"/></w:font>'
        '<w:font w:name="方正小标宋简体"/><w:font w:name="宋体"/>'
    )
    assert word(table, WINDOWS, "word/fontTable.xml") == (
        '<w:font w:name="仿宋"><w:altName w:val="FangSong"/></w:font><w:font w:name="宋体"/>'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:footer="1428"/>',
            '<w:pgMar w:top="1961" w:right="1474" w:bottom="1847" w:left="1587" w:footer="1291"/>',
        ),
        ('<w:docGrid w:type="lines" w:linePitch="579"/>', '<w:docGrid w:type="lines" w:linePitch="589"/>'),
        ('<w:spacing w:before="579" w:line="579"/>', '<w:spacing w:before="589" w:line="589"/>'),
        ('<w:drawingGridVerticalSpacing w:val="579"/>', '<w:drawingGridVerticalSpacing w:val="589"/>'),
        ('<w:spacing w:before="60" w:line="400"/>', '<w:spacing w:before="60" w:line="400"/>'),
        ('<w:pgMar w:top="1440" w:bottom="1440"/>', '<w:pgMar w:top="1440" w:bottom="1440"/>'),
    ],
)
def test_the_page_becomes_that_of_gbt_33476(before: str, after: str) -> None:
    assert word(before, NARROW) == after


def test_a_workbook_changes_its_fonts_alone() -> None:
    fonts = '<font><sz val="16"/><name val="方正小标宋简体"/></font><font><name val="黑体"/></font>'
    made = part(dressed(package("xl/styles.xml", f"<styleSheet {S}>{fonts}</styleSheet>"), BOTH), "xl/styles.xml")
    assert made.partition(f"<styleSheet {S}>")[2] == (
        '<font><b/><sz val="16"/><name val="宋体"/></font><font><name val="黑体"/></font></styleSheet>'
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=[f"{p.parent.name}/{p.name}" for p in TEMPLATES])
def test_every_template_can_wear_both_looks(path: Path) -> None:
    before = path.read_bytes()
    after = dressed(before, BOTH)
    assert dressed(before, Look()) == before
    assert dressed(after, BOTH) == after
    with zipfile.ZipFile(BytesIO(after)) as file:
        assert file.testzip() is None
        text = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    assert not [name for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312") if f'="{name}"' in text]
    if path.suffix == ".docx":
        assert {section.top_margin for section in docx.Document(BytesIO(after)).sections} == {Twips(1961)}


def test_a_folder_is_dressed_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "正文.docx").write_bytes(package("word/styles.xml", f'<w:x {W}><w:spacing w:line="579"/></w:x>'))
    (tmp_path / "README.md").write_text("说明", encoding="utf-8")
    assert dress_folder(tmp_path, NARROW) == ()
    assert 'w:line="589"' in part((tmp_path / "正文.docx").read_bytes(), "word/styles.xml")
    (tmp_path / "坏.docx").write_bytes(b"x")
    assert [fault.code for fault in dress_folder(tmp_path, NARROW)] == ["T005"]
    assert dress_folder(tmp_path, Look()) == ()
