"""The Word templates and design/layout.md, value for value: what Word is told lies in named styles and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from word_templates import Style, Template, W, attributes, plain_attributes, read_template, text_of

from reportgen.resources import inputs_root, templates_root
from reportgen.sheets.variants import Fonts, Look, PageLayout, dressed

TEMPLATES = sorted(templates_root().rglob("*.docx"))
LOOKS = {
    "": Look(),
    "windows": Look(fonts=Fonts.WINDOWS),
    "gbt33476": Look(page=PageLayout.GBT33476),
    "windows+gbt33476": Look(Fonts.WINDOWS, PageLayout.GBT33476),
}
# What says how a stretch of text reads, not how it looks.
PARAGRAPH_MARKS = {W + tag for tag in ("pStyle", "sectPr", "framePr")}
RUN_MARKS = {W + tag for tag in ("rStyle", "lang", "rFonts")}  # of rFonts the hint only
QUOTES_AND_DASHES = "“”‘’—…·"


@dataclass(frozen=True, slots=True)
class Dressed(Template):
    """A template in one of its looks."""

    look: Look


@cache
def template(path: Path, look: str) -> Dressed:
    plain = read_template(path.parent.name, dressed(path.read_bytes(), LOOKS[look]))
    return Dressed(plain.kind, plain.names, plain.trees, plain.styles, LOOKS[look])


@pytest.fixture(
    params=[(path, look) for path in TEMPLATES for look in LOOKS],
    ids=[f"{path.parent.name}{look and '-' + look}" for path in TEMPLATES for look in LOOKS],
)
def each(request: pytest.FixtureRequest) -> Dressed:
    """Every template in every look."""
    return template(*request.param)


# --- the page


def test_the_page_is_that_of_the_standard(each: Dressed) -> None:
    wide = each.look.page is PageLayout.GBT33476
    top, bottom, footer, line = ("1961", "1847", "1291", "589") if wide else ("2098", "1984", "1428", "579")
    sections = list(each.tree("document").iter(f"{W}sectPr"))
    assert sections
    for section in sections:
        assert attributes(section, "pgSz") == {"w": "11906", "h": "16838"}
        margins = {"top": top, "bottom": bottom, "left": "1587", "right": "1474", "footer": footer, "gutter": "0"}
        assert attributes(section, "pgMar").items() >= margins.items()
        assert attributes(section, "docGrid") == {"type": "lines", "linePitch": line}  # never linesAndChars


def test_only_a_newspaper_page_has_columns(each: Dressed) -> None:
    columns = [attributes(section, "cols") for section in each.tree("document").iter(f"{W}sectPr")]
    several = [cols for cols in columns if "num" in cols]
    assert several == ([{"num": "2", "space": "425", "sep": "1"}] if each.kind in NEWSPAPERS else [])


def test_settings(each: Dressed) -> None:
    settings = each.tree("settings")
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert attributes(settings, "characterSpacingControl") == {"val": "compressPunctuation"}
    assert settings.find(f"{W}embedTrueTypeFonts") is None


def test_page_numbers_differ_on_odd_and_even_pages(each: Dressed) -> None:
    targets = {node.get("Id"): str(node.get("Target")) for node in each.trees["word/_rels/document.xml.rels"]}
    styles = {"default": "页码单页", "even": "页码双页"}
    for section in each.tree("document").iter(f"{W}sectPr"):
        assert section.find(f"{W}titlePg") is None
        references = [plain_attributes(node) for node in section.iter(f"{W}footerReference")]
        found = {reference["type"]: reference["id"] for reference in references}
        assert found.keys() == styles.keys()
        for kind, identifier in found.items():
            (paragraph,) = each.trees[f"word/{targets[identifier]}"].iter(f"{W}p")
            assert each.style_of(paragraph)[0] == styles[kind]
            shown = "".join(node.text or "" for node in paragraph.iter(f"{W}t", f"{W}instrText"))
            assert shown == "—  PAGE 1 —"


# --- the styles


@dataclass(frozen=True, slots=True)
class Rule:
    """What a style says of a paragraph (p) or of its text (r), its own words or those of a style it is based on."""

    style: str
    words: str  # p ind firstLineChars=200 firstLine=640

    @property
    def wanted(self) -> dict[str, str]:
        return dict(re.findall(r"(\w+)=(.+?)(?= \w+=|$)", self.words))

    def of(self, style: Style) -> Mapping[str, str] | None:
        """The attributes of the element that the rule is about."""
        group, element = self.words.split()[:2]
        return (style.paragraph if group == "p" else style.text).get(element)


def rules(style: str, *lines: str) -> list[Rule]:
    return [Rule(style, line) for line in lines]


FANG, KAI, SONG, HEI = "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体"
EXACT = "p spacing line=579 lineRule=exact"
CENTRED = ("p jc val=center", "p ind firstLineChars=0 firstLine=0")
NOT_CENTRED = ("p ind firstLineChars=200 firstLine=640",)
TIGHT_32 = "r sz val=32", "r spacing val=-5"
RULES = (
    *rules("Normal", EXACT, "p spacing before=0 after=0", "p jc val=both", "p kinsoku", "p overflowPunct val=0"),
    *rules("Normal", "p autoSpaceDE val=0", "p autoSpaceDN val=0", *TIGHT_32),
    *rules("Normal", f"r rFonts ascii=Times New Roman hAnsi=Times New Roman eastAsia={FANG}"),
    *rules("公文正文", EXACT, "p jc val=both", *NOT_CENTRED, *TIGHT_32, f"r rFonts eastAsia={FANG}"),
    *rules("Title", f"r rFonts eastAsia={SONG}", "r sz val=44", *CENTRED, "p spacing line=700 lineRule=exact"),
    *rules("Title", "p keepNext"),
    *rules("引题", f"r rFonts eastAsia={KAI}", "r sz val=32", *CENTRED, "p keepNext"),
    *rules("Subtitle", f"r rFonts eastAsia={KAI}", "r sz val=32", *CENTRED, "p keepNext"),
    *rules("heading 1", f"r rFonts eastAsia={HEI}", "r sz val=32", "p keepNext", "p outlineLvl val=0"),
    *rules("heading 2", f"r rFonts eastAsia={KAI}", "r sz val=32", "p keepNext", "p outlineLvl val=1"),
    *rules("heading 3", f"r rFonts eastAsia={FANG}", "r sz val=32", "p keepNext", "p outlineLvl val=2"),
    *rules("heading 4", f"r rFonts eastAsia={FANG}", "r sz val=32", "p keepNext", "p outlineLvl val=3"),
    *rules("小标题下行", f"r rFonts eastAsia={KAI}", "r sz val=32", "p keepNext"),
    *rules("文末署名", "p ind rightChars=200", "p jc val=right", "r sz val=32"),
    *rules("附件说明", "p ind left=1805 hanging=1175", "r sz val=32", f"r rFonts eastAsia={FANG}"),
    *rules("页码单页", "r rFonts ascii=宋体 hAnsi=宋体 eastAsia=宋体", "r sz val=28", "p jc val=right"),
    *rules("页码单页", "p ind rightChars=100"),
    *rules("页码双页", "r rFonts ascii=宋体 hAnsi=宋体 eastAsia=宋体", "r sz val=28", "p jc val=left"),
    *rules("页码双页", "p ind leftChars=100"),
    *rules("图片", "p spacing line=240 lineRule=auto", "p keepNext", "p jc val=center"),
    *rules("图说", f"r rFonts eastAsia={KAI}", "r sz val=24", "p keepLines"),
    *rules("刊名", f"r rFonts eastAsia={SONG}", "r color val=FF0000", "r sz val=112", "p jc val=center"),
    *rules("刊名长", f"r rFonts eastAsia={SONG}", "r color val=FF0000", "r sz val=96", "p jc val=center"),
    *rules("期号", "p jc val=center"),
    *rules("按语", f"r rFonts eastAsia={KAI}", *NOT_CENTRED),
)
REQUIRED = {"Normal", "公文正文", "Title", "heading 1", "heading 2", "heading 3", "heading 4", "页码单页", "页码双页"}
# A newspaper page sets several 稿 in columns: its headings, signatures and boxes are smaller (layout.md, 专版).
NEWSPAPERS = {"专版"}
SMALLER_THERE = {"引题", "Subtitle", "heading 2", "小标题下行", "文末署名", "附件说明"}
LAYOUT_TABLE, TABLE_STYLE = "图片排版", f"tblPr/{W}tblStyle"
PLAIN = {SONG: "宋体", FANG: "仿宋", KAI: "楷体"}


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.style}: {rule.words}" for rule in RULES])
def test_a_style_says_what_the_layout_says(rule: Rule) -> None:
    met = 0
    for path in TEMPLATES:
        for look in LOOKS:
            one = template(path, look)
            if rule.style not in one.styles or (one.kind in NEWSPAPERS and rule.style in SMALLER_THERE):
                continue
            said = rule.of(one.styles[rule.style])
            assert said is not None, (one.kind, look)
            assert said.items() >= in_look(rule.wanted, one.look).items(), (one.kind, look)
            met += 1
    assert met


def in_look(wanted: dict[str, str], look: Look) -> dict[str, str]:
    """With the plain fonts of Windows, the wider lines of GB/T 33476."""
    if look.fonts is Fonts.WINDOWS:
        wanted = {key: PLAIN.get(value, value) for key, value in wanted.items()}
    if look.page is PageLayout.GBT33476:
        wanted = {key: "589" if value == "579" else value for key, value in wanted.items()}
    return wanted


def test_titles_are_bold_only_where_songti_stands_for_the_title_font(each: Dressed) -> None:
    assert ("b" in each.styles["Title"].text) is (each.look.fonts is Fonts.WINDOWS)


def test_the_styles_every_template_has(each: Dressed) -> None:
    assert each.styles.keys() >= REQUIRED


def test_no_style_lets_latin_spacing_or_hanging_punctuation_back_in(each: Dressed) -> None:
    for name, style in each.styles.items():
        if style.kind == "paragraph":
            marks = ("autoSpaceDE", "autoSpaceDN", "overflowPunct")
            assert [style.paragraph[mark]["val"] for mark in marks] == ["0", "0", "0"], name
            assert style.paragraph["kinsoku"].get("val", "1") in ("1", "true"), name


def test_every_font_is_one_of_the_six_and_has_another_name(each: Dressed) -> None:
    is_plain = each.look.fonts is Fonts.WINDOWS
    named = {PLAIN[name] if is_plain else name for name in PLAIN} | {HEI, "宋体", "Times New Roman"}
    nodes = [node for tree in each.trees.values() for node in tree.iter(f"{W}rFonts")]
    used = {font for node in nodes for key, font in plain_attributes(node).items() if key != "hint"}
    table = {str(font.get(f"{W}name")): font for font in each.tree("fontTable")}
    assert used <= table.keys() <= named
    assert all(table[name].find(f"{W}altName") is not None for name in used - {"Times New Roman"})


def test_the_red_line_of_a_bulletin() -> None:
    """Under 编发单位 and 日期, which stand at the two ends of one line."""
    with_line = [one for path in TEMPLATES for one in [template(path, "")] if "编发行" in one.styles]
    assert with_line
    for one in with_line:
        (said,) = one.tree("styles").iterfind(f".//{W}style[@{W}styleId='{one.styles['编发行'].identifier}']/{W}pPr")
        line, tab = attributes(said, f"pBdr/{W}bottom"), attributes(said, f"tabs/{W}tab")
        assert (line["color"], line["val"], 18 <= int(line["sz"]) <= 24) == ("FF0000", "single", True)
        assert (tab["val"], tab["pos"]) == ("right", "8845")


def test_a_picture_stands_in_a_paragraph_that_grows_with_it(each: Dressed) -> None:
    for paragraph in each.tree("document").iter(f"{W}p"):
        if re.search(r"\.图像\s*(?:\||\}\})", text_of(paragraph)):
            said = each.style_of(paragraph)[1].paragraph
            assert said["spacing"].items() >= {"line": "240", "lineRule": "auto"}.items()
            assert "keepNext" in said
            assert said.get("ind", {}).get("firstLineChars", "0") == "0"


def test_rows_stay_whole_and_headers_are_repeated(each: Dressed) -> None:
    """A row of one cell makes a box, which may run over pages; a table that only sets out pictures has no header."""
    for table in each.tree("document").iter(f"{W}tbl"):
        rows = {row: len(row.findall(f"{W}tc")) for row in table.iterfind(f"{W}tr")}
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row, cells in rows.items() if cells > 1)
        if 1 not in rows.values() and attributes(table, TABLE_STYLE)["val"] != each.styles[LAYOUT_TABLE].identifier:
            assert next(iter(rows)).find(f"{W}trPr/{W}tblHeader") is not None


# --- nothing beside the styles


def test_no_text_is_formatted_by_hand(each: Dressed) -> None:
    for root in each.texts:
        assert {node.tag for properties in root.iter(f"{W}pPr") for node in properties} <= PARAGRAPH_MARKS
        assert {node.tag for properties in root.iter(f"{W}rPr") for node in properties} <= RUN_MARKS
        assert {key for node in root.iter(f"{W}rFonts") for key in plain_attributes(node)} <= {"hint"}


def test_quotes_and_dashes_take_the_chinese_font(each: Dressed) -> None:
    """Tags too: the words they print take the run's hint."""
    for root in each.texts:
        for run in root.iter(f"{W}r"):
            text = "".join(node.text or "" for node in run.iter(f"{W}t"))
            if "{{" in text or any(mark in text for mark in QUOTES_AND_DASHES):
                hints = [node.get(f"{W}hint") for node in run.iter(f"{W}rFonts")]
                assert hints == ["eastAsia"], text


def test_no_theme_font_overrides_a_named_one(each: Dressed) -> None:
    nodes = [node for tree in each.trees.values() for node in tree.iter(f"{W}rFonts")]
    assert not [key for node in nodes for key in plain_attributes(node) if key.endswith("Theme")]


def test_no_automatic_numbers_and_nothing_embedded(each: Dressed) -> None:
    assert not [name for name in each.names if re.search(r"numbering|/fonts/|embed|vba|/media/|activeX", name)]


def test_every_style_that_is_used_is_there(each: Dressed) -> None:
    tags = [W + kind for kind in ("pStyle", "rStyle", "tblStyle")]
    used = {node.get(f"{W}val") for root in each.texts for node in root.iter(*tags)}
    assert used <= {style.identifier for style in each.styles.values()}


def test_the_notes_of_a_sample_name_the_typeface_that_leads_are_printed_in() -> None:
    """填写说明 of 专版 says how a lead looks; the character style of the template says how it is printed."""
    notes = openpyxl.load_workbook(inputs_root() / "专版" / "专版.xlsx", read_only=True)["填写说明"]
    told = " ".join(str(cell) for row in notes.iter_rows(values_only=True) for cell in row if cell)
    styles = docx.Document(str(templates_root() / "专版" / "正文.docx")).styles.element
    (lead,) = styles.xpath("w:style[w:name/@w:val='领句']")
    (fonts,) = lead.xpath("w:rPr/w:rFonts")
    assert f"印成{fonts.get(qn('w:eastAsia'))}" in told
