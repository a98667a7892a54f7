"""Word templates of two sizes and the data to fill them: a briefing of 60 paragraphs and a table, and a table alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import docx

from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure
from reportgen.template.values import Span

ACTIVITIES = 5
COLUMNS = ("序号", "单位", "事项", "数量", "上年同期", "占比")
_CITIES = tuple(f"{sign}城" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯")
_TOPICS = ("专题调研", "民主监督", "界别协商", "委员走访", "对口联系")
_PLACES = ("北部片区", "中心城区", "沿江乡镇", "产业园区", "边远山村")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a template language writes what the briefing needs; `owner` is the loop's variable, where there is one."""

    loop: str  # opens a loop over {list} with the variable {owner}
    end: str
    value: str  # prints {owner}'s {name}
    paragraph: str = ""  # prefix of tags that take their paragraph along
    row: str = ""


JINJA = Dialect(
    "{{%{prefix} for {owner} in {list} %}}", "{{%{prefix} endfor %}}", "{{{{ {owner}.{name} }}}}", "p", "tr"
)
MUSTACHE = Dialect("{{#{list}}}", "{{/{list}}}", "{{{name}}}")


@dataclass(frozen=True, slots=True)
class Sourced:
    """The least that tracing marks in a document: a text with the cell it came from."""

    spans: tuple[Span]

    @classmethod
    def of(cls, text: str, cell: str) -> Sourced:
        return cls((Span(text, source=cell),))

    def __spans__(self) -> tuple[Span]:
        return self.spans


class Kind(Enum):
    """What the data has for numbers."""

    TEXT = "text"
    SOURCED = "sourced"
    FIGURE = "figure"  # as a build prints them

    def of(self, text: str, cell: str) -> object:
        """A number as printed, with the cell it came from where the kind knows it."""
        if self is Kind.TEXT:
            return text
        if self is Kind.SOURCED:
            return Sourced.of(text, cell)
        sheet, _, address = cell.partition("!")
        source = CellRef("工作簿.xlsx", sheet, int(address[1:]), "数量", address, address, text)
        return Figure(text, Decimal(text.rstrip("%")), (source,))


def write_briefing(path: Path, dialect: Dialect) -> None:
    """Title, lead, four paragraphs for each unit, an end; then a table with a row for each unit."""
    document = docx.Document()
    write = _Writer(dialect)
    document.add_heading("各地工作综述", 1)
    document.add_paragraph("编者按：" + write.value("导语", "稿"))
    document.add_paragraph(write.open("units", "u", dialect.paragraph))
    document.add_heading(write.value("name", "u"), 2)
    document.add_paragraph().add_run(write.value("lead", "u")).bold = True
    activities = (
        "在" + write.value("place", "a") + "开展" + write.value("topic", "a") + write.value("count", "a") + "次；"
    )
    document.add_paragraph(
        "今年以来，" + write.open("activities", "a", owner="u") + activities + write.close("activities")
    )
    document.add_paragraph(f"全年共办理{write.value('total', 'u')}件，比上年增加{write.value('more', 'u')}件。")
    document.add_paragraph(write.close("units", dialect.paragraph))
    document.add_paragraph("（供稿：各地联络组）")
    document.add_paragraph("附表")
    _add_table(document, ("单位", "合计", "增加", "主要做法"), ("name", "total", "more", "lead"), "units", "u", write)
    document.save(str(path))


def write_table(path: Path, dialect: Dialect) -> None:
    """A table with a row for each of `rows`."""
    document = docx.Document()
    document.add_heading("明细表", 1)
    _add_table(document, COLUMNS, ("n", "unit", "item", "count", "before", "share"), "rows", "r", _Writer(dialect))
    document.save(str(path))


def briefing(kind: Kind = Kind.TEXT, number: int = 0) -> dict[str, Any]:
    """The data of one briefing, `number` telling it from others."""
    figure = kind.of
    units = [
        {
            "name": f"{city}市",
            "lead": f"{city}突出重点，打造“有事好商量”品牌",
            "total": figure(str(1000 + 37 * n + number), f"指标!E{n}"),
            "more": figure(str(10 + n), f"指标!F{n}"),
            "activities": [
                {
                    "place": _PLACES[m],
                    "topic": _TOPICS[(n + m) % 5],
                    "count": figure(str(n + m + 1), f"活动!D{5 * n + m}"),
                }
                for m in range(ACTIVITIES)
            ],
        }
        for n, city in enumerate(_CITIES)
    ]
    return {
        "稿": {"导语": "各地围绕中心、服务大局，亮点纷呈。"},
        "导语": "各地围绕中心、服务大局，亮点纷呈。",
        "units": units,
    }


def rows(count: int, kind: Kind = Kind.TEXT) -> dict[str, Any]:
    """The data of a table; the last three columns are figures."""
    figure = kind.of
    return {
        "rows": [
            {
                "n": n,
                "unit": f"{_CITIES[n % 14]}市",
                "item": f"{_TOPICS[n % 5]}（第{n % 997}批）",
                "count": figure(str(n % 9001), f"指标!E{n}"),
                "before": figure(str(n % 8009), f"指标!F{n}"),
                "share": figure(f"{n % 1000 / 10}%", f"指标!G{n}"),
            }
            for n in range(1, count + 1)
        ]
    }


def write_json(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


class _Writer:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def value(self, name: str, owner: str) -> str:
        return self.dialect.value.format(name=name, owner=owner)

    def open(self, name: str, variable: str, prefix: str = "", owner: str = "") -> str:
        source = f"{owner}.{name}" if owner and self.dialect is JINJA else name
        return self.dialect.loop.format(list=source, owner=variable, prefix=prefix)

    def close(self, name: str, prefix: str = "") -> str:
        return self.dialect.end.format(list=name, prefix=prefix)


def _add_table(
    document: Any, headers: Sequence[str], names: Sequence[str], source: str, variable: str, write: _Writer
) -> None:
    """Rows of their own for the tags where the dialect has such, else the tags in the first and the last cell."""
    prefix = write.dialect.row
    table = document.add_table(rows=4 if prefix else 2, cols=len(headers), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, headers, strict=True):
        cell.text = text
    values = [write.value(name, variable) for name in names]
    opener, closer = write.open(source, variable, prefix), write.close(source, prefix)
    if prefix:
        table.rows[1].cells[0].text, table.rows[3].cells[0].text = opener, closer
    else:
        values[0], values[-1] = opener + values[0], values[-1] + closer
    for cell, text in zip(table.rows[2 if prefix else 1].cells, values, strict=True):
        cell.text = text
