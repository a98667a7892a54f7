"""What must agree between rows and sheets: references, keys, dates, pictures.

References are resolved first; then come the checks, functions of one shape that each give what they find.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path, PureWindowsPath
from typing import TypeVar

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue import validate as codes
from reportgen.model.figure import plain
from reportgen.model.records import Dataset, PictureRow, Record, Unit, When
from reportgen.model.schema import (
    ACTIVITIES,
    INDICATORS,
    MASTHEAD,
    PICTURES,
    SHEETS,
    UNITS,
    ColumnSpec,
    Kind,
    SheetSpec,
)

R = TypeVar("R", bound=Record)
_BY_NAME = {spec.name: spec for spec in SHEETS}
# What a workbook may well do without: names of units stand for themselves then.
_DISPENSABLE = frozenset({UNITS.name})


@dataclass(frozen=True, slots=True)
class Draft:
    """The records before the checks. `present` names the contract sheets that are there; `sound` those among them
    whose every key could be read, so that an unknown reference is the fault of who refers."""

    dataset: Dataset
    present: frozenset[str]
    sound: frozenset[str]

    def rows(self, spec: SheetSpec) -> tuple[Record, ...]:
        found = getattr(self.dataset, spec.dataset_field)
        return found if isinstance(found, tuple) else (found,)


Names = Mapping[str, str]
# Comparisons spent on near names, so that 100,000 unknown numbers do not take minutes.
_NEAR_BUDGET = 200_000


def resolve(draft: Draft) -> tuple[Dataset, list[Diagnostic]]:
    """The dataset with every reference written as its key (单位 as 简称, Ｐ１ as P1), and the unknown ones."""
    resolver = _Resolver(draft)
    dataset = draft.dataset
    for spec in SHEETS:
        columns = [column for column in spec.columns if column.refers]
        if not columns or spec.vertical:
            continue
        rows = tuple(resolver.record(record, columns) for record in draft.rows(spec))
        dataset = replace(dataset, **{spec.dataset_field: rows})  # type: ignore[arg-type]
        resolver.faults += _missing_sheets(draft, spec, columns)
    return dataset, resolver.faults


def folded(name: str) -> str:
    """What two spellings of one name have in common: full-width forms and blanks aside."""
    if name.isascii() and name.isalnum():  # as most numbers are
        return name
    return "".join(unicodedata.normalize("NFKC", name).split())


def _names(draft: Draft, spec: SheetSpec) -> Names:
    """Every spelling that names a row, folded → the row's key. A key wins over another row's alias."""
    names: dict[str, str] = {}
    rows = draft.rows(spec)
    for record in rows:
        if isinstance(record, Unit):
            names.update({folded(name): record.origin.key for name in (record.full_name, *record.aliases) if name})
    names.update({folded(record.origin.key): record.origin.key for record in rows if record.origin.key})
    return names


class _Resolver:
    """Looks references up in the sheets whose keys are known, and collects the unknown ones."""

    def __init__(self, draft: Draft) -> None:
        self.names = {spec.name: _names(draft, spec) for spec in SHEETS if spec.key and spec.name in draft.sound}
        self.faults: list[Diagnostic] = []
        self.budget = _NEAR_BUDGET
        self.near: dict[tuple[str, str], tuple[str, ...]] = {}

    def record(self, record: R, columns: list[ColumnSpec]) -> R:
        changes: dict[str, object] = {}
        for column in columns:
            value = getattr(record, column.field)
            if not value or column.refers not in self.names or not isinstance(value, (str, tuple)):
                continue
            if isinstance(value, str) and self.names[column.refers].get(value) == value:
                continue
            parts = (value,) if isinstance(value, str) else value
            found = tuple(dict.fromkeys(self._key(record, column, part) for part in parts))
            if found != parts:
                changes[column.field] = found[0] if isinstance(value, str) else found
        return replace(record, **changes) if changes else record  # type: ignore[arg-type]

    def _key(self, record: Record, column: ColumnSpec, name: str) -> str:
        key = self.names[column.refers].get(folded(name))
        if key is None:
            self.faults += self._unknown(record.origin.place(column.field), column, name)
        return name if key is None else key

    def _unknown(self, place: Place, column: ColumnSpec, name: str) -> Iterator[Diagnostic]:
        near = self._nearby(column.refers, folded(name))
        advice = f"相近的有「{'」「'.join(near)}」。" if near else None
        if column.kind is Kind.QUANTITY_OR_REFERENCE:
            yield codes.NEITHER_NUMBER_NOR_ROW.at(place, text=name, suggestion=advice)
        elif not column.outsiders:
            sheet, header = column.refers, _BY_NAME[column.refers].key_header
            yield codes.UNKNOWN_REFERENCE.at(place, text=name, suggestion=advice, sheet=sheet, header=header)
        elif near:
            yield codes.NEAR_REFERENCE.at(place, text=name, sheet=column.refers, near=near[0])

    def _nearby(self, sheet: str, name: str) -> tuple[str, ...]:
        known = self.names[sheet]
        if (sheet, name) not in self.near:
            self.budget -= len(known)
            keys = (known[word] for word in nearest(name, known)) if self.budget > 0 else ()
            self.near[sheet, name] = tuple(dict.fromkeys(keys))
        return self.near[sheet, name]


def _missing_sheets(draft: Draft, spec: SheetSpec, columns: list[ColumnSpec]) -> Iterator[Diagnostic]:
    """One fault for a column whose sheet is not there at all, instead of one per row."""
    for column in columns:
        if not column.refers or column.refers in draft.present or column.refers in _DISPENSABLE:
            continue
        if _BY_NAME[column.refers].required:
            continue  # said already
        filled = [record for record in draft.rows(spec) if getattr(record, column.field)]
        if filled:
            place = filled[0].origin.place(column.field)
            yield codes.REFERRED_SHEET_MISSING.at(
                place, from_sheet=spec.name, count=len(filled), header=column.header, sheet=column.refers
            )


Check = Callable[[Draft], Iterator[Diagnostic]]


def run_checks(draft: Draft) -> list[Diagnostic]:
    """Every fault between cells, rows and sheets; references are resolved before."""
    return [fault for check in CHECKS for fault in check(draft)]


def repeated_keys(draft: Draft) -> Iterator[Diagnostic]:
    """One number or name twice: within its sheet, and over all sheets whose rows tags can name."""
    shared: dict[str, tuple[SheetSpec, Record]] = {}
    for spec in SHEETS:
        if not spec.unique:
            continue
        seen = shared if spec.named else {}
        for record in draft.rows(spec):
            key = record.origin.key
            if not key:
                continue
            first_spec, first = seen.setdefault(folded(key), (spec, record))
            if first is not record:
                where = f"「{first_spec.name}」表第{first.origin.row}行"
                first_place = first.origin.place(first_spec.key)
                place = record.origin.place(spec.key)
                yield codes.KEY_TWICE.at(place, text=key, related=(first_place,), key=key, where=where)


def shared_aliases(draft: Draft) -> Iterator[Diagnostic]:
    """A 全称 or 别称 that is also another unit's name."""
    owners = {folded(unit.short_name): unit for unit in draft.dataset.units if unit.short_name}
    for unit in draft.dataset.units:
        for field, names in (("full_name", (unit.full_name,)), ("aliases", unit.aliases)):
            for name in filter(None, names):
                owner = owners.setdefault(folded(name), unit)
                if owner.short_name != unit.short_name:
                    yield codes.ALIAS_TWICE.at(
                        unit.origin.place(field), text=name, first=owner.short_name, second=unit.short_name
                    )


def homeless_rows(draft: Draft) -> Iterator[Diagnostic]:
    """板块 and 内容 that say nothing of their 稿 where there are several."""
    count = len(draft.dataset.articles)
    if count < 2:
        return
    for section in draft.dataset.sections:
        if not section.article:
            yield codes.NO_ARTICLE.at(section.origin.place("article"), count=count)
    for content in draft.dataset.contents:
        if not content.article and not content.section:
            yield codes.NO_ARTICLE.at(content.origin.place("article"), count=count)


def conflicting_articles(draft: Draft) -> Iterator[Diagnostic]:
    """A row whose 稿号 is not that of its 板块."""
    dataset = draft.dataset
    known = {article.id for article in dataset.articles}
    article_of = {section.id: section.article for section in dataset.sections if section.article in known}
    for rows in (dataset.contents, dataset.activities, dataset.indicators, dataset.quotes, dataset.pictures):
        for row in rows:
            other = article_of.get(row.section)
            if row.article and other and row.article != other:
                place = row.origin.place("article")
                yield codes.ARTICLE_CONFLICT.at(place, text=row.article, section=row.section, other=other)


def unit_paragraphs(draft: Draft) -> Iterator[Diagnostic]:
    """A 单位段 of no unit."""
    for row in draft.dataset.contents:
        if row.kind == "单位段" and not _typed(row, "unit"):
            yield codes.UNIT_NEEDED.at(row.origin.place("unit"))


def blank_values(draft: Draft) -> Iterator[Diagnostic]:
    """Indicators still to be reported: no 值, and neither 名次 nor 占比 in its stead."""
    for row in draft.dataset.indicators:
        if row.value is None and not any(_typed(row, field) for field in ("value", "rank", "share")):
            yield codes.VALUE_BLANK.at(row.origin.place("value"), name=row.name or row.id)


def reversed_dates(draft: Draft) -> Iterator[Diagnostic]:
    """统计止 before 统计起, 结束日期 before 开始日期."""
    masthead = draft.dataset.masthead
    yield from _reversed(masthead, MASTHEAD, "period_start", "period_end")
    for row in draft.dataset.activities:
        yield from _reversed(row, ACTIVITIES, "start", "end")


def _reversed(record: Record, spec: SheetSpec, first: str, last: str) -> Iterator[Diagnostic]:
    start, end = getattr(record, first), getattr(record, last)
    if not (isinstance(start, When) and isinstance(end, When)) or end.end >= start.start:
        return
    yield codes.DATES_REVERSED.at(
        record.origin.place(last),
        text=record.origin.cell(last).text,
        related=(record.origin.place(first),),
        first=spec.column(first).header,
        last=spec.column(last).header,
        start=start.start.isoformat(),
        end=end.end.isoformat(),
    )


def reversed_ranges(draft: Draft) -> Iterator[Diagnostic]:
    """值至 smaller than 值."""
    for row in draft.dataset.indicators:
        if row.value and row.upper and row.upper.value < row.value.value:
            lower, upper = row.origin.cell("value").text, row.origin.cell("upper").text
            yield codes.RANGE_REVERSED.at(row.origin.place("upper"), text=upper, lower=lower, upper=upper)


# Sheet, field, lowest and highest value that makes sense.
_LIMITS: tuple[tuple[SheetSpec, str, int, int], ...] = (
    (MASTHEAD, "decimals", 0, 6),
    (MASTHEAD, "small_base", 0, 1_000_000),
    (INDICATORS, "decimals", 0, 6),
    (INDICATORS, "rank", 1, 100_000),
    (PICTURES, "width", 1, 100),
)


def outlandish_settings(draft: Draft) -> Iterator[Diagnostic]:
    """Numbers of decimals, ranks and widths that cannot be meant."""
    for spec, field, low, high in _LIMITS:
        for record in draft.rows(spec):
            value = getattr(record, field)
            if value is not None and not low <= value <= high:
                header, text = spec.column(field).header, plain(Decimal(value))
                place = record.origin.place(field)
                yield codes.SETTING_RANGE.at(place, text=text, column=header, low=low, high=high)


# Nobody types more; a quotient that was not rounded has a dozen.
_MOST_DECIMALS = 6


def long_fractions(draft: Draft) -> Iterator[Diagnostic]:
    """Results of formulas that would be printed with all their decimals; V030 tells those of percent cells."""
    for spec in (ACTIVITIES, INDICATORS):
        for field in [column.field for column in spec.columns if column.kind is Kind.QUANTITY]:
            for record in draft.rows(spec):
                value = getattr(record, field)
                if value is None or value.decimals <= _MOST_DECIMALS:
                    continue
                cell = record.origin.cell(field)
                if not cell.text.endswith("%"):
                    yield codes.LONG_FRACTION.at(cell.place(), text=cell.text, count=value.decimals)


def picture_files(draft: Draft) -> Iterator[Diagnostic]:
    """Pictures that lie outside the workbook's folder, or nowhere."""
    folder = Path(draft.dataset.folder)
    for row in draft.dataset.pictures:
        if not row.file:
            continue
        place = row.origin.place("file")
        if _leaves(folder, row):
            yield codes.PICTURE_OUTSIDE.at(place, text=row.origin.cell("file").text)
        elif not _stands(folder / row.file):
            yield codes.PICTURE_MISSING.at(place, text=row.file, suggestion=_near_picture(folder / row.file))


def _leaves(folder: Path, row: PictureRow) -> bool:
    """Absolute for any system, upwards anywhere, or through a link. Windows' rules read both kinds of slash."""
    path = PureWindowsPath(row.file)
    if path.anchor or path.drive or row.file.startswith(("/", "~")) or ".." in path.parts:
        return True
    real = Path(os.path.realpath(folder / row.file))
    return not real.is_relative_to(os.path.realpath(folder))


def _stands(path: Path) -> bool:
    """True when there is such a file; a name that no system could hold is that of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _near_picture(path: Path) -> str | None:
    try:
        names = sorted(item.name for item in path.parent.iterdir() if item.is_file())
    except (OSError, ValueError):
        return None
    near = nearest(path.name, names, 2)
    return f"这个文件夹里有「{'」「'.join(near)}」，是不是它？" if near else None


def _typed(record: Record, field: str) -> bool:
    """True when the cell holds anything, even something faulty: a fault is told where it is."""
    return bool(record.origin.cell(field).text.strip())


def uncountable(draft: Draft) -> Iterator[Diagnostic]:
    """场次 and 人次 that nobody can have counted: below zero, or a part of one."""
    for row in draft.dataset.activities:
        for field, header in (("sessions", "场次"), ("attendance", "人次")):
            quantity = getattr(row, field)
            if quantity and (quantity.value < 0 or quantity.value != quantity.value.to_integral_value()):
                cell = row.origin.cell(field)
                yield codes.UNCOUNTABLE.at(cell.place(), text=cell.text, column=header)


CHECKS: tuple[Check, ...] = (
    repeated_keys,
    shared_aliases,
    homeless_rows,
    conflicting_articles,
    unit_paragraphs,
    blank_values,
    reversed_dates,
    reversed_ranges,
    outlandish_settings,
    long_fractions,
    uncountable,
    picture_files,
)
