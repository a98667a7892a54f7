"""What 附件.xlsx sees beside the article's names: typed rows, 覆盖, 核数, 疑点."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import output as codes
from reportgen.figures import in_measure, measure_of
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Status
from reportgen.model.issue import Coverage, Issue, Section
from reportgen.model.records import Indicator, Quantity, When
from reportgen.model.report import AuditRow, FigureCount, Proof, Query
from reportgen.model.schema import headers_of, prose_columns
from reportgen.model.view import Getter, Rows, View
from reportgen.render.context import issue_names, section_view
from reportgen.render.folders import PROOF_SHEETS, Templates
from reportgen.render.manifest import issue_day
from reportgen.template.excel.cells import Hyperlink

HUNDRED = Decimal(100)
_NUMBERED = re.compile(r"^附件\s*\d+[\s、.．：:]*")


# Stands for the proof while the article, which must be proofread first, is not yet made.
NO_PROOF = Proof((), (), FigureCount())


def attachments(issue: Issue, templates: Templates) -> tuple[str, ...]:
    """What 附件说明 lists: the appendix's sheets in order, without those that only proofreading uses.

    A sheet's name may begin with 附件1; 附件说明 numbers by itself. Raises TemplateError with every fault.
    """
    titles = templates.appendix.sheet_names(appendix_names(issue, NO_PROOF, ""))
    return tuple(_NUMBERED.sub("", title) for title in titles if title not in PROOF_SHEETS.values())


@dataclass(frozen=True, slots=True)
class RenderedAppendix:
    """The appendix workbook in memory, and a notice for each formula that has no value until it is opened."""

    content: bytes
    notices: tuple[Diagnostic, ...]


def render_appendix(
    issue: Issue, templates: Templates, proof: Proof, listed: Sequence[str], workbook: str
) -> RenderedAppendix:
    """The appendix workbook; `listed` is what 附件说明 printed. Raises TemplateError with every fault."""
    out = BytesIO()
    names = appendix_names(issue, proof, workbook, listed)
    result = templates.appendix.render(names, out, modified=issue_day(issue))
    notices = tuple(codes.UNCOMPUTED.at(place) for place in result.uncomputed)
    return RenderedAppendix(out.getvalue(), notices)


def appendix_names(issue: Issue, proof: Proof, workbook: str, listed: Sequence[str] = ()) -> dict[str, object]:
    """The names of 附件.xlsx; `workbook` is the path of the data from the appendix, for the links of 核数表."""
    sections = [section for article in issue.articles for section in article.sections]
    cells = _Cells()
    return {
        **issue_names(issue, listed, cells.section),
        "活动": cells.rows(_rows(issue, "活动")),
        "指标": cells.rows(_rows(issue, "指标")),
        "覆盖板块": [str(section.heading) for section in sections],
        "覆盖": [View((n, row, sections), _COVERAGE, _covered_unit) for n, row in enumerate(issue.coverage, 1)],
        "核数": [View((row, workbook), _AUDIT, lambda pair: pair[0].printed) for row in proof.audit],
        "疑点": [View(query, _QUERY, lambda q: q.diagnostic.message) for query in proof.queries],
    }


def _rows(issue: Issue, sheet: str) -> Rows[Any]:
    rows = issue.vocabulary.names[sheet]
    assert isinstance(rows, Rows)
    return rows


class _Cells:
    """Rows of 指标 and 活动 for cells: columns typed, prose and phrases as in the article. Each view is made once."""

    def __init__(self) -> None:
        self._getters: dict[tuple[str, ...], Mapping[str, Getter[View[Any]]]] = {}
        self._groups: dict[str, list[View[Any]]] = {}

    def rows(self, rows: Iterable[View[Any]]) -> list[View[View[Any]]]:
        return [View(row, self._of(row), lambda view: view.shown()) for row in rows]

    def section(self, section: Section) -> View[Section]:
        """A 板块 whose rows are typed."""
        typed: dict[str, Getter[Section]] = {
            "指标": lambda s: self.rows(s.indicators),
            "活动": lambda s: self.rows(s.activities),
            "单位组": self._unit_groups,
        }
        return section_view(section, typed)

    def _unit_groups(self, section: Section) -> list[View[Any]]:
        """Units in the article's order with their rows; rows of others (the region) come first, in row order."""
        key = section.row.record.id
        if key not in self._groups:
            units = [str(block.unit) for block in section.unit_blocks]
            indicators, activities = self._by_unit(section.indicators), self._by_unit(section.activities)
            others = [unit for unit in dict.fromkeys((*indicators, *activities)) if unit not in set(units)]
            groups = [(unit, indicators.get(unit, []), activities.get(unit, [])) for unit in (*others, *units)]
            self._groups[key] = [View(group, _GROUP, lambda g: g[0]) for group in groups]
        return self._groups[key]

    def _by_unit(self, rows: Sequence[View[Any]]) -> dict[str, list[View[View[Any]]]]:
        found: dict[str, list[View[View[Any]]]] = defaultdict(list)
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
            own = _INDICATOR if kind is Indicator else {}
            self._getters[names] = {**{name: _said(name) for name in names}, **typed, **own}
        return self._getters[names]


_GROUP: Mapping[str, Getter[Any]] = {"单位": lambda g: g[0], "指标": lambda g: g[1], "活动": lambda g: g[2]}


def _said(name: str) -> Getter[View[Any]]:
    return lambda view: None if (value := view[name]) is None or value == "" else value


def _cell(name: str) -> Getter[View[Any]]:
    """A column as a cell holds it: numbers as numbers, 概数 as its words, days as dates, blank as nothing."""
    return lambda view: _cell_value(getattr(view.record, name, None), getattr(view.record, "measure", ""))


def _cell_value(value: object, measure: str = "") -> object:
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
    return str(view) if view.record.upper is not None else _cell_value(view.record.value, view.record.measure)


# What differs from the bare column: 量词 as the article prints it, % included.
_INDICATOR: Mapping[str, Getter[View[Indicator]]] = {
    "占比": _share,
    "值": _value,
    "量词": lambda view: measure_of(view.record) or None,
}

Covered = tuple[int, Coverage, list[Section]]


def _covered_unit(row: Covered) -> str:
    return row[1].unit.short_name


def _verdict(row: Covered) -> str:
    covered = row[1]
    return "漏报" if covered.missed else "✔" if covered.unit.reports else "不参报"


def _places(row: Covered) -> str | None:
    """The 板块 in which the unit is written."""
    pairs = zip(row[2], row[1].paragraphs, strict=True)
    return "、".join(str(section.heading) for section, count in pairs if count) or None


_COVERAGE: Mapping[str, Getter[Covered]] = {
    "序号": lambda r: r[0],
    "单位": _covered_unit,
    "类别": lambda r: r[1].unit.category or None,
    "参报": lambda r: "是" if r[1].unit.reports else "否",
    "各板块": lambda r: r[1].paragraphs,
    "段数": lambda r: sum(r[1].paragraphs),
    "数字数": lambda r: r[1].figures,
    "所在板块": _places,
    "结论": _verdict,
}


def _first(row: AuditRow) -> CellRef | None:
    return row.figure.sources[0] if row.figure is not None and row.figure.sources else None


def _of_cell(get: Callable[[CellRef], object]) -> Getter[tuple[AuditRow, str]]:
    def value(pair: tuple[AuditRow, str]) -> object:
        cell = _first(pair[0])
        return get(cell) if cell else None

    return value


def _of_figure(get: Callable[[Figure], object]) -> Getter[tuple[AuditRow, str]]:
    return lambda pair: get(pair[0].figure) if pair[0].figure is not None else None


def _link(pair: tuple[AuditRow, str]) -> object:
    """The first cell as a link into the workbook; the others named after it."""
    row, workbook = pair
    cell = _first(row)
    if cell is None or not cell.address:
        return None
    assert row.figure is not None
    label = "、".join(source.label for source in row.figure.sources)
    return Hyperlink(workbook, label, location=f"{cell.sheet}!{cell.address}")


def _source_values(figure: Figure) -> object:
    """源值: a lone number as a number, several as they stand in their cells."""
    texts = [source.text for source in figure.sources]
    return "、".join(texts) or None


def _of_record(name: str) -> Getter[tuple[AuditRow, str]]:
    return lambda pair: _cell_value(getattr(pair[0].indicator, name, None))


_AUDIT: Mapping[str, Getter[tuple[AuditRow, str]]] = {
    "序号": lambda p: p[0].number,
    "稿": lambda p: p[0].article or None,
    "板块": lambda p: p[0].section or None,
    "段": lambda p: p[0].paragraph,
    "原句": lambda p: p[0].sentence,
    "文中数字": lambda p: p[0].printed,
    "指标号": _of_record("id"),
    "指标名称": _of_record("name"),
    "来源文件": _of_cell(lambda cell: cell.file),
    "来源单元格": _link,
    "源值": _of_figure(_source_values),
    "计算式": _of_figure(lambda figure: figure.formula or None),
    "计算值": _of_figure(lambda figure: figure.value if figure.status is Status.EXACT else None),
    "显示规则": lambda p: p[0].rule or None,
    "应写": _of_figure(lambda figure: figure.text),
    "结论": lambda p: p[0].verdict.value,
    "口径": _of_record("caliber"),
    "截止日": _of_record("as_of"),
    "同数别处": lambda p: "、".join(f"第{n}段" for n in p[0].elsewhere) or None,
    "复核人": lambda p: None,
    "复核日期": lambda p: None,
}

_QUERY: Mapping[str, Getter[Query]] = {
    "级别": lambda q: q.diagnostic.severity.label,
    "规则": lambda q: q.rule,
    "位置": lambda q: q.diagnostic.place.label(),
    "现状": lambda q: q.diagnostic.message,
    "建议": lambda q: q.diagnostic.suggestion,
}
