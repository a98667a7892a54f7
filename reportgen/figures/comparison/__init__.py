"""A number beside another of its kind: the two in one unit, and how the difference is read."""

from reportgen.figures.comparison.pair import (
    LAST_TERM,
    LAST_YEAR,
    Basis,
    Pair,
    decimals_of,
    kept,
    pair_of,
    pair_with,
    term,
)
from reportgen.figures.comparison.rules import both_zero, compare, difference, multiple

__all__ = [
    "LAST_TERM",
    "LAST_YEAR",
    "Basis",
    "Pair",
    "both_zero",
    "compare",
    "decimals_of",
    "difference",
    "kept",
    "multiple",
    "pair_of",
    "pair_with",
    "term",
]
