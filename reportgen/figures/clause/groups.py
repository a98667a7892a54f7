"""同组: the rows of one group side by side, or as the links of a chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import claims
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause.sentence import Opening, headed, name_without_growth
from reportgen.figures.quantity import Peers, exact, own_print, settled, stated_cell
from reportgen.model.figure import Text, split_measure
from reportgen.model.records import Indicator


def group(peers: Peers, name: str, named: bool = False) -> Text:
    """`同组('接访')`: the rows of one 同组 in row order, joined as they are (29批34人次); with names, by 、.

    Raises F020 when no row has that 同组.
    """
    rows = _rows(peers, name)
    if not named:
        return Text.of(*(own_print(row) for row in rows))
    return Text.joined((Text.of(name_without_growth(row), own_print(row)) for row in rows), "、")


def linked(peers: Peers, name: str) -> Text:
    """`同组('招商', 链=true)`: 外出招商6次，考察企业31家，引进项目4个: each row's 动作, 名称 and value, in row order.

    Raises F018 when the rows are of more than one 单位 or 时期, F036 when a link holds more than the one before it that
    is counted in the same 量词, F020 when no row has that 同组.
    """
    rows = _rows(peers, name)
    told = f"同组('{name}', 链=true)"
    _refuse_mixed(told, "单位", rows, "unit", lambda row: row.unit)
    _refuse_mixed(told, "时期", rows, "period", lambda row: row.period)
    _refuse_growing(told, rows)
    openings = [Opening.of(rows[0]), *(_resumed(last, row) for last, row in pairwise(rows))]
    return Text.joined((headed(row, peers, way) for row, way in zip(rows, openings, strict=True)), "，")


def _rows(peers: Peers, name: str) -> list[Indicator]:
    rows = [row for row in peers.indicators if row.group == name and row.included]
    if not rows:
        known = nearest(name, {row.group for row in peers.indicators})
        raise FaultError(faults.NO_ROWS, name=f"同组('{name}')" + (f"（相近的有“{known[0]}”）" if known else ""))
    return rows


def _resumed(last: Indicator, row: Indicator) -> Opening:
    return Opening("", "" if last.action == row.action else row.action, row.name)


def _refuse_mixed(
    told: str, matter: str, rows: Sequence[Indicator], field: str, read: Callable[[Indicator], str]
) -> None:
    """A blank says nothing and agrees with anything."""
    found = {read(row): row for row in reversed(rows) if read(row)}
    if len(found) > 1:
        places = tuple(row.origin.place(field) for row in reversed(found.values()))
        values = "、".join(f"“{value}”" for value in reversed(found))
        raise FaultError(faults.MIXED_ROWS, related=places, name=told, matter=matter, values=values)


def _refuse_growing(told: str, rows: Sequence[Indicator]) -> None:
    """Unlike 量词 have nothing to do with each other: 9场, 促成3家."""
    last: dict[str, Indicator] = {}
    for row in rows:
        measure = split_measure(row.measure)[1]
        before = last.get(measure)
        last[measure] = row
        if before is None or not measure:
            continue
        less, more = settled(before), settled(row)
        if less is not None and more is not None and exact(more, row.measure) > exact(less, before.measure):
            places = (stated_cell(row).place(), stated_cell(before).place())
            words = {"later": row.name, "earlier": before.name, "more": own_print(row), "less": own_print(before)}
            raise FaultError(claims.CHAIN_GROWS, related=places, name=told, **words)
