"""Help and wrong use: Chinese throughout, near names, exit code 2."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fake_pipeline import FakePipeline, Ran

from reportgen import __version__

Run = Callable[..., Ran]
COMMANDS = ("new", "check", "build", "explain", "template", "preview")


def test_help_lists_the_commands_there_are_and_no_others(run: Run) -> None:
    ran = run("--help")
    listed = re.findall(r"^  ([a-z]+)  ", ran.out.split("命令：\n")[1], re.MULTILINE)
    assert (ran.code, tuple(listed)) == (0, COMMANDS)


@pytest.mark.parametrize("words", [("--help",), *((command, "--help") for command in COMMANDS)])
def test_help_has_no_english_headings(run: Run, words: tuple[str, ...]) -> None:
    out = run(*words).out
    assert out.startswith("用法：reportgen")
    assert not re.search(r"Usage|Options|Arguments|Commands|Show this message|required|default", out)


OF_TEMPLATES = tuple(("template", word) for word in ("list", "vars", "check", "new"))


@pytest.mark.parametrize("words", [*((command,) for command in COMMANDS if command != "template"), *OF_TEMPLATES])
def test_every_command_takes_format_json(run: Run, words: tuple[str, ...]) -> None:
    assert "--format text|json" in run(*words, "--help").out


def test_no_command_is_wrong_use_and_shows_the_help(run: Run) -> None:
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("用法：")


def test_version(run: Run) -> None:
    assert run("--version").out == f"reportgen {__version__}\n"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("bulid 综述.xlsx", "O001", "您要用的可能是 build。"),
        ("天气", "O001", "可用的命令：new、check、build、explain、template、preview。"),
        ("build 综述.xlsx --ouput 成稿", "O002", "您要用的可能是 --output。"),
        ("build 综述.xlsx -q", "O002", "全部选项见 reportgen build --help。"),
        ("--verson", "O002", "您要用的可能是 --version。"),
        ("build", "O003", "缺少 工作簿…。"),
        ("new 综述", "O003", "缺少 文件夹。"),
        ("template check", "O003", "写法见 reportgen template check --help。"),
        ("template new 我的 --form 综述", "O002", "您要用的可能是 --format 或 --from。"),
        ("build 综述.xlsx --name", "O003", "缺少 --name 后面的值。"),
        ("build 综述.xlsx --jobs 两", "O004", "--jobs 的值「两」不能用。"),
        ("build 综述.xlsx --jobs=0", "O004", "--jobs 的值「0」不能用。"),
        ("check 综述.xlsx --format xml", "O004", "--format 的值「xml」不能用。"),
        ("explain V001 V002", "O005", "多了「V002」。"),
    ],
)
def test_wrong_use_is_told_in_chinese(run: Run, pipeline: FakePipeline, line: str, code: str, words: str) -> None:
    ran = run(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"错误 {code}\n")
    assert words in ran.err
    assert not pipeline.built


def test_wrong_use_with_json_is_one_object_on_stdout(run: Run) -> None:
    ran = run("build", "--format", "json", "--ouput", "成稿")
    assert (ran.code, ran.err) == (2, "")
    assert ran.json["ok"] is False
    assert ran.json["diagnostics"][0]["code"] == "O002"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--name", "../逃出"), "放到别的文件夹用 -o"),
        (("--name", ""), "名字不能是空的"),
        (("--name", "甲.docx"), ".docx"),
        (("--name", "党建:综述"), "名字里不能有"),
        (("--name", "con"), "Windows 留给设备用"),
        (("--name", "长" * 120), "名字太长了，最多 70 个汉字"),
        (("-o", "成稿/NUL"), "Windows 留给设备用"),
        (("-o", "长" * 120), "名字太长了"),
        (("-t", "没有的文件夹"), "没有这个文件夹"),
        (("-t", __file__), "这是一个文件"),
        (("-o", __file__), "不是文件夹"),
    ],
)
def test_a_place_that_cannot_be_is_wrong_use(run: Run, options: tuple[str, str], words: str) -> None:
    ran = run("build", "综述.xlsx", *options)
    assert ran.code == 2
    assert words in ran.err
