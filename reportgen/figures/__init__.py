"""Decimal → words: pure functions from records to figures and clauses, after GB/T 15835 and the reading rules."""

from reportgen.figures.clause import OWN, PHRASES, Opening, Phrase, begun, chain, is_one_clause, names_a_doing
from reportgen.figures.filters import FILTER_NAMES, filters
from reportgen.figures.numerals import Duration, date_text, whole_base, whole_behind
from reportgen.figures.operands import CellNames, CellText, Dated
from reportgen.figures.quantity import DatasetPeers, Peers, cell_figure, in_measure, measure_of, missing
from reportgen.figures.selection import FUNCTION_NAMES, functions
from reportgen.figures.soundness import unsound

__all__ = [
    "FILTER_NAMES",
    "FUNCTION_NAMES",
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
    "begun",
    "cell_figure",
    "chain",
    "date_text",
    "filters",
    "functions",
    "in_measure",
    "is_one_clause",
    "measure_of",
    "missing",
    "names_a_doing",
    "unsound",
    "whole_base",
    "whole_behind",
]
