"""How values look in a document: formatting, styles, line breaks, bookmarks, characters that could do harm."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import pytest
from lxml import etree
from word_files import filled, load, paragraph, part, render, run, xml_of

from reportgen.template import Styled, TemplateError

STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="character" w:styleId="a3"><w:name w:val="领句"/></w:style>'
    '<w:style w:type="character" w:styleId="a4"><w:name w:val="Strong"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="小标题"/><w:link w:val="10"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="正文"/></w:style>'
    "</w:styles>"
)


@dataclass(frozen=True)
class Piece:
    text: str
    style: str | None = None
    highlight: bool = False
    source: object | None = None


@dataclass(frozen=True)
class Sentence:
    """Any value that prints spans."""

    pieces: list[Piece] = field(default_factory=list)

    def __spans__(self) -> list[Piece]:
        return self.pieces


def runs(xml: str) -> list[str]:
    """The runs of a document: the contents of each w:rPr in short, then the text."""
    found = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t[^>]*>(.*?)</w:t></w:r>", xml)
    return [re.sub(r'w:|"|val=|/>', "", look).replace("<", " ").strip() + "|" + text for look, text in found]


def test_a_value_takes_the_formatting_of_the_run_where_its_tag_begins() -> None:
    two = f"<w:p>{run('前{{ ', '<w:b/>')}{run('x }}后', '<w:i/>')}</w:p>"

    assert runs(xml_of(two, x="值")) == ["b|前", "b|值", "i|后"]


def test_an_empty_value_leaves_no_run() -> None:
    assert xml_of("甲{{ x }}乙", x=None).count("<w:r>") == 2
    assert filled("{{ x }}", x="") == [""]


@pytest.mark.parametrize(
    ("value", "look"),
    [
        ("值", "b|值"),
        ("“值”", "rFonts hint=eastAsia b|“值”"),
        ("甲—乙", "rFonts hint=eastAsia b|甲—乙"),
        (Sentence([Piece("值", highlight=True)]), "b highlight yellow|值"),
        (Sentence([Piece("值", "领句")]), "rStyle a3 b|值"),
        (Sentence([Piece("…", "小标题", True)]), "rStyle 10 rFonts hint=eastAsia b highlight yellow|…"),
        (Styled("领句", Sentence([Piece("值", None, True)])), "rStyle a3 b highlight yellow|值"),
        (Styled("领句", 5), "rStyle a3 b|5"),
    ],
)
def test_spans_add_style_highlight_and_font_hint_in_schema_order(value: object, look: str) -> None:
    template = load(f"<w:p>{run('{{ x }}', '<w:b/>')}</w:p>", parts={"word/styles.xml": STYLES})

    assert look in [*runs(_body(render(template, {"x": value})))]


def test_run_properties_stay_in_schema_order() -> None:
    full = '<w:rStyle w:val="x"/><w:rFonts w:ascii="A"/><w:sz w:val="32"/><w:u w:val="single"/>'
    template = load(f"<w:p>{run('{{ x }}', full)}</w:p>", parts={"word/styles.xml": STYLES})

    looks = runs(_body(render(template, {"x": Sentence([Piece("—", "领句", True)])})))

    assert looks == ["rStyle a3 rFonts ascii=A hint=eastAsia sz 32 highlight yellow u single|—"]


def test_functions_give_runs_a_style() -> None:
    template = load("{{ 样式('领句', x) }}{{ 加粗(x) }}", parts={"word/styles.xml": STYLES})

    assert runs(_body(render(template, {"x": "值"}))) == ["rStyle a3|值", "rStyle a4|值"]


def test_bold_works_without_any_style() -> None:
    assert runs(xml_of("{{ 加粗(x) }}", x="值")) == ["b|值"]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ 样式('领局', x) }}", "模板里没有字符样式“领局”，相近的有“领句”。"),
        ("{% if not x %}{{ 样式('strong', x) }}{% endif %}", "模板里没有字符样式“strong”，相近的有“Strong”。"),
        ("{{ 样式('正文', x) }}", "模板里没有字符样式“正文”，有的是段落样式，不能单独用在文字上。"),
        ("{{ 样式('领' ~ '局', x) }}", "模板里没有字符样式“领局”，相近的有“领句”。"),
    ],
)
def test_an_unknown_style_is_an_error_with_the_near_name(tag: str, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(load("甲", tag, parts={"word/styles.xml": STYLES}), {"x": 1})

    assert [(d.code, d.message, d.place.paragraph) for d in caught.value.diagnostics] == [("T033", message, 2)]


def test_a_style_written_out_is_missed_before_there_is_data() -> None:
    with pytest.raises(TemplateError):
        load("{% for x in xs %}{{ 样式('领局', x) }}{% endfor %}", parts={"word/styles.xml": STYLES})


def test_a_style_may_be_called_by_its_id() -> None:
    template = load("{{ 样式('a3', x) }}{{ 样式('1', x) }}", parts={"word/styles.xml": STYLES})

    assert runs(_body(render(template, {"x": "值"}))) == ["rStyle a3|值", "rStyle 10|值"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_is_a_new_paragraph_when_the_tag_is_alone_and_a_break_otherwise(line_break: str) -> None:
    value = f"一{line_break}二"

    assert filled("{{ x }}", "甲{{ x }}", x=value) == ["一", "二", "甲一\n二"]


def test_a_new_paragraph_has_the_properties_but_not_the_identity_of_the_first() -> None:
    one = (
        '<w:p w14:paraId="00000001"><w:pPr><w:jc w:val="center"/><w:sectPr/></w:pPr>'
        f'<w:bookmarkStart w:id="1" w:name="a"/>{run("{{ x }}", "<w:b/>")}<w:bookmarkEnd w:id="1"/></w:p>'
    )

    xml = xml_of(one, x="一\n二")

    assert xml.count('<w:jc w:val="center"/>') == 2
    assert xml.count("<w:sectPr/>") == 1
    assert xml.count("paraId") == 1
    assert runs(xml) == ["b|一", "b|二"]


def test_blanks_beside_a_tag_do_not_count() -> None:
    assert filled("{{ x }} ", x="一\n二") == ["一", "二 "]


def test_tabs_become_tabs() -> None:
    assert "<w:tab/>" in xml_of("{{ x }}", x="一\t二")
    assert filled("{{ x }}", x="一\t二") == ["一\t二"]


def test_markup_and_control_characters_do_no_harm() -> None:
    assert filled("{{ x }}", x="<b>&amp;\x00\x0b\ud800\ufffe\"'</w:t>") == ["<b>&amp;", "\"'</w:t>"]


def test_tracing_puts_each_figure_in_a_bookmark_of_its_own() -> None:
    template = load(
        '<w:p><w:bookmarkStart w:id="7" w:name="旧"/><w:bookmarkEnd w:id="7"/></w:p>', "共{{ x }}。", "{{ x }}"
    )
    value = Sentence([Piece("引进"), Piece("126个", source="Z1"), Piece("、"), Piece("9个", source="Z2")])
    out = io.BytesIO()

    result = template.render({"x": value}, out, trace=True, document_id="abc123")

    assert [(p.bookmark, p.text, p.source, p.place.paragraph) for p in result.printed] == [
        ("_F_abc123_00001", "126个", "Z1", 2),
        ("_F_abc123_00002", "9个", "Z2", 2),
        ("_F_abc123_00003", "126个", "Z1", 3),
        ("_F_abc123_00004", "9个", "Z2", 3),
    ]
    marks = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(_F_\w+)"/>(.*?)<w:bookmarkEnd w:id="\1"/>', _body(out))
    assert [(number, name) for number, name, _ in marks] == [
        ("8", "_F_abc123_00001"),
        ("9", "_F_abc123_00002"),
        ("10", "_F_abc123_00003"),
        ("11", "_F_abc123_00004"),
    ]
    assert runs(marks[0][2]) == ["|126个"]


def test_without_tracing_there_are_no_bookmarks() -> None:
    assert "bookmark" not in xml_of("{{ x }}", x=Sentence([Piece("126个", source="Z1")]))


def test_a_figure_among_joined_texts_keeps_its_source() -> None:
    assert "bookmark" in xml_of("{{ x ~ '' }}", trace=True, x=Sentence([Piece("126个", source="Z1")]))


def test_neighbouring_spans_of_one_look_are_one_run() -> None:
    assert runs(xml_of("{{ x }}", x=Sentence([Piece("一"), Piece(""), Piece("二"), Piece("三", highlight=True)]))) == [
        "|一二",
        "highlight yellow|三",
    ]


def test_attributes_and_field_codes_take_plain_text() -> None:
    link = '<w:p><w:hyperlink w:tooltip="见{{ x }}"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>'
    code = '<w:p><w:r><w:instrText> QUOTE "{{ x }}" </w:instrText></w:r></w:p>'
    template = load(link, code)

    root = part(render(template, {"x": Sentence([Piece('<a> "b"\n', source=1)])}, trace=True))

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert next(root.iter(f"{space}hyperlink")).get(f"{space}tooltip") == '见<a> "b"\n'
    assert next(root.iter(f"{space}instrText")).text == ' QUOTE "<a> "b"\n" '


def test_text_boxes_are_filled_in_both_of_their_copies() -> None:
    box = f"<w:txbxContent>{paragraph('{{ x }}')}</w:txbxContent>"
    both = f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"  # noqa: E501

    assert filled(both, x="值") == ["值值"]


def test_ids_and_names_stay_unique_in_a_loop() -> None:
    mark = (
        '<w:p w14:paraId="0A"><w:bookmarkStart w:id="3" w:name="甲"/><w:r><w:drawing><wp:docPr id="5" name="图"/>'
        '</w:drawing><w:t>{{ x }}</w:t></w:r><w:bookmarkEnd w:id="3"/></w:p>'
    )
    outside = '<w:p><w:r><w:drawing><wp:docPr id="6" name="图"/></w:drawing></w:r></w:p>'

    xml = xml_of("{% for x in xs %}", mark, "{% endfor %}", outside, xs=[1, 2])

    assert re.findall(r'docPr id="(\d+)"', xml) == ["7", "8", "6"]
    assert re.findall(r'bookmarkStart w:id="(\d+)" w:name="(.*?)"', xml) == [("4", "甲"), ("5", "甲_2")]
    assert re.findall(r'bookmarkEnd w:id="(\d+)"', xml) == ["4", "5"]
    assert "paraId" not in xml


def test_a_field_code_that_word_has_split_is_one_code() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    codes = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in ("QUOTE {{", " x", " }}"))

    xml = xml_of(f"<w:p>{field('begin')}{codes}{field('separate')}{field('end')}</w:p>", x="值")

    assert re.findall("<w:instrText>(.*?)</w:instrText>", xml) == ["QUOTE 值"]


def _body(data: bytes | io.BytesIO) -> str:
    root = part(data if isinstance(data, bytes) else data.getvalue())
    text = etree.tostring(root, encoding="unicode")
    return re.sub(r' xmlns:\w+="[^"]*"', "", text)
