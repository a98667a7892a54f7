"""Every code there is. One module per stage; each defines its `Code` constants and nothing else."""

from __future__ import annotations

from types import ModuleType

from reportgen.diagnostics.catalogue import claims, compose, excel, figures, output, preview, read, template
from reportgen.diagnostics.catalogue.proof import coverage, data, printed, prose
from reportgen.diagnostics.catalogue.proof import figures as numbers
from reportgen.diagnostics.catalogue.validate import agreement, cells, sheets
from reportgen.diagnostics.types import Code

_PROOF: tuple[ModuleType, ...] = (printed, data, numbers, prose, coverage)
_FIGURES: tuple[ModuleType, ...] = (figures, claims)
_VALIDATE: tuple[ModuleType, ...] = (sheets, cells, agreement)
_MODULES: tuple[ModuleType, ...] = (read, *_VALIDATE, compose, *_FIGURES, template, excel, *_PROOF, output, preview)


def all_codes() -> dict[str, Code]:
    """Code → entry, in the order of the stages. Raises ValueError when two entries share a code."""
    codes: dict[str, Code] = {}
    for module in _MODULES:
        for entry in vars(module).values():
            if not isinstance(entry, Code):
                continue
            if entry.code in codes:
                raise ValueError(f"code {entry.code} is defined twice")
            codes[entry.code] = entry
    return codes
