"""`reportgen check`: every fault, strict, the annotated copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_pipeline import FakePipeline, Ran, fault
from openpyxl import Workbook, load_workbook

from reportgen.diagnostics import Severity

Run = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def real_workbook(folder: Path) -> Path:
    book = Workbook()
    book.create_sheet("指标")
    book.save(folder / "综述.xlsx")
    return folder / "综述.xlsx"


@pytest.mark.parametrize(
    ("found", "options", "code", "last"),
    [
        ([], (), 0, "综述.xlsx：没有发现问题。"),
        ([], ("--strict",), 0, "综述.xlsx：没有发现问题。"),
        ([fault()], (), 1, "综述.xlsx：共 1 个错误。"),
        ([fault(Severity.WARNING)], (), 0, "综述.xlsx：共 1 个警告。"),
        ([fault(Severity.WARNING)], ("--strict",), 1, "--strict：有警告，按没有通过处理。"),
        ([fault(Severity.NOTICE)], ("--strict",), 0, "综述.xlsx：共 1 个提示。"),
    ],
)
def test_what_counts_as_passed(
    run: Run, pipeline: FakePipeline, found: list[object], options: tuple[str, ...], code: int, last: str
) -> None:
    pipeline.found["综述.xlsx"] = found  # type: ignore[assignment]
    ran = run("check", "综述.xlsx", *options)
    assert (ran.code, ran.out.splitlines()[-1]) == (code, last)


def test_json_says_ok_as_the_exit_code_does(run: Run, pipeline: FakePipeline) -> None:
    pipeline.found["综述.xlsx"] = [fault(Severity.WARNING)]
    assert run("check", "综述.xlsx", "--format", "json").json["ok"] is True
    ran = run("check", "综述.xlsx", "--strict", "--format", "json")
    assert (ran.code, ran.json["ok"], ran.json["outputs"]) == (1, False, [])


def test_the_template_is_handed_on(run: Run, pipeline: FakePipeline) -> None:
    Path("我的模板").mkdir()
    run("check", "综述.xlsx", "侧 记.xlsx", "-t", "我的模板")
    assert pipeline.checked == [(Path("综述.xlsx"), Path("我的模板")), (Path("侧 记.xlsx"), Path("我的模板"))]


def test_an_annotated_copy(run: Run, pipeline: FakePipeline, real_workbook: Path) -> None:
    pipeline.found["综述.xlsx"] = [fault()]
    ran = run("check", "综述.xlsx", "--annotate", "副本.xlsx")
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "带批注的副本：副本.xlsx")
    assert "不是数" in load_workbook("副本.xlsx")["指标"]["F12"].comment.text


def test_a_copy_onto_the_workbook_itself_is_refused(run: Run, pipeline: FakePipeline, real_workbook: Path) -> None:
    before = real_workbook.read_bytes()
    ran = run("check", "综述.xlsx", "--annotate", "综述.xlsx")
    assert ran.code == 2
    assert "错误 O022" in ran.out
    assert real_workbook.read_bytes() == before


def test_one_copy_cannot_hold_two_workbooks(run: Run, pipeline: FakePipeline) -> None:
    ran = run("check", "综述.xlsx", "侧 记.xlsx", "--annotate", "副本.xlsx")
    assert (ran.code, pipeline.checked) == (2, [])
    assert "错误 O007" in ran.err
