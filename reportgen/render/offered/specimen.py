"""An issue that has one of everything: what templates see, before there is data and where an issue has nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import Any

from reportgen.figures import PHRASES, Peers, Phrase
from reportgen.model.figure import NO_TEXT
from reportgen.model.issue import Coverage, Excerpt, Issue, Paragraph, Section, UnitBlock
from reportgen.model.records import Approximation, Indicator, Nature, Quantity
from reportgen.model.view import Rows, View
from reportgen.render.appendix import Appendix
from reportgen.render.appendix.audit import AUDIT, QUERY
from reportgen.render.context import issue_names
from reportgen.render.folders import TemplateData

# A row's number as people give it (Z001, H012, P1): a template without data cannot know which there are.
_ROW_NUMBER = re.compile(r"[A-Za-z]{1,3}\d{1,6}")
_KEYED, _SHEETS = ("指标", "活动", "引语", "图片"), ("指标", "活动", "单位", "引语", "图片", "名单")


def offered(issue: Issue, others: Sequence[Issue] = ()) -> TemplateData:
    """The names that templates of `issue` see and what each offers, for looking only: lists that are empty in it (摘编,
    链接, 核数) hold one of their kind, sheets without rows one of the others'."""
    return _offered(_specimen((issue, *others)))


def offered_without_data(samples: Sequence[Issue]) -> TemplateData:
    """What templates see whatever the data: that of a specimen of the samples, the first before the others. Any number
    of a row is known, with what rows offer; 表 may hold any sheet."""
    data = _offered(_specimen(samples))
    return TemplateData(*(_AnyNumber(names) for names in (data.article, data.appendix)))


def sayings(row: Indicator, peers: Peers) -> Mapping[str, object]:
    """What an indicator offers that has something to be compared with in every column; real ones rarely do."""
    full = replace(
        row,
        value=Quantity(Decimal(126)),
        measure="个",
        approximation=Approximation.EXACT,
        baseline=Quantity(Decimal(107)),
        previous=Quantity(Decimal(120)),
        target=Quantity(Decimal(131)),
        nature=Nature.COUNT,
        upper=None,
    )
    return {name: Phrase(name, full, peers) for name in PHRASES}


class _AnyNumber(Mapping[str, object]):
    """Names among which every number of a row is."""

    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = {**names, "表": None}
        rows = (row for sheet in _KEYED for row in _rows(names[sheet])[:1])
        self._row = MappingProxyType(dict.fromkeys(chain.from_iterable(rows)))

    def __getitem__(self, name: str) -> object:
        if _ROW_NUMBER.fullmatch(name):
            return self._row
        return self._names[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names or (isinstance(name, str) and _ROW_NUMBER.fullmatch(name) is not None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _offered(specimen: Issue) -> TemplateData:
    proof = {"核数": [MappingProxyType(dict.fromkeys(AUDIT))], "疑点": [MappingProxyType(dict.fromkeys(QUERY))]}
    return TemplateData(issue_names(specimen, ("附件",)), {**Appendix(specimen).names, **proof})


def _specimen(issues: Sequence[Issue]) -> Issue:
    first = issues[0]
    sheets = {sheet: _of_sheet(issues, sheet) for sheet in _SHEETS}
    paragraph = Paragraph(NO_TEXT, pictures=_rows(sheets["图片"])[:1], indicators=_rows(sheets["指标"])[:1])
    pieces = (Excerpt(NO_TEXT, NO_TEXT, (paragraph,), paragraph.pictures),)
    sections = [section for issue in issues for article in issue.articles for section in article.sections]
    article = replace(
        first.articles[0],
        lead=(paragraph,),
        paragraphs=(paragraph,),
        sections=tuple(_section(section, sheets, paragraph, pieces) for section in sections[:1]),
        ending=(paragraph,),
        excerpts=pieces,
        links=pieces,
        quotes=_rows(sheets["引语"])[:1],
        pictures=paragraph.pictures,
        indicators=_rows(sheets["指标"])[:1],
        activities=_rows(sheets["活动"])[:1],
    )
    names = {name: value for issue in reversed(issues) for name, value in issue.vocabulary.names.items()}
    return replace(
        first,
        articles=(article,),
        pictures=paragraph.pictures,
        vocabulary=replace(first.vocabulary, names={**names, **sheets}),
        coverage=tuple(Coverage(unit.record, (1,), 0, False) for unit in _rows(sheets["单位"])[:1]),
    )


def _section(
    section: Section, sheets: Mapping[str, object], paragraph: Paragraph, pieces: tuple[Excerpt, ...]
) -> Section:
    indicators, activities = _rows(sheets["指标"])[:1], _rows(sheets["活动"])[:1]
    blocks = (UnitBlock(unit, (paragraph,), indicators, activities) for unit in _rows(sheets["单位"])[:1])
    return replace(
        section,
        paragraphs=(paragraph,),
        unit_blocks=tuple(blocks),
        excerpts=pieces,
        links=pieces,
        quotes=_rows(sheets["引语"])[:1],
        pictures=paragraph.pictures,
        indicators=indicators,
        activities=activities,
    )


def _of_sheet(issues: Sequence[Issue], sheet: str) -> object:
    """The rows of the first issue that has any."""
    found = [issue.vocabulary.names[sheet] for issue in issues]
    return next((rows for rows in found if _rows(rows)), found[0])


def _rows(rows: object) -> tuple[View[Any], ...]:
    return tuple(rows) if isinstance(rows, (Rows, list)) else ()
