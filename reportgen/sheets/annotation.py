"""`reportgen check --annotate`: a copy of the workbook with every faulty cell coloured and noted, and a list of all."""

from __future__ import annotations

import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.diagnostics import Diagnostic, Outcome, Place, Severity
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.machine import machine_fault
from reportgen.sheets.listing import RESULTS, write_listing

FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTICE: "FFDDEBF7"}
_AUTHOR = "reportgen"
_NOTE_WIDTH = 320  # pixels; about 24 Chinese characters a line
_LINE_HEIGHT = 20
_NOTE_LIMIT = 4000  # characters; Excel shows no more than a few screens of a note anyway


def annotate(path: Path, diagnostics: Sequence[Diagnostic], out: Path) -> Outcome[Path]:
    """Writes to `out` a copy of the workbook `path` that shows `diagnostics`; gives `out`.

    The copy never replaces the workbook itself nor any file that is not an earlier copy. Only .xlsx and .xlsm can be
    copied. What openpyxl does not keep (cached formula results, pictures inside WPS cells) is not in the copy, which
    is for reading beside the original.
    """
    fault = _refusal(path, out)
    if fault:
        return Outcome(None, (fault,))
    try:
        book = load_workbook(path, keep_vba=out.suffix.lower() == ".xlsm")
    except Exception:  # openpyxl raises whatever a strange file makes it stumble over
        return Outcome(None, (output.ANNOTATE_UNREADABLE.at(Place(file=path.name), path=path),))
    mine = [item for item in diagnostics if item.place.file in (None, path.name)]
    _mark_cells(book, mine)
    write_listing(book, path.name, diagnostics)
    try:
        _save(book, out)
    except OSError as error:
        return Outcome(None, (machine_fault(error, out),))
    return Outcome(out)


def _refusal(path: Path, out: Path) -> Diagnostic | None:
    place = Place(file=path.name)
    if out.resolve() == path.resolve() or (out.exists() and out.samefile(path)):
        return output.ANNOTATE_SAME_FILE.at(place, path=out, advice=f"{path.stem}-检查{path.suffix}")
    if not _is_ooxml(path):
        return output.ANNOTATE_FORMAT.at(place, path=path)
    if out.suffix.lower() not in (".xlsx", path.suffix.lower()):
        return output.ANNOTATE_FORMAT.at(Place(file=out.name), path=out, suggestion="副本的名字以 .xlsx 结尾。")
    if out.exists() and not _is_earlier_copy(out):
        return output.ANNOTATE_OVERWRITE.at(place, path=out)
    return None


def _is_ooxml(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm") and zipfile.is_zipfile(path)


def _is_earlier_copy(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return RESULTS.encode() in package.read("xl/workbook.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _mark_cells(book: Workbook, diagnostics: Iterable[Diagnostic]) -> None:
    faults: defaultdict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        if item.place.sheet and item.place.cell:
            faults[item.place.sheet, item.place.cell].append(item)
    for (name, address), items in faults.items():
        sheet = book[name] if name in book.sheetnames else None
        if isinstance(sheet, Worksheet):
            _mark(_holder(sheet, address), items)


def _holder(sheet: Worksheet, address: str) -> Cell:
    """The cell itself, or the first of the merged range it lies in: only that one can carry a note."""
    around = next((merged for merged in sheet.merged_cells.ranges if address in merged), None)
    cell: Cell = sheet[f"{get_column_letter(around.min_col)}{around.min_row}" if around else address]
    return cell


def _mark(cell: Cell, items: Sequence[Diagnostic]) -> None:
    worst = min(items, key=lambda item: list(FILLS).index(item.severity)).severity
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    notes = [cell.comment.text] if cell.comment else []
    notes += [f"【{item.severity.label} {item.code}】{item.message}\n建议：{item.suggestion}" for item in items]
    text = ILLEGAL_CHARACTERS_RE.sub("", "\n".join(notes))[:_NOTE_LIMIT]
    lines = sum(1 + len(line) // 24 for line in text.splitlines())
    cell.comment = Comment(text, _AUTHOR, width=_NOTE_WIDTH, height=_LINE_HEIGHT * (lines + 1))


def _save(book: Workbook, out: Path) -> None:
    """Into a temporary file of the same folder, then into place: a copy is whole or not there."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{uuid.uuid4().hex}{out.suffix}")
    try:
        book.save(draft)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
