"""Decimal → words: pure functions from records to figures and clauses, after GB/T 15835 and the reading rules."""

from reportgen.figures.clause import OWN, PHRASES, Phrase
from reportgen.figures.comparison import whole_base
from reportgen.figures.filters import FILTER_NAMES, date_text, filters
from reportgen.figures.quantity import DatasetPeers, Peers, cell_figure
from reportgen.figures.selection import FUNCTION_NAMES, functions
from reportgen.figures.standing import whole_behind

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
    "whole_base",
    "whole_behind",
]
