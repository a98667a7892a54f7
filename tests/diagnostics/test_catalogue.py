"""Every code can be explained, and its wording holds together."""

from __future__ import annotations

import re
import string

import pytest

from reportgen.diagnostics import Code
from reportgen.diagnostics.catalogue import all_codes

CODES = list(all_codes().values())


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry.code)
def test_every_code_is_explained(entry: Code) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", entry.code)
    assert entry.message.strip()
    for text in (entry.meaning, entry.example, entry.cure):
        assert text.strip(), "explain would print nothing here"
        assert "{{{{" not in text, "explain prints these as they are: write {{ }} once"


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry.code)
def test_the_suggestion_needs_no_other_words_than_named_ones(entry: Code) -> None:
    for template in (entry.message, entry.suggestion):
        names = [field for _, field, _, _ in string.Formatter().parse(template) if field is not None]
        assert all(name.isidentifier() for name in names)
