"""Indicators in words: one phrase, the whole 句, several rows in a chain."""

from reportgen.figures.clause.chain import chain, is_one_clause
from reportgen.figures.clause.doings import held
from reportgen.figures.clause.groups import group, linked
from reportgen.figures.clause.phrases import OWN, PHRASES, Phrase, only_figure
from reportgen.figures.clause.sentence import HAD, Opening, begun, name_without_growth

__all__ = [
    "HAD",
    "OWN",
    "PHRASES",
    "Opening",
    "Phrase",
    "begun",
    "chain",
    "group",
    "held",
    "is_one_clause",
    "linked",
    "name_without_growth",
    "only_figure",
]
