"""Decimal → words: pure functions from records to figures and clauses, after GB/T 15835 and the reading rules."""

from reportgen.figures.clause import OWN, PHRASES, Phrase
from reportgen.figures.filters import FILTER_NAMES, filters
from reportgen.figures.numerals import date_text, whole_base, whole_behind
from reportgen.figures.quantity import DatasetPeers, Peers, cell_figure, in_measure
from reportgen.figures.selection import FUNCTION_NAMES, functions

__all__ = [
    "FILTER_NAMES",
    "FUNCTION_NAMES",
    "OWN",
    "PHRASES",
    "DatasetPeers",
    "Peers",
    "Phrase",
    "cell_figure",
    "date_text",
    "filters",
    "functions",
    "in_measure",
    "whole_base",
    "whole_behind",
]
