"""活动 in words: 做法，成效 as they were typed; those that have neither told by their names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.compose.paragraphs import Paragraphs
from reportgen.compose.units.openings import TIME, opening_of
from reportgen.figures import attendance, cell_figure, held, measured, sessions
from reportgen.model.figure import Status, Text
from reportgen.model.records import Activity, Quantity, Unit

_ONE = Decimal(1)
_ENDS = "。；！？"


@dataclass(frozen=True, slots=True)
class Deeds:
    """What one unit did: first what was told in words, in the order of the rows, then what has but a name."""

    paragraphs: Paragraphs
    unit: Unit

    def told(self, rows: Sequence[Activity]) -> list[Text]:
        """One text a deed, without the unit's name and without a closing mark."""
        typed = [without_name(self.unit, told) for row in rows if (told := deed(self.paragraphs, row))]
        bare = [row for row in rows if not deed(self.paragraphs, row)]
        return _said_once([*(told for told in typed if told), *_named(bare)])


def deed(paragraphs: Paragraphs, row: Activity) -> Text:
    """做法，成效; empty when both are blank."""
    parts = [paragraphs.clause(row, "practice"), paragraphs.clause(row, "result")]
    return Text.joined([part for part in parts if part], "，")


def is_whole(text: Text) -> bool:
    """True for what is more than one sentence."""
    return any(mark in piece for piece in text.pieces if isinstance(piece, str) for mark in _ENDS)


def event(row: Activity) -> Text:
    """召开座谈会, 举办培训班, 开展警示教育; 走访困难群众 says itself what was done."""
    return Text.of(*(held(row.name) or (row.name,)))


def _named(rows: Sequence[Activity]) -> list[Text]:
    """举办读书班1次，开展警示教育4次、党课6次，320人次参加; 走访困难群众."""
    if not rows:
        return []
    counted = any(row.origin.cell("sessions").text for row in rows)
    groups: dict[str, list[Activity]] = {}
    for row in rows:
        groups.setdefault((held(row.name) or (row.name, ""))[0], []).append(row)
    told = [_group(group, counted) for group in groups.values()]
    if any(_attendance(group) for group in groups.values()):
        return told
    return [Text.joined(told, "，")]


def _group(rows: Sequence[Activity], counted: bool) -> Text:
    """Events of which one verb is said, or rows of one name that says its own."""
    verb = (held(rows[0].name) or ("", ""))[0]
    events: dict[str, list[Activity]] = {}
    for row in rows:
        events.setdefault((held(row.name) or ("", row.name))[1], []).append(row)
    names = [_times(name, same, counted) for name, same in events.items()]
    return Text.of(verb, Text.joined(names, "、"), _attendance(rows))


def _times(name: str, rows: Sequence[Activity], counted: bool) -> Text:
    """Rows of one name are counted together."""
    if len(rows) > 1:
        return Text.of(name, measured(sessions(rows), "次"))
    if not counted:
        return Text.of(name)
    number = cell_figure(rows[0].sessions or Quantity(_ONE), rows[0].origin.cell("sessions"))
    return Text.of(name, measured(number, "次"))


def _attendance(rows: Sequence[Activity]) -> Text:
    if any(row.attendance is None for row in rows):
        return Text()
    if len(rows) == 1:
        assert rows[0].attendance is not None
        number = cell_figure(rows[0].attendance, rows[0].origin.cell("attendance"))
    else:
        number = attendance(rows)
    return Text() if number.status is Status.PENDING else Text.of("，", measured(number, "人次"), "参加")


def _said_once(deeds: Iterable[Text]) -> list[Text]:
    """A time that the deed before begins with too is not said again; a third that begins alike gets 还."""
    told: list[Text] = []
    ways: list[str] = []
    for text in deeds:
        time = TIME.match(str(text.pieces[0]))
        way = opening_of(text)
        first = text.pieces[0]
        if time is not None and isinstance(first, str) and ways[-1:] == [way]:
            told.append(Text.of(first[time.end() :], *text.pieces[1:]))
        else:
            told.append(Text.of("还", text) if ways[-2:] == [way, way] else text)
        ways.append(way)
    return told


def without_name(unit: Unit, text: Text) -> Text:
    """做法 often begins with the unit's own name, which the paragraph puts there already."""
    names = sorted(filter(None, (unit.short_name, unit.full_name, *unit.aliases)), key=len, reverse=True)
    first = text.pieces[0] if text else ""
    name = next((name for name in names if isinstance(first, str) and first.startswith(name)), "")
    return Text.of(str(first)[len(name) :].lstrip("，"), *text.pieces[1:]) if name else text
