"""The Word half: parts of a .docx into programs."""

from reportgen.template.word.document import CONTENT_TYPES, compile_package

__all__ = ["CONTENT_TYPES", "compile_package"]
