"""The values of formulas that read more than their own row: computed once every row is printed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from openpyxl.utils.cell import get_column_letter

from reportgen.diagnostics import Place
from reportgen.template.engine.run import Run
from reportgen.template.excel.cells import EMPTY
from reportgen.template.excel.formulas.compute import UNKNOWN, evaluate, screen
from reportgen.template.excel.formulas.reach import ALL, Columns, columns_read
from reportgen.template.excel.source import Source
from reportgen.template.excel.writing.page import Page

# Parts that no formula reads: left out of the engine's copy.
_NOT_CALCULATED = re.compile(r"/(?:drawings|media|charts|printerSettings|embeddings|theme)/|comments|vmlDrawing")
# In rows that filling has printed: a formula that is computed already, with its value if there is one.
_COMPUTED = re.compile(rb"<f>[^<]*</f>(<v>)?")
_UNKNOWN = f"<f>{UNKNOWN}</f>".encode()


def find_values(
    pages: Sequence[Page], parts: Mapping[str, Iterable[bytes]], source: Source, removed: frozenset[str], run: Run
) -> None:
    """Finds the values of all formulas; those that cannot be found are listed in the run."""
    known = screen(text for page in pages for text, _ in page.formulas)
    if known:
        package = _engine_package(pages, known, parts, source, removed)
        cells = [(page.name, slot.row, slot.at) for page in pages for slot in page.slots]
        found = evaluate(package, cells, source.book.formats.date1904)
        values = iter(zip(known, found, strict=True))
        for page in pages:
            for index, slot in enumerate(page.slots):
                computable, value = next(values)
                page.values[index] = value if computable and value is not None else slot.fallback
    for page in pages:
        run.uncomputed += _without_value(page)


def _without_value(page: Page) -> Iterator[Place]:
    """The cells of a page whose formulas have no value, in the order of its rows."""
    slots = zip(page.slots, page.values, strict=True)
    found = [*page.placed.filled.uncomputed, *((slot.row, slot.at) for slot, value in slots if value is EMPTY)]
    for row, column in sorted(found):
        yield Place(sheet=page.name, row=row, cell=f"{get_column_letter(column)}{row}")


def _engine_package(
    pages: Sequence[Page],
    known: Sequence[bool],
    parts: Mapping[str, Iterable[bytes]],
    source: Source,
    removed: frozenset[str],
) -> bytes:
    """The workbook as it will be, without values, for the engine to read; stored, since nobody keeps it.

    Of the rows it holds only the columns that the formulas read: the others would cost most of the memory.
    """
    buffer = io.BytesIO()
    package = source.book.package
    flags = iter(known)
    read = columns_read((page.placed.source.name, slot.cell.expression) for page in pages for slot in page.slots)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for page in pages:
            formulas = [(text if next(flags) else UNKNOWN, array) for text, array in page.formulas]
            with archive.open(page.placed.path, "w") as part:
                part.writelines(page.copied(_reduced(page, read), formulas))
        for name, chunks in parts.items():
            if not _NOT_CALCULATED.search(name):
                archive.writestr(name, b"".join(chunks))
        written = {*archive.namelist(), *removed}
        for name in package.names():
            if name not in written and not _NOT_CALCULATED.search(name):
                archive.writestr(name, package.read(name))
    return buffer.getvalue()


def _reduced(page: Page, read: Mapping[str, Columns] | None) -> Callable[[bytes], bytes]:
    """What makes of printed rows what the engine is to see: the cells that are read, computed ones as values."""
    copy = page.placed.filled.copy
    columns = ALL if read is None or copy.columns.blocks else read.get(page.placed.source.name.casefold(), frozenset())
    letters = "|".join(get_column_letter(column) for column in sorted(columns if columns != ALL else ()))
    # The rows are of this engine's own making: every cell begins with its address, and no text in it holds a tag.
    unread = re.compile(rf'(?:<c r="(?!(?:{letters})\d)[A-Z]+\d+"[^>]*>(?:(?<=/>)|.*?</c>))+'.encode(), re.DOTALL)

    def reduce(block: bytes) -> bytes:
        kept = block if columns == ALL else unread.sub(b"", block)
        return _COMPUTED.sub(lambda found: found[1] or _UNKNOWN, kept)

    return reduce
