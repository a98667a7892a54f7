"""The Word templates hold their look in named styles (layout.md): nothing formatted by hand, no theme fonts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from reportgen.resources import templates_root

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = sorted(templates_root().rglob("*.docx"))
every_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=[f"{path.parent.name}/{path.name}" for path in TEMPLATES]
)
# What says how a stretch of text reads, not how it looks.
PARAGRAPH_MARKS, RUN_MARKS = {"pStyle", "sectPr", "framePr"}, {"rStyle", "lang"}


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


@every_template
def test_no_text_is_formatted_by_hand(path: Path) -> None:
    body = part(path, "document")
    of_paragraphs = {str(etree.QName(p).localname) for node in body.iter(f"{W}pPr") for p in node}
    of_runs = {str(etree.QName(p).localname) for node in body.iter(f"{W}rPr") for p in node if p.tag != f"{W}rFonts"}
    fonts = {key for node in body.iter(f"{W}rFonts") for key in node.attrib}
    assert of_paragraphs <= PARAGRAPH_MARKS
    assert of_runs <= RUN_MARKS
    assert fonts <= {f"{W}hint"}


@every_template
def test_no_theme_font_overrides_a_named_one(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name).decode() for name in package.namelist() if re.match(r"word/\w+\.xml", name)]
    assert not any(re.search(r"w:(?:ascii|hAnsi|eastAsia|cs)Theme=", text) for text in parts)


@every_template
def test_every_style_that_is_used_is_there(path: Path) -> None:
    used = {
        node.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for node in part(path, "document").iter(W + tag)
    }
    assert used <= {style.get(f"{W}styleId") for style in part(path, "styles").iter(f"{W}style")}
