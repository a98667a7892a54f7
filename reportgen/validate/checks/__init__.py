"""What must agree between rows and sheets: functions of one shape, each of which gives what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.diagnostics import Diagnostic
from reportgen.validate.checks.amounts import (
    blank_values,
    impossible_counts,
    outlandish_settings,
    reversed_dates,
    reversed_ranges,
    said_twice,
    shares_over_whole,
    uncountable,
)
from reportgen.validate.checks.homes import (
    conflicting_articles,
    homeless_rows,
    shared_places,
    unit_paragraphs,
    units_not_reporting,
)
from reportgen.validate.checks.keys import repeated_keys, shared_aliases
from reportgen.validate.checks.pictures import picture_files
from reportgen.validate.checks.references import resolve
from reportgen.validate.draft import Draft

__all__ = ["CHECKS", "resolve", "run_checks"]

Check = Callable[[Draft], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    repeated_keys,
    shared_aliases,
    homeless_rows,
    conflicting_articles,
    shared_places,
    unit_paragraphs,
    units_not_reporting,
    blank_values,
    reversed_dates,
    reversed_ranges,
    outlandish_settings,
    uncountable,
    impossible_counts,
    said_twice,
    shares_over_whole,
    picture_files,
)


def run_checks(draft: Draft) -> list[Diagnostic]:
    """Every fault between cells, rows and sheets; references are resolved before."""
    return [fault for check in CHECKS for fault in check(draft)]
