"""Formulas computed, so that viewers that do not calculate show values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from reportgen.template.excel.cells import EMPTY, Content

_QUOTED = re.compile(r'"[^"]*"')
_SHEET = re.compile(r"'(?:[^']|'')*'!")
_OTHER_WORKBOOK = re.compile(r"\[[^\[\]]*\][^\[\](),;!]*!")
_VOLATILE = re.compile(r"(?<![\w.])(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|INFO|CELL)\(", re.IGNORECASE)
_CALL = re.compile(r"([^\W\d][\w.]*)\(")
_SHEET_NAME = "S"

# What stands in the engine's copy for a formula that is not to be computed: a function that no engine has, so that
# whatever depends on it comes out as #NAME? and is not computed either.
UNKNOWN = "REPORTGEN.UNKNOWN()"

# Errors that Excel would show just so. The others (a name or sheet that is missing, a spill, a circle, a function that
# the engine lacks) may be the engine's own, and Excel is left to find out.
_HONEST_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A", "Num": "#NUM!"}


def screen(formulas: Iterable[str]) -> list[bool]:
    """For each formula (no leading =) whether the engine can compute it to what Excel shows.

    Not so for those that read other workbooks, that change with the clock or chance (the same input gives the same
    file), or that call a function the engine lacks: its #NAME? could hide in an IFERROR.
    """
    plain = [_QUOTED.sub('""', formula) for formula in formulas]
    # A sheet's name may hold brackets too: '说明(一)'!A1 calls nothing.
    calls = [{name.upper() for name in _CALL.findall(_SHEET.sub("", formula))} for formula in plain]
    unknown = unknown_functions(set().union(*calls))
    return [
        not (_OTHER_WORKBOOK.search(formula) or _VOLATILE.search(formula) or called & unknown)
        for formula, called in zip(plain, calls, strict=True)
    ]


def unknown_functions(names: set[str]) -> set[str]:
    """Those of the names (in capitals) that are no functions of the engine."""
    import formualizer  # noqa: PLC0415  heavy; a workbook without formulas does not need it

    probe = formualizer.Workbook()
    sheet = probe.sheet("S")
    ordered = sorted(names)
    for row, name in enumerate(ordered, 1):
        sheet.set_formula(row, 1, f"={name}()")
    probe.evaluate_all()
    return {name for row, name in enumerate(ordered, 1) if _error(probe.get_value("S", row, 1)) == "Name"}


class RowPlan:
    """Formulas of one row, computed for any number of rows by one plan: the engine keeps them, only values change.

    `formulas` are (column, formula without leading = with `row` where its row's number belongs), `columns` those whose
    values they read; all columns from 1.
    """

    def __init__(self, formulas: Sequence[tuple[int, str]], row: str, columns: Sequence[int], date1904: bool) -> None:
        import formualizer  # noqa: PLC0415  heavy; a workbook without formulas does not need it

        self._book: Any = formualizer.Workbook(config=_settings(date1904))
        self._book.set_temporal_egress("serial")
        self._book.add_sheet(_SHEET_NAME)
        known = screen(formula for _, formula in formulas)
        self._formulas = [(at, f"={f if good else UNKNOWN}") for (at, f), good in zip(formulas, known, strict=True)]
        self._row = row
        self._rows = 0  # that have their formulas
        # Columns that are neighbours are handed over together: (first column, their places among `columns`).
        runs = groupby(range(len(columns)), lambda index: columns[index] - index)
        self._runs = [(columns[places[0]], places) for places in (list(run) for _, run in runs)]

    def compute(self, rows: Sequence[Sequence[object]]) -> list[list[Content]]:
        """The values of the formulas for each row of values, EMPTY where unknown. A number is a float, a blank None."""
        try:
            return self._computed(rows)
        except Exception:  # as in `evaluate`
            return [[EMPTY] * len(self._formulas) for _ in rows]

    def _computed(self, rows: Sequence[Sequence[object]]) -> list[list[Content]]:
        for first, places in self._runs:
            values = [[row[place] for place in places] for row in rows]
            self._book.set_values_batch(_SHEET_NAME, 1, first, values)
        self._extend(len(rows))
        self._book.evaluate_all()
        get = self._book.get_value
        places = [column for column, _ in self._formulas]
        return [
            [_content(get(_SHEET_NAME, row, column)) or EMPTY for column in places] for row in range(1, len(rows) + 1)
        ]

    def _extend(self, count: int) -> None:
        for column, formula in self._formulas if count > self._rows else ():
            texts = [[formula.replace(self._row, str(row))] for row in range(self._rows + 1, count + 1)]
            self._book.set_formulas_batch(_SHEET_NAME, self._rows + 1, column, texts)
        self._rows = max(self._rows, count)


def _settings(date1904: bool) -> Any:
    """The engine's, for a workbook that is computed once. Of a file's own it does not know the first day."""
    import formualizer  # noqa: PLC0415  heavy; a workbook without formulas does not need it

    calculation = formualizer.EvaluationConfig()
    calculation.date_system = "1904" if date1904 else "1900"
    mode = formualizer.WorkbookMode.Ephemeral
    return formualizer.WorkbookConfig(mode=mode, eval_config=calculation, enable_changelog=False)


def evaluate(package: bytes, cells: Sequence[tuple[str, int, int]], date1904: bool) -> list[Content | None]:
    """The values of (sheet, row, column) cells of an .xlsx package, rows and columns from 1; None where unknown."""
    import formualizer  # noqa: PLC0415  heavy; a workbook without formulas does not need it

    try:
        book = formualizer.Workbook.from_bytes(package, config=_settings(date1904))
        book.set_temporal_egress("serial")
        book.evaluate_all()
    except Exception:  # whatever the engine stumbles over, the file itself is sound: its formulas go without values
        return [None] * len(cells)
    return [_content(book.get_value(*cell)) for cell in cells]


def _content(value: object) -> Content | None:
    if isinstance(value, bool):
        return Content("b", "1" if value else "0")
    if isinstance(value, (int, float)):
        whole = float(value).is_integer() and abs(value) < 1e15
        return Content("n", str(int(value)) if whole else repr(float(value)))
    if isinstance(value, str):
        return Content("str", value)
    error = _HONEST_ERRORS.get(_error(value) or "")
    return Content("e", error) if error else None


def _error(value: object) -> str | None:
    return str(value.get("kind")) if isinstance(value, dict) and value.get("type") == "Error" else None
