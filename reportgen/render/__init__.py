"""Issue + templates → docx, appendix workbook and manifest, and their writing."""

from reportgen.model.issue import Issue
from reportgen.render.appendix import NO_PROOF, appendix_names, attachments, render_appendix
from reportgen.render.article import RenderedArticle, render_article
from reportgen.render.context import issue_names
from reportgen.render.files import Drafts, write_drafts
from reportgen.render.folders import TemplateData, Templates, load_templates
from reportgen.render.manifest import seal

__all__ = [
    "Drafts",
    "RenderedArticle",
    "Templates",
    "attachments",
    "load_templates",
    "render_appendix",
    "render_article",
    "seal",
    "template_data",
    "write_drafts",
]


def template_data(issue: Issue) -> TemplateData:
    """What the templates of an issue see before anything is made."""
    return TemplateData(issue_names(issue), appendix_names(issue, NO_PROOF, ""))
