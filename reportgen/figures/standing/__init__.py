"""Where a number stands: in its whole, before its target, beside another, among its peers, among its years."""

from reportgen.figures.standing.completion import can_complete, completion, completion_clause
from reportgen.figures.standing.gap import gap, gap_clause
from reportgen.figures.standing.ranking import leading, rank, rank_clause, superlative
from reportgen.figures.standing.records import record
from reportgen.figures.standing.share import share, share_clause

__all__ = [
    "can_complete",
    "completion",
    "completion_clause",
    "gap",
    "gap_clause",
    "leading",
    "rank",
    "rank_clause",
    "record",
    "share",
    "share_clause",
    "superlative",
]
