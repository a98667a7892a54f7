"""稿, 板块 and 段 put in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from reportgen.compose.paragraphs import Paragraphs
from reportgen.compose.prose import Prose
from reportgen.compose.rows import RowViews
from reportgen.compose.units import SectionRows, UnitBlocks, deed, event
from reportgen.diagnostics import Diagnostic
from reportgen.figures import date_text
from reportgen.model.figure import Text
from reportgen.model.issue import Article, Excerpt, Paragraph, Section
from reportgen.model.records import (
    Activity,
    ArticleRow,
    ContentRow,
    Dataset,
    Indicator,
    PictureRow,
    Quote,
    SectionRow,
)
from reportgen.model.view import View

# Where 主标题 may break (workbook.md); printed as a line break, and as nothing where there is but one line.
BREAK_MARK = "｜"


class _Ordered(Protocol):
    @property
    def order(self) -> Decimal | None: ...


O = TypeVar("O", bound=_Ordered)  # noqa: E741
B = TypeVar("B", Activity, Indicator)


def in_order(rows: Iterable[O]) -> list[O]:
    """By 序, rows without one after those that have it, each in row order."""
    return sorted(rows, key=lambda row: (row.order is None, row.order or Decimal(0)))


@dataclass(frozen=True, slots=True)
class Assembly:
    """Builds the articles of one Dataset out of its rows and the resolved prose."""

    dataset: Dataset
    prose: Prose
    rows: RowViews
    paragraphs: Paragraphs
    unit_blocks: UnitBlocks
    faults: list[Diagnostic]

    def articles(self) -> tuple[Article, ...]:
        """In 版面序 where given, otherwise in row order."""
        rows = sorted(self.dataset.articles, key=lambda row: (row.page_order is None, row.page_order or Decimal(0)))
        return tuple(self._article(row, number) for number, row in enumerate(rows, 1))

    def _article(self, row: ArticleRow, number: int) -> Article:
        own = self._of_article(row)
        loose = in_order(c for c in self.dataset.contents if not c.section and own(c.article))
        sections = in_order(s for s in self.dataset.sections if own(s.article))
        return Article(
            row=self.rows.view(row),
            number=number,
            byline=Text.of(row.byline or self.dataset.masthead.byline),
            title=_broken(self.prose.text(row, "title")),
            subtitle=self.prose.text(row, "subtitle"),
            kicker=self.prose.text(row, "kicker"),
            lead=self._paragraphs(loose, "导语"),
            paragraphs=self._paragraphs(loose, "正文"),
            sections=tuple(self._section(section, n) for n, section in enumerate(sections, 1)),
            ending=self._paragraphs(loose, "结尾"),
            excerpts=self._pieces(loose, "摘编"),
            links=self._pieces(loose, "链接"),
            quotes=self._quotes(lambda quote: not quote.section and own(quote.article)),
            pictures=self._pictures(lambda picture: not picture.section and own(picture.article)),
            indicators=self._belonging(self.dataset.indicators, own, sections),
            activities=self._belonging(self.dataset.activities, own, sections),
        )

    def _belonging(
        self, rows: Iterable[B], own: Callable[[str], bool], sections: Sequence[SectionRow]
    ) -> tuple[View[B], ...]:
        """The rows that name the 稿 or one of its 板块."""
        ids = {section.id for section in sections}
        return tuple(self.rows.view(row) for row in rows if (row.section in ids if row.section else own(row.article)))

    def _of_article(self, row: ArticleRow) -> Callable[[str], bool]:
        only = len(self.dataset.articles) == 1
        return lambda article: article == row.id or (only and not article)

    def _section(self, row: SectionRow, number: int) -> Section:
        contents = in_order(c for c in self.dataset.contents if c.section == row.id)
        activities = tuple(a for a in self.dataset.activities if a.section == row.id)
        indicators = tuple(i for i in self.dataset.indicators if i.section == row.id)
        unit_rows = tuple(c for c in contents if c.kind == "单位段")
        given = SectionRows(row, self.dataset.units, unit_rows, activities, indicators)
        return Section(
            row=self.rows.view(row),
            number=number,
            heading=self.prose.text(row, "heading"),
            second_heading=self.prose.text(row, "second_heading"),
            intro=self.prose.text(row, "intro"),
            transition=self.prose.text(row, "transition"),
            closing=self.prose.text(row, "closing"),
            paragraphs=(*self._paragraphs(contents, "正文"), *self._by_activity(row, activities)),
            unit_blocks=self.unit_blocks.blocks(given, self.faults) if row.mode == "逐单位" or unit_rows else (),
            excerpts=self._pieces(contents, "摘编"),
            links=self._pieces(contents, "链接"),
            quotes=self._quotes(lambda quote: quote.section == row.id),
            pictures=self._pictures(lambda picture: picture.section == row.id),
            indicators=tuple(self.rows.view(i) for i in indicators),
            activities=tuple(self.rows.view(a) for a in activities),
        )

    def _by_activity(self, row: SectionRow, activities: Sequence[Activity]) -> tuple[Paragraph, ...]:
        """逐活动: one paragraph per activity that is 入文, in row order: date, unit, 做法 and 成效."""
        if row.mode != "逐活动":
            return ()
        return tuple(self._activity(activity) for activity in activities if activity.included)

    def _activity(self, row: Activity) -> Paragraph:
        masthead = self.dataset.masthead
        date = f"{date_text(row.start, row.end, masthead)}，" if row.start else ""
        done = deed(self.paragraphs, row) or event(row)
        return self.paragraphs.written(Text.of(date, row.unit, done, "。"), row.unit)

    def _paragraphs(self, contents: Sequence[ContentRow], kind: str) -> tuple[Paragraph, ...]:
        return tuple(p for row in contents if row.kind == kind for p in self.paragraphs.of_content(row))

    def _pieces(self, contents: Sequence[ContentRow], kind: str) -> tuple[Excerpt, ...]:
        """A row with 标题 begins a piece, rows without continue it; a first row without begins one all the same."""
        groups: list[list[ContentRow]] = []
        for row in contents:
            if row.kind != kind:
                continue
            if row.title or not groups:
                groups.append([])
            groups[-1].append(row)
        return tuple(self._piece(group) for group in groups)

    def _piece(self, group: Sequence[ContentRow]) -> Excerpt:
        head = group[0]
        paragraphs = tuple(p for row in group for p in self.paragraphs.of_content(row))
        pictures = tuple(picture for paragraph in paragraphs for picture in paragraph.pictures)
        return Excerpt(self.prose.text(head, "title"), Text.of(head.byline), paragraphs, pictures)

    def _quotes(self, belongs: Callable[[Quote], bool]) -> tuple[View[Quote], ...]:
        """Quotations not named in prose; those that are stand there already."""
        named = self.prose.quoted
        chosen = in_order(q for q in self.dataset.quotes if belongs(q) and q.id not in named)
        return tuple(self.rows.view(quote) for quote in chosen)

    def _pictures(self, belongs: Callable[[PictureRow], bool]) -> tuple[View[PictureRow], ...]:
        """Pictures not placed by a row of 内容."""
        placed = {number for row in self.dataset.contents for number in row.pictures}
        return tuple(self.rows.view(p) for p in self.dataset.pictures if belongs(p) and p.id not in placed)


def _broken(title: Text) -> Text:
    """｜ in a title as a line break."""
    return Text.of(*(p.replace(BREAK_MARK, "\n") if isinstance(p, str) else p for p in title.pieces))
