"""Where prose belongs: its 稿, its 板块, its 单位; and where a 稿 stands on the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.validate import agreement as codes
from reportgen.model.figure import plain
from reportgen.model.records import ArticleRow, ContentRow
from reportgen.validate.checks.names import typed
from reportgen.validate.draft import Draft

_MOST_RELATED = 3


def homeless_rows(draft: Draft) -> Iterator[Diagnostic]:
    """板块 and 内容 that say nothing of their 稿 where there are several."""
    count = len(draft.dataset.articles)
    if count < 2:
        return
    for section in draft.dataset.sections:
        if not section.article:
            yield codes.NO_ARTICLE.at(section.origin.place("article"), count=count)
    for content in draft.dataset.contents:
        if not content.article and not content.section:
            yield codes.NO_ARTICLE.at(content.origin.place("article"), count=count)


def conflicting_articles(draft: Draft) -> Iterator[Diagnostic]:
    """A row whose 稿号 is not that of its 板块; one that no 稿 has is told elsewhere."""
    dataset = draft.dataset
    known = {article.id for article in dataset.articles}
    # Of a 板块号 that stands twice one cannot say which 板块 is meant.
    counts = Counter(section.id for section in dataset.sections)
    article_of = {
        section.id: section.article
        for section in dataset.sections
        if section.article in known and counts[section.id] == 1
    }
    for rows in (dataset.contents, dataset.activities, dataset.indicators, dataset.quotes, dataset.pictures):
        for row in rows:
            other = article_of.get(row.section)
            if row.article in known and other and row.article != other:
                place = row.origin.place("article")
                yield codes.ARTICLE_CONFLICT.at(place, text=row.article, section=row.section, other=other)


def shared_places(draft: Draft) -> Iterator[Diagnostic]:
    """Two 稿 with one 版面序."""
    first: dict[Decimal, ArticleRow] = {}
    for article in draft.dataset.articles:
        if article.page_order is None:
            continue
        other = first.setdefault(article.page_order, article)
        if other is not article:
            place, related = article.origin.place("page_order"), other.origin.place("page_order")
            order, where = plain(article.page_order), f"「{other.id}」（第{other.origin.row}行）"
            yield codes.PAGE_ORDER_TWICE.at(place, text=order, related=(related,), order=order, where=where)


def unit_paragraphs(draft: Draft) -> Iterator[Diagnostic]:
    """A 单位段 of no unit."""
    for row in draft.dataset.contents:
        if row.kind == "单位段" and not typed(row, "unit"):
            yield codes.UNIT_NEEDED.at(row.origin.place("unit"))


def units_not_reporting(draft: Draft) -> Iterator[Diagnostic]:
    """Units that are not 参报 and have a 单位段 all the same: it is printed, and they are not counted."""
    written: defaultdict[str, list[ContentRow]] = defaultdict(list)
    for row in draft.dataset.contents:
        if row.kind == "单位段":
            written[row.unit].append(row)
    for unit in draft.dataset.units:
        if not unit.reports and (rows := written.get(unit.short_name)):
            place = unit.origin.place("reports")
            related = tuple(row.origin.place("unit") for row in rows[:_MOST_RELATED])
            yield codes.NOT_REPORTING.at(
                place, text=unit.origin.cell("reports").text, related=related, unit=unit.short_name
            )
