"""Percentages in the text that no whole number can give, 概数 typed behind an exact number, shares above 100 %."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal

from reportgen.diagnostics.catalogue.proof import data as data_codes
from reportgen.diagnostics.catalogue.proof import figures as codes
from reportgen.model.cells import CellRef
from reportgen.model.figure import Status, plain
from reportgen.proof.queries.data.cells import growths
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.reading import clause_end
from reportgen.proof.queries.rounding import impossible_growth, impossible_share, told, vague_after_exact

Row = tuple[str, int]
_COUNTED = "个家名位人户件条项起宗批所支座只头台辆套组队场次期届部篇份本张枚块类种处片村"
# A whole number told exactly, with what it counts: not 近422家, not 4.22万家.
_PART = rf"(?<![近约超逾过破\d.．,])(?P<part>\d{{1,9}})\s?(?P<unit>[{_COUNTED}]次?)(?!以上|以下|左右|多)"
_PERCENT = r"\s?(?P<percent>\d{1,4}(?:\.\d{1,6})?)[%％](?!以上|以下|左右|多)"
# What the number counts, when it is said behind it: then a comma must follow, and it is no amount of its own, else the
# percentage is that of the amount (5个园区产值增长8%).
_NOUN = r"(?:(?![^，,（(]{0,5}[值额量率比费占])[^，。；、：\d（(]{1,5}(?=\s?[，,（(]))?\s?"
_SHARE = re.compile(rf"{_PART}{_NOUN}[，,（(]?\s?占比?[^，。；、：\d近约超逾过]{{0,14}}{_PERCENT}")
_GROWTH = re.compile(
    rf"{_PART}{_NOUN}[，,（(]?\s?(?:同比|环比|[较比](?:上年|去年|上期|上月|上季)?(?:同期)?(?:末)?)?"
    rf"(?P<verb>增长|增加|上升|提高|下降|减少|降低)(?:了|达|为|幅度为)?{_PERCENT}"
)
_SHARED_OUT = re.compile(r"分别(?:约)?占|占比分别[为达]?")
_EACH = re.compile(r"\d+(?:\.(\d+))?[%％]")


def impossible_percentages(printed: Printed) -> Found:
    """422家，占全市36.67%; 347家，同比增长86.23%. Not what the program computed, which fits."""
    pairs = {
        frozenset(_row(row.origin.cell("value")) for row in pair) for pair in growths(printed.issue.dataset.indicators)
    }
    for passage in printed.passages:
        for match in _SHARE.finditer(passage.text):
            if not _computed(passage, match):
                yield from _share(passage, match)
        for match in _GROWTH.finditer(passage.text):
            if not _computed(passage, match, pairs):
                yield from _growth(passage, match)


def _row(cell: CellRef) -> Row:
    return cell.sheet, cell.row


def _computed(passage: Passage, match: re.Match[str], pairs: Container[frozenset[Row]] = ()) -> bool:
    """True when the data rules have the two cells before them: a figure that was computed, both of one row, or of two
    rows that belong together (`pairs`)."""
    percent = passage.figure_at(*match.span("percent"))
    part = passage.figure_at(*match.span("part"))
    if percent is None:
        return part is not None and part.status is not Status.EXACT
    if percent.formula or percent.status is not Status.EXACT:
        return True
    rows = [{_row(cell) for cell in figure.sources} for figure in (part, percent) if figure is not None]
    return len(rows) == 2 and (not rows[0].isdisjoint(rows[1]) or frozenset(rows[0] | rows[1]) in pairs)


def _share(passage: Passage, match: re.Match[str]) -> Found:
    percent = Decimal(match["percent"])
    if impossible_share(Decimal(match["part"]), percent, _decimals(match["percent"])):
        part = f"{match['part']}{match['unit']}"
        yield data_codes.NO_WHOLE_BEHIND_SHARE.at(
            passage.place, text=match[0], part=part, percent=f"{match['percent']}%"
        )


def _growth(passage: Passage, match: re.Match[str]) -> Found:
    falls = match["verb"] in ("下降", "减少", "降低")
    rate = Decimal(match["percent"]) * (-1 if falls else 1)
    if impossible_growth(Decimal(match["part"]), rate, _decimals(match["percent"])):
        part = f"{match['part']}{match['unit']}"
        words = {"part": part, "change": match["verb"], "percent": f"{match['percent']}%"}
        yield data_codes.NO_BASE_BEHIND_GROWTH.fill(passage.place, words, text=match[0])


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def vague_typed(printed: Printed) -> Found:
    """263多亿 typed in the text; what a cell reports is told at the cell."""
    for passage in printed.passages:
        for vague in vague_after_exact(passage.text):
            if passage.figure_at(vague.start, vague.end) is None:
                yield told(vague, passage.place, passage.text[vague.start : vague.end])


def shared_out(printed: Printed) -> Found:
    """分别占a%、b%、c% that add to more than 100 %, the rounding of each allowed for."""
    for passage in printed.passages:
        for match in _SHARED_OUT.finditer(passage.text):
            clause = passage.text[match.end() : clause_end(passage.text, match.end())]
            found = list(_EACH.finditer(clause))
            total = sum((Decimal(each[0].rstrip("%％")) for each in found), Decimal(0))
            half = sum((Decimal(5).scaleb(-len(each[1] or "") - 1) for each in found), Decimal(0))
            if len(found) > 1 and total > 100 + half:
                yield codes.LISTED_SHARES_ABOVE_WHOLE.at(passage.place, text=match[0] + clause, sum=f"{plain(total)}%")
