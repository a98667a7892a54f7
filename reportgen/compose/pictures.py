"""What `图像` of a row of 图片 puts into a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.model.figure import Span
from reportgen.model.records import PictureRow
from reportgen.resources import is_there
from reportgen.template import Picture

_MM_PER_CM = 10


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """Prints 【待补图：文件】, highlighted, where the file is not there."""

    file: str

    def __str__(self) -> str:
        return f"【待补图：{self.file}】"

    def __spans__(self) -> Iterator[Span]:
        yield Span(str(self), highlight=True)


def picture_of(row: PictureRow, folder: str, caption: str) -> Picture | MissingPicture:
    """The picture at 宽度, `caption` its alternative text; `folder` is the workbook's."""
    path = Path(folder) / row.file
    if not is_there(path):
        return MissingPicture(row.file)
    return Picture(path, float(row.width) * _MM_PER_CM if row.width else None, caption)
