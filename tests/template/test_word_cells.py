"""docxtpl's tags of single cells, and tables whose columns come and go."""

from __future__ import annotations

import re

import pytest
from word_files import filled, load, render, run, xml_of

from reportgen.template import TemplateError

XS = [{"名": "甲", "数": 1, "色": "FFF2CC"}, {"名": "乙", "数": 2, "色": ""}, {"名": "丙", "数": 3, "色": "#00ff00"}]


def grid(*widths: int) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}<w:p>{run(text)}</w:p></w:tc>"


def table(widths: tuple[int, ...], *rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{grid(*widths)}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def widths_of(xml: str) -> list[int]:
    return [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)]


def test_a_cell_gets_its_colour_in_place_of_its_own() -> None:
    own = '<w:tcW w:w="5" w:type="dxa"/><w:shd w:val="pct10" w:fill="000000"/><w:vAlign w:val="top"/>'
    row = cell("{% for x in xs %}{% cellbg x.色 %}{{ x.名 }}", own) + cell("{{ x.数 }}{% endfor %}")

    xml = xml_of(table((5, 5), row), xs=XS)

    assert re.findall(r'<w:tcW [^>]*/><w:shd w:val="clear" w:color="auto" w:fill="(\w+)"/><w:vAlign', xml) == [
        "FFF2CC", "auto", "00FF00",
    ]  # fmt: skip
    assert "cellbg" not in xml


def test_a_cell_spans_columns() -> None:
    xml = xml_of(table((10, 10, 10), cell("{% colspan xs|length %}题"), cell("a") * 3), xs=XS)

    assert re.findall(r'<w:gridSpan w:val="(\d+)"/>', xml) == ["3"]
    assert widths_of(xml) == [10, 10, 10]


def test_cells_of_a_loop_become_one() -> None:
    head = (
        cell("头")
        + cell("{%tc for x in xs %}")
        + cell("{% hm %}合计", '<w:gridSpan w:val="2"/>')
        + cell("{%tc endfor %}")
    )

    xml = xml_of(table((10, 10), head), xs=XS)

    assert re.findall(r'<w:gridSpan w:val="(\d+)"/>', xml) == ["6"]
    assert (xml.count("合计"), xml.count("<w:tc>")) == (1, 2)


def test_cells_below_each_other_become_one() -> None:
    row = cell("{% for x in xs %}{% vm %}共{{ x.名 }}") + cell("{{ x.数 }}{% endfor %}")

    xml = xml_of(table((10, 10), row), xs=XS)

    assert re.findall(r'<w:vMerge w:val="(\w+)"/>', xml) == ["restart", "continue", "continue"]
    assert filled(table((10, 10), row), xs=XS) == [[["共甲", "1"], ["", "2"], ["", "3"]]]


GRIDS = [
    ("four columns for two", (10, 30), cell("a") + cell("{%tc for x in xs %}") + cell("{{ x.名 }}") + cell("{%tc endfor %}"),  # noqa: E501
     [5, 15, 10, 10]),
    ("a column less", (10, 10, 10), cell("a") + cell("b") + cell("{#tc 注 #}"), [15, 15]),
    ("as many", (10, 20), cell("a") + cell("{%tc if xs %}") + cell("b") + cell("{%tc endif %}"), [10, 20]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "before", "row", "after"), GRIDS, ids=[case[0] for case in GRIDS])
def test_the_grid_has_as_many_columns_as_the_rows(
    case: str, before: tuple[int, ...], row: str, after: list[int]
) -> None:
    assert widths_of(xml_of(table(before, row), xs=XS)) == after


def test_rows_without_cells_get_one_and_tables_without_cells_vanish() -> None:
    loop = cell("{%tc for x in r %}") + cell("{{ x }}") + cell("{%tc endfor %}")
    rows = f"{cell('{% for r in rs %}')}", loop, f"{cell('{% endfor %}')}"

    assert filled(table((10, 10), *rows), rs=[[1, 2], [], [3]]) == [[["1", "2"], [""], ["3"]]]
    assert filled("头", table((10, 10), *rows), rs=[[], []]) == ["头"]


FAULTS = [
    ("{% cellbg '红' %}", "T063"),
    ("{% colspan 0 %}", "T064"),
    ("{% colspan '二' %}", "T064"),
    ("{% hm %}", "T065"),
    ("{% vm %}", "T065"),
    ("{% cellbg 没有 %}", "T020"),
    ("{% cellbg 1 + %}", "T011"),
]


@pytest.mark.parametrize(("tag", "code"), FAULTS)
def test_faults_of_cells(tag: str, code: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(load(table((5, 5), cell("a") + cell(tag))), {})

    assert [(fault.code, fault.place.table_column, fault.place.tag) for fault in caught.value.diagnostics] == [
        (code, 2, tag)
    ]


def test_outside_a_table_they_are_refused_with_the_reason() -> None:
    with pytest.raises(TemplateError) as caught:
        load("{% vm %}")

    assert [(f.code, f.suggestion) for f in caught.value.diagnostics] == [
        ("T013", "它只能写在 Word 模板的表格单元格里。")
    ]
