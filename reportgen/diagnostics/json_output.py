"""Diagnostics as JSON objects, with the keys other programs rely on."""

from __future__ import annotations

from reportgen.diagnostics.types import Diagnostic, Place

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def diagnostic_object(item: Diagnostic) -> dict[str, Json]:
    """One diagnostic; keys that do not apply are absent, severity is error, warning or notice."""
    related: list[Json] = [place_object(place) for place in item.related]
    tail: dict[str, Json] = {
        "text": item.text,
        "message": item.message,
        "suggestion": item.suggestion or None,
        "related": related or None,
    }
    return _present({"code": item.code, "severity": item.severity.value, **place_object(item.place), **tail})


def place_object(place: Place) -> dict[str, Json]:
    """A place; in a template's table `row` and `column` count within the table, both from 1."""
    in_table = str(place.table_column) if place.table_column else None
    return _present(
        {
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row or place.table_row,
            "column": place.column or in_table,
            "cell": place.cell,
            "part": place.part,
            "paragraph": place.paragraph,
            "table": place.table,
            "tag": place.tag,
        }
    )


def _present(entries: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in entries.items() if value is not None}
