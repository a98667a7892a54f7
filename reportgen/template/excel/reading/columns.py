"""Columns that repeat: `{%tc for … %}` and `{%tc if … %}` taken out of the cells of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from openpyxl.utils.cell import get_column_letter

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import excel as codes
from reportgen.template.blocks import match
from reportgen.template.excel.formulas.columns import ColumnBlock, overlapping
from reportgen.template.excel.grid import Cell, ColumnLoop, Mark, Row
from reportgen.template.syntax import Kind


def take_columns(rows: Sequence[Row], faults: list[Diagnostic]) -> tuple[ColumnBlock, ...]:
    """The columns that repeat, from left to right; every row's own tags go into `row.loops`."""
    emptied: set[tuple[int, int]] = set()
    for row in rows:
        row.loops = tuple(_loops(row, faults))
        emptied |= set(_without_tags(row))
    found = {(loop.first, loop.last): loop.opener for row in rows for loop in reversed(row.loops)}
    blocks = [ColumnBlock(first, last, _gone(first, last, rows, emptied)) for first, last in sorted(found)]
    if clash := overlapping(blocks):
        one, other = (f"{get_column_letter(b.first)}至{get_column_letter(b.last)}列" for b in clash)
        faults.append(_fault(found[clash[1].first, clash[1].last], f"重复的列互相重叠：{one}，{other}"))
        return ()
    return tuple(blocks)


def _loops(row: Row, faults: list[Diagnostic]) -> Iterator[ColumnLoop]:
    stands = [(mark, cell) for cell in row.cells for mark in cell.marks if _is_column_tag(mark)]
    last = 0
    for block in sorted(match([mark.spot for mark, _ in stands], faults).blocks, key=lambda b: b.members[0]):
        (opener, first_cell), (closer, last_cell) = stands[block.members[0]], stands[block.members[-1]]
        if len(block.members) > 2 or opener.tag.word not in ("for", "if"):
            faults.append(_fault(opener, "按列只能用 for 和 if，不带 else"))
        elif first_cell.column <= last:
            faults.append(_fault(opener, "写在另一个按列重复里面"))
        else:
            last = last_cell.column
            yield ColumnLoop(first_cell.column, last, opener, closer)


def _is_column_tag(mark: Mark) -> bool:
    return mark.tag.prefix == "tc" and mark.tag.kind is Kind.CONTROL


def _without_tags(row: Row) -> Iterator[tuple[int, int]]:
    """Takes the tags out; gives the (row, column) of the cells that held nothing else."""
    for cell in row.cells:
        marks = [mark for mark in cell.marks if _is_column_tag(mark)]
        cell.items = [item for item in cell.items if item not in marks]
        if marks:
            cell.clear_if_silent()
            if cell.is_blank:
                yield row.number, cell.column


def _gone(first: int, last: int, rows: Sequence[Row], emptied: set[tuple[int, int]]) -> frozenset[int]:
    """The columns of a block that hold tags and nothing else in any row; never all of them."""
    held = {cell.column for _, column in emptied for cell in _with_content(rows, column)}
    gone = frozenset(column for _, column in emptied if first <= column <= last and column not in held)
    return gone if len(gone) <= last - first else frozenset()


def _with_content(rows: Sequence[Row], column: int) -> Iterator[Cell]:
    return (cell for row in rows for cell in row.cells if cell.column == column and not cell.is_blank)


def _fault(mark: Mark, reason: str) -> Diagnostic:
    spot = mark.spot
    place = replace(spot.place, tag=spot.tag.raw)
    return codes.COLUMN_LOOP.at(place, text=spot.around, tag=spot.tag.raw, reason=reason)
