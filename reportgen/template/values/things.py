"""The small values that templates make or are given: pictures, files to be put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture file at `path`, `width_mm` wide (never wider than its column), or as wide as it is and fits.

    It is made smaller where it would be higher than `height_mm`. `alt` is its alternative text. PNG, JPEG, GIF, BMP,
    TIFF and EMF. `place` is where the file was asked for, which faults of the file name.
    """

    path: str | Path
    width_mm: float | None = None
    alt: str = ""
    height_mm: float | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A .docx that is put in whole where its tag has a paragraph to itself: a template as well, filled with the same
    data and with `names` beside them."""

    path: str | Path
    names: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inserted:
    """插入('片段.docx'): a file of the template's own folder, with the names that its tag sees."""

    name: str
    names: Mapping[str, object] = field(default_factory=dict)
