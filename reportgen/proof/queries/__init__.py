"""疑点: rules of one shape, each a function from what was printed to what should be questioned.

By topic: `data` goes over the rows, `figures` over numbers as printed, `prose` over the words; `coverage` and
`pictures` ask what of the workbook is in print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import compose as compose_codes
from reportgen.diagnostics.catalogue import figures as figure_codes
from reportgen.diagnostics.catalogue.proof import coverage as coverage_codes
from reportgen.diagnostics.catalogue.validate import agreement as agreement_codes
from reportgen.diagnostics.catalogue.validate import cells as cell_codes
from reportgen.model.issue import Issue
from reportgen.model.report import AuditRow, Query
from reportgen.proof.document import PrintedParagraph
from reportgen.proof.queries import coverage
from reportgen.proof.queries.data import cells, changes, dates, ranks, values, wholes
from reportgen.proof.queries.figures import against_data, days, evenness, measures, parts, percentages
from reportgen.proof.queries.pictures import pictures
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.prose import lists, marks, ordinals, repeats, units, words

__all__ = ["RULES", "Passage", "Printed", "Rule", "find_queries"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the name that 疑点 prints."""

    name: str
    find: Callable[[Printed], Found]


RULES = (
    # Numbers as printed
    Rule("数字不符", coverage.printed_otherwise),
    Rule("量词", measures.measures_behind_measures),
    Rule("手写数字", coverage.typed_by_hand),
    Rule("手写数字", coverage.keys_without_braces),
    Rule("百分比", percentages.impossible_percentages),
    Rule("概数", percentages.vague_typed),
    Rule("概数", against_data.against_data),
    Rule("占比之和", percentages.shared_out),
    Rule("部分与整体", parts.parts),
    Rule("合计", parts.listed_sums),
    Rule("并列的数", evenness.uneven_lists),
    Rule("日期", days.impossible_days),
    Rule("日期", days.backward_spans),
    # The data
    Rule("同名异数", values.same_name),
    Rule("百分比", cells.shares_alone),
    Rule("百分比", cells.impossible_growths),
    Rule("概数", cells.vague_numbers),
    Rule("占比之和", wholes.shares_above_whole),
    Rule("合计", wholes.totals),
    Rule("名次", ranks.same_rank),
    Rule("名次", ranks.ranks_in_range),
    Rule("基期", changes.bases),
    Rule("基期", changes.missing_bases),
    Rule("增幅", changes.great_changes),
    Rule("日期", dates.dates),
    # The words
    Rule("分别", lists.respectively),
    Rule("列举计数", lists.listed_and_counted),
    Rule("列举计数", ordinals.ordinals),
    Rule("重复", repeats.paragraphs),
    Rule("重复", repeats.alike),
    Rule("句首", repeats.openings),
    Rule("标点", marks.half_width),
    Rule("标点", marks.doubled_marks),
    Rule("标点", marks.unpaired),
    Rule("叠词", words.doubled_words),
    Rule("词表", words.terms),
    Rule("单位名称", units.unit_names),
    # What is in print
    Rule("写了没印", coverage.written_not_printed),
    Rule("空板块", coverage.lone_headings),
    Rule("引语", coverage.quotes),
    Rule("图片", pictures),
    Rule("指标未用", coverage.unused_indicators),
    Rule("活动未用", coverage.unused_activities),
)

# What earlier stages already found and an editor should see again beside the article.
EARLIER = {
    compose_codes.UNREPORTED_UNIT.code: "漏报",
    compose_codes.EMPTY_SECTION.code: "空板块",
    compose_codes.UNIT_WITHOUT_CONTENT.code: "待填",
    compose_codes.PENDING_PRINTED.code: "待填",
    compose_codes.BLANK_PRINTED.code: "缺字",
    cell_codes.VALUE_BLANK.code: "待填",
    agreement_codes.PICTURE_MISSING.code: "图片",
    agreement_codes.NOT_REPORTING.code: "参报",
    agreement_codes.MEASURE_TWICE.code: "叠词",
    agreement_codes.VAGUE_TWICE.code: "概数",
    agreement_codes.IMPOSSIBLE_COUNT.code: "计数",
    figure_codes.ALREADY_ROUND.code: "概数",
    figure_codes.HUGE_PERCENTAGE.code: "增幅",
}

# Of one rule no more than this many are listed: ten thousand rows that nobody uses must not hide the rest.
MOST_OF_A_RULE = 500


def find_queries(
    issue: Issue,
    audit: tuple[AuditRow, ...],
    paragraphs: Sequence[PrintedParagraph],
    docx: str,
    content: bytes,
    earlier: Iterable[Diagnostic],
) -> tuple[Query, ...]:
    """Every 疑点: those that earlier stages warned of, then the rules in their order.

    `content` is the docx with its marks, `paragraphs` what it reads as, `docx` its name for places.
    """
    printed = Printed.of(issue, audit, paragraphs, docx, content)
    known = [(EARLIER[item.code], item) for item in earlier if item.code in EARLIER]
    found = ((rule.name, item) for rule in RULES for item in _limited(rule, printed))
    where = printed.paragraphs_of_cells()
    return tuple(
        Query(name, item, where.get((item.place.sheet or "", item.place.cell or ""), ()))
        for name, item in (*known, *found)
    )


def _limited(rule: Rule, printed: Printed) -> Iterator[Diagnostic]:
    found = iter(rule.find(printed))
    yield from islice(found, MOST_OF_A_RULE)
    more = sum(1 for _ in found)
    if more:
        place = Place(file=printed.issue.dataset.file)
        yield coverage_codes.MORE_OF_THE_SAME.at(place, rule=rule.name, count=more)
