"""The template engine: an OOXML template and any mapping into a document. Knows nothing of briefings."""

from reportgen.template.engine.types import Limits, Printed, RenderResult, TemplateError
from reportgen.template.excel import Formula, Hyperlink, SheetPlan
from reportgen.template.suspicion import suspicious
from reportgen.template.template import Template
from reportgen.template.text import TextTemplate
from reportgen.template.values import Document, Picture, Styled

__all__ = [
    "Document",
    "Formula",
    "Hyperlink",
    "Limits",
    "Picture",
    "Printed",
    "RenderResult",
    "SheetPlan",
    "Styled",
    "Template",
    "TemplateError",
    "TextTemplate",
    "suspicious",
]
