"""docxtpl's own templates, rendered by docxtpl and by reportgen: the same text and structure but for known deviations.

Its tests are LGPL and not part of this repository. DOCXTPL_TESTS names the folder `tests` of a checkout of
github.com/elapouya/python-docx-template; docxtpl itself must be installed (`docxtpl[subdoc]`). What both made of each
template stands in results.md, which `--update-goldens` writes anew.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

RESULTS = Path(__file__).with_name("results.md")
FOLDER = Path(os.environ.get("DOCXTPL_TESTS", "no checkout"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (FOLDER / "templates").is_dir(), reason="DOCXTPL_TESTS names no checkout of docxtpl's tests"
    ),
    pytest.mark.skipif(importlib.util.find_spec("docxcompose") is None, reason="docxtpl[subdoc] is not installed"),
]


def test_docxtpl_s_templates_render_to_the_same_text_and_structure(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from oracle_results import all_compared, table  # noqa: PLC0415  (needs docxtpl)

    compared = all_compared(FOLDER, tmp_path)
    if request.config.getoption("--update-goldens"):
        RESULTS.write_text(table(compared), encoding="utf-8")

    assert [(each.name, each.verdict, each.left) for each in compared if each.is_wrong] == []
    assert table(compared) == RESULTS.read_text(encoding="utf-8")
