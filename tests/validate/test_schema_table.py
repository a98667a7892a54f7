"""The table of sheets and columns is consistent with the records and with itself."""

from __future__ import annotations

from dataclasses import MISSING, fields
from enum import StrEnum

import pytest

from reportgen.diagnostics.catalogue import read, validate
from reportgen.diagnostics.types import Code
from reportgen.model.records import Dataset, Indicator, Record
from reportgen.model.schema import SHEETS, Kind, SheetSpec, headers_of, sheet_of
from reportgen.validate import numbers, values
from reportgen.validate.headers import normal

BY_NAME = {spec.name: spec for spec in SHEETS}
EVERY = pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)


@EVERY
def test_every_field_of_a_record_has_its_column(spec: SheetSpec) -> None:
    own = {field.name for field in fields(spec.record)} - {field.name for field in fields(Record)}
    assert {column.field for column in spec.columns} == own
    assert spec.dataset_field in {field.name for field in fields(Dataset)}


@EVERY
def test_headers_are_unique_and_compare_as_themselves(spec: SheetSpec) -> None:
    headers = [column.header for column in spec.columns]
    assert len(set(headers)) == len(headers)
    assert [normal(header) for header in headers] == headers


@EVERY
def test_what_a_record_cannot_do_without_is_required(spec: SheetSpec) -> None:
    for field in fields(spec.record):
        if field.default is MISSING and field.name != "origin":
            assert spec.column(field.name).required, field.name


@EVERY
def test_what_a_blank_means_is_the_same_in_table_and_record(spec: SheetSpec) -> None:
    readers = {
        Kind.CHOICE: lambda text, column: values.choice(text, column.choices, column.header),
        Kind.YES_NO: lambda text, column: values.yes_no(text, ""),
        Kind.NUMBER: lambda text, column: numbers.number(text),
        Kind.INTEGER: lambda text, column: numbers.whole(text),
        Kind.QUANTITY: lambda text, column: numbers.quantity(text, column.measures),
    }
    defaults = {field.name: field.default for field in fields(spec.record)}
    for column in spec.columns:
        if column.default:
            assert readers[column.kind](column.default, column) == defaults[column.field], column.header


@EVERY
def test_references_and_measures_point_at_what_is_there(spec: SheetSpec) -> None:
    for column in spec.columns:
        assert not column.refers or BY_NAME[column.refers].key
        assert not column.measure_column or column.measure_column in {other.header for other in spec.columns}
        assert (column.kind is Kind.CHOICE) == bool(column.choices)
        assert all(isinstance(word, str | StrEnum) for word in column.choices)


def test_columns_can_be_had_by_record() -> None:
    assert sheet_of(Indicator).name == "指标"
    assert headers_of(Indicator)["上年同期"] == "baseline"


@pytest.mark.parametrize(
    "entry",
    [entry for module in (read, validate) for entry in vars(module).values() if isinstance(entry, Code)],
    ids=lambda entry: entry.code,
)
def test_every_code_of_reading_can_be_explained(entry: Code) -> None:
    assert all((entry.message, entry.suggestion, entry.meaning, entry.example, entry.cure))
    assert entry.code[0] in "RV"
