"""References between sheets: each written as the key it names, and the unknown ones told where they can be mended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue.validate import agreement as codes
from reportgen.diagnostics.catalogue.validate import sheets as sheet_codes
from reportgen.model.cells import CellRef
from reportgen.model.records import Record, Unit
from reportgen.model.schema import ARTICLES, SECTIONS, SHEETS, UNITS, ColumnSpec, Kind, SheetSpec
from reportgen.validate.checks.miswritten import Keys
from reportgen.validate.checks.names import all_folded, folded
from reportgen.validate.draft import Draft

_BY_NAME = {spec.name: spec for spec in SHEETS}
# What a workbook may well do without: names of units stand for themselves then.
_DISPENSABLE = frozenset({UNITS.name})
# Every row of these is there to be named by others.
_NAMED_BY_OTHERS = frozenset({ARTICLES.name, SECTIONS.name})
# Comparisons spent on near names, so that 100,000 unknown numbers do not take minutes.
_NEAR_BUDGET = 200_000
# Characters of a name of which one can say how it begins.
_SHORTEST = 2
# What people put between the parts of a list beside the separators it knows.
_OTHER_SEPARATORS = re.compile(r"[\s/／|｜·和与及]+")


class _Unknown(NamedTuple):
    """A name that is nobody's, where it stands."""

    record: Record
    column: ColumnSpec
    name: str


def resolve(draft: Draft) -> tuple[Draft, list[Diagnostic]]:
    """The draft with every reference written as its key (单位 as 简称, Ｐ１ as P1), and the unknown ones."""
    resolver = _Resolver(draft)
    dataset = draft.dataset
    for spec in SHEETS:
        columns = [column for column in spec.columns if column.refers]
        if not columns or spec.vertical:
            continue
        rows = draft.rows(spec)
        resolver.faults += _missing_sheets(draft, spec, columns)
        changes = resolver.changes(rows, columns)
        if changes:
            changed = tuple(replace(row, **changes[n]) if n in changes else row for n, row in enumerate(rows))  # type: ignore[arg-type]
            dataset = replace(dataset, **{spec.dataset_field: changed})  # type: ignore[arg-type]
    resolver.faults += _empty_sheets(draft)
    meant = resolver.tell()
    return replace(draft, dataset=dataset, meant=meant), resolver.faults


def _missing_sheets(draft: Draft, spec: SheetSpec, columns: Sequence[ColumnSpec]) -> Iterator[Diagnostic]:
    """One fault for a column whose sheet is not there at all, instead of one per row."""
    for column in columns:
        if column.refers in draft.present or column.refers in _DISPENSABLE or _BY_NAME[column.refers].required:
            continue  # of a required one it is said already
        filled = [record for record in draft.rows(spec) if getattr(record, column.field)]
        if filled:
            place = filled[0].origin.place(column.field)
            yield codes.REFERRED_SHEET_MISSING.at(
                place, from_sheet=spec.name, count=len(filled), header=column.header, sheet=column.refers
            )


def _empty_sheets(draft: Draft) -> Iterator[Diagnostic]:
    """One fault for a sheet without rows that others refer to; 稿件 must have one in any case."""
    for sheet in sorted(draft.sound - _DISPENSABLE):
        if draft.rows(_BY_NAME[sheet]):
            continue
        uses = [use for spec in SHEETS for column in spec.columns for use in _uses(draft, sheet, spec, column)]
        if uses or sheet == ARTICLES.name:
            cure = (
                f"{'、'.join(map(_said, uses))}指的是这张表的行：把这张表填上，或清空那边。"
                if uses
                else "至少填一篇稿。"
            )
            related = tuple(cell.place() for cell, _ in uses)
            yield sheet_codes.NO_ROWS.at(Place(draft.dataset.file, sheet), related=related, sheet=sheet, cure=cure)


def _uses(draft: Draft, sheet: str, spec: SheetSpec, column: ColumnSpec) -> Iterator[tuple[CellRef, int]]:
    """The first cell of the column when it refers to the sheet, and how many of its cells are filled."""
    if column.refers == sheet and column.kind is not Kind.QUANTITY_OR_REFERENCE:
        filled = [record for record in draft.rows(spec) if getattr(record, column.field)]
        if filled:
            yield filled[0].origin.cell(column.field), len(filled)


def _said(use: tuple[CellRef, int]) -> str:
    """「指标」表的「板块号」(C4) 填了「B99」."""
    cell, count = use
    more = f"等 {count} 格" if count > 1 else ""
    return f"「{cell.sheet}」表的「{cell.column}」({cell.address}) 填的「{cell.text}」{more}"


def _names(draft: Draft, spec: SheetSpec) -> Mapping[str, str]:
    """Every spelling that names a row, folded → the row's key. A key wins over another row's alias."""
    names: dict[str, str] = {}
    rows = draft.rows(spec)
    for record in rows:
        if isinstance(record, Unit):
            names.update({folded(name): record.origin.key for name in (record.full_name, *record.aliases) if name})
    keys = [record.origin.key for record in rows if record.origin.key]
    names.update(zip(all_folded(keys), keys, strict=True))
    return names


class _Resolver:
    """Looks references up in the sheets whose keys are known, and collects the unknown ones."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        # Of a sheet without rows it is said once that it has none.
        self.names = {
            spec.name: _names(draft, spec)
            for spec in SHEETS
            if spec.key and spec.name in draft.sound and draft.rows(spec)
        }
        self.used: defaultdict[str, set[str]] = defaultdict(set)
        self.unknown: list[_Unknown] = []
        self.faults: list[Diagnostic] = []
        self.budget = _NEAR_BUDGET
        self.near: dict[tuple[str, str], tuple[str, ...]] = {}

    def changes(self, rows: Sequence[Record], columns: Sequence[ColumnSpec]) -> dict[int, dict[str, object]]:
        """Place of each row that names others by another name → its fields with the keys. Collects the unknown."""
        changes: defaultdict[int, dict[str, object]] = defaultdict(dict)
        for column in columns:
            if column.refers not in self.names:
                continue
            values = list(map(attrgetter(column.field), rows))
            told = self._told({value for value in values if value and value.__class__ in (str, tuple)}, column)
            if not told:
                continue
            for place, value in enumerate(values):
                if value.__class__ not in (str, tuple) or value not in told:
                    continue
                if told[value] != value:
                    changes[place][column.field] = told[value]
                if (rows[place].origin.layout.sheet, rows[place].origin.row, column.header) not in self.draft.covered:
                    self.unknown += [_Unknown(rows[place], column, name) for name in self._strangers(value, column)]
        return changes

    def _told(self, values: set[str | tuple[str, ...]], column: ColumnSpec) -> dict[object, object]:
        """Those of the values that are no keys, or not all → what they name, as keys."""
        known = self.names[column.refers]
        told: dict[object, object] = {}
        for value in values:
            parts = (value,) if isinstance(value, str) else value
            keys = [known.get(folded(part)) for part in parts]
            self.used[column.refers].update(key for key in keys if key is not None)
            found = tuple(dict.fromkeys(part if key is None else key for part, key in zip(parts, keys, strict=True)))
            if found != parts or None in keys:
                told[value] = found[0] if isinstance(value, str) else found
        return told

    def _strangers(self, value: str | tuple[str, ...], column: ColumnSpec) -> list[str]:
        known = self.names[column.refers]
        return [part for part in ((value,) if isinstance(value, str) else value) if folded(part) not in known]

    def tell(self) -> dict[tuple[str, int], str]:
        """Puts what is wrong into `faults`. Where it is a key that must be mended, those who name it are not told;
        gives the repeated keys of which that is so, with the name that others use."""
        uses: defaultdict[str, defaultdict[str, list[_Unknown]]] = defaultdict(lambda: defaultdict(list))
        for use in self.unknown:
            if not use.column.outsiders and use.column.kind is not Kind.QUANTITY_OR_REFERENCE:
                uses[use.column.refers][folded(use.name)].append(use)
        meant: dict[tuple[str, int], str] = {}
        explained: set[tuple[str, str]] = set()
        for sheet, names in uses.items():
            keys = Keys(self.draft.rows(_BY_NAME[sheet]), self.used[sheet])
            counts = {name: len(named) for name, named in names.items()}
            for name, row in keys.miswritten(counts, partial(self._nearby, sheet), sheet in _NAMED_BY_OTHERS).items():
                explained.add((sheet, name))
                if row in keys.repeated:
                    meant[sheet, row.origin.row] = names[name][0].name
                else:
                    self.faults.append(_unused(sheet, row, names[name]))
        for use in self.unknown:
            if (use.column.refers, folded(use.name)) not in explained:
                self.faults += self._fault(use)
        return meant

    def _fault(self, use: _Unknown) -> Iterator[Diagnostic]:
        column, name = use.column, use.name
        place, near = use.record.origin.place(column.field), self._nearby(column.refers, folded(name))
        parts = self._parts(column, name)
        if column.kind is Kind.QUANTITY_OR_REFERENCE:
            advice = f"相近的指标号有「{'」「'.join(near)}」：写错了就改过来；或者直接填一个数。" if near else None
            yield codes.NEITHER_NUMBER_NOR_ROW.at(place, text=name, suggestion=advice)
        elif not column.outsiders:
            advice = f"几项之间要用、隔开：「{'、'.join(parts)}」。" if parts else _alike(near, column.refers)
            sheet, header = column.refers, _BY_NAME[column.refers].key_header
            yield codes.UNKNOWN_REFERENCE.at(place, text=name, suggestion=advice, sheet=sheet, header=header)
        elif parts or near:
            meant = "、".join(parts) or near[0]
            yield codes.NEAR_REFERENCE.at(place, text=name, sheet=column.refers, near=meant)

    def _parts(self, column: ColumnSpec, name: str) -> tuple[str, ...]:
        """The known names that `name` is made of when it is parted by what parts no list."""
        parts = tuple(filter(None, _OTHER_SEPARATORS.split(name))) if column.kind is Kind.LIST else ()
        known = self.names[column.refers]
        return parts if len(parts) > 1 and all(folded(part) in known for part in parts) else ()

    def _nearby(self, sheet: str, name: str) -> tuple[str, ...]:
        known = self.names[sheet]
        if (sheet, name) not in self.near:
            self.budget -= len(known)
            keys = (known[word] for word in _like(name, known)) if self.budget > 0 else ()
            self.near[sheet, name] = tuple(dict.fromkeys(keys))
        return self.near[sheet, name]


def _like(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names like this one; failing that, those that begin like it: 梧洲 is short for 梧州市政协."""
    if near := nearest(name, known):
        return near
    if len(name) < _SHORTEST:
        return ()
    heads = {word[: len(name)]: word for word in known}
    return tuple(heads[head] for head in nearest(name, heads, 1))


def _alike(near: Sequence[str], sheet: str) -> str | None:
    if len(near) == 1:
        return f"是不是「{near[0]}」？不是的话，在「{sheet}」表加上它。"
    return f"相近的有「{'」「'.join(near)}」：写错了就改过来；真没有的，在「{sheet}」表加上。" if near else None


def _unused(sheet: str, row: Record, uses: Sequence[_Unknown]) -> Diagnostic:
    """The fault of a key that nobody names, while several name one like it."""
    places = tuple(use.record.origin.place(use.column.field) for use in uses)
    key = row.origin.key
    place = row.origin.place(_BY_NAME[sheet].key)
    return codes.KEY_UNUSED.at(place, text=key, related=places[:3], key=key, name=uses[0].name, count=len(uses))
