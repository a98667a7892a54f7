"""Several indicators told one after another, as an editor joins them: what was just said is not said again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from reportgen.figures.clause.sentence import Opening, begun, has_but_a_value, is_bare, opened
from reportgen.figures.quantity import Peers, is_rate, own_print
from reportgen.model.figure import Text
from reportgen.model.records import Indicator

# A sentence holds no more clauses than these: with commas inside them, and bare (成立…，建成…，开展…).
_CLAUSES, _BARE_CLAUSES = 3, 6
Run = tuple[Indicator, ...]


def chain(
    rows: Sequence[Indicator], peers: Peers, opening: Opening | None = None, alone: bool = False
) -> tuple[Text, ...]:
    """The rows in their order as sentences without full stops: 时期 and 动作 said once, names with amounts joined
    by 、, clauses by ， or ；.

    `opening` is how the first row begins, if not as its 句; `alone` says that nothing stands before the chain in its
    sentence, so that a 时期 which all its clauses share is set off by a comma (今年以来，…).
    """
    sentences: list[Text] = []
    last: Indicator | None = None
    for runs in _sentences(_runs(rows, peers), peers):
        way = opening if opening and last is None else _begun(runs[0][0], last)
        if alone and way.period and len(runs) > 1 and len({run[0].period for run in runs}) == 1:
            way = replace(way, period=f"{way.period}，")
        sentences.append(_sentence(runs, peers, way))
        last = runs[-1][-1]
    return tuple(sentences)


def is_one_clause(rows: Sequence[Indicator], peers: Peers) -> bool:
    """True when the chain of these rows is a single clause, or one enumeration."""
    return len(_runs(rows, peers)) == 1


def _runs(rows: Iterable[Indicator], peers: Peers) -> list[Run]:
    """Rows of one 时期 and 动作 that are but names and amounts, or names and rates, stand together: 岗12个、队3支."""
    runs: list[list[Indicator]] = []
    for row in rows:
        last = runs[-1][-1] if runs else None
        if last is not None and _alike(last, row) and is_bare(last, peers) and is_bare(row, peers):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [tuple(run) for run in runs]


def _alike(last: Indicator, row: Indicator) -> bool:
    return (last.period, last.action, is_rate(last)) == (row.period, row.action, is_rate(row))


def _sentences(runs: Sequence[Run], peers: Peers) -> list[list[Run]]:
    """A full stop after so many clauses, and where a 时期 must not be taken for that of what follows."""
    sentences: list[list[Run]] = []
    for run in runs:
        last = sentences[-1][-1][-1] if sentences else None
        scoped = last is not None and last.period != "" and run[0].period == ""
        if last is None or scoped or _is_full([*sentences[-1], run], peers):
            sentences.append([])
        sentences[-1].append(run)
    return sentences


def _is_full(runs: Sequence[Run], peers: Peers) -> bool:
    """True when that is more than one sentence holds."""
    plain = all(has_but_a_value(run[-1], peers) for run in runs)
    return len(runs) > (_BARE_CLAUSES if plain else _CLAUSES)


def _sentence(runs: Sequence[Run], peers: Peers, opening: Opening) -> Text:
    ways = [opening, *(_resumed(before[-1], run[0]) for before, run in pairwise(runs))]
    clauses = [_clause(run, peers, way) for run, way in zip(runs, ways, strict=True)]
    inner = any("，" in piece for clause in clauses for piece in clause.pieces[1:] if isinstance(piece, str))
    return Text.joined(clauses, "；" if inner else "，")


def _begun(row: Indicator, last: Indicator | None) -> Opening:
    """A new sentence says its 动作 again, but not the 时期 it goes on with."""
    opening = begun(row)
    return replace(opening, period="") if last is not None and last.period == row.period else opening


def _resumed(last: Indicator, row: Indicator) -> Opening:
    """Within a sentence neither is said again."""
    opening = begun(row)
    if last.period != row.period:
        return opening
    return replace(opening, period="", action="" if begun(last).action == opening.action else opening.action)


def _clause(run: Run, peers: Peers, opening: Opening) -> Text:
    parts: list[object] = [opened(run[0], peers, opening)]
    for last, row in pairwise(run):
        again = last.name == row.name
        parts.append("" if again and row.group and row.group == last.group else "、")
        parts.extend([own_print(row)] if again else [row.name, own_print(row)])
    return Text.of(*parts)
