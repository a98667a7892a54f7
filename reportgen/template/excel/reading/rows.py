"""The rows of a worksheet read as cells, their tags found (ECMA-376-1 §18.3.1.73)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.excel.formulas.expression import Expression, parse
from reportgen.template.excel.formulas.refs import Ref, reference
from reportgen.template.excel.grid import Cell, Element, Item, Kept, Mark, Row, StringRuns, Words, local, xml_of
from reportgen.template.excel.reading.tags import find_items
from reportgen.template.suspicion import has_braces
from reportgen.template.syntax import may_hold_tags

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_rows(
    sheet_data: Element,
    strings: Sequence[StringRuns],
    inline: Strings,
    place: Place,
    faults: list[Diagnostic],
    texts: list[tuple[str, Place]],
) -> list[Row]:
    """The rows of a sheetData element; `place` names file and sheet. Faults of single tags are added to `faults`, the
    text of cells with braces to `texts`."""
    reader = _Reader(strings, inline, place, faults, texts)
    return [reader.row(element) for element in sheet_data if local(element) == "row"]


def string_runs(element: Element) -> StringRuns:
    """The runs of an si or is element; phonetic hints are no text."""
    runs: list[tuple[str, str]] = []
    for child in element:
        if local(child) == "t":
            runs.append((_unescaped(child.text or ""), ""))
        elif local(child) == "r":
            text = "".join(_unescaped(t.text or "") for t in child if local(t) == "t")
            runs.append((text, "".join(xml_of(p) for p in child if local(p) == "rPr")))
    return runs


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _head(element: Element, without: frozenset[str]) -> str:
    """An element's attributes as XML; those of other namespaces are left out, none matters to what is printed."""
    attributes = ((str(name), str(value)) for name, value in element.items())
    kept = ((name, value) for name, value in attributes if name not in without and not name.startswith("{"))
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)


class _Reader:
    """Reads rows and cells; keeps the masters of shared formulas, and the row and column that come next."""

    def __init__(
        self,
        strings: Sequence[StringRuns],
        inline: Strings,
        place: Place,
        faults: list[Diagnostic],
        texts: list[tuple[str, Place]],
    ) -> None:
        self.strings, self.inline, self.place, self.faults, self.texts = strings, inline, place, faults, texts
        self.masters: dict[str, tuple[str, str]] = {}
        self.next_row = self.next_column = 1

    def row(self, element: Element) -> Row:
        number = int(element.get("r") or self.next_row)
        self.next_row, self.next_column = number + 1, 1
        cells = [self.cell(child, number) for child in element if local(child) == "c"]
        return Row(number, _head(element, frozenset({"r", "spans"})), cells)

    def cell(self, element: Element, row: int) -> Cell:
        address = element.get("r")
        column = column_index_from_string(coordinate_from_string(address)[0]) if address else self.next_column
        self.next_column = column + 1
        cell = Cell(column, row, _head(element, frozenset({"r", "s", "t", "vm"})), int(element.get("s") or 0))
        formula = next((child for child in element if local(child) == "f"), None)
        if formula is not None:
            self.formula(cell, formula)
            return cell
        runs = self.text(element)
        text = "".join(words for words, _ in runs)
        if has_braces(text):
            self.texts.append((text, self.at(cell)))
        if may_hold_tags(text):
            cell.runs = tuple(properties for _, properties in runs)
            cell.items = self.items(text, [words for words, _ in runs], cell)
        if not cell.items:
            cell.body = self.static(element, runs)
            cell.text = text or next((child.text or "" for child in element if local(child) == "v"), "")
        return cell

    def static(self, element: Element, runs: StringRuns) -> str:
        """What follows the address and the head of a cell without tags: its type and content."""
        kind = element.get("t")
        if kind == "inlineStr" and any(text for text, _ in runs):
            return f' t="s"><v>{self.inline.number([(properties, text) for text, properties in runs])}</v></c>'
        content = "".join(xml_of(child) for child in element)
        if not content or kind == "inlineStr":
            return "/>"
        return f' t="{kind}">{content}</c>' if kind else f">{content}</c>"

    def text(self, element: Element) -> StringRuns:
        kind = element.get("t")
        if kind == "s":
            value = next((child.text for child in element if local(child) == "v"), None)
            return self.strings[int(value)] if value else ()
        if kind == "inlineStr":
            return next((string_runs(child) for child in element if local(child) == "is"), ())
        return ()

    def at(self, cell: Cell) -> Place:
        return replace(self.place, row=cell.row, cell=f"{cell.letters}{cell.row}")

    def items(self, text: str, runs: Sequence[str], cell: Cell) -> list[Item]:
        items = find_items(text, runs, self.at(cell), self.faults)
        for mark in items:
            if isinstance(mark, Mark):
                self.check(mark)
        return items

    def check(self, mark: Mark) -> None:
        for inner in mark.inside if isinstance(mark, Kept) else ():
            if isinstance(inner, Mark):
                self.check(inner)
        tag, spot = mark.tag, mark.spot
        if tag.prefix in ("p", "r"):
            self.faults.append(excel_codes.WORD_ONLY.at(spot.place, text=spot.around, tag=tag.raw))

    def formula(self, cell: Cell, element: Element) -> None:
        kind, text = element.get("t"), element.text or ""
        address = f"{cell.letters}{cell.row}"
        if kind == "shared":
            text = self.shared_formula(element, text, address)
        elif kind == "array":
            array = reference(element.get("ref") or address)
            cell.array = array if isinstance(array, Ref) else None
        elif kind == "dataTable":
            self.faults.append(excel_codes.NOT_SUPPORTED.at(self.at(cell), what="模拟运算表"))
        if may_hold_tags(text) and '"' in text:
            items = self.quoted_items(text, cell)
            cell.quoted = any(isinstance(item, Mark) for item in items)
            cell.items = items if cell.quoted else []
        if cell.quoted:
            return
        try:
            cell.formula = parse(text)
        except (TokenizerError, IndexError):
            self.faults.append(excel_codes.BAD_FORMULA.at(self.at(cell), text="=" + text))
            cell.formula = Expression((text,), text)

    def quoted_items(self, formula: str, cell: Cell) -> list[Item]:
        """The tags in the quoted texts of a formula; elsewhere braces belong to the names of sheets."""
        items: list[Item] = []
        for index, part in enumerate(formula.split('"')):
            items.extend([Words('"')] if index else [])
            items.extend((self.items(part, [part], cell) if index % 2 else []) or [Words(part)])
        return items

    def shared_formula(self, element: Element, text: str, address: str) -> str:
        index = element.get("si") or ""
        if text:
            self.masters[index] = (text, address)
            return text
        master, origin = self.masters.get(index, ("", address))
        return str(Translator("=" + master, origin).translate_formula(address))[1:] if master else ""
