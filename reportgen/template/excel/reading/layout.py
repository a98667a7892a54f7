"""The rows of a template sheet in their blocks: what repeats, what disappears, what stays inside a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import CLOSERS, match, opens
from reportgen.template.excel.formulas.columns import ColumnBlock
from reportgen.template.excel.formulas.rows import Block, Plan
from reportgen.template.excel.grid import Cell, Kept, Mark, Row, Words, is_silent
from reportgen.template.excel.reading.columns import take_columns
from reportgen.template.excel.reading.tags import is_kept
from reportgen.template.syntax import Kind

_SHOWN = 20  # characters of the content beside a tag


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's rows with their blocks lifted out of the cells, the tags of {%sheet %}, and the plan of the rows."""

    rows: tuple[Row, ...]
    sheet_tags: tuple[Mark, ...]
    plan: Plan
    columns: tuple[ColumnBlock, ...] = ()

    @property
    def has_tags(self) -> bool:
        return bool(self.sheet_tags) or any(
            row.control or row.before or row.after or row.loops or any(cell.items for cell in row.cells)
            for row in self.rows
        )

    @property
    def moves(self) -> bool:
        """Whether its rows may end up elsewhere, or more than once."""
        return bool(self.sheet_tags or self.columns) or any(row.control or row.before for row in self.rows)


def lay_out(rows: list[Row], faults: list[Diagnostic]) -> Layout:
    """Matches the blocks of a sheet; whatever cannot be a row block or a cell block is added to `faults`."""
    sheet_tags = _take_sheet_tags(rows, faults)
    columns = take_columns(rows, faults)
    _place_blocks(rows, faults)
    plan = Plan(_starts(rows), rows[-1].number if rows else 0, tuple(_blocks(rows)))
    return Layout(tuple(rows), tuple(sheet_tags), plan, columns)


def _starts(rows: Sequence[Row]) -> tuple[int, ...]:
    starts, following = [], 1
    for row in rows:
        if row.number > following:
            starts.append(following)
        starts.append(row.number)
        following = row.number + 1
    return tuple(starts)


def _take_sheet_tags(rows: list[Row], faults: list[Diagnostic]) -> list[Mark]:
    """{%sheet … %} is taken out of A1; its end may be written anywhere and says nothing."""
    taken: list[Mark] = []
    for row in rows:
        for cell in row.cells:
            marks = [mark for mark in cell.marks if mark.tag.prefix == "sheet"]
            cell.items = [item for item in cell.items if item not in marks]
            taken.extend(mark for mark in marks if _is_sheet_opener(mark, faults))
            if marks:
                cell.clear_if_silent()
                row.control = all(other.is_blank for other in row.cells)
    return taken


def _is_sheet_opener(mark: Mark, faults: list[Diagnostic]) -> bool:
    word, spot = mark.tag.word, mark.spot
    if word in ("endfor", "endif"):
        return False
    if spot.place.cell != "A1":
        faults.append(excel_codes.SHEET_TAG_PLACE.at(spot.place, text=spot.around, tag=mark.tag.raw))
    elif word not in ("for", "if"):
        faults.append(excel_codes.SHEET_TAG_WORD.at(spot.place, text=spot.around, tag=mark.tag.raw))
    else:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Stand:
    """A control tag where it stands."""

    mark: Mark
    row: Row
    cell: Cell


def _place_blocks(rows: list[Row], faults: list[Diagnostic]) -> None:
    """Lifts the blocks that span cells or rows out of their cells."""
    for row in rows:
        row.control = row.control or _is_control(row)
    stands = [_Stand(mark, row, cell) for row in rows for cell in row.cells for mark in cell.marks]
    stands = [stand for stand in stands if stand.mark.tag.kind is Kind.CONTROL and not isinstance(stand.mark, Kept)]
    lifted: list[tuple[_Stand, str]] = []
    refused: set[int] = set()
    crowded = [stand for stand in stands if stand.mark.tag.prefix == "tr" and stand.mark.tag.word == "set"]
    for block in match([stand.mark.spot for stand in stands], faults).blocks:
        members = [stands[index] for index in block.members]
        if _stays_in_cell(members):
            continue
        if is_kept(members[0].mark.tag):  # which over several cells is a fault anyway
            refused.update(id(stand.mark) for stand in members)
        else:
            crowded.extend(_crowded(members))
        lifted.append((members[0], "first"))
        lifted.extend((stand, "between") for stand in members[1:-1])
        lifted.append((members[-1], "last"))
    sides = {id(stand.mark): side for stand, side in lifted}
    crowded = [stand for stand in crowded if not stand.row.control]
    faults.extend(_beside(stand) for stand in crowded)
    for stand, side in lifted:
        told = stand.row.control or stand in crowded or id(stand.mark) in refused
        if not told and not _may_lift(stand, side, sides):
            spot = stand.mark.spot
            faults.append(excel_codes.BLOCK_ASTRIDE.at(spot.place, text=spot.around, tag=stand.mark.tag.raw))
    for row in rows:
        _lift(row, sides)


def _stays_in_cell(members: Sequence[_Stand]) -> bool:
    first, last = members[0], members[-1]
    prefixes = (first.mark.tag.prefix, last.mark.tag.prefix)
    return first.cell is last.cell and not first.row.control and "tr" not in prefixes


def _crowded(members: Sequence[_Stand]) -> Iterator[_Stand]:
    """The tags of a block over several rows that should have their row to themselves.

    Such a block begins and ends in rows of its own, or within the first and the last row that repeat.
    """
    if all(stand.row is members[0].row for stand in members):
        return
    has_own_row = any(stand.row.control for stand in members)
    for stand in members:
        if has_own_row or stand.mark.tag.prefix == "tr" or is_silent(stand.cell):
            yield stand


def _beside(stand: _Stand) -> Diagnostic:
    spot = stand.mark.spot
    words = {"tag": spot.tag.raw, "unit": "行", "beside": _text_of(stand.row)}
    return codes.TEXT_BESIDE.fill(spot.place, words, text=spot.around)


def _text_of(row: Row) -> str:
    """What a row says beside control tags."""
    parts: list[str] = []
    for cell in row.cells:
        parts.extend(_said(item) for item in cell.items)
        if cell.formula is not None:
            parts.append("=" + cell.formula.text)
        parts.append(cell.text)
    text = "".join(parts).strip()
    return (text[:_SHOWN] + "…" if len(text) > _SHOWN else text) or "有内容的单元格"


def _said(item: Words | Mark) -> str:
    if isinstance(item, Words):
        return item.text
    return item.tag.raw if item.tag.kind is Kind.VALUE else ""


def _is_control(row: Row) -> bool:
    filled = [cell for cell in row.cells if not cell.is_blank]
    return bool(filled) and all(cell.items and not cell.quoted and is_silent(cell) for cell in filled)


def _may_lift(stand: _Stand, side: str, sides: Mapping[int, str]) -> bool:
    """A block opens at the very beginning of a row's first cell with tags and closes at the very end of the last."""
    if side == "between":
        return False
    if stand.mark.tag.prefix == "tr":
        return True
    tagged = [cell for cell in stand.row.cells if cell.items]
    if stand.cell is not (tagged[0] if side == "first" else tagged[-1]):
        return False
    for item in stand.cell.items if side == "first" else reversed(stand.cell.items):
        if item is stand.mark:
            return True
        if item.text.strip() if isinstance(item, Words) else not (_is_comment(item) or id(item) in sides):
            return False
    return False


def _is_comment(mark: Mark) -> bool:
    return mark.tag.kind is Kind.COMMENT


def _lift(row: Row, sides: Mapping[int, str]) -> None:
    if row.control:
        row.before = [mark for mark in row.marks if mark.tag.kind is Kind.CONTROL]
        row.cells = []
        return
    for cell in row.cells:
        gone = [mark for mark in cell.marks if id(mark) in sides]
        row.before += [mark for mark in gone if sides[id(mark)] != "last"]
        row.after += [mark for mark in gone if sides[id(mark)] == "last"]
        if gone:
            cell.items = [item for item in cell.items if not any(item is mark for mark in gone)]
            cell.clear_if_silent()


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """The `for` blocks over rows, numbered in order of their opening tags."""
    spans: list[tuple[int, int]] = []
    parents: list[int | None] = []
    stack: list[int | None] = []
    for row in rows:
        for mark in [*row.before, *row.after]:
            word = mark.tag.word
            if word == "for":
                parents.append(next((number for number in reversed(stack) if number is not None), None))
                stack.append(len(spans))
                spans.append((row.number, row.number))
            elif opens(mark.tag) and not isinstance(mark, Kept):
                stack.append(None)
            elif word in CLOSERS and stack and (number := stack.pop()) is not None:
                spans[number] = (spans[number][0], row.number)
    for number, (first, last) in enumerate(spans):
        yield Block(number, first, last, parents[number])
