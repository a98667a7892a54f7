"""Writes a workbook from a small text table, so that a test shows its case and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

import openpyxl

# The least that is valid; what a test writes replaces the sheet of that name, or 刊期's items one by one.
MINIMAL = """
[刊期]
项目 | 内容
文种 | 综述
统计起 | 2025-01-01
统计止 | 2025-12-31

[稿件]
稿号 | 主标题
1 | 党建引领

[指标]
指标号 | 名称 | 值 | 量词
Z900 | 产业项目 | 126 | 个
"""

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
Table = list[list[str]]


def workbook(
    folder: Path,
    text: str = "",
    *,
    name: str = "数据.xlsx",
    without: Collection[str] = (),
    edit: Callable[[openpyxl.Workbook], None] | None = None,
) -> Path:
    """Writes `folder`/`name` from the minimal book and `text`, and gives its path.

    `text` has a line `[sheet]` before each table, then one row a line, cells parted by `|`. Digits are a number,
    `'126` is the text 126, `=A1` a formula (never calculated), `'=1+1` the text =1+1, `\\n` a line break, `\\|` a bar;
    an empty cell is blank, and a line of `-` a blank row. `without` names sheets to leave out; `edit` may change the
    book before it is saved (merges, formats, hidden sheets).
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets_of(text).items():
        if title not in without:
            _write(book.create_sheet(title), rows)
    if edit is not None:
        edit(book)
    path = folder / name
    book.save(path)
    return path


def sheets_of(text: str) -> dict[str, Table]:
    """The sheets of `text` and those of the minimal book that it does not write, as rows of cells."""
    sheets = _parsed(MINIMAL)
    for title, rows in _parsed(text).items():
        sheets[title] = _overlaid(sheets[title], rows) if title == "刊期" else rows
    return sheets


def _parsed(text: str) -> dict[str, Table]:
    sheets: dict[str, Table] = {}
    rows: Table = []
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("[") and stripped.endswith("]"):
            rows = sheets.setdefault(stripped[1:-1], [])
        elif stripped == "-":
            rows.append([])
        elif stripped:
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)])
    return sheets


def _overlaid(minimal: Table, rows: Table) -> Table:
    """刊期 with the test's items, then those of the minimal one that it does not name. Its header may be left out."""
    has_header = bool(rows and rows[0] and rows[0][0].startswith("项目"))
    header, items = (rows[0], rows[1:]) if has_header else (minimal[0], rows)
    names = {row[0] for row in items if row}
    return [header, *items, *(row for row in minimal[1:] if row[0] not in names)]


def _write(sheet: openpyxl.worksheet.worksheet.Worksheet, rows: Table) -> None:
    for row_number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                _write_cell(sheet.cell(row_number, column), text.replace(r"\n", "\n").replace(r"\|", "|"))


def _write_cell(cell: openpyxl.cell.Cell, text: str) -> None:
    if text.startswith("'"):
        cell.value = text[1:]
        cell.data_type = "s"
    elif _NUMBER.fullmatch(text):
        cell.value = float(text) if "." in text else int(text)
    else:
        cell.value = text
