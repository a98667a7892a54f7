"""Issue + 正文.docx → the docx, with the figure behind each of its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportgen.diagnostics import Diagnostic
from reportgen.model.figure import Figure
from reportgen.model.issue import Issue
from reportgen.render.context import issue_names
from reportgen.render.folders import Templates
from reportgen.render.manifest import document_id, issue_day
from reportgen.template import RenderResult


@dataclass(frozen=True, slots=True)
class RenderedArticle:
    """A docx in memory; `figures` is the Figure behind each bookmark, empty when rendered without marks.

    `attachments` are the names its 附件说明 was given; `notices` what people should know of it.
    """

    content: bytes
    attachments: tuple[str, ...]
    figures: Mapping[str, Figure]
    notices: tuple[Diagnostic, ...] = ()


def render_article(issue: Issue, templates: Templates, attachments: Sequence[str], *, marks: bool) -> RenderedArticle:
    """Renders the article; `attachments` are the names that 附件说明 prints.

    Raises TemplateError with every fault of the template.
    """
    out = BytesIO()
    names = issue_names(issue, attachments)
    identity = document_id(issue, templates)
    result = templates.article.render(names, out, trace=marks, document_id=identity, modified=issue_day(issue))
    return RenderedArticle(out.getvalue(), tuple(attachments), _figures(result), result.notices)


def _figures(result: RenderResult) -> dict[str, Figure]:
    return {p.bookmark: p.source for p in result.printed if isinstance(p.source, Figure)}
