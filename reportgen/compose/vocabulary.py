"""The names, filters and functions that prose cells and templates share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportgen.compose.prose import Prose
from reportgen.compose.references import TEMPLATE_NAMES
from reportgen.compose.rows import RowViews, table_rows
from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.figures import Peers, Words
from reportgen.model.issue import Vocabulary
from reportgen.model.records import Dataset, Record
from reportgen.model.view import Rows

# Words of the tags themselves: a tag never takes them for a row.
_TAG_WORDS = frozenset(
    "true false none True False None and or not in is if else range dict namespace".split()  # noqa: SIM905
)


def vocabulary(dataset: Dataset, peers: Peers) -> tuple[Vocabulary, RowViews, Prose]:
    """Names by which rows and sheets can be had, with the figures' filters and functions.

    The Prose and the Vocabulary need each other: a prose cell names rows, a row's columns may be prose.
    They share one mapping of names, filled here once and not changed after.
    """
    names: dict[str, object] = {}
    words = Words.of(peers)
    prose = Prose(names, words)
    rows = RowViews(prose, peers, dataset.folder)
    sheets = _sheets(dataset, rows)
    names.update({key: view for sheet in sheets.values() for key, view in sheet.by_key.items() if key.isidentifier()})
    names.update(sheets, 表={table.name: table_rows(table, dataset.masthead) for table in dataset.tables})
    return Vocabulary(names, words.filters, words.functions), rows, prose


def clashes(dataset: Dataset, given: Vocabulary) -> tuple[Diagnostic, ...]:
    """Rows whose number or name is one that templates, functions or sheets already have."""
    taken = TEMPLATE_NAMES | _TAG_WORDS | set(_SHEET_NAMES) | set(given.functions)
    return tuple(
        codes.NAME_TAKEN.at(record.origin.place(field), text=key, name=key, what=what)
        for what, field, records, key_of in _keyed_sheets(dataset)
        for record in records
        if (key := key_of(record)) in taken
    )


_SHEET_NAMES = ("单位", "指标", "活动", "引语", "图片", "名单", "表")


def _sheets(dataset: Dataset, rows: RowViews) -> dict[str, Rows[Any]]:
    return {
        "单位": rows.rows(dataset.units, lambda unit: unit.short_name),
        "指标": rows.rows(dataset.indicators, lambda row: row.id),
        "活动": rows.rows(dataset.activities, lambda row: row.id),
        "引语": rows.rows(dataset.quotes, lambda row: row.id),
        "图片": rows.rows(dataset.pictures, lambda row: row.id),
        "名单": rows.rows(dataset.lists),
    }


KeyedSheet = tuple[str, str, tuple[Record, ...], Callable[[Record], str]]


def _keyed_sheets(dataset: Dataset) -> tuple[KeyedSheet, ...]:
    """(what the key is called, its field, the rows, how to get it) of every sheet whose rows have names."""

    def by(field: str) -> Callable[[Record], str]:
        return lambda record: str(getattr(record, field))

    return (
        ("指标号", "id", dataset.indicators, by("id")),
        ("活动号", "id", dataset.activities, by("id")),
        ("单位简称", "short_name", dataset.units, by("short_name")),
        ("引语号", "id", dataset.quotes, by("id")),
        ("图片号", "id", dataset.pictures, by("id")),
    )
