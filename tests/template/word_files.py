"""Writes a small .docx from paragraphs given as text, and reads one back as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from lxml import etree

from reportgen.template import Template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_KINDS = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footnotes.xml": f"{_WORD}.footnotes+xml",
    "word/endnotes.xml": f"{_WORD}.endnotes+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/comments.xml": f"{_WORD}.comments+xml",
    "word/glossary/document.xml": f"{_WORD}.document.glossary+xml",
    "word/glossary/styles.xml": f"{_WORD}.styles+xml",
    "word/glossary/footnotes.xml": f"{_WORD}.footnotes+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": f"{_OFFICE}.extended-properties+xml",
    "docProps/custom.xml": f"{_OFFICE}.custom-properties+xml",
    "word/charts/chart1.xml": f"{_OFFICE}.drawingml.chart+xml",
    "word/diagrams/drawing1.xml": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    "word/diagrams/data1.xml": f"{_OFFICE}.drawingml.diagramData+xml",
}
Block = str | Sequence[Sequence[str]]


def paragraph(text: str) -> str:
    """A paragraph of one run; a text that begins with < is taken as XML; ¦ parts runs."""
    if text.startswith("<"):
        return text
    return "<w:p>" + "".join(run(part) for part in text.split("¦")) + "</w:p>" if text else "<w:p/>"


def run(text: str, properties: str = "") -> str:
    """A run; `properties` goes into its w:rPr."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table; a line break in a cell parts its paragraphs."""
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{''.join(map(paragraph, cell.split(chr(10))))}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def docx(*blocks: Block, parts: Mapping[str, str] | None = None) -> bytes:
    """A .docx whose body is `blocks` (texts are paragraphs, lists of rows are tables) and that has `parts` beside."""
    body = "".join(paragraph(block) if isinstance(block, str) else table(block) for block in blocks)
    files = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>", **(parts or {})}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS[name]}"/>' for name in files if name in _KINDS
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    rels = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        f'Target="word/document.xml"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": types, "_rels/.rels": rels, **files}.items():
            archive.writestr(name, text)
    return out.getvalue()


def related(*kinds: str) -> dict[str, str]:
    """The relationships of the main part to parts of these kinds: styles, numbering, footnotes …"""
    nodes = "".join(f'<Relationship Id="rIdP{n}" Type="{OFFICE}/{k}" Target="{k}.xml"/>' for n, k in enumerate(kinds))
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{nodes}</Relationships>'}


def load(*blocks: Block, parts: Mapping[str, str] | None = None, **options: object) -> Template:
    return Template.load(io.BytesIO(docx(*blocks, parts=parts)), name="正文.docx", **options)  # type: ignore[arg-type]


def render(template: Template, context: Mapping[str, object], **options: object) -> bytes:
    out = io.BytesIO()
    template.render(context, out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def filled(*blocks: Block, **context: object) -> list[object]:
    """The text of the document that these blocks give: a string for a paragraph, rows of cells for a table."""
    return text_of(render(load(*blocks), context))


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def xml_of(*blocks: Block, trace: bool = False, **context: object) -> str:
    """The XML inside the body, without namespace declarations."""
    body = part(render(load(*blocks), context, trace=trace)).find(f"{{{W}}}body")
    assert body is not None
    text = "".join(etree.tostring(child, encoding="unicode") for child in body)
    for prefix, uri in body.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"', "")
    return text


def text_of(data: bytes, name: str = "word/document.xml") -> list[object]:
    root = part(data, name)
    top = root.find(f"{{{W}}}body")
    return [_block(child) for child in (root if top is None else top)]


def _block(node: etree._Element) -> object:
    if node.tag == f"{{{W}}}tbl":
        return [[_cell(cell) for cell in row.findall(f"{{{W}}}tc")] for row in node.findall(f"{{{W}}}tr")]
    return line(node)


def _cell(cell: etree._Element) -> object:
    blocks = [_block(child) for child in cell if not str(child.tag).endswith("}tcPr")]
    return "\n".join(block if isinstance(block, str) else repr(block) for block in blocks)


def line(node: etree._Element) -> str:
    """The text of a paragraph, breaks and tabs included."""
    signs = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    return "".join((t.text or "") if t.tag == f"{{{W}}}t" else signs.get(str(t.tag), "") for t in node.iter())
