"""What the stages of validation hand on: the records before the checks, and what is known of their sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.model.records import Dataset, Record
from reportgen.model.schema import SheetSpec

# Sheet, row and header of a cell.
Cell = tuple[str | None, int | None, str | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """`present` names the contract sheets that are there; `sound` those among them whose every key could be read, so
    that an unknown reference is the fault of who refers. `covered`: the cells that a merge fills from above. `meant`:
    (sheet, row) of a repeated key → the key that other rows name in its stead."""

    dataset: Dataset
    present: frozenset[str]
    sound: frozenset[str]
    covered: frozenset[Cell] = frozenset()
    meant: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def rows(self, spec: SheetSpec) -> tuple[Record, ...]:
        found = getattr(self.dataset, spec.dataset_field)
        return found if isinstance(found, tuple) else (found,)
