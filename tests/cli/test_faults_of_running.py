"""What goes wrong in the command itself: files and codes that are not there, and bugs of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_pipeline import FakePipeline, Ran

Run = Callable[..., Ran]


def codes(ran: Ran) -> list[str]:
    return [item["code"] for item in ran.json["diagnostics"]]


def test_a_workbook_that_is_not_there(run: Run, folder: Path, pipeline: FakePipeline) -> None:
    ran = run("check", "总述.xlsx", "--format", "json")
    assert codes(ran) == ["O006"]
    assert "「综述.xlsx」" in ran.json["diagnostics"][0]["suggestion"]


def test_a_code_that_is_not_there(run: Run) -> None:
    ran = run("explain", "V999", "--format", "json")
    assert (ran.code, codes(ran)) == (2, ["O009"])


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_bug_is_one_line_and_no_traceback(run: Run, folder: Path, pipeline: FakePipeline, command: str) -> None:
    pipeline.found["综述.xlsx"] = KeyError("小计")
    ran = run(command, "综述.xlsx", "--format", "json")
    assert codes(ran) == ["O039"]
    assert "Traceback" not in f"{ran.out}{ran.err}"
