"""`reportgen build`: what it asks of the pipeline, what it prints, what it exits with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_pipeline import FakePipeline, Ran, fault

from reportgen.cli import console
from reportgen.diagnostics import Severity
from reportgen.model.report import BuildOptions

Run = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures("folder")


def test_says_what_was_made_and_what_was_traced(run: Run, pipeline: FakePipeline) -> None:
    ran = run("build", "综述.xlsx", "-o", "成 稿")
    assert ran == Ran(
        0,
        "综述.xlsx：已生成\n"
        f"  正文  {Path('成 稿/综述.docx')}\n"
        f"  附件  {Path('成 稿/综述-附件.xlsx')}\n"
        f"  数字清单  {Path('成 稿/综述.figures.json')}\n"
        "  数字 44 个：有出处 42 个，无出处 2 个；待填 1 处；疑点 3 处。\n",
        "",
    )


def test_every_option_reaches_the_pipeline(run: Run, pipeline: FakePipeline) -> None:
    Path("我的模板").mkdir()
    run("build", "综述.xlsx", "-o", "成稿", "-t", "我的模板", "--name", "定稿", "--force", "--strict", "--clean")
    assert pipeline.built == [
        (Path("综述.xlsx"), BuildOptions(Path("成稿"), Path("我的模板"), "定稿", force=True, strict=True, clean=True))
    ]


def test_without_options_nothing_is_asked_beyond_the_build(run: Run, pipeline: FakePipeline) -> None:
    run("build", "综述.xlsx")
    assert pipeline.built == [(Path("综述.xlsx"), BuildOptions())]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], 0),
        ([fault(Severity.WARNING)], 0),
        ([fault()], 1),
        ([fault(code="O031")], 3),
        ([fault(), fault(code="O030")], 3),
        (OSError(28, "No space left on device"), 3),
        (MemoryError(), 3),
        (ValueError("boom"), 3),
    ],
)
def test_exit_codes(run: Run, pipeline: FakePipeline, found: object, code: int) -> None:
    pipeline.found["综述.xlsx"] = found  # type: ignore[assignment]
    assert run("build", "综述.xlsx").code == code


def test_a_fault_in_the_form_of_the_contract(run: Run, pipeline: FakePipeline) -> None:
    pipeline.found["综述.xlsx"] = [fault()]
    assert run("build", "综述.xlsx").out == (
        "错误 V012  综述.xlsx › 指标 › 第12行 › 值 (F12)\n"
        "  「一百二」不是数。\n"
        "  建议：填阿拉伯数字，如 120。\n"
        "综述.xlsx：没有生成。共 1 个错误。\n"
    )


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_one_that_fails_stops_nothing_and_a_table_sums_up(run: Run, pipeline: FakePipeline, jobs: str) -> None:
    pipeline.found["综述.xlsx"] = ValueError("boom")
    ran = run("build", "综述.xlsx", "没有.xlsx", "侧 记.xlsx", "--jobs", jobs)
    table = [line.split() for line in ran.out.split("\n\n")[1].splitlines()]
    assert ran.code == 3
    assert table == [
        ["工作簿", "结果", "数字", "有出处", "无出处", "待填", "疑点", "错误", "警告"],
        ["综述.xlsx", "没有生成", "0", "0", "0", "0", "0", "1", "0"],
        ["没有.xlsx", "没有生成", "0", "0", "0", "0", "0", "1", "0"],
        ["侧", "记.xlsx", "已生成", "44", "42", "2", "1", "3", "0", "0"],
        ["共", "3", "个", "生成", "1", "个", "44", "42", "2", "1", "3", "2", "0"],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="new processes there do not know the pipeline of this test")
def test_a_process_that_dies_takes_no_other_workbook_with_it(
    run: Run, pipeline: FakePipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "大.xlsx").touch()
    build = pipeline.build
    monkeypatch.setattr(
        pipeline, "build", lambda path, options: os._exit(9) if path.name == "大.xlsx" else build(path, options)
    )
    ran = run("build", "综述.xlsx", "大.xlsx", "侧 记.xlsx", "--jobs", "2", "--format", "json")
    assert ran.code == 3
    assert [item["code"] for item in ran.json["diagnostics"]] == ["O034"]
    assert [made["source"] for made in ran.json["outputs"]] == ["综述.xlsx", "侧 记.xlsx"]


def test_a_missing_workbook_is_wrong_use_with_the_near_name(run: Run, pipeline: FakePipeline) -> None:
    ran = run("build", "综叙.xlsx")
    assert (ran.code, pipeline.built) == (2, [])
    assert "错误 O006  综叙.xlsx\n  找不到工作簿「综叙.xlsx」。\n  建议：这个文件夹里有相近的「综述.xlsx」。" in ran.out


def test_a_pattern_is_filled_in_as_on_windows(run: Run, pipeline: FakePipeline, folder: Path) -> None:
    (folder / "~$综述.xlsx").touch()
    run("build", "*.xlsx", "综述.xlsx")
    assert [path.name for path, _ in pipeline.built] == ["侧 记.xlsx", "综述.xlsx"]


@pytest.mark.parametrize("names", [("*.xlsx",), ("侧 记.xlsx", "综述-附件.xlsx", "综述.xlsx")])
def test_appendices_among_several_workbooks_are_left_out_and_told(
    run: Run, pipeline: FakePipeline, folder: Path, names: tuple[str, ...]
) -> None:
    for name in ("综述-附件.xlsx", "综述.figures.json"):  # what the last build left
        (folder / name).touch()

    ran = run("build", *names)

    assert [path.name for path, _ in pipeline.built] == ["侧 记.xlsx", "综述.xlsx"]
    assert ran.code == 0
    assert "提示 O047  综述-附件.xlsx\n  略过「综述-附件.xlsx」：这是附件，不是工作簿。" in ran.out
    found = run("check", *names, "--format", "json").json["diagnostics"]
    assert [item["code"] for item in found] == ["O047"]


def test_an_appendix_alone_is_asked_for_and_one_without_a_manifest_is_a_workbook(
    run: Run, pipeline: FakePipeline, folder: Path
) -> None:
    (folder / "综述-附件.xlsx").touch()
    run("build", "*.xlsx")
    (folder / "综述.figures.json").touch()
    run("build", "综述-附件.xlsx")

    assert [path.name for path, _ in pipeline.built].count("综述-附件.xlsx") == 2


def test_json_is_one_object_with_the_keys_of_the_contract(run: Run, pipeline: FakePipeline) -> None:
    pipeline.found["侧 记.xlsx"] = [fault()]
    ran = run("build", "综述.xlsx", "侧 记.xlsx", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert ran.json == {
        "ok": False,
        "diagnostics": [
            {
                "code": "V012",
                "severity": "error",
                "file": "综述.xlsx",
                "sheet": "指标",
                "row": 12,
                "column": "值",
                "cell": "F12",
                "text": "一百二",
                "message": "「一百二」不是数。",
                "suggestion": "填阿拉伯数字，如 120。",
            }
        ],
        "outputs": [
            {
                "source": "综述.xlsx",
                "docx": "综述.docx",
                "appendix": "综述-附件.xlsx",
                "manifest": "综述.figures.json",
            }
        ],
        "figures": {"total": 44, "traced": 42, "untraced": 2, "pending": 1},
    }


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (("综述.xlsx", "侧 记.xlsx", "--name", "定稿"), "几份稿子不能同名"),
        (("综述.xlsx", "旧/综述.xlsx", "-o", "成稿"), "两份成稿会同名"),
        (("综述.xlsx", "综述.xls"), "两份成稿会同名"),
        (("综述.xlsx", "--watch", "--format", "json"), "--watch 一直运行"),
    ],
)
def test_options_that_contradict_each_other(
    run: Run, pipeline: FakePipeline, line: tuple[str, ...], advice: str
) -> None:
    ran = run("build", *line)
    assert (ran.code, pipeline.built) == (2, [])
    assert "O007" in ran.out + ran.err
    assert advice in ran.out + ran.err


def test_a_bug_is_one_plain_message(run: Run, pipeline: FakePipeline) -> None:
    pipeline.found["综述.xlsx"] = ValueError("boom\nmore")
    ran = run("build", "综述.xlsx")
    assert "错误 O039  综述.xlsx\n  程序内部出错，「综述.xlsx」没有做完：ValueError: boom\n" in ran.out
    assert "--debug" in ran.out
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize("line", [("--debug", "build", "综述.xlsx"), ("build", "综述.xlsx", "--debug")])
def test_debug_shows_the_traceback_on_stderr(run: Run, pipeline: FakePipeline, line: tuple[str, ...]) -> None:
    pipeline.found["综述.xlsx"] = ValueError("boom")
    assert "Traceback" in run(*line).err


def test_ctrl_c_is_polite(run: Run, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", lambda path, options: interrupt())
    ran = run("build", "综述.xlsx")
    assert (ran.code, ran.out, ran.err) == (130, "", "\n已中断。没有留下写了一半的文件。\n")


def test_watch_builds_again_until_ctrl_c(
    run: Run, pipeline: FakePipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([lambda: (folder / "综述.xlsx").write_text("新", encoding="utf-8"), lambda: None, interrupt])
    monkeypatch.setattr("reportgen.cli.commands.time.sleep", lambda seconds: next(looks)())
    ran = run("build", "综述.xlsx", "侧 记.xlsx", "--watch")
    assert [path.name for path, _ in pipeline.built] == ["综述.xlsx", "侧 记.xlsx", "综述.xlsx"]
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "已停止。")


def interrupt() -> None:
    raise KeyboardInterrupt


def test_a_pipe_gets_no_colours_no_progress_and_no_wrapping(
    run: Run, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr(console, "_PATIENCE", 0.0)
    ran = run("build", "综述.xlsx", "-o", "很长的文件夹名字" * 8)
    assert "\x1b" not in ran.out
    assert ran.err == ""
    assert ran.out.splitlines()[1] == f"  正文  {Path('很长的文件夹名字' * 8) / '综述.docx'}"
