"""Sheets brought from one workbook into another (ECMA-376-1 §18.2)."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from reportgen.template.excel.around.elements import without
from reportgen.template.excel.book import Book, SheetPart, read_book
from reportgen.template.excel.formulas.refs import quoted
from reportgen.template.excel.grid import local
from reportgen.template.excel.joining.styles import Renumbered, add_formats
from reportgen.template.package import (
    CONTENT_TYPES,
    Package,
    relationships_name,
    serialise,
    with_content_type,
    with_relationship,
)

Element = etree._Element
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def with_sheets(host: Package, donor: Package, titles: Sequence[str]) -> Package:
    """`host` with the sheets of `donor` of these titles behind its own: cells, formats, widths, names, print settings.

    What hangs on a sheet (drawings, notes, tables) stays behind. A title that the host has too gets a number.
    """
    book, source = read_book(host), read_book(donor)
    styles = host.tree(book.styles_path)
    numbers = add_formats(styles, donor.tree(source.styles_path))
    changed = {book.styles_path: serialise(styles)}
    workbook = host.tree(book.path)
    types = relations = None
    for sheet in (sheet for sheet in source.sheets if sheet.name in titles):
        path = _free_path(host, changed, book)
        changed[path] = _sheet(source, sheet, numbers)
        types = with_content_type(host, types, path, _TYPE)
        target = posixpath.relpath(path, posixpath.dirname(book.path))
        relations, identity = with_relationship(host, relations, book.path, _KIND, target)
        _enter(workbook, sheet, identity, donor.tree(source.path), source.sheets.index(sheet))
    changed[book.path] = serialise(workbook)
    if types is not None and relations is not None:
        changed |= {CONTENT_TYPES: types, relationships_name(book.path): relations}
    return _rewritten(host, changed)


def with_last(package: Package, titles: Sequence[str]) -> Package:
    """The workbook with the sheets of these titles last, in this order; itself when they are so already."""
    book = read_book(package)
    names = [sheet.name for sheet in book.sheets]
    last = [title for title in titles if title in names]
    order = [*(name for name in names if name not in last), *last]
    if order == names:
        return package
    root = package.tree(book.path)
    sheets = root.find("{*}sheets")
    assert sheets is not None
    sheets[:] = [sheets[names.index(name)] for name in order]
    for element in root.iterfind("{*}definedNames/{*}definedName[@localSheetId]"):
        element.set("localSheetId", str(order.index(names[int(element.get("localSheetId") or 0)])))
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        active = names[min(int(view.get("activeTab") or 0), len(names) - 1)]
        view.set("activeTab", str(order.index(active)))
    return _rewritten(package, {book.path: serialise(root)})


def _rewritten(package: Package, changed: dict[str, bytes]) -> Package:
    out = io.BytesIO()
    package.write(out, changed)
    return Package.open(out.getvalue(), package.name)


def _free_path(host: Package, changed: dict[str, bytes], book: Book) -> str:
    folder = posixpath.join(posixpath.dirname(book.path), "worksheets")
    numbers = range(1, len(host.names()) + len(changed) + 2)
    paths = (posixpath.join(folder, f"sheet{number}.xml") for number in numbers)
    return next(path for path in paths if path not in host and path not in changed)


def _sheet(source: Book, sheet: SheetPart, numbers: Renumbered) -> bytes:
    """A donor's sheet with the host's numbers for its formats, its texts beside their cells."""
    root = source.package.tree(sheet.path)
    texts = source.package.tree(source.strings_path).findall("{*}si") if source.strings_path else []
    for element in list(root.iter("{*}c", "{*}row", "{*}col", "{*}cfRule")):
        for attribute, map_ in (("s", numbers.cells), ("style", numbers.cells), ("dxfId", numbers.conditional)):
            if element.get(attribute) is not None:
                element.set(attribute, str(map_.get(int(element.get(attribute) or 0), 0)))
        if element.get("t") == "s":
            _inline(element, texts)
    for child in list(root):
        if child.get(R_ID) is not None and local(child) != "pageSetup":
            root.remove(child)
    for element in root.iter():
        without(element, R_ID)
    return serialise(root)


def _inline(cell: Element, texts: Sequence[Element]) -> None:
    """A shared string written into its cell."""
    value = cell.find("{*}v")
    if value is None:
        return
    cell.set("t", "inlineStr")
    holder = etree.SubElement(cell, f"{{{etree.QName(cell).namespace}}}is")
    holder.extend(deepcopy(child) for child in texts[int(value.text or 0)])
    cell.remove(value)


def _enter(workbook: Element, sheet: SheetPart, identity: str, donor: Element, number: int) -> None:
    """Lists a new sheet in the workbook, with the names that the donor defines for it."""
    sheets = workbook.find("{*}sheets")
    assert sheets is not None
    taken = {(entry.get("name") or "").casefold() for entry in sheets}
    candidates = (sheet.name, *(f"{sheet.name}({n})" for n in range(2, len(taken) + 3)))
    title = next(candidate for candidate in candidates if candidate.casefold() not in taken)
    ids = [int(entry.get("sheetId") or 0) for entry in sheets]
    entry = etree.SubElement(sheets, f"{{{etree.QName(workbook).namespace}}}sheet")
    entry.set("name", title)
    entry.set("sheetId", str(max(ids, default=0) + 1))
    entry.set(R_ID, identity)
    for name in donor.iterfind(f"{{*}}definedNames/{{*}}definedName[@localSheetId='{number}']"):
        _define(workbook, name, len(sheets) - 1, sheet.name, title)


def _define(workbook: Element, name: Element, position: int, old: str, title: str) -> None:
    namespace = etree.QName(workbook).namespace
    names = workbook.find("{*}definedNames")
    if names is None:
        names = workbook.makeelement(f"{{{namespace}}}definedNames", {}, None)
        tags = ("externalReferences", "functionGroups", "sheets")
        next(e for tag in tags if (e := workbook.find(f"{{*}}{tag}")) is not None).addnext(names)
    entry = etree.SubElement(names, f"{{{namespace}}}definedName", {str(k): str(v) for k, v in name.items()})
    entry.set("localSheetId", str(position))
    entry.text = (name.text or "").replace(f"{quoted(old)}!", f"{quoted(title)}!")
