"""疑点: rules of one shape, each a function from what was printed to what should be questioned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import compose as compose_codes
from reportgen.diagnostics.catalogue import proof as codes
from reportgen.diagnostics.catalogue import validate as validate_codes
from reportgen.model.issue import Issue
from reportgen.model.report import AuditRow, Query, Verdict
from reportgen.model.view import Rows
from reportgen.proof.document import PrintedParagraph
from reportgen.proof.standing import unprinted

_SHOWN = 30  # characters of a text that a message quotes


@dataclass(frozen=True, slots=True)
class Printed:
    """What the rules look at: the issue, its docx as read back and 核数表 of it; `docx` is the name of the file."""

    issue: Issue
    audit: tuple[AuditRow, ...]
    paragraphs: tuple[PrintedParagraph, ...]
    docx: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the name that 疑点 prints."""

    name: str
    find: Callable[[Printed], Iterable[Diagnostic]]


def typed_by_hand(printed: Printed) -> Iterator[Diagnostic]:
    """Numbers of the docx that no cell stands behind."""
    for row in printed.audit:
        if row.verdict is Verdict.UNSOURCED:
            place = _place(printed, row)
            yield codes.TYPED_BY_HAND.at(place, text=row.printed, printed=row.printed, sentence=row.sentence)


def printed_otherwise(printed: Printed) -> Iterator[Diagnostic]:
    """Marks whose text is not the figure's."""
    for row in printed.audit:
        if row.verdict is Verdict.DIFFERS and row.figure is not None:
            expected = row.figure.text
            place = _place(printed, row)
            yield codes.PRINTED_OTHERWISE.at(place, text=row.printed, printed=row.printed, expected=expected)


def written_not_printed(printed: Printed) -> Iterator[Diagnostic]:
    """Prose that was typed and that the template prints nowhere; said once for each cell."""
    lost = dict.fromkeys(line.cell for line in unprinted(printed.issue.lines, printed.paragraphs) if line.cell)
    for cell in lost:
        yield codes.WRITTEN_NOT_PRINTED.at(cell.place(), text=cell.text[:_SHOWN], column=cell.column)


def unprinted_quotes(printed: Printed) -> Iterator[Diagnostic]:
    """Quotations that neither prose nor template prints."""
    everything = "".join(paragraph.text for paragraph in printed.paragraphs)
    quotes = printed.issue.vocabulary.names["引语"]
    assert isinstance(quotes, Rows)
    for quote in quotes:
        if str(quote) not in everything:
            place = quote.record.origin.place("text")
            yield codes.WRITTEN_NOT_PRINTED.at(place, text=quote.record.text[:_SHOWN], column="原文")


def unused_indicators(printed: Printed) -> Iterator[Diagnostic]:
    """指标 meant for the article of which no figure is printed."""
    used = _printed_keys(printed)
    for row in printed.issue.dataset.indicators:
        if row.included and row.id not in used:
            yield codes.UNUSED_INDICATOR.at(row.origin.place("id"), text=row.id, name=row.name, key=row.id)


def unused_activities(printed: Printed) -> Iterator[Diagnostic]:
    """活动 with a number of their own, meant for the article, that it does not name."""
    used = _printed_keys(printed)
    for row in printed.issue.dataset.activities:
        if row.included and row.id and row.id not in used:
            yield codes.UNUSED_ACTIVITY.at(row.origin.place("id"), text=row.id, name=row.name, key=row.id)


RULES = (
    Rule("数字不符", printed_otherwise),
    Rule("手写数字", typed_by_hand),
    Rule("写了没印", written_not_printed),
    Rule("写了没印", unprinted_quotes),
    Rule("指标未用", unused_indicators),
    Rule("活动未用", unused_activities),
)

# What earlier stages already found and an editor should see again beside the article.
EARLIER = {
    compose_codes.UNREPORTED_UNIT.code: "漏报",
    compose_codes.UNIT_WITHOUT_CONTENT.code: "待填",
    compose_codes.PENDING_PRINTED.code: "待填",
    validate_codes.VALUE_BLANK.code: "待填",
}


def queries(printed: Printed, earlier: Iterable[Diagnostic]) -> tuple[Query, ...]:
    """Every 疑点: those that earlier stages warned of, then the rules in their order."""
    known = [Query(EARLIER[item.code], item) for item in earlier if item.code in EARLIER]
    found = [Query(rule.name, item) for rule in RULES for item in rule.find(printed)]
    return (*known, *found)


def _printed_keys(printed: Printed) -> frozenset[str]:
    traced = {cell.key for row in printed.audit if row.figure is not None for cell in row.figure.sources}
    return printed.issue.used | traced


def _place(printed: Printed, row: AuditRow) -> Place:
    """The prose cell it was typed in; for what stands in the template, the paragraph of the docx."""
    if row.cell is not None:
        return row.cell.place()
    return Place(file=printed.docx, part=row.section or "正文", paragraph=row.paragraph)
