"""What the tests of this room share: a book in, the dataset and the faults out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import openpyxl
from workbooks import workbook

from reportgen.diagnostics import Diagnostic, Outcome
from reportgen.model.records import Dataset
from reportgen.read import read_workbook
from reportgen.validate import validate

Edit = Callable[[openpyxl.Workbook], None]


def validated(
    folder: Path, text: str = "", *, without: Collection[str] = (), edit: Edit | None = None
) -> Outcome[Dataset]:
    book = read_workbook(workbook(folder, text, without=without, edit=edit))
    assert book.value is not None, book.diagnostics
    return validate(book.value)


def dataset(folder: Path, text: str = "", *, edit: Edit | None = None) -> Dataset:
    outcome = validated(folder, text, edit=edit)
    assert outcome.value is not None, [fault.message for fault in outcome.diagnostics]
    return outcome.value


def found(outcome: Outcome[Dataset]) -> list[tuple[str, str | None, str | None]]:
    """Code, sheet and cell of every fault."""
    return [(fault.code, fault.place.sheet, fault.place.cell) for fault in outcome.diagnostics]


def only(outcome: Outcome[Dataset]) -> Diagnostic:
    assert len(outcome.diagnostics) == 1, [fault.message for fault in outcome.diagnostics]
    return outcome.diagnostics[0]
