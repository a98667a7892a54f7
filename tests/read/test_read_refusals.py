"""What is told beside the one plain error: near names, files withheld or too large, wrong extensions."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from unreadable_files import HERE, crippled_xls, missing
from workbooks import workbook

from reportgen.read import preflight, read_workbook


def test_a_missing_file_is_told_with_the_near_name(tmp_path: Path) -> None:
    assert read_workbook(missing(tmp_path)).diagnostics[0].suggestion == "这个文件夹里有「数据.xlsx」，是不是它？"


def test_a_file_that_is_too_large_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MAX_FILE", 1000)
    assert [fault.code for fault in read_workbook(workbook(tmp_path)).diagnostics] == ["R015"]


def test_a_file_that_the_system_withholds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def withheld(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = workbook(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", withheld)
    faults = read_workbook(path).diagnostics
    assert [(fault.code, fault.message) for fault in faults] == [
        ("R005", "打不开「数据.xlsx」：没有读取权限，或正被别的程序占用。")
    ]


@pytest.mark.parametrize(
    ("name", "codes"),
    [("长" * 400, ("R001", "R005")), ("数据.xlsx/表.xlsx", ("R001",)), ("没有/数据.xlsx", ("R001",))],
)
def test_a_path_that_leads_nowhere_is_one_error(tmp_path: Path, name: str, codes: tuple[str, ...]) -> None:
    workbook(tmp_path)
    (fault,) = read_workbook(tmp_path / name).diagnostics
    assert fault.code in codes  # systems differ in what they say of a name that is too long


def test_an_appendix_is_no_workbook_whatever_it_is_called(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, "[附件1 指标]\n序号\n1\n[核数表]\n序号\n1\n[疑点]\n序号\n1", without=("刊期", "稿件", "指标")
    )
    (fault,) = read_workbook(path).diagnostics
    assert (fault.code, fault.message) == ("R017", "「数据.xlsx」是附件，不是工作簿。")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    assert "不是普通的文件" in read_workbook(tmp_path / "管道.xlsx").diagnostics[0].message


@pytest.mark.parametrize(("name", "wrong"), [("指标.xls", "指标.xlsx"), ("指标.ods", "指标.xls")])
def test_a_misnamed_workbook_reads_with_a_notice(tmp_path: Path, name: str, wrong: str) -> None:
    shutil.copy(HERE / name, tmp_path / wrong)
    outcome = read_workbook(tmp_path / wrong)
    assert outcome.value is not None
    assert outcome.diagnostics[0].code == "R020"
    assert f"「{wrong}」的内容是 {name.rsplit('.', 1)[1]} 格式" in outcome.diagnostics[0].message


def test_a_macro_book_and_a_chinese_folder_with_spaces_are_nothing_special(tmp_path: Path) -> None:
    folder = tmp_path / "三月 数据"
    folder.mkdir()
    outcome = read_workbook(workbook(folder, name="数据 终稿.xlsm"))
    assert outcome.value is not None
    assert outcome.diagnostics == ()


def test_a_panic_of_the_library_leaves_no_trace_on_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert [fault.code for fault in read_workbook(crippled_xls(tmp_path)).diagnostics] == ["R009"]
    assert capfd.readouterr() == ("", "")
