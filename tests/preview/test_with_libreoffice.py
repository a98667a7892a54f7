"""The samples through the real LibreOffice, where it and the fonts are installed; what is looked at is in the PDF."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest
from fake_office import STANDARD, docx, what_is_missing

from reportgen import pipeline
from reportgen.model.report import BuildOptions, Outputs
from reportgen.preview import Preview, parse_ranges, preview
from reportgen.resources import inputs_root

RIGHT_MARGIN = (11906 - 1474) / 20  # points from the left edge of the page, by layout.md
MARKS = "，。、；：！？"


@pytest.fixture(scope="module", autouse=True)
def machine(tmp_path_factory: pytest.TempPathFactory) -> None:
    lack = what_is_missing(tmp_path_factory.mktemp("fonts"))
    if lack:
        pytest.skip(f"{lack}; .ci/run installs it")


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The 综述 sample, built."""
    folder = tmp_path_factory.mktemp("成稿")
    output = pipeline.build(inputs_root() / "综述" / "综述.xlsx", BuildOptions(output=folder)).output
    assert output is not None
    return output


@pytest.fixture(scope="module")
def shown(built: Outputs) -> Preview:
    outcome = preview(built.docx)
    assert (outcome.value is not None, outcome.diagnostics) == (True, ())
    assert outcome.value is not None
    return outcome.value


def characters(path: Path) -> Iterator[tuple[int, str, float]]:
    """Page, character, right edge in points."""
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            yield number, text.get_text_range(index, 1), text.get_charbox(index, loose=True)[2]


def plain(text: str) -> str:
    return re.sub(r"[\s\u2060]|—\s*\d+\s*—", "", text)


def text_of(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path.read_bytes())
    return plain("".join(page.get_textpage().get_text_range() for page in pages))


def test_no_punctuation_leaves_the_line_and_none_is_lost(built: Outputs, shown: Preview) -> None:
    printed = list(characters(shown.files[0]))
    assert [(page, mark) for page, mark, right in printed if mark in MARKS and right > RIGHT_MARGIN + 1] == []
    written = plain("".join(paragraph.text for paragraph in python_docx.Document(str(built.docx)).paragraphs))
    assert {mark: text_of(shown.files[0]).count(mark) for mark in MARKS} == {
        mark: written.count(mark) for mark in MARKS
    }


def test_each_standard_font_is_replaced_or_there(shown: Preview) -> None:
    assert {font.asked for font in shown.fonts} <= set(STANDARD)
    assert not any(font.is_poor or not font.used for font in shown.fonts)
    subsets = subprocess.run(["fc-list", ":family=Noto Serif CJK SC"], capture_output=True, check=True).stdout
    assert not subsets or ("方正小标宋简体", "Noto Serif CJK SC") in [(font.asked, font.used) for font in shown.fonts]


def test_the_appendix_lies_landscape_with_the_fonts_of_its_cells(built: Outputs) -> None:
    outcome = preview(built.appendix, parse_ranges("1") or (), png=True)
    assert outcome.value is not None
    (picture,) = outcome.value.files
    assert picture.name == "综述-附件-第1页.png"
    assert outcome.value.pages > 1
    assert {font.asked for font in outcome.value.fonts} <= {"宋体", "黑体", "方正小标宋简体"}


def test_previews_at_once_do_not_mix(tmp_path: Path) -> None:
    files = []
    for name in ("甲", "乙"):
        path = tmp_path / f"{name}.docx"
        document = python_docx.Document()
        document.add_paragraph(f"这是{name}文")
        document.save(str(path))
        files.append(path)
    with ThreadPoolExecutor(2) as pool:
        done = [outcome.value for outcome in pool.map(preview, files)]
    assert [text_of(made.files[0]) for made in done if made] == ["这是甲文", "这是乙文"]


def test_a_document_that_is_broken_inside(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(docx("<w:p>"))
    outcome = preview(path)
    assert outcome.value is None
    assert [item.code for item in outcome.diagnostics] == ["O058"]
