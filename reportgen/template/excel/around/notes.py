"""Notes of cells (comments): they repeat with their cells, their boxes with them (ECMA-376-1 §18.7, VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import product

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.formulas.refs import Ref, reference
from reportgen.template.excel.formulas.rows import WHOLE

Element = etree._Element
_SHAPE = re.compile(rb"<(\w+):shape\s(?:(?!</\1:shape>).)*?ObjectType=\"Note\".*?</\1:shape>", re.DOTALL)
_ID = re.compile(rb"(<\w+:shape\s(?:[^>]*?\s)?id=\")[^\"]*(\")")
_ROW = re.compile(rb"(<(?:\w+:)?Row>)\s*(\d+)")
_COLUMN = re.compile(rb"(<(?:\w+:)?Column>)\s*(\d+)")
_BOX = re.compile(rb"(<(?:\w+:)?Anchor>)([\d\s,]+)")


def move_notes(root: Element, aim: Aim) -> None:
    """A note stands on every cell that its cell became; one whose cell is gone goes too."""
    for comment in list(root.iter("{*}comment")):
        ref, parent = reference(comment.get("ref") or ""), comment.getparent()
        if not isinstance(ref, Ref) or parent is None:
            continue
        for row, column in _cells(column_index_from_string(ref.column.lstrip("$")), ref.row, aim):
            copy = deepcopy(comment)
            copy.set("ref", f"{get_column_letter(column)}{row}")
            comment.addprevious(copy)
        parent.remove(comment)


def move_threads(root: Element, aim: Aim) -> None:
    """A conversation, which is one thing with an id of its own, stays on the first of the cells."""
    for comment in list(root.iter("{*}threadedComment")):
        moved, parent = aim.rectangle(comment.get("ref") or ""), comment.getparent()
        if moved is not None:
            comment.set("ref", moved.split(":")[0])
        elif parent is not None:
            parent.remove(comment)


def move_vml(data: bytes, aim: Aim) -> bytes:
    """The boxes of notes, once per cell. VML need not be XML that parses, so shapes are replaced where they stand."""
    made = 0

    def repeated(found: re.Match[bytes]) -> bytes:
        nonlocal made
        shape = found[0]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if row is None or column is None:
            return shape
        old = (int(row[2]), int(column[2]))
        shapes = []
        for number, (new_row, new_column) in enumerate(_cells(old[1] + 1, old[0] + 1, aim)):
            made += number > 0
            named = _ID.sub(rb"\g<1>_x0000_r%d\g<2>" % made, shape) if number else shape
            shapes.append(_placed(named, old, (new_row - 1, new_column - 1)))
        return b"".join(shapes)

    return _SHAPE.sub(repeated, data)


def _cells(column: int, row: int, aim: Aim) -> Iterator[tuple[int, int]]:
    """Every (row, column) printed for a template cell."""
    rows = [number for low, high in aim.rows.runs(row, row) for number in range(low, high + 1)]
    if row > aim.rows.plan.last:
        rows = [aim.rows.first(row, row, WHOLE) or aim.rows.blank()]
    return product(rows, aim.columns.places(column))


def _placed(shape: bytes, old: tuple[int, int], new: tuple[int, int]) -> bytes:
    shape = _ROW.sub(lambda found: found[1] + str(new[0]).encode(), shape)
    shape = _COLUMN.sub(lambda found: found[1] + str(new[1]).encode(), shape)
    return _BOX.sub(lambda box: box[1] + _shifted(box[2], new[0] - old[0], new[1] - old[1]), shape)


def _shifted(box: bytes, rows: int, columns: int) -> bytes:
    """left column, offset, top row, offset, right column, offset, bottom row, offset."""
    numbers = [int(number) for number in box.split(b",")]
    for index, by in ((0, columns), (2, rows), (4, columns), (6, rows)):
        if index < len(numbers):
            numbers[index] = max(numbers[index] + by, 0)
    return ", ".join(map(str, numbers)).encode()
