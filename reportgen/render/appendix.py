"""What 附件.xlsx sees beside the article's names: typed rows, 覆盖, 核数, 疑点."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from reportgen.figures import in_measure
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Status
from reportgen.model.issue import Issue, Section, UnitBlock
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


def render_appendix(issue: Issue, templates: Templates, proof: Proof, listed: Sequence[str], workbook: str) -> bytes:
    """The appendix workbook; `listed` is what 附件说明 printed. Raises TemplateError with every fault."""
    out = BytesIO()
    names = appendix_names(issue, proof, workbook, listed)
    templates.appendix.render(names, out, modified=issue_day(issue))
    return out.getvalue()


def appendix_names(issue: Issue, proof: Proof, workbook: str, listed: Sequence[str] = ()) -> dict[str, object]:
    """The names of 附件.xlsx; `workbook` is the path of the data from the appendix, for the links of 核数表."""
    sections = [section for article in issue.articles for section in article.sections]
    return {
        **issue_names(issue, listed, _section),
        "活动": [_typed(row) for row in _rows(issue, "活动")],
        "指标": [_typed(row) for row in _rows(issue, "指标")],
        "覆盖板块": [str(section.heading) for section in sections],
        "覆盖": _coverage(issue, sections),
        "核数": [View((row, workbook), _AUDIT, lambda pair: pair[0].printed) for row in proof.audit],
        "疑点": [View(query, _QUERY, lambda q: q.diagnostic.message) for query in proof.queries],
    }


def _rows(issue: Issue, sheet: str) -> Rows[Any]:
    rows = issue.vocabulary.names[sheet]
    assert isinstance(rows, Rows)
    return rows


def _section(section: Section) -> View[Section]:
    """A 板块 whose rows are typed for cells: numbers as numbers, blanks as blanks."""
    typed: dict[str, Getter[Section]] = {
        "指标": lambda s: [_typed(row) for row in s.indicators],
        "活动": lambda s: [_typed(row) for row in s.activities],
        "单位组": lambda s: _unit_groups(s),
    }
    return section_view(section, typed)


def _unit_groups(section: Section) -> list[View[Any]]:
    """Units in the article's order with their rows; rows of others (the region) come first, in row order."""
    blocks = {str(block.unit): block for block in section.unit_blocks}
    units = [row.record.unit for row in section.indicators] + [row.record.unit for row in section.activities]
    others = dict.fromkeys(unit for unit in units if unit not in blocks)
    getters: dict[str, Getter[Any]] = {"单位": lambda g: g[0], "指标": lambda g: g[1], "活动": lambda g: g[2]}
    groups = [
        (
            unit,
            [_typed(row) for row in section.indicators if row.record.unit == unit],
            [_typed(row) for row in section.activities if row.record.unit == unit],
        )
        for unit in (*others, *blocks)
    ]
    return [View(group, getters, lambda g: g[0]) for group in groups]


def _typed(row: View[Any]) -> View[View[Any]]:
    """A row of 指标 or 活动 for cells: its columns typed, its prose and phrases as in the article."""
    columns = headers_of(type(row.record))
    prose = prose_columns(type(row.record))
    getters = {name: _cell(name, columns[name]) if name in columns.keys() - prose else _said(name) for name in row}
    if isinstance(row.record, Indicator):
        getters["占比"] = lambda view: _share(view.record)
    return View(row, getters, lambda view: view.shown())


def _said(name: str) -> Getter[View[Any]]:
    return lambda view: view[name] or None


def _cell(header: str, name: str) -> Getter[View[Any]]:
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


def _share(row: Indicator) -> Decimal | None:
    """占比 as reported, as a fraction for a cell shown in %."""
    return row.share.value / HUNDRED if row.share and not row.share.reported else None


def _coverage(issue: Issue, sections: Sequence[Section]) -> list[View[Any]]:
    """全覆盖检查: each unit with its paragraphs per 板块 and the figures in them."""
    missing = {unit.short_name for unit in issue.unprinted_units}
    rows = []
    for number, unit in enumerate(_rows(issue, "单位"), 1):
        blocks = [_blocks_of(section, str(unit)) for section in sections]
        counts = [sum(len(block.paragraphs) for block in found) for found in blocks]
        figures = sum(_figures(block) for found in blocks for block in found)
        places = [str(section.heading) for section, count in zip(sections, counts, strict=True) if count]
        verdict = "漏报" if str(unit) in missing else "✔" if sum(counts) else "不参报"
        rows.append((number, unit, counts, figures, "、".join(places), verdict))
    return [View(row, _COVERAGE, lambda r: str(r[1])) for row in rows]


def _blocks_of(section: Section, unit: str) -> list[UnitBlock]:
    return [block for block in section.unit_blocks if str(block.unit) == unit]


def _figures(block: UnitBlock) -> int:
    return sum(len(paragraph.text.figures) for paragraph in block.paragraphs)


_COVERAGE: Mapping[str, Getter[Any]] = {
    "序号": lambda r: r[0],
    "单位": lambda r: str(r[1]),
    "类别": lambda r: r[1].record.category or None,
    "参报": lambda r: "是" if r[1].record.reports else "否",
    "各板块": lambda r: r[2],
    "段数": lambda r: sum(r[2]),
    "数字数": lambda r: r[3],
    "所在板块": lambda r: r[4] or None,
    "结论": lambda r: r[5],
}


def _first(row: AuditRow) -> CellRef | None:
    return row.figure.sources[0] if row.figure and row.figure.sources else None


def _of_cell(get: Callable[[CellRef], object]) -> Getter[tuple[AuditRow, str]]:
    def value(pair: tuple[AuditRow, str]) -> object:
        cell = _first(pair[0])
        return get(cell) if cell else None

    return value


def _of_figure(get: Callable[[Figure], object]) -> Getter[tuple[AuditRow, str]]:
    return lambda pair: get(pair[0].figure) if pair[0].figure else None


def _link(pair: tuple[AuditRow, str]) -> object:
    """The first cell as a link into the workbook; the others named after it."""
    row, workbook = pair
    cell = _first(row)
    if cell is None or not cell.address:
        return None
    assert row.figure is not None
    label = "、".join(source.label for source in row.figure.sources)
    return Hyperlink(f"{workbook}#'{cell.sheet}'!{cell.address}", label)


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
