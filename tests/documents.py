"""What tests ask of finished documents: paragraphs with their styles, sheets as rows of values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl


def paragraphs(path: Path) -> list[str]:
    """The text of every paragraph of the body that has any."""
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text.strip()]


def outline(path: Path, width: int = 24) -> str:
    """One line per paragraph of the body: style, then its first characters; empty paragraphs shown too."""
    body = docx.Document(str(path)).paragraphs
    return "".join(f"{p.style.name if p.style else ''} | {p.text[:width]}".rstrip() + "\n" for p in body)


def sheet(path: Path, name: str) -> list[list[object]]:
    """The values of a sheet, row by row."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def column(rows: Sequence[Sequence[object]], header: str) -> list[object]:
    """The cells under `header`, blank ones left out."""
    top = next(index for index, row in enumerate(rows) if header in row)
    at = list(rows[top]).index(header)
    return [row[at] for row in rows[top + 1 :] if len(row) > at and row[at] not in (None, "")]
