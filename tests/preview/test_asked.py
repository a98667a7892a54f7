"""The fonts a document asks for: those of the styles it uses and of its text, not all that it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_office import W, docx, xlsx

from reportgen.preview.asked import asked_fonts
from reportgen.preview.source import Source

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
THEME = (
    f"<a:theme {A}><a:fontScheme><a:minorFont><a:latin typeface='Calibri'/><a:ea typeface=''/>"
    "<a:font script='Jpan' typeface='MS Mincho'/><a:font script='Hans' typeface='等线'/></a:minorFont>"
    "</a:fontScheme></a:theme>"
)


def style(name: str, font: str, based_on: str = "") -> str:
    base = f"<w:basedOn w:val='{based_on}'/>" if based_on else ""
    return f"<w:style w:styleId='{name}'>{base}<w:rPr><w:rFonts w:eastAsia='{font}'/></w:rPr></w:style>"


STYLES = "".join(
    (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='Times New Roman' w:eastAsia='仿宋'/></w:rPr>",
        "</w:rPrDefault></w:docDefaults><w:style w:styleId='base' w:default='1'/>",
        style("title", "小标宋", based_on="heading"),
        style("heading", "黑体"),
        style("unused", "隶书"),
        style("lead", "楷体"),
    )
)


@pytest.mark.parametrize(
    ("body", "fonts"),
    [
        ("", "Times New Roman 仿宋"),
        ("<w:p><w:pPr><w:pStyle w:val='title'/></w:pPr></w:p>", "Times New Roman 仿宋 小标宋 黑体"),
        ("<w:p><w:r><w:rPr><w:rStyle w:val='lead'/></w:rPr></w:r></w:p>", "Times New Roman 仿宋 楷体"),
        (
            "<w:p><w:r><w:rPr><w:rFonts w:hAnsi='Arial' w:hint='eastAsia'/></w:rPr></w:r></w:p>",
            "Arial Times New Roman 仿宋",
        ),
        (
            "<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme='minorEastAsia'/></w:rPr></w:r></w:p>",
            "Times New Roman 仿宋 等线",
        ),
        ("<w:p><w:r><w:rPr><w:rFonts w:asciiTheme='minorHAnsi'/></w:rPr></w:r></w:p>", "Calibri Times New Roman 仿宋"),
    ],
)
def test_word(body: str, fonts: str) -> None:
    content = docx(body, STYLES, **{"theme/theme1": THEME})
    assert " ".join(sorted(asked_fonts(Source(Path("报告.docx"), content, is_open=False)))) == fonts


def test_headers_and_notes_count_too() -> None:
    header = f"<w:hdr {W}><w:rFonts w:ascii='宋体'/></w:hdr>"
    assert asked_fonts(Source(Path("报告.docx"), docx(header1=header), is_open=False)) == ("宋体",)


S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK_STYLES = (
    f"<styleSheet {S}><fonts><font><name val='Calibri'/></font><font><name val='宋体'/></font>"
    "<font><name val='黑体'/></font></fonts>"
    "<cellXfs><xf fontId='0'/><xf fontId='1'/><xf fontId='2'/></cellXfs></styleSheet>"
)


@pytest.mark.parametrize(
    ("sheet", "fonts"),
    [
        ('<c r="A1" s="1"><v>1</v></c><c s="2" r="B1"/>', ("宋体", "黑体")),
        ('<c r="A1" s="1"/><c r="A2"><v>1</v></c>', ("Calibri", "宋体")),
        ('<c r="A1" s="1"><is><r><rPr><rFont val="楷体"/></rPr></r></is></c>', ("宋体", "楷体")),
        ('<c r="A1" s="9"/>', ()),
        ('<headerFooter><oddFooter>&amp;C&amp;"仿宋,常规"&amp;9 第 &amp;P 页</oddFooter></headerFooter>', ("仿宋",)),
    ],
)
def test_excel(sheet: str, fonts: tuple[str, ...]) -> None:
    content = xlsx({"xl/styles.xml": BOOK_STYLES, "xl/worksheets/sheet1.xml": f"<worksheet {S}>{sheet}</worksheet>"})
    assert asked_fonts(Source(Path("附件.xlsx"), content, is_open=False)) == fonts
