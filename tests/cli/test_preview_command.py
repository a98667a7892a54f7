"""`reportgen preview` as a user runs it, with a LibreOffice that answers at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_office import FakeOffice, docx, install, needs_scripts
from fake_pipeline import Ran

Run = Callable[..., Ran]
pytestmark = needs_scripts


@pytest.fixture
def office(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """A folder with 报告.docx, LibreOffice making four pages of it, and no Chinese fonts but one."""
    styles = "<w:docDefaults><w:rFonts w:eastAsia='仿宋_GB2312'/></w:docDefaults>"
    (folder / "报告.docx").write_bytes(docx("", styles))
    fake = install(tmp_path / "programs", monkeypatch)
    fake.makes(4)
    fake.program("fc-list", "exit 0")
    fake.program("fc-match", "exit 0")
    return fake


def test_pages_and_fonts_on_the_screen(run: Run, office: FakeOffice) -> None:
    ran = run("preview", "报告.docx")

    assert (ran.code, ran.err) == (0, "")
    assert "报告.docx：已排好（共 4 页）\n  报告.pdf\n" in ran.out
    assert "仿宋_GB2312   系统另配的字体" in ran.out
    assert ran.out.startswith("警告 O061  报告.docx\n  没有装 仿宋_GB2312，")


def test_some_pages_as_json(run: Run, office: FakeOffice) -> None:
    ran = run("preview", "报告.docx", "--pages", "2-3", "--png", "--format", "json")

    assert (ran.code, ran.json["ok"], ran.json["pages"], ran.json["shown"], ran.json["opened"]) == (
        0,
        True,
        4,
        [2, 3],
        False,
    )
    assert ran.json["files"] == ["报告-第2页.png", "报告-第3页.png"]
    assert ran.json["fonts"] == [{"asked": "仿宋_GB2312", "used": None}]
    assert [item["code"] for item in ran.json["diagnostics"]] == ["O061"]


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("报告.docx", "--pages", "三"), 2, "O004"),
        (("报告.docx", "--pages", "5"), 2, "O054"),
        (("报告.dox",), 2, "O050"),
        (("综述.xlsx",), 1, "O053"),
        ((), 2, "O003"),
    ],
)
def test_what_cannot_be(run: Run, office: FakeOffice, words: tuple[str, ...], exit_code: int, code: str) -> None:
    ran = run("preview", *words)
    assert (ran.code, ran.out) == (exit_code, "")
    assert ran.err.startswith(f"错误 {code}")
    assert "Traceback" not in ran.err


def test_without_libreoffice(run: Run, office: FakeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.folder / "soffice").unlink()
    ran = run("preview", "报告.docx", "--png")
    assert ran.code == 3
    assert "没有找到 LibreOffice，--png 要用它来排版。" in ran.err

    monkeypatch.setenv("DISPLAY", ":0")
    office.program("xdg-open", "exit 0")
    ran = run("preview", "报告.docx")
    assert ran.code == 0
    assert "已用电脑上的办公软件打开「报告.docx」" in ran.out


def test_libreoffice_that_fails_is_the_machines_fault(run: Run, office: FakeOffice) -> None:
    office.does("exit 1")
    ran = run("preview", "报告.docx", "--format", "json")
    assert (ran.code, ran.json["ok"]) == (3, False)
    assert [item["code"] for item in ran.json["diagnostics"]] == ["O057"]
