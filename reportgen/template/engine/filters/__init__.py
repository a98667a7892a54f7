"""Jinja2's filters as templates get them: bounded, and never silently wrong about numbers and texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.template.engine.filters import gaps, numbers, texts

# What takes the place of Jinja2's own.
FILTERS: Mapping[str, Callable[..., object]] = {**gaps.FILTERS, **numbers.FILTERS, **texts.FILTERS}
