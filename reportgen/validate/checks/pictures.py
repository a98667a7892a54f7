"""Pictures that lie outside the workbook's folder, or nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from reportgen.diagnostics import Diagnostic, nearest
from reportgen.diagnostics.catalogue.validate import agreement as codes
from reportgen.model.records import PictureRow
from reportgen.resources import is_there
from reportgen.validate.draft import Draft


def picture_files(draft: Draft) -> Iterator[Diagnostic]:
    """Pictures that lie outside the workbook's folder, or nowhere."""
    folder = Path(draft.dataset.folder)
    for row in draft.dataset.pictures:
        if not row.file:
            continue
        place = row.origin.place("file")
        if _leaves(folder, row):
            yield codes.PICTURE_OUTSIDE.at(place, text=row.origin.cell("file").text)
        elif not is_there(folder / row.file):
            yield codes.PICTURE_MISSING.at(place, text=row.file, suggestion=_near_picture(folder / row.file))


def _leaves(folder: Path, row: PictureRow) -> bool:
    """Absolute for any system, upwards anywhere, or through a link. Windows' rules read both kinds of slash."""
    path = PureWindowsPath(row.file)
    if path.anchor or path.drive or row.file.startswith(("/", "~")) or ".." in path.parts:
        return True
    real = Path(os.path.realpath(folder / row.file))
    return not real.is_relative_to(os.path.realpath(folder))


def _near_picture(path: Path) -> str | None:
    try:
        names = sorted(item.name for item in path.parent.iterdir() if item.is_file())
    except (OSError, ValueError):
        return None
    near = nearest(path.name, names, 2)
    return f"这个文件夹里有「{'」「'.join(near)}」，是不是它？" if near else None
