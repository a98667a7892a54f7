"""Tags in whatever a line can lie in: content controls, links, fields, ruby, insertions, formulas."""

from __future__ import annotations

import pytest
from lxml import etree
from word_files import W, filled, load, paragraph, part, render, run, xml_of

_W = f"{{{W}}}"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def control(text: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


def field(*texts: str) -> str:
    """A field whose result is `texts`."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = "<w:r><w:instrText> QUOTE </w:instrText></w:r>"
    return f"{marks[0]}{code}{marks[1]}{''.join(map(run, texts))}{marks[2]}"


def ruby(base: str, above: str) -> str:
    inside = f"<w:rubyPr/><w:rt>{run(above)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase>"
    return f"<w:r><w:ruby>{inside}</w:ruby></w:r>"


def wrapped(name: str, text: str, attributes: str = "") -> str:
    return f"<w:{name}{attributes}>{run(text)}</w:{name}>"


LINES: list[tuple[str, str, str]] = [
    ("control", control("{{ x }}") + run("尾"), "值尾"),
    ("control in a tag", run("{{") + control(" x ") + run("}}尾"), "值尾"),
    ("tag into a control", run("头{{ x") + control(" }}内") + run("尾"), "头值内尾"),
    ("loop around a control", run("{% for y in ys %}") + control("{{ y }}、") + run("{% endfor %}尾"), "1、2、尾"),
    ("loop in a control", control("{% for y in ys %}{{ y }}、{% endfor %}"), "1、2、"),
    ("simple field", wrapped("fldSimple", "{{ x }}", ' w:instr=" TITLE "'), "值"),
    ("simple field in a tag", run("{{") + wrapped("fldSimple", " x ", ' w:instr="A"') + run("}}尾"), "值尾"),
    ("field's result", field("{{ x", " }}"), "值"),
    ("field in a tag", run("{") + field("{ x }") + run("}尾"), "值尾"),
    ("smart tag", wrapped("smartTag", "{% for y in ys %}{{ y") + run(" }}、{% endfor %}尾"), "1、2、尾"),
    ("link", wrapped("hyperlink", "{% for y in ys %}{{ y") + run(" }}、{% endfor %}尾"), "1、2、尾"),
    ("insertion", wrapped("ins", "{% if ys %}{{ x") + run(" }}{% endif %}尾"), "值尾"),
    ("moved to here", wrapped("moveTo", "{{ x") + run(" }}尾"), "值尾"),
    ("deletion in a tag", run("{{ ") + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>" + run("x }}尾"), "值尾"),
    ("ruby", ruby("{{ x }}", "注{{ ys[0] }}") + run("尾"), "注1值尾"),
    ("direction", run("{{") + wrapped("dir", " x ", ' w:val="ltr"') + run("}}尾"), "值尾"),
    ("custom XML", wrapped("customXml", "{{ x", ' w:element="a"') + run(" }}尾"), "值尾"),
    ("minus sign in a link", run("甲 ") + wrapped("hyperlink", " {{- x -}} ") + run(" 乙"), "甲值乙"),
    ("minus sign beside an insertion",
     wrapped("ins", "甲 ") + run("{%- if x -%}") + wrapped("ins", " 乙") + run("{% endif %}"), "甲乙"),
    ("minus sign in an insertion",
     wrapped("ins", "甲{% if x -%}") + run(" 乙 ") + wrapped("ins", "{%- endif %}"), "甲乙"),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "printed"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_a_tag_in(xml: str, printed: str) -> None:
    assert filled(f"<w:p>{xml}</w:p>", x="值", ys=[1, 2]) == [printed]


def test_minus_signs_join_paragraphs_from_within_a_link_too() -> None:
    assert filled("甲", f"<w:p>{wrapped('hyperlink', '{%- if x %}乙{% endif -%}')}</w:p>", "丙", x=1) == ["甲乙丙"]


def test_what_a_tag_was_typed_around_is_kept() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'

    xml = xml_of(f"<w:p>{run('{{ x')}{note}<w:r><w:drawing/></w:r>{run(' }}尾')}</w:p>", x="值")

    assert note in xml
    assert "<w:drawing/>" in xml


def test_a_formula_takes_values() -> None:
    xml = xml_of(f'<w:p xmlns:m="{MATH}"><m:oMath><m:r><m:t>{{{{ x }}}}&lt;2</m:t></m:r></m:oMath></w:p>', x="1&2")

    assert "<m:t>1&amp;2&lt;2</m:t>" in xml


BOUND = '<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/><w:showingPlcHdr/><w:alias w:val="题"/>'


@pytest.mark.parametrize(("text", "kept"), [("{{ x }}", ["alias"]), ("文", ["dataBinding", "showingPlcHdr", "alias"])])
def test_a_control_with_a_tag_shows_what_is_printed_and_nothing_it_is_bound_to(text: str, kept: list[str]) -> None:
    root = part(render(load("{{ x }}", f"<w:p>{control(text, BOUND)}</w:p>"), {"x": 1}))

    properties = root.find(f".//{_W}sdtPr")
    assert properties is not None
    assert [etree.QName(child).localname for child in properties] == kept


def test_a_row_repeats_whose_cells_lie_in_controls() -> None:
    cells = [
        f"<w:sdt><w:sdtContent><w:tc>{paragraph(text)}</w:tc></w:sdtContent></w:sdt>"
        for text in ("{% for y in ys %}{{ y }}", "值{% endfor %}")
    ]
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{''.join(cells)}</w:tr></w:tbl>"

    rows = part(render(load(table, "尾"), {"ys": [1, 2]})).iter(f"{_W}tr")

    assert ["".join(row.itertext()) for row in rows] == ["1值", "2值"]
