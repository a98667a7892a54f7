"""核数表 and 疑点 in every appendix, always last: brought along where a template lacks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.resources import proof_sheets
from reportgen.template import Template
from reportgen.template.excel.joining import with_last, with_sheets
from reportgen.template.package import Package

# The name that a sheet goes over → the title of the sheet in the program's own workbook.
PROOF_SHEETS = {"核数": "核数表", "疑点": "疑点"}


@dataclass(frozen=True, slots=True)
class Completed:
    """A template with its proof sheets, last; `added` are the titles of those it lacked."""

    template: Template
    added: tuple[str, ...]


def with_proof_sheets(template: Template, compiled: Callable[[Package], Template]) -> Completed:
    """`template` itself when 核数表 and 疑点 are there and last. What shows them is known by the names that a sheet's
    `for` tags go over, whatever the sheet is called."""
    titles = {name: [plan.name for plan in template.sheets if name in plan.lists] for name in PROOF_SHEETS}
    lacking = [title for name, title in PROOF_SHEETS.items() if not titles[name]]
    package = template.package
    if lacking:
        package = with_sheets(package, Package.open(proof_sheets()), lacking)
    last = [title for name, own in titles.items() for title in own or [PROOF_SHEETS[name]]]
    package = with_last(package, list(dict.fromkeys(last)))
    return Completed(template if package is template.package else compiled(package), tuple(lacking))
