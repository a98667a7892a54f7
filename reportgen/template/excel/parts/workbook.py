"""The package around the sheets: read once, written with as many sheets as were filled (ECMA-376-1 §18.2)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.template.excel.fill import Filled, Printer
from reportgen.template.excel.formulas.refs import Copies, Spot
from reportgen.template.excel.parts.book import Book, SheetPart
from reportgen.template.excel.parts.related import TableNames, move_table, move_vml, mover
from reportgen.template.excel.parts.sheet import R_ID, Aim, twin, without
from reportgen.template.package import (
    CONTENT_TYPES,
    RELATIONSHIPS_NS,
    Relationship,
    parse,
    relationships_name,
    serialise,
)

Element = etree._Element
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_NO_RELATIONS = f'<Relationships xmlns="{RELATIONSHIPS_NS[1:-1]}"/>'.encode()
_REL = f"{RELATIONSHIPS_NS}Relationship"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
# Parts that several sheets may share: nothing in them depends on a sheet.
_SHARED = frozenset({"image", "printerSettings", "theme", "hyperlink"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A filled copy in the new workbook: its template sheet, its part and the id of its relationship."""

    source: SheetPart
    filled: Filled
    path: str
    relation: str
    original: bool


class Assembly:
    """The parts that a filled workbook changes, adds and drops."""

    def __init__(self, book: Book, printer: Printer) -> None:
        self.book, self.package = book, book.package
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self._types = self.package.tree(CONTENT_TYPES)
        self._paths = {name.casefold() for name in self.package.names()}
        self._tables = TableNames.of(self.package)
        self.placed = list(self._place(printer))
        self.copies: Copies = {
            sheet.name.casefold(): [filled.copy for filled in printer.sheets[number]]
            for number, sheet in enumerate(book.sheets)
        }

    def _place(self, printer: Printer) -> Iterator[Placed]:
        serial = 0
        for number, sheet in enumerate(self.book.sheets):
            if not printer.sheets[number]:
                self._forget(sheet.path)
            for index, filled in enumerate(printer.sheets[number]):
                if not index:
                    yield Placed(sheet, filled, sheet.path, sheet.relation, True)
                    continue
                serial += 1
                path = self._new_path(sheet.path)
                self._add_type(path, sheet.path)
                yield Placed(sheet, filled, path, f"rIdSheet{serial}", False)

    # ---- the parts that hang on a sheet

    def follow(self, placed: Placed, aim: Aim) -> dict[str, str]:
        """Moves or copies what hangs on a sheet; gives the new names of its tables."""
        self._tables.renamed = {}
        self._copy_relations(placed.source.path, placed.path, aim, placed.original, placed.filled)
        return dict(self._tables.renamed)

    def _copy_relations(self, source: str, path: str, aim: Aim, original: bool, filled: Filled | None) -> None:
        name = relationships_name(source)
        links = filled.targets if filled else {}
        if name in self.package:
            root = self.package.tree(name)
        elif links:
            root = parse(_NO_RELATIONS, name, self.package.name)
        else:
            return
        elements = {element.get("Id") or "": element for element in root.iter(_REL)}
        changed = bool(links) or not original
        for rel in self.package.related(source):
            if rel.external or rel.target not in self.package:
                continue
            target = self._follow_one(rel, aim, original, filled)
            if target != rel.target:
                elements[rel.id].set("Target", posixpath.relpath(target, posixpath.dirname(path)))
        for address, identity in links.items():
            etree.SubElement(root, _REL, Id=identity, Type=_HYPERLINK, Target=address, TargetMode="External")
        if changed:
            self.changed[relationships_name(path)] = serialise(root)

    def _follow_one(self, rel: Relationship, aim: Aim, original: bool, filled: Filled | None) -> str:
        """Moves one part, or a copy of it; gives the path of the outcome."""
        kind = rel.kind.rpartition("/")[2]
        if kind in _SHARED:
            return rel.target
        path = rel.target if original else self._new_path(rel.target)
        if not original:
            self._add_type(path, rel.target)
        move = mover(rel.kind)
        if kind == "table" and filled is not None:
            root = self.package.tree(rel.target)
            if not original:
                self._tables.rename(root)
            move_table(root, aim, filled.captions)
            self._keep(path, root, original)
        elif move is not None:
            root = self.package.tree(rel.target)
            move(root, aim)
            self._keep(path, root, original)
        elif kind == "vmlDrawing":
            data = self.package.read(rel.target)
            if (moved := move_vml(data, aim)) != data or not original:
                self.changed[path] = moved
        elif not original:
            self.changed[path] = self.package.read(rel.target)
        self._copy_relations(rel.target, path, aim, original, None)
        return path

    def _keep(self, path: str, root: Element, original: bool) -> None:
        """A part that did not change after all is copied as it is."""
        if not original or etree.tostring(root) != etree.tostring(self.package.tree(path)):
            self.changed[path] = serialise(root)

    def _forget(self, path: str) -> None:
        """Drops a part, what hangs on it and no one shares, and their entries in the content types."""
        self.removed.add(path)
        for element in list(self._types):
            if (element.get("PartName") or "").casefold() == f"/{path}".casefold():
                self._types.remove(element)
        for rel in self.package.related(path):
            shared = rel.external or rel.kind.rpartition("/")[2] in _SHARED
            if not shared and rel.target in self.package and rel.target not in self.removed:
                self._forget(rel.target)
        if relationships_name(path) in self.package:
            self.removed.add(relationships_name(path))

    def _new_path(self, path: str) -> str:
        stem, extension = posixpath.splitext(path)
        stem = stem.rstrip("0123456789")
        number = 1
        while f"{stem}{number}{extension}".casefold() in self._paths:
            number += 1
        self._paths.add(f"{stem}{number}{extension}".casefold())
        return f"{stem}{number}{extension}"

    def _add_type(self, path: str, like: str) -> None:
        for element in self._types.iterfind(f"{_TYPES}Override"):
            if (element.get("PartName") or "").casefold() == f"/{like}".casefold():
                etree.SubElement(
                    self._types, element.tag, PartName=f"/{path}", ContentType=element.get("ContentType") or ""
                )
                return

    # ---- the workbook itself

    def finish(self, printer: Printer) -> None:
        """Everything but the sheets: the workbook, its relationships, content types, formats, properties."""
        root = self.package.tree(self.book.path)
        _list_sheets(root, self.placed)
        _move_names(root, self)
        for view in root.iterfind("{*}bookViews/{*}workbookView"):
            without(view, "firstSheet")
            view.set("activeTab", str(front(self.book, self.placed)))
        _always_calculate(root)
        self.changed[self.book.path] = serialise(root)
        self._relations()
        if self.book.chain:
            self._forget(self.book.chain)
        if printer.new_formats:
            self.changed[self.book.styles_path] = _with_formats(self.package.tree(self.book.styles_path), printer)
        self._properties(root)
        for element in self._types.iterfind(f"{_TYPES}Override"):
            if element.get("PartName") == f"/{self.book.path}":
                element.set("ContentType", _WORKBOOK)  # what comes of an .xltx is a workbook
        self.changed[CONTENT_TYPES] = serialise(self._types)

    def aim(self, placed: Placed) -> Aim:
        return Aim(Spot(placed.source.name, placed.filled.copy, 0, 0), self.copies)

    def _relations(self) -> None:
        name = relationships_name(self.book.path)
        root = self.package.tree(name)
        present = {placed.relation for placed in self.placed}
        gone = {sheet.relation for sheet in self.book.sheets} - present
        folder = posixpath.dirname(self.book.path)
        for element in list(root.iter(_REL)):
            if element.get("Id") in gone or (element.get("Type") or "").endswith("/calcChain"):
                root.remove(element)
        kind = next(rel.kind for rel in self.package.related(self.book.path) if rel.kind.endswith("/worksheet"))
        for placed in self.placed:
            if not placed.original:
                target = posixpath.relpath(placed.path, folder)
                etree.SubElement(root, _REL, Id=placed.relation, Type=kind, Target=target)
        self.changed[name] = serialise(root)

    def _properties(self, workbook: Element) -> None:
        """docProps/app.xml lists sheets and names; a wrong list is one that other programs believe."""
        path = next((rel.target for rel in self.package.related() if rel.kind.endswith("/extended-properties")), "")
        if path not in self.package:
            return
        root = self.package.tree(path)
        pairs, titles = root.find("{*}HeadingPairs"), root.find("{*}TitlesOfParts")
        if pairs is None or titles is None:
            return
        sheets = [placed.filled.copy.name for placed in self.placed]
        names = [_shown_name(element, sheets) for element in workbook.iterfind("{*}definedNames/{*}definedName")]
        labels = [e.text or "" for e in pairs.iter(f"{_VT}lpstr")]
        listed = [(labels[0] if labels else "Worksheets", sheets)]
        if len(labels) > 1 and any(names):
            listed.append((labels[1], [name for name in names if name]))
        _replace_titles(pairs, titles, listed)
        self.changed[path] = serialise(root)


def _list_sheets(root: Element, placed: Sequence[Placed]) -> None:
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


def _move_names(root: Element, assembly: Assembly) -> None:
    """Defined names are re-aimed; those of a sheet (print areas and titles) are made for each of its copies."""
    container = root.find("{*}definedNames")
    if container is None:
        return
    positions: dict[str, list[int]] = {}
    for index, placed in enumerate(assembly.placed):
        positions.setdefault(placed.source.name, []).append(index)
    nowhere = Aim(Spot("", assembly.placed[0].filled.copy, 0, 0), assembly.copies)
    for element in list(container):
        container.remove(element)
        if element.get("localSheetId") is None:
            element.text = nowhere.formula(element.text or "", True)
            container.append(element)
            continue
        for index in positions.get(assembly.book.sheets[int(element.get("localSheetId") or 0)].name, ()):
            entry = twin(container, element)
            entry.set("localSheetId", str(index))
            entry.text = assembly.aim(assembly.placed[index]).formula(element.text or "", True)
    if not len(container):
        root.remove(container)


def front(book: Book, placed: Sequence[Placed]) -> int:
    """The position of the sheet in front: the first copy of the template's, else the first that is visible."""
    view = book.package.tree(book.path).find("{*}bookViews/{*}workbookView")
    active = int(view.get("activeTab") or 0) if view is not None else 0
    wanted = book.sheets[min(active, len(book.sheets) - 1)]
    visible = (index for index, sheet in enumerate(placed) if sheet.source.visible)
    return next((index for index, sheet in enumerate(placed) if sheet.source is wanted), next(visible, 0))


def _always_calculate(root: Element) -> None:
    element = root.find("{*}calcPr")
    if element is None:
        namespace = etree.QName(root).namespace
        element = root.makeelement(f"{{{namespace}}}calcPr", {}, None)
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        anchor = next(child for name in before if (child := root.find(f"{{*}}{name}")) is not None)
        anchor.addnext(element)
    element.set("fullCalcOnLoad", "1")


def _with_formats(styles: Element, printer: Printer) -> bytes:
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


def _shown_name(element: Element, sheets: Sequence[str]) -> str:
    """A defined name as the properties list it; hidden ones are not listed."""
    if element.get("hidden") in ("1", "true"):
        return ""
    name = _BUILT_IN.sub(r"\1", element.get("name") or "")
    local = element.get("localSheetId")
    return name if local is None else f"{sheets[int(local)]}!{name}"


def _replace_titles(pairs: Element, titles: Element, listed: Sequence[tuple[str, Sequence[str]]]) -> None:
    for element in (*pairs, *titles):
        element.getparent().remove(element)
    vector = etree.SubElement(pairs, f"{_VT}vector", size=str(2 * len(listed)), baseType="variant")
    for label, names in listed:
        etree.SubElement(etree.SubElement(vector, f"{_VT}variant"), f"{_VT}lpstr").text = label
        etree.SubElement(etree.SubElement(vector, f"{_VT}variant"), f"{_VT}i4").text = str(len(names))
    every = [name for _, names in listed for name in names]
    vector = etree.SubElement(titles, f"{_VT}vector", size=str(len(every)), baseType="lpstr")
    for name in every:
        etree.SubElement(vector, f"{_VT}lpstr").text = name
