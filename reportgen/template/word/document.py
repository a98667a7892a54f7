"""A .docx package into its programs."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.types import Document
from reportgen.template.package import Package

CONTENT_TYPES: frozenset[str] = frozenset()


def compile_package(package: Package, engine: Engine, faults: list[Diagnostic]) -> Document:
    raise NotImplementedError
