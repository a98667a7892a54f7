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
    ("word/footnotes.xml", story("footnotes", "注{{ x }}", "footnote"), "脚注 第1段"),
    ("word/endnotes.xml", story("endnotes", "注{{ x }}", "endnote"), "尾注 第1段"),
    ("word/comments.xml", story("comments", "批{{ x }}", "comment"), "批注 第1段"),
    ("word/charts/chart1.xml", f"<a:p {DRAWN}><a:r><a:t>图{{{{ x }}}}</a:t></a:r></a:p>", "图表1"),
    ("word/diagrams/data1.xml", f"<a:p {DRAWN}><a:t>示{{{{ x }}}}</a:t></a:p>", "图示1"),
    ("word/diagrams/drawing1.xml", f"<a:p {DRAWN}><a:t>示{{{{ x }}}}</a:t></a:p>", "图示画面1"),
    ("docProps/core.xml", f"<a {TITLED}><dc:title>题{{{{ x }}}}{{% if x %}}！{{% endif %}}</dc:title></a>", "文档属性"),
    ("docProps/app.xml", "<Properties><Company>{{ x }}局</Company></Properties>", "扩展属性"),
    ("docProps/custom.xml", "<Properties><property><lpwstr>{{ x }}</lpwstr></property></Properties>", "自定义属性"),
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
