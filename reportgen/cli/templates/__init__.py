"""`reportgen template`: the templates there are, what one can use, the faults of one, a copy to change."""

from reportgen.cli.templates.commands import FontsOption, PageOption, app

__all__ = ["FontsOption", "PageOption", "app"]
