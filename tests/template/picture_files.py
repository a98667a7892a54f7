"""The smallest pictures of every kind, made from their formats' descriptions."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 40, height: int = 20, dpi: int | None = None) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    size = b"" if dpi is None else chunk(b"pHYs", struct.pack(">IIB", *[round(dpi / 0.0254)] * 2, 1))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = zlib.compress((b"\0" + b"\x40\x80\xc0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + size + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(width: int = 40, height: int = 20, orientation: int = 1, dpi: int = 96) -> bytes:
    """The headers of a photograph: enough to know its size, not to show it."""
    jfif = b"\xff\xe0" + struct.pack(">H5sBBBHHBB", 16, b"JFIF\0", 1, 1, 1, dpi, dpi, 0, 0)
    tag = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    block = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + tag + b"\0" * 4
    exif = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + jfif + exif + frame + b"\xff\xd9"


def gif(width: int = 40, height: int = 20) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def bmp(width: int = 40, height: int = 20) -> bytes:
    body = b"\x40\x80\xc0" * width * height
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(body), 3780, 3780, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(body), 0, 0, 54) + head + body


def tiff(width: int = 40, height: int = 20) -> bytes:
    entries = struct.pack("<HHII", 0x100, 4, 1, width) + struct.pack("<HHII", 0x101, 4, 1, height)
    return b"II*\0" + struct.pack("<IH", 8, 2) + entries + b"\0" * 4


def emf(millimetres: int = 30) -> bytes:
    frame = struct.pack("<4i", 0, 0, millimetres * 100, millimetres * 50)
    return struct.pack("<II4i", 1, 88, 0, 0, 10, 10) + frame + b" EMF" + b"\0" * 40
