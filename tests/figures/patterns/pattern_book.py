"""One pattern of the hundred: rows of the sheets and a prose cell in, what the article prints out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbooks import workbook

from reportgen.compose import compose
from reportgen.diagnostics import Diagnostic, Outcome
from reportgen.model.figure import Text
from reportgen.model.issue import Issue
from reportgen.read import read_workbook
from reportgen.validate import validate

COMPUTED, COPIED, OFFERED, PROSE_ONLY = "算", "照", "选", "否"

# What a row of each sheet has when the case does not say: the required columns.
_SHEETS = {"Z": ("指标", "指标号"), "H": ("活动", "活动号")}
_DEFAULTS = {"指标": {"名称": "事项"}, "活动": {"单位": "临江县", "名称": "活动", "类型": "活动"}}


@dataclass(frozen=True)
class Case:
    """`rows`: a sheet's name or a row's number (Z1 of 指标, H1 of 活动), then 列=内容 parted by blanks; one a line."""

    number: int
    way: str
    rows: str
    prose: str
    printed: str

    def __str__(self) -> str:
        return f"{self.number}{self.way}"


def _composed(folder: Path, case: Case) -> Outcome[Issue]:
    prose = case.prose.replace("|", r"\|")
    path = workbook(folder, f"{_tables(case.rows.splitlines())}\n[内容]\n类型 | 正文\n正文 | {prose}\n")
    read = read_workbook(path)
    assert read.value is not None, read.diagnostics
    data = validate(read.value)
    assert data.value is not None, data.diagnostics
    return compose(data.value)


def printed(folder: Path, case: Case) -> Text:
    """The prose of a case as the article prints it, through workbook, reading, validation and composition."""
    issue = _composed(folder, case)
    assert issue.value is not None, issue.diagnostics
    return issue.value.articles[0].paragraphs[0].text


def refused(folder: Path, case: Case) -> Diagnostic:
    """The one error that keeps the prose of a case from being printed."""
    issue = _composed(folder, case)
    assert issue.value is None, issue.value.articles[0].paragraphs[0].text
    (fault,) = [fault for fault in issue.diagnostics if fault.is_error]
    return fault


def check(folder: Path, case: Case) -> None:
    """The text as expected, every figure with its cells, and no number typed in the prose by hand."""
    text = printed(folder, case)
    assert str(text) == case.printed
    assert all(figure.sources for figure in text.figures)
    words = re.sub(r"\{\{.*?\}\}", "", case.prose)
    assert not re.search(r"\d", words), "a pattern takes its numbers from the sheets"


def _tables(lines: Iterable[str]) -> str:
    sheets: dict[str, list[dict[str, str]]] = {}
    masthead = ["编发日期 | 2025-12-01"]
    for line in filter(None, map(str.strip, lines)):
        name, *cells = line.split()
        row = dict(cell.split("=", 1) for cell in cells)
        if name == "刊期":
            masthead += [f"{item} | {content}" for item, content in row.items()]
            continue
        sheet, key = _SHEETS.get(name[0], (name, ""))
        sheets.setdefault(sheet, []).append(({key: name} if key else {}) | _DEFAULTS.get(sheet, {}) | row)
    return "\n".join(["[刊期]", *masthead, *(_table(name, rows) for name, rows in sheets.items())])


def _table(name: str, rows: list[dict[str, str]]) -> str:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    lines = [" | ".join(row.get(header, "") for header in headers) for row in rows]
    return "\n".join([f"[{name}]", " | ".join(headers), *lines])
