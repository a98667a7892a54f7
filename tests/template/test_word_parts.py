"""Every kind of part that text can stand in is filled, and named in faults as users know it."""

from __future__ import annotations

import pytest
from word_files import SPACES, load, paragraph, part, related, render

from reportgen.template import TemplateError

DRAWN = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
TITLED = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def story(root: str, text: str, note: str = "") -> str:
    """A part of one paragraph, in a note when `note` says of which kind."""
    inside = f'<w:{note} w:id="2">{paragraph(text)}</w:{note}>' if note else paragraph(text)
    return f"<w:{root} {SPACES}>{inside}</w:{root}>"


PARTS = [
    ("word/header1.xml", story("hdr", "头{¦{ x }}"), "页眉1 第1段"),
    ("word/footer1.xml", story("ftr", "{{¦ x }}尾"), "页脚1 第1段"),
    ("word/footnotes.xml", story("footnotes", "注{{ x }}", "footnote"), "脚注1 第1段"),
    ("word/endnotes.xml", story("endnotes", "注{{ x }}", "endnote"), "尾注1 第1段"),
    ("word/comments.xml", story("comments", "批{{ x }}", "comment"), "批注1 第1段"),
    ("word/charts/chart1.xml", f"<a:p {DRAWN}><a:r><a:t>图{{{{ x }}}}</a:t></a:r></a:p>", "图表1"),
    ("word/diagrams/data1.xml", f"<a:p {DRAWN}><a:t>示{{{{ x }}}}</a:t></a:p>", "图示1"),
    ("word/diagrams/drawing1.xml", f"<a:p {DRAWN}><a:t>示{{{{ x }}}}</a:t></a:p>", "图示画面1"),
    (
        "docProps/core.xml",
        f"<a {TITLED}><dc:title>题{{{{ x }}}}{{% if x %}}！{{% endif %}}</dc:title></a>",
        "文档属性“标题”",
    ),
    ("docProps/app.xml", "<Properties><Company>{{ x }}局</Company></Properties>", "文档属性“单位”"),
    (
        "docProps/custom.xml",
        '<Properties><property name="密级"><lpwstr>{{ x }}</lpwstr></property></Properties>',
        "自定义属性“密级”",
    ),
]
REFERENCES = "".join(f'<w:r><w:{kind}Reference w:id="2"/></w:r>' for kind in ("footnote", "endnote", "comment"))


@pytest.mark.parametrize(("name", "xml", "label"), PARTS, ids=[case[0] for case in PARTS])
@pytest.mark.parametrize("is_referred_to", [True, False])
def test_a_part_is_filled_and_named(name: str, xml: str, label: str, is_referred_to: bool) -> None:
    parts = {name: xml, **(related("footnotes", "endnotes", "comments") if is_referred_to else {})}
    body = f"<w:p>{REFERENCES}</w:p>" if is_referred_to else "文"

    filled = part(render(load(body, parts=parts), {"x": "甲&<"}), name)

    text = "".join(filled.itertext())
    assert "甲&<" in text
    assert "{" not in text
    with pytest.raises(TemplateError) as caught:
        load(body, parts=parts, names=["y"])
    assert {fault.place.label() for fault in caught.value.diagnostics} == {f"正文.docx › {label}"}


@pytest.mark.parametrize(
    ("sections", "label"),
    [
        (['<w:headerReference w:type="default" r:id="rIdP0"/>'], "页眉 第1段"),
        (['<w:headerReference w:type="first" r:id="rIdP0"/>'], "首页页眉 第1段"),
        (['<w:headerReference w:type="even" r:id="rIdP0"/>'], "双页（偶数页）页眉 第1段"),
        (
            ['<w:headerReference w:type="default" r:id="rIdP0"/><w:headerReference w:type="even" r:id="rIdP1"/>'],
            "单页（奇数页）页眉 第1段",
        ),
        (["", '<w:headerReference w:type="default" r:id="rIdP0"/>'], "第2节页眉 第1段"),
    ],
)
def test_a_header_is_named_by_its_pages(sections: list[str], label: str) -> None:
    *inner, last = (f"<w:sectPr>{section}</w:sectPr>" for section in sections)
    blocks = [*(f"<w:p><w:pPr>{section}</w:pPr></w:p>" for section in inner), last]
    parts = {**related("header1", "header2"), "word/header1.xml": story("hdr", "{{ 没有 }}")}

    with pytest.raises(TemplateError) as caught:
        load(*blocks, parts=parts, names=["y"])

    assert [fault.place.label() for fault in caught.value.diagnostics] == [f"正文.docx › {label}"]


def test_notes_have_the_numbers_that_the_text_prints() -> None:
    def note(number: int, text: str, kind: str = "") -> str:
        return f'<w:footnote w:id="{number}"{kind}>{paragraph("")}{paragraph(text)}</w:footnote>'

    notes = note(0, "", ' w:type="separator"') + note(3, "{{ 甲 }}") + note(5, "{{ 乙 }}")
    body = "<w:p>" + "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in (5, 3)) + "</w:p>"
    parts = {**related("footnotes"), "word/footnotes.xml": f"<w:footnotes {SPACES}>{notes}</w:footnotes>"}

    with pytest.raises(TemplateError) as caught:
        load(body, parts=parts, names=["y"])

    assert [(fault.message, fault.place.label()) for fault in caught.value.diagnostics] == [
        ("没有“乙”。", "正文.docx › 脚注1 第2段"),
        ("没有“甲”。", "正文.docx › 脚注2 第2段"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<w:t>甲<w:r><w:t>{{ x }}乙</w:t></w:r>丙</w:t><w:t>丁</w:t>",
        "<w:t>甲{{<w:r><w:t>x }}乙</w:t></w:r></w:t><w:t>丙丁</w:t>",
        "<w:t>甲<w:r><w:t><w:r><w:t>{{ x }}</w:t></w:r>乙</w:t></w:r></w:t><w:t>丙丁</w:t>",
    ],
)
def test_a_run_inside_the_text_of_another_is_not_lost(text: str) -> None:
    data = part(render(load(f"<w:p><w:r>{text}</w:r></w:p>"), {"x": 1}))

    assert "".join(data.itertext()) == "甲1乙丙丁"
    assert not [node for node in data.iter("{*}t") if len(node)]
