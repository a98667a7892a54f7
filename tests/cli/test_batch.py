"""Watching: when a workbook is built again, and when not yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reportgen.cli.batch import changes

Step = Callable[[Path], object]


def edit(text: str) -> Step:
    return lambda folder: (folder / "数据.xlsx").write_text(text, encoding="utf-8")


def edit_template(folder: Path) -> None:
    (folder / "模板" / "综述" / "正文.docx").write_text("新的模板", encoding="utf-8")


def remove(folder: Path) -> None:
    (folder / "数据.xlsx").unlink()


def open_in_office(folder: Path) -> None:
    (folder / "模板" / "综述" / "~$正文.docx").touch()


def nothing(folder: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("steps", "builds"),
    [
        ((nothing, nothing, nothing), 0),
        ((edit("新"), nothing, nothing), 1),
        ((edit("新的"), edit("新的数"), nothing, nothing), 1),
        ((edit("一"), nothing, edit("二二"), nothing), 2),
        ((remove, nothing, nothing), 0),
        ((remove, nothing, edit("存好了"), nothing), 1),
        ((edit_template, nothing, nothing), 1),
        ((open_in_office, nothing, nothing), 0),
    ],
    ids=["idle", "saved", "still being saved", "twice", "deleted", "saved by replacing", "template", "opened"],
)
def test_when_a_change_is_built(tmp_path: Path, steps: Sequence[Step], builds: int) -> None:
    (tmp_path / "模板" / "综述").mkdir(parents=True)
    (tmp_path / "模板" / "综述" / "正文.docx").touch()
    edit("旧旧旧旧")(tmp_path)
    coming = iter(steps)

    def pause(seconds: float) -> None:
        step = next(coming, None)
        if step is None:
            raise KeyboardInterrupt
        step(tmp_path)

    built: list[tuple[Path, ...]] = []
    watched = changes((tmp_path / "数据.xlsx",), None, pause)
    with pytest.raises(KeyboardInterrupt):
        built.extend(watched)
    assert len(built) == builds
