"""How names are compared, and whether a cell holds anything."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from reportgen.model.records import Record


def folded(name: str) -> str:
    """What two spellings of one name have in common: full-width forms and blanks aside."""
    if name.isascii() and name.isalnum():  # as most numbers are
        return name
    return "".join(unicodedata.normalize("NFKC", name).split())


def all_folded(names: Sequence[str]) -> Sequence[str]:
    """Each of the names folded."""
    joined = "".join(names)
    return names if joined.isascii() and joined.isalnum() else list(map(folded, names))


def typed(record: Record, *fields: str) -> bool:
    """True when one of the cells holds anything, even something faulty: a fault is told where it is."""
    return any(record.origin.cell(field).text.strip() for field in fields)
