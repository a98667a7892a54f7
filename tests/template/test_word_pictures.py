"""Pictures: what is put in, how large, and what is refused before anything is written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import picture_files as files
import pytest
from lxml import etree
from word_files import W, load, paragraph, part, render, run

from reportgen.diagnostics import Place
from reportgen.template import Picture, TemplateError
from reportgen.template.package import Package

MM = 36_000
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
    'w:header="851" w:footer="992" w:gutter="0"/>{}</w:sectPr>'
)


def put_in(
    *blocks: object, name: str = "图.png", content: bytes | None = None, folder: Path, **options: object
) -> bytes:
    (folder / name).write_bytes(files.png() if content is None else content)
    template = load(*blocks, SECTION.format(""))  # type: ignore[arg-type]
    return render(template, {"图": Picture(folder / name, **options), "xs": [1, 2]})  # type: ignore[arg-type]


def sizes(data: bytes) -> list[tuple[int, int]]:
    return [(int(node.get("cx", "")), int(node.get("cy", ""))) for node in part(data).iter("{*}extent")]


@pytest.mark.parametrize(
    ("name", "content", "width", "height"),
    [
        ("图.png", files.png(96, 48), 25.4, 12.7),
        ("图.png", files.png(300, 150, dpi=300), 25.4, 12.7),
        ("图.jpg", files.jpeg(300, 150, dpi=300), 25.4, 12.7),
        ("图.gif", files.gif(96, 48), 25.4, 12.7),
        ("图.bmp", files.bmp(96, 48), 25.4, 12.7),
        ("图.tif", files.tiff(96, 48), 25.4, 12.7),
        ("图.emf", files.emf(30), 30, 15),
        ("图.txt", files.png(96, 48), 25.4, 12.7),
        ("宽.png", files.png(9600, 480), 156, 7.8),
        ("高.png", files.png(480, 9600), 10.5, 210),
    ],
)
def test_a_picture_keeps_its_size_or_fits_the_page(
    name: str, content: bytes, width: float, height: float, tmp_path: Path
) -> None:
    ((cx, cy),) = sizes(put_in("{{ 图 }}", name=name, content=content, folder=tmp_path))

    assert (cx / MM, cy / MM) == (pytest.approx(width, rel=0.005), pytest.approx(height, rel=0.005))


@pytest.mark.parametrize(
    ("content", "options", "expected"),
    [
        (files.png(960, 1920), {"height_mm": 100}, (50, 100)),
        (files.png(960, 1920), {"height_mm": 100, "width_mm": 60}, (50, 100)),
        (files.png(960, 480), {"height_mm": 100, "width_mm": 60}, (60, 30)),
        # held upright by the camera: its width is the height that is seen
        (files.jpeg(1920, 960, orientation=6), {"height_mm": 100}, (100, 50)),
    ],
)
def test_a_picture_is_no_higher_than_asked(
    content: bytes, options: dict[str, float], expected: tuple[float, float], tmp_path: Path
) -> None:
    ((cx, cy),) = sizes(put_in("{{ 图 }}", content=content, folder=tmp_path, **options))

    assert (cx / MM, cy / MM) == (pytest.approx(expected[0], rel=0.005), pytest.approx(expected[1], rel=0.005))


def test_a_photograph_is_turned_as_the_camera_notes(tmp_path: Path) -> None:
    data = put_in("{{ 图 }}", name="照.jpg", content=files.jpeg(96, 48, orientation=6), folder=tmp_path)

    assert [node.get("rot") for node in part(data).iter("{*}xfrm")] == ["5400000"]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (paragraph("{{ 图 }}"), 156.0),
        ([["a", "{{ 图 }}"]], 156.0),
        (f'<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{paragraph("{{ 图 }}")}</w:tc></w:tr></w:tbl>',  # noqa: E501
         (2000 - 216) * 635 / MM),
        (f'<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr>{run("{{ 图 }}")}</w:p>', 156.0 - 640 * 635 / MM),
    ],
)  # fmt: skip
def test_a_picture_fits_its_column(block: object, expected: float, tmp_path: Path) -> None:
    ((cx, _),) = sizes(put_in(block, content=files.png(9600, 480), folder=tmp_path))

    assert cx / MM == pytest.approx(expected, rel=0.003)


def margins(kind: str, left: int, right: int) -> str:
    return f'<w:{kind}><w:left w:w="{left}" w:type="dxa"/><w:end w:w="{right}" w:type="dxa"/></w:{kind}>'


@pytest.mark.parametrize(
    ("table", "cell", "taken"),
    [
        ('<w:tblStyle w:val="narrow"/>', "", 57 + 57),
        ('<w:tblStyle w:val="based"/>', "", 57 + 57),
        ('<w:tblStyle w:val="silent"/>', "", 108 + 108),
        ('<w:tblStyle w:val="unknown"/>', "", 100 + 100),
        ("", "", 100 + 100),
        ('<w:tblStyle w:val="narrow"/>' + margins("tblCellMar", 0, 20), "", 0 + 20),
        (margins("tblCellMar", 0, 20), margins("tcMar", 30, 40), 30 + 40),
    ],
)
def test_a_picture_fits_a_cell_with_the_margins_it_has(table: str, cell: str, taken: int, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(files.png(9600, 480))
    styles = (
        f'w:default="1" w:styleId="a"><w:tblPr>{margins("tblCellMar", 100, 100)}</w:tblPr>',
        f'w:styleId="narrow"><w:tblPr>{margins("tblCellMar", 57, 57)}</w:tblPr>',
        'w:styleId="based"><w:basedOn w:val="narrow"/>',
        'w:styleId="silent"><w:basedOn w:val="silent"/>',
    )
    listed = "".join(f'<w:style w:type="table" {style}</w:style>' for style in styles)
    grid = '<w:tblGrid><w:gridCol w:w="4422"/></w:tblGrid>'
    row = f'<w:tr><w:tc><w:tcPr><w:tcW w:w="4422" w:type="dxa"/>{cell}</w:tcPr>{paragraph("{{ 图 }}")}</w:tc></w:tr>'
    block = f"<w:tbl><w:tblPr>{table}</w:tblPr>{grid}{row}</w:tbl>"
    template = load(block, parts={"word/styles.xml": f'<w:styles xmlns:w="{W}">{listed}</w:styles>'})

    ((cx, _),) = sizes(render(template, {"图": Picture(tmp_path / "图.png")}))

    assert cx / MM == pytest.approx((4422 - taken) * 635 / MM, rel=0.0005)


def test_a_picture_fits_a_column_of_a_newspaper_page(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(files.png(9600, 480))
    columns = SECTION.format('<w:cols w:num="2" w:space="425"/>')

    ((cx, _),) = sizes(render(load("{{ 图 }}", columns), {"图": Picture(tmp_path / "图.png")}))

    assert cx / MM == pytest.approx((8845 - 425) / 2 * 635 / MM, rel=0.003)


def test_the_width_asked_for_is_given_up_to_the_column(tmp_path: Path) -> None:
    assert sizes(put_in("{{ 图 }}", folder=tmp_path, width_mm=75)) == [(75 * MM, 75 * MM // 2)]
    assert sizes(put_in("{{ 图 }}", folder=tmp_path, width_mm=750))[0][0] == pytest.approx(156 * MM, rel=0.001)


def test_each_file_is_stored_once_with_ids_of_its_own(tmp_path: Path) -> None:
    data = put_in("{% for x in xs %}", "{{ 图 }}", "{% endfor %}", "见{{ 图 }}", folder=tmp_path, alt="图<说>&")

    package = Package.open(data)
    pictures = list(part(data).iter("{*}docPr"))
    assert [name for name in package.names() if "media" in name] == ["word/media/image1.png"]
    assert len({node.get("id") for node in pictures}) == 3
    assert {node.get("descr") for node in pictures} == {"图<说>&"}
    embedded = {value for node in part(data).iter("{*}blip") for value in node.attrib.values()}
    assert {rel.id: rel.target for rel in package.related("word/document.xml")} == dict.fromkeys(
        embedded, "word/media/image1.png"
    )
    assert package.content_type("word/media/image1.png") == "image/png"


def test_a_picture_alone_is_not_clipped(tmp_path: Path) -> None:
    exact = '<w:p><w:pPr><w:keepNext/><w:spacing w:before="60" w:line="579" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'  # noqa: E501

    data = put_in(f"{exact}{run('{{ 图 }}')}</w:p>", f"{exact}{run('{{ xs[0] }}')}</w:p>", folder=tmp_path)

    spacing = list(part(data).iter(f"{{{W}}}spacing"))
    lines = [tuple(node.get(f"{{{W}}}{name}") for name in ("before", "line", "lineRule")) for node in spacing]
    assert lines == [("60", "240", "auto"), ("60", "579", "exact")]


def test_a_header_shows_its_own_picture(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(files.png())
    header = f"<w:hdr xmlns:w='{W}'>{paragraph('{{ 图 }}')}</w:hdr>"
    template = load("{{ 图 }}", parts={"word/header1.xml": header})

    data = render(template, {"图": Picture(tmp_path / "图.png")})

    for name in ("word/document.xml", "word/header1.xml"):
        (relationship,) = Package.open(data).related(name)
        assert relationship.target == "word/media/image1.png"
        assert f'r:embed="{relationship.id}"' in etree.tostring(part(data, name), encoding="unicode")


REFUSED = [
    ("图.png", b"RIFF\0\0\0\0WEBPVP8 ", "T052", "WebP 图片"),
    ("图.jpg", b"\0\0\0\x18ftypheic", "T052", "HEIC 图片"),
    ("图.png", b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "T052", "网页"),
    ("图.png", b"", "T052", "空文件"),
    ("图.png", b"%PDF-1.7", "T052", "PDF"),
    ("图.png", b"<svg xmlns='a'/>", "T052", "SVG"),
    ("图.png", b"what", "T052", "认不出"),
    ("图.png", files.png()[:20], "T053", "损坏"),
    ("图.jpg", files.jpeg()[:30], "T053", "损坏"),
    ("图.emf", b"\1\0\0\0" + b"\0" * 60, "T053", "损坏"),
]


@pytest.mark.parametrize(("name", "content", "code", "word"), REFUSED)
def test_what_word_could_not_open_is_refused(name: str, content: bytes, code: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        put_in("甲", "{{ 图 }}", name=name, content=content, folder=tmp_path)

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.place.paragraph, word in fault.message) == (code, 2, True)


@pytest.mark.parametrize(
    ("path", "code"),
    [("没有.png", "T050"), (".", "T051"), ('=DISPIMG("ID_1",1)', "T054"), ("_xlfn.DISPIMG(1)", "T054")],
)
def test_pictures_that_are_not_there(path: str, code: str, tmp_path: Path) -> None:
    where = path if "DISPIMG" in path else tmp_path / path

    with pytest.raises(TemplateError) as caught:
        render(load("{{ 图 }}"), {"图": Picture(where)})

    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert "directory" not in fault.message  # what the system says is said in Chinese


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        put_in("{{ 图 ~ '' }}", folder=tmp_path)

    assert [(f.code, f.message) for f in caught.value.diagnostics] == [
        ("T035", "「{{ 图 ~ '' }}」是图片，不能直接印。")
    ]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (put_in("{{ 图 }}", folder=tmp_path) for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:3] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]


def test_a_fault_of_the_file_names_the_cell_that_asked_for_it(tmp_path: Path) -> None:
    cell = Place(file="数据.xlsx", sheet="图片", row=5, column="文件", cell="D5")

    with pytest.raises(TemplateError) as caught:
        put_in("{{ 图 }}", name="会场.png", content=b"RIFF\0\0\0\0WEBP", folder=tmp_path, place=cell)

    (fault,) = caught.value.diagnostics
    assert fault.message == "图片「会场.png」（图片!D5）其实是WebP 图片，放进 Word 里打不开。"
    assert fault.related == (cell,)
