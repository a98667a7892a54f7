"""Filled sheets into parts: formulas re-aimed and computed, then written beside what stands around the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Output
from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.elements import without
from reportgen.template.excel.around.surroundings import Surroundings
from reportgen.template.excel.cells import EMPTY
from reportgen.template.excel.filling.filled.sheet import Filled, FormulaSlot
from reportgen.template.excel.filling.printer import Printer
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.excel.formulas.refs import Spot
from reportgen.template.excel.formulas.rows import Copy, RowMap
from reportgen.template.excel.source import Source
from reportgen.template.excel.writing.assembly import Assembly
from reportgen.template.excel.writing.lists import Placed, front
from reportgen.template.excel.writing.page import Page
from reportgen.template.excel.writing.values import find_values
from reportgen.template.package import parse, serialise

_NO_STRINGS = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
_QUOTED = re.compile(r'("[^"]*")')


def write(source: Source, printer: Printer, run: Run) -> Output:
    """The parts of the filled workbook. Reports to the run when no sheet would be left."""
    for number, sheet in enumerate(source.sheets):
        if sheet.kept:
            printer.sheets[number] = [Filled(Copy(sheet.part.name, RowMap.unmoved(sheet.source.layout.plan)))]
    if not any(copies and sheet.part.visible for sheet, copies in zip(source.sheets, printer.sheets, strict=True)):
        run.report(excel_codes.NO_SHEET_LEFT.at(Place(file=source.book.package.name)))
        return Output({})
    assembly = Assembly(source.book, printer)
    try:
        pages = [page for placed in assembly.placed if (page := _page(source, assembly, placed, run))]
        assembly.finish(printer)
    except FaultError as fault:  # of a formula outside the cells: a condition, a name, a chart
        run.report(fault.at(Place(file=source.book.package.name)))
    if run.has_faults:
        return Output({})
    parts: dict[str, Iterable[bytes]] = {name: (data,) for name, data in {**source.fixed, **assembly.changed}.items()}
    parts |= _filled_properties(source, printer)
    if source.book.strings_path or printer.strings:
        parts[assembly.strings_path] = SharedStrings(source, printer.strings)
    removed = frozenset(assembly.removed) - set(parts)
    if not run.trial:
        find_values(pages, parts, source, removed, run)
    parts |= {page.placed.path: page.chunks() for page in pages}
    return Output(parts, removed)


@dataclass(frozen=True, slots=True)
class SharedStrings:
    """The part of shared strings: the template's own, then those that filling added."""

    source: Source
    added: Strings

    def __iter__(self) -> Iterator[bytes]:
        head, tail = _around_strings(self.source)
        yield head
        yield from self.added.chunks()
        yield tail


def _around_strings(source: Source) -> tuple[bytes, bytes]:
    """The bytes before and after the place where strings are added."""
    book = source.book
    if not book.strings_path:
        return _NO_STRINGS, b"</sst>"
    root = parse(
        source.fixed.get(book.strings_path) or book.package.read(book.strings_path),
        book.strings_path,
        book.package.name,
    )
    for attribute in ("count", "uniqueCount"):
        without(root, attribute)
    root.text = root.text or "\n"  # so that the element has an end of its own
    whole = serialise(root)
    end = whole.rindex(b"</")
    return whole[:end], whole[end:]


def _page(source: Source, assembly: Assembly, placed: Placed, run: Run) -> Page | None:
    """Moves what hangs on and stands around a sheet; None for one that is copied as it is."""
    aim = assembly.aim(placed)
    renamed = assembly.follow(placed, aim)
    sheet = next(sheet for sheet in source.sheets if sheet.part is placed.source)
    if sheet.kept:
        return None
    filled = placed.filled
    root = parse(sheet.skeleton, placed.source.path, source.book.package.name)
    _select(root, placed is assembly.placed[front(source.book, assembly.placed)])
    head, tail = Surroundings(root, aim, filled.links, filled.texts, sheet.width).finish()
    formulas = [_aimed(slot, aim, renamed, run) for slot in filled.slots]
    return Page(placed, head, tail, formulas, [EMPTY] * len(formulas))


def _select(root: etree._Element, in_front: bool) -> None:
    for view in root.iter("{*}sheetView"):
        without(view, "tabSelected")
        if in_front:
            view.set("tabSelected", "1")


def _aimed(slot: FormulaSlot, aim: Aim, renamed: Mapping[str, str], run: Run) -> tuple[str, str]:
    """A formula with its references final, and the range it fills when it is an array's."""
    spot = Spot(aim.spot.sheet, aim.spot.copy, slot.cell.row, slot.row, slot.cell.column, slot.turn)
    try:
        text = slot.cell.expression.aim(spot, aim.copies)
    except FaultError as fault:
        place = Place(sheet=aim.spot.sheet, row=slot.cell.row, cell=f"{slot.cell.letters}{slot.cell.row}")
        run.report(fault.at(place, "=" + slot.cell.expression.text))
        return "", ""
    array = slot.cell.array.aim(spot, aim.copies) if slot.cell.array else ""
    return _with_tables(text, renamed) if renamed else text, array


def _with_tables(formula: str, renamed: Mapping[str, str]) -> str:
    """Structured references to the tables of a repeated sheet name the copy's own."""
    parts = _QUOTED.split(formula)
    for index in range(0, len(parts), 2):
        for old, new in renamed.items():
            parts[index] = re.sub(rf"(?<![\w.]){re.escape(old)}(?=\[)", new, parts[index])
    return "".join(parts)


def _filled_properties(source: Source, printer: Printer) -> dict[str, Iterable[bytes]]:
    path, filled = source.properties
    if not filled:
        return {}
    root = source.book.package.tree(path)
    for number, _ in filled:
        root[number].text = escaped_text(printer.captured.get(number, ""))
    return {path: (serialise(root),)}


def escaped_text(text: str) -> str:
    """Text that lxml takes: without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
