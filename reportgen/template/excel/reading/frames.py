"""What the rows of a sheet carry beside their cells: headers of tables, rows that keep a table alive, heights."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.excel.around.tables import data_rows, header_cells
from reportgen.template.excel.book import SheetPart
from reportgen.template.excel.filling.fields import ROW, Fit, Formats, Pad
from reportgen.template.excel.formulas.refs import Ref, reference
from reportgen.template.excel.grid import Row
from reportgen.template.excel.reading.layout import Layout
from reportgen.template.package import Package

Element = etree._Element
_USUAL_WIDTH, _MARGIN = 8.43, 0.7  # of a column, in digits
_LINE = 1.36  # height of a line, in font sizes
_COLUMNS = 16_384
_HIGH = re.compile(r' customHeight="(?:1|true)"')
_FOUND_HEIGHT = re.compile(r' (?:ht|customHeight)="[^"]*"')


def table_frames(
    package: Package, part: SheetPart, layout: Layout, place: Place, faults: list[Diagnostic]
) -> tuple[frozenset[tuple[str, int]], dict[int, list[Pad]]]:
    """The header cells of a sheet's tables, and the rows that keep a table from losing all of its data."""
    captions: set[tuple[str, int]] = set()
    pads: dict[int, list[Pad]] = {}
    for rel in package.related(part.path):
        if not rel.kind.endswith("/table") or rel.target not in package:
            continue
        root = package.tree(rel.target)
        captions.update(header_cells(root))
        ref = reference(root.get("ref") or "")
        if isinstance(ref, Ref) and layout.plan.scope(ref.row, ref.to_row) is not None:
            faults.append(excel_codes.TABLE_REPEATS.at(place, table=root.get("displayName") or ""))
        end = _end_of_blocks(layout.rows, data_rows(root))
        if end is not None:
            pads.setdefault(end, []).append(_pad(layout.rows, data_rows(root)))
    return frozenset(captions), pads


def wrapped_cells(root: Element, layout: Layout, formats: Formats) -> dict[tuple[str, int], Fit]:
    """The cells to be filled whose text wraps, in rows that the template gives no height; one that a program found for
    the tags (LibreOffice and WPS note it for every row) is no height of the template's and is taken away.

    Excel fits such rows when it opens the file; most other viewers do not. Merged cells are left out, as in Excel.
    """
    merged = {element.get("ref", "").partition(":")[0] for element in root.iter("{*}mergeCell")}
    widths = {
        column: float(element.get("width") or _USUAL_WIDTH)
        for element in root.iterfind("{*}cols/{*}col")
        for column in range(int(element.get("min") or 1), min(int(element.get("max") or 1), _COLUMNS) + 1)
    }
    usual = root.find("{*}sheetFormatPr")
    fixed = usual is not None and usual.get("customHeight") in ("1", "true")
    least = float(usual.get("defaultRowHeight") or 0) if usual is not None and fixed else 0
    found = {}
    for row in layout.rows:
        for cell in row.cells if " ht=" not in row.head or not _HIGH.search(row.head) else ():
            size = formats.wrapped.get(cell.style)
            if size and cell.items and f"{cell.letters}{row.number}" not in merged:
                row.head = _FOUND_HEIGHT.sub("", row.head)
                width = (widths.get(cell.column, _USUAL_WIDTH) - _MARGIN) * formats.normal / size
                found[cell.letters, row.number] = Fit(max(width, 1), round(size * _LINE, 1), least)
    return found


def _end_of_blocks(rows: Sequence[Row], data: range) -> int | None:
    """The row with which the blocks around a table's last rows of data end; None when no block is near."""
    depth = 0
    touched = False
    for row in rows:
        touched = touched or (row.number in data and bool(depth or row.before))
        for mark in (*row.before, *row.after):
            depth += mark.tag.word in ("for", "if", "with")
            depth -= mark.tag.word in ("endfor", "endif", "endwith")
        if depth == 0 and touched and data and row.number >= data[-1]:
            return row.number
    return None


def _pad(rows: Sequence[Row], data: range) -> Pad:
    """A blank row with the formats of the table's first printed row of data."""
    numbers = tuple(row.number for row in rows if row.number in data)
    model = next((row for row in rows if row.number in data and not row.control), None)
    head = model.head if model else ""
    cells = "".join(f'<c r="{cell.letters}{ROW}"{cell.head}/>' for cell in (model.cells if model else ()))
    first = model.number if model else numbers[0]
    ordered = (first, *(number for number in numbers if number != first))
    return Pad(ordered, f'<row r="{ROW}"{head}>{cells}</row>')
