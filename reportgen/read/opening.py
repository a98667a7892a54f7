"""A file that may be opened → calamine's workbook and the marks of the raw pass, one and the other for every sheet."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import chain
from xml.parsers import expat

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import read as codes
from reportgen.read.marks import SheetMarks
from reportgen.read.ods import scan_ods
from reportgen.read.preflight import BROKEN, Format, Source, damage
from reportgen.read.xls import EncryptedXlsError, scan_xls
from reportgen.read.xlsx import plain_package, scan_xlsx, xlsx_parts

# Bytes of blank rows from which on a copy without them is quicker than reading them.
_PADDED = 16 << 20
# What a package raises that is broken anywhere.
_UNREADABLE = (*BROKEN, LookupError, expat.ExpatError, etree.LxmlError)
_STDERR = 2
_FOR_PEOPLE = "填写说明"


@dataclass(frozen=True, slots=True)
class Scan:
    """What the raw pass found: marks by the sheet's name (.xlsx) or in the order of the tabs (.xls, .ods).

    `strange`: calamine must be given another package than this.
    """

    by_name: Mapping[str, SheetMarks] = field(default_factory=dict)
    in_order: Sequence[SheetMarks] = ()
    strange: bool = False

    def of(self, index: int, name: str) -> SheetMarks:
        if index < len(self.in_order):
            return self.in_order[index]
        return self.by_name.get(name) or SheetMarks()


def is_skipped(name: str) -> bool:
    """True for the sheets that are for people only."""
    return name.strip() == _FOR_PEOPLE or name.lstrip().startswith(("_", "#", "＃"))


def scan(source: Source) -> Scan:
    """The marks of every sheet that is read. Raises FaultError for a file that is broken or encrypted inside."""
    try:
        if source.compound is not None:
            return Scan(in_order=scan_xls(source.compound))
        assert source.archive is not None  # the other two formats are zipped
        if source.format is Format.ODS:
            return Scan(in_order=scan_ods(source.archive))
        parts = xlsx_parts(source.archive)
        wanted = {name: part for name, part in parts.sheets.items() if not is_skipped(name)}
        marks = {name: scan_xlsx(source.archive, part, parts.percent, parts.pictures) for name, part in wanted.items()}
        return Scan(marks, strange=parts.strange or any(sheet.in_utf16 for sheet in marks.values()))
    except EncryptedXlsError:
        raise FaultError(codes.ENCRYPTED, name=source.path.name) from None
    except _UNREADABLE as error:
        raise damage(source.path, error) from None


def opened(source: Source, scanned: Scan) -> CalamineWorkbook:
    """The workbook as calamine reads it: without the blank rows where there are very many, since it parses them all.

    Raises CalamineError; FaultError for a package that cannot be put in order.
    """
    blanks = {marks.part: marks.blanks for marks in scanned.by_name.values()}
    is_padded = sum(map(len, chain.from_iterable(blanks.values()))) > _PADDED
    try:
        if not (is_padded or scanned.strange):
            return CalamineWorkbook.from_filelike(io.BytesIO(source.data))
    except CalamineError:
        if source.format is not Format.XLSX:
            raise
    assert source.archive is not None  # .xlsx is zipped
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(plain_package(source.archive, blanks)))
    except _UNREADABLE as error:
        raise damage(source.path, error) from None


@contextmanager
def panics_as_faults(source: Source) -> Iterator[None]:
    """A panic inside calamine, which happens with broken .xls files, becomes the fault of a damaged file.

    It would write to the process's error output first, where a clerk should find no trace of it.
    """
    try:
        with _errors_unseen() if source.format is Format.XLS else nullcontext():
            yield
    except BaseException as error:
        # It comes as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise FaultError(codes.DAMAGED, name=source.path.name) from None


@contextmanager
def _errors_unseen() -> Iterator[None]:
    """The process's error output goes nowhere meanwhile; what has none (a program without a window) stays so."""
    try:
        kept = os.dup(_STDERR)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)
