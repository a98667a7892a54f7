"""侧记 through its own template: what a reader sees of pictures, boxes and quotations when the workbook is odd."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from documents import outline, paragraphs
from docx.oxml.ns import qn
from workbooks import workbook

from reportgen.model.report import BuildOptions
from reportgen.pipeline import Vision, build, vision
from reportgen.resources import templates_root
from reportgen.template import Template

EMU_PER_CM = 360_000
ARTICLE = "[板块]\n板块号 | 小标题\nB1 | 看现场　学做法\n\n[内容]\n板块号 | 类型 | 正文\nB1 | 正文 | 一路看，一路学。\n"


def book(folder: Path, sheets: str) -> Path:
    return workbook(folder, f"[刊期]\n项目 | 内容\n文种 | 侧记\n\n{sheets}")


def picture(path: Path, width: int, height: int) -> None:
    """A grey PNG of so many dots."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * height)), (b"IEND", b""))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in parts)
    )


def seen(workbook: Path) -> Vision:
    outcome = vision(workbook)
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    return outcome.value


@pytest.fixture(scope="module")
def printed_by(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """The docx of a workbook; the template is compiled once."""
    words = seen(book(tmp_path_factory.mktemp("words"), ARTICLE)).words
    template = Template.load(templates_root() / "侧记" / "正文.docx", words.filters, words.functions)

    def printed(workbook: Path) -> Path:
        out = workbook.with_suffix(".docx")
        template.render(seen(workbook).names.article, out)
        return out

    return printed


Print = Callable[[Path], Path]


def sizes(path: Path) -> list[tuple[float, float]]:
    """Width and height of each picture, in centimetres."""
    found = docx.Document(str(path)).element.body.iter(qn("wp:extent"))
    return [(round(int(e.get("cx")) / EMU_PER_CM, 1), round(int(e.get("cy")) / EMU_PER_CM, 1)) for e in found]


def of_style(path: Path, style: str) -> list[str]:
    return [
        line.partition(" | ")[2] for line in outline(path, 300).splitlines() if line.strip().startswith(f"{style} |")
    ]


def test_a_section_without_content_is_told_and_prints_its_heading(tmp_path: Path, printed_by: Print) -> None:
    path = book(tmp_path, ARTICLE.replace("\n\n[内容]", "\nB2 | 空空如也　没有下文\n\n[内容]"))
    told = [(d.code, d.place.label()) for d in vision(path).diagnostics]
    assert told == [("C014", "数据.xlsx › 板块 › 第3行 › 小标题 (B3)")]
    assert of_style(printed_by(path), "Heading 1") == ["看现场　学做法", "空空如也　没有下文"]


def test_forty_units_in_one_section_stand_in_their_order(tmp_path: Path, printed_by: Print) -> None:
    names = [f"第{n}考察单位" for n in range(1, 41)]
    units = "[单位]\n简称\n" + "\n".join(names)
    section = "[板块]\n板块号 | 小标题 | 展开方式\nB1 | 看现场　学做法 | 逐单位"
    rows = "\n".join(f"B1 | 单位段 | {name} | {name}有做法。" for name in reversed(names))
    texts = paragraphs(
        printed_by(book(tmp_path, f"{units}\n\n{section}\n\n[内容]\n板块号 | 类型 | 单位 | 正文\n{rows}"))
    )
    start = texts.index("看现场　学做法") + 1
    assert texts[start:] == [f"{name}有做法。" for name in names]


def test_a_title_of_sixty_characters_is_printed_whole_and_breaks_only_where_marked(
    tmp_path: Path, printed_by: Print
) -> None:
    half = "学真招看实效聚合力促发展" * 3
    path = book(tmp_path, f"[稿件]\n稿号 | 主标题\n1 | {half[:30]}｜{half[:30]}\n\n{ARTICLE}")
    assert of_style(printed_by(path), "Title") == [half[:30], half[:30]]


PICTURES = "[图片]\n图片号 | 板块号 | 文件 | 图说 | 宽度 | 组号 | 图号\n"


def test_a_caption_of_two_hundred_characters_stays_with_its_picture(tmp_path: Path, printed_by: Print) -> None:
    picture(tmp_path / "a.png", 1200, 800)
    under, beside = "▲" + "授牌现场掌声热烈，" * 22, "▶" + "表彰大会气氛热烈，" * 22
    docx_path = printed_by(
        book(
            tmp_path, f"{ARTICLE}\n{PICTURES}P1 | B1 | a.png | {under} | 11 | |\nP2 | B1 | a.png | {beside} | 6.6 | |\n"
        )
    )
    assert of_style(docx_path, "图说") == [under]
    assert of_style(docx_path, "旁排图说") == [beside]
    assert sizes(docx_path) == [(11.0, 7.3), (6.6, 4.4)]


def test_a_portrait_beside_a_panorama_keeps_within_half_a_page(tmp_path: Path, printed_by: Print) -> None:
    picture(tmp_path / "竖.png", 600, 1800)
    picture(tmp_path / "横.png", 2400, 600)
    rows = "P1 | B1 | 竖.png | 图①②：竖的和横的 | 6.8 | A | ①\nP2 | B1 | 横.png | | 6.8 | A | ②\n"
    docx_path = printed_by(book(tmp_path, f"{ARTICLE}\n{PICTURES}{rows}"))
    assert sizes(docx_path) == [(3.8, 11.2), (6.8, 1.7)]
    (table,) = docx.Document(str(docx_path)).tables
    assert len(table.rows) == 1
    assert of_style(docx_path, "图号") == ["①", "②"]
    assert of_style(docx_path, "图说") == ["图①②：竖的和横的"]


def test_a_picture_without_a_width_takes_a_third_of_a_page_at_most(tmp_path: Path, printed_by: Print) -> None:
    picture(tmp_path / "竖.png", 600, 1200)
    docx_path = printed_by(book(tmp_path, f"{ARTICLE}\n{PICTURES}P1 | B1 | 竖.png | 竖的 | | |\n"))
    assert sizes(docx_path) == [(3.8, 7.5)]


def test_a_group_breaks_between_rows_and_its_last_row_stays_with_the_caption(tmp_path: Path, printed_by: Print) -> None:
    picture(tmp_path / "a.png", 640, 427)
    rows = "".join(
        f"P{n} | B1 | a.png | {'图①至⑤：五张' if n == 1 else ''} | 6.8 | A | {'①②③④⑤'[n - 1]}\n" for n in range(1, 6)
    )
    docx_path = printed_by(book(tmp_path, f"{ARTICLE}\n{PICTURES}{rows}"))
    assert of_style(docx_path, "组图") == ["〔图〕"] * 4
    assert of_style(docx_path, "图片") == ["〔图〕"]
    assert of_style(docx_path, "组图号") == ["①", "②", "③", "④"]
    styles = {s.name: s for s in docx.Document(str(docx_path)).styles}
    assert [styles[n].paragraph_format.keep_with_next for n in ("组图", "组图号", "图片", "图号")] == [
        False,
        False,
        True,
        True,
    ]


# 图片号, 图说, 宽度, 组号: wide, narrow, a group whose second picture is written last, two narrow ones, wide.
MIXED = (
    ("P1", "甲", 14, ""),
    ("P2", "乙", 6, ""),
    ("P3", "丙", 6, "A"),
    ("P4", "丁", 6, ""),
    ("P5", "戊", 6, ""),
    ("P6", "己", 14, ""),
    ("P7", "庚", 6, "A"),
)


@pytest.mark.parametrize("kind", ["侧记", "简报"])
def test_pictures_keep_their_order_a_group_stands_where_it_begins(tmp_path: Path, kind: str) -> None:
    picture(tmp_path / "a.png", 640, 427)
    rows = "".join(f"{key} | B1 | a.png | {caption} | {width} | {group} |\n" for key, caption, width, group in MIXED)
    report = build(book(tmp_path, f"{ARTICLE}\n{PICTURES}{rows}"), BuildOptions(template=templates_root() / kind))
    assert report.output is not None
    captions = [line for line in outline(report.output.docx, 300).splitlines() if "图说 |" in line]
    assert "".join(line.rpartition("| ")[2] for line in captions) == "甲乙丙庚丁戊己"
    assert len(sizes(report.output.docx)) == len(MIXED)


def test_no_picture_leaves_no_frame_and_no_caption(tmp_path: Path, printed_by: Print) -> None:
    docx_path = printed_by(book(tmp_path, ARTICLE))
    assert docx.Document(str(docx_path)).tables == []
    assert [style for style in ("图片", "图说", "图号", "旁排图说") if of_style(docx_path, style)] == []


def test_a_picture_of_forty_dots_and_an_unapproved_quotation_are_printed_and_told(tmp_path: Path) -> None:
    picture(tmp_path / "小.png", 40, 40)
    quote = "[引语]\n引语号 | 板块号 | 原文 | 已核定\nY1 | B1 | 收获满满！ | 否\n"
    report = build(book(tmp_path, f"{ARTICLE}\n{PICTURES}P1 | B1 | 小.png | 现场 | 13 | |\n\n{quote}"), BuildOptions())
    assert report.output is not None
    told = {d.code: (d.place.label(), d.message, d.suggestion) for d in report.diagnostics}
    place, message, way_out = told["P082"]
    assert place == "数据.xlsx › 图片 › 第2行 › 文件 (C2)"
    assert "40×40 像素" in message
    assert "0.6 厘米以内" in way_out
    assert told["P080"][0] == "数据.xlsx › 引语 › 第2行 › 已核定 (D2)"
    assert sizes(report.output.docx) == [(11.2, 11.2)]
    assert "“收获满满！”" in paragraphs(report.output.docx)
