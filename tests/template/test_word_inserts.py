"""Documents put into documents: 插入('片段.docx') and Document(path)."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import picture_files as files
import pytest
from test_word_notes_and_lists import footnotes, item, notes_in, numbering, q, reference
from word_files import SPACES, Block, docx, part, related, run, text_of

from reportgen.template import Document, Picture, RenderResult, Template, TemplateError
from reportgen.template.package import Package


def styles(**looks: str) -> dict[str, str]:
    """A styles part: name of a paragraph style = its w:rPr; ids are s0, s1 … in order."""
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="{name}"/><w:rPr>{look}</w:rPr></w:style>'
        for n, (name, look) in enumerate(looks.items())
    )
    return {"word/styles.xml": f"<w:styles {SPACES}>{made}</w:styles>", **related("styles")}


def styled(number: int, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="s{number}"/></w:pPr>{run(text)}</w:p>'


class Room:
    """A template folder: 正文.docx and what is beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, name: str, *blocks: Block, **parts: str) -> Path:
        path = self.folder / name
        path.write_bytes(docx(*blocks, parts=parts))
        return path

    def fill(self, **context: object) -> tuple[bytes, RenderResult]:
        out = io.BytesIO()
        result = Template.load(self.folder / "正文.docx", name="综述/正文.docx").render(context, out)
        return out.getvalue(), result

    def faults(self, **context: object) -> list[tuple[str, str]]:
        with pytest.raises(TemplateError) as caught:
            self.fill(**context)
        return [(fault.code, fault.place.label()) for fault in caught.value.diagnostics]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_file_of_the_folder_is_filled_with_the_same_data(room: Room) -> None:
    room.file("片段.docx", "{{ x }}的{% for y in ys %}{{ y }}{% endfor %}", [["a", "{{ 轮 }}"]])
    room.file("正文.docx", "头", "{% for 轮 in ys %}", "{{ 插入('片段.docx') }}", "{% endfor %}", "尾")

    data, _ = room.fill(x="值", ys=[1, 2])

    assert text_of(data) == ["头", "值的12", [["a", "1"]], "", "值的12", [["a", "2"]], "", "尾"]


def test_a_document_may_come_with_the_data(room: Room) -> None:
    other = room.file("别处.docx", "甲{{ x }}")
    room.file("正文.docx", "{{ 文 }}", "{{p 文 }}", [["{{ 文 }}", "b"]])

    data, _ = room.fill(文=Document(other, {"x": 2}), x=1)

    assert text_of(data) == ["甲2", "甲2", [["甲2", "b"]]]


def test_the_styles_of_the_host_win_and_missing_ones_come_along(room: Room) -> None:
    room.file("片段.docx", styled(0, "题"), styled(1, "新"), **styles(标题甲="<w:b/>", 新样式="<w:i/>"))
    room.file("正文.docx", styled(1, "题"), "{{ 插入('片段.docx') }}", **styles(别的="", 标题甲="<w:u/>"))

    data, result = room.fill()

    assert [node.get(q("val")) for node in part(data).iter(q("pStyle"))] == ["s1", "s1", "s11"]
    kept = {s.get(q("styleId")): s.find(q("name")) for s in part(data, "word/styles.xml").iter(q("style"))}
    assert {key: name.get(q("val")) for key, name in kept.items() if name is not None} == {
        "s0": "别的", "s1": "标题甲", "s11": "新样式",
    }  # fmt: skip
    assert [(n.code, n.severity.label, n.place.file) for n in result.notices] == [("T060", "提示", "综述/片段.docx")]
    assert "标题甲" in result.notices[0].message


def test_lists_notes_pictures_and_links_come_along(room: Room) -> None:
    (room.folder / "图.png").write_bytes(files.png())
    link = '<w:p><w:hyperlink r:id="rIdL"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>'
    notes = footnotes(_2="片段注{{ x }}")
    rels = related("numbering", "footnotes")["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rIdL" Type="t" Target="http://a/" TargetMode="External"/></Relationships>',
    )
    parts = {**numbering(), **notes, "word/_rels/document.xml.rels": rels}
    del parts["word/styles.xml"]
    inserted = [item("一"), f"<w:p>{run('注')}{reference(2)}</w:p>", "{{ 图 }}", link]
    room.file("片段.docx", *inserted, **parts)
    room.file("正文.docx", f"<w:p>{reference(2)}</w:p>", *["{{ 插入('片段.docx') }}"] * 2, **footnotes(_2="主注"))

    data, _ = room.fill(x=1, 图=Picture(room.folder / "图.png"))

    package = Package.open(data)
    assert notes_in(data) == ["主注", "片段注1", "片段注1"]
    numbers = [node.get(q("val")) for node in part(data).iter(q("numId"))]
    defined = [node.get(q("numId")) for node in part(data, "word/numbering.xml").iter(q("num"))]
    assert (len(set(numbers)), sorted(defined)) == (2, sorted(map(str, numbers)))
    assert [name for name in package.names() if "media" in name] == ["word/media/image1.png"]
    targets = {rel.id: rel.target for rel in package.related("word/document.xml")}
    used = [value for node in part(data).iter() for name, value in node.attrib.items() if "officeDocument" in str(name)]
    assert [targets[str(identity)] for identity in used] == ["word/media/image1.png", "http://a/"] * 2
    assert len({node.get("id") for node in part(data).iter("{*}docPr")}) == 2


def test_bookmarks_of_inserted_documents_get_names_of_their_own(room: Room) -> None:
    marked = f'<w:p><w:bookmarkStart w:id="1" w:name="甲"/>{run("x")}<w:bookmarkEnd w:id="1"/><w:fldSimple w:instr=" REF 甲 "/></w:p>'  # noqa: E501
    room.file("片段.docx", marked)
    room.file("正文.docx", marked, "{{ 插入('片段.docx') }}", "{{ 插入('片段.docx') }}")

    root = part(room.fill()[0])

    assert [node.get(q("name")) for node in root.iter(q("bookmarkStart"))] == ["甲", "甲_2", "甲_3"]
    assert [node.get(q("instr")) for node in root.iter(q("fldSimple"))] == [" REF 甲 ", " REF 甲_2 ", " REF 甲_3 "]
    assert len({node.get(q("id")) for node in root.iter(q("bookmarkStart"))}) == 3


def test_sections_are_left_behind_and_that_is_said(room: Room) -> None:
    room.file("片段.docx", "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", "乙", "<w:sectPr/>")
    room.file("正文.docx", "{{ 插入('片段.docx') }}")

    data, result = room.fill()

    assert (text_of(data), list(part(data).iter(q("sectPr")))) == (["", "乙"], [])
    assert [notice.code for notice in result.notices] == ["T061"]


def test_figures_of_inserted_documents_are_traced_in_reading_order(room: Room) -> None:
    class Figure:
        def __init__(self, text: str) -> None:
            self.text = text

        def __spans__(self) -> list[object]:
            from reportgen.template.values import Span  # noqa: PLC0415

            return [Span(self.text, source=self.text)]

    room.file("片段.docx", "{{ b }}")
    room.file("正文.docx", "{{ a }}", "{{ 插入('片段.docx') }}", "{{ c }}")
    out = io.BytesIO()
    context = {name: Figure(name) for name in "abc"}

    result = Template.load(room.folder / "正文.docx").render(context, out, trace=True)

    assert [p.text for p in result.printed] == ["a", "b", "c"]
    marks = [node.get(q("name")) for node in part(out.getvalue()).iter(q("bookmarkStart"))]
    assert marks == [printed.bookmark for printed in result.printed]


FAULTS: list[tuple[list[Block], list[Block], list[tuple[str, str]]]] = [
    (["{{ 没有 }}"], ["{{ 插入('片段.docx') }}"], [("T020", "综述/片段.docx › 正文 第1段")]),
    (["甲", "{{ x[ }}"], ["{{ 无此名 }}{{ 插入('片段.docx') }}"],
     [("T011", "综述/片段.docx › 正文 第2段")]),
    (["{{ 1 / 0 }}"], ["{{ 插入('片段' ~ '.docx') }}"], [("T026", "综述/片段.docx › 正文 第1段")]),
    (["甲"], ["{{ 插入('片断.docx') }}"], [("T056", "综述/正文.docx › 正文 第1段")]),
    (["甲"], ["{{ 插入('../片段.docx') }}"], [("T056", "综述/正文.docx › 正文 第1段")]),
    (["甲"], ["见{{ 插入('片段.docx') }}"], [("T055", "综述/正文.docx › 正文 第1段")]),
    (["{{ 插入('正文.docx') }}"], ["{{ 插入('片段.docx') }}"], [("T057", "综述/正文.docx › 正文 第1段")]),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "outer", "expected"), FAULTS)
def test_faults(room: Room, inner: list[Block], outer: list[Block], expected: list[tuple[str, str]]) -> None:
    room.file("片段.docx", *inner)
    room.file("正文.docx", *outer)

    assert sorted(room.faults(x=1)) == sorted(expected)


def test_a_workbook_is_not_put_in(room: Room) -> None:
    openpyxl.Workbook().save(room.folder / "附件.xlsx")
    room.file("正文.docx", "{{ 插入('附件.xlsx') }}")

    assert room.faults() == [("T058", "综述/附件.xlsx")]


def test_what_is_no_word_file_is_refused(room: Room) -> None:
    (room.folder / "坏.docx").write_bytes(b"what")
    room.file("正文.docx", "{{ 插入('坏.docx') }}")

    assert room.faults() == [("T005", "综述/坏.docx")]


def test_the_names_a_template_reads_are_those_of_its_files_too(room: Room) -> None:
    room.file("片段.docx", "{{ a }}{{ 轮 }}")
    path = room.file("正文.docx", "{% for 轮 in b %}", "{{ 插入('片段.docx') }}", "{% endfor %}")

    assert Template.load(path).names() == {"a", "b"}


def test_a_template_from_memory_has_no_folder() -> None:
    with pytest.raises(TemplateError) as caught:
        Template.load(io.BytesIO(docx("{{ 插入('片段.docx') }}")))

    assert [fault.code for fault in caught.value.diagnostics] == ["T056"]


# ------------------------------------------------------------------------------------------------------- parts, names


def test_a_file_of_a_subfolder_is_filled_and_its_faults_name_it(room: Room) -> None:
    (room.folder / "子").mkdir()
    room.file("子/片段.docx", "甲{{ x }}")
    room.file("正文.docx", "{{ 插入('子/片段.docx') }}")

    assert text_of(room.fill(x=1)[0]) == ["甲1"]

    room.file("子/片段.docx", "甲{{ x")

    assert [place.startswith("综述/子/片段.docx") for _, place in room.faults(x=1)] == [True]


def test_a_part_that_nothing_needs_is_not_spoken_of(room: Room) -> None:
    room.file("片段.docx", "甲")
    room.file("正文.docx", "{{ 插入('片段.docx') }}")

    package = Package.open(room.fill()[0])

    assert [rel.target for rel in package.related("word/document.xml")] == []
    assert b"styles" not in package.read("[Content_Types].xml")


def test_a_part_that_is_needed_comes_with_its_relationship_and_type(room: Room) -> None:
    parts = {**numbering(), **styles(新="<w:b/>"), **related("styles", "numbering")}
    room.file("片段.docx", styled(0, "题"), item("一"), **parts)
    room.file("正文.docx", "{{ 插入('片段.docx') }}", "{{ 插入('片段.docx') }}")

    package = Package.open(room.fill()[0])

    targets = [rel.target for rel in package.related("word/document.xml")]
    assert sorted(targets) == ["word/numbering.xml", "word/styles.xml"]
    assert [package.content_type(name).rsplit(".", 1)[1] for name in sorted(targets)] == ["numbering+xml", "styles+xml"]
    tags = [str(node.tag).rsplit("}", 1)[1] for node in package.tree("word/numbering.xml")]
    assert tags == ["abstractNum", "abstractNum", "num", "num"]
