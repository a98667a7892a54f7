"""The Issue by the Chinese names of templates.md, “What a template sees”. Names are mapped here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from reportgen.model.figure import Text
from reportgen.model.issue import Article, Excerpt, Issue, Paragraph, Section, UnitBlock
from reportgen.model.view import Getter, View

T = TypeVar("T")


SectionView = Callable[[Section], View[Section]]


def section_view(section: Section, more: Mapping[str, Getter[Section]] | None = None) -> View[Section]:
    """板块, with `more` names or other meanings of its own."""
    return View(section, {**_columns(section.row), **_SECTION, **(more or {})}, lambda s: s.heading)


def issue_names(
    issue: Issue,
    attachments: Sequence[str] = (),
    section: SectionView = section_view,
    of_article: Mapping[str, Getter[Article]] | None = None,
) -> dict[str, object]:
    """刊期 稿件 稿 附件 and every name of the vocabulary.

    `attachments` are the names that 附件说明 prints; `section` makes what 板块 is; `of_article` gives names of 稿 more,
    or other meanings.
    """
    getters = {
        **_ARTICLE,
        "板块": lambda a: [section(s) for s in a.sections],
        **(of_article or {}),
    }
    articles = [View(a, {**_columns(a.row), **getters}, lambda a: a.title) for a in issue.articles]
    masthead = View(
        issue,
        {
            "统计期": _period,
            **_columns(issue.masthead),
            "编者按": lambda i: i.editor_note,
            "图片": lambda i: i.pictures,
        },
        lambda i: i.masthead.shown(),
    )
    return {
        **issue.vocabulary.names,
        "刊期": masthead,
        "稿件": articles,
        "稿": articles[0],
        **listed_names(attachments),
    }


def _period(issue: Issue) -> str:
    """统计期: 2025年1月1日至9月30日, the year always with it; empty when either end is blank."""
    start, end = issue.dataset.masthead.period_start, issue.dataset.masthead.period_end
    if start is None or end is None:
        return ""
    return f"{_day(start.start)}至{_day(end.end, start.start.year)}"


def _day(day: date, year: int = 0) -> str:
    return ("" if day.year == year else f"{day.year}年") + f"{day.month}月{day.day}日"


def listed_names(attachments: Sequence[str]) -> dict[str, object]:
    """附件: what 附件说明 prints."""
    return {"附件": [{"序号": number, "名称": name} for number, name in enumerate(attachments, 1)]}


def _columns(row: View[Any]) -> dict[str, Getter[Any]]:
    """The sheet's own columns, extra ones included, under what the composed thing offers."""
    return {name: _column(row, name) for name in row}


def _column(row: View[Any], name: str) -> Getter[Any]:
    return lambda _: row[name]


def _views(things: Sequence[T], getters: Mapping[str, Getter[T]], shown: Getter[T]) -> list[View[T]]:
    return [View(thing, getters, shown) for thing in things]


def _paragraphs(paragraphs: Sequence[Paragraph]) -> list[View[Paragraph]]:
    return _views(paragraphs, _PARAGRAPH, lambda p: Text.of(p.lead, p.text))


def _pieces(pieces: Sequence[Excerpt]) -> list[View[Excerpt]]:
    return _views(pieces, _PIECE, lambda piece: piece.title)


_PARAGRAPH: Mapping[str, Getter[Paragraph]] = {
    "领句": lambda p: p.lead,
    "文本": lambda p: p.text,
    "图片": lambda p: p.pictures,
    "指标": lambda p: p.indicators,
}

_PIECE: Mapping[str, Getter[Excerpt]] = {
    "标题": lambda piece: piece.title,
    "署名": lambda piece: piece.byline,
    "图片": lambda piece: piece.pictures,
    "段落": lambda piece: _paragraphs(piece.paragraphs),
}

_UNIT_BLOCK: Mapping[str, Getter[UnitBlock]] = {
    "单位": lambda block: block.unit,
    "段落": lambda block: _paragraphs(block.paragraphs),
    "指标": lambda block: block.indicators,
    "活动": lambda block: block.activities,
}

_SECTION: Mapping[str, Getter[Section]] = {
    "序号": lambda s: s.number,
    "小标题": lambda s: s.heading,
    "小标题下行": lambda s: s.second_heading,
    "导入": lambda s: s.intro,
    "过渡句": lambda s: s.transition,
    "段落": lambda s: _paragraphs(s.paragraphs),
    "单位段": lambda s: _views(s.unit_blocks, _UNIT_BLOCK, lambda block: block.unit.shown()),
    "活动": lambda s: s.activities,
    "引语": lambda s: s.quotes,
    "图片": lambda s: s.pictures,
    "指标": lambda s: s.indicators,
    "摘编": lambda s: _pieces(s.excerpts),
    "链接": lambda s: _pieces(s.links),
    "收束": lambda s: s.closing,
    "末尾省略号": lambda s: s.row.record.ellipsis,
}

_ARTICLE: Mapping[str, Getter[Article]] = {
    "序号": lambda a: a.number,
    "主标题": lambda a: a.title,
    "副标题": lambda a: a.subtitle,
    "引题": lambda a: a.kicker,
    "署名": lambda a: a.byline,
    "导语": lambda a: _paragraphs(a.lead),
    "段落": lambda a: _paragraphs(a.paragraphs),
    "结尾": lambda a: _paragraphs(a.ending),
    "摘编": lambda a: _pieces(a.excerpts),
    "链接": lambda a: _pieces(a.links),
    "图片": lambda a: a.pictures,
    "引语": lambda a: a.quotes,
    "指标": lambda a: a.indicators,
    "活动": lambda a: a.activities,
}
