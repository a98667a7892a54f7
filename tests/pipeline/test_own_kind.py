"""templates/README.md, 怎样做第八种文种: a kind of one's own, and the ten commonest mistakes with what is said."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from reportgen.model.report import Report
from reportgen.pipeline import check
from reportgen.resources import inputs_root, templates_root

README = (Path(__file__).parents[2] / "templates" / "README.md").read_text("utf-8")
_TABLE = README.partition("### 十个最常见的错")[2].partition("\n#")[0]
ROWS = [tuple(cell.strip() for cell in row.split(" | ")) for row in re.findall(r"^\| (.*) \|$", _TABLE, re.MULTILINE)]
MISTAKES = [(done, said) for done, said, _ in ROWS[1:]]

Change = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the README's first step leaves: 会议纪要 copied, its three names changed."""
    shutil.copytree(inputs_root() / "会议纪要", tmp_path, dirs_exist_ok=True)
    (tmp_path / "会议纪要.xlsx").rename(tmp_path / "督查通报.xlsx")
    shutil.copytree(templates_root() / "会议纪要", tmp_path / "模板" / "督查通报")
    cell("刊期", "B2", "督查通报")(tmp_path)
    return tmp_path


def cell(sheet: str, address: str, value: str) -> Change:
    def change(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / "督查通报.xlsx")
        book[sheet][address] = value
        book.save(folder / "督查通报.xlsx")

    return change


def sheet_called(name: str, other: str) -> Change:
    def change(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / "督查通报.xlsx")
        book[name].title = other
        book.save(folder / "督查通报.xlsx")

    return change


def tag(old: str, new: str) -> Change:
    """Another tag in 正文.docx, whose tags lie in one run each."""

    def change(folder: Path) -> None:
        path, part = folder / "模板" / "督查通报" / "正文.docx", "word/document.xml"
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        assert old in parts[part].decode()
        parts[part] = parts[part].decode().replace(old, new, 1).encode()
        with zipfile.ZipFile(path, "w") as package:
            for name, data in parts.items():
                package.writestr(name, data)

    return change


def without(name: str) -> Change:
    return lambda folder: (folder / "模板" / "督查通报" / name).unlink()


CHANGES: dict[str, Change] = {
    "标签里的名字写错一个字": tag("{{ 稿.主标题 }}", "{{ 稿.主标提 }}"),
    "删控制语句只删了一头": tag("{% for 稿 in 稿件 %}", ""),
    "花括号少了一个": tag("{{ 稿.主标题 }}", "{{ 稿.主标题 }"),
    "控制语句旁边写了别的字": tag("{% for 板块 in 稿.板块 %}", "议题：{% for 板块 in 稿.板块 %}"),
    "过滤器写错": tag("|汉字|量词", "|汗字|量词"),
    "改了自己的表的名字": sheet_called("与会人员", "与会人"),
    "改了自己的表的表头": cell("议定事项", "C1", "责任科室"),
    "文种和模板文件夹的名字不一样": cell("刊期", "B2", "督察通报"),
    "模板文件夹里少了一个文件": without("附件.xlsx"),
    "数字直接打进文字里": cell("内容", "E2", "会议出席12人。"),
}


def test_a_copied_kind_under_another_name_is_fine(folder: Path) -> None:
    assert told(check(folder / "督查通报.xlsx")) == []


def test_there_are_ten() -> None:
    assert [done for done, _ in MISTAKES] == list(CHANGES)
    assert len(MISTAKES) == 10


@pytest.mark.slow
@pytest.mark.parametrize(("done", "said"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_told_as_the_readme_says(folder: Path, done: str, said: str) -> None:
    CHANGES[done](folder)
    wanted = re.compile(re.escape(said).replace("…", ".*"))
    assert any(wanted.fullmatch(line) for line in told(check(folder / "督查通报.xlsx"))), said


def told(report: Report) -> list[str]:
    return [f"{fault.code} {fault.message}" for fault in report.diagnostics if fault.severity.value != "notice"]
