"""What was written and not printed, typed and not traced, reported and not used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reportgen.diagnostics import Place
from reportgen.diagnostics.catalogue.proof import coverage as quote_codes
from reportgen.diagnostics.catalogue.proof import printed as codes
from reportgen.model.issue import Section
from reportgen.model.report import AuditRow, Verdict
from reportgen.model.view import Rows, View
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.standing import unprinted

_KEY = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+[0-9]+(?![A-Za-z0-9])")
_SHOWN = 30  # characters of a text that a message quotes
_NUMBERING = 6  # characters that a template may print beside a 小标题: 一、 第十二章
_TELLING = 2  # characters of a cell by which a row is known in print


def typed_by_hand(printed: Printed) -> Found:
    """Numbers of the docx that no cell stands behind; those in the number of a row are another matter."""
    keys = _keys(printed)
    for row in printed.audit:
        if row.verdict is Verdict.UNSOURCED and keys.isdisjoint(_KEY.findall(row.sentence)):
            place = _place(printed, row)
            yield codes.TYPED_BY_HAND.at(place, text=row.printed, printed=row.printed, sentence=row.sentence)


def keys_without_braces(printed: Printed) -> Found:
    """The number of a row (Z003) in the text as it is: its braces were forgotten."""
    keys = _keys(printed)
    for passage in printed.passages:
        for key in _KEY.findall(passage.text):
            if key in keys:
                yield codes.KEY_WITHOUT_BRACES.at(passage.place, text=key, printed=key)


def _keys(printed: Printed) -> frozenset[str]:
    data = printed.issue.dataset
    return frozenset((*(row.id for row in data.indicators), *(row.id for row in data.activities)))


def printed_otherwise(printed: Printed) -> Found:
    """Marks whose text is not the figure's."""
    for row in printed.audit:
        if row.verdict is Verdict.DIFFERS and row.figure is not None:
            expected = row.figure.text
            place = _place(printed, row)
            yield codes.PRINTED_OTHERWISE.at(place, text=row.printed, printed=row.printed, expected=expected)


def written_not_printed(printed: Printed) -> Found:
    """Prose that was typed and that the template prints nowhere; said once for each cell."""
    lost = dict.fromkeys(line.cell for line in unprinted(printed.issue.lines, printed.paragraphs) if line.cell)
    for cell in lost:
        yield codes.WRITTEN_NOT_PRINTED.at(cell.place(), text=cell.text[:_SHOWN], column=cell.column)


def quotes(printed: Printed) -> Found:
    """Quotations that neither prose nor template prints, and those printed before they were approved."""
    everything = "".join(paragraph.text for paragraph in printed.paragraphs)
    rows = printed.issue.vocabulary.names["引语"]
    assert isinstance(rows, Rows)
    for quote in rows:
        record = quote.record
        if str(quote) not in everything:
            text = record.text[:_SHOWN]
            yield codes.WRITTEN_NOT_PRINTED.at(record.origin.place("text"), text=text, column="原文")
        elif not record.approved:
            place = record.origin.place("approved")
            yield quote_codes.QUOTE_NOT_APPROVED.at(place, text=record.text[:_SHOWN], key=record.id)


def lone_headings(printed: Printed) -> Found:
    """板块 that hold rows of 指标 or 活动 and not a word, where the template prints their 小标题 and nothing of the
    rows; those without rows are known before print."""
    sections = [(section, article) for article in printed.issue.articles for section in article.sections]
    for section, article in sections:
        if _has_rows_alone(section):
            others = [other for other, _ in sections if other is not section]
            under = list(_under(printed.body, section, others))
            is_last = section is article.sections[-1]
            if under and not any(_is_content(passages, section, is_last) for passages in under):
                rows = "和".join(name for name, found in _rows(section).items() if found)
                heading = str(section.heading)
                place = section.row.record.origin.place("heading")
                yield codes.HEADING_ALONE.at(place, text=heading, heading=heading, rows=rows)


def _rows(section: Section) -> dict[str, tuple[View[Any], ...]]:
    return {"指标": section.indicators, "活动": section.activities}


def _has_rows_alone(section: Section) -> bool:
    words = (section.intro, section.transition, section.closing, section.paragraphs, section.unit_blocks)
    others = (section.excerpts, section.links, section.quotes, section.pictures)
    return any(_rows(section).values()) and not any((*words, *others))


def _under(body: Sequence[Passage], section: Section, others: Sequence[Section]) -> Iterator[list[Passage]]:
    """For each place where the 小标题 is printed, what follows it up to the next 小标题 or line of prose."""
    for index, passage in enumerate(body):
        if _heads(passage, section):
            following = [p for p in body[index + 1 :] if p.text.strip() != str(section.second_heading)]
            ends = (n for n, p in enumerate(following) if p.cell or any(_heads(p, other) for other in others))
            yield following[: next(ends, None)]


def _heads(passage: Passage, section: Section) -> bool:
    """True for a paragraph that is the 小标题, its second line and a number beside it if need be."""
    text, heading = "".join(passage.text.split()), "".join(str(section.heading).split())
    if not heading or heading not in text:
        return False
    rest = text.replace(heading, "", 1).replace("".join(str(section.second_heading).split()), "", 1)
    return len(rest) <= _NUMBERING


def _is_content(passages: Sequence[Passage], section: Section, is_last: bool) -> bool:
    """True when words stand there; behind the last 板块, where signatures and notes follow, when they are its rows'."""
    written = [passage for passage in passages if any(character.isalnum() for character in passage.text)]
    if not is_last:
        return bool(written)
    rows = [row.record.origin for found in _rows(section).values() for row in found]
    keys = {origin.key for origin in rows if origin.key}
    if any(cell.key in keys for p in written for printing in p.figures for cell in printing.figure.sources):
        return True
    text = "".join(passage.text for passage in written)
    return any(isinstance(v, str) and len(v) >= _TELLING and v in text for origin in rows for v in origin.values)


def unused_indicators(printed: Printed) -> Found:
    """指标 meant for the article of which no figure is printed."""
    used = _printed_keys(printed)
    for row in printed.issue.dataset.indicators:
        if row.included and row.id not in used:
            yield codes.UNUSED_INDICATOR.at(row.origin.place("id"), text=row.id, name=row.name, key=row.id)


def unused_activities(printed: Printed) -> Found:
    """活动 with a number of their own, meant for the article, that it does not name."""
    used = _printed_keys(printed)
    for row in printed.issue.dataset.activities:
        if row.included and row.id and row.id not in used:
            yield codes.UNUSED_ACTIVITY.at(row.origin.place("id"), text=row.id, name=row.name, key=row.id)


def _printed_keys(printed: Printed) -> frozenset[str]:
    traced = {cell.key for row in printed.audit if row.figure is not None for cell in row.figure.sources}
    return printed.issue.used | traced


def _place(printed: Printed, row: AuditRow) -> Place:
    """The prose cell it was typed in; for what stands in the template, the paragraph of the docx."""
    if row.cell is not None:
        return row.cell.place()
    return Place(file=printed.docx, part=row.section or "正文", paragraph=row.paragraph)
