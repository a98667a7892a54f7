"""Indicators in words: one phrase, the whole 句, several rows in a chain."""

from reportgen.figures.clause.chain import chain, is_one_clause
from reportgen.figures.clause.phrases import OWN, PHRASES, Phrase, group, only_figure
from reportgen.figures.clause.sentence import Opening, begun, name_without_growth, names_a_doing

__all__ = [
    "OWN",
    "PHRASES",
    "Opening",
    "Phrase",
    "begun",
    "chain",
    "group",
    "is_one_clause",
    "name_without_growth",
    "names_a_doing",
    "only_figure",
]
