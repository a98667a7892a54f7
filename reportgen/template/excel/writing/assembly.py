"""The package around the sheets: read once, written with as many sheets as were filled (ECMA-376-1 §18.2)."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator

from lxml import etree

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as codes
from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.drawings import mover
from reportgen.template.excel.around.elements import without
from reportgen.template.excel.around.notes import move_vml
from reportgen.template.excel.around.tables import TableNames, move_table, overlapping
from reportgen.template.excel.book import Book
from reportgen.template.excel.filling.filled.sheet import Filled
from reportgen.template.excel.filling.printer import Printer
from reportgen.template.excel.formulas.refs import Copies
from reportgen.template.excel.writing.lists import (
    VT,
    Placed,
    always_calculate,
    front,
    list_sheets,
    move_names,
    replace_titles,
    shown_name,
    with_formats,
)
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
_NO_RELATIONS = f'<Relationships xmlns="{RELATIONSHIPS_NS[1:-1]}"/>'.encode()
_REL = f"{RELATIONSHIPS_NS}Relationship"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
# Parts that several sheets may share: nothing in them depends on a sheet.
_SHARED = frozenset({"image", "printerSettings", "theme", "hyperlink"})


class Assembly:
    """The parts that a filled workbook changes, adds and drops."""

    def __init__(self, book: Book, printer: Printer) -> None:
        self.book, self.package = book, book.package
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self._types = self.package.tree(CONTENT_TYPES)
        self._paths = {name.casefold() for name in self.package.names()}
        self._numbers: dict[str, Iterator[int]] = {}  # those to be tried in the names of new parts
        self._tables = TableNames.of(self.package)
        self.strings_path = book.strings_path or self._new_path(f"{posixpath.dirname(book.path)}/sharedStrings.xml")
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
        self._ranges: dict[str, str] = {}  # table → its range, on the sheet at hand
        self._copy_relations(placed.source.path, placed.path, aim, placed.original, placed.filled)
        if meeting := overlapping(self._ranges):
            raise FaultError(codes.TABLES_MEET, one=meeting[0], other=meeting[1])
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
            self._ranges[root.get("displayName") or ""] = root.get("ref") or ""
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
        """A path like `path` that no part has: with the next number, or as it is when it has none and is free."""
        stem, extension = posixpath.splitext(path)
        plain = stem.rstrip("0123456789")
        numbers = self._numbers.setdefault(f"{plain}{extension}".casefold(), itertools.count(1))
        candidates = itertools.chain([stem] if stem == plain else [], (f"{plain}{n}" for n in numbers))
        found = next(name for stem in candidates if (name := f"{stem}{extension}").casefold() not in self._paths)
        self._paths.add(found.casefold())
        return found

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
        list_sheets(root, self.placed)
        move_names(root, self.book, self.placed, self.copies)
        for view in root.iterfind("{*}bookViews/{*}workbookView"):
            without(view, "firstSheet")
            view.set("activeTab", str(front(self.book, self.placed)))
        always_calculate(root)
        self.changed[self.book.path] = serialise(root)
        self._relations(bool(printer.strings) and not self.book.strings_path)
        if self.book.chain:
            self._forget(self.book.chain)
        if printer.strings and not self.book.strings_path:
            etree.SubElement(self._types, f"{_TYPES}Override", PartName=f"/{self.strings_path}", ContentType=_STRINGS)
        if printer.new_formats:
            self.changed[self.book.styles_path] = with_formats(self.package.tree(self.book.styles_path), printer)
        self._properties(root)
        self._pivots()
        for element in self._types.iterfind(f"{_TYPES}Override"):
            if element.get("PartName") == f"/{self.book.path}":
                element.set("ContentType", _WORKBOOK)  # what comes of an .xltx is a workbook
        self.changed[CONTENT_TYPES] = serialise(self._types)

    def aim(self, placed: Placed) -> Aim:
        return placed.aim(self.copies)

    def _relations(self, with_strings: bool) -> None:
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
        if with_strings:
            target = posixpath.relpath(self.strings_path, folder)
            etree.SubElement(
                root, _REL, Id="rIdStrings", Type=kind.replace("worksheet", "sharedStrings"), Target=target
            )
        self.changed[name] = serialise(root)

    def _pivots(self) -> None:
        """Pivot tables read the rows that theirs became, and are computed anew when the workbook is opened."""
        titles = {sheet.name: sheet for sheet in self.book.sheets}
        for rel in self.package.related(self.book.path):
            if not rel.kind.endswith("/pivotCacheDefinition") or rel.target not in self.package:
                continue
            root = self.package.tree(rel.target)
            for source in root.iter("{*}worksheetSource"):
                sheet = titles.get(source.get("sheet") or "")
                placed = next((placed for placed in self.placed if placed.source is sheet), None)
                if placed is not None:
                    source.set("sheet", placed.filled.copy.name)
                    source.set("ref", self.aim(placed).rectangle(source.get("ref") or "") or "A1")
            root.set("refreshOnLoad", "1")
            self.changed[rel.target] = serialise(root)

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
        names = [shown_name(element, sheets) for element in workbook.iterfind("{*}definedNames/{*}definedName")]
        labels = [e.text or "" for e in pairs.iter(f"{VT}lpstr")]
        listed = [(labels[0] if labels else "Worksheets", sheets)]
        if len(labels) > 1 and any(names):
            listed.append((labels[1], [name for name in names if name]))
        replace_titles(pairs, titles, listed)
        self.changed[path] = serialise(root)
