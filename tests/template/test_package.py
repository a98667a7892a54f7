"""The zip around a template: what is refused, what is copied, and that the same input gives the same bytes."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from word_files import OFFICE, W, docx, load, part, render, text_of

from reportgen.template import Template, TemplateError
from reportgen.template.package import CONTENT_TYPES, Package, with_content_type, with_relationship

STORED = "甲" * 500 + "乙"


def packed(data: bytes, name: str) -> bytes:
    """The bytes of an entry as they lie in the zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + sum(struct.unpack("<HH", data[info.header_offset + 26 : info.header_offset + 30]))
    return data[start : start + info.compress_size]


def test_untouched_parts_are_copied_still_compressed() -> None:
    source = io.BytesIO(docx("{{ x }}"))
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/media/图.png", STORED)
        archive.writestr("customXml/item1.xml", STORED, zipfile.ZIP_STORED)

    source.seek(0)

    filled = render(Template.load(source), {"x": "值"})

    for name in ("word/media/图.png", "customXml/item1.xml", CONTENT_TYPES):
        assert packed(filled, name) == packed(source.getvalue(), name)
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert archive.testzip() is None
        assert archive.read("word/media/图.png").decode() == STORED
        assert archive.namelist() == zipfile.ZipFile(source).namelist()


def test_a_template_without_tags_comes_back_part_by_part() -> None:
    source = docx("没有标记", "{ 也不是 }")

    assert packed(render(load("没有标记", "{ 也不是 }"), {}), "word/document.xml") == packed(
        source, "word/document.xml"
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    blocks = ["{{ x }}", [["{% for r in rows %}{{ r }}", "x{% endfor %}"]]]
    context = {"x": "值", "rows": range(99)}
    template = load(*blocks)

    first, second = render(template, context, trace=True), render(template, context, trace=True)

    assert first == second == render(load(*blocks), context, trace=True)


def test_one_template_is_filled_many_times_and_travels_to_other_processes() -> None:
    template = load("{{ x }}{{ y|upper }}")

    again = pickle.loads(pickle.dumps(template))

    assert [text_of(render(t, {"x": x, "y": "b"})) for t, x in ((template, 1), (template, 2), (again, 3))] == [
        ["1B"],
        ["2B"],
        ["3B"],
    ]


def test_every_entry_carries_the_date_given() -> None:
    def dates(**options: object) -> set[tuple[int, ...]]:
        with zipfile.ZipFile(io.BytesIO(render(load("{{ x }}"), {"x": 1}, **options))) as archive:
            return {info.date_time for info in archive.infolist()}

    assert dates() == {(1980, 1, 1, 0, 0, 0)}
    assert dates(modified=date(2025, 3, 11)) == {(2025, 3, 11, 0, 0, 0)}


def test_a_path_is_replaced_in_one_step(tmp_path: Path) -> None:
    out = tmp_path / "综述.docx"
    out.write_bytes(b"old")

    load("{{ x }}").render({"x": "值"}, str(out))

    assert text_of(out.read_bytes()) == ["值"]
    assert list(tmp_path.iterdir()) == [out]


def test_parts_may_be_added_replaced_and_left_out() -> None:
    package = Package.open(docx("甲"))
    types = with_content_type(package, None, "customXml/item1.xml", "application/xml")
    types = with_content_type(package, types, "customXml/item1.xml", "text/xml")
    rels, identity = with_relationship(package, None, "word/document.xml", "urn:kind", "../customXml/item1.xml")
    rels, other = with_relationship(package, rels, "word/document.xml", "urn:kind", "/docProps/custom.xml")
    out = io.BytesIO()

    package.write(
        out,
        {
            CONTENT_TYPES: types,
            "word/_rels/document.xml.rels": rels,
            "customXml/item1.xml": iter([b"<a", b"/>"]),
        },
    )
    again = Package.open(out.getvalue())

    assert (identity, other) == ("rId1", "rId2")
    assert again.read("customXml/item1.xml") == b"<a/>"
    assert again.content_type("customXml/item1.xml") == "text/xml"
    assert [rel.target for rel in again.related("word/document.xml")] == ["customXml/item1.xml", "docProps/custom.xml"]
    less = io.BytesIO()
    again.write(less, removed=frozenset({"customXml/item1.xml"}))
    assert "customXml/item1.xml" not in Package.open(less.getvalue())


def rewritten(change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    Package.open(docx("{{ x }}")).write(out, change)
    return out.getvalue()


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "没有.docx", "T001"), (tmp_path, "T002")):
        with pytest.raises(TemplateError) as caught:
            Template.load(path)
        assert [fault.code for fault in caught.value.diagnostics] == [code]


def test_damage_inside_an_entry_is_found() -> None:
    data = bytearray(docx("{{ x }}" * 50))
    inside = packed(bytes(data), "word/document.xml")
    data[data.index(inside) + 20] ^= 0xFF

    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(bytes(data)))

    assert [fault.code for fault in caught.value.diagnostics] == ["T006"]


def test_parts_with_another_prefix_for_word_are_filled() -> None:
    body = docx("{{ x }}")
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml"))
    text = (
        etree.tostring(root, encoding="unicode")
        .replace("<w:", "<z:")
        .replace("</w:", "</z:")
        .replace("xmlns:w=", "xmlns:z=")
    )

    filled = render(Template.load(io.BytesIO(rewritten({"word/document.xml": text.encode()}))), {"x": "“值”"})

    assert text_of(filled) == ["“值”"]


def test_addresses_of_links_are_filled_and_encoded() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="t" Target="http://a/%7b%7b%20x%20%7d%7d/%20b?c={{ y }}" TargetMode="External"/></Relationships>'
    )

    link = '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>'
    loop = ["{% for y in ys %}", link, "{% endfor %}"]

    filled = render(load(*loop, parts={"word/_rels/document.xml.rels": rels}), {"x": "文 件", "ys": ["1&2", 3, "1&2"]})

    links = {rel.id: (rel.target, rel.external) for rel in Package.open(filled).related("word/document.xml")}
    used = [node.get(f"{{{OFFICE}}}id") for node in part(filled).iter(f"{{{W}}}hyperlink")]
    beginning = "http://a/%E6%96%87%20%E4%BB%B6/%20b?c="
    assert [links[identity] for identity in used] == [(f"{beginning}{y}", True) for y in ("1&2", 3, "1&2")]
    assert len(links) == 2


def test_the_store_of_building_blocks_is_left_alone() -> None:
    """It has styles and notes of its own, which are not those of the document."""
    opening = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    style = '<w:style w:type="character" w:styleId="{0}"><w:name w:val="{0}"/></w:style>'
    related = {
        "word/_rels/document.xml.rels": ("glossaryDocument", "glossary/document.xml"),
        "word/glossary/_rels/document.xml.rels": ("styles", "styles.xml"),
    }
    parts = {
        "word/glossary/document.xml": f'<w:glossaryDocument xmlns:w="{W}"/>',
        "word/glossary/styles.xml": f'<w:styles xmlns:w="{W}">{style.format("别的")}</w:styles>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{style.format("重点")}</w:styles>',
        **{
            name: f'{opening}<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
            for name, (kind, target) in related.items()
        },
    }

    data = render(load("{{ 样式('重点', x) }}", parts=parts), {"x": 1})

    assert text_of(data) == ["1"]
    assert packed(data, "word/glossary/styles.xml") == packed(docx(parts=parts), "word/glossary/styles.xml")
