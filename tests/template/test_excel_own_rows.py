"""Formulas that read the cells beside them: computed while rows are printed, as if all were computed at the end."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from excel_books import Filled, fill, template
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reportgen.template import Template
from reportgen.template.excel.filling.batches import batch, strips
from reportgen.template.excel.filling.filled import rows
from reportgen.template.excel.formulas.expression import parse
from reportgen.template.excel.formulas.reach import columns_read, stays_in_row
from reportgen.template.excel.writing import values

TABLE = "甲|乙|丙|式\n{%% for x in 行 %%}{{ x.甲 }}|{{ x.乙 }}|{{ x.丙 }}|%s|{%% endfor %%}\n|||%s"
ROWS = [
    {"甲": 126, "乙": Decimal("107"), "丙": "个"},
    {"甲": 0.5, "乙": 0, "丙": "%"},
    {"甲": None, "乙": True, "丙": ""},
    {"甲": "450多", "乙": date(2025, 3, 1), "丙": 'a<b&"c"\r\n甲_x0041_'},
    {"甲": datetime(2025, 3, 1, 12), "乙": -3, "丙": "=1+1"},
]


@pytest.mark.parametrize(
    ("formula", "alone"),
    [
        ("A2/B2-1", True),
        ("IF(ISNUMBER(A2),SUM(A2:B2),C2)", True),
        ("SUM(A2)", True),
        ("_xlfn.TEXTJOIN(\"、\",TRUE,A2:C2)", True),
        ("SUM($A2:B2)", True),
        ("SUM(A$2:B2)", False),  # steps out of its turn
        ("A1+A2", False),
        ("A2:B2", False),  # spills
        ("A2*{1,2}", False),
        ("ROW()+A2", False),
        ("SUBTOTAL(9,A2:B2)", False),
        ("OFFSET(A2,0,1)", False),
        ("A2*税率", False),
        ("SUM(B:B)+A2", False),
        ("表!A2+1", False),
        ("SORT(A2:B2)", False),
    ],
)  # fmt: skip
def test_which_formulas_read_their_own_row_alone(formula: str, alone: bool) -> None:
    assert stays_in_row(parse(formula), 2) is alone


@pytest.mark.parametrize(
    ("formulas", "read"),
    [
        (["SUM(A2:C2)", "D3"], {"表": {1, 2, 3, 4}}),
        (["SUM('另 表'!$B2:B9)"], {"另 表": {2}}),
        (["SUM(2:2)"], {"表": set(range(1, 16_385))}),
        (["SUM(A:A)"], None),
        (["税率*A2"], None),
        (["SUM(A1:INDEX(D1:D9,2))"], None),
        (["INDIRECT(\"E5\")"], None),
        (["SUM('一:三'!A2)"], None),
    ],
)  # fmt: skip
def test_the_columns_that_formulas_read(formulas: list[str], read: Mapping[str, set[int]] | None) -> None:
    assert columns_read(("表", parse(formula)) for formula in formulas) == read


def _alike(text: str, **context: object) -> Filled:
    """The workbook, the same as when all of its formulas are computed at the end."""
    data = template(text)
    filled = fill(data, **context)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(batch, "stays_in_row", lambda *_: False)
        together = fill(data, **context)
    assert filled.data == together.data
    assert filled.result == together.result
    return filled


@pytest.mark.parametrize(
    "formula",
    ["=A2/B2-1", "=B2+1", "=IF(C2=\"\",\"空\",C2&\"<\"&LEN(C2))", "=ISNUMBER(A2)", "=IF(A2>0,\"\",1)", "=1/B2",
     "=YEAR(B2)", "=TODAY()-A2", "=IFERROR(没有(A2),7)", "=SUM(A2:C2)", "=LEFT(C2,99999)"],
)  # fmt: skip
@pytest.mark.parametrize("total", ["=SUM(D2:D2)", "=COUNTA(D2:D2)", "=COUNTBLANK(D2:D2)", "=SUM(D:D)", "=MAX(B2:B2)"])
def test_values_are_the_same_as_when_all_are_computed_together(formula: str, total: str) -> None:
    _alike(TABLE % (formula, total), 行=ROWS)


def test_the_values_themselves() -> None:
    filled = _alike(TABLE % ('=IF(B2=0,"无",A2/B2)', "=COUNT(D2:D2)"), 行=ROWS[:2] * 2)
    assert [row[-1] for row in filled.values()[1:]] == [126 / 107, "无", 126 / 107, "无", 2]


def test_formulas_of_a_row_may_read_one_another() -> None:
    text = '{% for x in 行 %}{{ x.甲 }}|=A1*2|=B1+D1|=B1&"个"|=SUM(A$1:A1)|=E1*2|7|=G1+1|{% endfor %}\n=SUM(F1:F1)'
    filled = _alike(text, 行=[{"甲": 1}, {"甲": 2}])
    assert filled.values() == [[1, 2, None, "2个", 1, 2, 7, 8], [2, 4, None, "4个", 3, 6, 7, 8], [8]]
    assert [(place.row, place.cell) for place in filled.result.uncomputed] == [(1, "C1"), (2, "C2")]


def test_rows_printed_cell_by_cell_stand_among_the_others() -> None:
    plain, odd = {"甲": 3, "乙": 2, "丙": "个"}, {"甲": 3, "乙": 10**15, "丙": "个"}
    filled = _alike(TABLE % ("=A2*2", "=SUM(D2:D2)"), 行=[plain, odd, plain, odd, plain])
    assert [row[-1] for row in filled.values()[1:]] == [6, 6, 6, 6, 6, 30]


def test_more_rows_than_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "_AT_ONCE", 7)
    monkeypatch.setattr(rows, "_IN_MEMORY", 100)
    found = [{"甲": n, "乙": None if n % 3 else n, "丙": "" if n % 2 else "个"} for n in range(40)]
    filled = _alike(TABLE % ('=IF(B2="","",A2+B2)&C2', '=COUNTIF(D2:D2,"*个")'), 行=found)
    shown = [(f"{2 * n}" if n % 3 == 0 else "") + ("" if n % 2 else "个") or None for n in range(40)]
    assert [row[3] if len(row) > 3 else None for row in filled.values()[1:41]] == shown
    assert filled.values()[41][-1] == 20


def test_sheets_that_repeat_and_groups() -> None:
    text = (
        "[表{{ 板.名 }}]\n{%sheet for 板 in 板们 %}{{ 板.名 }}\n{% for 组 in 板.组 %}\n"
        "{% for x in 组 %}{{ x }}|=A3*2|{% endfor %}\n小计|=SUM(B3:B3)\n{% endfor %}\n合计|=SUM(B3:B3)"
    )
    filled = _alike(text, 板们=[{"名": "一", "组": [[1, 2], [3]]}, {"名": "二", "组": [[4]]}])
    assert filled.values("表一")[-1] == ["合计", 12]
    assert filled.values("表二")[-1] == ["合计", 8]


def test_a_workbook_that_counts_days_from_1904() -> None:
    def since_1904(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    text = "{% for x in 行 %}{{ x }}|=YEAR(A1)|{% endfor %}\n|=YEAR(MAX(A1:A1))"
    assert [row[1] for row in fill(text, since_1904, 行=[date(2025, 3, 1)]).values()] == [2025, 2025]


def test_the_engine_is_given_only_the_columns_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    packages: list[bytes] = []
    evaluate = values.evaluate
    monkeypatch.setattr(values, "evaluate", lambda package, *rest: packages.append(package) or evaluate(package, *rest))
    fill(TABLE % ("=A2*2", "=SUM(B2:B2)&D2"), 行=ROWS[:2])
    sheet = openpyxl.load_workbook(io.BytesIO(packages[0]))["表"]
    assert [[cell.value for cell in row] for row in sheet] == [
        [None, "乙", None, "式"],
        [None, 107, None, 252],
        [None, 0, None, 1],
        [None, None, None, "=SUM(B2:B3)&D2"],
    ]


def test_a_trial_tells_the_same_faults_and_computes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing is to be computed")

    monkeypatch.setattr(values, "evaluate", refuse)
    monkeypatch.setattr(strips, "RowPlan", refuse)
    loaded = Template.load(io.BytesIO(template(TABLE % ("=A2*2", "=SUM(D2:D2)"))))
    assert loaded.faults({"行": ROWS}) == ()
    assert [fault.code for fault in loaded.faults({"行": [{"甲": 1, "乙": 2}]})] == ["T021"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "甲": st.one_of(st.none(), st.integers(-(10**6), 10**6), st.floats(-1e9, 1e9), st.text(max_size=9)),
                "乙": st.one_of(st.booleans(), st.decimals(-1000, 1000, places=2), st.dates(date(1950, 1, 1))),
                "丙": st.text(max_size=5),
            }
        ),
        max_size=6,
    ),
)
def test_any_values_give_what_computing_all_gives(found: list[dict[str, object]]) -> None:
    _alike(TABLE % ("=IF(ISNUMBER(A2),A2+B2,A2&C2)", "=COUNT(D2:D2)"), 行=found)
