"""Newer conditional formats, drop-downs and sparklines, which lie in a list of extensions ([MS-XLSX] 2.6)."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.around.elements import drop
from reportgen.template.excel.formulas.refs import Ref, reference
from reportgen.template.excel.grid import local

Element = etree._Element
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"


def move_extensions(root: Element, aim: Aim) -> None:
    """Newer conditional formats, drop-downs and sparklines: cells and formulas are elements of their own."""
    for cells in list(root.iter(f"{XM}sqref")):
        holder = cells.getparent()
        if holder is None:
            continue
        if local(holder) == "sparkline":
            _sparklines(aim, holder, cells.text or "")
            continue
        seen, areas = aim.top(cells.text or ""), aim.areas(cells.text or "")
        if not areas:
            drop(holder)
            continue
        for formula in holder.iter(f"{XM}f"):
            formula.text = seen.formula(formula.text or "")
        cells.text = " ".join(areas)


def _sparklines(aim: Aim, model: Element, cell: str) -> None:
    """A sparkline has a cell of its own: one for each row that its row became."""
    ref, parent = reference(cell), model.getparent()
    if not isinstance(ref, Ref) or parent is None:
        return
    for row in (row for low, high in aim.rows.runs(ref.row, ref.to_row) for row in range(low, high + 1)):
        line = deepcopy(model)
        for element in line.iter(f"{XM}f"):
            element.text = aim.at(ref.row, row).formula(element.text or "")
        for element in line.iter(f"{XM}sqref"):
            element.text = f"{ref.column}{row}"
        model.addprevious(line)
    drop(model)
