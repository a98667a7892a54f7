"""Records for the tests of figures, written as cells: row("Z001", 名称="产业项目", 值="126", 量词="个")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from reportgen.diagnostics import FaultError, Place
from reportgen.figures import PHRASES, Phrase, filters, functions
from reportgen.model.cells import Layout, Origin, Position
from reportgen.model.figure import Figure, Text
from reportgen.model.records import (
    Activity,
    Approximation,
    Indicator,
    ListItem,
    Masthead,
    Nature,
    Quantity,
    Record,
    Unit,
    When,
)

FIELDS = {
    "指标号": "id", "名称": "name", "单位": "unit", "值": "value", "量词": "measure", "概数": "approximation",
    "时期": "period", "上年同期": "baseline", "动作": "action", "值至": "upper", "性质": "nature",
    "小数": "decimals", "上期": "previous", "目标": "target", "总体": "whole", "总体名称": "whole_name",
    "占比": "share", "对照": "comparison", "对照名称": "comparison_name", "名次": "rank", "排名范围": "rank_range",
    "可加": "additive", "同组": "group", "口径": "caliber", "入文": "included",
}  # fmt: skip
NUMBERS = {"value", "baseline", "upper", "previous", "target", "share"}
ACTIVITY = {"单位": "unit", "名称": "name", "类型": "kind", "场次": "sessions", "人次": "attendance"}


def number(text: str, measure: str = "") -> Quantity:
    """A cell as validate reads it: 5.57亿, 4.3%, 450多, 超11万; 万/亿 of 量词 multiplied out."""
    if not re.fullmatch(r"-?[\d.]+(万亿|万|亿|)%?", text):
        digits = re.search(r"[\d.]+", text)
        return Quantity(Decimal(digits[0]) if digits else Decimal(10), reported=text)
    found = re.fullmatch(r"(-?[\d.]+)(万亿|万|亿|)(%?)", text)
    assert found
    scale = found[2] or (measure[0] if measure[:1] in ("万", "亿") else "")
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    return Quantity(Decimal(found[1]) * factor, scale, bool(found[3]), decimals=len(found[1].partition(".")[2]))


def origin(sheet: str, columns: Mapping[str, str], cells: Mapping[str, str], line: int, key: str) -> Origin:
    positions = {name: Position(header, index + 1, index) for index, (header, name) in enumerate(columns.items())}
    values = tuple(cells.get(header) for header in columns)
    return Origin(Layout("数据.xlsx", sheet, positions), line, values, key)


@dataclass
class Sheet:
    """An issue for one test: rows are added by `row`, then asked for by number."""

    rows: list[Indicator] = field(default_factory=list)
    units: tuple[Unit, ...] = ()
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def indicators(self) -> list[Indicator]:
        return self.rows

    @property
    def masthead(self) -> Masthead:
        day = When(date(2025, 12, 1), date(2025, 12, 1))
        given = {"date": day, **self.settings}
        return Masthead(kind="综述", origin=origin("刊期", {}, {}, 1, ""), **given)  # type: ignore[arg-type]

    def indicator(self, id: str) -> Indicator | None:
        return next((row for row in self.rows if row.id == id), None)

    def row(self, id: str = "Z001", /, **cells: str) -> Indicator:
        cells = {"指标号": id, "名称": "产业项目", **cells}
        made: dict[str, object] = {}
        for header, text in cells.items():
            made[FIELDS[header]] = self._value(FIELDS[header], text, cells.get("量词", ""))
        if "性质" not in cells and cells.get("量词") == "%":
            made["nature"] = Nature.RATIO
        place = origin("指标", FIELDS, cells, len(self.rows) + 2, id)
        self.rows.append(Indicator(origin=place, **made))  # type: ignore[arg-type]
        return self.rows[-1]

    @staticmethod
    def _value(name: str, text: str, measure: str) -> object:
        if name in NUMBERS or (name in ("whole", "comparison") and not re.match("[A-Z]", text)):
            return number(text, measure)
        if name == "approximation":
            return Approximation(text)
        if name == "nature":
            return Nature(text)
        if name in ("decimals", "rank"):
            return int(text)
        return text == "是" if name in ("additive", "included") else text

    def say(self, name: str, *options: object, id: str = "Z001") -> Figure | Text:
        found = self.indicator(id)
        assert found
        return PHRASES[name](found, self, *options)

    def phrase(self, name: str, id: str = "Z001") -> Phrase:
        found = self.indicator(id)
        assert found
        return Phrase(name, found, self)

    def filter(self, name: str, value: object, *options: object, **named: object) -> object:
        return filters(self)[name](value, *options, **named)

    def call(self, name: str, *options: object, **named: object) -> object:
        return functions(self)[name](*options, **named)


def one(**cells: str) -> Sheet:
    """A sheet with the one row Z001."""
    sheet = Sheet()
    sheet.row(**cells)
    return sheet


def unit(name: str, category: str = "", parent: str = "", reports: bool = True, aliases: tuple[str, ...] = ()) -> Unit:
    place = origin("单位", {"简称": "short_name"}, {"简称": name}, 2, name)
    return Unit(short_name=name, category=category, parent=parent, reports=reports, aliases=aliases, origin=place)


def activity(name: str, sessions: str = "1", attendance: str = "", line: int = 2, **days: When) -> Activity:
    cells = {"单位": "柳州市政协", "名称": name, "类型": "党课", "场次": sessions, "人次": attendance}
    return Activity(
        unit=cells["单位"],
        name=name,
        kind=cells["类型"],
        sessions=number(sessions) if sessions else None,
        attendance=number(attendance) if attendance else None,
        origin=origin("活动", ACTIVITY, cells, line, name),
        **days,
    )


def item(name: str, amount: str = "", line: int = 2) -> ListItem:
    columns = {"名称": "name", "金额": "amount"}
    place = origin("名单", columns, {"名称": name, "金额": amount}, line, name)
    return ListItem(list_name="项目", name=name, amount=number(amount) if amount else None, origin=place)


@dataclass(frozen=True)
class View:
    """A row as compose hands it to templates: something with a record."""

    record: Record


@contextmanager
def refused(code: str | None = None) -> Iterator[pytest.ExceptionInfo[FaultError]]:
    """Expects a fault of this code whose wording can be filled in."""
    with pytest.raises(FaultError, match=code) as fault:
        yield fault
    told = fault.value.at(Place())
    assert told.message
    assert told.suggestion


def labels(figure: object) -> list[str]:
    """指标!D2 … of a figure's or a clause's cells."""
    figures = (figure,) if isinstance(figure, Figure) else figure.figures if isinstance(figure, Text) else ()
    return [cell.label for printed in figures for cell in printed.sources]
