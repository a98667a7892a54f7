"""Formulas that name what is not there: functions that neither Excel nor the engine has, sheets that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from openpyxl.utils import FORMULAE

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.template.engine.names.unknown import near_words
from reportgen.template.excel.formulas.compute import unknown_functions
from reportgen.template.excel.formulas.expression import Expression

# How Excel writes the functions that are younger than the file format: their names are known to it.
_YOUNGER = ("_XLFN.", "_XLWS.")


def formula_warnings(
    formulas: Mapping[Place, Expression], sheets: Collection[str], defined: Collection[str]
) -> Iterator[Diagnostic]:
    """A warning for each unknown function and sheet of the formulas; `defined` are the names the workbook defines."""
    known = {name.upper() for name in (*FORMULAE, *defined)}
    called = {name.upper() for formula in formulas.values() for name in formula.functions}
    strange = {name for name in called if not name.startswith(_YOUNGER)} - known
    unknown = unknown_functions(strange) if strange else set()
    titles = {title.casefold() for title in sheets}
    for place, formula in formulas.items():
        text = "=" + formula.text
        for name in dict.fromkeys(formula.functions):
            if name.upper() in unknown:
                near = near_words(nearest(name.upper(), FORMULAE))
                yield excel_codes.UNKNOWN_FUNCTION.at(place, text=text, function=name, near=near)
        for sheet in dict.fromkeys(part for ref in formula.refs if ref.sheet for part in ref.sheet.split(":")):
            if sheet.casefold() not in titles:
                near = near_words(nearest(sheet, sheets))
                yield excel_codes.UNKNOWN_SHEET.at(place, text=text, sheet=sheet, near=near)
