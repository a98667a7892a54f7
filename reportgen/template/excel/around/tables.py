"""Tables of a sheet: their ranges, columns and names (ECMA-376-1 §18.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from reportgen.template.excel.around.aim import Aim
from reportgen.template.excel.formulas.refs import Ref, reference
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


def overlapping(ranges: Mapping[str, str]) -> tuple[str, str] | None:
    """The names of two tables whose ranges share a cell."""
    boxes = {name: CellRange(ref) for name, ref in ranges.items() if ref}
    for (one, box), (other, another) in combinations(boxes.items(), 2):
        if not box.isdisjoint(another):
            return one, other
    return None
