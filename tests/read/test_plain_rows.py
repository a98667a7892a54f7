"""Rows that are read by their bytes say the same as the XML parser makes of them, whatever stands between them."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_xlsx import sheet

from reportgen.model.cells import CellMark
from reportgen.read.marks import SheetMarks
from reportgen.read.xlsx import scan_xlsx, stream
from reportgen.read.xlsx.plain import PlainRows

PERCENT = {"2": 1, "7": 0}
# A row's cells, {r} its number: what programs write, what they seldom write, and what none does.
CELLS = [
    '<c r="A{r}" t="s"><v>3</v></c><c r="B{r}"><v>1.5E-3</v></c><c r="C{r}" s="2"><v>0.043</v></c>',
    '<c r="A{r}" s="2" t="n"><v>0.5</v></c><c r="AB{r}" s="7"><v>1</v></c>',
    '<c r="A{r}" s="1"/><c r="B{r}" s="2" /><c r="C{r}"></c>',
    '<c r="A{r}" t="inlineStr"><is><t xml:space="preserve"> 甲 &amp; 乙&#10;</t></is></c>',
    '<c r="A{r}" t="str"><v>甲&lt;乙</v></c><c r="B{r}" t="b"><v>1</v></c>',
    '<c r="A{r}" s="2"><f>A1*2</f><v>0.1</v></c><c r="B{r}"><f t="shared" si="0"/><v>3</v></c>',
    '<c r="A{r}" t="str"><f>"甲"</f><v></v></c>',
    '<c r="A{r}" s="2"><f>A1</f></c><c r="B{r}"><f>A1</f><v></v></c>',
    '<c r="A{r}" t="e"><v>#REF!</v></c><c r="B{r}" t="e" s="2"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="A{r}" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
    '<c r="A{r}" t="e" vm="1"><v>#VALUE!</v></c>',
    "<c r='A{r}' s='2'><v>0.5</v></c>",
    '<c t="n" s="2" r="B{r}"><v>0.5</v></c>',
    '<c s="2"><v>0.5</v></c><c><f>A1</f></c>',
    '<c r="C{r}"><v>1</v></c><c r="A{r}" s="2"><v>0.5</v></c>',
    '<c r="B99" s="2"><v>0.5</v></c>',
    '<c r="A{r}" s="2"><v>0.5</v><extLst><ext><f>A1</f></ext></extLst></c>',
    '<!-- <row r="3"><c r="A3" s="2"><v>0.5</v></c></row> --><c r="A{r}"><v>1</v></c>',
    '<c r="A{r}" t="inlineStr"><is><t><![CDATA[<c r="B{r}" s="2"><v>1</v></c>]]></t></is></c>',
    '<c r="XFD{r}"><v>1</v></c>',
]
ROWS = ['<row r="{r}" spans="1:15">{c}</row>', '<row r="{r}" hidden="1">{c}</row>', "<row>{c}</row>", '<row r="{r}"/>']


def scanned(part: bytes) -> SheetMarks:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("sheet.xml", part)
    with ZipFile(buffer) as archive:
        return scan_xlsx(archive, "sheet.xml", PERCENT, frozenset({"1"}))


def said(marks: SheetMarks) -> dict[str, object]:
    """What the marks say of the cells that hold something."""
    return {
        "marks": marks.marks,
        "errors": marks.errors,
        "decimals": marks.decimals,
        "last": (marks.last_row, marks.last_column),
    }


def by_parser_only(part: bytes) -> SheetMarks:
    with pytest.MonkeyPatch.context() as patch:
        for way in ("filled", "blank"):
            patch.setattr(PlainRows, way, lambda _self, _block, start: start)
        return scanned(part)


rows = st.lists(st.tuples(st.sampled_from(ROWS), st.sampled_from(CELLS)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(rows=rows, block=st.sampled_from([64, 300, 1 << 20]))
def test_whatever_rows_stand_side_by_side_the_marks_are_those_of_the_parser(
    rows: list[tuple[str, str]], block: int
) -> None:
    numbered = enumerate(rows, 1)
    part = sheet("".join(row.format(r=r, c=cells.format(r=r)) for r, (row, cells) in numbered)).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_BLOCK", block)
        patch.setattr(stream, "_PATIENCE", 1 << 20)
        quick, slow = scanned(part), by_parser_only(part)
    assert said(quick) == said(slow)
    assert quick.hidden_rows <= slow.hidden_rows
    assert slow.hidden_rows - quick.hidden_rows <= {r for r, (_, cells) in enumerate(rows, 1) if "<v>" not in cells}


@pytest.mark.parametrize("cells", CELLS[:6])
def test_what_programs_write_needs_no_parser(cells: str) -> None:
    reading = PlainRows(SheetMarks(), PERCENT)
    row = f'<row r="4" ht="15" x14ac:dyDescent="0.2">{cells.format(r=4)}</row>'.encode()
    assert reading.blank(row, reading.filled(row, 0)) == len(row)
    assert reading.last == 4


def test_a_formula_without_its_result_is_for_the_parser() -> None:
    marks = scanned(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><f>B1</f></c></row>').encode())
    assert marks.marks == {(2, 1): CellMark.UNCALCULATED}


def test_words_that_are_no_utf8_are_an_error() -> None:
    part = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>')
    with pytest.raises(UnicodeDecodeError):
        scanned(part.encode().replace("甲".encode(), "甲".encode("gb18030")))
