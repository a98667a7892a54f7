"""Workbook → Dataset: typed, frozen records, or every fault of the data in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reportgen.diagnostics import Diagnostic, Outcome, Place, has_errors, nearest
from reportgen.diagnostics.catalogue.validate import cells as cell_codes
from reportgen.diagnostics.catalogue.validate import sheets as sheet_codes
from reportgen.model.cells import Sheet, Workbook
from reportgen.model.records import Dataset, Masthead, Record
from reportgen.model.schema import DATA_SHEETS, LISTS, MASTHEAD, SHEETS
from reportgen.validate.checks import resolve, run_checks
from reportgen.validate.draft import Cell, Draft
from reportgen.validate.headers import looks_like, near_miss, normal
from reportgen.validate.masthead import blank_masthead, read_masthead
from reportgen.validate.rows import read_rows
from reportgen.validate.tables import read_table

__all__ = ["validate"]

_NAMES = {spec.name: spec for spec in SHEETS}


def validate(workbook: Workbook) -> Outcome[Dataset]:
    """Reads every sheet by the contract's table and checks it as a whole.

    With an error the Dataset serves only to look further: its faulty cells read as blank, and `unread` says where the
    rows that prose may name are not all known. Diagnostics come in the order of the sheets, then of the rows.
    """
    sheets, others, faults = _sorted_out(workbook)
    read, cell_faults = _draft(workbook, sheets, others)
    draft, reference_faults = resolve(read)
    faults += cell_faults
    # What a check says of a cell that could not be read follows from that fault; of a merged one, from its first.
    faulty = read.covered | {_cell(fault) for fault in cell_faults if fault.is_error}
    found = (*reference_faults, *run_checks(draft))
    faults += [fault for fault in found if _cell(fault) not in faulty]
    ordered = workbook.in_order(faults)
    unread = _unread(draft) if has_errors(ordered) else frozenset()
    return Outcome(replace(draft.dataset, absent=_absent(workbook), unread=unread), ordered)


def _cell(fault: Diagnostic) -> Cell:
    return fault.place.sheet, fault.place.row, fault.place.column


def _unread(draft: Draft) -> frozenset[str]:
    """The sheets from which a fault found later could follow: those that must be there and are not, and those of which
    a key could not be read."""
    required = {spec.name for spec in SHEETS if spec.required}
    data = {spec.name for spec in DATA_SHEETS}
    named = {spec.name for spec in SHEETS if spec.named or spec is LISTS}
    lacking = data if draft.present.isdisjoint(data) else set()
    return frozenset((required - draft.present) | lacking | ((named & draft.present) - draft.sound))


def _absent(workbook: Workbook) -> frozenset[str]:
    return frozenset(_NAMES) - {normal(sheet.name) for sheet in workbook.sheets}


def _sorted_out(workbook: Workbook) -> tuple[dict[str, Sheet], list[Sheet], list[Diagnostic]]:
    """The contract's sheets by name, the others, and what is wrong with their names."""
    sheets: dict[str, Sheet] = {}
    others: list[Sheet] = []
    faults: list[Diagnostic] = []
    for sheet in (sheet for sheet in workbook.sheets if not sheet.hidden):
        name = normal(sheet.name)
        if name in sheets:
            place = Place(file=workbook.name, sheet=sheet.name)
            names = f"「{sheets[name].name}」「{sheet.name}」"
            faults.append(sheet_codes.SHEET_TWICE.at(place, text=sheet.name, sheet=name, names=names))
        elif name in _NAMES:
            sheets[name] = sheet
        else:
            others.append(sheet)
    faults += _absent_sheets(workbook, sheets, others)
    return sheets, others, faults


def _absent_sheets(workbook: Workbook, sheets: Mapping[str, Sheet], others: list[Sheet]) -> Iterator[Diagnostic]:
    strangers = {sheet.name: sheet for sheet in others}
    hidden = {normal(sheet.name) for sheet in workbook.sheets if sheet.hidden}
    wanted: list[tuple[str, ...]] = [(spec.name,) for spec in SHEETS if spec.required]
    wanted.append(tuple(spec.name for spec in DATA_SHEETS))
    for names in wanted:
        if not sheets.keys().isdisjoint(names):
            continue
        advice, used = _advice(names, strangers, hidden)
        strangers.pop(used or "", None)
        place = Place(file=workbook.name, sheet=names[0] if len(names) == 1 else None)
        yield sheet_codes.SHEET_MISSING.at(place, suggestion=advice, sheet="」或「".join(names))
    absent = [name for name in _NAMES if name not in sheets and name not in hidden]
    for stranger, sheet in strangers.items():
        for near in near_miss(normal(stranger), absent) or _alike(sheet, absent):
            place = Place(file=workbook.name, sheet=stranger)
            yield sheet_codes.SHEET_NEAR.at(place, text=stranger, sheet=stranger, near=near)


def _advice(names: Iterable[str], strangers: Mapping[str, Sheet], hidden: set[str]) -> tuple[str | None, str | None]:
    """What to do about a missing sheet when it is hidden or nearly there, and the near name that explains it."""
    for name in names:
        if name in hidden:
            return f"「{name}」表被隐藏了：在工作表标签上点右键“取消隐藏”。", None
        alike = [stranger for stranger, sheet in strangers.items() if _alike(sheet, [name])]
        for near in (*alike, *nearest(name, strangers, 1)):
            return f"有一张表叫「{near}」，是的话请改名为「{name}」。", near
    return None, None


def _alike(sheet: Sheet, absent: Iterable[str]) -> tuple[str, ...]:
    """The first of the absent sheets whose headers this one has."""
    return tuple(name for name in absent if not _NAMES[name].vertical and looks_like(sheet, _NAMES[name]))[:1]


def _draft(workbook: Workbook, sheets: Mapping[str, Sheet], others: Iterable[Sheet]) -> tuple[Draft, list[Diagnostic]]:
    """The records before the checks, and what is wrong with cells."""
    masthead, faults = _read_masthead(workbook, sheets)
    year = masthead.period_end.end.year if masthead.period_end else None
    rows: dict[str, tuple[Record, ...]] = {}
    sound: set[str] = set()
    covered: set[Cell] = set()
    for name, sheet in sheets.items():
        spec = _NAMES[name]
        if spec.vertical:
            continue
        reading = read_rows(sheet, spec, workbook.name, year)
        rows[spec.dataset_field] = reading.records
        faults += reading.diagnostics
        covered |= {(sheet.name, row, header) for row, header in reading.covered}
        if reading.sound:
            sound.add(name)
    tables = []
    for sheet in others:
        table, table_faults = read_table(sheet, workbook.name)
        tables += [table] if table else []
        faults += table_faults
    faults = _without_years(masthead, faults)
    dataset = Dataset(
        file=workbook.name,
        folder=str(workbook.path.parent),
        sha256=workbook.sha256,
        masthead=masthead,
        tables=tuple(tables),
        **{"articles": (), **rows},  # type: ignore[arg-type]
    )
    return Draft(dataset, frozenset(sheets), frozenset(sound), frozenset(covered)), faults


def _without_years(masthead: Masthead, faults: list[Diagnostic]) -> list[Diagnostic]:
    """The faults with one for all dates that lack a year; none where that follows from a faulty 统计止."""
    yearless = [fault for fault in faults if fault.code == cell_codes.YEAR_UNKNOWN.code]
    others = [fault for fault in faults if fault.code != cell_codes.YEAR_UNKNOWN.code]
    end = masthead.origin.place("period_end")
    if not yearless or any((fault.place.sheet, fault.place.cell) == (end.sheet, end.cell) for fault in others):
        return others
    first, *rest = yearless
    if rest:
        first = cell_codes.YEARS_UNKNOWN.at(
            first.place, text=first.text, related=tuple(fault.place for fault in rest[:3]), count=len(yearless)
        )
    return [*others, first]


def _read_masthead(workbook: Workbook, sheets: Mapping[str, Sheet]) -> tuple[Masthead, list[Diagnostic]]:
    if MASTHEAD.name in sheets:
        return read_masthead(sheets[MASTHEAD.name], workbook.name)
    return blank_masthead(workbook.name), []
