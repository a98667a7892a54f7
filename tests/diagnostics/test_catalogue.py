"""Every code can be explained, and its wording holds together."""

from __future__ import annotations

import re
import string
from functools import cache
from pathlib import Path

import pytest

from reportgen.diagnostics import Code
from reportgen.diagnostics.catalogue import all_codes

CODES = list(all_codes().values())
TESTS = Path(__file__).parents[1]


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


@cache
def cited() -> frozenset[str]:
    """The codes that tests of the rooms expect; tests of how diagnostics look make theirs up."""
    texts = (path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path.parent != Path(__file__).parent)
    return frozenset(code for text in texts for code in re.findall(r'"([A-Z]\d{3})"', text))


# Codes that no test raises yet. May only shrink: one that is raised must be taken out.
UNRAISED: frozenset[str] = frozenset()


def test_every_code_is_raised_by_a_test() -> None:
    codes = {entry.code for entry in CODES}
    assert sorted(codes - cited() - UNRAISED) == []
    assert sorted(UNRAISED & cited()) == []
    assert sorted(UNRAISED - codes) == []
