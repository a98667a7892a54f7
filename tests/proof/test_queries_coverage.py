"""疑点 of quotations and pictures, what earlier stages warned of, and how many of one rule are listed."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from proofreading import codes, issue_of, printed

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue.compose import UNREPORTED_UNIT
from reportgen.diagnostics.catalogue.validate.agreement import PICTURE_MISSING
from reportgen.proof.document import PrintedParagraph
from reportgen.proof.queries import MOST_OF_A_RULE, RULES, Printed, find_queries
from reportgen.proof.queries.coverage import lone_headings, quotes
from reportgen.proof.queries.pictures import pictures

QUOTES = "[引语]\n引语号 | 原文 | 已核定\nY1 | 事业才有底气。 | 是\nY2 | 作风要硬。 | 否\nY3 | 没有印。 |"


def test_a_quotation_printed_before_it_was_approved() -> None:
    found = list(quotes(printed(QUOTES, "他说：{{ Y1 }}又说：{{ Y2 }}")))
    assert [(item.code, item.place.cell) for item in found] == [("P080", "C3"), ("P005", "B4")]


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def found_of_pictures(folder: Path, *placed: tuple[str, float], words: str = "") -> list[tuple[str, str]]:
    """What is asked of P1 (1200 × 800) and P2 (400 × 300) in a docx that holds `placed`: file and width in cm."""
    (folder / "大.png").write_bytes(png(1200, 800))
    (folder / "小.png").write_bytes(png(400, 300))
    document = docx.Document()
    for name, width in placed:
        document.add_picture(str(folder / name), width=Cm(width))
    content = BytesIO()
    document.save(content)
    made = printed("[图片]\n图片号 | 文件\nP1 | 大.png\nP2 | 小.png", f"话。{words}")
    data = replace(made.issue.dataset, folder=str(folder))
    made = replace(made, issue=replace(made.issue, dataset=data), content=content.getvalue())
    return [(item.code, item.place.cell or "") for item in pictures(made)]


@pytest.mark.parametrize(
    ("placed", "wanted"),
    [
        ((("大.png", 15.6), ("小.png", 6.0)), []),
        ((("大.png", 15.6), ("小.png", 7.5)), [("P082", "B3")]),
        ((("大.png", 15.6), ("小.png", 6.0), ("小.png", 7.5)), [("P082", "B3")]),
        ((("大.png", 15.6),), [("P081", "A3")]),
        ((), [("P081", "A2"), ("P081", "A3")]),
    ],
)
def test_pictures_are_in_print_and_large_enough(
    tmp_path: Path, placed: tuple[tuple[str, float], ...], wanted: list[tuple[str, str]]
) -> None:
    assert found_of_pictures(tmp_path, *placed) == wanted


def test_the_message_says_how_wide_a_small_picture_may_be(tmp_path: Path) -> None:
    (tmp_path / "小.png").write_bytes(png(400, 300))
    document = docx.Document()
    document.add_picture(str(tmp_path / "小.png"), width=Cm(15.6))
    content = BytesIO()
    document.save(content)
    made = printed("[图片]\n图片号 | 文件\nP1 | 小.png", "话。")
    data = replace(made.issue.dataset, folder=str(tmp_path))
    (query,) = pictures(replace(made, issue=replace(made.issue, dataset=data), content=content.getvalue()))
    assert query.message == "图片「P1」只有 400×300 像素，按 15.6 厘米宽印出来是每英寸 65 点，不到 150 点，会发虚。"
    assert query.suggestion == "换一张大图，或把“宽度”改到 6.7 厘米以内。"


def test_a_missing_picture_must_show_in_print(tmp_path: Path) -> None:
    text = "[图片]\n图片号 | 文件\nP1 | 没有.png"
    content = BytesIO()
    docx.Document().save(content)
    for prose, wanted in (("【待补图：没有.png】", []), ("话。", ["P081"])):
        made = printed(text, prose)
        data = replace(made.issue.dataset, folder=str(tmp_path))
        made = replace(made, issue=replace(made.issue, dataset=data), content=content.getvalue())
        assert codes(list(pictures(made))) == wanted


ROWS_ALONE = """
[单位]
简称
甲市
[板块]
板块号 | 小标题 | 小标题下行 | 展开方式
B1 | 抓学习 | 学以致用 | {mode}
B2 | 抓落实 | | {mode}
[活动]
活动号 | 板块号 | 单位 | 名称 | 类型
H1 | B1 | 甲市 | 读书班 | 学习
H2 | B2 | 甲市 | 现场会 | 会议
[内容]
类型 | 正文
结尾 | 工作还在继续。
"""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["抓学习", "抓落实"], ["B2", "B3"]),
        (["抓学习", "学以致用", "抓落实", "工作还在继续。"], ["B2", "B3"]),
        (["一、抓学习　学以致用", "二、抓落实", "……"], ["B2", "B3"]),
        (["抓学习", "抓落实", "本报编辑部", "附件：1.抓学习", "2.抓落实", "3.活动台账"], ["B2", "B3"]),
        (["抓学习", "时间", "3月11日", "抓落实", "活动", "现场会"], []),
        (["目录", "抓学习", "抓落实", "抓学习", "读书班", "抓落实", "甲市"], []),
        (["活动一览", "读书班", "现场会"], []),
    ],
)
def test_a_section_of_rows_alone_must_have_something_under_its_heading_in_print(
    lines: list[str], told: list[str]
) -> None:
    found = lone("自由段", lines)
    assert [(item.code, item.place.sheet, item.place.cell) for item in found] == [("P007", "板块", c) for c in told]


def test_a_section_that_writes_its_activities_one_by_one_is_not_asked_about() -> None:
    assert lone("逐活动", ["抓学习", "抓落实"]) == []


def lone(mode: str, lines: list[str]) -> list[Diagnostic]:
    """What is asked of two 板块 of rows alone when these paragraphs are printed."""
    paragraphs = [PrintedParagraph("正文", number, line, ()) for number, line in enumerate(lines, 1)]
    issue = issue_of(ROWS_ALONE.format(mode=mode))
    return list(lone_headings(Printed.of(issue, (), paragraphs, "数据.docx", b"")))


def asked_after(*earlier: Diagnostic, rows: int = 1) -> list[tuple[str, str]]:
    table = "\n".join(f"Z{n} | 数{n} | {n} | 个" for n in range(1, rows + 1))
    issue = issue_of(f"[指标]\n指标号 | 名称 | 值 | 量词\n{table}")
    return [(q.rule, q.diagnostic.code) for q in find_queries(issue, (), (), "数据.docx", b"", earlier)]


def test_what_earlier_stages_warned_of_stands_first() -> None:
    missed = UNREPORTED_UNIT.at(Place(), unit="甲市")
    picture = PICTURE_MISSING.at(Place(), text="没有.png")
    found = asked_after(missed, picture)
    assert found[:2] == [("漏报", "C008"), ("图片", "V050")]
    assert ("指标未用", "P002") in found


def test_of_one_rule_the_first_are_listed_and_the_rest_counted() -> None:
    found = [code for rule, code in asked_after(rows=MOST_OF_A_RULE + 3) if rule == "指标未用"]
    assert found == ["P002"] * MOST_OF_A_RULE + ["P090"]


def test_rules_of_one_topic_share_a_name_and_no_rule_stands_twice() -> None:
    assert len({rule.find for rule in RULES}) == len(RULES)
    assert all(rule.name and rule.find.__doc__ for rule in RULES)
