"""Lists and the numbers that count them: 分别, 等n个, n个 without 等."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.diagnostics.catalogue.proof import prose as codes
from reportgen.model.records import Dataset
from reportgen.proof.queries.numerals import COUNT, as_integer
from reportgen.proof.queries.printed import Found, Passage, Printed
from reportgen.proof.queries.reading import HELD, clause_end, clause_start, counted, last_list, set_aside

_RESPECTIVELY = re.compile(r"(?:同比|环比|[较比](?:上年|去年)?(?:同期)?)?分别")
_NUMBERED = re.compile(r"[\d０-９]|[一二三四五六七八九十百两]成|第[一二三四五六七八九十]")
_MEASURES = "个家名位项种类所支条件大场次座村户市县区篇部张批组队处"
_ENDING_COUNT = re.compile(rf"等\s*(?P<count>{COUNT})(?P<measure>[{_MEASURES}])")
_BARE_COUNT = re.compile(rf"(?P<count>{COUNT})(?P<measure>[{_MEASURES}])")
_QUOTED_LIST = re.compile(
    rf"(?:“[^“”，。；]+”[、和与及]?){{1,30}}“[^“”，。；]+”(?:这|共)?(?P<count>{COUNT})(?P<measure>[{_MEASURES}])"
)
_JOINED = re.compile(r"、|以及|和|与|及")


def respectively(printed: Printed) -> Found:
    """分别 with fewer or more numbers than names: A、B、C分别增长a、b."""
    for passage in printed.passages:
        text = set_aside(passage.text)
        for match in _RESPECTIVELY.finditer(text):
            yield from _respectively(passage, text, match.start(), match.end())


def _respectively(passage: Passage, text: str, before: int, after: int) -> Found:
    start, end = clause_start(text, before), clause_end(text, after)
    if not text[start:before].strip() and start > 1 and text[start - 1] == "，":
        before, start = start - 1, clause_start(text, start - 1)
    items = _JOINED.split(text[after:end])
    if len(items) < 2 or not all(_NUMBERED.search(item) for item in items):
        return
    left, most_left = counted(text[start:before])
    right, most_right = counted(text[after:end])
    if most_left < 2 or "等" in text[start:before] or (left <= most_right and right <= most_left):
        return
    shown = passage.text[start:end].strip()
    yield codes.UNEQUAL_LISTS.at(passage.place, text=shown, left=left, right=right)


def listed_and_counted(printed: Printed) -> Found:
    """等n个 behind more than n names; n个 right behind another number of quoted or known names."""
    names = _known_names(printed.issue.dataset)
    for passage in printed.passages:
        if "、" not in passage.text and "”“" not in passage.text:
            continue
        yield from _with_ending(passage)
        yield from _quoted(passage)
        yield from _of_known_names(passage, names)


def _with_ending(passage: Passage) -> Found:
    text = set_aside(passage.text)
    for match in _ENDING_COUNT.finditer(text):
        listing = last_list(text, match.start())
        fewest, _ = counted(listing.text)
        total = as_integer(match["count"])
        if "、" in listing.text and total not in (None, 1) and fewest > total:
            shown = passage.text[listing.start : match.end()].strip()
            yield codes.TOO_MANY_LISTED.at(passage.place, text=shown, listed=fewest, printed=match[0])


def _quoted(passage: Passage) -> Found:
    for match in _QUOTED_LIST.finditer(passage.text):
        listed, total = match[0].count("“"), as_integer(match["count"])
        if total is not None and listed != total:
            words = {"listed": listed, "printed": f"{match['count']}{match['measure']}"}
            yield codes.LISTED_OTHERWISE.fill(passage.place, words, text=match[0])


def _of_known_names(passage: Passage, names: frozenset[str]) -> Found:
    """Only where every item is a unit's name or one of 名单: else 党课、读书班3次 would count sessions as items."""
    masked = set_aside(passage.text)
    for match in _BARE_COUNT.finditer(masked):
        listing = last_list(masked, match.start())
        items = _JOINED.split(passage.text[listing.start : listing.end].removesuffix("共").removesuffix("这"))
        total = as_integer(match["count"])
        if len(items) < 2 or HELD in listing.text or total in (None, len(items)):
            continue
        if all(item.strip() in names for item in items):
            words = {"listed": len(items), "printed": match[0]}
            yield codes.LISTED_OTHERWISE.fill(passage.place, words, text=passage.text[listing.start : match.end()])


def _known_names(data: Dataset) -> frozenset[str]:
    units: Iterable[str] = (
        name for unit in data.units for name in (unit.short_name, unit.full_name, *unit.aliases) if name
    )
    return frozenset((*units, *(item.name for item in data.lists)))
