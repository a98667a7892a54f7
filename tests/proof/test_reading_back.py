"""The finished docx as proofreading reads it: every paragraph that prints something, wherever it stands."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from documents import sheet
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from workbooks import workbook

from reportgen.model.report import BuildOptions
from reportgen.pipeline import build
from reportgen.proof.document import read_paragraphs

W = nsdecls("w")
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>' + END
)
BOX = (
    f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>外</w:t></w:r>'
    "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里7个</w:t></w:r></w:p></w:txbxContent>"
    "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里7个</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def read(document: docx.document.Document) -> list[tuple[str, str]]:
    out = BytesIO()
    document.save(out)
    return [(paragraph.part, paragraph.text) for paragraph in read_paragraphs(out.getvalue())]


def with_part(document: docx.document.Document, name: str, kind: str, xml: str) -> None:
    part = Part(PackURI(f"/word/{name}.xml"), "application/xml", xml.encode(), document.part.package)
    document.part.relate_to(part, kind)


def with_paragraph(inner: str) -> docx.document.Document:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(inner if inner.startswith("<w:p ") else f"<w:p {W}>{inner}</w:p>"))
    return document


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>共</w:t></w:r><w:ins><w:r><w:t>3个</w:t></w:r></w:ins>", "共3个"),
        ("<w:r><w:t>共3个</w:t></w:r><w:del><w:r><w:delText>5个</w:delText></w:r></w:del>", "共3个"),
        (FIELD.format(code="PAGE", result="12") + "<w:r><w:t>页</w:t></w:r>", "页"),
        (FIELD.format(code='HYPERLINK "http://example.org"', result="网上办结99件"), "网上办结99件"),
        (FIELD.format(code="=SUM(ABOVE)", result="56"), "56"),
        ('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>4</w:t></w:r></w:fldSimple><w:r><w:t>页</w:t></w:r>', "页"),
        ('<w:fldSimple w:instr=" REF 甲 "><w:r><w:t>38家</w:t></w:r></w:fldSimple>', "38家"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件里8个</w:t></w:r></w:sdtContent></w:sdt>", "控件里8个"),
        ("<w:r><w:t>29</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r>", "29-3"),
    ],
)
def test_what_a_paragraph_prints(inner: str, text: str) -> None:
    assert read(with_paragraph(inner)) == [("正文", text)]


def test_a_text_box_is_read_once() -> None:
    assert read(with_paragraph(BOX)) == [("正文", "外"), ("正文", "框里7个")]


def test_a_table_of_contents_over_paragraphs_repeats_nothing() -> None:
    document = with_paragraph(FIELD.format(code="TOC", result="标题15个").removesuffix(END))
    document.element.body.insert(1, parse_xml(f"<w:p {W}><w:r><w:t>第二行9个</w:t></w:r>{END}</w:p>"))
    document.element.body.insert(2, parse_xml(f"<w:p {W}><w:r><w:t>正文3个</w:t></w:r></w:p>"))
    assert read(document) == [("正文", "正文3个")]


def test_margins_notes_comments_and_drawings_are_read() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉1个"
    document.sections[0].footer.paragraphs[0].text = "页脚2个"
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "表里3个"
    note = f"<w:{{0}}s {W}><w:{{0}}><w:p><w:r><w:t>{{1}}</w:t></w:r></w:p></w:{{0}}></w:{{0}}s>"
    with_part(document, "footnotes", RELATIONSHIP_TYPE.FOOTNOTES, note.format("footnote", "脚注4个"))
    with_part(document, "endnotes", RELATIONSHIP_TYPE.ENDNOTES, note.format("endnote", "尾注5个"))
    with_part(document, "comments", RELATIONSHIP_TYPE.COMMENTS, note.format("comment", "批注6个"))
    drawn = f'<c xmlns:a="{DRAWING}"><a:p><a:r><a:t>图题</a:t></a:r><a:r><a:t>7个</a:t></a:r></a:p></c>'
    with_part(document, "charts/chart1", RELATIONSHIP_TYPE.CHART, drawn)
    assert read(document) == [
        ("正文", "表里3个"),
        ("页眉", "页眉1个"),
        ("页脚", "页脚2个"),
        ("脚注", "脚注4个"),
        ("尾注", "尾注5个"),
        ("批注", "批注6个"),
        ("图表", "图题7个"),
    ]


def test_a_figure_and_a_typed_number_in_a_footnote_are_told_apart(tmp_path: Path) -> None:
    templates = with_footnote(tmp_path, "签约{{ Z900 }}，另有88个")
    report = build(workbook(tmp_path, "[内容]\n类型 | 正文\n导语 | 话。"), BuildOptions(template=templates))
    assert report.output is not None, [fault.message for fault in report.diagnostics]
    rows = sheet(report.output.appendix, "核数表")
    top = next(index for index, row in enumerate(rows) if "序号" in row)
    at = [rows[top].index(header) for header in ("板块", "文中数字", "来源单元格", "结论")]
    found = [tuple(row[i] for i in at) for row in rows[top + 1 :] if row[at[0]] == "脚注"]
    assert found == [("脚注", "126个", "指标!C2", "✔ 一致"), ("脚注", "88", None, "无据")]


def with_footnote(folder: Path, text: str) -> Path:
    """A template folder with one paragraph whose footnote says `text`."""
    document = docx.Document()
    document.add_paragraph("{{ 稿.主标题 }}")
    reference = parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    document.paragraphs[0]._p.append(reference)
    assert document.paragraphs[0]._p.findall(".//" + qn("w:footnoteReference"))
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    templates = saved(folder, document)
    assert "word/footnotes.xml" in ZipFile(templates / "正文.docx").namelist()
    return templates


def saved(folder: Path, document: docx.document.Document) -> Path:
    """A template folder with this article and the bundled appendix."""
    templates = folder / "模板" / "综述"
    templates.mkdir(parents=True)
    document.save(str(templates / "正文.docx"))
    bundled = Path(__file__).parents[2] / "templates" / "综述" / "附件.xlsx"
    (templates / "附件.xlsx").write_bytes(bundled.read_bytes())
    return templates


def test_a_number_that_counts_the_rows_of_a_table_needs_no_source(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("1", "甲市7家", "2", "3"), strict=True):
        cell.text = text
    report = build(
        workbook(tmp_path, "[内容]\n类型 | 正文\n导语 | 话。"), BuildOptions(template=saved(tmp_path, document))
    )
    assert report.output is not None, [fault.message for fault in report.diagnostics]
    rows = sheet(report.output.appendix, "核数表")
    top = next(index for index, row in enumerate(rows) if "序号" in row)
    at = [rows[top].index(header) for header in ("文中数字", "结论")]
    found = [tuple(row[i] for i in at) for row in rows[top + 1 : top + 5]]
    assert found == [("1", "豁免"), ("7", "无据"), ("2", "豁免"), ("3", "无据")]
