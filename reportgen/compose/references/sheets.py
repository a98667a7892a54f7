"""Which sheet an unknown name would be of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.model.records import Dataset, Record
from reportgen.model.schema import INDICATORS, LISTS, SHEETS, UNITS, SheetSpec

# How the numbers of each sheet begin in the workbooks that `reportgen new` gives.
_CUSTOMARY = {"Z": "指标", "H": "活动", "Y": "引语", "P": "图片"}
_PREFIX = re.compile(r"[A-Za-z]+(?=[0-9])")
# Functions of tags that read a sheet without naming it.
_READING = {INDICATORS.name: frozenset({"同组"})}
_IN_TAGS: tuple[SheetSpec, ...] = tuple(spec for spec in SHEETS if spec.named or spec is LISTS)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets whose rows prose can name. `empty` are those without a row, `unread` those not read in full;
    `prefixes`: how numbers begin → the sheets whose do; `units`: the names that stand in the columns 单位."""

    empty: frozenset[str]
    unread: frozenset[str]
    prefixes: Mapping[str, frozenset[str]]
    units: frozenset[str]

    @classmethod
    def of(cls, dataset: Dataset) -> Sheets:
        prefixes: dict[str, set[str]] = defaultdict(set)
        for spec in _IN_TAGS:
            for row in _rows(dataset, spec) if spec.named else ():
                if found := _PREFIX.match(row.origin.key):
                    prefixes[found[0]].add(spec.name)
        empty = frozenset(spec.name for spec in _IN_TAGS if not _rows(dataset, spec))
        units = frozenset(_units(dataset)) if UNITS.name in empty else frozenset()
        unread = dataset.unread & {spec.name for spec in _IN_TAGS}
        return cls(empty, unread, {prefix: frozenset(of) for prefix, of in prefixes.items()}, units)

    def owner(self, name: str) -> str | None:
        """The sheet without rows that would have the name; "" when it is no other row's in a sheet that was read in
        full; None when one cannot say."""
        found = _PREFIX.match(name)
        prefix = found[0] if found else ""
        if of := self.prefixes.get(prefix):
            return None if of <= self.unread else ""
        if (sheet := _CUSTOMARY.get(prefix)) in self.empty:
            return sheet
        return UNITS.name if name in self.units else None

    @staticmethod
    def words(sheets: frozenset[str]) -> frozenset[str]:
        """The names in tags that read one of the sheets as a whole."""
        return sheets.union(*(_READING.get(sheet, frozenset()) for sheet in sheets))


def _rows(dataset: Dataset, spec: SheetSpec) -> Sequence[Record]:
    found = getattr(dataset, spec.dataset_field)
    assert isinstance(found, tuple)
    return found


def _units(dataset: Dataset) -> Iterator[str]:
    """The names of units that rows of other sheets are of."""
    for rows in (dataset.contents, dataset.activities, dataset.indicators, dataset.lists):
        yield from (row.unit for row in rows)
    yield from (unit for section in dataset.sections for unit in section.unit_scope)
    yield from (article.unit for article in dataset.articles)
