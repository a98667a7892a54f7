"""The Word half: parts of a .docx into programs."""

from reportgen.template.word.document import compile_package
from reportgen.template.word.reading.sources import CONTENT_TYPES

__all__ = ["CONTENT_TYPES", "compile_package"]
