"""核数表: one row per number of the finished docx, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.model.figure import Figure, Status
from reportgen.model.issue import Issue
from reportgen.model.records import Activity, Indicator
from reportgen.model.report import AuditRow, Verdict
from reportgen.proof.document import Mark, PrintedParagraph
from reportgen.proof.numbers import Found, Recogniser

CONTEXT = 15

_TRACED = {Status.REPORTED: Verdict.REPORTED, Status.PENDING: Verdict.PENDING}


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the reader is: the 稿 and 小标题 last passed."""

    article: str = ""
    section: str = ""


def audit(issue: Issue, paragraphs: Sequence[PrintedParagraph], figures: Mapping[str, Figure]) -> tuple[AuditRow, ...]:
    """核数表 of a docx: its paragraphs as read back, and the figure behind each bookmark."""
    recogniser, records = _recogniser(issue), _records(issue)
    rows: list[AuditRow] = []
    for standing, paragraph in _placed(issue, paragraphs):
        for row in _of_paragraph(paragraph, figures, recogniser):
            figure = row.figure
            indicator = _record(records, figure) if figure else None
            rows.append(
                replace(
                    row, number=len(rows) + 1, article=standing.article, section=standing.section, indicator=indicator
                )
            )
    return tuple(_with_elsewhere(rows))


def _recogniser(issue: Issue) -> Recogniser:
    data = issue.dataset
    words = tuple(term.word for term in data.terms if term.category in ("缩略", "豁免"))
    units = [name for unit in data.units for name in (unit.short_name, unit.full_name, *unit.aliases)]
    names = [*units, *(a.name for a in data.activities), *(item.name for item in data.lists)]
    return Recogniser(words, tuple(name for name in names if any(c.isdigit() for c in name)))


def _placed(issue: Issue, paragraphs: Sequence[PrintedParagraph]) -> Iterator[tuple[_Standing, PrintedParagraph]]:
    """Each paragraph with the 稿 and 板块 it stands in, told by the titles and headings passed on the way."""
    titles = {line: article.row.record.id for article in issue.articles for line in str(article.title).split("\n")}
    headings = {str(section.heading) for article in issue.articles for section in article.sections}
    standing = _Standing(issue.articles[0].row.record.id)
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if paragraph.part != "正文":
            standing = _Standing(section=paragraph.part)
        elif text in titles:
            standing = _Standing(titles[text])
        elif text in headings:
            standing = replace(standing, section=text)
        yield standing, paragraph


def _of_paragraph(
    paragraph: PrintedParagraph, figures: Mapping[str, Figure], recogniser: Recogniser
) -> Iterator[AuditRow]:
    marked = [(mark.start, mark, None) for mark in paragraph.marks if mark.bookmark in figures]
    typed = [
        (found.start, None, found)
        for found in recogniser.find(paragraph.text)
        if not any(mark.start < found.end and found.start < mark.end for mark in paragraph.marks)
    ]
    for _, mark, found in sorted([*marked, *typed], key=lambda item: item[0]):
        if mark is not None:
            yield _traced(paragraph, mark, figures[mark.bookmark])
        elif found is not None:
            yield _typed(paragraph, found)


def _traced(paragraph: PrintedParagraph, mark: Mark, figure: Figure) -> AuditRow:
    printed = paragraph.text[mark.start : mark.end]
    verdict = _TRACED.get(figure.status, Verdict.AGREES)
    return AuditRow(
        number=0,
        article="",
        section="",
        paragraph=paragraph.number,
        sentence=_sentence(paragraph.text, mark.start, mark.end),
        printed=printed,
        verdict=verdict if printed == figure.text else Verdict.DIFFERS,
        rule=figure.rule,
        bookmark=mark.bookmark,
        figure=figure,
    )


def _typed(paragraph: PrintedParagraph, found: Found) -> AuditRow:
    return AuditRow(
        number=0,
        article="",
        section="",
        paragraph=paragraph.number,
        sentence=_sentence(paragraph.text, found.start, found.end),
        printed=paragraph.text[found.start : found.end],
        verdict=Verdict.EXEMPT if found.exempt else Verdict.UNSOURCED,
        rule=found.exempt,
    )


def _sentence(text: str, start: int, end: int) -> str:
    return text[max(0, start - CONTEXT) : end + CONTEXT].replace("\n", " ")


Records = Mapping[tuple[str, int], Indicator | Activity]


def _records(issue: Issue) -> Records:
    rows: tuple[Indicator | Activity, ...] = (*issue.dataset.indicators, *issue.dataset.activities)
    return {(row.origin.layout.sheet, row.origin.row): row for row in rows}


def _record(records: Records, figure: Figure) -> Indicator | Activity | None:
    """The row a figure is of: that of its first cell."""
    cell = next(iter(figure.sources), None)
    return records.get((cell.sheet, cell.row)) if cell else None


def _with_elsewhere(rows: Sequence[AuditRow]) -> Iterator[AuditRow]:
    """同数别处: the other paragraphs that print a figure of the same cells."""
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in rows:
        if row.figure and row.figure.sources:
            places[_cells(row.figure)].add(row.paragraph)
    for row in rows:
        others = places[_cells(row.figure)] - {row.paragraph} if row.figure and row.figure.sources else set()
        yield replace(row, elsewhere=tuple(sorted(others)))


def _cells(figure: Figure) -> tuple[str, ...]:
    return tuple(cell.label for cell in figure.sources)
