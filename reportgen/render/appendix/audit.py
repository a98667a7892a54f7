"""核数 and 疑点: what proofreading found, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Status
from reportgen.model.report import AuditRow, Query
from reportgen.model.schema import ACTIVITIES
from reportgen.model.view import Getter
from reportgen.render.appendix.cells import cell_value
from reportgen.template.excel.cells import Hyperlink

_SHOWN = 3  # source values of one figure
# Columns whose blank cells count all the same (workbook.md).
_BLANKS = {(ACTIVITIES.name, ACTIVITIES.column("sessions").header): "（空，按1次算）"}


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
    label = "、".join(_runs(row.figure.sources))
    return Hyperlink(workbook, label, location=f"{cell.sheet}!{cell.address}")


def _source_values(figure: Figure) -> object:
    """源值: what stands in the cells; of many the first few and how many there are."""
    texts = [source.text or _BLANKS.get((source.sheet, source.column), "") for source in figure.sources]
    if len(texts) > _SHOWN:
        return f"{'、'.join(texts[:_SHOWN])}…等{len(texts)}项"
    return "、".join(texts) or None


def _runs(cells: Sequence[CellRef]) -> Iterator[str]:
    """Cells as people name them: 指标!E2、指标!E7; those below one another as a range, 名单!C6:C16."""
    start = 0
    for index in range(1, len(cells) + 1):
        if index < len(cells) and _follows(cells[index - 1], cells[index]):
            continue
        first, last = cells[start], cells[index - 1]
        yield first.label if first is last else f"{first.label}:{last.address}"
        start = index


def _follows(above: CellRef, below: CellRef) -> bool:
    same = (above.sheet, above.address.rstrip("0123456789")) == (below.sheet, below.address.rstrip("0123456789"))
    return same and below.row == above.row + 1


def _of_record(name: str) -> Getter[tuple[AuditRow, str]]:
    return lambda pair: cell_value(getattr(pair[0].indicator, name, None))


AUDIT: Mapping[str, Getter[tuple[AuditRow, str]]] = {
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

_PLACES = 5  # paragraphs that 疑点 names for one cell


def _position(query: Query) -> str:
    """The cell, and the paragraphs of the article that print it, counted as in 核数表."""
    numbers = "、".join(str(number) for number in query.paragraphs[:_PLACES])
    more = "等" if len(query.paragraphs) > _PLACES else ""
    label = query.diagnostic.place.label()
    return f"{label}；文中第{numbers}{more}段" if numbers else label


QUERY: Mapping[str, Getter[Query]] = {
    "级别": lambda q: q.diagnostic.severity.label,
    "规则": lambda q: q.rule,
    "位置": _position,
    "现状": lambda q: q.diagnostic.message,
    "建议": lambda q: q.diagnostic.suggestion,
}
