"""Excel templates: the same tags in cells, rows and sheets that repeat, formulas that follow."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic, Place
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.program import Program
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Output
from reportgen.template.excel.cells import Formula, Hyperlink
from reportgen.template.excel.fill import STATE, Printer
from reportgen.template.excel.parts.book import read_book
from reportgen.template.excel.parts.source import Source, items_of, property_items, read_source
from reportgen.template.excel.parts.writing import write
from reportgen.template.package import Package

__all__ = ["CONTENT_TYPES", "ExcelDocument", "Formula", "Hyperlink", "compile_package"]

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = (f"{_MAIN}.sheet.main+xml", f"{_MAIN}.template.main+xml")


def compile_package(package: Package, engine: Engine, faults: list[Diagnostic]) -> ExcelDocument:
    """Compiles a workbook. Every fault of a tag, a block or a formula is added to `faults`."""
    return ExcelDocument(engine, read_source(read_book(package), faults), faults)


class ExcelDocument:
    """A compiled .xlsx template. Immutable: a Printer of each run holds what changes."""

    def __init__(self, engine: Engine, source: Source, faults: list[Diagnostic]) -> None:
        self._source = source
        items = [*(items_of(sheet) for sheet in source.sheets), property_items(source)]
        self._programs = tuple(Program(engine, part, faults, rank) for rank, part in enumerate(items) if part)

    @property
    def programs(self) -> tuple[Program, ...]:
        return self._programs

    @property
    def texts(self) -> tuple[tuple[str, Place], ...]:
        return tuple(text for sheet in self._source.sheets for text in sheet.texts)

    def sheet_names(self, run: Run) -> tuple[str, ...]:
        """The names of the sheets that filling gives, hidden ones left out."""
        printer = self._fill(run)
        return tuple(
            name
            for sheet, copies in zip(self._source.sheets, printer.sheets, strict=True)
            if sheet.part.visible
            for name in ([sheet.part.name] if sheet.kept else [filled.copy.name for filled in copies])
        )

    def render(self, run: Run) -> Output:
        """The changed parts; none when there was a fault."""
        printer = self._fill(run)
        return Output({}) if run.has_faults else write(self._source, printer, run)

    def _fill(self, run: Run) -> Printer:
        source = self._source
        printer = Printer(len(source.sheets), source.book.formats, source.reserved)
        run.state[STATE] = printer
        for program in self._programs:
            for _ in program.stream(run):
                pass  # everything is printed through the printer
        return printer
