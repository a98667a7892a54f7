"""All of docxtpl's scripts beside reportgen, and the table that says what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from docxtpl_scripts import run, scripts
from known_deviations import DEVIATIONS
from oracle_runs import Compared, compare

_HEAD = """# docxtpl's own templates, rendered by docxtpl {version} and by reportgen

{scripts} scripts, {renders} renderings: {counts}.

Compared are text, paragraphs with their properties, tables, rows, cells, columns, merges, shading, run formatting,
lists, hyperlinks, fields, pictures with their size, headers, footers, footnotes, comments, text boxes and document
properties. Written by `pytest tests/template/oracle --update-goldens`.

| script | rendering | lines | outcome | deviations |
|---|---|---|---|---|
"""
_TAIL = """
## Deviations

"""


def all_compared(folder: Path, scratch: Path) -> list[Compared]:
    """Every rendering of every script in the `tests` folder of a checkout."""
    found = []
    for script in scripts(folder):
        own = scratch / script
        own.mkdir()
        found += [compare(each, number, own) for number, each in enumerate(run(folder, script, own), 1)]
    return found


def table(compared: Sequence[Compared]) -> str:
    counts = Counter(_outcome(each) for each in compared)
    head = _HEAD.format(
        version=version("docxtpl"),
        scripts=len({each.script for each in compared}),
        renders=len(compared),
        counts=", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()),
    )
    rows = (
        f"| {each.script} | {each.number} | {each.lines or ''} | {_outcome(each)} | {_deviations(each)} |\n"
        for each in compared
    )
    met = {name for each in compared for name in each.deviations}
    reasons = (f"- **{name}**: {deviation.reason}\n" for name, deviation in DEVIATIONS.items() if name in met)
    return head + "".join(rows) + _TAIL + "".join(reasons)


def _outcome(each: Compared) -> str:
    return f"{each.verdict} but for deviations" if each.verdict == "equal" and each.deviations else each.verdict


def _deviations(each: Compared) -> str:
    return ", ".join(sorted(each.deviations))
