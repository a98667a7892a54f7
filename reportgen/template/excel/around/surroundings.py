"""What stands around the rows of a worksheet, moved and grown with them (ECMA-376-1 §18.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.elements import drop, span, twin, without
from reportgen.template.excel.around.extensions import move_extensions
from reportgen.template.excel.filling.filled.sheet import Link
from reportgen.template.excel.formulas.refs import Ref, quoted, reference
from reportgen.template.excel.formulas.rows import MAX_ROW, WHOLE
from reportgen.template.excel.grid import local

Element = etree._Element
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
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
            self._dimension, self._columns, self._views, self._filter, self._merges, self._applied, self._watched,
            self._validations,            self._hyperlinks, self._breaks, self._header_footer,
        ):  # fmt: skip
            step()
        move_extensions(self.root, self.aim)
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

    def _dimension(self) -> None:
        element = self._find("dimension")
        if element is not None:
            last = max(self.aim.rows.at, 1)
            width = self.aim.columns.letters(self.width, self.width)[1]
            element.set("ref", "A1" if (width, last) == ("A", 1) else f"A1:{width}{last}")

    def _columns(self) -> None:
        """The widths of columns that repeat, and of those that they push aside."""
        container = self._find("cols")
        columns = self.aim.columns
        if container is None or not columns.blocks:
            return
        for element in list(container):
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            for column in range(first, min(last, columns.width) + 1):
                for place in columns.places(column):
                    span(twin(container, element), place, place)
            if last > columns.width:
                span(twin(container, element), *columns.span(max(first, columns.width + 1), last))
            container.remove(element)
        container[:] = sorted(container, key=lambda element: int(element.get("min") or 1))
        if not len(container):
            drop(container)

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
            column = corner.column if isinstance(corner, Ref) else "A"
            pane.set("topLeftCell", f"{self.aim.columns.letters(column, column)[0]}{below}")
        aside = int(float(pane.get("xSplit") or 0))
        if aside and self.aim.columns.blocks and (pane.get("state") or "").startswith("frozen"):
            pane.set("xSplit", str(self.aim.column(aside + 1) - 1))

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
                drop(element)
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
            drop(container)

    def _applied(self) -> None:
        for element in self._all(*_APPLIED):
            if element.get("sqref") is None:
                continue  # an extension: its cells are an element of its own
            seen = self.aim.top(element.get("sqref") or "")
            if self._place(element, "sqref"):
                for formula in element.iter("{*}formula"):
                    formula.text = seen.formula(formula.text or "")

    def _watched(self) -> None:
        """Cells that somebody watches or that a scenario sets: the first of those that they became."""
        for element in self._all("cellWatch", "inputCells"):
            moved = self.aim.rectangle(element.get("r") or "")
            if moved is None:
                drop(element)
            else:
                element.set("r", moved.split(":")[0])

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
            drop(element)
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
            drop(container)

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
            (i for i, child in enumerate(self.root) if _PLACE.get(local(child), -1) > _PLACE[name]), len(self.root)
        )
        self.root.insert(index, element)
        return element

    def _breaks(self) -> None:
        """A page break below a template row comes below every row that it became; so for columns."""
        rows, columns = self._find("rowBreaks"), self._find("colBreaks")
        if rows is not None:
            self._spread(
                rows, lambda row: [n for low, high in self.aim.rows.runs(row, row) for n in range(low, high + 1)]
            )
        if columns is not None and self.aim.columns.blocks:
            self._spread(columns, self.aim.columns.places)

    @staticmethod
    def _spread(container: Element, places: Callable[[int], Iterable[int]]) -> None:
        for element in list(container):
            for place in places(int(element.get("id") or 0)):
                copy = twin(container, element)
                copy.set("id", str(place))
            container.remove(element)
        container.set("count", str(len(container)))
        container.set("manualBreakCount", str(sum(1 for e in container if e.get("man") in ("1", "true"))))
        if not len(container):
            drop(container)

    def _header_footer(self) -> None:
        for index, element in enumerate(header_footer_texts(self.root)):
            if index in self.texts:
                element.text = self.texts[index]


def header_footer_texts(root: Element) -> list[Element]:
    """The elements that hold the texts of a sheet's headers and footers, in order."""
    return [element for element in root.iterfind("{*}headerFooter/*") if isinstance(element.tag, str)]
