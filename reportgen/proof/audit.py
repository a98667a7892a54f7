"""核数表: one row per number of the finished docx, in reading order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.model.figure import Figure, Status
from reportgen.model.issue import Issue
from reportgen.model.records import Activity, Indicator
from reportgen.model.report import AuditRow, Verdict
from reportgen.proof.document import Mark, PrintedParagraph
from reportgen.proof.recognition import Found, Recogniser
from reportgen.proof.standing import stand

CONTEXT = 15

_TRACED = {Status.REPORTED: Verdict.REPORTED, Status.PENDING: Verdict.PENDING}


def audit(
    issue: Issue,
    paragraphs: Sequence[PrintedParagraph],
    figures: Mapping[str, Figure],
    attachments: Sequence[str] = (),
) -> tuple[AuditRow, ...]:
    """核数表 of a docx: its paragraphs as read back, and the figure behind each bookmark.

    `attachments` are the names that 附件说明 prints: numbers in them are told where the sheets are.
    """
    recogniser, records = _recogniser(issue, attachments), _records(issue)
    standings = stand(issue.lines, paragraphs)
    rows = [
        replace(
            row,
            number=number,
            article=standing.article,
            section=standing.section,
            cell=standing.cell,
            indicator=_record(records, row.figure) if row.figure is not None else None,
        )
        for number, (standing, row) in enumerate(
            (
                (standing, row)
                for standing, paragraph in zip(standings, paragraphs, strict=True)
                for row in _of_paragraph(paragraph, figures, recogniser)
            ),
            1,
        )
    ]
    return tuple(_with_elsewhere(rows))


def _recogniser(issue: Issue, attachments: Sequence[str]) -> Recogniser:
    data = issue.dataset
    words = tuple(term.word for term in data.terms if term.category in ("缩略", "豁免"))
    units = [name for unit in data.units for name in (unit.short_name, unit.full_name, *unit.aliases)]
    names = [*units, *(a.name for a in data.activities), *(item.name for item in data.lists), *attachments]
    return Recogniser(words, tuple(name for name in names if any(c.isnumeric() for c in name) and not name.isnumeric()))


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
    start, end = _token(paragraph, mark, figure)
    printed = paragraph.text[start:end]
    verdict = _TRACED.get(figure.status, Verdict.AGREES if _has_source(figure) else Verdict.UNSOURCED)
    return AuditRow(
        number=0,
        article="",
        section="",
        paragraph=paragraph.number,
        sentence=_sentence(paragraph.text, start, end),
        printed=printed,
        verdict=verdict if printed == figure.text else Verdict.DIFFERS,
        rule=figure.rule,
        bookmark=mark.bookmark,
        figure=figure,
    )


def _has_source(figure: Figure) -> bool:
    """A number typed inside a tag (`{{ 3|量词('次') }}`) has neither cell nor formula; a count of no rows has one."""
    return bool(figure.sources or figure.formula)


# What, typed against a figure, makes another number of it.
_BEFORE = re.compile(r"(?:(?<![0-9０-９—～~至-])[-−－])?[0-9０-９]*[.．]?$")
_AFTER = re.compile(r"[.．]?[0-9０-９]+[万亿]?[%％‰]?|[万亿][%％‰]?|[%％‰]")


def _token(paragraph: PrintedParagraph, mark: Mark, figure: Figure) -> tuple[int, int]:
    """The number as a reader sees it: what the mark covers, and digits, signs or units typed against it.

    Characters of other figures do not count: 29批34人次 are two numbers.
    """
    others = [other for other in paragraph.marks if other.bookmark != mark.bookmark]
    first = max((other.end for other in others if other.end <= mark.start), default=0)
    last = min((other.start for other in others if other.start >= mark.end), default=len(paragraph.text))
    before = _BEFORE.search(paragraph.text[first : mark.start]) if figure.text[:1].isdigit() else None
    after = _AFTER.match(paragraph.text, mark.end, last) if figure.value is not None else None
    end = after.end() if after else mark.end
    if figure.measure and paragraph.text.startswith(figure.measure, end) and figure.text.endswith(figure.measure):
        end += len(figure.measure)
    return first + before.start() if before else mark.start, end


def _typed(paragraph: PrintedParagraph, found: Found) -> AuditRow:
    exempt = _exemption(paragraph, found)
    return AuditRow(
        number=0,
        article="",
        section="",
        paragraph=paragraph.number,
        sentence=_sentence(paragraph.text, found.start, found.end),
        printed=paragraph.text[found.start : found.end],
        verdict=Verdict.EXEMPT if exempt else Verdict.UNSOURCED,
        rule=exempt,
    )


def _exemption(paragraph: PrintedParagraph, found: Found) -> str:
    """Why a typed number needs no source; a whole number alone in the first cell of a row counts the rows."""
    counts_rows = paragraph.heads_row and paragraph.text.strip().isdecimal()
    return "序号" if counts_rows else found.exempt


# Characters that a number is written in; cut between two of them, another number is left.
_POINTS = ".．"
_OF_NUMBER = re.compile(r"[0-9０-９.．%％‰万亿多余]")


def _sentence(text: str, start: int, end: int) -> str:
    """15 characters on either side, and as many more as complete a number that would be cut."""
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    while _in_number(text, first):
        first -= 1
    while _in_number(text, last):
        last += 1
    return text[first:last].replace("\n", " ")


def _in_number(text: str, position: int) -> bool:
    """True when the text, cut there, is cut within a number: its digits, or between it and its 万, % or 多."""
    around = text[max(0, position - 2) : position + 1]
    if position in (0, len(text)) or not all(map(_OF_NUMBER.match, around[-2:])):
        return False
    return around[-2].isdecimal() or (around[-2] in _POINTS and around[-1].isdecimal() and around[0].isdecimal())


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
        if row.figure is not None and row.figure.sources:
            places[_cells(row.figure)].add(row.paragraph)
    for row in rows:
        others = (
            places[_cells(row.figure)] - {row.paragraph} if row.figure is not None and row.figure.sources else set()
        )
        yield replace(row, elsewhere=tuple(sorted(others)))


def _cells(figure: Figure) -> tuple[str, ...]:
    return tuple(cell.label for cell in figure.sources)
