"""`reportgen new` and `reportgen explain`, with the templates and codes there really are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_pipeline import Ran

from reportgen.diagnostics.catalogue import all_codes

Run = Callable[..., Ran]


def test_new_says_what_to_do_next(run: Run, folder: Path) -> None:
    ran = run("new", "综述", "三季度 综述")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "已建好文件夹：三季度 综述"
    assert ran.out.splitlines()[-1] == f'  reportgen build "{Path("三季度 综述/综述.xlsx")}"'
    assert (folder / "三季度 综述" / "模板" / "综述" / "正文.docx").is_file()


def test_new_as_json_names_the_files(run: Run, folder: Path) -> None:
    ran = run("new", "综述", "稿", "--format", "json")
    assert (ran.code, ran.json["ok"]) == (0, True)
    assert str(Path("稿/综述.xlsx")) in ran.json["files"]


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [("综术", "稿", "O008"), ("综述", ".", "O010"), ("综述", "综述.xlsx", "O011"), ("综述", "", "O004")],
)
def test_new_refuses_with_exit_code_2(run: Run, folder: Path, kind: str, target: str, code: str) -> None:
    ran = run("new", kind, target)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"错误 {code}\n")
    assert run("new", kind, target, "--format", "json").json["diagnostics"][0]["code"] == code


@pytest.mark.parametrize("code", list(all_codes()))
def test_explain_tells_meaning_example_and_cure(run: Run, code: str) -> None:
    ran = run("explain", code.lower())
    entry = all_codes()[code]
    assert ran.code == 0
    for text in (entry.meaning, entry.example, entry.cure):
        assert text.splitlines()[0] in ran.out


def test_explain_puts_dots_for_what_each_fault_says_itself(run: Run) -> None:
    assert run("explain", "Ｏ００６").out.startswith("错误 O006  找不到工作簿「…」。\n  意思：")


def test_explain_without_a_code_lists_all(run: Run) -> None:
    out = run("explain").out
    assert [line.split()[0] for line in out.splitlines()[1:-1]] == list(all_codes())
    assert [entry["code"] for entry in run("explain", "--format", "json").json["codes"]] == list(all_codes())


def test_an_unknown_code_gets_the_near_ones(run: Run) -> None:
    ran = run("explain", "O06")
    assert ran.code == 2
    assert "没有「O06」这个代码。\n  建议：相近的代码：O006" in ran.err
