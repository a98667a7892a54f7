"""The paragraph of a unit that has none of its own, written from its 活动 and 指标."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reportgen.compose.paragraphs import Paragraphs
from reportgen.compose.units.deeds import Deeds, is_whole, without_name
from reportgen.compose.units.openings import TIME, Openings, opening_of
from reportgen.figures import HAD, Opening, Peers, begun, chain, is_one_clause
from reportgen.model.figure import Text
from reportgen.model.records import Activity, Indicator, Unit

# What opens the second sentence of a unit, the third, and so on in turn.
_CONNECTIVES = ("同时，", "此外，")
_SAME_TIME = "同期"
_LINKED = tuple(word.rstrip("，") for word in _CONNECTIVES)


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
        deeds = Deeds(self.paragraphs, unit).told([row for row in activities if row.included])
        told = {cell.key for deed in deeds for figure in deed.figures for cell in figure.sources}
        rows = [row for row in indicators if row.included and row.id not in told]
        sentences = self._done(unit, deeds, rows) if deeds else self._counted(unit, rows)
        return Text.of(*(part for sentence in sentences for part in (sentence, "。")))

    def heard(self, unit: Unit, text: Text) -> None:
        """Takes note of a paragraph of the 板块 that was typed."""
        self.openings.note(opening_of(without_name(unit, text)))

    def _done(self, unit: Unit, deeds: Sequence[Text], rows: Sequence[Indicator]) -> list[Text]:
        first, *others = _grouped(deeds)
        sentences = [self._begun(unit.short_name, _joined(first))]
        for number, group in enumerate(others):
            linked = str(group[0]).startswith(_LINKED)
            sentences.append(Text.of("" if linked else _CONNECTIVES[number % 2], _joined(group)))
        if not rows:
            return sentences
        if len(deeds) > 1 or is_whole(deeds[0]) or not is_one_clause(rows, self.peers):
            return [*sentences, *chain(rows, self.peers, alone=True)]
        return [Text.joined([*sentences, *chain(rows, self.peers)], "；")]

    def _begun(self, name: str, deed: Text) -> Text:
        """The unit's name before what it did; when the opening is worn, 同期 for its time, or 则 between them."""
        if not self.openings.is_worn(opening_of(deed)):
            return Text.of(name, deed)
        first = deed.pieces[0]
        time = TIME.match(first) if isinstance(first, str) else None
        if time is None or not isinstance(first, str):
            return Text.of(name, "则", deed)
        return Text.of(name, _SAME_TIME, first[time.end() :], *deed.pieces[1:])

    def _counted(self, unit: Unit, rows: Sequence[Indicator]) -> list[Text]:
        """Figures alone: the first 句 carries the unit's name."""
        if not rows:
            return []
        opening = begun(rows[0])
        if self.openings.is_worn(opening.period or opening.action or opening.name):
            opening = _varied(opening)
        first, *rest = chain(rows, self.peers, opening)
        return [Text.of(unit.short_name, first), *rest]


def _varied(opening: Opening) -> Opening:
    """A worn opening said otherwise: 同期 for the 时期 that the paragraphs before have named, 则 before a verb."""
    if opening.period:
        return replace(opening, period=_SAME_TIME)
    if opening.action == HAD:
        return replace(opening, action="有")
    return replace(opening, before="则" if opening.action else "的")


def _grouped(deeds: Iterable[Text]) -> list[list[Text]]:
    """Two deeds to a sentence; one that is itself more than a sentence stands alone."""
    groups: list[list[Text]] = []
    for deed in deeds:
        last = groups[-1] if groups else []
        if not last or len(last) == 2 or is_whole(deed) or is_whole(last[-1]):
            groups.append([deed])
        else:
            last.append(deed)
    return groups


def _joined(deeds: Sequence[Text]) -> Text:
    """By ， where none of them has a comma inside, else by ；."""
    inner = any("，" in str(deed) for deed in deeds)
    return Text.joined(deeds, "；" if inner else "，")
