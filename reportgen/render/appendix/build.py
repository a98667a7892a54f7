"""Issue + 附件.xlsx → the appendix workbook, and the names of its sheets before it is filled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import output as codes
from reportgen.model.issue import Issue
from reportgen.model.report import FigureCount, Proof
from reportgen.model.view import Rows, View
from reportgen.render.appendix.audit import AUDIT, QUERY
from reportgen.render.appendix.cells import Cells
from reportgen.render.appendix.coverage import COVERAGE, covered_unit
from reportgen.render.appendix.sheets import PROOF_SHEETS
from reportgen.render.context import issue_names, listed_names
from reportgen.render.manifest import issue_day
from reportgen.template import Template, TemplateError

_NUMBERED = re.compile(r"^附件\s*\d+[\s、.．：:]*")
_FRONT = ("封面", "目录")
# Stands for the proof while the article, which must be proofread first, is not yet made.
_NO_PROOF = Proof((), (), FigureCount())


@dataclass(frozen=True, slots=True)
class RenderedAppendix:
    """The appendix workbook in memory, and a notice for the formulas that have no value until it is opened."""

    content: bytes
    notices: tuple[Diagnostic, ...]


class Appendix:
    """What 附件.xlsx sees of an issue, made once: `names` before anything is proofread."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self.names: Mapping[str, object] = {**_issue_names(issue), **_proof_names(_NO_PROOF, "")}

    def attachments(self, template: Template) -> tuple[str, ...]:
        """What 附件说明 lists: the visible sheets in order, without empty ones and those that go over what proofreading
        finds.

        A sheet's name may begin with 附件1; 附件说明 numbers by itself, so what stands before the first such sheet, and
        what is called 封面 or 目录, is not counted. Raises TemplateError.
        """
        sheets = template.filled_sheets(self.names)
        shown = [s.name for s in sheets if s.visible and not s.is_empty and not s.lists & PROOF_SHEETS.keys()]
        first = next((number for number, name in enumerate(shown) if _NUMBERED.match(name)), 0)
        return tuple(_NUMBERED.sub("", name) or name for name in shown[first:] if name.strip() not in _FRONT)

    def render(
        self, template: Template, proof: Proof, listed: Sequence[str], workbook: str, *, trial: bool = False
    ) -> RenderedAppendix:
        """The appendix workbook; `listed` is what 附件说明 printed, `workbook` the path of the data from the appendix,
        for the links of 核数表. A `trial` finds the same faults and makes nothing. Raises TemplateError with every
        fault."""
        out = BytesIO()
        names = {**self.names, **listed_names(listed), **_proof_names(proof, workbook)}
        if trial:
            if faults := template.faults(names):
                raise TemplateError(faults)
            return RenderedAppendix(b"", ())
        result = template.render(names, out, modified=issue_day(self._issue))
        return RenderedAppendix(out.getvalue(), tuple(_notices(result.uncomputed)))

    def faults(self, template: Template) -> tuple[Diagnostic, ...]:
        """Every fault of filling the template, found without an article to proofread."""
        return template.faults(self.names)


def _notices(cells: Sequence[Place]) -> Iterator[Diagnostic]:
    """One notice per column of a sheet, at its first cell."""
    columns: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for place in cells:
        columns[place.sheet, (place.cell or "").rstrip("0123456789")].append(place)
    for found in columns.values():
        which = "这个公式" if len(found) == 1 else f"这一列从这里起有{len(found)}个公式"
        yield codes.UNCOMPUTED.at(found[0], which=which)


def _issue_names(issue: Issue) -> dict[str, object]:
    sections = [section for article in issue.articles for section in article.sections]
    cells = Cells(_rows(issue, "指标").by_key)
    return {
        **issue_names(issue, (), cells.section, cells.of_article()),
        "活动": _rows(issue, "活动").seen_as(cells.row),
        "指标": _rows(issue, "指标").seen_as(cells.row),
        "覆盖板块": [str(section.heading) for section in sections],
        "覆盖": [View((n, row, sections), COVERAGE, covered_unit) for n, row in enumerate(issue.coverage, 1)],
    }


def _proof_names(proof: Proof, workbook: str) -> dict[str, object]:
    return {
        "核数": [View((row, workbook), AUDIT, lambda pair: pair[0].printed) for row in proof.audit],
        "疑点": [View(query, QUERY, lambda q: q.diagnostic.message) for query in proof.queries],
    }


def _rows(issue: Issue, sheet: str) -> Rows[Any]:
    rows = issue.vocabulary.names[sheet]
    assert isinstance(rows, Rows)
    return rows
