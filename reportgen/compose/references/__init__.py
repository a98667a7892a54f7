"""What is told of names in prose that nobody knows: the wrong name, or the sheet that is not there."""

from reportgen.compose.references.telling import TEMPLATE_NAMES, told

__all__ = ["TEMPLATE_NAMES", "told"]
