"""An indicator's number: what is known of it, in which 量词, and how it is printed."""

from reportgen.figures.quantity.amounts import (
    POINTS,
    Written,
    exact,
    in_measure,
    is_rate,
    measure_of,
    unit_of,
    written,
)
from reportgen.figures.quantity.known import (
    Operand,
    is_reported,
    located,
    missing,
    operand,
    settled,
    stated,
    stated_cell,
    unsettled,
)
from reportgen.figures.quantity.peers import DatasetPeers, Peers
from reportgen.figures.quantity.printing import bare_value, cell_figure, change, own_print, rank_figure, reported_share

__all__ = [
    "POINTS",
    "DatasetPeers",
    "Operand",
    "Peers",
    "Written",
    "bare_value",
    "cell_figure",
    "change",
    "exact",
    "in_measure",
    "is_rate",
    "is_reported",
    "located",
    "measure_of",
    "missing",
    "operand",
    "own_print",
    "rank_figure",
    "reported_share",
    "settled",
    "stated",
    "stated_cell",
    "unit_of",
    "unsettled",
    "written",
]
