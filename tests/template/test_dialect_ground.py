"""The ground that docxtpl's own test templates cover, with templates of our own: what each of its features prints.

One test for each kind of script there; those about values and faults alone stand in the other files of this folder.
tests/template/oracle renders docxtpl's templates themselves where there is a checkout.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from lxml import etree
from word_files import W, docx, filled, load, paragraph, part, render, run, text_of, xml_of

from reportgen.template import Document, Picture, Template

_W = f"{{{W}}}"
_MARKS = ("gridSpan", "vMerge", "shd")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, text.split(chr(10))))}</w:tc>"


def grid(rows: Sequence[Sequence[str]], columns: int) -> str:
    """A table of `columns` columns, each 1000 wide; a cell that begins with < is taken as XML."""
    widths = '<w:gridCol w:w="1000"/>' * columns
    body = "".join(f"<w:tr>{''.join(c if c.startswith('<') else cell(c) for c in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{widths}</w:tblGrid>{body}</w:tbl>"


def shape(data: bytes) -> list[str]:
    """The rows of the first table: texts of cells, with their span, merge and colour."""
    table = part(data).find(f".//{_W}tbl")
    assert table is not None
    return [" | ".join(map(_shown, row.findall(f"{_W}tc"))) for row in table.findall(f"{_W}tr")]


def widths(data: bytes) -> list[int]:
    return [int(column.get(f"{_W}w", "0")) for column in part(data).iter(f"{_W}gridCol")]


def table_of(rows: Sequence[Sequence[str]], columns: int, **context: object) -> bytes:
    return render(load(grid(rows, columns)), context)


def _shown(node: etree._Element) -> str:
    found = ["".join(node.itertext())]
    for mark in node.iterfind(f"{_W}tcPr/*"):
        name = etree.QName(mark).localname
        if name in _MARKS:
            value = mark.get(f"{_W}fill") or mark.get(f"{_W}val") or "continue"
            found.append(f"{name}={value}")
    return " ".join(found)


LEVELS = [{"名": "特急", "色": "FF0000"}, {"名": "平件", "色": "8888FF"}]
LOOP, END = ["{%tr for x in xs %}"], ["{%tr endfor %}"]


def test_a_cell_takes_its_colour_from_the_data() -> None:
    data = table_of([LOOP, ["{% cellbg x.色 %}{{ x.名 }}", "文"], END], 2, xs=LEVELS)

    assert shape(data) == ["特急 shd=FF0000 | 文", "平件 shd=8888FF | 文"]


def test_a_colour_of_the_data_replaces_that_of_the_template() -> None:
    coloured = cell("{% cellbg x.色 %}{{ x.名 }}", '<w:shd w:val="clear" w:color="auto" w:fill="00FF00"/>')

    assert shape(table_of([LOOP, [coloured], END], 1, xs=LEVELS)) == ["特急 shd=FF0000", "平件 shd=8888FF"]


def test_a_heading_spans_as_many_columns_as_the_data_has() -> None:
    columns = ["{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"]

    data = table_of([["类", "{% colspan cs|count %}品种"], ["", *columns]], 2, cs=["甲", "乙", "丙"])

    assert shape(data) == ["类 | 品种 gridSpan=3", " | 甲 | 乙 | 丙"]


@pytest.mark.parametrize(("count", "total"), [(1, 2), (2, 3), (4, 5)])
def test_the_grid_has_the_columns_of_the_rows_and_the_table_keeps_its_width(count: int, total: int) -> None:
    rows = [["类", "{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"]]

    found = widths(table_of(rows, 4, cs=list(range(count))))

    assert len(found) == total
    assert sum(found) == pytest.approx(4000, abs=total)


def test_a_cell_that_is_commented_out_takes_its_column_along() -> None:
    data = table_of([["甲", "乙", "{#tc 不要 #}"]], 3)

    assert shape(data) == ["甲 | 乙"]
    assert len(widths(data)) == 2


def test_cells_of_a_column_loop_merge_into_one() -> None:
    opener, closer = "{%tc for n in ns %}", "{%tc endfor %}"
    rows = [["一", opener, "{% hm %}合计", closer, "末"], ["", opener, "第{{ n }}季", closer, ""]]

    data = table_of(rows, 5, ns=[1, 2, 3, 4])

    assert shape(data) == ["一 | 合计 gridSpan=4 | 末", " | 第1季 | 第2季 | 第3季 | 第4季 | "]
    assert len(widths(data)) == 6


def test_merged_cells_multiply_the_span_they_have() -> None:
    wide = cell("{% hm %}合计", '<w:gridSpan w:val="2"/>')

    assert shape(table_of([["{%tc for n in ns %}", wide, "{%tc endfor %}"]], 6, ns=[1, 2, 3])) == ["合计 gridSpan=6"]


def test_cells_of_a_row_loop_merge_downwards() -> None:
    data = table_of([LOOP, ["{% vm %}{{ 类 }}", "{{ x.名 }}"], END], 2, xs=LEVELS, 类="公文")

    assert shape(data) == ["公文 vMerge=restart | 特急", " vMerge=continue | 平件"]


def test_merging_both_ways_in_one_table() -> None:
    inner = ["{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"]
    heading = ["", "{% colspan 2 %}项", "{% colspan ys|length %}数"]

    data = table_of([heading, LOOP, ["组{% vm %}", "{{ x.名 }}", *inner], END], 5, xs=LEVELS, ys=[7, 8])

    assert shape(data) == [
        " | 项 gridSpan=2 | 数 gridSpan=2",
        "组 vMerge=restart | 特急 | 7 | 8",
        " vMerge=continue | 平件 | 7 | 8",
    ]


def test_tags_written_to_be_read_are_printed() -> None:
    assert filled("用 {_% vm %_} 合并，用 {_{ x }_} 取值") == ["用 {% vm %} 合并，用 {{ x }} 取值"]


def test_blanks_and_tabs_beside_and_in_values_are_kept() -> None:
    assert filled("¦  {{ x }}  尾", x="   ") == ["       尾"]
    assert 'xml:space="preserve">   </w:t>' in xml_of("{{ x }}尾", x="   ")
    assert filled("{{ '    ' }}尾", "{{ x }}尾", x="\t\t") == ["    尾", "\t\t尾"]


def test_a_template_can_be_filled_again_and_again() -> None:
    template = load("{{ 题 }}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")

    found = [text_of(render(template, {"题": title, "xs": [title, "末"]})) for title in ("甲", "乙", "甲")]

    assert found == [["甲", "甲", "末"], ["乙", "乙", "末"], ["甲", "甲", "末"]]


def test_filters_of_ones_own_work_in_every_part() -> None:
    footer = f'<w:ftr xmlns:w="{W}"><w:p><w:r><w:t>{{{{ x|加倍(2) }}}}</w:t></w:r></w:p></w:ftr>'
    template = load("{{ x|加倍(3) }}", parts={"word/footer1.xml": footer}, filters={"加倍": lambda x, times: x * times})

    data = render(template, {"x": 7})

    assert text_of(data) == ["21"]
    assert "".join(part(data, "word/footer1.xml").itertext()) == "14"


def test_embedded_files_stay_as_they_are() -> None:
    embedded = {"word/embeddings/表.xlsx": "PK\x03\x04 {{ 不是标签 }}"}

    data = render(load("{{ x }}", parts=embedded), {"x": "值"})

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("word/embeddings/表.xlsx").decode() == "PK\x03\x04 {{ 不是标签 }}"


def test_loops_nest_in_paragraphs_and_in_tables() -> None:
    authors = [{"名": "甲", "书": ["一", "二"]}, {"名": "乙", "书": ["三"]}]
    lines = [
        "{%p for a in xs %}",
        "{{ a.名 }}：",
        "{%p for b in a.书 %}",
        "《{{ b }}》",
        "{%p endfor %}",
        "{%p endfor %}",
    ]
    rows = [LOOP, ["{{ x.名 }}", "{% for b in x.书 %}{{ b }}；{% endfor %}"], END]

    assert filled(*lines, rows, "尾", xs=authors) == [
        *("甲：", "《一》", "《二》", "乙：", "《三》"),
        [["甲", "一；二；"], ["乙", "三；"]],
        "尾",
    ]


def test_a_value_in_a_style_keeps_the_rest_of_its_line() -> None:
    style = '<w:style w:type="character" w:styleId="hot"><w:name w:val="红字"/></w:style>'
    styles = f'<w:styles xmlns:w="{W}">{style}</w:styles>'
    template = load("{% if x %}{{r 样式('红字', x) }}{% endif %}尾", parts={"word/styles.xml": styles})

    xml = etree.tostring(part(render(template, {"x": "注意"})), encoding="unicode")

    assert '<w:rPr><w:rStyle w:val="hot"/></w:rPr><w:t xml:space="preserve">注意</w:t>' in xml
    assert text_of(render(template, {"x": "注意"})) == ["注意尾"]


PICTURE_PLACES: Mapping[str, Sequence[object]] = {
    "alone": ["{{ 图 }}"],
    "in a line": ["见{{ 图 }}。"],
    "in a loop of rows": [[["{%tr for x in 图们 %}"], ["{{ x }}", "说明"], ["{%tr endfor %}"]]],
    "in bold": [f"<w:p>{run('{{ 图 }}', '<w:b/>')}</w:p>"],
}


@pytest.mark.parametrize("place", PICTURE_PLACES)
def test_pictures_stand_wherever_a_value_can(place: str, tmp_path: Path) -> None:
    picture = Picture(_png(tmp_path), 20, "示意")
    template = load(*PICTURE_PLACES[place])  # type: ignore[arg-type]

    data = render(template, {"图": picture, "图们": [picture, picture]})

    count = 2 if place == "in a loop of rows" else 1
    extents = list(part(data).iter("{*}extent"))
    assert [(node.get("cx"), node.get("cy")) for node in extents] == [("720000", "360000")] * count
    identities = [node.get("id") for node in part(data).iter("{*}docPr")]
    assert len(set(identities)) == count
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len([name for name in archive.namelist() if "/media/" in name]) == 1


def test_a_picture_in_a_header_belongs_to_the_header(tmp_path: Path) -> None:
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{{{{ 图 }}}}</w:t></w:r></w:p></w:hdr>'

    data = render(load("文", parts={"word/header1.xml": header}), {"图": Picture(_png(tmp_path), 20)})

    target = part(data, "word/_rels/header1.xml.rels")[0].get("Target", "")
    assert "media/" in target
    assert part(data, "word/header1.xml").find(".//{*}blip") is not None


def test_another_document_comes_in_whole(tmp_path: Path) -> None:
    path = tmp_path / "片段.docx"
    path.write_bytes(docx("片段一：{{ x }}", [["甲", "乙"]], "片段二"))

    assert filled("前", "{{p 片段 }}", "后", 片段=Document(path), x="值") == [
        *("前", "片段一：值"),
        [["甲", "乙"]],
        *("片段二", "后"),
    ]


def test_the_names_a_template_needs_are_told_without_data() -> None:
    template = load("{{ 甲 }}{% if 乙 %}{{ 丙.丁 }}{% endif %}", "{% for 戊 in 己 %}{{ 戊 }}{% endfor %}")

    assert template.names() == {"甲", "乙", "丙", "己"}
    assert isinstance(template, Template)


def _png(folder: Path) -> Path:
    """A white picture of 20 × 10 dots."""
    path = folder / "图.png"
    lines = (b"\x00" + b"\xff" * 20) * 10
    header = struct.pack(">IIBBBBB", 20, 10, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path
