"""Names of units: written otherwise than 单位 has them, and names like theirs that no sheet knows.

A unit is met by the last two characters of its name (政协, 动体); what stands before them is then compared with the
names that end so. Short names (甲市) have too little to compare: they are questioned only among known ones in a list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.diagnostics.catalogue.proof import prose as codes
from reportgen.model.records import Dataset
from reportgen.proof.queries.printed import Found, Passage, Printed

_ANCHOR = 2
_SHORTEST = 4  # characters of a name that is compared with others
_MOST_ADDED = 4
_SHORT = 6  # characters of a name of which one that differs may make another unit
_LONG = 8  # characters of a name that may have lost two of them; shorter ones, one
_HOLE = "＿"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
# Titles, and the short words in quotes that are brands rather than units.
_ASIDE = re.compile(r"《[^《》\n]*》|“[^“”\n]{1,12}”|「[^「」\n]{1,12}」")
# A difference in one of these is another unit rather than another spelling: 甲市财政局, 甲县财政局; 第一支部, 第二支部.
_OF_ANOTHER = frozenset("省市县区镇乡州村全各本我该级一二三四五六七八九十两〇")
# Said of several units at once (甲市各级政协), or of one below (甲市丙区政协).
_OF_SEVERAL = re.compile(r"[各级和与及等的或暨、]|.[省市县区]$")
# Heads that name no unit: 各县政协, 自治区政协, 人民政协, 加强联动体.
_GENERAL = re.compile(
    r"[各全该本我某每]|^(?:[两几多这那其此]|有关|相关|上述|所有|成员|其他|其它|人民|基层|地方|上级|下级|当地|自治区|广西)"
    r"|(?:级|自治区|省|市县|县区|[个批家支组类项种])$"
    r"|兄弟|通过|加入|[编组结变]成|成立|组建|建立|打造|构建|加强|推进|推动|发挥|依托|创新|形成|完善|健全"
)
# What may stand before a name inside a clause.
_BEFORE = re.compile(
    r"走进|深入|前往|来到|邀请|联合|会同|走访|考察|调研|组织|指导|以及|[由赴到在向对与和及将把被从为给以据请同是]"
)
# Words that end like the name of a place.
_WORDS = frozenset(
    "超市 上市 城市 都市 股市 夜市 社区 小区 园区 景区 地区 山区 辖区 校区 片区 街区 城区 郊区".split()  # noqa: SIM905
)
_SENTENCE_STARTS = frozenset("。！？；：\n")
_LIST = re.compile(r"[^，。；：！？\s、（）“”《》]{1,20}(?:、[^，。；：！？\s、（）“”《》]{1,20}){2,}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How names of one ending are made: the ending that all of them share (市政协, 联动体), the lengths of what stands
    before it, and its last characters where most of them share one."""

    ending: str
    lengths: frozenset[int]
    last: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[str]) -> _Kind:
        ending = _shared_ending(names)
        heads = [name.removesuffix(ending) for name in names]
        last = Counter(head[-1:] for head in heads)
        shared = frozenset(character for character, count in last.items() if count > 1)
        mostly = sum(last[character] for character in shared) * 2 > len(heads)
        return cls(ending, frozenset(map(len, heads)), shared if mostly else frozenset())

    def fits(self, name: str) -> bool:
        head = name.removesuffix(self.ending)
        if len(head) == len(name) or len(head) < 2 or _GENERAL.search(head):
            return False
        return len(head) in self.lengths and (not self.last or head[-1] in self.last)


def _shared_ending(names: Sequence[str]) -> str:
    """What all the names end in."""
    length = 0
    shortest = min(map(len, names))
    while length < shortest - 1 and len({name[-length - 1] for name in names}) == 1:
        length += 1
    return names[0][len(names[0]) - length :]


@dataclass(frozen=True, slots=True)
class _Register:
    """The names of 单位. `variants` has what a name becomes when a stretch of it is dropped, `holes` when one character
    is blotted out; `kinds` has the endings that two units or more share; `elsewhere` is what the other sheets say."""

    names: frozenset[str]
    anchors: re.Pattern[str]
    variants: Mapping[str, str]
    holes: Mapping[str, str]
    kinds: Mapping[str, _Kind]
    elsewhere: str
    lengths: tuple[int, ...]
    known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Dataset) -> _Register:
        units = [(unit.short_name, unit.full_name, *unit.aliases) for unit in data.units]
        names = frozenset(name for unit in units for name in unit if name)
        compared = sorted(name for name in names if len(name) >= _SHORTEST)
        anchors = sorted({name[-_ANCHOR:] for name in compared})
        return cls(
            names,
            re.compile("|".join(map(re.escape, anchors)) or r"(?!)"),
            {variant: name for name in compared for variant in _dropped(name)},
            {hole: name for name in compared for hole in _blotted(name)},
            {anchor: _Kind.of(names) for anchor, names in _by_ending(units).items() if len(names) > 1},
            "\n".join(_cells(data)),
            tuple(sorted({len(name) for name in names}, reverse=True)),
        )

    def knows(self, name: str) -> bool:
        """Whether another sheet names it; asked once per name, since the sheets may be long."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = name in self.elsewhere
        return found

    def ends_in_name(self, text: str, end: int) -> bool:
        return any(text[max(0, end - length) : end] in self.names for length in self.lengths if length <= end)

    def begins_with_name(self, text: str, start: int) -> bool:
        return any(text[start : start + length] in self.names for length in self.lengths)


def unit_names(printed: Printed) -> Found:
    """司法监督联动体 where 单位 has 司法联动体, and names made like those of 单位 that no sheet knows: each spelling
    once, where it is first printed."""
    register = _Register.of(printed.issue.dataset)
    drifting: dict[str, tuple[Passage, str]] = {}
    unknown: dict[str, tuple[Passage, str]] = {}
    times: Counter[str] = Counter()
    for passage in printed.passages if register.names else ():
        spelled = tuple(_misspelt(passage.text, register))
        for written, name in spelled:
            (unknown if _may_be_another(written, name) else drifting).setdefault(written, (passage, name))
            times[written] += 1
        for name in (*_unknown(passage.text, register), *_listed(passage.text, register)):
            if not any(written in name or name in written for written, _ in spelled):
                unknown.setdefault(name, (passage, ""))
    for written, (passage, name) in drifting.items():
        yield codes.DRIFTING_NAME.fill(passage.place, {"name": name, "count": times[written]}, text=written)
    for written, (passage, near) in unknown.items():
        yield codes.UNKNOWN_UNIT.fill(passage.place, {"near": f"，相近的有「{near}」" if near else ""}, text=written)


def _may_be_another(written: str, name: str) -> bool:
    """One character of a short name is another: 玉林市政协 and 桂林市政协 both exist, 清山市政协 may be a slip."""
    return len(written) == len(name) and len(name) <= _SHORT


def _cells(data: Dataset) -> Iterator[str]:
    """What the sheets name beside the units: whoever is listed there is known."""
    yield from (term.word for term in data.terms)
    for item in data.lists:
        yield from (item.name, item.unit)
    for activity in data.activities:
        yield from (activity.name, activity.place, activity.lead_unit, *activity.participants)
    yield from (text for row in data.indicators for text in (row.name, row.whole_name, row.comparison_name))
    yield from (quote.role for quote in data.quotes)
    yield from (str(value) for table in data.tables for row in table.rows for value in row.values if value)
    yield from (text for unit in data.units for text in (unit.parent, unit.category))


def _by_ending(units: Iterable[tuple[str, ...]]) -> Mapping[str, Sequence[str]]:
    """The last two characters of the names → the names that end so, one per unit."""
    found: dict[str, list[str]] = defaultdict(list)
    for names in units:
        for anchor, name in {name[-_ANCHOR:]: name for name in names if len(name) >= _SHORTEST}.items():
            found[anchor].append(name)
    return found


def _dropped(name: str) -> Iterator[str]:
    """The name without a character inside, a long one without two: its beginning and its ending stay."""
    for size in range(1, 3 if len(name) >= _LONG else 2):
        for start in range(1, len(name) - _ANCHOR - size + 1):
            variant = name[:start] + name[start + size :]
            if len(variant) >= _SHORTEST and not _OF_SEVERAL.search(name[start : start + size]):
                yield variant


def _blotted(name: str) -> Iterator[str]:
    """The name with one character blotted out, where enough of it is left to know it by."""
    for position in range(len(name) - _ANCHOR if len(name) > _SHORTEST else 0):
        if name[position] not in _OF_ANOTHER:
            yield name[:position] + _HOLE + name[position + 1 :]


def _occurrences(text: str, register: _Register) -> Iterator[tuple[str, int]]:
    """Where a name may end that is not one of 单位, and the text with titles and brands blotted out."""
    masked = _ASIDE.sub(lambda match: _HOLE * len(match[0]), text)
    for match in register.anchors.finditer(masked):
        if not register.ends_in_name(masked, match.end()):
            yield masked, match.end()


def _misspelt(text: str, register: _Register) -> Iterator[tuple[str, str]]:
    for masked, end in _occurrences(text, register):
        found = _spelling(masked, end, register)
        if found and not register.knows(found[0]):
            yield found


def _spelling(text: str, end: int, register: _Register) -> tuple[str, str] | None:
    """The longest stretch before `end` that is a name with characters changed, added or dropped, and that name."""
    longest = max(register.lengths, default=0) + _MOST_ADDED
    for length in range(min(longest, end), _SHORTEST - 1, -1):
        written = text[end - length : end]
        if _HAN.fullmatch(written):
            name = register.variants.get(written) or _changed(written, register) or _with_more(written, register)
            if name:
                return written, name
    return None


def _changed(written: str, register: _Register) -> str | None:
    for position in range(len(written) - _ANCHOR):
        if written[position] not in _OF_ANOTHER:
            name = register.holes.get(written[:position] + _HOLE + written[position + 1 :])
            if name:
                return name
    return None


def _with_more(written: str, register: _Register) -> str | None:
    for size in range(1, _MOST_ADDED + 1):
        for start in range(1, len(written) - _ANCHOR - size + 1):
            shorter = written[:start] + written[start + size :]
            if len(shorter) >= _SHORTEST and shorter in register.names:
                return None if _OF_SEVERAL.search(written[start : start + size]) else shorter
    return None


def _unknown(text: str, register: _Register) -> Iterator[str]:
    """Names at the start of a sentence, after 由, 赴, 走进 …, or beside a known one."""
    for masked, end in _occurrences(text, register):
        kind = register.kinds.get(masked[end - _ANCHOR : end])
        start = _begins(masked, end)
        name = masked[start:end]
        if kind is None or not kind.fits(name) or register.knows(name):
            continue
        if _stands_as_a_name(masked, start, end, register):
            yield name


def _begins(text: str, end: int) -> int:
    """Where the name begins that ends at `end`: behind what is no Chinese character, or behind 由, 赴, 走进 …"""
    start = end
    while start and _HAN.fullmatch(text[start - 1]):
        start -= 1
    head = [match.end() for match in _BEFORE.finditer(text, start, end - _ANCHOR)]
    return max([start, *head])


def _stands_as_a_name(text: str, start: int, end: int, register: _Register) -> bool:
    before = text[:start].rstrip("、和与及")
    if not before or before[-1] in _SENTENCE_STARTS or _BEFORE.search(text, max(0, start - 2), start):
        return True
    beside = text[end : end + 1] in ("、", "和", "与", "及") and register.begins_with_name(text, end + 1)
    return beside or (len(before) < start and register.ends_in_name(text, len(before)))


def _listed(text: str, register: _Register) -> Iterator[str]:
    """A name between two others of a list, of which two at least are known: 甲市、丁市、乙市."""
    for match in _LIST.finditer(text):
        first, *inner, last = match[0].split("、")
        known = [item for item in inner if item in register.names]
        known += [first] * register.ends_in_name(first, len(first))
        endings = {item[-1] for item in known}
        if len(known) + register.begins_with_name(last, 0) > 1:
            yield from (
                item
                for item in inner
                if item[-1] in endings
                and item not in register.names
                and item not in _WORDS
                and not register.knows(item)
            )
