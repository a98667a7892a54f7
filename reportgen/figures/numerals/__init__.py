"""Numbers and dates as GB/T 15835 writes them: digits, characters, 概数, dates, and the back-check of percentages."""

from reportgen.figures.numerals.approximation import Approximate, already_round, approximate
from reportgen.figures.numerals.back_check import whole_base, whole_behind
from reportgen.figures.numerals.dates import date_part, date_text
from reportgen.figures.numerals.digits import as_typed, characters, fixed, ordinal, percentage, rounded, trimmed
from reportgen.figures.numerals.durations import Duration

__all__ = [
    "Approximate",
    "Duration",
    "already_round",
    "approximate",
    "as_typed",
    "characters",
    "date_part",
    "date_text",
    "fixed",
    "ordinal",
    "percentage",
    "rounded",
    "trimmed",
    "whole_base",
    "whole_behind",
]
