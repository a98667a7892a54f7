"""Rows as printed paragraphs: those of 内容 as typed, those of 活动 and 指标 in sentences made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reportgen.compose.prose import Prose
from reportgen.figures import (
    Opening,
    Peers,
    begun,
    cell_figure,
    chain,
    filters,
    functions,
    is_one_clause,
    names_a_doing,
)
from reportgen.model.figure import Status, Text
from reportgen.model.issue import Paragraph
from reportgen.model.records import Activity, ContentRow, Indicator, PictureRow, Quantity, Record, Unit
from reportgen.model.view import View

_END_MARKS = "。；，、！？"
_ONE = Decimal(1)
# What opens the second sentence of a unit, the third, and so on in turn.
_CONNECTIVES = ("同时，", "此外，")
_TIME = re.compile(
    r"((?:今年|去年|近年|近[一两三四五几]+年|[一两三]年|\d{4}年|[上下]半年|全年|前三季度|第?[一二三四]季度)(?:以?来)?)，?"
)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Turns prose rows into paragraphs; `indicators` and `pictures` are the rows by number."""

    prose: Prose
    indicators: Mapping[str, View[Indicator]]
    pictures: Mapping[str, View[PictureRow]]

    def of_content(self, row: ContentRow) -> tuple[Paragraph, ...]:
        """The paragraphs of one cell: each line of 正文 is one; 领句 opens the first, 图片 follow the last."""
        lines = self.prose.text(row, "text").lines()
        lead = self.prose.text(row, "lead")
        last = len(lines) - 1
        return tuple(
            Paragraph(
                text=line,
                lead=lead if number == 0 else Text(),
                cell=row.origin.cell("text"),
                unit=row.unit,
                pictures=self._pictures(row) if number == last else (),
                indicators=self._named(Text.of(lead, line) if number == 0 else line),
            )
            for number, line in enumerate(lines)
        )

    def written(self, text: Text, unit: str) -> Paragraph:
        """A paragraph made from data rows."""
        return Paragraph(text, unit=unit, indicators=self._named(text))

    def clause(self, row: Record, field: str) -> Text:
        """A prose cell as part of a sentence: one line, its closing mark dropped."""
        lines = self.prose.text(row, field).lines()
        pieces = list(Text.of(*lines).pieces)
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].rstrip(_END_MARKS)
        return Text.of(*pieces)

    def _pictures(self, row: ContentRow) -> tuple[View[PictureRow], ...]:
        return tuple(self.pictures[number] for number in row.pictures if number in self.pictures)

    def _named(self, text: Text) -> tuple[View[Indicator], ...]:
        keys = dict.fromkeys(cell.key for figure in text.figures for cell in figure.sources if cell.sheet == "指标")
        return tuple(self.indicators[key] for key in keys if key in self.indicators)


class Openings:
    """How the paragraphs of one 板块 begin behind the unit's name: never three times running in the same way."""

    def __init__(self) -> None:
        self._last: list[str] = []

    def is_worn(self, opening: str) -> bool:
        """True when the last two paragraphs begin so already; a paragraph that begins so is noted."""
        worn = self._last == [opening, opening]
        self.note("" if worn else opening)
        return worn

    def note(self, opening: str) -> None:
        self._last = [*self._last[-1:], opening]


@dataclass(frozen=True, slots=True)
class UnitWriter:
    """Writes the units of one 板块 that have no 单位段: 简称＋做法，成效；指标.句 (templates.md)."""

    paragraphs: Paragraphs
    peers: Peers
    openings: Openings = field(default_factory=Openings)

    def paragraph(self, unit: Unit, activities: Sequence[Activity], indicators: Sequence[Indicator]) -> Text:
        """One paragraph of the rows that are 入文; empty when they say nothing.

        What was done comes first, two deeds to a sentence, then the chain of figures; a number that 做法 or 成效 names
        is not told again.
        """
        deeds = self._deeds(unit, [row for row in activities if row.included])
        told = {cell.key for deed in deeds for figure in deed.figures for cell in figure.sources}
        rows = [row for row in indicators if row.included and row.id not in told]
        sentences = self._done(unit, deeds, rows) if deeds else self._counted(unit, rows)
        return Text.of(*(part for sentence in sentences for part in (sentence, "。")))

    def heard(self, unit: Unit, text: Text) -> None:
        """Takes note of a paragraph of the 板块 that was typed."""
        self.openings.note(_opening(_without_name(unit, text)))

    def _done(self, unit: Unit, deeds: Sequence[Text], rows: Sequence[Indicator]) -> list[Text]:
        first, *others = _grouped(deeds)
        sentences = [self._begun(unit.short_name, Text.joined(first, "；"))]
        for number, group in enumerate(others):
            linked = str(group[0]).startswith(tuple(word.rstrip("，") for word in _CONNECTIVES))
            sentences.append(Text.of("" if linked else _CONNECTIVES[number % 2], Text.joined(group, "；")))
        told_alone = rows and (rows[0].period or rows[0].action)
        if told_alone and (len(deeds) > 1 or _is_whole(deeds[0]) or not is_one_clause(rows, self.peers)):
            return [*sentences, *chain(rows, self.peers, alone=True)]
        if not rows:
            return sentences
        joined, *rest = chain(rows, self.peers)
        return [*sentences[:-1], Text.joined([sentences[-1], joined], "；"), *rest]

    def _begun(self, name: str, deed: Text) -> Text:
        """The unit's name before what it did; 则 between them, or the time before both, when the opening is worn."""
        if not self.openings.is_worn(_opening(deed)):
            return Text.of(name, deed)
        time = _TIME.match(str(deed.pieces[0]))
        if time is None:
            return Text.of(name, "则", deed)
        return Text.of(time[1], "，", name, str(deed.pieces[0])[time.end() :], *deed.pieces[1:])

    def _counted(self, unit: Unit, rows: Sequence[Indicator]) -> list[Text]:
        """Figures alone: the first 句 carries the unit's name."""
        if not rows:
            return []
        opening = begun(rows[0])
        if self.openings.is_worn(opening.period or opening.action or opening.name):
            opening = _varied(opening)
        first, *rest = chain(rows, self.peers, opening)
        return [Text.of(unit.short_name, first), *rest]

    def _deeds(self, unit: Unit, rows: Sequence[Activity]) -> list[Text]:
        """做法，成效 of each row; those that have neither are told together by their names."""
        told = [(row, self._deed(unit, row)) for row in rows]
        named = [row for row, deed in told if not deed]
        return [deed for _, deed in told if deed] + self._named(named)

    def _deed(self, unit: Unit, row: Activity) -> Text:
        parts = [self.paragraphs.clause(row, "practice"), self.paragraphs.clause(row, "result")]
        return _without_name(unit, Text.joined([part for part in parts if part], "，"))

    def _named(self, rows: Sequence[Activity]) -> list[Text]:
        """开展读书班1次、党课6次，320人次参加; 走访企业."""
        counted = any(row.origin.cell("sessions").text for row in rows)
        things = [row for row in rows if not names_a_doing(row.name)]
        names = [self._event(row, counted) for row in things]
        told = [Text.of("开展", Text.joined(names, "、"), self._attendance(things))] if names else []
        for row in rows:
            if row not in things:
                told.append(Text.of(self._event(row, counted), self._attendance([row])))
        return told

    def _event(self, row: Activity, counted: bool) -> Text:
        if not counted:
            return Text.of(row.name)
        sessions = cell_figure(row.sessions or Quantity(_ONE), row.origin.cell("sessions"))
        return Text.of(row.name, filters(self.peers)["量词"](sessions, "次"))

    def _attendance(self, rows: Sequence[Activity]) -> Text:
        if not rows or any(row.attendance is None for row in rows):
            return Text()
        if len(rows) == 1:
            assert rows[0].attendance is not None
            number: object = cell_figure(rows[0].attendance, rows[0].origin.cell("attendance"))
        else:
            number = functions(self.peers)["人次"](rows)
        told = filters(self.peers)["量词"](number, "人次")
        pending = getattr(told, "status", None) is Status.PENDING
        return Text() if pending else Text.of("，", told, "参加")


def _varied(opening: Opening) -> Opening:
    """A worn opening said otherwise: 同期 for the 时期 that the paragraphs before have named, 则 before a verb."""
    if opening.period:
        return replace(opening, period="同期")
    return replace(opening, before="则" if opening.action else "的")


def _grouped(deeds: Iterable[Text]) -> list[list[Text]]:
    """Two deeds to a sentence; one that is itself more than a sentence stands alone."""
    groups: list[list[Text]] = []
    for deed in deeds:
        last = groups[-1] if groups else []
        if not last or len(last) == 2 or _is_whole(deed) or _is_whole(last[-1]):
            groups.append([deed])
        else:
            last.append(deed)
    return groups


def _is_whole(deed: Text) -> bool:
    return any(mark in piece for piece in deed.pieces if isinstance(piece, str) for mark in "。；！？")


def _without_name(unit: Unit, deed: Text) -> Text:
    """做法 often begins with the unit's own name, which the paragraph puts there already."""
    names = sorted(filter(None, (unit.short_name, unit.full_name, *unit.aliases)), key=len, reverse=True)
    first = deed.pieces[0] if deed else ""
    name = next((name for name in names if isinstance(first, str) and first.startswith(name)), "")
    return Text.of(str(first)[len(name) :].lstrip("，"), *deed.pieces[1:]) if name else deed


def _opening(deed: Text) -> str:
    """The time it begins with, else its first two characters."""
    words = str(deed)
    time = _TIME.match(words)
    return time[1] if time else words[:2]
