"""Which font stands in for which, with the fonts that a machine may have."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fake_office import FakeOffice, needs_scripts

from reportgen.preview.fonts import FontSetup, Replacement, face, prepare_fonts

pytestmark = needs_scripts
DEBIAN = (
    "FandolFang\tFandolFang-Regular",
    "FandolKai\tFandolKai-Regular",
    "Noto Serif CJK SC\tNotoSerifCJKsc-Regular",
    "Noto Serif CJK SC\tNotoSerifCJKsc-Bold",
    "Noto Sans CJK SC\tNotoSansCJKsc-Regular",
    "Liberation Serif\tLiberationSerif",
)
SMALL = ("AR PL SungtiL GB,文鼎ＰＬ简报宋\tgbsn00lp", "AR PL KaitiM GB\tgkai00mp")
STANDARD = ("仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体", "Times New Roman")


def prepared(office: FakeOffice, tmp_path: Path, fonts: tuple[str, ...], *asked: str) -> FontSetup:
    lines = "\\n".join(fonts).replace("\t", "\\t")
    office.program("fc-list", f"printf '{lines}\\n'")
    office.program("fc-match", r"printf 'DejaVu Sans\tDejaVuSans\n'")
    return prepare_fonts(asked, tmp_path)


def rules(setup: FontSetup) -> dict[str, str]:
    """Name asked for → family and weight that fontconfig is told to give."""
    assert setup.fontconfig is not None
    root = ET.parse(setup.fontconfig).getroot()
    return {
        str(match.findtext("test/string")): " ".join(edit[0].text or "" for edit in match.findall("edit"))
        for match in root.findall("match")
    }


def test_each_standard_font_has_its_stand_in(office: FakeOffice, tmp_path: Path) -> None:
    setup = prepared(office, tmp_path, DEBIAN, *STANDARD)
    assert rules(setup) == {
        "仿宋_GB2312": "FandolFang",
        "楷体_GB2312": "FandolKai",
        "方正小标宋简体": "Noto Serif CJK SC bold",
        "黑体": "Noto Sans CJK SC",
        "宋体": "Noto Serif CJK SC",
        "Times New Roman": "Liberation Serif",
    }


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        ("仿宋", "AR PL SungtiL GB"),
        ("FangSong", "AR PL SungtiL GB"),
        ("楷体", "AR PL KaitiM GB"),
        ("KAITI", "AR PL KaitiM GB"),
    ],
)
def test_the_small_choice_where_fandol_is_missing(office: FakeOffice, tmp_path: Path, asked: str, used: str) -> None:
    assert rules(prepared(office, tmp_path, SMALL, asked)) == {asked: used}


def test_an_installed_font_is_used_as_it_is(office: FakeOffice, tmp_path: Path) -> None:
    setup = prepared(office, tmp_path, (*DEBIAN, "SimFang,仿宋\tFangSong"), "仿宋", "simfang", "黑体")
    assert list(rules(setup)) == ["黑体"]
    assert [font.asked for font in setup.expected] == ["黑体"]


def test_only_what_the_pages_print_is_told(office: FakeOffice, tmp_path: Path) -> None:
    setup = prepared(office, tmp_path, DEBIAN, *STANDARD, "方正舒体")
    embedded = frozenset({"FandolFang-Regular", "NotoSerifCJKjp-Regular-VKana", "LiberationSerif"})
    assert [(font.asked, font.used) for font in setup.replaced(embedded)] == [
        ("仿宋_GB2312", "FandolFang"),
        ("宋体", "Noto Serif CJK SC"),
        ("Times New Roman", "Liberation Serif"),
    ]
    assert setup.replaced(frozenset({"DejaVuSans"})) == (Replacement("方正舒体", "DejaVu Sans", is_poor=False),)


def test_nothing_alike_is_poor(office: FakeOffice, tmp_path: Path) -> None:
    setup = prepared(office, tmp_path, ("DejaVu Sans\tDejaVuSans",), "仿宋")
    assert setup.replaced(frozenset({"DejaVuSans"})) == (Replacement("仿宋", "DejaVu Sans", is_poor=True),)


@pytest.mark.parametrize(("asked", "rejected"), [((), True), (("cwTeXFangSong",), False)])
def test_fonts_that_look_like_stand_ins_are_kept_out(
    office: FakeOffice, tmp_path: Path, asked: tuple[str, ...], rejected: bool
) -> None:
    setup = prepared(office, tmp_path, DEBIAN, *asked)
    assert setup.fontconfig is not None
    root = ET.parse(setup.fontconfig).getroot()
    names = [node.text for node in root.iterfind("selectfont/rejectfont/pattern/patelt/string")]
    assert ("cwTeXFangSong" in names, "AR PL UKai CN" in names) == (rejected, True)


def test_the_users_own_fontconfig_file_stays_in_force(
    office: FakeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/srv/字体 & more.conf")
    setup = prepared(office, tmp_path, DEBIAN)
    assert setup.fontconfig is not None
    assert ET.parse(setup.fontconfig).getroot().findtext("include") == "/srv/字体 & more.conf"


@pytest.mark.parametrize("script", [None, "exit 1"])
def test_without_fontconfig_the_embedded_fonts_tell(office: FakeOffice, tmp_path: Path, script: str | None) -> None:
    if script:
        office.program("fc-list", script)
    setup = prepare_fonts(("仿宋_GB2312", "黑体", "Arial"), tmp_path)
    assert setup.fontconfig is None
    assert setup.replaced(frozenset({"SimHei", "SimSun"})) == (Replacement("仿宋_GB2312", "", is_poor=False),)


@pytest.mark.parametrize(
    ("postscript", "expected"),
    [
        ("NotoSerifCJKsc-Bold", "NotoSerifCJK-Bold"),
        ("NotoSerifCJKjp-Bold-VKana", "NotoSerifCJK-Bold"),
        ("LiberationSerif", "LiberationSerif-Regular"),
        ("FandolFang-Regular", "FandolFang-Regular"),
    ],
)
def test_faces_of_one_collection_are_one(postscript: str, expected: str) -> None:
    assert face(postscript) == expected
