"""Issue + templates → docx, appendix workbook and manifest, and their writing."""

from reportgen.model.issue import Issue
from reportgen.render.appendix import Appendix
from reportgen.render.article import RenderedArticle, render_article
from reportgen.render.context import issue_names
from reportgen.render.files import Drafts, is_appendix, write_drafts
from reportgen.render.folders import TemplateData, Templates, load_templates
from reportgen.render.library import Listed, check_folder, copy_folder, template_folders
from reportgen.render.manifest import seal
from reportgen.render.offered import Usage, Variable, Variables, offered, variables

__all__ = [
    "Appendix",
    "Drafts",
    "Listed",
    "RenderedArticle",
    "TemplateData",
    "Templates",
    "Usage",
    "Variable",
    "Variables",
    "check_folder",
    "copy_folder",
    "is_appendix",
    "load_templates",
    "offered",
    "render_article",
    "seal",
    "template_data",
    "template_folders",
    "variables",
    "write_drafts",
]


def template_data(issue: Issue, appendix: Appendix) -> TemplateData:
    """What the templates of an issue see before anything is made."""
    return TemplateData(issue_names(issue), appendix.names)
