"""Template: a .docx or .xlsx opened once, filled any number of times."""

from __future__ import annotations

import itertools
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from reportgen.diagnostics import Diagnostic, Place, has_errors
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template import excel, word
from reportgen.template.engine.environment import Engine, Function
from reportgen.template.engine.names.instead import loops_of
from reportgen.template.engine.names.missing import Known, Missing, missing_names, missing_parts
from reportgen.template.engine.names.samples import misspelt
from reportgen.template.engine.names.unknown import silent
from reportgen.template.engine.run import LimitError, Run
from reportgen.template.engine.types import CompiledTemplate, Limits, Output, RenderResult, TemplateError
from reportgen.template.package import Package
from reportgen.template.package.guises import guise_of_part
from reportgen.template.suspicion import all_suspicious

Compiler = Callable[[Package, Engine, list[Diagnostic]], CompiledTemplate]
# Content type of the main part → what compiles such a package.
_COMPILERS: Mapping[str, Compiler] = {
    **dict.fromkeys(word.CONTENT_TYPES, word.compile_package),
    **dict.fromkeys(excel.CONTENT_TYPES, excel.compile_package),
}
# What a file's name promises.
_SUFFIXES: Mapping[str, Compiler] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), word.compile_package),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), excel.compile_package),
}


class Template:
    """A compiled template: immutable, picklable, safe to fill from several threads and processes."""

    def __init__(
        self,
        package: Package,
        filters: Mapping[str, Function] | None = None,
        functions: Mapping[str, Function] | None = None,
        names: Iterable[str] | None = None,
        limits: Limits | None = None,
        data: Mapping[str, object] | None = None,
    ) -> None:
        self._package = package
        self._arguments = (package, dict(filters or {}), dict(functions or {}), None, limits)
        self._engine = Engine(filters, functions, limits)
        faults: list[Diagnostic] = []
        self._document = _compiler(package)(package, self._engine, faults)
        self._noted = tuple(fault for fault in faults if not fault.is_error)
        known = data if names is None else names
        if known is not None:
            faults.extend(self.check(known))
        if has_errors(faults):
            faults.extend(self.warnings(known or ()))
            faults.extend(self._tried_on(data) if data is not None else ())
            raise TemplateError(self._in_reading_order(faults))

    @classmethod
    def load(
        cls,
        path: Path | str | BinaryIO,
        filters: Mapping[str, Function] | None = None,
        functions: Mapping[str, Function] | None = None,
        names: Iterable[str] | None = None,
        *,
        data: Mapping[str, object] | None = None,
        name: str | None = None,
        limits: Limits | None = None,
    ) -> Template:
        """Opens a .docx or .xlsx template; the content decides, and a name that promises the other is a fault.

        `filters` and `functions` are added to Jinja2's own. `names`, when given, are those the data will have (see
        `check`), so that unknown ones are reported together with the other faults. `data` is the data itself: the
        names, unless these are given, and what a faulty template is tried on, so that all of its faults are known at
        once. `name` is what diagnostics call the file. Raises TemplateError with every fault: syntax, unmatched blocks,
        unknown filters, unknown names.
        """
        return cls(Package.open(path, name), filters, functions, names, limits, data)

    def __reduce__(self) -> tuple[type[Template], tuple[object, ...]]:
        return (type(self), self._arguments)

    def names(self) -> frozenset[str]:
        """The top-level names the template reads from its data, over all parts."""
        reads = (read.name for program in self._document.programs for read in program.reads)
        return frozenset(reads) - frozenset(self._engine.globals)

    def check(self, known_names: Iterable[str]) -> tuple[Diagnostic, ...]:
        """The faults that show without filling: names the template reads that are not among `known_names`.

        A mapping shows what its names offer too: keys that its mappings lack, those in its lists included, are faults,
        also in branches that are not taken. It need not be the data, nor list all that it contains: whatever `in` says
        is known, and None stands for what nobody knows before there is data.
        """
        found = [item.fault for item in self._missing(known_names)]
        if isinstance(known_names, Mapping):
            found.extend(fault for program in self._document.programs for fault in misspelt(program, known_names))
        return tuple(dict.fromkeys(found))

    def warnings(self, names: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
        """What is likely a mistake and stops nothing, in reading order: text that looks like an unfinished tag (a
        single brace around one of `names`, a closer without opener), formulas that name no function or sheet."""
        suspicious = all_suspicious(self._document.texts, Known(names, self._engine.globals))
        return tuple(self._in_reading_order([*self._noted, *suspicious]))

    def render(
        self,
        context: Mapping[str, object],
        out: Path | str | BinaryIO,
        trace: bool = False,
        *,
        document_id: str = "000000",
        modified: date | None = None,
    ) -> RenderResult:
        """Fills the template with `context` and writes it to a path or binary file.

        With `trace` every value that has a source lies in a bookmark `_F_<document_id>_<number>` and is listed in the
        result. `modified` dates the zip entries. Raises TemplateError with every fault; then nothing is written.
        """
        run = self._run(context, trace, document_id)
        with _destination(out) as target, run.active():
            self._write(run, target, modified)
            if run.has_faults:
                raise TemplateError(self._in_reading_order(run.diagnostics))
        return RenderResult(run.printed, tuple(run.uncomputed), tuple(run.notices))

    @property
    def package(self) -> Package:
        """The file the template was made of."""
        return self._package

    @property
    def sheets(self) -> tuple[excel.SheetPlan, ...]:
        """The sheets of a workbook template, in order; none for a document."""
        return self._document.sheets if isinstance(self._document, excel.ExcelDocument) else ()

    def filled_sheets(self, context: Mapping[str, object]) -> tuple[excel.SheetPlan, ...]:
        """The sheets that filling a workbook gives; none for a document. Their rows are not filled for it.

        Raises TemplateError with the faults of their names and of the tags that repeat them.
        """
        if not isinstance(self._document, excel.ExcelDocument):
            return ()
        run = Run(context, limits=self._engine.limits)
        with run.active():
            sheets = self._document.filled_sheets(run)
        if run.has_faults:
            raise TemplateError(run.diagnostics)
        return sheets

    def _in_reading_order(self, faults: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Each fault once: by part as the document has them, then by paragraph or row, then as they were found."""
        programs = self._document.programs
        ranks = {_part(spot.place): program.rank for program in programs for spot in program.spots}
        return sorted(
            dict.fromkeys(faults),
            key=lambda item: (ranks.get(_part(item.place), len(programs)), item.place.paragraph or item.place.row or 0),
        )

    def faults(self, context: Mapping[str, object]) -> tuple[Diagnostic, ...]:
        """Every fault of filling the template with `context`, in reading order; nothing is made that only a file needs:
        the values of formulas, the compressed parts."""
        return tuple(self._in_reading_order(self._tried_on(context)))

    def _tried_on(self, context: Mapping[str, object]) -> tuple[Diagnostic, ...]:
        """The faults of filling, also of a template that has others already; what it prints goes nowhere."""
        run = self._run(context, trial=True)
        with run.active():
            self._write(run, None, None)
        return run.diagnostics

    def _run(
        self, context: Mapping[str, object], trace: bool = False, document_id: str = "000000", trial: bool = False
    ) -> Run:
        data = {name: value for name, value in context.items() if isinstance(name, str)}
        missing = self._missing(data)
        # Names that are missing become silent, so that the same run finds whatever else is wrong.
        data |= {item.name: silent() for item in missing}
        run = Run(data, trace=trace, document_id=document_id, limits=self._engine.limits, trial=trial)
        for item in missing:
            run.report(item.fault, item.order)
        for fault, order in missing_parts(self._document.programs, data):
            run.report(fault, order)
        return run

    def _missing(self, names: Iterable[str]) -> tuple[Missing, ...]:
        known = Known(names, self._engine.globals)
        programs = self._document.programs
        missing = missing_names(programs, known, lambda: loops_of(programs))
        return tuple(sorted(missing, key=lambda item: item.order))

    def _write(self, run: Run, target: BinaryIO | None, modified: date | None) -> None:
        """Without a target the parts are made and dropped."""
        try:
            output = self._document.render(run)
            written = _Metered(run)
            changed = {name: written.chunks(content) for name, content in output.changed.items()}
            if target is None:
                _made(changed.values(), output)
                return
            self._package.write(
                target, changed, output.removed, modified=modified, late=output.late, waiting=output.waiting
            )
        except LimitError as limit:
            run.report(limit.code.fill(Place(file=self._package.name), {"tag": "", **limit.values}))


class _Metered:
    """Counts the bytes of all parts against the bound. After a fault it lets none through: they go nowhere."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._size = 0

    def chunks(self, content: Iterable[bytes]) -> Iterator[bytes]:
        limit = self._run.limits.output
        for chunk in content:
            self._size += len(chunk)
            if self._size > limit:
                raise LimitError(codes.OUTPUT_TOO_LARGE, limit=limit // 1_000_000)
            if not self._run.has_faults:
                yield chunk


def _made(parts: Iterable[Iterable[bytes]], output: Output) -> None:
    """Makes all parts, as writing them would, for the faults that this finds."""
    for _ in itertools.chain.from_iterable(parts):
        pass
    if output.late:
        output.late()


def _part(place: Place) -> tuple[str | None, str | None]:
    return (place.sheet, place.part)


def _compiler(package: Package) -> Compiler:
    kind, place = package.content_type(package.main_part()), Place(file=package.name)
    if kind not in _COMPILERS:
        raise TemplateError([guise_of_part(kind).at(place)])
    compiler, suffix = _COMPILERS[kind], Path(package.name).suffix
    if _SUFFIXES.get(suffix.lower(), compiler) is not compiler:
        found = "Word 文档" if compiler is word.compile_package else "Excel 工作簿"
        raise TemplateError([codes.NAMED_OTHERWISE.at(place, suffix=suffix, found=found)])
    return compiler


@contextmanager
def _destination(out: Path | str | BinaryIO) -> Iterator[BinaryIO]:
    """A seekable file whose bytes reach `out` only when the block ends well; a path is replaced in one step."""
    if not isinstance(out, (str, Path)):
        with tempfile.SpooledTemporaryFile(max_size=50_000_000) as spool:
            yield cast(BinaryIO, spool)
            spool.seek(0)
            shutil.copyfileobj(spool, out)
        return
    path = Path(out)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
