"""A template workbook compiled: every sheet read, checked and turned into items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml import etree
from openpyxl.utils.cell import get_column_letter

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.types import Item
from reportgen.template.excel.fill import ROW, Fit, Formats
from reportgen.template.excel.formulas.check import formula_warnings
from reportgen.template.excel.formulas.refs import Expression, Ref, SheetName, reference
from reportgen.template.excel.grid import Mark, Row, Words, find_items, read_rows
from reportgen.template.excel.layout import Layout, lay_out
from reportgen.template.excel.parts.book import Book, SheetPart
from reportgen.template.excel.parts.related import data_rows, header_cells
from reportgen.template.excel.parts.sheet import XM, header_footer_texts
from reportgen.template.excel.program import Pad, SheetSource, capture, pieces, sheet_items
from reportgen.template.package import Package, serialise
from reportgen.template.syntax import Tag, scan

Element = etree._Element
_USUAL_WIDTH, _MARGIN = 8.43, 0.7  # of a column, in digits
_LINE = 1.36  # height of a line, in font sizes
_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the template: `source` says what is printed, `skeleton` is its part without rows.

    One that is `kept` has nothing to fill and nothing that could move: its part is copied as it is.
    """

    part: SheetPart
    source: SheetSource
    skeleton: bytes
    width: str
    kept: bool
    texts: Sequence[tuple[str, Place]] = ()  # of cells with braces


@dataclass(frozen=True, slots=True)
class Source:
    """A template workbook as read: its sheets, and the changed parts that are the same in every filling."""

    book: Book
    sheets: tuple[Sheet, ...]
    fixed: dict[str, bytes] = field(default_factory=dict)
    properties: tuple[str, tuple[tuple[int, tuple[Words | Mark, ...]], ...]] = ("", ())

    @property
    def reserved(self) -> tuple[str, ...]:
        """Sheet names that no filled sheet may take."""
        return tuple(sheet.source.title for sheet in self.sheets if sheet.source.keeps_name)


def read_source(book: Book, faults: list[Diagnostic]) -> Source:
    """Reads every sheet of a workbook; what is wrong with its tags and formulas is added to `faults`."""
    if not book.sheets:  # the strict variant of the format names its relationships otherwise
        faults.append(excel_codes.NOT_SUPPORTED.at(Place(file=book.package.name), what="“严格 Open XML”格式的内容"))
    sheets = tuple(_read_sheet(book, number, faults) for number in range(len(book.sheets)))
    for sheet in sheets:
        _check_formulas(sheet, sheets, book, faults)
    formulas = {place: formula for sheet in sheets for place, formula in _formulas(sheet, book)}
    defined = [e.get("name") or "" for e in book.package.tree(book.path).iterfind("{*}definedNames/{*}definedName")]
    faults.extend(formula_warnings(formulas, [part.name for part in book.sheets], defined))
    fixed = {}
    if blanked := _without_tags(book):
        fixed[book.strings_path] = blanked
    return Source(book, sheets, fixed, _properties(book.package, faults))


def items_of(sheet: Sheet) -> list[Item]:
    """The items of a sheet's program; none for a sheet that is kept."""
    return [] if sheet.kept else sheet_items(sheet.source)


def property_items(source: Source) -> list[Item]:
    """The items of the program that fills the document's properties."""
    return [item for number, words in source.properties[1] for item in (*pieces(words), capture(number))]


def _read_sheet(book: Book, number: int, faults: list[Diagnostic]) -> Sheet:
    part = book.sheets[number]
    place = Place(file=book.package.name, sheet=part.name)
    root = book.package.tree(part.path)
    data = root.find("{*}sheetData")
    name = tuple(find_items(part.name, [part.name], replace(place, part="工作表名"), faults))
    if data is None:  # a chart sheet
        return Sheet(part, SheetSource(number, part.name, name, lay_out([], [])), b"", "A", True)
    found: list[tuple[str, Place]] = [(part.name, replace(place, part="工作表名"))]
    layout = lay_out(read_rows(data, book.strings, place, faults, found), faults)
    texts = {}
    for index, element in enumerate(header_footer_texts(root)):
        where = replace(place, part="页眉页脚")
        if words := find_items(element.text or "", [element.text or ""], where, faults):
            texts[index] = tuple(words)
    captions, pads = _tables(book.package, part, layout, place, faults)
    source = SheetSource(number, part.name, name, layout, texts, captions, pads, _fits(root, layout, book.formats))
    faults.extend(_out_of_reach(book.package, part, root, place))
    if layout.has_tags and any(rel.kind.endswith("/pivotTable") for rel in book.package.related(part.path)):
        faults.append(excel_codes.NOT_SUPPORTED.at(place, what="数据透视表"))
    width = max((cell.column for row in layout.rows for cell in row.cells), default=1)
    kept = not (name or texts or layout.has_tags or _has_formulas(layout, root))
    data.clear()
    return Sheet(part, source, serialise(root), get_column_letter(width), kept, found)


def _has_formulas(layout: Layout, root: Element) -> bool:
    if any(cell.formula is not None for row in layout.rows for cell in row.cells):
        return True
    around = root.iter("{*}formula", "{*}formula1", "{*}formula2", f"{XM}f")
    return any(True for _ in around) or any(e.get("location") for e in root.iter("{*}hyperlink"))


def _tables(
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


def _fits(root: Element, layout: Layout, formats: Formats) -> dict[tuple[str, int], Fit]:
    """The cells to be filled whose text wraps, in rows that the template gives no height.

    Excel fits such rows when it opens the file; most other viewers do not. Merged cells are left out, as in Excel.
    """
    merged = {element.get("ref", "").partition(":")[0] for element in root.iter("{*}mergeCell")}
    widths = {
        column: float(element.get("width") or _USUAL_WIDTH)
        for element in root.iterfind("{*}cols/{*}col")
        for column in range(int(element.get("min") or 1), min(int(element.get("max") or 1), _COLUMNS) + 1)
    }
    found = {}
    for row in layout.rows:
        for cell in row.cells if " ht=" not in row.head else ():
            size = formats.wrapped.get(cell.style)
            if size and cell.items and f"{cell.letters}{row.number}" not in merged:
                width = (widths.get(cell.column, _USUAL_WIDTH) - _MARGIN) * formats.normal / size
                found[cell.letters, row.number] = Fit(max(width, 1), round(size * _LINE, 1))
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


def _out_of_reach(package: Package, part: SheetPart, root: Element, place: Place) -> Iterator[Diagnostic]:
    """Tags where nothing is filled: better said than printed."""
    for element in root.iter("{*}formula", "{*}formula1", "{*}formula2"):
        yield from _tag_faults(element.text or "", "条件格式或数据验证", place)
    yield from _related_tags(package, part.path, place, set())


_UNFILLED = {"comments": "批注", "threadedComment": "批注", "drawing": "文本框或形状", "chart": "图表"}


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


def _check_formulas(sheet: Sheet, sheets: Sequence[Sheet], book: Book, faults: list[Diagnostic]) -> None:
    """A formula that names a repeated sheet must be able to take several ranges."""
    repeated = {other.part.name.casefold() for other in sheets if other.source.repeats and other is not sheet}
    moves = any(other.source.layout.moves or other.source.name for other in sheets)
    for place, formula in _formulas(sheet, book):
        for ref in formula.refs:
            if ref.sheet is None:
                continue
            if ref.sheet.casefold() in repeated and (isinstance(ref, SheetName) or not ref.lists):
                faults.append(excel_codes.AMBIGUOUS_SHEET.at(place, text="=" + formula.text, sheet=ref.sheet))
            elif ":" in ref.sheet and moves:
                faults.append(excel_codes.NOT_SUPPORTED.at(place, what="跨几张工作表的三维引用"))


def _formulas(sheet: Sheet, book: Book) -> Iterator[tuple[Place, Expression]]:
    for row in sheet.source.layout.rows:
        for cell in row.cells:
            if cell.formula is not None:
                place = Place(book.package.name, sheet.part.name, row.number, cell=f"{cell.letters}{row.number}")
                yield place, cell.formula


def _without_tags(book: Book) -> bytes | None:
    """The shared strings with those that held tags emptied: no cell refers to them any more."""
    tagged = [any(isinstance(piece, Tag) for piece in scan("".join(t for t, _ in runs))) for runs in book.strings]
    if not any(tagged):
        return None
    root = book.package.tree(book.strings_path)
    for element, found in zip(root.findall("{*}si"), tagged, strict=True):
        if found:
            for child in list(element):
                element.remove(child)
            etree.SubElement(element, element.tag.removesuffix("si") + "t")
    return serialise(root)


def _properties(
    package: Package, faults: list[Diagnostic]
) -> tuple[str, tuple[tuple[int, tuple[Words | Mark, ...]], ...]]:
    path = next((rel.target for rel in package.related() if rel.kind.endswith("/core-properties")), "")
    if path not in package:
        return "", ()
    place = Place(file=package.name, part="文档属性")
    found = ((n, find_items(e.text or "", [e.text or ""], place, faults)) for n, e in enumerate(package.tree(path)))
    return path, tuple((number, tuple(words)) for number, words in found if words)
