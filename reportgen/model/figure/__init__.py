"""Numbers as printed, with their source, and prose that keeps them."""

from reportgen.model.figure.arithmetic import ARITHMETIC, SCALES, split_measure
from reportgen.model.figure.formula import listed, plain
from reportgen.model.figure.number import (
    Figure,
    Span,
    Status,
    combine,
    merge_sources,
)
from reportgen.model.figure.standing import StandsForFigure
from reportgen.model.figure.text import LINE_BREAK, NO_TEXT, Piece, Text

__all__ = [
    "ARITHMETIC",
    "LINE_BREAK",
    "NO_TEXT",
    "SCALES",
    "Figure",
    "Piece",
    "Span",
    "StandsForFigure",
    "Status",
    "Text",
    "combine",
    "listed",
    "merge_sources",
    "plain",
    "split_measure",
]
