"""Faults of an Excel template: code, place, words. All of them at once, and nothing is written."""

from __future__ import annotations

import io

import openpyxl
import pytest
from excel_books import Edit, edited, faults, fill, template

from reportgen.diagnostics import Severity
from reportgen.template import Formula, Hyperlink, Template, TemplateError

LINK = Hyperlink("#表!A1", 1)


def _note(book: openpyxl.Workbook) -> None:
    book["表"]["A1"].comment = openpyxl.comments.Comment("见{{ 名 }}", "编者")


def _rule(book: openpyxl.Workbook) -> None:
    check = openpyxl.worksheet.datavalidation.DataValidation("list", '"{{ 名 }}"')
    check.add("A1")
    book["表"].add_data_validation(check)


def _table(book: openpyxl.Workbook) -> None:
    book["表"].add_table(openpyxl.worksheet.table.Table(displayName="数据", ref="A2:B3"))


@pytest.mark.parametrize(
    ("text", "edit", "found"),
    [
        ("{{ 稿.标题", None, [("T010", "A1")]),
        ("{{ 名 + }}", None, [("T011", "A1")]),
        ("{% fro x in 名 %}", None, [("T012", "A1")]),
        ("{% if 名 is 无此测试 %}{{ 名 }}{% endif %}", None, [("T023", "A1")]),
        ("甲\n{% for x in 名 %}\n{{ x }}", None, [("T014", "A2")]),
        ("甲|{% endfor %}", None, [("T015", "B1")]),
        ("{% if 名 %}\n{% else %}\n{% else %}\n甲\n{% endif %}", None, [("T016", "A3")]),
        ("{%p if 名 %}|甲", None, [("T100", "A1"), ("T014", "A1")]),
        ("{{ 名 }}|{{r 名 }}", None, [("T100", "B1")]),
        ("{%tc if 名 %}{{ 名 }}|{%tc else %}|{%tc endif %}", None, [("T101", "A1")]),
        ("甲|{%sheet for x in 名 %}", None, [("T102", "B1")]),
        ("{%sheet else %}甲", None, [("T103", "A1")]),
        ("{{ 名 }}|{% for x in 名 %}{{ x }}|{% endfor %}", None, [("T104", "B1")]),
        ("{% if 名 %}{{ 名 }}|甲{% else %}乙|{% endif %}", None, [("T104", "B1")]),
        ("{% for x in 名 %}|题\n{{ x }}\n{% endfor %}", None, [("T019", "A1")]),
        ("{% for x in 名 %}题\n{{ x }}\n{% endfor %}", None, [("T019", "A1")]),
        ("{% for x in 名 %}\n{{ x }}\n{% endfor %}|=1+1", None, [("T019", "A3")]),
        ("{% for x in 名 %}|1\n{{ x }}\n尾|{% endfor %}", None, [("T019", "A1"), ("T019", "B3")]),
        ("{% if 名 %}\n甲\n{% else %}|乙\n丙\n{% endif %}", None, [("T019", "A3")]),
        ("甲{%tr for x in 名 %}\n{{ x }}\n{%tr endfor %}", None, [("T019", "A1")]),
        ("{%tr for x in 名 %}甲\n{{ x }}{%tr endfor %}", None, [("T019", "A1"), ("T019", "A2")]),
        ("{%tr set x = 名 %}|甲", None, [("T019", "A1")]),
        ("甲|=SUM((A1", None, [("T105", "B1")]),
        ("{{ 名 }}", _note, [("T107", None)]),
        ("{{ 名 }}", _rule, [("T107", None)]),
        ("[{{ x }}]\n{%sheet for x in 名 %}{{ x }}\n[总]\n甲|=ROUND('{{ x }}'!A1,2)", None, [("T108", "B1")]),
        ("[甲]\n{%sheet for x in 名 %}{{ x }}\n[乙]\n1\n[总]\n=SUM(甲:乙!A1)", None, [("T106", "A1")]),
        ("{% for x in 名 %}\n{{ x }}|头\n1|2\n{% endfor %}", _table, [("T115", None)]),
    ],
)
def test_faults_that_show_without_data(text: str, edit: Edit | None, found: list[tuple[str, str | None]]) -> None:
    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(template(text, edit)), name="附件.xlsx")
    diagnostics = caught.value.diagnostics
    assert sorted((d.code, d.place.cell or "") for d in diagnostics) == sorted((c, cell or "") for c, cell in found)
    assert {(d.place.file, d.severity) for d in diagnostics} == {("附件.xlsx", Severity.ERROR)}


@pytest.mark.parametrize(
    ("text", "context", "code", "cell"),
    [
        ("甲\n{{ 稿.副标提 }}", {"稿": {"副标题": 1}}, "T021", "A2"),
        ("{{ 稿 }}|{{ 搞 }}", {"稿": 1}, "T020", "B1"),
        ("{{ 1 / 零 }}", {"零": 0}, "T026", "A1"),
        ("共{{ 长 }}", {"长": "长" * 32_767}, "T110", "A1"),
        ("{{ 长 }}", {"长": "长" * 32_768}, "T110", "A1"),
        ("{{ 式 }}", {"式": Formula("SUM((A1")}, "T114", "A1"),
        ("[{{ x }}]\n{%sheet for x in 名 %}{{ x }}", {"名": []}, "T109", None),
        ("{%tr for x in 数 %}{{ 链 }}{%tr endfor %}", {"数": range(65_531), "链": LINK}, "T113", "A1"),
        ("{%tr for x in 组 %}\n{%tr for y in 数 %}{{ y }}{%tr endfor %}\n=SUM(A2)\n{%tr endfor %}\n=SUM(A2)",
         {"组": range(251), "数": [1]}, "T116", "A5"),
    ],
)  # fmt: skip
def test_faults_that_show_with_data(text: str, context: dict[str, object], code: str, cell: str | None) -> None:
    (fault,) = faults(text, **context)
    assert (fault.code, fault.place.cell) == (code, cell)


@pytest.mark.parametrize(
    ("text", "beside"),
    [("{%tr for x in 名 %}|题|{{ 名 }}\n{{ x }}\n{%tr endfor %}", "题{{ 名 }}"), ("12|{%tr set a = 名 %}", "12")],
)
def test_text_beside_a_control_tag_is_named(text: str, beside: str) -> None:
    (fault,) = faults(text, 名=["甲"])
    assert f"旁边还有别的内容「{beside}」，它要独占一行。" in fault.message


def test_all_faults_at_once_in_reading_order() -> None:
    text = "[一]\n{{ 甲 }}|{{ 稿.无 }}\n{% for x in 稿.行 %}{{ x.错 }}|{{ x.数 }}{% endfor %}\n[二]\n{{ 乙 }}"
    found = faults(text, 稿={"行": [{"数": 1}, {"数": 2}]})
    assert [(d.place.sheet, d.place.cell, d.code) for d in found] == [
        ("一", "A1", "T020"),
        ("一", "B1", "T021"),
        ("一", "A2", "T021"),
        ("二", "A1", "T020"),
    ]


def test_the_place_reads_as_people_say_it() -> None:
    (fault,) = faults("[指标]\n甲\n-|{{ 稿.副标提 }}", 稿={"副标题": 1})
    assert fault.place.label() == "附件.xlsx › 指标 › 第2行 (B2)"
    assert "副标题" in fault.message + fault.suggestion
    assert fault.place.tag == "{{ 稿.副标提 }}"


def test_a_fault_in_the_name_of_a_sheet_shows_the_name_and_the_tag() -> None:
    (fault,) = faults("[附{{ 号码 }}]\n甲", 号=1)
    assert fault.place.label() == "附件.xlsx › 附{{ 号码 }} › 工作表名"
    assert (fault.place.tag, fault.text) == ("{{ 号码 }}", "附{{ 号码 }}")


def test_the_text_about_a_tag_holds_no_halves_of_others() -> None:
    tags = "{{ 段.领句领句领句 }}" * 3
    (fault,) = faults(f"{tags}前{{{{ 段.无 }}}}后{tags}", 段={"领句领句领句": 1})
    assert fault.text == "前{{ 段.无 }}后"


def test_nothing_is_written_on_error(tmp_path: object) -> None:
    out = io.BytesIO()
    with pytest.raises(TemplateError):
        Template.load(io.BytesIO(template("{{ 无 }}"))).render({}, out)
    assert out.getvalue() == b""


def test_a_list_with_many_groups_may_use_subtotal() -> None:
    rows = "{%tr for x in 组 %}\n{%tr for y in 数 %}{{ y }}{%tr endfor %}\n=SUBTOTAL(9,A2)\n{%tr endfor %}\n"
    filled = fill(rows + "=SUBTOTAL(9,A2)", 组=range(300), 数=[1])
    assert filled.cells()[-1] == ["=SUBTOTAL(9,A1:A599)"]
    assert filled.values()[-1] == [300]


def _merge(ref: str) -> Edit:
    return lambda book: book["表"].merge_cells(ref)


@pytest.mark.parametrize(
    ("ref", "crosses"),
    [
        ("C1:C3", True),
        ("C4:C6", True),
        ("C2:C4", False),
        ("C3:C4", False),
        ("C3:D3", False),
        ("C1:C6", False),
        ("A5:B6", False),
    ],
)
def test_a_loop_over_half_of_a_merged_cell_is_told(ref: str, crosses: bool) -> None:
    text = "题\n{%tr for x in 名 %}\n{{ x }}|1\n2\n{%tr endfor %}\n尾"
    found = faults(text, _merge(ref), 名=["甲"])
    assert [(d.code, ref in d.message) for d in found] == ([("T120", True)] if crosses else [])


def test_columns_over_half_of_a_merged_cell_are_told() -> None:
    text = "题\n{%tc for x in 名 %}{{ x }}|1{%tc endfor %}|2"
    (fault,) = faults(text, _merge("B1:C1"), 名=["甲"])
    assert (fault.code, fault.place.cell) == ("T120", "A2")
    assert "「{%tc for x in 名 %}」" in fault.message


def test_tables_that_grow_into_each_other_are_both_named() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["表"].add_table(openpyxl.worksheet.table.Table(displayName="上表", ref="A1:B3"))
        book["表"].add_table(openpyxl.worksheet.table.Table(displayName="下表", ref="A4:B6"))

    text = "名|数\n1|2\n{% for x in 名 %}{{ x }}|3\n别名|别数\n4|5{% endfor %}\n6|7"
    (fault,) = faults(text, edit, 名=["甲", "乙"])
    assert fault.code == "T121"
    assert "「上表」" in fault.message
    assert "「下表」" in fault.message


def test_macros_are_refused_by_name() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data = edited(template("{{ 名 }}"), "[Content_Types].xml", lambda text: text.replace(kind, macros))
    with pytest.raises(TemplateError) as caught:
        fill(data, 名=1)
    assert [(d.code, "宏" in d.message) for d in caught.value.diagnostics] == [("T119", True)]


@pytest.mark.parametrize(
    ("formula", "place"),
    [("=TODAY()", "B1"), ("=[1]Sheet1!A1+1", "B1"), ("=A1+B2", "B1")],
)
def test_formulas_that_the_library_cannot_compute_are_listed(formula: str, place: str) -> None:
    """=A1+B2 depends on one of them."""
    filled = fill(f"{{{{ 数 }}}}|{formula}\n|=NOW()", 数=1)
    assert place in [p.cell for p in filled.result.uncomputed]
    assert filled.cells()[0][1] == formula
    assert filled.values()[0] == [1]


def test_a_sheet_that_breaks_off_in_a_loop_of_no_turns_leaves_nothing_to_the_next() -> None:
    broken = template("[甲]\n=ROW()\n{%tr for x in 空 %}\n=ROW()\n[乙]\n{{ 名 }}|=ROW()")
    with pytest.raises(TemplateError) as raised:
        Template.load(io.BytesIO(broken), data={"空": [], "名": 1})
    assert [(fault.code, fault.place.cell) for fault in raised.value.diagnostics] == [("T014", "A2")]
