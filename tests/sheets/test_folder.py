"""`reportgen new`: what lies in the folder, and when it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import resources
from reportgen.sheets import folder
from reportgen.sheets.folder import WorkFolder, new_folder


@pytest.fixture(autouse=True)
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two 文种 with a template and a sample each, and one that has lost its sample."""
    files = [
        "templates/综述/正文.docx",
        "templates/综述/附件.xlsx",
        "templates/综合报道/正文.docx",
        "templates/侧记/正文.docx",
        "inputs/综述/综述.xlsx",
        "inputs/综述/~$综述.xlsx",
        "inputs/综述/图片/一.png",
        "inputs/综合报道/综合报道.xlsx",
    ]
    root = tmp_path / "bundle"
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())
    monkeypatch.setattr(resources, "templates_root", lambda: root / "templates")
    monkeypatch.setattr(resources, "inputs_root", lambda: root / "inputs")
    return root


def made(kind: str, directory: Path) -> WorkFolder:
    outcome = new_folder(kind, directory)
    assert outcome.value is not None
    return outcome.value


def names(directory: Path) -> set[str]:
    return {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("target", ["新的", "深/一层 空格", "空的"])
def test_a_new_or_empty_folder_is_filled(tmp_path: Path, target: str) -> None:
    (tmp_path / "空的").mkdir()
    work = made("综述", tmp_path / target)
    assert names(tmp_path / target) == {
        "综述.xlsx",
        "图片/一.png",
        "模板/综述/正文.docx",
        "模板/综述/附件.xlsx",
        "生成.bat",
        "检查.bat",
    }
    assert work.workbook == tmp_path / target / "综述.xlsx"
    assert {path.relative_to(work.folder).as_posix() for path in work.files} == names(work.folder)


@pytest.mark.parametrize(("name", "command"), [("生成.bat", "build"), ("检查.bat", "check")])
def test_the_files_to_double_click(tmp_path: Path, name: str, command: str) -> None:
    made("综述", tmp_path / "稿")
    content = (tmp_path / "稿" / name).read_bytes()
    lines = content.decode("utf-8").split("\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert lines[1] == "chcp 65001 >nul", "before any Chinese word"
    assert f'reportgen {command} "综述.xlsx"' in lines
    assert "pause" in lines


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("综叙", "O008", "您要的可能是「综述」"),
        ("天气", "O008", "现有的文种：侧记、综合报道、综述。"),
        ("侧记", "O035", "重新安装"),
    ],
)
def test_a_kind_that_cannot_be_had(tmp_path: Path, kind: str, code: str, words: str) -> None:
    (fault,) = new_folder(kind, tmp_path / "稿").diagnostics
    assert fault.code == code
    assert words in fault.suggestion
    assert not (tmp_path / "稿").exists()


def test_nothing_is_put_beside_files_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "我的.txt").write_text("x", encoding="utf-8")
    (fault,) = new_folder("综述", tmp_path / "旧").diagnostics
    assert fault.code == "O010"
    assert names(tmp_path / "旧") == {"我的.txt"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "稿").write_text("x", encoding="utf-8")
    assert [item.code for item in new_folder("综述", tmp_path / "稿").diagnostics] == ["O011"]


@pytest.mark.parametrize("existed", [True, False])
def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existed: bool) -> None:
    if existed:
        (tmp_path / "稿").mkdir()

    def full(path: Path, command: str) -> Path:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(folder, "_batch_file", full)
    assert [item.code for item in new_folder("综述", tmp_path / "稿").diagnostics] == ["O032"]
    assert (tmp_path / "稿").exists() is existed
    assert not existed or not names(tmp_path / "稿")


def test_no_templates_at_all_is_a_broken_installation(bundle: Path, tmp_path: Path) -> None:
    (bundle / "templates").rename(bundle / "gone")
    assert [item.code for item in new_folder("综述", tmp_path / "稿").diagnostics] == ["O035"]
