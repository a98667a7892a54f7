"""Tables whose rows or columns come and go: without rows none is printed, and the grid has as many columns as the rows
need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Captured, Computed, Item
from reportgen.template.fragments import Fragment
from reportgen.template.word.blocks import Fence
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import (
    TBL,
    TR,
    Element,
    Spaces,
    ancestor,
    fragment,
    insert_after,
    insert_before,
    remove,
)
from reportgen.template.word.structure.levels import Levels

MAX_COLUMNS = 63  # Word opens no table with more


class _Table:
    """A table all of whose rows may be missing. Its beginning is printed in front of its first row and its end only
    after one: Word cannot open a table without rows."""

    def __init__(self) -> None:
        self.head = self.end = ""


@dataclass(frozen=True, slots=True)
class _TablePoint:
    """A point of such a table; `step`: before the table, behind its head, before a row, before its end, after it."""

    table: _Table
    step: str

    def emit(self, value: object, run: Run) -> str:
        begun = run.state.get(self.table, False)
        if self.step == "before":
            run.state[self.table] = False
        elif self.step == "row" and not begun:
            run.state[self.table] = True
            return self.table.head
        elif self.step == "after" and begun:
            return self.table.end
        return ""


def guard_tables(root: Element, marks: Marks, fences: Sequence[Fence], others: Iterable[Element]) -> None:
    """Marks the tables that may lose all of their rows, except `others`, which see to it themselves; `hold_back` then
    takes their head and end out of the text."""
    levels, apart = Levels(fences, marks), frozenset(others)
    for element in list(root.iter(TBL)):
        inside = [child for child in element if marks.is_mark(child)]
        rows = [is_certain for child, is_certain in levels.of(element, marks) if child.tag == TR]
        if not inside or any(rows) or element in apart:
            continue
        table = _Table()
        insert_before(element, marks.node(Mark(site=_TablePoint(table, "before"))))
        insert_before(inside[0], marks.node(Mark(site=_TablePoint(table, "head"))))
        for row in element.findall(TR):
            insert_before(row, marks.node(Mark(site=_TablePoint(table, "row"))))
        element.append(marks.node(Mark(site=_TablePoint(table, "end"))))
        insert_after(element, marks.node(Mark(site=_TablePoint(table, "after"))))


def hold_back(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with the head and the end of guarded tables moved into the sites that print them."""
    held: list[Item] = []
    for item in items:
        point = item.site if isinstance(item, Computed) and isinstance(item.site, _TablePoint) else None
        if point is not None and point.step == "head":
            point.table.head = _text(held.pop())
        elif point is not None and point.step == "after":
            point.table.end = _text(held.pop())
            held.append(item)
        elif point is None or point.step != "end":
            held.append(item)
    return tuple(held)


def _text(item: Item) -> str:
    assert isinstance(item, str), "static text stands between two points of a table"
    return item


# ------------------------------------------------------------------------------ tables whose columns come and go


def elastic(root: Element, marks: Marks, spanned: Iterable[Element]) -> list[Element]:
    """The tables whose rows may have more or fewer cells than in the template, inner ones first: those with blocks
    around cells, and those that `spanned` cells lie in."""
    found = {table for cell in spanned if (table := ancestor(cell, TBL)) is not None}
    for node in marks.nodes(root):
        row = node.getparent()
        if row is not None and row.tag == TR and (table := ancestor(row, TBL)) is not None:
            found.add(table)
    return [table for table in reversed(list(root.iter(TBL))) if table in found]


def capture_tables(tables: Iterable[Element], marks: Marks, spaces: Spaces) -> None:
    """Puts one mark in the place of each table: its grid can be written only when its rows are known."""
    for table in tables:
        items = tuple(hold_back(marks.items(fragment(table, spaces))))
        insert_before(table, marks.node(Mark(captured=Captured(items, _REGRIDDED))))
        remove(table)


class _Regridded:
    """Prints a table with the grid its rows need; nothing when it has no cells."""

    def emit(self, value: object, run: Run) -> str:
        assert isinstance(value, Fragment)
        return _regridded(value.print(run))


_REGRIDDED = _Regridded()


def _regridded(xml: str) -> str:
    data = xml.encode()
    found = _Columns()
    found.parse(data)
    count = max(found.counts, default=0)
    if count == 0:
        return ""
    if count > MAX_COLUMNS:
        raise FaultError(codes.TOO_MANY_COLUMNS, count=count)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' if width else "<w:gridCol/>" for width in _widths(found.widths, count))
    empty = f'<w:tc><w:tcPr><w:gridSpan w:val="{count}"/></w:tcPr><w:p/></w:tc>'.encode()
    parts, position = [], 0
    for start, end, text in [*found.grid_at(f"<w:tblGrid>{grid}</w:tblGrid>".encode()), *found.empty_rows(empty)]:
        parts += [data[position:start], text]
        position = end
    return b"".join([*parts, data[position:]]).decode()


def _widths(old: Sequence[int], count: int) -> list[int]:
    """The widths of `count` columns that keep the table as wide as it was."""
    missing = count - len(old)
    if not old or not any(old):
        return [0] * count
    if missing > 0:
        average = sum(old) / count
        return [int(width * len(old) / count) for width in old] + [int(average)] * missing
    kept = list(old[:count])
    return [width + sum(old[count:]) // count for width in kept]


class _Columns:
    """One table as text: the columns of each row (spans counted), and where its grid and its rows are, in bytes."""

    def __init__(self) -> None:
        self.counts: list[int] = []
        self.widths: list[int] = []
        self._grid = [0, 0]
        self._ends: list[int] = []
        self._depth = 0  # of tables
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._data = b""

    def parse(self, data: bytes) -> None:
        self._data = data
        self._parser.Parse(data, True)

    def grid_at(self, grid: bytes) -> list[tuple[int, int, bytes]]:
        start, end = self._grid
        return [(start, end, grid)] if end else []

    def empty_rows(self, cell: bytes) -> list[tuple[int, int, bytes]]:
        """Where rows without cells get one: Word opens no table with such rows."""
        ends = (end for end, count in zip(self._ends, self.counts, strict=True) if count == 0)
        return [(end, end, cell) for end in ends]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += name == "w:tbl"
        if self._depth != 1:
            return
        if name == "w:tblGrid":
            self._grid[0] = self._parser.CurrentByteIndex
        elif name == "w:gridCol":
            self.widths.append(_whole(attributes.get("w:w", "")))
        elif name == "w:tr":
            self.counts.append(0)
        elif name == "w:tc":
            self.counts[-1] += 1
        elif name == "w:gridSpan":
            self.counts[-1] += max(_whole(attributes.get("w:val", "")) - 1, 0)
        elif name in ("w:gridBefore", "w:gridAfter"):
            self.counts[-1] += _whole(attributes.get("w:val", ""))

    def _end(self, name: str) -> None:
        if self._depth == 1 and name == "w:tr":
            self._ends.append(self._parser.CurrentByteIndex)
        elif self._depth == 1 and name == "w:tblGrid":
            at = self._parser.CurrentByteIndex  # behind <w:tblGrid/>, in front of </w:tblGrid>
            self._grid[1] = at + len(_GRID_END) if self._data.startswith(_GRID_END, at) else at
        self._depth -= name == "w:tbl"


_GRID_END = b"</w:tblGrid>"


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
