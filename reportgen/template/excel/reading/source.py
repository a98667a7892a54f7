"""A template workbook compiled: every sheet read, checked and turned into items."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree
from openpyxl.utils.cell import get_column_letter

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.excel.around.extensions import XM
from reportgen.template.excel.around.surroundings import header_footer_texts
from reportgen.template.excel.book import Book
from reportgen.template.excel.filling.program import SheetSource
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.excel.formulas.check import formula_warnings
from reportgen.template.excel.grid import Mark, Words
from reportgen.template.excel.reading.checks import (
    check_formulas,
    crossings,
    formulas_of,
    out_of_reach,
    pivot_sources,
    unmovable,
)
from reportgen.template.excel.reading.frames import table_frames, wrapped_cells
from reportgen.template.excel.reading.layout import Layout, lay_out
from reportgen.template.excel.reading.rows import read_rows
from reportgen.template.excel.reading.tags import find_items
from reportgen.template.excel.source import Sheet, Source
from reportgen.template.package import Package, serialise
from reportgen.template.package.properties import property_label
from reportgen.template.syntax import Tag, scan

Element = etree._Element


def read_source(book: Book, faults: list[Diagnostic]) -> Source:
    """Reads every sheet of a workbook; what is wrong with its tags and formulas is added to `faults`."""
    if not book.sheets:  # the strict variant of the format names its relationships otherwise
        faults.append(excel_codes.NOT_SUPPORTED.at(Place(file=book.package.name), what="“严格 Open XML”格式的内容"))
    strings = Strings(len(book.strings))
    sheets = tuple(_read_sheet(book, number, strings, faults) for number in range(len(book.sheets)))
    for sheet in sheets:
        check_formulas(sheet, sheets, book, faults)
    formulas = {place: formula for sheet in sheets for place, formula in formulas_of(sheet, book)}
    defined = [e.get("name") or "" for e in book.package.tree(book.path).iterfind("{*}definedNames/{*}definedName")]
    faults.extend(formula_warnings(formulas, [part.name for part in book.sheets], defined))
    repeated = [sheet.part.name for sheet in sheets if sheet.source.repeats]
    faults.extend(pivot_sources(book.package, book.path, repeated))
    fixed = {}
    if blanked := _without_tags(book):
        fixed[book.strings_path] = blanked
    return Source(book, sheets, strings, fixed, _properties(book.package, faults))


def _read_sheet(book: Book, number: int, strings: Strings, faults: list[Diagnostic]) -> Sheet:
    part = book.sheets[number]
    place = Place(file=book.package.name, sheet=part.name)
    root = book.package.tree(part.path)
    data = root.find("{*}sheetData")
    name = tuple(find_items(part.name, [part.name], replace(place, part="工作表名"), faults))
    if data is None:  # a chart sheet
        return Sheet(part, SheetSource(number, part.name, name, lay_out([], [])), b"", "A", True)
    found: list[tuple[str, Place]] = [(part.name, replace(place, part="工作表名"))]
    layout = lay_out(read_rows(data, book.strings, strings, place, faults, found), faults)
    texts = {}
    for index, element in enumerate(header_footer_texts(root)):
        where = replace(place, part="页眉页脚")
        if words := find_items(element.text or "", [element.text or ""], where, faults):
            texts[index] = tuple(words)
    captions, pads = table_frames(book.package, part, layout, place, faults)
    source = SheetSource(
        number, part.name, name, layout, texts, captions, pads, wrapped_cells(root, layout, book.formats)
    )
    faults.extend(out_of_reach(book.package, part, root, place))
    faults.extend(unmovable(book.package, part, layout, place))
    faults.extend(crossings(root, layout, place))
    width = max((cell.column for row in layout.rows for cell in row.cells), default=1)
    kept = not (name or texts or layout.has_tags or _has_formulas(layout, root))
    data.clear()
    return Sheet(part, source, serialise(root), get_column_letter(width), kept, found)


def _has_formulas(layout: Layout, root: Element) -> bool:
    if any(cell.formula is not None for row in layout.rows for cell in row.cells):
        return True
    around = root.iter("{*}formula", "{*}formula1", "{*}formula2", f"{XM}f")
    return any(True for _ in around) or any(e.get("location") for e in root.iter("{*}hyperlink"))


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
    place = Place(file=package.name)
    found = (
        (n, find_items(e.text or "", [e.text or ""], replace(place, part=f"文档属性{property_label(e)}"), faults))
        for n, e in enumerate(package.tree(path))
    )
    return path, tuple((number, tuple(words)) for number, words in found if words)
