"""句: one indicator told with everything that is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause.doings import names_a_doing
from reportgen.figures.comparison import LAST_YEAR, both_zero, compare, pair_of
from reportgen.figures.quantity import Peers, own_print, stated
from reportgen.figures.standing import (
    can_complete,
    completion_clause,
    gap_clause,
    rank,
    rank_clause,
    share_clause,
)
from reportgen.model.figure import Figure, Status, Text
from reportgen.model.records import Indicator, Nature

# A 增速 prints its own 增长, a 名次 its own 排名: a name that ends in the word would say it twice (GDP增速增长4.3%).
_SAID_BY_GROWTH = ("增长率", "增速", "增幅", "增长")
_SAID_BY_RANK = ("排名", "名次", "位次")
# What is had; and what a clause about a 增速 is said of.
HAD = "现有"
_RATE, _FALL = "增速", "降幅"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause after the value, with what it is said of when that is not the thing itself; `names_it` in its words."""

    text: Figure | Text
    subject: str = ""
    names_it: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """How a 句 begins: its 时期, 动作 and 名称, or what is said in their stead; `before` is a word put before 动作."""

    period: str
    action: str
    name: str
    before: str = ""

    @classmethod
    def of(cls, row: Indicator) -> Opening:
        return cls(row.period, row.action, row.name)

    def once(self) -> Opening:
        """Without the 时期 or 动作 that the 名称 says again (引进 + 引进项目)."""
        period = "" if self.period and self.name.startswith(self.period) else self.period
        action = "" if self.action and self.name.startswith(self.action) else self.action
        return replace(self, period=period, action=action)


def begun(row: Indicator) -> Opening:
    """How a row begins a sentence of its own: things of which no 时期 and no 动作 is told are had (现有先锋岗12个)."""
    opening = Opening.of(row)
    things = row.nature is Nature.COUNT and row.value is not None and row.measure and "元" not in row.measure
    had = things and not row.period and not row.action and not names_a_doing(row.name)
    return replace(opening, action=HAD) if had else opening


def sentence(row: Indicator, peers: Peers) -> Text:
    """`Z.句`: 今年以来协助引进产业项目126个，同比增长17.7%: 时期＋动作＋名称＋值, then what else is filled in."""
    return opened(row, peers, Opening.of(row))


def opened(row: Indicator, peers: Peers, opening: Opening) -> Text:
    """The 句 of a row that begins as told."""
    clauses = list(_clauses(row, peers))
    head = _head(row, opening.once(), _said(row, peers, clauses))
    said_already = "同比" in "".join(piece for piece in head.pieces if isinstance(piece, str))
    spoken = [_without_rate_word(clause) if said_already else clause for clause in _with_subjects(clauses)]
    return Text.joined((head, *spoken), "，")


def headed(row: Indicator, peers: Peers, opening: Opening) -> Text:
    """The 句 up to its value."""
    return _head(row, opening.once(), own_print(row))


def _head(row: Indicator, opening: Opening, said: Figure | Text) -> Text:
    return Text.of(opening.period, opening.before, opening.action, *_joined(row, opening, said))


def _with_subjects(clauses: Iterable[_Clause]) -> Iterator[Figure | Text]:
    """What a clause is said of stands before it where it changes: 增速同比提高…，排名全市第二."""
    current = ""
    for clause in clauses:
        named = clause.subject not in ("", current) and not clause.names_it
        yield Text.of(clause.subject, clause.text) if named else clause.text
        current = clause.subject or current


def _without_rate_word(clause: Figure | Text) -> Text:
    """同比 is said once: 产值同比增长9%，增速比上年同期提高1.2个百分点."""
    pieces = Text.of(clause).pieces
    return Text.of(*(p.replace("同比", "比上年同期") if isinstance(p, str) else p for p in pieces))


def is_bare(row: Indicator, peers: Peers) -> bool:
    """True when the 句 is but a name and an amount: what may stand in an enumeration."""
    told = row.nature in (Nature.COUNT, Nature.RATIO) and stated(row) is not None
    return told and not str(own_print(row)).startswith("-") and has_but_a_value(row, peers)


def has_but_a_value(row: Indicator, peers: Peers) -> bool:
    """True when nothing follows the value in its 句."""
    return not any(True for _ in _clauses(row, peers))


def name_without_growth(row: Indicator) -> str:
    """一产增速 → 一产, before a word that says 增长."""
    return _without(row.name, _SAID_BY_GROWTH) if row.nature is Nature.GROWTH else row.name


def _said(row: Indicator, peers: Peers, clauses: list[_Clause]) -> Figure | Text:
    """What follows the name: the value, the place of a 名次, or for a row that has only 占比 or 名次 that clause."""
    if row.nature is Nature.RANK:
        return rank_clause(row, peers)
    if stated(row) is None and clauses and (row.rank is not None or row.share is not None):
        return clauses.pop(0).text
    return own_print(row)


def _joined(row: Indicator, opening: Opening, said: Figure | Text) -> tuple[object, ...]:
    """Name and value without a word said twice, and with 为 where the name alone would not carry the value."""
    name = opening.name
    pieces = (said,) if isinstance(said, Figure) else said.pieces
    if row.nature is Nature.RANK and pieces[0] == "排名" + row.rank_range and name.endswith(_SAID_BY_RANK):
        return (name, row.rank_range, *pieces[1:])
    if row.nature is Nature.GROWTH and not _is_pending(said):
        return (_without(name, _SAID_BY_GROWTH), said)
    stiff = opening.before == "的" and not opening.action and isinstance(said, Figure)
    if name and (stiff or str(said).startswith("-")):
        return (name, "为", said)
    return (name, said)


def _without(name: str, endings: tuple[str, ...]) -> str:
    ending = next((word for word in endings if name.endswith(word)), "")
    return name.removesuffix(ending) or name


def _is_pending(said: Figure | Text) -> bool:
    return isinstance(said, Figure) and said.status is Status.PENDING


def _clauses(row: Indicator, peers: Peers) -> Iterator[_Clause]:
    growth = row.nature is Nature.GROWTH
    if row.baseline is not None and _compares(row, peers):
        yield _compared(row, _told(LAST_YEAR.rate, compare(row, peers, LAST_YEAR)))
    if row.whole is not None or row.share is not None:
        yield _Clause(share_clause(row, peers))
    if can_complete(row):
        yield _Clause(_told("完成率", completion_clause(row, peers)), _RATE if growth else "")
    if row.nature is not Nature.RANK and _ranked(row, peers):
        yield _Clause(_told("排名", rank_clause(row, peers)), _RATE if growth else "")
    if row.comparison is not None and row.comparison_name:
        fall = growth and row.value is not None and row.value.value < 0
        yield _Clause(_told(f"与{row.comparison_name}相比", gap_clause(row, peers)), _RATE if fall else "")


def _compared(row: Indicator, said: Figure | Text) -> _Clause:
    """Of a 增速 it is the 增速 or the 降幅 that has risen or is flat: 产值增长9.4%，与上年同期持平 would be a lie."""
    words = str(said)
    if row.nature is not Nature.GROWTH or words.startswith(("由", "同比【")):
        return _Clause(said)
    if words.startswith(_FALL):
        return _Clause(said, _FALL, names_it=True)
    if words.startswith(LAST_YEAR.name):
        return _Clause(Text.of(LAST_YEAR.name, _RATE, "为", *Text.of(said).figures))
    fall = row.value is not None and row.value.value < 0 and words.endswith("持平")
    return _Clause(said, _FALL if fall else _RATE)


def _told(label: str, clause: Figure | Text) -> Figure | Text:
    """A clause that is only 【待核】 says what is to be checked."""
    return Text.of(label, clause) if isinstance(clause, Figure) else clause


def _compares(row: Indicator, peers: Peers) -> bool:
    pair = pair_of(row, peers, LAST_YEAR)
    return isinstance(pair, Figure) or not both_zero(pair)


def _ranked(row: Indicator, peers: Peers) -> bool:
    """A rank that was typed, or asked for by 排名范围 and complete: 句 leaves out what is not there yet."""
    if row.rank is not None or not row.rank_range:
        return row.rank is not None
    try:
        return rank(row, peers).status is not Status.PENDING
    except FaultError as fault:
        if fault.code is faults.RANK_INCOMPLETE:
            return False
        raise
