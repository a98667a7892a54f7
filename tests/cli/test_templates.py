"""`reportgen template list / vars / check / new`, with the templates and samples there really are."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_pipeline import Ran

sys.path.insert(0, str(Path(__file__).parent.parent / "template"))
from word_files import docx

Run = Callable[..., Ran]


def test_list_names_own_templates_first(run: Run, folder: Path) -> None:
    assert run("template", "new", "综述").code == 0

    ran = run("template", "list")

    lines = ran.out.splitlines()
    assert (ran.code, lines[1].split()[:2]) == (0, ["综述", str(Path("模板/综述"))])
    listed = run("template", "list", "--format", "json").json["templates"]
    assert next((item["name"], item["own"]) for item in listed) == ("综述", True)
    assert ("侧记", False) in [(item["name"], item["own"]) for item in listed]


def test_the_description_is_read_however_notepad_saved_it(run: Run, folder: Path) -> None:
    assert run("template", "new", "综述").code == 0
    (folder / "模板" / "综述" / "README.md").write_bytes("# 我们的综述".encode("gbk"))

    assert "我们的综述" in run("template", "list").out


def test_vars_shows_names_with_examples_of_the_data(run: Run, folder: Path) -> None:
    assert run("new", "综述", "稿").code == 0

    ran = run("template", "vars", str(Path("稿/综述.xlsx")))

    assert ran.code == 0
    for text in (
        "刊期.文种",
        "{% for 板块 in 稿.板块 %}",
        "板块.小标题",
        "{% for 行 in 指标 %}",
        "行.同比",
        "概数",
        "场次",
    ):
        assert text in ran.out
    printed = {line["name"]: line["example"] for line in run("template", "vars", "--format", "json").json["variables"]}
    assert printed["刊期.小基数"] == "20"


def test_vars_of_a_workbook_with_faults_tells_them(run: Run, folder: Path) -> None:
    ran = run("template", "vars", "没有.xlsx")

    assert (ran.code, ran.err.startswith("错误 ")) == (2, True)


@pytest.mark.parametrize("name", ["综述", "侧记", "简报"])
def test_the_bundled_templates_are_sound(run: Run, name: str, folder: Path) -> None:
    ran = run("template", "check", name)

    assert (ran.code, "错误" not in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (("new", "综述", "稿"), "稿/模板/综述"),
        (("template", "new", "我的", "--from", "侧记"), "模板/我的"),
    ],
)
def test_a_copy_is_made_in_the_look_asked_for(run: Run, folder: Path, command: tuple[str, ...], made: str) -> None:
    assert run(*command, "--fonts", "windows", "--page", "gbt33476").code == 0

    with zipfile.ZipFile(Path(made) / "正文.docx") as package:
        styles, body = (package.read(f"word/{part}.xml").decode() for part in ("styles", "document"))
    assert "GB2312" not in styles
    assert 'w:top="1961"' in body


def test_a_look_there_is_not_is_wrong_use(run: Run, folder: Path) -> None:
    ran = run("new", "综述", "稿", "--fonts", "mac")

    assert (ran.code, ran.err.splitlines()[1]) == (2, "  --fonts 的值「mac」不能用。")
    assert not Path("稿").exists()


def test_check_tells_every_fault_without_data(run: Run, folder: Path) -> None:
    assert run("template", "new", "我的", "--from", "综述").code == 0
    faulty = docx("{{ 刊明 }}{{ Z777.同比 }}", "{% if 稿.副标提 %}", "{{ 刊期|概述 }}", "{% for 段 in 稿.段落 %}")
    Path("模板/我的/正文.docx").write_bytes(faulty)

    ran = run("template", "check", str(Path("模板/我的")), "--format", "json")

    found = sorted((item["code"], item.get("paragraph")) for item in ran.json["diagnostics"])
    assert (ran.code, found) == (1, [("T014", 2), ("T014", 4), ("T022", 3)])
    Path("模板/我的/正文.docx").write_bytes(docx("{{ 刊明 }}{{ Z777.同比 }}", "{{ 稿.副标提 }}"))
    found = [(item["code"], item["message"]) for item in run("template", "check", str(Path("模板/我的")), "--format", "json").json["diagnostics"]]  # fmt: skip  # noqa: E501
    assert found == [
        ("T020", "没有“刊明”，相近的有“刊期”。"),
        ("T021", "没有“副标提”，相近的有“副标题”。"),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "没有这个"), 2),
        (("new", "综述", "--from", "综术"), 2),
        (("new", "a/b"), 2),
        (("new", ".隐"), 2),
    ],
)
def test_what_cannot_be_is_refused(run: Run, folder: Path, words: tuple[str, ...], code: int) -> None:
    ran = run("template", *words)

    assert (ran.code, ran.out, ran.err != "") == (code, "", True)


def test_new_never_writes_over_a_template(run: Run, folder: Path) -> None:
    assert run("template", "new", "我的").code == 0
    assert Path("模板/我的/正文.docx").is_file()

    assert run("template", "new", "我的").code == 2
    assert run("template", "new", "他的", "--format", "json").json["folder"] == str(Path("模板/他的"))
