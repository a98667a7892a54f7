"""Dataset → Issue: prose resolved, rows put in order, what is missing known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportgen.compose.assemble import Assembly
from reportgen.compose.paragraphs import Paragraphs
from reportgen.compose.prose import Prose
from reportgen.compose.reading import coverage, lines
from reportgen.compose.references import told
from reportgen.compose.rows import RowViews
from reportgen.compose.units import UnitBlocks
from reportgen.compose.vocabulary import clashes, vocabulary
from reportgen.diagnostics import Diagnostic, Outcome, Place, has_errors
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.diagnostics.catalogue.template import UNKNOWN_NAME
from reportgen.figures import DatasetPeers, unsound
from reportgen.model.issue import Article, Issue, Vocabulary
from reportgen.model.records import ArticleRow, Dataset, PictureRow
from reportgen.model.schema import sheet_of
from reportgen.model.view import Rows, View

__all__ = ["check_references", "compose"]


def compose(dataset: Dataset) -> Outcome[Issue]:
    """The Issue of a Dataset; None when a reference or a row cannot be placed, with every such fault."""
    peers = DatasetPeers.of(dataset)
    words, rows, prose = vocabulary(dataset, peers)
    prose.resolve_all(dataset)
    faults = [
        *clashes(dataset, words),
        *_of_data_and_prose(tuple(unsound(peers)), told(dataset, prose.faults, prose.named)),
    ]
    if not dataset.articles:
        faults.append(codes.NO_ARTICLE.at(Place(file=dataset.file, sheet=sheet_of(ArticleRow).name)))
    articles = _assembly(dataset, words, rows, prose, peers, faults).articles()
    note = prose.text(dataset.masthead, "editor_note")
    issue = Issue(
        dataset,
        rows.view(dataset.masthead),
        articles,
        words,
        note,
        _page_pictures(dataset, rows),
        _used(prose, articles),
        lines(dataset, note, articles),
        coverage(dataset, articles),
    )
    faults += _nowhere(dataset)
    if not has_errors(faults):
        # With faulty prose a unit's paragraph may be missing for that alone.
        faults += (*_missed(issue), *_empty(issue))
    return Outcome(None if has_errors(faults) else issue, tuple(faults))


def _of_data_and_prose(data: Sequence[Diagnostic], prose: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Both, without what prose only repeats of a row that is wrong in itself."""
    told = {(fault.code, place) for fault in data for place in fault.related}
    yield from data
    yield from (fault for fault in prose if not any((fault.code, place) in told for place in fault.related))


def check_references(dataset: Dataset) -> tuple[Diagnostic, ...]:
    """Only the wrong names and tags in prose, and wrong keys, for a Dataset whose cells are known to be faulty; with a
    notice of what cannot be looked up yet."""
    words, _, prose = vocabulary(dataset, DatasetPeers.of(dataset))
    prose.resolve_all(dataset)
    wrong = [fault for fault in _without_displaced(dataset, prose.faults) if fault.is_error]
    return (*clashes(dataset, words), *told(dataset, wrong, prose.named))


def _without_displaced(dataset: Dataset, faults: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Without the names that are unknown only because their row bears another's number, which is told there."""
    displaced = {
        *_displaced([row.id for row in dataset.indicators]),
        *_displaced([row.id for row in dataset.activities]),
    }
    return [f for f in faults if f.code != UNKNOWN_NAME.code or _looked_for(f) not in displaced]


def _displaced(keys: Sequence[str]) -> Iterator[str]:
    """The numbers that rows with a repeated one would have, going by the row above: Z003 in Z001, Z002, Z002."""
    counts = Counter(keys)
    for above, key in pairwise(keys):
        number = re.search(r"[0-9]+$", above)
        if counts[key] > 1 and key and number:
            yield f"{above[: number.start()]}{int(number[0]) + 1:0{len(number[0])}}"


def _looked_for(fault: Diagnostic) -> str:
    """The name at the head of a tag: Z003 of `{{ Z003.同比 }}`."""
    found = re.search(r"\w+", fault.place.tag or "")
    return found[0] if found else ""


def _assembly(
    dataset: Dataset,
    words: Vocabulary,
    rows: RowViews,
    prose: Prose,
    peers: DatasetPeers,
    faults: list[Diagnostic],
) -> Assembly:
    indicators, pictures = words.names["指标"], words.names["图片"]
    assert isinstance(indicators, Rows)
    assert isinstance(pictures, Rows)
    paragraphs = Paragraphs(prose, indicators.by_key, pictures.by_key)
    return Assembly(dataset, prose, rows, paragraphs, UnitBlocks(rows, paragraphs, peers), faults)


def _missed(issue: Issue) -> Iterator[Diagnostic]:
    """漏报: a 参报 unit of which no paragraph is printed."""
    for row in issue.coverage:
        if row.missed:
            yield codes.UNREPORTED_UNIT.at(row.unit.origin.place("short_name"), unit=row.unit.short_name)


def _empty(issue: Issue) -> Iterator[Diagnostic]:
    """A title or a 小标题 with nothing under it."""
    for article in issue.articles:
        body = (article.lead, article.paragraphs, article.sections, article.ending)
        if not any((*body, article.excerpts, article.links, article.quotes, article.pictures)):
            place = article.row.record.origin.place("title")
            yield codes.EMPTY_ARTICLE.at(place, title="".join(str(article.title).split("\n")))
    for section in (section for article in issue.articles for section in article.sections):
        prose = (section.intro, section.transition, section.closing)
        parts = (section.paragraphs, section.unit_blocks, section.excerpts, section.links, section.quotes)
        rows = (section.pictures, section.indicators, section.activities)
        if not any((*prose, *parts, *rows)):
            yield codes.EMPTY_SECTION.at(section.row.record.origin.place("heading"), heading=str(section.heading))


def _nowhere(dataset: Dataset) -> Iterator[Diagnostic]:
    """Rows of 内容 whose 类型 and 板块号 contradict each other, so that no place in the article is theirs."""
    for row in dataset.contents:
        if row.kind in ("导语", "结尾") and row.section:
            yield codes.NO_SECTION_WANTED.at(row.origin.place("section"), text=row.section, kind=row.kind)
        elif row.kind == "单位段" and not row.section:
            yield codes.SECTION_WANTED.at(row.origin.place("section"), unit=row.unit)


def _used(prose: Prose, articles: tuple[Article, ...]) -> frozenset[str]:
    """Rows named in prose, and those a unit's paragraph was written from."""
    blocks = [block for article in articles for section in article.sections for block in section.unit_blocks]
    written = [block for block in blocks if not any(paragraph.cell for paragraph in block.paragraphs)]
    indicators = {row.record.id for block in written for row in block.indicators}
    activities = {row.record.id for block in written for row in block.activities}
    listed = [s for article in articles for s in article.sections if s.row.record.mode == "逐活动"]
    return prose.used | indicators | activities | {row.record.id for s in listed for row in s.activities}


def _page_pictures(dataset: Dataset, rows: RowViews) -> tuple[View[PictureRow], ...]:
    """With several 稿, the pictures that name none are the page's own (workbook.md), save those that a row of 内容
    places."""
    if len(dataset.articles) < 2:
        return ()
    placed = {number for row in dataset.contents for number in row.pictures}
    own = (p for p in dataset.pictures if not p.article and not p.section and p.id not in placed)
    return tuple(rows.view(picture) for picture in own)
