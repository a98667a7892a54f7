"""What stands around the rows of a worksheet, moved and grown with them (ECMA-376-1 §18.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError

from reportgen.template.excel.formulas.refs import Copies, Ref, Spot, parse, quoted, reference
from reportgen.template.excel.formulas.rows import MAX_ROW, WHOLE, RowMap

Element = etree._Element
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"

# The elements of a worksheet in the order that the schema wants (CT_Worksheet).
_ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_PLACE = {name: number for number, name in enumerate(_ORDER)}
# Elements whose sqref names the cells they apply to.
_APPLIED = ("conditionalFormatting", "protectedRange", "ignoredError")


@dataclass(frozen=True, slots=True)
class Link:
    """A link printed into a cell: the id of its relationship (empty for a place in the workbook), place and tip."""

    address: str
    relationship: str
    place: str
    tip: str


@dataclass(frozen=True, slots=True)
class Aim:
    """How references are read on one copy of a sheet: where the copy is, and where the others are."""

    spot: Spot
    copies: Copies

    @property
    def rows(self) -> RowMap:
        return self.spot.copy.rows

    def at(self, template_row: int, row: int) -> Aim:
        return Aim(Spot(self.spot.sheet, self.spot.copy, template_row, row), self.copies)

    def formula(self, text: str, grows: bool = False) -> str:
        """A formula without leading =, re-aimed; one that cannot be read stays as it is.

        With `grows` a lone reference to a cell becomes the range of all that the cell became: what a name, a drop-down
        or a chart's series wants.
        """
        try:
            return parse(text, "ROWS" if grows else "").aim(self.spot, self.copies)
        except (TokenizerError, IndexError):
            return text

    def areas(self, sqref: str) -> list[str]:
        """Every cell that the cells of a space-separated list of ranges became, as ranges."""
        found: list[str] = []
        for text in sqref.split():
            ref = reference(text)
            if isinstance(ref, Ref):
                found.extend(_area(ref, first, last) for first, last in self.rows.runs(ref.row, ref.to_row))
            else:
                found.append(text)
        return found

    def rectangle(self, text: str) -> str | None:
        """The one range from the first to the last row of a range; None when no row is left."""
        ref = reference(text)
        if not isinstance(ref, Ref):
            return text
        first, last = self.rows.first(ref.row, ref.to_row, WHOLE), self.rows.last(ref.row, ref.to_row, WHOLE)
        return None if first is None or last is None else _area(ref, first, last)

    def turns(self, text: str) -> Iterator[str]:
        """A range once per turn of the `for` that holds all of it (merged cells)."""
        ref = reference(text)
        if not isinstance(ref, Ref):
            yield text
            return
        for turn in self.rows.turns(self.rows.plan.scope(ref.row, ref.to_row)):
            first, last = self.rows.first(ref.row, ref.to_row, turn), self.rows.last(ref.row, ref.to_row, turn)
            if first is not None and last is not None:
                yield _area(ref, first, last)

    def top(self, sqref: str) -> Aim:
        """As seen from the first cell of a list of ranges, whence the formulas of a condition are written."""
        ref = reference(sqref.split()[0]) if sqref.strip() else None
        if not isinstance(ref, Ref):
            return self
        return self.at(ref.row, self.rows.first(ref.row, ref.to_row, WHOLE) or self.rows.blank())


def _area(ref: Ref, first: int, last: int) -> str:
    start, end = f"{ref.column}{first}", f"{ref.to_column}{last}"
    return start if start == end else f"{start}:{end}"


@dataclass(slots=True)
class Surroundings:
    """A worksheet without its rows, ready to be moved: `links` and `texts` come from the filled rows."""

    root: Element
    aim: Aim
    links: Sequence[Link] = ()
    texts: dict[int, str] = field(default_factory=dict)
    width: str = "A"

    def finish(self) -> tuple[bytes, bytes]:
        """The part's bytes before and after the content of sheetData."""
        for step in (
            self._dimension, self._views, self._filter, self._merges, self._applied, self._validations,
            self._hyperlinks, self._breaks, self._extensions, self._header_footer,
        ):  # fmt: skip
            step()
        data = self._find("sheetData")
        assert data is not None
        data.text = "\n"
        whole = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        mark = whole.index(b"<sheetData")
        open_end, close = whole.index(b">", mark) + 1, whole.index(b"</sheetData>", mark)
        return whole[:open_end], whole[close:]

    def _find(self, name: str) -> Element | None:
        return self.root.find(f"{{*}}{name}")

    def _all(self, *names: str) -> list[Element]:
        return [element for name in names for element in self.root.iter(f"{{*}}{name}")]

    def _drop(self, element: Element) -> None:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            if not len(parent) and parent.getparent() is not None:
                self._drop(parent)
            elif parent.get("count"):
                parent.set("count", str(len(parent)))

    def _dimension(self) -> None:
        element = self._find("dimension")
        if element is not None:
            last = max(self.aim.rows.at, 1)
            element.set("ref", "A1" if (self.width, last) == ("A", 1) else f"A1:{self.width}{last}")

    def _views(self) -> None:
        for view in self._all("sheetView"):
            without(view, "topLeftCell")
            for pane in view.iterfind("{*}pane"):
                self._pane(pane)
            for selection in view.iterfind("{*}selection"):
                self._selection(selection)

    def _pane(self, pane: Element) -> None:
        """A frozen pane keeps the same rows above it, however many they have become."""
        split = int(float(pane.get("ySplit") or 0))
        if split and (pane.get("state") or "").startswith("frozen"):
            below = self.aim.rows.first(split + 1, MAX_ROW, WHOLE) or self.aim.rows.blank()
            pane.set("ySplit", str(below - 1))
            if below == 1:
                without(pane, "ySplit")
            corner = reference(pane.get("topLeftCell") or "A1")
            pane.set("topLeftCell", f"{corner.column if isinstance(corner, Ref) else 'A'}{below}")

    def _selection(self, selection: Element) -> None:
        cell = self.aim.rectangle(selection.get("activeCell") or "A1") or "A1"
        cell = cell.split(":")[0]
        selection.set("activeCell", cell)
        selection.set("sqref", cell)
        without(selection, "activeCellId")

    def _filter(self) -> None:
        for element in self._all("autoFilter", "sortState", "sortCondition"):
            ref = self.aim.rectangle(element.get("ref") or "")
            if ref is None:
                self._drop(element)
            else:
                element.set("ref", ref)

    def _merges(self) -> None:
        container = self._find("mergeCells")
        if container is None:
            return
        for element in list(container):
            for ref in self.aim.turns(element.get("ref") or ""):
                if ":" in ref:
                    etree.SubElement(container, element.tag, ref=ref)
            container.remove(element)
        container.set("count", str(len(container)))
        if not len(container):
            self._drop(container)

    def _applied(self) -> None:
        for element in self._all(*_APPLIED):
            if element.get("sqref") is None:
                continue  # an extension: its cells are an element of its own
            seen = self.aim.top(element.get("sqref") or "")
            if self._place(element, "sqref"):
                for formula in element.iter("{*}formula"):
                    formula.text = seen.formula(formula.text or "")

    def _validations(self) -> None:
        for element in self._all("dataValidation"):
            if element.get("sqref") is None:
                continue  # an extension: its cells are an element of its own
            seen = self.aim.top(element.get("sqref") or "")
            if self._place(element, "sqref"):
                for formula in element.iter("{*}formula1", "{*}formula2"):
                    formula.text = seen.formula(formula.text or "", element.get("type") == "list")

    def _place(self, element: Element, attribute: str) -> bool:
        areas = self.aim.areas(element.get(attribute) or "")
        if areas:
            element.set(attribute, " ".join(areas))
        else:
            self._drop(element)
        return bool(areas)

    def _hyperlinks(self) -> None:
        container = self._find("hyperlinks")
        if container is None and self.links:
            container = self._insert("hyperlinks")
        if container is None:
            return
        for element in list(container):
            for area in self.aim.areas(element.get("ref") or ""):
                copy = twin(container, element)
                copy.set("ref", area)
                if element.get("location"):
                    copy.set("location", self.aim.formula(element.get("location") or ""))
            container.remove(element)
        for link in self.links:
            self._link(container, link)
        if not len(container):
            self._drop(container)

    def _link(self, container: Element, link: Link) -> None:
        element = etree.SubElement(container, container.tag.replace("hyperlinks", "hyperlink"), ref=link.address)
        if link.relationship:
            element.set(R_ID, link.relationship)
        if link.place:
            sheet, bang, cell = link.place.rpartition("!")
            element.set("location", f"{quoted(sheet)}!{cell}" if bang and not sheet.startswith("'") else link.place)
        if link.tip:
            element.set("tooltip", link.tip)

    def _insert(self, name: str) -> Element:
        """A new child of the worksheet where the schema wants it."""
        namespace = etree.QName(self.root).namespace
        element = self.root.makeelement(f"{{{namespace}}}{name}", nsmap={"r": R_ID[1:].partition("}")[0]})
        index = next(
            (i for i, child in enumerate(self.root) if _PLACE.get(_local(child), -1) > _PLACE[name]), len(self.root)
        )
        self.root.insert(index, element)
        return element

    def _breaks(self) -> None:
        """A page break below a template row comes below every row that it became."""
        container = self._find("rowBreaks")
        if container is None:
            return
        for element in list(container):
            row = int(element.get("id") or 0)
            for _, last in [(n, n) for low, high in self.aim.rows.runs(row, row) for n in range(low, high + 1)]:
                copy = twin(container, element)
                copy.set("id", str(last))
            container.remove(element)
        container.set("count", str(len(container)))
        container.set("manualBreakCount", str(sum(1 for e in container if e.get("man") in ("1", "true"))))
        if not len(container):
            self._drop(container)

    def _extensions(self) -> None:
        """Newer conditional formats, drop-downs and sparklines: cells and formulas are elements of their own."""
        for cells in list(self.root.iter(f"{XM}sqref")):
            holder = cells.getparent()
            if holder is None:
                continue
            if _local(holder) == "sparkline":
                self._sparklines(holder, cells.text or "")
                continue
            seen, areas = self.aim.top(cells.text or ""), self.aim.areas(cells.text or "")
            if not areas:
                self._drop(holder)
                continue
            for formula in holder.iter(f"{XM}f"):
                formula.text = seen.formula(formula.text or "")
            cells.text = " ".join(areas)

    def _sparklines(self, model: Element, cell: str) -> None:
        """A sparkline has a cell of its own: one for each row that its row became."""
        ref, parent = reference(cell), model.getparent()
        if not isinstance(ref, Ref) or parent is None:
            return
        for row in (row for low, high in self.aim.rows.runs(ref.row, ref.to_row) for row in range(low, high + 1)):
            line = deepcopy(model)
            for element in line.iter(f"{XM}f"):
                element.text = self.aim.at(ref.row, row).formula(element.text or "")
            for element in line.iter(f"{XM}sqref"):
                element.text = f"{ref.column}{row}"
            model.addprevious(line)
        self._drop(model)

    def _header_footer(self) -> None:
        for index, element in enumerate(header_footer_texts(self.root)):
            if index in self.texts:
                element.text = self.texts[index]


def twin(parent: Element, element: Element) -> Element:
    """An element of the same name and attributes, put last into `parent`."""
    return etree.SubElement(parent, element.tag, {str(name): str(value) for name, value in element.items()})


def without(element: Element, attribute: str) -> None:
    """Takes an attribute away if it is there."""
    if element.get(attribute) is not None:
        del element.attrib[attribute]


def header_footer_texts(root: Element) -> list[Element]:
    """The elements that hold the texts of a sheet's headers and footers, in order."""
    return [element for element in root.iterfind("{*}headerFooter/*") if isinstance(element.tag, str)]


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
