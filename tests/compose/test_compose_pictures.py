"""图片.图像: a row of 图片 as a picture that templates print."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_compose_prose import composed

from reportgen.compose.pictures import MissingPicture
from reportgen.template import Picture

ROWS = "[图片]\n图片号 | 文件 | 稿号 | 图说 | 宽度\nP1 | {} | 1 | 会场{{{{ Z001 }}}} | {}\n"


@pytest.mark.parametrize(("width", "millimetres", "highest"), [("7.5", 75.0, 112.5), ("", None, 75.0)])
def test_a_row_gives_its_picture(tmp_path: Path, width: str, millimetres: float | None, highest: float) -> None:
    (tmp_path / "会场.png").write_bytes(b"x")

    issue, _ = composed(tmp_path, "导语", ROWS.format("会场.png", width))

    assert issue is not None
    row = issue.articles[0].pictures[0]
    place = row.record.origin.place("file")
    assert row["图像"] == Picture(tmp_path / "会场.png", millimetres, "会场126个", highest, place)
    assert (place.sheet, place.cell) == ("图片", "B2")


@pytest.mark.parametrize("file", ["会场.png", "会场" * 80 + ".png"])
def test_a_picture_that_is_not_there_is_told_in_its_place(tmp_path: Path, file: str) -> None:
    issue, faults = composed(tmp_path, "导语", ROWS.format(file, ""))

    assert issue is not None, faults
    missing = issue.articles[0].pictures[0]["图像"]
    assert isinstance(missing, MissingPicture)
    assert [(span.text, span.highlight) for span in missing.__spans__()] == [(f"【待补图：{file}】", True)]
