"""What a picture file is and how large: read from its first bytes, nothing is decoded.

Formats: PNG (ISO/IEC 15948), JPEG (ITU-T T.81, with JFIF or Exif), GIF 89a, BMP, TIFF 6.0, EMF ([MS-EMF] 2.3.4.2).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue.template import pictures as codes
from reportgen.diagnostics.machine import reason

EMU_PER_INCH, EMU_PER_MM = 914_400, 36_000
_DPI = 96.0  # where a file says nothing, as Word takes it
_DPI_RANGE = (20.0, 2_400.0)  # outside, a file's own word is not to be believed
_ORIENTATION, _X_DPI, _UNIT, _WIDTH, _HEIGHT = 0x112, 0x11A, 0x128, 0x100, 0x101
_SIDEWAYS = {6: 90, 8: 270}
_UPSIDE_DOWN = 3
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_CELL_PICTURE = "DISPIMG("


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that Word can open: its bytes, and its natural size in EMU as the file stores it.

    `rotation` is in degrees clockwise, from the camera's note in a JPEG: Word does not turn such pictures by itself.
    """

    content: bytes
    extension: str
    content_type: str
    width: int
    height: int
    rotation: int = 0


def read_image(path: str | Path) -> Image:
    """The picture at `path`. Raises FaultError when it is missing or nothing Word could open, with the cure."""
    if _CELL_PICTURE in str(path).upper():
        raise FaultError(codes.CELL_PICTURE, cell="", path=str(path))
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        raise FaultError(codes.PICTURE_FILE_MISSING, cell="", path=str(path)) from None
    except OSError as error:
        raise FaultError(codes.PICTURE_UNREADABLE, cell="", path=str(path), reason=reason(error)) from None
    return image_of(content, Path(path).name)


def image_of(content: bytes, name: str) -> Image:
    """As read_image, from the bytes; `name` is what faults call it."""
    try:
        for magic, read in _READERS.items():
            if content.startswith(magic):
                image = read(content)
                if image.width > 0 and image.height > 0:
                    return image
    except (struct.error, IndexError, ZeroDivisionError):
        pass
    else:
        if not any(content.startswith(magic) for magic in _READERS):
            raise FaultError(codes.NOT_A_PICTURE, cell="", name=name, found=_found(content))
    raise FaultError(codes.PICTURE_DAMAGED, cell="", name=name)


def _found(content: bytes) -> str:
    """What a file is that is no picture Word opens."""
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content:
        return "空文件"
    if head.startswith((b"<!doctype html", b"<html")):
        return "网页（多半是下载时没有存成图片）"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP 图片"
    if content[4:8] == b"ftyp":
        return "HEIC 图片（苹果手机的照片格式）" if content[8:12] in _HEIC else "视频或别的媒体文件"
    kinds = (name for magic, name in _OTHERS.items() if head.startswith(magic))
    return next(kinds, "认不出的文件")


_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_OTHERS = {
    b"%pdf": "PDF 文件",
    b"8bps": "Photoshop 文件",
    b"<svg": "SVG 图形",
    b"<?xml": "SVG 图形或别的 XML 文件",
    b"pk\x03\x04": "压缩文件或 Office 文件",
    b"\xd0\xcf\x11\xe0": "旧格式的 Office 文件",
    b"\xd7\xcd\xc6\x9a": "WMF 图形",
}


def _sized(content: bytes, extension: str, content_type: str, width: int, height: int, dpi: float = _DPI) -> Image:
    """Pixels into EMU."""
    per_inch = dpi if _DPI_RANGE[0] <= dpi <= _DPI_RANGE[1] else _DPI
    sides = (round(side * EMU_PER_INCH / per_inch) for side in (width, height))
    return Image(content, extension, content_type, *sides)


def _png(content: bytes) -> Image:
    width, height = struct.unpack(">II", content[16:24])
    dpi, position = _DPI, 8
    while position + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        if kind == b"pHYs":
            per_unit, _, unit = struct.unpack(">IIB", content[position + 8 : position + 17])
            dpi = per_unit * 0.0254 if unit == 1 else _DPI
        if kind == b"IDAT":
            break
        position += length + 12
    return _sized(content, "png", "image/png", width, height, dpi)


def _gif(content: bytes) -> Image:
    return _sized(content, "gif", "image/gif", *struct.unpack("<HH", content[6:10]))


def _bmp(content: bytes) -> Image:
    width, height = struct.unpack("<ii", content[18:26])
    (per_metre,) = struct.unpack("<i", content[38:42])
    return _sized(content, "bmp", "image/bmp", width, abs(height), per_metre * 0.0254)


def _emf(content: bytes) -> Image:
    if content[40:44] != b" EMF":
        return Image(content, "emf", "image/x-emf", 0, 0)
    left, top, right, bottom = struct.unpack("<4i", content[24:40])  # hundredths of a millimetre
    return Image(content, "emf", "image/x-emf", (right - left) * EMU_PER_MM // 100, (bottom - top) * EMU_PER_MM // 100)


def _tiff(content: bytes) -> Image:
    found = _directory(content)
    dpi = float(found.get(_X_DPI, _DPI)) * (2.54 if found.get(_UNIT) == 3 else 1)
    return _sized(content, "tiff", "image/tiff", int(found.get(_WIDTH, 0)), int(found.get(_HEIGHT, 0)), dpi)


def _directory(content: bytes) -> Mapping[int, float]:
    """Tag → number of the first directory of a TIFF, or of the Exif block of a JPEG, which is one."""
    order = "<" if content[:2] == b"II" else ">"
    (offset,) = struct.unpack(f"{order}I", content[4:8])
    (count,) = struct.unpack(f"{order}H", content[offset : offset + 2])
    return dict(_entries(content, order, offset + 2, count))


def _entries(content: bytes, order: str, start: int, count: int) -> Iterator[tuple[int, float]]:
    for position in range(start, start + 12 * count, 12):
        tag, kind, _ = struct.unpack(f"{order}HHI", content[position : position + 8])
        field = content[position + 8 : position + 12]
        if kind == 3:  # a short
            yield tag, struct.unpack(f"{order}H", field[:2])[0]
        elif kind == 4:  # a long
            yield tag, struct.unpack(f"{order}I", field)[0]
        elif kind == 5:  # a fraction, kept elsewhere
            (place,) = struct.unpack(f"{order}I", field)
            above, below = struct.unpack(f"{order}II", content[place : place + 8])
            yield tag, above / below


def _jpeg(content: bytes) -> Image:
    dpi, rotation, position = _DPI, 0, 2
    while position + 4 <= len(content):
        if content[position] != 0xFF or content[position + 1] in (0xFF, *range(0xD0, 0xD9), 0x01):
            position += 1
            continue
        marker = content[position + 1]
        (length,) = struct.unpack(">H", content[position + 2 : position + 4])
        body = content[position + 4 : position + 2 + length]
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", body[1:5])
            image = _sized(content, "jpeg", "image/jpeg", width, height, dpi)
            return replace(image, rotation=rotation)
        if marker == 0xE0 and body.startswith(b"JFIF"):
            unit, density = struct.unpack(">BH", body[7:10])
            dpi = density * {1: 1.0, 2: 2.54}.get(unit, 0.0) or dpi
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            dpi, rotation = _exif(body[6:], dpi)
        position += 2 + length
    return Image(content, "jpeg", "image/jpeg", 0, 0)


def _exif(block: bytes, dpi: float) -> tuple[float, int]:
    """Resolution and rotation; a camera's broken note is no reason to refuse its picture."""
    try:
        found = _directory(block)
    except (struct.error, ZeroDivisionError):
        return dpi, 0
    per_inch = found.get(_X_DPI, dpi) * (2.54 if found.get(_UNIT) == 3 else 1)
    orientation = int(found.get(_ORIENTATION, 1))
    return per_inch, 180 if orientation == _UPSIDE_DOWN else _SIDEWAYS.get(orientation, 0)


_READERS: Mapping[bytes, Callable[[bytes], Image]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
    b"BM": _bmp,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
    b"\x01\0\0\0": _emf,
}
