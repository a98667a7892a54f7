"""What a loop repeats beside text: notes, comments, numbered lists, bookmarks with their references, text boxes."""

from __future__ import annotations

import io
import re

import pytest
from lxml import etree
from word_files import SPACES, W, filled, load, paragraph, part, related, render, run, text_of, xml_of

from reportgen.template import TemplateError
from reportgen.template.package import Package
from reportgen.template.word.additions import numbering as numbering_module


def q(name: str) -> str:
    return f"{{{W}}}{name}"


# ------------------------------------------------------------------------------------------------------------- notes


def footnotes(**texts: str) -> dict[str, str]:
    """A footnotes part whose notes _2, _3 … have these texts."""
    notes = "".join(f'<w:footnote w:id="{key[1:]}">{paragraph(text)}</w:footnote>' for key, text in texts.items())
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    return {"word/footnotes.xml": f"<w:footnotes {SPACES}>{separator}{notes}</w:footnotes>", **related("footnotes")}


def reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def notes_in(data: bytes, kind: str = "footnote") -> list[str]:
    """The texts of the notes that the text refers to, in order; each must be there once."""
    texts: dict[str, str] = {}
    for note in part(data, f"word/{kind}s.xml").findall(q(kind)):
        assert note.get(q("id")) not in texts
        texts[note.get(q("id"), "")] = "".join(note.itertext())
    return [texts[node.get(q("id"), "")] for node in part(data).iter(q(f"{kind}Reference"))]


def test_a_note_in_a_loop_is_printed_for_each_turn() -> None:
    loop = ["{% for x in xs %}", f"<w:p>{run('{{ x.名 }}')}{reference(2)}</w:p>", "{% endfor %}"]
    template = load(*loop, f"<w:p>{reference(3)}</w:p>", parts=footnotes(_2="见{{ x.注 }}", _3="总{{ y }}注"))

    data = render(template, {"xs": [{"名": "甲", "注": "一"}, {"名": "乙", "注": "二&"}], "y": 9})

    assert text_of(data) == ["甲", "乙", ""]
    assert notes_in(data) == ["见一", "见二&", "总9注"]
    assert part(data, "word/footnotes.xml")[0].get(q("type")) == "separator"


def test_a_note_without_tags_is_repeated_too_and_others_stay() -> None:
    loop = ["{% for x in xs %}", f"<w:p>{reference(2)}</w:p>", "{% endfor %}", f"<w:p>{reference(3)}</w:p>"]

    assert notes_in(render(load(*loop, parts=footnotes(_2="同注", _3="另注")), {"xs": [1, 2]})) == [
        "同注",
        "同注",
        "另注",
    ]


def test_a_note_sees_what_the_text_around_it_sees() -> None:
    text = f"<w:p>{run('{% set z = 5 %}')}{reference(2)}</w:p>"

    assert notes_in(render(load(text, parts=footnotes(_2="{{ z }}{% if z > 4 %}大{% endif %}")), {})) == ["5大"]


def test_faults_in_a_note_name_the_note() -> None:
    with pytest.raises(TemplateError) as caught:
        render(load(f"<w:p>{reference(2)}</w:p>", parts=footnotes(_2="{{ 没有 }}")), {})

    assert [fault.place.label() for fault in caught.value.diagnostics] == ["正文.docx › 脚注1 第1段"]


def test_a_comment_keeps_its_range() -> None:
    text = (
        f'<w:p><w:commentRangeStart w:id="4"/>{run("{{ x }}")}<w:commentRangeEnd w:id="4"/>'
        '<w:r><w:commentReference w:id="4"/></w:r></w:p>'
    )
    comments = (
        f'<w:comments {SPACES}><w:comment w:id="4" w:author="张">{paragraph("批{{ x }}")}</w:comment></w:comments>'
    )
    parts = {"word/comments.xml": comments, **related("comments")}

    data = render(load("{% for x in xs %}", text, "{% endfor %}", parts=parts), {"xs": [1, 2]})

    ids = [
        node.get(q("id"))
        for node in part(data).iter(q("commentRangeStart"), q("commentRangeEnd"), q("commentReference"))
    ]
    assert ids == ["4", "4", "4", "5", "5", "5"]
    assert notes_in(data, "comment") == ["批1", "批2"]


# ------------------------------------------------------------------------------------------------------------- lists


def numbering() -> dict[str, str]:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{n + 1}"/><w:numFmt w:val="decimal"/></w:lvl>' for n in (0, 1)
    )
    lists = f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>'  # noqa: E501
    style = (
        f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="编号"><w:name w:val="编号"/><w:pPr><w:numPr>'
        '<w:numId w:val="5"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    return {
        "word/numbering.xml": f"<w:numbering {SPACES}>{lists}</w:numbering>",
        "word/styles.xml": style,
        **related("numbering", "styles"),
    }


def item(text: str, level: int = 0) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}{run(text)}</w:p>"


def styled_item(text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="编号"/><w:jc w:val="left"/></w:pPr>{run(text)}</w:p>'


GROUPS = [["甲", "乙"], ["丙"], [], ["丁"]]
LISTS: list[tuple[str, list[object], list[int]]] = [
    ("a loop that makes the items goes on counting", ["{% for x in gs[0] %}", item("{{ x }}"), "{% endfor %}"], [1, 1]),
    ("a list under a heading begins anew", ["{% for g in gs %}", "题", item("一"), item("二"), "{% endfor %}"],
     [1, 1, 2, 2, 3, 3, 4, 4]),
    ("a loop in a loop", ["{% for g in gs %}", "{% for x in g %}", item("{{ x }}"), "{% endfor %}", "{% endfor %}"],
     [1, 1, 2, 3]),
    ("a heading between", ["{% for g in gs %}", "题", "{% for x in g %}", item("{{ x }}"), "说明", "{% endfor %}", "{% endfor %}"],  # noqa: E501
     [1, 1, 2, 3]),
    ("lists of two levels are one list", ["{% for g in gs %}", item("题"), "{% for x in g %}", item("{{ x }}", 1), "{% endfor %}",  # noqa: E501
     "{% endfor %}"], [1] * 8),
    ("a list that begins outside goes on", [item("头"), "{% for g in gs %}", "题", item("一"), "{% endfor %}"], [1] * 5),  # noqa: E501
    ("by a style", ["{% for g in gs %}", "题", styled_item("一"), "{% endfor %}"], [1, 2, 3, 4]),
    ("rows are counted", [[[f"{{% for g in gs %}}\n{item('')}", "x{% endfor %}"]]], [1] * 4),
    ("a list in a row begins anew", [[["{% for g in gs %}题", f"{item('a')}\n{item('b')}\nx{{% endfor %}}"]]],
     [1, 1, 2, 2, 3, 3, 4, 4]),
    ("a value of several lines is several items", ["{% for g in gs[:2] %}", "题", item("{{ '一\\n二' }}"), "{% endfor %}"],  # noqa: E501
     [1, 1, 2, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "blocks", "expected"), LISTS, ids=[case[0] for case in LISTS])
def test_lists_begin_anew(case: str, blocks: list[object], expected: list[int]) -> None:
    data = render(load(*blocks, parts=numbering()), {"gs": GROUPS})  # type: ignore[arg-type]

    numbers = []
    for node in part(data).iter(q("p")):
        number = node.find(f"{q('pPr')}/{q('numPr')}/{q('numId')}")
        style = node.find(f"{q('pPr')}/{q('pStyle')}")
        if number is not None or style is not None:
            numbers.append(number.get(q("val"), "") if number is not None else "5")
    seen = list(dict.fromkeys(numbers))
    assert [seen.index(number) + 1 for number in numbers] == expected
    lists = {node.get(q("numId")): node for node in part(data, "word/numbering.xml").iter(q("num"))}
    for number in seen[1:]:
        starts = [(o.get(q("ilvl")), o[0].get(q("val"))) for o in lists[number].findall(q("lvlOverride"))]
        assert starts == [("0", "1"), ("1", "2")]


# --------------------------------------------------------------------------------------------- bookmarks and fields


def test_references_follow_the_bookmarks_of_their_turn() -> None:
    def field(code: str) -> str:
        kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
        return f"{kinds[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{''.join(kinds[1:])}"

    before = f'<w:p>{field(" PAGEREF 表 ")}<w:hyperlink w:anchor="表">{run("表")}</w:hyperlink></w:p>'
    marked = f'<w:p><w:bookmarkStart w:id="1" w:name="表"/>{run("{{ x }}")}<w:bookmarkEnd w:id="1"/></w:p>'
    after = f'<w:p><w:fldSimple w:instr=" REF 表 "/>{field(" REF 表格 ")}</w:p>'
    other = '<w:p><w:bookmarkStart w:id="9" w:name="表_2"/><w:bookmarkEnd w:id="9"/></w:p>'

    xml = xml_of("{% for x in xs %}", before, marked, after, "{% endfor %}", field_outside := f"<w:p>{field(' REF 表 ')}</w:p>",  # noqa: E501
                 other, xs=[1, 2])  # fmt: skip

    assert re.findall(r"PAGEREF (\S+)", xml) == ["表", "表__2"]
    assert re.findall(r'anchor="(\S+)"', xml) == ["表", "表__2"]
    assert re.findall(r'bookmarkStart w:id="\d+" w:name="(\S+)"', xml) == ["表", "表__2", "表_2"]
    assert re.findall(r'instr=" REF (\S+) "', xml) == ["表", "表__2"]
    assert xml.count("REF 表格") == 2
    assert field_outside.count("REF 表 ") == 1
    assert xml.endswith(xml[xml.index('w:name="表_2"') :])


def test_drawings_that_share_an_id_get_one_each() -> None:
    drawing = '<w:p><w:r><w:drawing><wp:docPr id="5" name="图"/></w:drawing></w:r></w:p>'

    assert re.findall(r'docPr id="(\d+)"', xml_of(drawing, drawing, "{{ x }}", x=1)) == ["5", "6"]


# ---------------------------------------------------------------------------------------------------------- text boxes


def test_both_copies_of_a_text_box_say_the_same() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{paragraph(text)}{paragraph('{% for y in ys %}{{ y }}{% endfor %}')}</w:txbxContent>"

    text = "{% set n.v = n.v + 1 %}{{ n.v }}"
    both = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box(text)}</mc:Choice><mc:Fallback>{box('{{ 旧 }}')}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )

    assert filled("{% set n = namespace(v=0) %}", both, "{{ n.v }}", ys=[1, 2]) == ["112112", "1"]


class Figure:
    def __spans__(self) -> list[object]:
        from reportgen.template.values import Span  # noqa: PLC0415

        return [Span("126个", source="Z1")]


def test_a_figure_in_a_text_box_is_printed_once() -> None:
    box = f"<w:txbxContent>{paragraph('{{ x }}')}</w:txbxContent>"
    both = f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"  # noqa: E501
    out = io.BytesIO()

    result = load(both).render({"x": Figure()}, out, trace=True)

    assert [printed.text for printed in result.printed] == ["126个"]
    assert text_of(out.getvalue()) == ["126个126个"]


# ------------------------------------------------------------------------------------------------- tables of contents


def test_a_table_of_contents_is_to_be_refreshed_and_that_is_said() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    other = begin.replace(" TOC \\o", " QUOTE")
    out = io.BytesIO()

    result = load(f"<w:p>{begin}{end}</w:p>", f"<w:p>{other}{end}</w:p>", "{{ x }}").render({"x": 1}, out)

    dirty = [node.get(q("dirty")) for node in part(out.getvalue()).iter(q("fldChar"))]
    assert dirty == ["true", None, None, None]
    assert [(notice.code, notice.severity.label) for notice in result.notices] == [("T062", "提示")]


def test_what_is_not_touched_stays_as_it_is() -> None:
    data = render(
        load("{{ x }}", parts={**numbering(), **footnotes(_2="注"), **related("numbering", "footnotes")}), {"x": 1}
    )

    package = Package.open(data)
    assert b"\xe6\xb3\xa8" in package.read("word/footnotes.xml")
    assert etree.fromstring(package.read("word/numbering.xml")).findall(q("num"))[0].get(q("numId")) == "5"


def test_the_numbering_is_written_once_however_many_lists_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    plain = numbering_module.serialise

    def counted(root: etree._Element) -> bytes:
        written.append(root)
        return plain(root)

    monkeypatch.setattr(numbering_module, "serialise", counted)
    template = load("{% for x in xs %}", "头", item("{{ x }}"), "{% endfor %}", parts=numbering())

    data = render(template, {"xs": range(50)})

    assert len(written) == 1
    assert len(part(data, "word/numbering.xml").findall(q("num"))) == 50
