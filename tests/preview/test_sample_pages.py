"""Every sample as it leaves the printer, in the look of the standard and in the other one; and what is looked for."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fake_office import what_is_missing
from page_faults import Layout, faults, layout_of, runs_without_hint
from printed_pages import Box, Line, Page, read_pages

from reportgen import pipeline
from reportgen.model.report import BuildOptions
from reportgen.preview import preview
from reportgen.resources import inputs_root, templates_root
from reportgen.sheets.variants import Fonts, Look, PageLayout, dress_folder

KINDS = sorted(path.parent.name for path in inputs_root().glob("*/*.xlsx") if path.stem == path.parent.name)
LOOKS = {"standard": Look(), "other": Look(Fonts.WINDOWS, PageLayout.GBT33476)}
FONTS = {"standard": {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"}, "other": {"仿宋", "楷体"}}
BOTH = {"黑体", "宋体", "Times New Roman"}


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_typesetter_sends_nothing_back(kind: str, look: str, tmp_path: Path) -> None:
    lack = what_is_missing(tmp_path)
    if lack:
        pytest.skip(f"{lack}; .ci/run installs it")
    folder = shutil.copytree(inputs_root() / kind, tmp_path / "稿")
    template = shutil.copytree(templates_root() / kind, tmp_path / "模板")
    assert dress_folder(template, LOOKS[look]) == ()
    made = pipeline.build(folder / f"{kind}.xlsx", BuildOptions(template=template)).output
    assert made is not None
    shown = preview(made.docx).value
    assert shown is not None
    assert faults(read_pages(shown.files[0]), layout_of(made.docx)) == []
    assert runs_without_hint(made.docx) == []
    assert {font.asked for font in shown.fonts} <= FONTS[look] | BOTH
    assert not [font.asked for font in shown.fonts if font.is_poor]


# --- the check itself, on pages that are drawn for it

AREA = Box(80, 100, 522, 740)
LAYOUT = Layout(AREA, 29, False, False, frozenset({"固本强基", "夯实根基"}), frozenset())
COLUMNS = replace(LAYOUT, has_columns=True)


def line(text: str, row: float, left: float = 80, step: float = 15.75) -> Line:
    """`text` on a row of the page, from 1; one character every `step` points."""
    baseline = AREA.top + 29 * row - 6
    edges = [left + step * number for number in range(len(text) + 1)]
    boxes = (Box(a, baseline - 14, b, baseline + 2) for a, b in pairwise(edges))
    return Line(tuple(zip(text, boxes, strict=True)), baseline)


def number(text: str, left: float) -> Line:
    return line(text, 23, left, 14)


FULL = tuple(line("文" * 28, row) for row in range(1, 23))
NUMBER, NEXT_NUMBER = number("—1—", 522 - 14 - 3 * 14), number("—2—", 80 + 14)


def pages(*lines: Line, pictures: tuple[Box, ...] = ()) -> tuple[Page, ...]:
    """A page with these lines, and a last one."""
    first = Page(1, 595, 842, (*lines, NUMBER), pictures)
    return first, Page(2, 595, 842, (line("文" * 28, 1), NEXT_NUMBER), ())


def test_a_full_page_has_no_fault() -> None:
    assert faults(pages(*FULL), LAYOUT) == []


@pytest.mark.parametrize(
    ("printed", "layout", "fault"),
    [
        (pages(*FULL[:21], line("固本强基", 22, 250)), LAYOUT, "page 1: a heading alone at the foot: 固本强基"),
        (pages(*FULL[:13]), LAYOUT, "page 1: a gap of 267 points at the foot"),
        (pages(*FULL[:1], *FULL[12:]), LAYOUT, "page 1: a gap of 332 points from 125"),
        (pages(*FULL, line("文" * 28, 22.9)), LAYOUT, "the fullest page of text has 23 lines"),
        ((*pages(*FULL[:20]), *pages(*FULL[:20])), LAYOUT, "the fullest page of text has 20 lines"),
        (pages(*(line("文" * 27, row, step=16.3) for row in range(1, 23))), LAYOUT, "full lines have {27: 22, 28: 1}"),
        (pages(*FULL[:21], line("文" * 29, 22)), LAYOUT, "page 1: outside the text area"),
        (pages(*FULL, pictures=(Box(80, 500, 522, 760),)), LAYOUT, "page 1: outside the text area: a picture"),
        (pages(*FULL, pictures=(Box(80, 520, 522, 700),)), LAYOUT, "page 1: a picture hides"),
        ((Page(1, 595, 842, (*FULL, number("—1—", 94)), ()),), LAYOUT, "page 1: the number stands 386 points"),
        ((Page(1, 595, 842, FULL, ()),), LAYOUT, "page 1: numbers []"),
        (
            pages(line("固本强基", 1, 120), line("文" * 12, 1, 311), line("文" * 28, 2), *FULL[3:]),
            COLUMNS,
            "page 1: a heading alone at the foot: 固本强基",
        ),
    ],
)
def test_what_a_typesetter_would_see(printed: tuple[Page, ...], layout: Layout, fault: str) -> None:
    found = faults(printed, layout)
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("printed", "layout"),
    [
        (pages(*FULL[:13]), replace(LAYOUT, ends=frozenset({"文" * 60}))),
        (pages(*FULL[:10], pictures=(Box(80, 400, 522, 700),)), LAYOUT),
        (pages(line("固本强基", 1, 120), line("文" * 12, 1, 311), line("文" * 12, 2), *FULL[3:]), COLUMNS),
        ((Page(1, 595, 842, (), ()), Page(2, 595, 842, (line("文" * 28, 1), NEXT_NUMBER), ())), LAYOUT),
    ],
    ids=["before a break", "a picture fills it", "the text goes on", "a page before an even one"],
)
def test_what_a_typesetter_would_let_pass(printed: tuple[Page, ...], layout: Layout) -> None:
    assert [fault for fault in faults(printed, layout) if fault.startswith("page")] == []
