"""Filled sheets into parts: formulas re-aimed and computed, then written beside what stands around the rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Output
from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.elements import without
from reportgen.template.excel.around.surroundings import Surroundings
from reportgen.template.excel.cells import EMPTY, Content, escaped
from reportgen.template.excel.filling.fields import Filled, FormulaSlot
from reportgen.template.excel.filling.printer import Printer
from reportgen.template.excel.filling.strings import Strings
from reportgen.template.excel.formulas.compute import UNKNOWN, evaluate, screen
from reportgen.template.excel.formulas.refs import Spot
from reportgen.template.excel.formulas.rows import Copy, RowMap
from reportgen.template.excel.source import Source
from reportgen.template.excel.writing.assembly import Assembly
from reportgen.template.excel.writing.lists import Placed, front
from reportgen.template.package import parse, serialise

_NO_STRINGS = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
_AT_ONCE = 500  # chunks of rows written at a time
_QUOTED = re.compile(r'("[^"]*")')
# Parts that no formula reads: left out of the engine's copy.
_NOT_CALCULATED = re.compile(r"/(?:drawings|media|charts|printerSettings|embeddings|theme)/|comments|vmlDrawing")


@dataclass(frozen=True, slots=True)
class Solved:
    """A formula with its references final, and its value; EMPTY when it is not known."""

    text: str
    array: str
    value: Content


@dataclass(slots=True)
class _Page:
    """A sheet about to be written: its parts before and after the rows, its formulas in the order of their slots."""

    placed: Placed
    head: bytes
    tail: bytes
    formulas: list[tuple[str, str]]
    values: list[Content]

    def chunks(self, shown: Sequence[Solved]) -> Iterator[bytes]:
        yield self.head
        solved = iter(shown)
        pieces: list[str] = []
        for chunk in self.placed.filled.chunks:
            if isinstance(chunk, FormulaSlot):
                pieces.append(_formula_cell(chunk, next(solved)))
            else:
                pieces.append(chunk if isinstance(chunk, str) else chunk.text)
            if len(pieces) >= _AT_ONCE:
                yield "".join(pieces).encode()
                pieces.clear()
        yield "".join(pieces).encode()
        yield self.tail

    @property
    def slots(self) -> list[FormulaSlot]:
        return [chunk for chunk in self.placed.filled.chunks if isinstance(chunk, FormulaSlot)]


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
    _compute(pages, parts, source, removed, run)
    for page in pages:
        solved = [Solved(*formula, value) for formula, value in zip(page.formulas, page.values, strict=True)]
        parts[page.placed.path] = page.chunks(solved)
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


def _page(source: Source, assembly: Assembly, placed: Placed, run: Run) -> _Page | None:
    """Moves what hangs on and stands around a sheet; None for one that is copied as it is."""
    aim = assembly.aim(placed)
    renamed = assembly.follow(placed, aim)
    sheet = next(sheet for sheet in source.sheets if sheet.part is placed.source)
    if sheet.kept:
        return None
    filled = placed.filled
    root = parse(sheet.skeleton, placed.source.path, source.book.package.name)
    _select(root, assembly.placed.index(placed) == front(source.book, assembly.placed))
    head, tail = Surroundings(root, aim, filled.links, filled.texts, sheet.width).finish()
    formulas = [_aimed(chunk, aim, renamed, run) for chunk in filled.chunks if isinstance(chunk, FormulaSlot)]
    return _Page(placed, head, tail, formulas, [EMPTY] * len(formulas))


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


def _compute(
    pages: Sequence[_Page], parts: Mapping[str, Iterable[bytes]], source: Source, removed: frozenset[str], run: Run
) -> None:
    """Finds the values of all formulas; those that cannot be found are listed in the run."""
    known = screen(text for page in pages for text, _ in page.formulas)
    if not known:
        return
    package = _engine_package(pages, known, parts, source, removed)
    cells = [(page.placed.filled.copy.name, slot.row, slot.at) for page in pages for slot in page.slots]
    found = evaluate(package, cells)
    values = iter(zip(known, found, strict=True))
    for page in pages:
        for index, slot in enumerate(page.slots):
            computable, value = next(values)
            page.values[index] = value if computable and value is not None else slot.fallback
            if page.values[index] is EMPTY:
                run.uncomputed.append(Place(sheet=page.placed.filled.copy.name, row=slot.row, cell=slot.address))


def _engine_package(
    pages: Sequence[_Page],
    known: Sequence[bool],
    parts: Mapping[str, Iterable[bytes]],
    source: Source,
    removed: frozenset[str],
) -> bytes:
    """The workbook as it will be, without values, for the engine to read; stored, since nobody keeps it."""
    buffer = io.BytesIO()
    package = source.book.package
    flags = iter(known)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for page in pages:
            shown = [Solved(text if next(flags) else UNKNOWN, array, EMPTY) for text, array in page.formulas]
            archive.writestr(page.placed.path, b"".join(page.chunks(shown)))
        for name, chunks in parts.items():
            if not _NOT_CALCULATED.search(name):
                archive.writestr(name, b"".join(chunks))
        written = {*archive.namelist(), *removed}
        for name in package.names():
            if name not in written and not _NOT_CALCULATED.search(name):
                archive.writestr(name, package.read(name))
    return buffer.getvalue()


def _formula_cell(slot: FormulaSlot, solved: Solved) -> str:
    array = f' t="array" ref="{solved.array}"' if solved.array else ""
    kind = f' t="{solved.value.kind}"' if solved.value.kind not in ("", "n") else ""
    value = f"<v>{escaped(solved.value.text)}</v>" if solved.value.kind else ""
    formula = escaped(solved.text)
    return f'<c r="{slot.address}"{slot.cell.head}{kind}><f{array}>{formula}</f>{value}</c>'


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
