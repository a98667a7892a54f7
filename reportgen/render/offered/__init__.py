"""What a template can use: checked against without data, listed for people with it."""

from reportgen.render.offered.specimen import offered, offered_without_data
from reportgen.render.offered.usages import Usage
from reportgen.render.offered.variables import Variable, Variables, variables

__all__ = ["Usage", "Variable", "Variables", "offered", "offered_without_data", "variables"]
