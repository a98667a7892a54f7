"""The Issue: what compose hands on. 期 → 稿 → 板块 → 段, prose resolved, every figure with its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reportgen.model.cells import CellRef
from reportgen.model.figure import NO_TEXT, Text
from reportgen.model.records import (
    Activity,
    ArticleRow,
    Dataset,
    Indicator,
    Masthead,
    PictureRow,
    Quote,
    SectionRow,
    Unit,
)
from reportgen.model.view import View


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a prose cell or template may use, with the filters and functions of figures.md."""

    names: Mapping[str, object]
    filters: Mapping[str, Callable[..., object]]
    functions: Mapping[str, Callable[..., object]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph. `text` holds no line break; `cell` is the prose cell it came from, None when written
    from 活动 and 指标; `unit` is set for a 单位段."""

    text: Text
    lead: Text = NO_TEXT
    cell: CellRef | None = None
    unit: str = ""
    pictures: tuple[View[PictureRow], ...] = ()
    indicators: tuple[View[Indicator], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitBlock:
    """A unit within a 板块: its paragraphs and the rows that belong to it there."""

    unit: View[Unit]
    paragraphs: tuple[Paragraph, ...]
    indicators: tuple[View[Indicator], ...] = ()
    activities: tuple[View[Activity], ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """摘编 or 链接: a piece with its title and signature."""

    title: Text
    byline: Text
    paragraphs: tuple[Paragraph, ...]
    pictures: tuple[View[PictureRow], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A 板块 in its place, `number` counted from 1 within the article."""

    row: View[SectionRow]
    number: int
    heading: Text
    second_heading: Text = NO_TEXT
    intro: Text = NO_TEXT
    transition: Text = NO_TEXT
    closing: Text = NO_TEXT
    paragraphs: tuple[Paragraph, ...] = ()
    unit_blocks: tuple[UnitBlock, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    links: tuple[Excerpt, ...] = ()
    quotes: tuple[View[Quote], ...] = ()
    pictures: tuple[View[PictureRow], ...] = ()
    indicators: tuple[View[Indicator], ...] = ()
    activities: tuple[View[Activity], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A 稿: its titles, its 导语, 板块 and 结尾. `indicators` and `activities` are all that belong to it, those of its
    板块 included, in row order."""

    row: View[ArticleRow]
    number: int
    title: Text
    subtitle: Text = NO_TEXT
    kicker: Text = NO_TEXT
    byline: Text = NO_TEXT
    lead: tuple[Paragraph, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    ending: tuple[Paragraph, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    links: tuple[Excerpt, ...] = ()
    quotes: tuple[View[Quote], ...] = ()
    pictures: tuple[View[PictureRow], ...] = ()
    indicators: tuple[View[Indicator], ...] = ()
    activities: tuple[View[Activity], ...] = ()


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A line of prose meant for print, in reading order: what it says, the cell it was typed in (None when it was
    written from data), and the 稿 (its number) and 板块 (its 小标题) it stands in."""

    text: Text
    cell: CellRef | None
    article: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One unit in 全覆盖检查: paragraphs per 板块 in the article's order, and the figures in them."""

    unit: Unit
    paragraphs: tuple[int, ...]
    figures: int
    missed: bool


@dataclass(frozen=True, slots=True)
class Issue:
    """A whole 期, ready for templates: nothing in it is parsed or computed again.

    `used` are the numbers and names of the rows that the prose names; `lines` is all prose in reading order.
    """

    dataset: Dataset
    masthead: View[Masthead]
    articles: tuple[Article, ...]
    vocabulary: Vocabulary
    editor_note: Text = NO_TEXT
    pictures: tuple[View[PictureRow], ...] = ()
    used: frozenset[str] = frozenset()
    lines: tuple[ProseLine, ...] = ()
    coverage: tuple[Coverage, ...] = ()
