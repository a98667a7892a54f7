"""Pictures of 图片: not in the finished docx, or too small for the width they are printed at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.ns import qn

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.proof import coverage as codes
from reportgen.model.records import PictureRow
from reportgen.proof.queries.printed import Found, Printed
from reportgen.resources import is_there

LEAST_DPI = 150
_CM_PER_INCH = 2.54
_EMU_PER_CM = 360_000  # ECMA-376 part 1, 20.1.2.1
_UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, OSError, ValueError)


def pictures(printed: Printed) -> Found:
    """Pictures that the template leaves out, and those that would print below 150 dots per inch."""
    rows = printed.issue.dataset.pictures
    if not rows:
        return
    widths = _widths(printed.content)
    everything = "\n".join(passage.text for passage in printed.passages)
    for row in rows:
        content = _content(Path(printed.issue.dataset.folder) / row.file)
        if content is None:
            # That it is missing was told when the workbook was read; its place must show in print all the same.
            if f"待补图：{row.file}" not in everything:
                yield _unused(row)
            continue
        width = widths.get(hashlib.sha256(content).digest())
        if width is None:
            yield _unused(row)
        else:
            yield from _too_small(row, content, width)


def _unused(row: PictureRow) -> Diagnostic:
    return codes.PICTURE_UNUSED.at(row.origin.place("id"), text=row.file, key=row.id)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if is_there(path) else None
    except OSError:
        return None


def _widths(content: bytes) -> dict[bytes, float]:
    """SHA-256 of each picture in the docx → the widest it is printed, in centimetres."""
    widths: dict[bytes, float] = {}
    for digest, width in _placed(content):
        widths[digest] = max(width, widths.get(digest, 0.0))
    return widths


def _placed(content: bytes) -> Iterator[tuple[bytes, float]]:
    document = docx.Document(BytesIO(content))
    parts = [document.part, *(rel.target_part for rel in document.part.rels.values() if not rel.is_external)]
    for part in parts:
        element = getattr(part, "element", None)
        for drawing in element.iter(qn("wp:inline"), qn("wp:anchor")) if element is not None else ():
            extent = drawing.find(qn("wp:extent"))
            width = int(extent.get("cx", "0")) / _EMU_PER_CM if extent is not None else 0.0
            for blip in drawing.iter(qn("a:blip")):
                target = part.rels.get(blip.get(qn("r:embed"), ""))
                if target is not None and not target.is_external:
                    yield hashlib.sha256(target.target_part.blob).digest(), width


def _too_small(row: PictureRow, content: bytes, width: float) -> Found:
    """Nothing for a picture without dots (EMF) or one that cannot be read: printing it told of that."""
    try:
        image = Image.from_blob(content)
        across, down = image.px_width, image.px_height
    except _UNREADABLE:
        return
    dpi = across / (width / _CM_PER_INCH) if width else LEAST_DPI
    if dpi < LEAST_DPI:
        fitting = int(across / LEAST_DPI * _CM_PER_INCH * 10) / 10
        sizes = {"pixels": f"{across}×{down} 像素", "width": f"{width:.1f}", "fitting": f"{fitting:g}"}
        words = {"key": row.id, "dpi": int(dpi), "least": LEAST_DPI, **sizes}
        yield codes.PICTURE_TOO_SMALL.fill(row.origin.place("file"), words, text=row.file)
