"""What is wrong with a template workbook beside its tags: formulas, and tags where nothing is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree
from openpyxl.utils.cell import column_index_from_string

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.excel.book import Book, SheetPart
from reportgen.template.excel.formulas.expression import Expression
from reportgen.template.excel.formulas.refs import Ref, SheetName, reference
from reportgen.template.excel.grid import Mark
from reportgen.template.excel.reading.layout import Layout
from reportgen.template.excel.source import Sheet
from reportgen.template.package import Package
from reportgen.template.syntax import Tag, scan

Element = etree._Element
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_WHOLE_COLUMNS = re.compile(r"(?<![\w$.])\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(])")
_UNFILLED = {"comments": "批注", "threadedComment": "批注", "drawing": "文本框或形状", "chart": "图表"}


def out_of_reach(package: Package, part: SheetPart, root: Element, place: Place) -> Iterator[Diagnostic]:
    """Tags where nothing is filled: better said than printed."""
    for element in root.iter("{*}formula", "{*}formula1", "{*}formula2"):
        yield from _tag_faults(element.text or "", "条件格式或数据验证", place)
    yield from _related_tags(package, part.path, place, set())


def _related_tags(package: Package, path: str, place: Place, seen: set[str]) -> Iterator[Diagnostic]:
    for rel in package.related(path):
        kind = rel.kind.rpartition("/")[2]
        if rel.external:
            yield from _tag_faults(unquote(rel.target), "链接地址", place)
        elif kind in _UNFILLED and rel.target in package and rel.target not in seen:
            seen.add(rel.target)
            for paragraph in package.tree(rel.target).iter("{*}p", "{*}text"):
                words = "".join(e.text or "" for e in paragraph.iter("{*}t"))
                yield from _tag_faults(words, _UNFILLED[kind], place)
            yield from _related_tags(package, rel.target, place, seen)


def _tag_faults(text: str, what: str, place: Place) -> Iterator[Diagnostic]:
    for piece in scan(text):
        if isinstance(piece, Tag):
            yield excel_codes.TAG_OUT_OF_REACH.at(replace(place, tag=piece.raw), tag=piece.raw, what=what, text=text)


def check_formulas(sheet: Sheet, sheets: Sequence[Sheet], book: Book, faults: list[Diagnostic]) -> None:
    """A formula that names a repeated sheet must be able to take several ranges."""
    repeated = {other.part.name.casefold() for other in sheets if other.source.repeats and other is not sheet}
    moves = any(other.source.layout.moves or other.source.name for other in sheets)
    for place, formula in formulas_of(sheet, book):
        for ref in formula.refs:
            if ref.sheet is None:
                continue
            if ref.sheet.casefold() in repeated and (isinstance(ref, SheetName) or not ref.lists):
                faults.append(excel_codes.AMBIGUOUS_SHEET.at(place, text="=" + formula.text, sheet=ref.sheet))
            elif ":" in ref.sheet and moves:
                faults.append(excel_codes.NOT_SUPPORTED.at(place, what="跨几张工作表的三维引用"))


def formulas_of(sheet: Sheet, book: Book) -> Iterator[tuple[Place, Expression]]:
    for row in sheet.source.layout.rows:
        for cell in row.cells:
            if cell.formula is not None:
                place = Place(book.package.name, sheet.part.name, row.number, cell=f"{cell.letters}{row.number}")
                yield place, cell.formula


def crossings(root: Element, layout: Layout, place: Place) -> Iterator[Diagnostic]:
    """Merged cells that a loop holds only in part: no way to repeat them is right."""
    merged = [ref for e in root.iter("{*}mergeCell") if isinstance(ref := reference(e.get("ref") or ""), Ref)]
    tags = list(_openers(layout))
    printed = [row.number for row in layout.rows if not row.control]
    for ref in merged:
        left, right = (column_index_from_string(letters.lstrip("$")) for letters in (ref.column, ref.to_column))
        text = f"{ref.column}{ref.row}:{ref.to_column}{ref.to_row}"
        for block in layout.plan.blocks:
            held = [number for number in printed if block.first <= number <= block.last]
            if held and _crosses((ref.row, ref.to_row), (held[0], held[-1])):
                mark = tags[block.number]
                yield excel_codes.LOOP_CROSSES_MERGE.at(mark.spot.place, tag=mark.tag.raw, merged=text)
        for columns in layout.columns:
            if _crosses((left, right), (columns.first, columns.last)):
                loops = (loop for row in layout.rows for loop in row.loops if loop.first == columns.first)
                spot = next(loops).opener.spot
                yield excel_codes.LOOP_CROSSES_MERGE.at(spot.place, tag=spot.tag.raw, merged=text)


def _openers(layout: Layout) -> Iterator[Mark]:
    """The tags that open the `for` blocks over rows, as they are numbered."""
    return (mark for row in layout.rows for mark in (*row.before, *row.after) if mark.tag.word == "for")


def _crosses(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two ranges overlap and neither holds the other."""
    return one[0] < other[0] <= one[1] < other[1] or other[0] < one[0] <= other[1] < one[1]


def unmovable(package: Package, part: SheetPart, layout: Layout, place: Place) -> Iterator[Diagnostic]:
    """What cannot follow rows or columns: pivot tables among filled cells; where columns repeat, tables and references
    to whole columns."""
    kinds = [(rel.kind.rpartition("/")[2], rel.target) for rel in package.related(part.path)]
    if layout.has_tags and any(kind == "pivotTable" for kind, _ in kinds):
        yield excel_codes.NOT_SUPPORTED.at(place, what="数据透视表")
    if not layout.columns:
        return
    for kind, target in kinds:
        if kind == "table" and target in package:
            name = package.tree(target).get("displayName") or ""
            yield excel_codes.NOT_SUPPORTED.at(place, what=f"按列重复，又有套用了表格格式的区域“{name}”")
    for row in layout.rows:
        for cell in row.cells:
            found = _WHOLE_COLUMNS.search(_QUOTED.sub("", cell.formula.text)) if cell.formula else None
            if found:
                at = replace(place, row=row.number, cell=f"{cell.letters}{row.number}")
                yield excel_codes.NOT_SUPPORTED.at(at, what=f"按列重复，又有对整列的引用“{found[0]}”")


def pivot_sources(package: Package, path: str, repeated: Sequence[str]) -> Iterator[Diagnostic]:
    """Pivot tables that read a sheet of which there will be several."""
    for rel in package.related(path):
        if rel.kind.endswith("/pivotCacheDefinition") and rel.target in package:
            for source in package.tree(rel.target).iter("{*}worksheetSource"):
                if source.get("sheet") in repeated:
                    what = f"数据透视表，它的数据在按列表重复的工作表“{source.get('sheet')}”里"
                    yield excel_codes.NOT_SUPPORTED.at(Place(file=package.name), what=what)
