"""What tests ask of finished documents: paragraphs with their styles, sheets as rows of values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import openpyxl
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as DocxDocument
from docx.text.paragraph import Paragraph


def paragraphs(path: Path) -> list[str]:
    """The text of every paragraph of the body that has any."""
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text.strip()]


def outline(path: Path, width: int = 24) -> str:
    """One line per paragraph of the body: style, then its first characters; empty paragraphs shown too.

    Paragraphs of a table are indented, each cell in its turn; 〔图〕 stands for a picture.
    """
    return "".join(f"{line}\n" for line in _lines(docx.Document(str(path)), width))


def _lines(container: BlockItemContainer | DocxDocument, width: int, indent: str = "") -> Iterator[str]:
    for item in container.iter_inner_content():
        if isinstance(item, Paragraph):
            style = item.style.name if item.style else ""
            pictured = "〔图〕" if item._p.xpath(".//w:drawing") else ""
            yield f"{indent}{style} | {pictured}{item.text[:width]}".rstrip()
            continue
        yield f"{indent}表 {item.style.name if item.style else ''}"
        for row in item.rows:
            for cell in dict.fromkeys(row.cells):
                yield from _lines(cell, width, f"{indent}  ")


def sheet(path: Path, name: str) -> list[list[object]]:
    """The values of a sheet, row by row."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def column(rows: Sequence[Sequence[object]], header: str) -> list[object]:
    """The cells under `header`, blank ones left out."""
    top = next(index for index, row in enumerate(rows) if header in row)
    at = list(rows[top]).index(header)
    return [row[at] for row in rows[top + 1 :] if len(row) > at and row[at] not in (None, "")]
