"""Faults as data: what is wrong, where, and what to do; worded in one place, the catalogue."""

from reportgen.diagnostics.nearest import nearest
from reportgen.diagnostics.types import Code, Diagnostic, FaultError, GapError, Outcome, Place, Severity, has_errors

__all__ = ["Code", "Diagnostic", "FaultError", "GapError", "Outcome", "Place", "Severity", "has_errors", "nearest"]
