"""Whatever is typed into a cell: no traceback, and no other cell is read otherwise. Rows and columns in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Outcome, has_errors
from reportgen.model.cells import CellValue, Sheet, SheetRow, Workbook
from reportgen.model.records import Dataset, Record
from reportgen.model.schema import SHEETS, ColumnSpec, Kind, SheetSpec
from reportgen.validate import validate
from reportgen.validate.rows import read_rows

Grid = list[list[CellValue]]
ROWS = 3
# Columns that say how others of their row are read.
DEPENDENT = {
    "量词": {column.field for spec in SHEETS for column in spec.columns if column.measure_column == "量词"},
    "值": {"nature", "additive"},
    "性质": {"additive"},
}
SAMPLES: dict[Kind, CellValue] = {
    Kind.PROSE: "今年以来，{{ 指标1 }}。",
    Kind.IDENTIFIER: "1",
    Kind.NUMBER: 2.0,
    Kind.INTEGER: 1.0,
    Kind.QUANTITY: "1.2万",
    Kind.QUANTITY_OR_REFERENCE: 12.0,
    Kind.YES_NO: "是",
    Kind.DATE: "2025年3月11日",
}
# What clerks type, what they never would, and what looks like a number, a date or a tag.
TYPED = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.,%万亿多余近超上-—年月日第一二两十百Oo ", max_size=10),
    st.sampled_from(
        ["", " ", "\n", "=1+1", "{{", "}}", "{% if", "#REF!", "<a>&", "\x00", "\ufeff", "1e999", "NaN", "∞"]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
CELLS = [(spec, column) for spec in SHEETS for column in spec.columns]


def sample(spec: SheetSpec, column: ColumnSpec, row: int) -> CellValue:
    if column.field == spec.key or (column.refers and column.kind is not Kind.QUANTITY_OR_REFERENCE):
        return f"{column.refers or spec.name}{row}"
    if column.kind in (Kind.TEXT, Kind.LIST):
        return f"{column.header}{row}"
    return str(column.choices[0]) if column.choices else SAMPLES[column.kind]


@cache
def grid(spec: SheetSpec) -> tuple[tuple[CellValue, ...], ...]:
    """A sheet in which every cell is filled and right."""
    if spec.vertical:
        return (("项目", "内容"), *((column.header, sample(spec, column, 1)) for column in spec.columns))
    rows = (tuple(sample(spec, column, row) for column in spec.columns) for row in range(1, ROWS + 1))
    return (tuple(column.header for column in spec.columns), *rows)


def sheet(spec: SheetSpec, rows: Iterable[Iterable[CellValue]]) -> Sheet:
    return Sheet(spec.name, tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, 1)))


def book(changed: dict[str, Grid] | None = None) -> Workbook:
    grids = {spec.name: [list(row) for row in grid(spec)] for spec in SHEETS} | (changed or {})
    return Workbook(Path("数据.xlsx"), "", tuple(sheet(spec, grids[spec.name]) for spec in SHEETS))


def own(record: Record, without: Collection[str] = ()) -> dict[str, object]:
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name not in {"origin", *without}}


@cache
def right() -> Outcome[Dataset]:
    return validate(book())


def test_the_book_these_tests_start_from_is_right() -> None:
    assert not has_errors(right().diagnostics), [fault.message for fault in right().diagnostics if fault.is_error]


def check_one_cell(spec: SheetSpec, column: ColumnSpec, typed: CellValue) -> None:
    """Types into one cell of the right book; what every other cell says stays."""
    rows = [list(row) for row in grid(spec)]
    number = spec.columns.index(column)
    row, index = (number + 1, 1) if spec.vertical else (2, number)
    rows[row][index] = typed
    for fault in validate(book({spec.name: rows})).diagnostics:
        assert fault.message
        assert fault.place.sheet
    if spec.vertical:
        return
    before, after = (read_rows(sheet(spec, r), spec, "数据.xlsx", 2025).records for r in (grid(spec), rows))
    other = {column.field, *DEPENDENT.get(column.header, set())}
    assert [own(record) for record in (after[0], after[-1])] == [own(record) for record in (before[0], before[-1])]
    assert own(after[1], other) == own(before[1], other)


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_text_in_any_cell_is_read_or_told_and_changes_no_other(spec: SheetSpec, data: st.DataObject) -> None:
    check_one_cell(spec, data.draw(st.sampled_from(spec.columns)), data.draw(TYPED))


@pytest.mark.slow
@pytest.mark.parametrize(("spec", "column"), CELLS, ids=[f"{spec.name}.{column.header}" for spec, column in CELLS])
@settings(max_examples=40, deadline=None)
@given(typed=TYPED)
def test_any_text_in_every_column(spec: SheetSpec, column: ColumnSpec, typed: CellValue) -> None:
    check_one_cell(spec, column, typed)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_rows_and_columns_may_stand_in_any_order(data: st.DataObject) -> None:
    changed: dict[str, Grid] = {}
    for spec in SHEETS:
        head, *rows = grid(spec)
        rows = data.draw(st.permutations(rows))
        order = list(range(len(head))) if spec.vertical else data.draw(st.permutations(range(len(head))))
        changed[spec.name] = [[row[i] for i in order] for row in (head, *rows)]
    shuffled = validate(book(changed))
    assert contents(shuffled) == contents(right())


def contents(outcome: Outcome[Dataset]) -> dict[str, Counter[str]]:
    """The records of each sheet, whatever their order."""
    assert outcome.value is not None
    found = {}
    for spec in SHEETS:
        records = getattr(outcome.value, spec.dataset_field)
        found[spec.name] = Counter(
            str(own(record)) for record in (records if isinstance(records, tuple) else [records])
        )
    return found
