"""The lists of a workbook: its sheets, names, cell formats, and what the document's properties tell of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.elements import twin
from reportgen.template.excel.around.surroundings import R_ID
from reportgen.template.excel.book import Book, SheetPart
from reportgen.template.excel.filling.filled.sheet import Filled
from reportgen.template.excel.filling.printer import Printer
from reportgen.template.excel.formulas.refs import Copies, Spot
from reportgen.template.package import (
    serialise,
)

Element = etree._Element
VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A filled copy in the new workbook: its template sheet, its part and the id of its relationship."""

    source: SheetPart
    filled: Filled
    path: str
    relation: str
    original: bool

    def aim(self, copies: Copies) -> Aim:
        return Aim(Spot(self.source.name, self.filled.copy, 0, 0), copies)


def list_sheets(root: Element, placed: Sequence[Placed]) -> None:
    container = root.find("{*}sheets")
    assert container is not None
    entries = {element.get(R_ID): element for element in container}
    free = max((int(element.get("sheetId") or 0) for element in container), default=0)
    for element in list(container):
        container.remove(element)
    for sheet in placed:
        entry = twin(container, entries[sheet.source.relation])
        entry.set("name", sheet.filled.copy.name)
        entry.set(R_ID, sheet.relation)
        if not sheet.original:
            free += 1
            entry.set("sheetId", str(free))


def move_names(root: Element, book: Book, placed: Sequence[Placed], copies: Copies) -> None:
    """Defined names are re-aimed; those of a sheet (print areas and titles) are made for each of its copies."""
    container = root.find("{*}definedNames")
    if container is None:
        return
    positions: dict[str, list[int]] = {}
    for index, sheet in enumerate(placed):
        positions.setdefault(sheet.source.name, []).append(index)
    nowhere = Aim(Spot("", placed[0].filled.copy, 0, 0), copies)
    for element in list(container):
        container.remove(element)
        if element.get("localSheetId") is None:
            element.text = nowhere.formula(element.text or "", True)
            container.append(element)
            continue
        for index in positions.get(book.sheets[int(element.get("localSheetId") or 0)].name, ()):
            entry = twin(container, element)
            entry.set("localSheetId", str(index))
            entry.text = placed[index].aim(copies).formula(element.text or "", True)
    if not len(container):
        root.remove(container)


def front(book: Book, placed: Sequence[Placed]) -> int:
    """The position of the sheet in front: the first copy of the template's, else the first that is visible."""
    view = book.package.tree(book.path).find("{*}bookViews/{*}workbookView")
    active = int(view.get("activeTab") or 0) if view is not None else 0
    wanted = book.sheets[min(active, len(book.sheets) - 1)]
    visible = (index for index, sheet in enumerate(placed) if sheet.source.visible)
    return next((index for index, sheet in enumerate(placed) if sheet.source is wanted), next(visible, 0))


def always_calculate(root: Element) -> None:
    element = root.find("{*}calcPr")
    if element is None:
        namespace = etree.QName(root).namespace
        element = root.makeelement(f"{{{namespace}}}calcPr", {}, None)
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        anchor = next(child for name in before if (child := root.find(f"{{*}}{name}")) is not None)
        anchor.addnext(element)
    element.set("fullCalcOnLoad", "1")


def with_formats(styles: Element, printer: Printer) -> bytes:
    """Cell formats for dates in cells whose own format would show them as bare numbers."""
    container = styles.find("{*}cellXfs")
    assert container is not None
    originals = list(container)
    for (style, number_format), _ in sorted(printer.new_formats.items(), key=lambda item: item[1]):
        original = originals[min(style, len(originals) - 1)]
        entry = twin(container, original)
        for child in original:
            twin(entry, child)
        entry.set("numFmtId", str(number_format))
        entry.set("applyNumberFormat", "1")
    container.set("count", str(len(container)))
    return serialise(styles)


_BUILT_IN = re.compile(r"_xlnm\.(Print_Area|Print_Titles|.*)")


def shown_name(element: Element, sheets: Sequence[str]) -> str:
    """A defined name as the properties list it; hidden ones are not listed."""
    if element.get("hidden") in ("1", "true"):
        return ""
    name = _BUILT_IN.sub(r"\1", element.get("name") or "")
    local = element.get("localSheetId")
    return name if local is None else f"{sheets[int(local)]}!{name}"


def replace_titles(pairs: Element, titles: Element, listed: Sequence[tuple[str, Sequence[str]]]) -> None:
    for element in (*pairs, *titles):
        element.getparent().remove(element)
    vector = etree.SubElement(pairs, f"{VT}vector", size=str(2 * len(listed)), baseType="variant")
    for label, names in listed:
        etree.SubElement(etree.SubElement(vector, f"{VT}variant"), f"{VT}lpstr").text = label
        etree.SubElement(etree.SubElement(vector, f"{VT}variant"), f"{VT}i4").text = str(len(names))
    every = [name for _, names in listed for name in names]
    vector = etree.SubElement(titles, f"{VT}vector", size=str(len(every)), baseType="lpstr")
    for name in every:
        etree.SubElement(vector, f"{VT}lpstr").text = name
