"""Which names a tag of prose holds, and which of them a fault is about."""

from __future__ import annotations

import re
import unicodedata

from reportgen.diagnostics import Diagnostic

_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
_NAME = re.compile(r"[^\W\d]\w*")


def names_in(tag: str | None) -> list[str]:
    """Every word of a tag that may be a name, quoted texts aside: Z001 and 同比 of `{{ Z００１。同比 }}`."""
    return _NAME.findall(_QUOTED.sub("''", unicodedata.normalize("NFKC", tag or "")))


def unknown_name(fault: Diagnostic) -> str:
    """The name that a fault of an unknown name is about: the word of its tag that the message quotes first."""
    found = names_in(fault.place.tag)
    quoted = [name for name in found if f"“{name}”" in fault.message or f"「{name}」" in fault.message]
    return min(quoted, key=fault.message.index, default=found[0] if found else "")


def is_called(name: str, fault: Diagnostic) -> bool:
    """True for the name of a function: 合记(…)."""
    return re.search(rf"{re.escape(name)}\s*[(（]", fault.place.tag or "") is not None
