"""What a value prints: plain text, or spans that carry a style, a highlight and a source."""

from reportgen.template.values.numbers import MAX_DIGITS, Number, figure_of, number_of, plain_number
from reportgen.template.values.spans import FigureLike, Sourced, Span, SpanLike, Spanned, is_spanned, merged
from reportgen.template.values.texts import (
    BOLD,
    LINE_BREAK,
    Styled,
    bold,
    cited,
    escape,
    kind_of,
    legal,
    plain_text,
    printable,
    spans_of,
    styled,
)
from reportgen.template.values.things import Document, Inserted, Picture

__all__ = [
    "BOLD",
    "LINE_BREAK",
    "MAX_DIGITS",
    "Document",
    "FigureLike",
    "Inserted",
    "Number",
    "Picture",
    "Sourced",
    "Span",
    "SpanLike",
    "Spanned",
    "Styled",
    "bold",
    "cited",
    "escape",
    "figure_of",
    "is_spanned",
    "kind_of",
    "legal",
    "merged",
    "number_of",
    "plain_number",
    "plain_text",
    "printable",
    "spans_of",
    "styled",
]
