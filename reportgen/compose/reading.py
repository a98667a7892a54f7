"""An assembled issue read through: every line of prose in order, and what of each unit is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportgen.compose.units import official_order
from reportgen.model.cells import CellRef
from reportgen.model.figure import Text
from reportgen.model.issue import Article, Coverage, Excerpt, Paragraph, ProseLine, Section
from reportgen.model.records import Dataset, Record, Unit


def lines(dataset: Dataset, note: Text, articles: Sequence[Article]) -> tuple[ProseLine, ...]:
    """编者按, then the 稿 as they follow each other."""
    first = articles[0].row.record.id if articles else ""
    opening = _of_cell(note, dataset.masthead, "editor_note", first)
    return (*opening, *(line for article in articles for line in _article(article)))


def coverage(dataset: Dataset, articles: Sequence[Article]) -> tuple[Coverage, ...]:
    """Each unit in official order; `missed` (漏报) when it is to report and no paragraph is of it."""
    sections = [section for article in articles for section in article.sections]
    elsewhere = _named_elsewhere(articles)
    return tuple(_coverage(unit, sections, elsewhere) for unit in official_order(dataset.units))


def _coverage(unit: Unit, sections: Sequence[Section], elsewhere: frozenset[str]) -> Coverage:
    name = unit.short_name
    blocks = [[b.paragraphs for b in section.unit_blocks if str(b.unit) == name] for section in sections]
    counts = tuple(sum(len(paragraphs) for paragraphs in found) for found in blocks)
    figures = sum(len(p.text.figures) for found in blocks for paragraphs in found for p in paragraphs)
    return Coverage(unit, counts, figures, unit.reports and not sum(counts) and name not in elsewhere)


def _named_elsewhere(articles: Sequence[Article]) -> frozenset[str]:
    """Units of which a 稿, or a paragraph outside the unit blocks, is: those of 摘编 and 链接 too."""
    sections = [section for article in articles for section in article.sections]
    pieces = [piece for article in articles for piece in (*article.excerpts, *article.links)]
    pieces += [piece for section in sections for piece in (*section.excerpts, *section.links)]
    paragraphs = [p for article in articles for p in (*article.lead, *article.paragraphs, *article.ending)]
    paragraphs += [p for section in sections for p in section.paragraphs]
    paragraphs += [p for piece in pieces for p in piece.paragraphs]
    return frozenset([p.unit for p in paragraphs] + [article.row.record.unit for article in articles])


def _article(article: Article) -> Iterator[ProseLine]:
    record, number = article.row.record, article.row.record.id
    yield from _of_cell(article.kicker, record, "kicker", number)
    yield from _of_cell(article.title, record, "title", number)
    yield from _of_cell(article.subtitle, record, "subtitle", number)
    yield from _paragraphs((*article.lead, *article.paragraphs), number)
    for section in article.sections:
        yield from _section(section, number)
    yield from _paragraphs(article.ending, number)
    yield from _pieces((*article.excerpts, *article.links), number)


def _section(section: Section, article: str) -> Iterator[ProseLine]:
    record, name = section.row.record, str(section.heading)
    yield from _of_cell(section.heading, record, "heading", article, name)
    yield from _of_cell(section.second_heading, record, "second_heading", article, name)
    yield from _of_cell(section.intro, record, "intro", article, name)
    yield from _paragraphs(section.paragraphs, article, name)
    yield from _of_cell(section.transition, record, "transition", article, name)
    yield from _paragraphs((p for block in section.unit_blocks for p in block.paragraphs), article, name)
    yield from _pieces((*section.excerpts, *section.links), article, name)
    yield from _of_cell(section.closing, record, "closing", article, name)


def _paragraphs(paragraphs: Iterable[Paragraph], article: str, section: str = "") -> Iterator[ProseLine]:
    for paragraph in paragraphs:
        yield ProseLine(Text.of(paragraph.lead, paragraph.text), paragraph.cell, article, section)


def _pieces(pieces: Iterable[Excerpt], article: str, section: str = "") -> Iterator[ProseLine]:
    for piece in pieces:
        cell = piece.paragraphs[0].cell if piece.paragraphs else None
        yield from _parted(piece.title, cell, article, section)
        yield from _paragraphs(piece.paragraphs, article, section)


def _of_cell(text: Text, record: Record, field: str, article: str, section: str = "") -> Iterator[ProseLine]:
    return _parted(text, record.origin.cell(field), article, section)


def _parted(text: Text, cell: CellRef | None, article: str, section: str) -> Iterator[ProseLine]:
    return (ProseLine(line, cell, article, section) for line in text.lines())
