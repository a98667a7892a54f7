"""Drawings with their charts: they follow the rows of their sheet (ECMA-376-1 §20.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.notes import move_notes, move_threads
from reportgen.template.excel.formulas.rows import WHOLE
from reportgen.template.excel.grid import local

Element = etree._Element


def move_drawing(root: Element, aim: Aim) -> None:
    """Pictures, shapes and charts keep to the rows they lie on (§20.5.2.33)."""
    for anchor in root:
        ends = [(anchor.find("{*}from/{*}row"), aim.rows.first), (anchor.find("{*}to/{*}row"), aim.rows.last)]
        for element, find in ends:
            if element is not None:
                row = int(element.text or 0) + 1
                element.text = str((find(row, row, WHOLE) or aim.rows.blank()) - 1)
        for end, side in (("from", 0), ("to", 1)):
            element = anchor.find(f"{{*}}{end}/{{*}}col")
            if element is not None and aim.columns.blocks:
                column = int(element.text or 0) + 1
                element.text = str(aim.columns.span(column, column)[side] - 1)


def move_chart(root: Element, aim: Aim) -> None:
    """A chart's series cover the rows that theirs became; the numbers it remembers are old and go."""
    for formula in root.iter("{*}f"):
        holder = formula.getparent()
        formula.text = aim.formula(formula.text or "", True)
        for child in list(holder) if holder is not None else ():
            if local(child) in ("numCache", "strCache", "multiLvlStrCache"):
                child.getparent().remove(child)  # type: ignore[union-attr]


def mover(kind: str) -> Callable[[Element, Aim], None] | None:
    """How a part of that relationship type follows the rows; None when it does not depend on them."""
    return _MOVERS.get(kind.rpartition("/")[2])


_MOVERS: Mapping[str, Callable[[Element, Aim], None]] = {
    "drawing": move_drawing,
    "chart": move_chart,
    "chartEx": move_chart,
    "comments": move_notes,
    "threadedComment": move_threads,
}
