"""Issue + templates → docx, appendix workbook and manifest, and their writing."""

from reportgen.render.appendix import attachments, render_appendix
from reportgen.render.article import render_article
from reportgen.render.files import Drafts, write_drafts
from reportgen.render.folders import Templates, load_templates
from reportgen.render.manifest import seal

__all__ = [
    "Drafts",
    "Templates",
    "attachments",
    "load_templates",
    "render_appendix",
    "render_article",
    "seal",
    "write_drafts",
]
