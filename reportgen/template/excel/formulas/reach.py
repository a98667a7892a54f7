"""What a formula reads: nothing but the cells beside it, or which columns of which sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.utils import FORMULAE
from openpyxl.utils.cell import column_index_from_string

from reportgen.template.excel.formulas.expression import Expression
from reportgen.template.excel.formulas.refs import AGGREGATE, Ref

# Functions that look at nothing but the values of their arguments and give a single one.
_PLAIN_NAMES = """
    ABS ACOS AND ASIN ATAN ATAN2 AVERAGE AVERAGEA CEILING CHAR CHOOSE CLEAN CODE CONCAT CONCATENATE COS COUNT COUNTA
    COUNTBLANK COUNTIF COUNTIFS DATE DATEDIF DATEVALUE DAY DAYS DAYS360 DEGREES EDATE EOMONTH EVEN EXACT EXP FACT
    FALSE FIND FIXED FLOOR HOUR IF IFERROR IFNA IFS INT ISBLANK ISERR ISERROR ISEVEN ISLOGICAL ISNA ISNONTEXT ISNUMBER
    ISODD ISTEXT LARGE LEFT LEN LN LOG LOG10 LOWER MAX MAXA MEDIAN MID MIN MINA MINUTE MOD MONTH MROUND N NA
    NETWORKDAYS NOT NUMBERVALUE ODD OR PI POWER PRODUCT PROPER QUOTIENT RADIANS RANK REPLACE REPT RIGHT ROUND ROUNDDOWN
    ROUNDUP SEARCH SECOND SIGN SIN SMALL SQRT STDEV STDEVP SUBSTITUTE SUM SUMIF SUMIFS SUMPRODUCT SUMSQ SWITCH T TAN
    TEXT TEXTJOIN TIME TIMEVALUE TRIM TRUE TRUNC UPPER VALUE VAR VARP WEEKDAY WEEKNUM WORKDAY XOR YEAR YEARFRAC
"""
_PLAIN = frozenset(_PLAIN_NAMES.split())
# Functions that may read any cell, whatever they are given.
_ROAMING = frozenset({"INDIRECT", "OFFSET"})

Columns = frozenset[int]
ALL: Columns = frozenset(range(1, 16_385))


def stays_in_row(formula: Expression, row: int) -> bool:
    """Whether its value depends on cells of its own row alone, by their values and not by where they are."""
    refs = formula.refs
    return (
        not formula.names
        and "{" not in formula.parts
        and all(name.upper().removeprefix("_XLFN.") in _PLAIN for name in formula.functions)
        and all(isinstance(ref, Ref) and ref.stays_in(row) and _is_taken_whole(ref) for ref in refs)
    )


def _is_taken_whole(ref: Ref) -> bool:
    """Several cells where one value is wanted would spill."""
    return ref.single or ref.function in AGGREGATE


def columns(formula: Expression) -> Columns:
    """The columns (from 1) that its references name, whatever their sheets."""
    return frozenset().union(*(_columns(ref) for ref in formula.refs if isinstance(ref, Ref)))


def _columns(ref: Ref) -> Columns:
    if not ref.column or ref.tail:
        return ALL
    first, last = sorted(column_index_from_string(text.lstrip("$")) for text in (ref.column, ref.to_column))
    return frozenset(range(first, last + 1))


def columns_read(formulas: Iterable[tuple[str, Expression]]) -> Mapping[str, Columns] | None:
    """What formulas read, each given with the name of its sheet: sheet, case folded → columns; None for anything at
    all. Sheets are the template's, and so are the columns."""
    found: dict[str, Columns] = {}
    for own, formula in formulas:
        if formula.names or _roams(formula.functions):
            return None
        for ref in formula.refs:
            sheet = (ref.sheet or own).casefold()
            if ":" in sheet:  # from one sheet to another
                return None
            found[sheet] = found.get(sheet, frozenset()) | (_columns(ref) if isinstance(ref, Ref) else ALL)
    return found


def _roams(functions: Sequence[str]) -> bool:
    """A name that is no function may be the end of a range (A1:INDEX)."""
    names = {name.upper() for name in functions}
    return bool(names & _ROAMING) or not all(name in FORMULAE or name.startswith("_XLFN.") for name in names)
