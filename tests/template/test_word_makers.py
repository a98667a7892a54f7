"""Templates as other programs than Word write them.

LibreOffice: files/libreoffice.docx is what LibreOffice 7.4 made of files/libreoffice.fodt, the dates of the zip apart;
a slow test has the LibreOffice that is here make it anew. WPS was not at hand: its test imitates the XML that WPS
Office 10 and 11 write, as seen in documents published by others, and no more than that XML is tested.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree
from picture_files import png
from recalculation import office
from word_files import W, docx, part, related, render, run, text_of

from reportgen.template import Picture, Template
from reportgen.template.package import Package

FILES = Path(__file__).parent / "files"
_W = f"{{{W}}}"


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# -------------------------------------------------------------------------------------------------------- LibreOffice


def check_libreoffice(template: Path, folder: Path) -> None:
    (folder / "图.png").write_bytes(png())
    context = {
        **{"题": "工作<综述>", "期号": 7, "数": 1280, "来源": "统计&"},
        "行": [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}],
        "图": Picture(folder / "图.png", 20),
    }
    out = io.BytesIO()

    result = Template.load(template).render(context, out, trace=True)

    data = out.getvalue()
    assert [notice.code for notice in result.notices] == ["T062"]
    text = [entry.strip() if isinstance(entry, str) else entry for entry in text_of(data)]
    assert [entry for entry in text if entry] == [
        *("工作<综述> 1", "工作<综述>", "见7，印1280份。", "1280改过，号7尾", "框3框3总数3"),
        *("隔", "甲", "另1", "隔", "乙", "另2"),
        [["名", "数"], ["甲", "1"], ["乙", "2"]],
        "尾",
    ]
    texts = {name: "".join(etree.fromstring(xml).itertext()) for name, xml in entries(data).items() if name[-1] == "l"}
    assert "第7期" in texts["word/header1.xml"]
    assert "共2条" in texts["word/footer1.xml"]
    assert "据统计&。" in texts["word/footnotes.xml"]
    assert "核统计&" in texts["word/comments.xml"]
    assert "工作<综述>" in texts["docProps/core.xml"]
    links = [rel.target for rel in Package.open(data).related("word/document.xml") if rel.external]
    assert links == ["http://example.org/7"]
    numbers = [node.get(f"{_W}val") for node in part(data).iter(f"{_W}numId")]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2  # the list begins anew
    assert len([name for name in entries(data) if "/media/" in name]) == 2
    marks = [node.get(f"{_W}name") for node in part(data).iter(f"{_W}bookmarkStart")]
    assert {"题", "中"} <= set(marks)


def test_a_template_made_by_libreoffice(tmp_path: Path) -> None:
    check_libreoffice(FILES / "libreoffice.docx", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(office() is None, reason="there is no LibreOffice here")
def test_a_template_that_libreoffice_makes_now(tmp_path: Path) -> None:
    command = [str(office()), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    source = str(FILES / "libreoffice.fodt")
    subprocess.run(
        [*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path), source],
        check=True,
        capture_output=True,
        timeout=120,
    )

    check_libreoffice(tmp_path / "libreoffice.docx", tmp_path)


# ---------------------------------------------------------------------------------------------------------------- WPS

LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
CHINESE, PLAIN = (f'<w:rFonts w:hint="{hint}"/>{LANGUAGE}' for hint in ("eastAsia", "default"))
FILL = (
    '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="tx1"><w14:lumMod w14:val="50000"/></w14:schemeClr>'
    "</w14:solidFill></w14:textFill>"
)
FONT = '<w:rFonts w:hint="eastAsia" w:ascii="黑体" w:eastAsia="黑体"/>'
TITLED = f'{FONT}<w:kern w:val="0"/><w:sz w:val="32"/>{LANGUAGE}{FILL}'
GO_BACK = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
PROPERTIES = f'<w:pPr><w:bidi w:val="0"/><w:rPr>{CHINESE}</w:rPr></w:pPr>'


def typed(*parts: str) -> str:
    """A paragraph of WPS: Chinese and the rest in runs of their own, each with a language; < begins XML."""
    runs = (p if p.startswith("<") else run(p, CHINESE if ord(p[0]) > 0x2000 else PLAIN) for p in parts)
    return f"<w:p>{PROPERTIES}{''.join(runs)}</w:p>"


def row(*cells: str) -> str:
    """A table row as WPS writes it: with exceptions to the table's properties, heights and widths."""
    exceptions = '<w:tblPrEx><w:tblCellMar><w:top w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPrEx>'
    width = '<w:tcPr><w:tcW w:w="2840" w:type="dxa"/><w:noWrap w:val="0"/><w:vAlign w:val="center"/></w:tcPr>'
    inside = "".join(f"<w:tc>{width}{cell}</w:tc>" for cell in cells)
    return f'<w:tr>{exceptions}<w:trPr><w:trHeight w:val="390" w:hRule="atLeast"/></w:trPr>{inside}</w:tr>'


def box(content: str) -> str:
    """A text box, twice: as a shape for new programs and as VML for old ones."""
    shape = (
        '<w:drawing><wp:anchor><wp:extent cx="1800000" cy="720000"/><wp:docPr id="1" name="文本框 1"/>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    )
    old = (
        '<w:pict><v:shape id="_x0000_s1026" o:spid="_x0000_s1026"><v:textbox>'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:p>{PROPERTIES}<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}'
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


BODY = "".join(
    (
        f"<w:p>{PROPERTIES}{run('{', TITLED)}{run('{稿.', TITLED)}{GO_BACK}{run('题}}', TITLED)}</w:p>",
        typed("共", "｛｛", " 数", "　", "｝｝", "件", '<w:proofErr w:type="spellStart"/>', "{{ ", "单位", " }}"),
        typed('<w:ins w:id="9" w:author="甲" w:date="2025-01-01T00:00:00Z"><w:r><w:t>{{ 数</w:t></w:r></w:ins>', " }}"),
        typed('<w:smartTag w:uri="urn:x" w:element="chmetcnv">' + run("{{ 数", PLAIN) + "</w:smartTag>", " }}", "米"),
        typed("{%p for r in ", "行", " %}"),
        typed("{{ ", "r.名", " }}", "、"),
        typed("{%p endfor %}"),
        box(typed("框", "{{ ", "数", " }}")),
        "<w:tbl><w:tblPr><w:tblOverlap w:val=\"never\"/></w:tblPr><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>",
        row(typed("{% for r in ", "行", " %}", "{{ ", "r.名", " }}"), typed("{{ r.", "数", " }}", "{% endfor %}")),
        "</w:tbl>",
        "<w:sdt><w:sdtPr><w:id w:val='147'/></w:sdtPr><w:sdtContent>",
        typed("尾", "{{ ", "数", " }}"),
        "</w:sdtContent></w:sdt>",
    )
)  # fmt: skip
SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
    'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-11.1.0.0'
    "</vt:lpwstr></property></Properties>"
)
ITEM = (
    '<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" '
    'xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"><customSectProps><customSectPr/></customSectProps>'
    "</s:customData>"
)


def wps(body: str, parts: Mapping[str, str]) -> bytes:
    """A .docx in the manner of WPS: its namespaces, its own parts, folders as entries of the zip."""
    data = entries(docx(parts=parts))
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    text = data["word/document.xml"].decode().replace("<w:document ", f'<w:document{spaces} mc:Ignorable="w14" ')
    data["word/document.xml"] = text.replace("<w:body>", f"<w:body>{body}").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("_rels/", "docProps/", "word/", "word/_rels/", "customXml/"):
            archive.writestr(folder, b"")
        for name, content in data.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_template_that_imitates_what_wps_writes() -> None:
    own = {"docProps/custom.xml": CUSTOM, "customXml/item1.xml": ITEM, "docProps/app.xml": "<a>WPS Office_11.1</a>"}
    source = wps(BODY, {**own, **related("styles"), "word/styles.xml": f'<w:styles xmlns:w="{W}"/>'})
    template = Template.load(io.BytesIO(source), name="正文.docx")
    rows = [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}]

    data = render(template, {"稿": {"题": "综述&"}, "数": 3, "单位": "市", "行": rows}, trace=True)

    assert text_of(data) == [
        *("综述&", "共3件市", "3", "3米", "甲、", "乙、", "框3框3"),
        [["甲", "1"], ["乙", "2"]],
        "尾3",
    ]
    looks = part(data).find(f".//{_W}rPr[{_W}sz]")
    assert looks is not None
    assert etree.QName(looks[-1]).localname == "textFill"  # the title keeps the formatting of its tag
    assert [node.get(f"{_W}name") for node in part(data).iter(f"{_W}bookmarkStart")] == ["_GoBack"]
    for name, content in own.items():
        assert entries(data)[name] == content.encode()


def test_a_file_that_imitates_wps_and_has_no_tags_comes_back_part_by_part() -> None:
    plain = wps(
        BODY.replace("{", "（").replace("}", "）").replace("｛", "（").replace("｝", "）"),
        {"docProps/custom.xml": CUSTOM},
    )

    given = {name: content for name, content in entries(plain).items() if not name.endswith("/")}
    assert entries(render(Template.load(io.BytesIO(plain)), {})) == given
