"""Nothing is lost when files are written: cli.md, “Nothing lost”."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from reportgen.model.report import Outputs
from reportgen.render import files
from reportgen.render.files import Drafts, write_drafts

SOURCE = Path("数据.xlsx")


def drafts(text: str) -> Drafts:
    return drafts_of(SOURCE.name, text)


def drafts_of(source: str, text: str) -> Drafts:
    manifest = {"document": "a1b2c3", "workbook": {"file": source}}
    return Drafts(f"docx {text}".encode(), f"xlsx {text}".encode(), manifest)


def written(folder: Path, text: str, *, force: bool = False) -> Outputs:
    outcome = write_drafts(SOURCE, folder, "综述", drafts(text), force=force)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


THREE = ["综述-附件.xlsx", "综述.docx", "综述.figures.json"]


def test_three_files_and_no_leftovers(tmp_path: Path) -> None:
    output = written(tmp_path / "新 文件夹", "一")
    assert names(tmp_path / "新 文件夹") == THREE
    assert output.docx.read_bytes() == b"docx \xe4\xb8\x80"
    assert set(json.loads(output.manifest.read_text("utf-8"))["files"]) == {"docx", "appendix"}


def test_an_untouched_docx_is_replaced(tmp_path: Path) -> None:
    written(tmp_path, "一")
    output = written(tmp_path, "二")
    assert output.docx.read_text("utf-8") == "docx 二"
    assert names(tmp_path) == THREE


@pytest.mark.parametrize("edited", ["综述.docx", "综述-附件.xlsx"])
def test_an_edited_file_stays_and_the_new_ones_get_a_number(tmp_path: Path, edited: str) -> None:
    written(tmp_path, "一")
    (tmp_path / edited).write_text("改过", "utf-8")
    outcome = write_drafts(SOURCE, tmp_path, "综述", drafts("二"), force=False)
    assert outcome.value is not None
    assert outcome.value.docx.name == "综述-2.docx"
    assert (tmp_path / edited).read_text("utf-8") == "改过"
    new = edited.replace("综述", "综述-2")
    assert [(d.code, edited in d.message, new in d.message) for d in outcome.diagnostics] == [("O040", True, True)]


def test_a_docx_without_manifest_counts_as_edited(tmp_path: Path) -> None:
    (tmp_path / "综述.docx").write_text("别人的", "utf-8")
    assert written(tmp_path, "一").docx.name == "综述-2.docx"
    assert (tmp_path / "综述.docx").read_text("utf-8") == "别人的"


def test_the_next_build_replaces_its_own_numbered_docx(tmp_path: Path) -> None:
    (tmp_path / "综述.docx").write_text("别人的", "utf-8")
    written(tmp_path, "一")
    assert written(tmp_path, "二").docx.name == "综述-2.docx"
    assert (tmp_path / "综述-2.docx").read_text("utf-8") == "docx 二"


def test_what_another_workbook_made_is_never_replaced(tmp_path: Path) -> None:
    written(tmp_path, "一")
    other = write_drafts(Path("综述-2.xlsx"), tmp_path, "综述-2", drafts_of("综述-2.xlsx", "二"), force=False)
    assert other.value is not None
    (tmp_path / "综述.docx").write_text("改过", "utf-8")
    assert written(tmp_path, "三").docx.name == "综述-3.docx"
    assert (tmp_path / "综述-2.docx").read_text("utf-8") == "docx 二"


def test_force_keeps_the_edited_one_as_a_backup(tmp_path: Path) -> None:
    written(tmp_path, "一")
    (tmp_path / "综述.docx").write_text("改过", "utf-8")
    output = written(tmp_path, "二", force=True)
    assert output.docx.name == "综述.docx"
    assert (tmp_path / "综述-备份1.docx").read_text("utf-8") == "改过"


@pytest.mark.parametrize("lock", ["~$综述.docx", ".~lock.综述.docx#", "~$综述-附件.xlsx"])
def test_a_file_open_in_an_office_program_stops_everything(tmp_path: Path, lock: str) -> None:
    written(tmp_path, "一")
    (tmp_path / lock).touch()
    outcome = write_drafts(SOURCE, tmp_path, "综述", drafts("二"), force=False)
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["O030"]
    assert lock in outcome.diagnostics[0].suggestion
    assert (tmp_path / "综述.docx").read_text("utf-8") == "docx 一"


def test_a_failure_half_way_puts_the_old_ones_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "一")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "综述-附件.xlsx":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    outcome = write_drafts(SOURCE, tmp_path, "综述", drafts("二"), force=False)
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["O032"]
    monkeypatch.undo()
    assert names(tmp_path) == THREE
    assert [(tmp_path / n).read_text("utf-8") for n in THREE[:2]] == ["xlsx 一", "docx 一"]


def test_a_kill_between_the_moves_leaves_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "一")
    seen: list[list[bool]] = []
    replace = Path.replace

    def watching(self: Path, target: Path) -> Path:
        seen.append([(tmp_path / name).exists() for name in THREE])
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watching)
    written(tmp_path, "二")
    assert seen == [[True, True, True]] * 3


def test_a_folder_that_is_a_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "成稿").write_text("文件", "utf-8")
    outcome = write_drafts(SOURCE, tmp_path / "成稿", "综述", drafts("一"), force=False)
    assert outcome.value is None
    assert len(outcome.diagnostics) == 1


def test_two_builds_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = [threading.Thread(target=written, args=(tmp_path, str(n))) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(tmp_path) == THREE
    docx, appendix = (tmp_path / "综述.docx").read_text("utf-8"), (tmp_path / "综述-附件.xlsx").read_text("utf-8")
    assert docx.removeprefix("docx ") == appendix.removeprefix("xlsx ")


def test_a_build_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    with files._only_build(tmp_path / "综述.docx"):
        outcome = write_drafts(SOURCE, tmp_path, "综述", drafts("一"), force=False)
    assert [d.code for d in outcome.diagnostics] == ["O036"]


def test_a_backup_is_told_with_its_name(tmp_path: Path) -> None:
    written(tmp_path, "一")
    (tmp_path / "综述.docx").write_text("改过", "utf-8")
    (notice,) = write_drafts(SOURCE, tmp_path, "综述", drafts("二"), force=True).diagnostics
    assert (notice.code, "综述-备份1.docx" in notice.message) == ("O041", True)
