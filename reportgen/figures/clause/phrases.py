"""The table of phrases: every way an indicator can be said, by the Chinese name a template types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reportgen.diagnostics import FaultError, GapError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause.sentence import sentence
from reportgen.figures.comparison import LAST_TERM, LAST_YEAR, compare, difference, multiple
from reportgen.figures.quantity import Peers, bare_value, change, own_print
from reportgen.figures.standing import (
    completion,
    completion_clause,
    gap,
    gap_clause,
    leading,
    rank,
    rank_clause,
    record,
    share,
    share_clause,
    superlative,
)
from reportgen.model.figure import Figure, Span, StandsForFigure, Text
from reportgen.model.records import Indicator

Saying = Callable[..., Figure | Text]
OWN = "本身"


def _saying(say: Callable[[Indicator, Peers], Figure | Text], name: str) -> Saying:
    """A phrase without options, which says so when it is given one."""

    def told(row: Indicator, peers: Peers, *options: object) -> Figure | Text:
        if options:
            raise FaultError(faults.UNKNOWN_OPTION, name=name, option=options[0], choices="（不带括号）")
        return say(row, peers)

    return told


PHRASES: Mapping[str, Saying] = {
    **{
        name: _saying(say, name)
        for name, say in {
            OWN: lambda row, peers: own_print(row),
            "值": lambda row, peers: bare_value(row),
            "增减": lambda row, peers: change(row),
            "同比差": difference,
            "倍数": multiple,
            "差": gap,
            "对照句": gap_clause,
            "占比": share,
            "占比句": share_clause,
            "完成率": completion,
            "完成句": completion_clause,
            "句": sentence,
        }.items()
    },
    "同比": lambda row, peers, option="": compare(row, peers, LAST_YEAR, option),
    "环比": lambda row, peers, option="": compare(row, peers, LAST_TERM, option),
    "名次": rank,
    "名次句": rank_clause,
    "最": superlative,
    "前列": leading,
    "创": record,
}


@dataclass(frozen=True, slots=True, eq=False)
class Phrase(StandsForFigure):
    """One way of saying one indicator, said when it is printed, computed with or called with an option.

    `{{ Z.同比 }}`, `{{ Z.同比('突破') }}`, `{{ Z.占比|小数(2) }}` and `{{ Z.值 - Y.值 }}` all start from it; what is
    never printed raises nothing.
    """

    name: str
    row: Indicator
    peers: Peers

    def __call__(self, *options: object) -> Figure | Text:
        if len(options) > 1:
            raise FaultError(faults.UNKNOWN_OPTION, name=self.name, option=options[1], choices="括号里只写一个")
        return PHRASES[self.name](self.row, self.peers, *options)

    def __figure__(self) -> Figure:
        """The one number in it; raises F001 when there is none or more than one."""
        return only_figure(self(), self.name)

    def __str__(self) -> str:
        return str(self())

    def __spans__(self) -> Iterable[Span | Figure]:
        return self().__spans__()

    def __bool__(self) -> bool:
        """False too where it cannot be said for want of data: `{{ Z.占比 or '—' }}`."""
        try:
            return bool(self())
        except GapError:
            return False

    def __hash__(self) -> int:
        return hash((self.name, self.row.id))

    def __eq__(self, other: object) -> bool:
        return self.__figure__() == other


def only_figure(said: Figure | Text, name: str) -> Figure:
    """The one number in a clause. Raises F001 when there is none or more than one."""
    figures = (said,) if isinstance(said, Figure) else said.figures
    if len(figures) != 1:
        places = tuple(cell.place() for figure in figures for cell in figure.sources)
        raise FaultError(faults.NOT_A_NUMBER, related=places, name=name, found=str(said))
    return figures[0]
