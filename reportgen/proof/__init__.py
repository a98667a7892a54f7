"""Issue + finished docx → 核数表, 疑点 and the count of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reportgen.diagnostics import Diagnostic
from reportgen.model.figure import Figure
from reportgen.model.issue import Issue
from reportgen.model.report import AuditRow, FigureCount, Proof, Verdict
from reportgen.proof.audit import audit
from reportgen.proof.document import read_paragraphs
from reportgen.proof.queries import find_queries

__all__ = ["proofread"]


def proofread(
    issue: Issue,
    content: bytes,
    figures: Mapping[str, Figure],
    name: str,
    earlier: Iterable[Diagnostic],
    attachments: Sequence[str] = (),
) -> Proof:
    """Proofreads the finished docx.

    `content` is the docx with its marks, `figures` the figure behind each bookmark, `name` the file's name for places,
    `earlier` what the stages before warned of, `attachments` what 附件说明 lists.
    """
    paragraphs = read_paragraphs(content)
    rows = audit(issue, paragraphs, figures, attachments)
    found = find_queries(issue, rows, paragraphs, name, content, earlier)
    return Proof(rows, found, _count(rows, len(found)))


def _count(rows: tuple[AuditRow, ...], doubtful: int) -> FigureCount:
    verdicts = Counter(row.verdict for row in rows)
    total = sum(count for verdict, count in verdicts.items() if verdict is not Verdict.EXEMPT)
    untraced, pending = verdicts[Verdict.UNSOURCED], verdicts[Verdict.PENDING]
    return FigureCount(total, total - untraced - pending, untraced, pending, doubtful)
