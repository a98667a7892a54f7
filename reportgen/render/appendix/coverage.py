"""覆盖: how each unit is covered by the article."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model.issue import Coverage, Section
from reportgen.model.view import Getter

Covered = tuple[int, Coverage, list[Section]]


def covered_unit(row: Covered) -> str:
    return row[1].unit.short_name


def _verdict(row: Covered) -> str:
    covered = row[1]
    return "漏报" if covered.missed else "✔" if covered.unit.reports else "不参报"


def _places(row: Covered) -> str | None:
    """The 板块 in which the unit is written."""
    pairs = zip(row[2], row[1].paragraphs, strict=True)
    return "、".join(str(section.heading) for section, count in pairs if count) or None


COVERAGE: Mapping[str, Getter[Covered]] = {
    "序号": lambda r: r[0],
    "单位": covered_unit,
    "类别": lambda r: r[1].unit.category or None,
    "参报": lambda r: "是" if r[1].unit.reports else "否",
    "各板块": lambda r: r[1].paragraphs,
    "段数": lambda r: sum(r[1].paragraphs),
    "数字数": lambda r: r[1].figures,
    "所在板块": _places,
    "结论": _verdict,
}
