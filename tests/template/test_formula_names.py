"""Formulas that name what is not there: a warning with the near name, at the cell."""

from __future__ import annotations

import io

import pytest
from excel_books import template

from reportgen.template import Template


@pytest.mark.parametrize(
    ("formula", "code", "near"),
    [("=SUMM(A1)", "T117", "SUM"), ("=别表!A1", "T118", "表")],
    ids=["a function", "a sheet"],
)
def test_a_formula_that_names_what_is_not_there_is_questioned(formula: str, code: str, near: str) -> None:
    (warning,) = Template.load(io.BytesIO(template(f"{{{{ 数 }}}}|{formula}")), name="表.xlsx").warnings()
    assert (warning.code, warning.place.cell) == (code, "B1")
    assert near in f"{warning.message}{warning.suggestion}"
