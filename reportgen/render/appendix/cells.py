"""Rows of 指标 and 活动 as the cells of 附件.xlsx see them: typed, in the article's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.figures import in_measure, measure_of
from reportgen.model.issue import Article, Section
from reportgen.model.records import Indicator, Quantity, When
from reportgen.model.schema import headers_of, prose_columns
from reportgen.model.view import Getter, View
from reportgen.render.context import section_view

HUNDRED = Decimal(100)


class Cells:
    """Rows of 指标 and 活动 for cells: columns typed, prose and phrases as in the article. Each view is made once."""

    def __init__(self, by_number: Mapping[str, View[Any]]) -> None:
        """`by_number` are the rows of 指标 by 指标号: a 总体 may name one."""
        self._by_number = by_number
        self._getters: dict[tuple[str, ...], Mapping[str, Getter[View[Any]]]] = {}
        self._groups: dict[str, list[View[Any]]] = {}

    def rows(self, rows: Iterable[View[Any]]) -> list[View[Any]]:
        return [self.row(row) for row in rows]

    def row(self, row: View[Any]) -> View[Any]:
        return _TypedRow(row, self._of(row))

    def section(self, section: Section) -> View[Section]:
        """A 板块 whose rows are typed."""
        typed: dict[str, Getter[Section]] = {
            "指标": lambda s: self.rows(s.indicators),
            "活动": lambda s: self.rows(s.activities),
            "单位组": self._unit_groups,
        }
        return section_view(section, typed)

    def of_article(self) -> Mapping[str, Getter[Article]]:
        """What of a 稿 is rows, typed."""
        return {"指标": lambda a: self.rows(a.indicators), "活动": lambda a: self.rows(a.activities)}

    def _unit_groups(self, section: Section) -> list[View[Any]]:
        """Units in the article's order with their rows; rows of others (the region) come first, in row order."""
        key = section.row.record.id
        if key not in self._groups:
            units = [str(block.unit) for block in section.unit_blocks]
            indicators, activities = self._by_unit(section.indicators), self._by_unit(section.activities)
            others = [unit for unit in dict.fromkeys((*indicators, *activities)) if unit not in set(units)]
            groups, before = [], 0
            for unit in (*others, *units):
                group = _Group(unit, before, indicators.get(unit, []), activities.get(unit, []))
                groups.append(View(group, _GROUP, lambda g: g.unit))
                before += len(group.indicators)
            self._groups[key] = groups
        return self._groups[key]

    def _named(self, field: str) -> Getter[View[Indicator]]:
        """总体 or 对照 as a number, whether it was typed or is another row's 值."""

        def number(view: View[Indicator]) -> object:
            typed = getattr(view.record, field)
            row = self._by_number.get(typed) if isinstance(typed, str) else None
            return cell_value(typed if row is None else row.record.value, view.record.measure)

        return number

    def _by_unit(self, rows: Sequence[View[Any]]) -> dict[str, list[View[Any]]]:
        found: dict[str, list[View[Any]]] = defaultdict(list)
        for row, typed in zip(rows, self.rows(rows), strict=True):
            found[row.record.unit].append(typed)
        return found

    def _of(self, row: View[Any]) -> Mapping[str, Getter[View[Any]]]:
        """Rows with the same columns share their getters."""
        names = tuple(row)
        if names not in self._getters:
            kind = type(row.record)
            columns, prose = headers_of(kind), prose_columns(kind)
            typed = {name: _cell(columns[name]) for name in columns if name not in prose}
            numbers = {"总体值": self._named("whole"), "对照值": self._named("comparison")}
            own = {**_INDICATOR, **numbers} if kind is Indicator else {}
            self._getters[names] = {**{name: _said(name) for name in names}, **typed, **own}
        return self._getters[names]


class _TypedRow(View[Any]):
    """A row of the article whose columns are what cells hold; in all else it is that row."""

    __slots__ = ("_view",)

    def __init__(self, view: View[Any], getters: Mapping[str, Getter[View[Any]]]) -> None:
        super().__init__(view.record, getters, lambda _: view.shown())
        self._view = view

    def __getitem__(self, name: str) -> object:
        return self._getters[name](self._view)

    def selected_by(self, name: str) -> object:
        return self._view[name] if name in self._view else self[name]


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one unit in a 板块; `before` counts the indicators of the units before it."""

    unit: str
    before: int
    indicators: Sequence[View[Any]]
    activities: Sequence[View[Any]]


_GROUP: Mapping[str, Getter[_Group]] = {
    "单位": lambda g: g.unit,
    "前数": lambda g: g.before,
    "指标": lambda g: g.indicators,
    "活动": lambda g: g.activities,
}


def _said(name: str) -> Getter[View[Any]]:
    return lambda view: None if (value := view[name]) is None or value == "" else value


def _cell(name: str) -> Getter[View[Any]]:
    """A column as a cell holds it: numbers as numbers, 概数 as its words, days as dates, blank as nothing."""
    return lambda view: cell_value(getattr(view.record, name, None), getattr(view.record, "measure", ""))


def cell_value(value: object, measure: str = "") -> object:
    if isinstance(value, Quantity):
        return value.reported or in_measure(value, measure)
    if isinstance(value, When):
        return value.start if value.start == value.end else f"{value.start:%Y-%m-%d}至{value.end:%Y-%m-%d}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(str(item) for item in value)
    return value if value != "" else None


def _share(view: View[Indicator]) -> Decimal | None:
    """占比 as reported, as a fraction for a cell shown in %."""
    share = view.record.share
    return share.value / HUNDRED if share and not share.reported else None


def _value(view: View[Indicator]) -> object:
    """值; a range, which no cell can hold as a number, in words."""
    return str(view) if view.record.upper is not None else cell_value(view.record.value, view.record.measure)


# What differs from the bare column: 量词 as the article prints it, % included.
_INDICATOR: Mapping[str, Getter[View[Indicator]]] = {
    "占比": _share,
    "值": _value,
    "量词": lambda view: measure_of(view.record) or None,
}
