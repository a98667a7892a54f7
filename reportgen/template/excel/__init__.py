"""Excel templates: the same tags in cells, rows and sheets that repeat, formulas that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as codes
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.program import Program
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Output
from reportgen.template.excel.book import read_book
from reportgen.template.excel.cells import Formula, Hyperlink
from reportgen.template.excel.filling.batches.rewrite import rewrite
from reportgen.template.excel.filling.columns import Columns
from reportgen.template.excel.filling.filled.paper import Paper
from reportgen.template.excel.filling.printer import STATE, Printer
from reportgen.template.excel.filling.program import name_items
from reportgen.template.excel.reading.source import read_source
from reportgen.template.excel.source import Source, items_of, property_items
from reportgen.template.excel.writing.pages import write
from reportgen.template.package import Package
from reportgen.template.syntax import Kind

__all__ = ["CONTENT_TYPES", "ExcelDocument", "Formula", "Hyperlink", "SheetPlan", "compile_package"]

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MACROS = tuple(f"application/vnd.ms-excel.{kind}.macroEnabled.main+xml" for kind in ("sheet", "template"))
CONTENT_TYPES = (f"{_MAIN}.sheet.main+xml", f"{_MAIN}.template.main+xml", *_MACROS)


def compile_package(package: Package, engine: Engine, faults: list[Diagnostic]) -> ExcelDocument:
    """Compiles a workbook. Every fault of a tag, a block or a formula is added to `faults`."""
    if package.content_type(package.main_part()) in _MACROS:
        faults.append(codes.MACROS.at(Place(file=package.name)))
    return ExcelDocument(engine, read_source(read_book(package), faults), faults)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: its name, whether users see it, the top-level names that its `for` tags go over, and whether it holds
    nothing that could be printed."""

    name: str
    visible: bool
    lists: frozenset[str]
    is_empty: bool = False


class ExcelDocument:
    """A compiled .xlsx template. Immutable: a Printer of each run holds what changes."""

    def __init__(self, engine: Engine, source: Source, faults: list[Diagnostic]) -> None:
        self._source = source
        items = [*(items_of(sheet) for sheet in source.sheets), property_items(source)]
        names = [item for sheet in source.sheets if not sheet.kept for item in name_items(sheet.source)]
        self._names = (Program(engine, names, [], len(items)),)
        self._programs = tuple(Program(engine, part, faults, rank, rewrite) for rank, part in enumerate(items) if part)

    @property
    def programs(self) -> tuple[Program, ...]:
        return self._programs

    @property
    def texts(self) -> tuple[tuple[str, Place], ...]:
        return tuple(text for sheet in self._source.sheets for text in sheet.texts)

    @property
    def sheets(self) -> tuple[SheetPlan, ...]:
        """The template's own sheets."""
        lists: dict[int, set[str]] = {}
        for program in self._programs:
            for read in program.reads:
                if read.spot.tag.kind is Kind.CONTROL and read.spot.tag.word == "for":
                    lists.setdefault(program.rank, set()).add(read.name)
        return tuple(
            SheetPlan(sheet.part.name, sheet.part.visible, frozenset(lists.get(number, ())), sheet.is_empty)
            for number, sheet in enumerate(self._source.sheets)
        )

    def filled_sheets(self, run: Run) -> tuple[SheetPlan, ...]:
        """The sheets that filling gives, in order; only their names are made."""
        printer = self._fill(run, self._names)
        return tuple(
            replace(plan, name=name)
            for plan, sheet, copies in zip(self.sheets, self._source.sheets, printer.sheets, strict=True)
            for name in ([plan.name] if sheet.kept else [filled.copy.name for filled in copies])
        )

    def render(self, run: Run) -> Output:
        """The changed parts; none when there was a fault."""
        printer = self._fill(run, self._programs)
        return Output({}) if run.has_faults else write(self._source, printer, run)

    def _fill(self, run: Run, programs: Sequence[Program]) -> Printer:
        shapes = self._source.columns
        counting = Columns(shapes)
        trace, run.trace = run.trace, False
        self._filled(run, [program for program in programs if program.rank in shapes], counting)
        run.trace = trace
        if run.has_faults:  # those of the other sheets shall be told too
            programs = [program for program in programs if program.rank not in shapes]
        return self._filled(run, programs, Columns(shapes, counting.counts))

    def _filled(self, run: Run, programs: Sequence[Program], columns: Columns) -> Printer:
        source = self._source
        paper = Paper(run.left, source.book.formats.date1904, computes=not run.trial)
        strings, sheets = source.strings.copy(run.limits.output), len(source.sheets)
        printer = Printer(sheets, source.book.formats, source.reserved, strings, columns, paper)
        run.state[STATE] = printer
        for program in programs:
            for _ in program.stream(run):
                pass  # everything is printed through the printer
        return printer
