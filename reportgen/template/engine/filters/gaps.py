"""`|default`: what is printed instead of a name that does not exist, or of a figure that the data leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2.filters import do_default

from reportgen.diagnostics import GapError
from reportgen.template.values import is_spanned, spans_of


def is_gap(value: object) -> bool:
    """True for what can only say that the data leaves blank what it takes. Any other fault is told where it is
    printed."""
    if not is_spanned(value):
        return False
    try:
        for _ in spans_of(value):
            pass
    except GapError:
        return True
    except Exception:
        return False
    return False


def _default(value: object, default_value: object = "", boolean: bool = False) -> object:
    return default_value if is_gap(value) else do_default(value, default_value, boolean)


FILTERS: Mapping[str, Callable[..., object]] = {"default": _default, "d": _default}
