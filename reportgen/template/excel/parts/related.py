"""The parts that hang on a worksheet: tables, drawings with their charts, comments. They follow its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from reportgen.template.excel.formulas.refs import Ref, reference
from reportgen.template.excel.formulas.rows import WHOLE
from reportgen.template.excel.grid import local
from reportgen.template.excel.parts.sheet import Aim
from reportgen.template.package import Package

Element = etree._Element


@dataclass(slots=True)
class TableNames:
    """Names and ids of tables, unique over the workbook; `renamed` maps those of the copy being made."""

    taken: set[str] = field(default_factory=set)
    last_id: int = 0
    renamed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> TableNames:
        """The names and ids that the template's tables have."""
        names = cls()
        for path, kind in package.content_types().items():
            if kind.endswith("spreadsheetml.table+xml"):
                root = package.tree(path)
                names.taken.add((root.get("displayName") or "").casefold())
                names.last_id = max(names.last_id, int(root.get("id") or 0))
        return names

    def rename(self, root: Element) -> None:
        """Gives the copy of a table a name and an id of its own."""
        name = root.get("displayName") or ""
        number = 2
        while f"{name}_{number}".casefold() in self.taken:
            number += 1
        self.renamed[name] = f"{name}_{number}"
        self.taken.add(self.renamed[name].casefold())
        self.last_id += 1
        root.set("id", str(self.last_id))
        root.set("name", self.renamed[name])
        root.set("displayName", self.renamed[name])


def move_table(root: Element, aim: Aim, captions: Mapping[tuple[str, int], str]) -> None:
    """A table's range grows with its rows; its columns are named as its header cells read now (§18.5.1.2)."""
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    _name_columns(root, columns, captions)
    for element in root.iter("{*}table", "{*}autoFilter", "{*}sortState", "{*}sortCondition"):
        moved = aim.rectangle(element.get("ref") or "")
        if moved is not None:
            element.set("ref", moved)
    for formula in root.iter("{*}calculatedColumnFormula", "{*}totalsRowFormula"):
        formula.text = aim.formula(formula.text or "")


def _name_columns(root: Element, columns: list[Element], captions: Mapping[tuple[str, int], str]) -> None:
    if root.get("headerRowCount") == "0":
        return
    used: set[str] = set()
    for address, element in zip(header_cells(root), columns, strict=False):
        name = captions.get(address, element.get("name") or "")
        unique, number = name, 1
        while unique.casefold() in used:
            number += 1
            unique = f"{name}{number}"
        used.add(unique.casefold())
        element.set("name", unique)


def header_cells(root: Element) -> list[tuple[str, int]]:
    """The (letters, template row) of a table's header cells."""
    ref = reference(root.get("ref") or "")
    if not isinstance(ref, Ref) or root.get("headerRowCount") == "0":
        return []
    first, last = column_index_from_string(ref.column), column_index_from_string(ref.to_column)
    return [(get_column_letter(column), ref.row) for column in range(first, last + 1)]


def data_rows(root: Element) -> range:
    """The template rows of a table between its header and its totals."""
    ref = reference(root.get("ref") or "")
    if not isinstance(ref, Ref):
        return range(0)
    head = int(root.get("headerRowCount") or 1)
    return range(ref.row + head, ref.to_row + 1 - int(root.get("totalsRowCount") or 0))


def move_drawing(root: Element, aim: Aim) -> None:
    """Pictures, shapes and charts keep to the rows they lie on (§20.5.2.33)."""
    for anchor in root:
        ends = [(anchor.find("{*}from/{*}row"), aim.rows.first), (anchor.find("{*}to/{*}row"), aim.rows.last)]
        for element, find in ends:
            if element is not None:
                row = int(element.text or 0) + 1
                element.text = str((find(row, row, WHOLE) or aim.rows.blank()) - 1)


def move_chart(root: Element, aim: Aim) -> None:
    """A chart's series cover the rows that theirs became; the numbers it remembers are old and go."""
    for formula in root.iter("{*}f"):
        holder = formula.getparent()
        formula.text = aim.formula(formula.text or "", True)
        for child in list(holder) if holder is not None else ():
            if local(child) in ("numCache", "strCache", "multiLvlStrCache"):
                child.getparent().remove(child)  # type: ignore[union-attr]


def move_comments(root: Element, aim: Aim) -> None:
    """A note stays on the first row that its row became; one whose row is gone goes too."""
    for comment in list(root.iter("{*}comment", "{*}threadedComment")):
        moved = aim.rectangle(comment.get("ref") or "")
        parent = comment.getparent()
        if moved is not None:
            comment.set("ref", moved.split(":")[0])
        elif parent is not None:
            parent.remove(comment)


_NOTE = re.compile(rb"<(?:\w+:)?ClientData.*?</(?:\w+:)?ClientData>", re.DOTALL)
_NOTE_ROW = re.compile(rb"(<(?:\w+:)?Row>)\s*(\d+)")
_NOTE_BOX = re.compile(rb"(<(?:\w+:)?Anchor>)([\d\s,]+)")


def move_vml(data: bytes, aim: Aim) -> bytes:
    """The boxes of notes. VML need not be XML that parses, so the numbers of rows are replaced where they stand."""

    def moved(found: re.Match[bytes]) -> bytes:
        note = found[0]
        row = _NOTE_ROW.search(note)
        if row is None:
            return note
        old = int(row[2])
        new = (aim.rows.first(old + 1, old + 1, WHOLE) or aim.rows.blank()) - 1
        note = _NOTE_ROW.sub(lambda old_row: old_row[1] + str(new).encode(), note)
        return _NOTE_BOX.sub(lambda box: box[1] + _shifted(box[2], new - old), note)

    return _NOTE.sub(moved, data)


def _shifted(box: bytes, rows: int) -> bytes:
    """left column, offset, top row, offset, right column, offset, bottom row, offset."""
    numbers = [int(number) for number in box.split(b",")]
    for index in (2, 6):
        if index < len(numbers):
            numbers[index] = max(numbers[index] + rows, 0)
    return ", ".join(map(str, numbers)).encode()


def mover(kind: str) -> Callable[[Element, Aim], None] | None:
    """How a part of that relationship type follows the rows; None when it does not depend on them."""
    return _MOVERS.get(kind.rpartition("/")[2])


_MOVERS: Mapping[str, Callable[[Element, Aim], None]] = {
    "drawing": move_drawing,
    "chart": move_chart,
    "chartEx": move_chart,
    "comments": move_comments,
    "threadedComment": move_comments,
}
