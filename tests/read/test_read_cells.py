"""Cells of a file in; values, marks and notices out."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from raw_xlsx import MAIN, raw_xlsx, sheet
from workbooks import workbook

from reportgen.model.cells import CellMark, CellValue, Merge, Sheet, Workbook
from reportgen.read import read_workbook
from reportgen.read.marks import percent_decimals

HERE = Path(__file__).parent


def read(path: Path) -> Workbook:
    outcome = read_workbook(path)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def only_sheet(folder: Path, rows: str) -> Sheet:
    return read(raw_xlsx(folder, {"指标": sheet(rows)})).sheets[0]


def values(found: Sheet) -> dict[int, tuple[CellValue, ...]]:
    return {row.number: row.values for row in found.rows}


CELLS = [
    # one cell's XML, the value read, the mark
    ('<c r="A1"><v>0.043499999999999997</v></c>', 0.0435, None),
    ('<c r="A1" s="1"><v>0.5</v></c>', 0.5, CellMark.PERCENT),
    ('<c r="A1" s="2"><v>0.043</v></c>', 0.043, CellMark.PERCENT),
    ('<c r="A1" s="3"><v>4.3</v></c>', 4.3, None),
    ('<c r="A1" s="2" t="inlineStr"><is><t>近50%</t></is></c>', "近50%", None),
    ('<c r="A1" s="4"><v>45727</v></c>', date(2025, 3, 11), None),
    ('<c r="A1" s="5"><v>45717</v></c>', date(2025, 3, 1), None),
    ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!", CellMark.ERROR),
    ('<c r="A1" t="e"><f>A2/0</f><v>#DIV/0!</v></c>', "#DIV/0!", CellMark.ERROR),
    ('<c r="A1"><f>A2+1</f></c>', None, CellMark.UNCALCULATED),
    ('<c r="A1"><f>A2+1</f><v></v></c>', None, CellMark.UNCALCULATED),
    ('<c r="A1"><f>A2+1</f><v>3</v></c>', 3.0, None),
    ('<c r="A1" s="2"><f>A2/3</f><v>0.25</v></c>', 0.25, CellMark.PERCENT),
    ('<c r="A1" t="str"><f>A2&amp;"x"</f><v>甲x</v></c>', "甲x", None),
    (
        '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        '=DISPIMG("ID_1",1)',
        CellMark.PICTURE,
    ),
    ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', "#VALUE!", CellMark.ERROR),
    ('<c r="A1" t="inlineStr"><is><t>#N/A</t></is></c>', "#N/A", CellMark.ERROR),
    ('<c r="A1"><v>NaN</v></c>', "#NUM!", CellMark.ERROR),
    ('<c r="A1"><v>330106199001011234</v></c>', 330106199001011234.0, CellMark.DIGITS_LOST),
    ('<c r="A1" t="inlineStr"><is><t>330106199001011234</t></is></c>', "330106199001011234", None),
    ('<c r="A1" t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c>', "甲\r\n乙", None),
    ('<c r="A1" t="inlineStr"><is><t>Q&amp;A &lt;b&gt;</t></is></c>', "Q&A <b>", None),
    ('<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1", None),
    ('<c r="A1" t="b"><v>1</v></c>', True, None),
]


@pytest.mark.parametrize(("cell", "value", "mark"), CELLS)
def test_a_cell_is_read_with_what_its_value_hides(
    tmp_path: Path, cell: str, value: CellValue, mark: CellMark | None
) -> None:
    found = only_sheet(tmp_path, f'<row r="1">{cell}<c r="B1"><v>7</v></c></row>')
    assert found.rows[0].values == (value, 7.0)
    assert found.marks == ({(1, 1): mark} if mark else {})


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[DBNum1][$-804]yyyy/m/d;@", True),
        ('e"年"m"月"', True),
        ('0"年"', False),
        ('General"月"', False),
        ("0\\d", False),
        ("#,##0_);[Red]\\(#,##0\\)", False),
        ("[Red]0户", False),
    ],
)
def test_a_date_is_known_by_its_format(tmp_path: Path, number_format: str, is_date: bool) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["指标"]["C2"], book["指标"]["C2"].number_format = 45727, number_format

    value = read(workbook(tmp_path, edit=put)).sheets[-1].rows[1].values[2]
    assert value == (date(2025, 3, 11) if is_date else 45727)


@pytest.mark.parametrize(
    ("number_format", "decimals"),
    [
        ("0%", 0),
        ("0.00%", 2),
        ("0.0%;[Red]-0.0%", 1),
        ("#,##0.0#%", 2),
        ("0.0_%", None),
        ('0"%"', None),
        ("0\\%", None),
    ],
)
def test_a_percent_format_says_how_many_decimals_it_shows(number_format: str, decimals: int | None) -> None:
    assert percent_decimals(number_format) == decimals


def test_a_cached_empty_text_is_a_blank(tmp_path: Path) -> None:
    found = only_sheet(tmp_path, '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>7</v></c></row>')
    assert (found.rows[0].values, found.marks) == ((None, 7.0), {})


def test_a_formula_without_a_result_alone_in_its_row_is_not_lost(tmp_path: Path) -> None:
    found = only_sheet(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B9"><f>A1</f></c></row>')
    assert [row.number for row in found.rows] == [1, 9]
    assert found.marks == {(9, 2): CellMark.UNCALCULATED}


def test_rows_keep_their_numbers_and_columns_where_the_table_starts_further_in(tmp_path: Path) -> None:
    found = only_sheet(tmp_path, '<row r="4"><c r="C4"><v>1</v></c></row><row r="6"><c r="D6"><v>2</v></c></row>')
    assert values(found) == {4: (None, None, 1.0), 6: (None, None, None, 2.0)}


def test_cells_and_rows_without_a_reference_are_counted(tmp_path: Path) -> None:
    found = only_sheet(tmp_path, '<row><c s="2"><v>0.5</v></c><c t="e"><v>#N/A</v></c></row><row><c><v>3</v></c></row>')
    assert values(found) == {1: (0.5, "#N/A"), 2: (3.0,)}
    assert found.marks == {(1, 1): CellMark.PERCENT, (1, 2): CellMark.ERROR}


def test_prefixed_elements_are_understood(tmp_path: Path) -> None:
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" s="2"><x:v>0.5</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    found = read(raw_xlsx(tmp_path, {"指标": xml})).sheets[0]
    assert found.marks == {(1, 1): CellMark.PERCENT}


def test_a_long_styled_tail_is_no_data_and_hides_none(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(2, 60_000))
    last = '<row r="60000"><c r="B60000" s="2"><v>0.5</v></c></row>'
    found = only_sheet(tmp_path, f'<row r="1"><c r="A1"><v>1</v></c></row>{blank}{last}')
    assert values(found) == {1: (1.0,), 60000: (None, 0.5)}
    assert found.marks == {(60000, 2): CellMark.PERCENT}


def test_merges_are_told(tmp_path: Path) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book["指标"].merge_cells("B2:B4")

    found = read(workbook(tmp_path, edit=merge)).sheets[-1]
    assert found.merges == (Merge(2, 2, 4, 2),)


def test_hidden_rows_are_kept_with_one_notice(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        for row in (2, 3, 5, 9):
            book["指标"].row_dimensions[row].hidden = True

    text = "[指标]\n指标号 | 名称\nZ1 | 甲\nZ2 | 乙\nZ3 | 丙\nZ4 | 丁\n"
    outcome = read_workbook(workbook(tmp_path, text, edit=hide))
    assert outcome.value is not None
    assert len(outcome.value.sheets[-1].rows) == 5
    assert [(notice.code, notice.message) for notice in outcome.diagnostics] == [
        ("R022", "工作表「指标」有 3 行被隐藏或筛选掉（第2—3、5行），仍然读取。")
    ]


def test_hidden_sheets_are_skipped_with_a_notice_and_sheets_for_people_without(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["旧表"].sheet_state = "hidden"
        book["_选项"].sheet_state = "veryHidden"

    text = "[旧表]\n甲\n[_选项]\n甲\n[#草稿]\n甲\n[填写说明]\n怎么填\n"
    outcome = read_workbook(workbook(tmp_path, text, edit=hide))
    assert outcome.value is not None
    assert [found.name for found in outcome.value.sheets] == ["刊期", "稿件", "指标", "旧表"]
    assert outcome.value.sheets[-1] == Sheet("旧表", (), hidden=True)
    assert [(notice.code, notice.place.sheet) for notice in outcome.diagnostics] == [("R021", "旧表")]


def test_the_digest_is_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    assert read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["指标.xls", "指标.ods"])
def test_xls_and_ods_tell_as_much_as_xlsx(name: str) -> None:
    outcome = read_workbook(HERE / name)
    assert outcome.value is not None
    found = outcome.value.sheets[0]
    assert values(found) == {
        1: ("指标号", "单位", "占比", "值", "截止日"),
        2: ("Z001", "柳州市政协", 0.0435, 126, date(2025, 3, 11)),
        3: ("Z002", None, 0.5, 3),
        4: ("Z003", "梧州市政协", None, "#DIV/0!"),
    }
    assert found.marks == {(2, 3): CellMark.PERCENT, (3, 3): CellMark.PERCENT, (4, 4): CellMark.ERROR}
    assert found.decimals == {(2, 3): 2, (3, 3): 0}
    assert found.merges == (Merge(2, 2, 3, 2),)
    assert found.hidden_rows == {4}
    assert [notice.code for notice in outcome.diagnostics] == ["R022", "R021"]


def test_a_time_of_day_stays_with_its_date(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["指标"]["C2"] = datetime(2025, 3, 11, 8, 30)

    assert read(workbook(tmp_path, edit=put)).sheets[-1].rows[1].values[2] == datetime(2025, 3, 11, 8, 30)
