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
_TEXT_AREA_MM = 225  # height of the text on A4, GB/T 9704


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """Prints 【待补图：文件】, highlighted, where the file is not there."""

    file: str

    def __str__(self) -> str:
        return f"【待补图：{self.file}】"

    def __spans__(self) -> Iterator[Span]:
        yield Span(str(self), highlight=True)


def picture_of(row: PictureRow, folder: str, caption: str) -> Picture | MissingPicture:
    """The picture at 宽度, `caption` its alternative text; `folder` is the workbook's.

    What is too high for the rest of a page moves to the next and leaves the page blank below, so a picture takes no
    more than half of the text area, and a third where nobody asked for a width.
    """
    path = Path(folder) / row.file
    if not is_there(path):
        return MissingPicture(row.file)
    place = row.origin.place("file")
    if row.width:
        return Picture(path, float(row.width) * _MM_PER_CM, caption, _TEXT_AREA_MM / 2, place)
    return Picture(path, None, caption, _TEXT_AREA_MM / 3, place)
