"""Bad input through the whole build: code, place and way out; nothing written, and what stood there stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from documents import paragraphs
from workbooks import workbook

from reportgen.diagnostics import Diagnostic
from reportgen.model.report import BuildOptions, Outputs, Report
from reportgen.pipeline import build, check
from reportgen.resources import templates_root

UNITS = "[单位]\n简称\n南宁市政协\n柳州市政协\n"


def failed(path: Path, **options: object) -> list[Diagnostic]:
    """Builds into a folder where an earlier build stands, and holds that it still does."""
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    report = build(path, BuildOptions(**options))  # type: ignore[arg-type]
    assert not report.ok
    assert report.output is None
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before
    return [fault for fault in report.diagnostics if fault.is_error]


def made(report: Report) -> Outputs:
    assert report.output is not None, [f"{d.code} {d.place.label()} {d.message}" for d in report.diagnostics]
    return report.output


def standing(folder: Path, text: str = "") -> Path:
    """A workbook with the outputs of an earlier, good build beside it."""
    path = workbook(folder)
    made(build(path, BuildOptions()))
    return workbook(folder, text)


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ("[指标]\n指标号 | 名称 | 值\nZ1 | 项目 | 一百二", "V012", "指标 › 第2行 › 值 (C2)", "一百二"),
        (
            f"{UNITS}[指标]\n指标号 | 名称 | 值 | 单位\nZ1 | 项目 | 1 | 柳州政协",
            "V041",
            "指标 › 第2行 › 单位 (D2)",
            "柳州市政协",
        ),
        (
            "[稿件]\n稿号 | 主标题 | 主标题*\n1 | 甲 | 乙",
            "V004",
            "稿件 › 第1行 › 主标题 (C1)",
            "主标题",
        ),
        ("[内容]\n类型 | 正文\n导语 | 引进{{ Z9 }}", "T020", "内容 › 第2行 › 正文 (B2)", "Z9"),
        ("[图片]\n图片号 | 文件\nP1 | ../../秘密.png", "V049", "图片 › 第2行 › 文件 (B2)", "秘密"),
    ],
    ids=["words for a number", "unknown unit", "two headers", "reference to nothing", "picture leaves the folder"],
)
def test_a_fault_is_told_with_its_place_and_nothing_is_written(
    tmp_path: Path, text: str, code: str, place: str, words: str
) -> None:
    faults = failed(standing(tmp_path, text))
    assert [(fault.code, fault.place.label()) for fault in faults] == [(code, f"数据.xlsx › {place}")]
    assert words in f"{faults[0].text}{faults[0].message}{faults[0].suggestion}"
    assert faults[0].suggestion


def test_a_missing_sheet_is_one_error(tmp_path: Path) -> None:
    standing(tmp_path)
    faults = failed(workbook(tmp_path, "[内容]\n类型 | 正文\n导语 | 话。", without=("稿件",)))
    assert len(faults) == 1
    assert "稿件" in faults[0].message


def test_faults_of_data_references_and_template_come_together(tmp_path: Path) -> None:
    text = "[指标]\n指标号 | 名称 | 值\nZ1 | 项目 | 一百二\n[内容]\n类型 | 正文\n导语 | {{ Z9 }}"
    template = own_template(tmp_path, ["{{ 稿.主标题 }}", "{% for 段 in 稿.导语 %}"])
    faults = failed(workbook(tmp_path, text), template=template)
    assert [fault.place.sheet or fault.place.part for fault in faults] == ["指标", "内容", "正文"]


TYPED = [
    "甲 & 乙",
    "1 < 2 > 0",
    "控\x07制",
    "=1+1",
    "</w:t><w:t>",
    "]]>",
    "{{{{ 空 }}}}".replace("{{{{ 空 }}}}", "{ 花括号 }"),
]


@pytest.mark.parametrize("typed", TYPED)
def test_hostile_text_is_printed_as_typed(tmp_path: Path, typed: str) -> None:
    path = workbook(tmp_path, edit=lambda book: put(book, typed))
    output = made(build(path, BuildOptions()))
    legal = "".join(c for c in typed if c >= " ")
    assert legal in paragraphs(output.docx)


def test_a_line_break_in_a_cell_starts_a_paragraph(tmp_path: Path) -> None:
    output = made(build(workbook(tmp_path, "[内容]\n类型 | 正文\n导语 | 第一段。\\n第二段。"), BuildOptions()))
    texts = paragraphs(output.docx)
    assert texts[texts.index("第一段。") + 1] == "第二段。"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "名称,值\n".encode("gbk"), b"<html></html>"])
def test_a_file_that_is_no_workbook_is_one_plain_error(tmp_path: Path, content: bytes) -> None:
    path = standing(tmp_path)
    path.write_bytes(content)
    faults = failed(path)
    assert len(faults) == 1
    assert faults[0].suggestion


def test_a_template_with_a_missing_endfor_and_two_misspelt_names_has_three_errors(tmp_path: Path) -> None:
    lines = ["{{ 稿.主标提 }}", "{% for 段 in 稿.导语 %}", "{{ 刊其.文种 }}"]
    faults = failed(standing(tmp_path), template=own_template(tmp_path, lines))
    assert len(faults) == 3, [fault.message for fault in faults]
    assert [fault.place.paragraph for fault in faults] == [1, 2, 3]
    assert all(fault.place.label().startswith("自己的/正文.docx › 正文 第") for fault in faults)
    near = [f"{fault.message}{fault.suggestion}" for fault in faults]
    assert "主标题" in near[0]
    assert "endfor" in near[1]
    assert "刊期" in near[2]


@pytest.mark.parametrize(("kind", "near"), [("综叙", "综述"), ("../综述", "综述")], ids=["misspelt", "a path"])
def test_a_template_that_is_not_there(tmp_path: Path, kind: str, near: str) -> None:
    faults = failed(standing(tmp_path, f"[刊期]\n项目 | 内容\n文种 | {kind}"))
    assert [fault.code for fault in faults] == ["O020"]
    assert faults[0].place.cell == "B2"
    assert near in faults[0].suggestion


def test_a_template_folder_without_its_files_names_both(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    faults = failed(standing(tmp_path), template=tmp_path / "空")
    assert [fault.code for fault in faults] == ["O021", "O021"]


def test_strict_takes_a_warning_for_an_error(tmp_path: Path) -> None:
    text = "[指标]\n指标号 | 名称 | 值 | 入文\nZ1 | 项目 | | 否"
    assert made(build(workbook(tmp_path, text), BuildOptions()))
    assert [fault.code for fault in failed(workbook(tmp_path, text), strict=True)] == ["O044"]


def test_clean_leaves_no_marks(tmp_path: Path) -> None:
    text = "[内容]\n类型 | 正文\n导语 | 引进{{ Z900 }}。"
    output = made(build(workbook(tmp_path, text), BuildOptions(clean=True)))
    body = docx.Document(str(output.docx)).element.xml
    assert "引进126个。" in paragraphs(output.docx)
    assert "_F_" not in body


def put(book: object, typed: str) -> None:
    sheet = book.create_sheet("内容")  # type: ignore[attr-defined]
    sheet.append(["类型", "正文"])
    sheet.append(["导语", "话"])
    cell = sheet["B2"]
    cell.data_type, cell._value = "s", typed.replace("\x07", "_x0007_")


def own_template(folder: Path, lines: list[str]) -> Path:
    """A template folder whose article holds these paragraphs."""
    own = folder / "自己的"
    own.mkdir(exist_ok=True)
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(own / "正文.docx"))
    shutil.copy(templates_root() / "综述" / "附件.xlsx", own)
    return own


def test_what_looks_like_a_broken_tag_is_questioned_where_it_was_typed(tmp_path: Path) -> None:
    report = build(workbook(tmp_path, "[内容]\n类型 | 正文\n导语 | 引进{ Z900 }个，{{ Z900 }}}}。"), BuildOptions())
    found = [fault for fault in report.diagnostics if fault.code.startswith("T")]
    assert {fault.place.cell for fault in found} == {"B2"}
    assert len(found) == 2
    assert report.ok


def test_a_formula_that_is_not_computed_is_told(tmp_path: Path) -> None:
    own = tmp_path / "自己的"
    shutil.copytree(templates_root() / "综述", own)
    book = openpyxl.load_workbook(own / "附件.xlsx")
    book["核数表"]["M2"] = "=TODAY()"
    book.save(own / "附件.xlsx")
    report = build(workbook(tmp_path), BuildOptions(template=own))
    assert [(d.code, d.place.sheet) for d in report.diagnostics if d.code == "O046"] == [("O046", "核数表")]


def test_a_number_given_twice_does_not_make_its_name_unknown(tmp_path: Path) -> None:
    rows = "[指标]\n指标号 | 名称 | 值 | 量词\nZ001 | 甲 | 1 | 个\nZ002 | 乙 | 2 | 个\nZ002 | 丙 | 3 | 个"
    prose = "[内容]\n类型 | 正文\n导语 | {{ Z002 }}{{ Z003 }}{{ Z003.值 }}，{{ 单维 }}"
    report = check(workbook(tmp_path, f"{rows}\n{prose}"))
    assert [(fault.code, fault.place.cell) for fault in report.diagnostics] == [("V040", "A4"), ("T020", "B2")]
