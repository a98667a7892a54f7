"""Decimal → words: pure functions from records to figures and clauses, after GB/T 15835 and the reading rules."""

from reportgen.figures.clause import (
    HAD,
    OWN,
    PHRASES,
    Opening,
    Phrase,
    begun,
    chain,
    held,
    is_one_clause,
)
from reportgen.figures.filters import FILTER_NAMES, filters, measured
from reportgen.figures.numerals import Duration, date_text, whole_base, whole_behind
from reportgen.figures.operands import CellNames, CellText, Dated
from reportgen.figures.quantity import DatasetPeers, Peers, cell_figure, in_measure, measure_of, missing
from reportgen.figures.selection import FUNCTION_NAMES, attendance, functions, sessions
from reportgen.figures.soundness import unsound
from reportgen.figures.words import Words

__all__ = [
    "FILTER_NAMES",
    "FUNCTION_NAMES",
    "HAD",
    "OWN",
    "PHRASES",
    "CellNames",
    "CellText",
    "DatasetPeers",
    "Dated",
    "Duration",
    "Opening",
    "Peers",
    "Phrase",
    "Words",
    "attendance",
    "begun",
    "cell_figure",
    "chain",
    "date_text",
    "filters",
    "functions",
    "held",
    "in_measure",
    "is_one_clause",
    "measure_of",
    "measured",
    "missing",
    "sessions",
    "unsound",
    "whole_base",
    "whole_behind",
]
