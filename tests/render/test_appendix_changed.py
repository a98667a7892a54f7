"""附件.xlsx changed by the people who use it: the next build keeps every change."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.model.report import BuildOptions
from reportgen.pipeline import build
from reportgen.resources import inputs_root, templates_root
from reportgen.template import Template

Edit = Callable[[openpyxl.Workbook], None]
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# A PNG of one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6368000000820081dd436af40000000049454e44ae426082"
)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Edit], Path]:
    """Builds the sample with its template changed by `edit`; gives the appendix."""

    def build_with(edit: Edit) -> Path:
        workbook = Path(shutil.copy(inputs_root() / "综述" / "综述.xlsx", tmp_path / "综述.xlsx"))
        folder = Path(shutil.copytree(templates_root() / "综述", tmp_path / "模板" / "综述"))
        template = openpyxl.load_workbook(folder / "附件.xlsx")
        edit(template)
        saved = io.BytesIO()
        template.save(saved)
        (folder / "附件.xlsx").write_bytes(_with_logo(saved.getvalue()))
        report = build(workbook, BuildOptions())
        assert report.output is not None, [d.message for d in report.diagnostics]
        return report.output.appendix

    return build_with


def _with(book: openpyxl.Workbook, words: str) -> Worksheet:
    return next(sheet for sheet in book if words in sheet.title)


def _find(sheet: Worksheet, text: str) -> tuple[int, int]:
    return next((c.row, c.column) for row in sheet.iter_rows() for c in row if c.value == text)


def test_new_headers_a_logo_a_total_row_and_a_chart_are_kept(changed: Callable[[Edit], Path]) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        section, ledger = book.worksheets[0], _with(book, "活动台账")
        for old, new in (("本期", "今年数"), ("来源", "数据来源")):
            section.cell(*_find(section, old)).value = new
        row, column = _find(ledger, "{{ 行.场次 }}")
        total, _ = _find(ledger, "合计")
        ledger.cell(total + 1, 1).value = "平均"
        ledger.cell(total + 1, column).value = f"=AVERAGE(H{row}:H{row})"
        chart = BarChart()
        chart.add_data(Reference(ledger, min_col=column, max_col=column, min_row=row, max_row=row))
        chart.set_categories(Reference(ledger, min_col=1, max_col=1, min_row=row, max_row=row))
        ledger.add_chart(chart, f"A{total + 6}")

    path = changed(edit)
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    sections = [sheet for sheet in book if re.match(r"附件[123] ", sheet.title)]
    assert len(sections) == 3
    for sheet in sections:
        headers = [cell.value for cell in sheet[_find(sheet, "序号")[0]]]
        assert headers[4] == "今年数"
        assert headers[13] == "数据来源"
    ledger = _with(values, "活动台账")
    count = ledger.max_row
    events = [row[7].value for row in ledger.iter_rows(min_row=5) if str(row[0].value).startswith("H")]
    row, _ = _find(ledger, "平均")
    assert ledger.cell(row, 8).value == pytest.approx(sum(events) / len(events))
    first, last = 5, 4 + len(events)
    assert count >= last
    (chart,) = _with(book, "活动台账")._charts
    series = chart.series[0]
    assert series.val.numRef.f.endswith(f"!$H${first}:$H${last}")
    assert series.cat.numRef.f.endswith(f"!$A${first}:$A${last}")
    assert chart.anchor._from.row == row + 4
    with zipfile.ZipFile(path) as archive:
        logos = [name for name in archive.namelist() if "标志" in archive.read(name).decode(errors="ignore")]
        assert len(logos) == 3
        assert archive.read("xl/media/logo.png") == PIXEL


def test_pictures_in_the_page_header_stay_with_every_copy_of_a_sheet(tmp_path: Path) -> None:
    """As Excel writes them: &G in the header, the picture in a VML part of its own."""
    book = openpyxl.Workbook()
    book.active.title = "{{ x }}"
    book.active["A1"] = "{%sheet for x in 数 %}{{ x }}"
    book.active.oddHeader.left.text = "&G"
    plain = io.BytesIO()
    book.save(plain)
    data = _with_header_picture(plain.getvalue())
    out = io.BytesIO()
    Template.load(io.BytesIO(data)).render({"数": ["甲", "乙"]}, out)
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        sheets = [archive.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
        drawings = [name for name in names if name.endswith(".vml")]
        assert all("legacyDrawingHF" in sheet and "&amp;G" in sheet for sheet in sheets)
        assert (len(sheets), len(drawings)) == (2, 2)
        for name in drawings:
            folder, _, base = name.rpartition("/")
            assert "../media/logo.png" in archive.read(f"{folder}/_rels/{base}.rels").decode()


def _with_header_picture(data: bytes) -> bytes:
    drawing = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="LH"/></xml>'
    return _with_drawing(data, "legacyDrawingHF", "vmlDrawing", "vmlDrawing1.vml", drawing)


def _with_logo(data: bytes) -> bytes:
    """The first sheet with a picture in its right upper corner, as Excel writes it."""
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from>'
        "<xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        '<xdr:ext cx="360000" cy="360000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="标志"/><xdr:cNvPicPr/>'
        f'</xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="{RELATIONS}" r:embed="rId1"/><a:stretch><a:fillRect/>'
        '</a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
        "<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    return _with_drawing(data, "drawing", "drawing", "drawing9.xml", drawing)


def _with_drawing(data: bytes, element: str, kind: str, part: str, drawing: str) -> bytes:
    """The first sheet with one more part that shows the logo."""
    rels = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/%s" Target="%s"/></Relationships>'
    )
    office = "application/vnd.openxmlformats-officedocument"
    kinds = (
        f'<Default Extension="vml" ContentType="{office}.vmlDrawing"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/xl/drawings/drawing9.xml" ContentType="{office}.drawing+xml"/>'
    )
    shown = f'<{element} xmlns:r="{RELATIONS}" r:id="rId1"/></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</worksheet>", shown.encode())
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", f"{kinds}</Types>".encode())
            target.writestr(name, content)
        target.writestr("xl/worksheets/_rels/sheet1.xml.rels", rels % (kind, f"../drawings/{part}"))
        target.writestr(f"xl/drawings/{part}", drawing)
        target.writestr(f"xl/drawings/_rels/{part}.rels", rels % ("image", "../media/logo.png"))
        target.writestr("xl/media/logo.png", PIXEL)
    return out.getvalue()
