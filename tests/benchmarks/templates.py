"""Filling Word templates beside docxtpl, docxtemplater and the least that Jinja2 could do: time, memory, growth.

W1: a briefing of 60 paragraphs and a table, warm. W2: tables of 1,000, 10,000 and 100,000 rows × 6. W3: 200 briefings
in one process, its start included. Needs Linux and the extra `bench`; with Node.js and NODE_PATH naming a folder that
holds docxtemplater and pizzip, these are measured too. A script, to be run from any folder:

    python tests/benchmarks/templates.py [--all]

--all has docxtpl fill 100,000 rows as well, which takes minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefings import JINJA, MUSTACHE, briefing, rows, write_briefing, write_json, write_table
from measure import Measured, measure
from rich.console import Console
from rich.table import Table

_NAMES = {
    "ours": "reportgen",
    "traced": "reportgen, traced",
    "docxtpl": "docxtpl",
    "docxtemplater": "docxtemplater",
    "floor": "jinja2 + deflate 6",
    "data": "the data alone",
}
_W1 = {"ours": "ours_warm", "traced": "ours_warm_traced", "docxtpl": "docxtpl_warm", "floor": "floor_warm"}
_W2 = {"ours": "ours_rows", "traced": "ours_rows_traced", "docxtpl": "docxtpl_rows", "floor": "floor_rows"}
_W3 = {"ours": "ours_batch", "traced": "ours_batch_traced", "docxtpl": "docxtpl_batch"}
_ROWS = {1_000: 7, 10_000: 5, 100_000: 3}
_SLOW_ROWS = 100_000  # docxtpl needs minutes for them

Results = Mapping[str, Measured]


def main(arguments: Iterable[str]) -> None:
    """Measures every case and prints the tables."""
    everything = "--all" in arguments
    console = Console()
    has_node = _has_docxtemplater()
    if not has_node:
        console.print("docxtemplater is left out: no Node.js, or NODE_PATH names no folder that holds it.")
    with tempfile.TemporaryDirectory() as folder:
        # As when installed: modules are compiled once, not in every process.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        path = _briefing(Path(folder))
        node = {"docxtemplater": "docxtemplater_warm"} if has_node else {}
        console.print(_compared("W1: one briefing, warm", _measure(path, _W1 | node, 3), 1000, "ms"))
        node = {"docxtemplater": "docxtemplater_batch"} if has_node else {}
        console.print(_compared("W3: 200 briefings, cold start included", _measure(path, _W3 | node, 3), 1, "s"))
        by_rows = {}
        for count, repeats in _ROWS.items():
            node = {"docxtemplater": "docxtemplater_rows"} if has_node else {}
            ways = _W2 | node | {"data": "data_only"}
            table = _table_file(Path(folder), count)
            slow = {"docxtpl": ways.pop("docxtpl")} if count >= _SLOW_ROWS else {}
            by_rows[count] = _measure(table, ways, repeats) | (_measure(table, slow, 1) if everything else {})
            console.print(_compared(f"W2: a table of {count:,} rows × 6", by_rows[count], 1, "s"))
        console.print(_growth(by_rows))


def _briefing(folder: Path) -> Path:
    path = folder / "briefing.docx"
    write_briefing(path, JINJA)
    write_briefing(path.with_suffix(".mustache.docx"), MUSTACHE)
    write_json(path.with_suffix(".json"), briefing())
    return path


def _table_file(folder: Path, count: int) -> Path:
    path = folder / f"{count}.docx"
    write_table(path, JINJA)
    write_table(path.with_suffix(".mustache.docx"), MUSTACHE)
    write_json(path.with_suffix(".json"), rows(count))
    return path


def _measure(path: Path, ways: Mapping[str, str], repeats: int) -> dict[str, Measured]:
    """The least CPU time and the most memory of each way. They take turns, so that what else the machine does falls on
    all of them."""
    runs: dict[str, list[Measured]] = {way: [] for way in ways}
    for _ in range(repeats):
        for way, function in ways.items():
            runs[way].append(measure("templates_ways", function, path))
    return {
        way: Measured(min(run.seconds for run in found), max(run.megabytes for run in found))
        for way, found in runs.items()
    }


def _compared(title: str, results: Results, scale: float, unit: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for header in (f"CPU {unit}", "MB", "× docxtpl", "× docxtemplater", "of the floor"):
        table.add_column(header, justify="right")
    for way, result in results.items():
        if way == "data":
            table.add_row(_NAMES[way], "", f"{result.megabytes:.0f}")
            continue
        times = (_ratio(results.get(other), result) for other in ("docxtpl", "docxtemplater"))
        floor = _ratio(result, results.get("floor"))
        table.add_row(_NAMES[way], f"{result.seconds * scale:.2f}", f"{result.megabytes:.0f}", *times, floor)
    return table


def _ratio(above: Measured | None, below: Measured | None) -> str:
    return f"{above.seconds / below.seconds:.2f}" if above and below else ""


def _growth(by_rows: Mapping[int, Results]) -> Table:
    """Microseconds a row: the same at every size when growth is linear."""
    table = Table(title="Growth: µs a row", title_justify="left")
    table.add_column("")
    for count in by_rows:
        table.add_column(f"{count:,}", justify="right")
    for way in ("ours", "traced", "docxtpl", "docxtemplater", "floor"):
        costs = [(count, results.get(way)) for count, results in by_rows.items()]
        if any(result for _, result in costs):
            table.add_row(_NAMES[way], *(f"{result.seconds / n * 1e6:.1f}" if result else "" for n, result in costs))
    return table


def _has_docxtemplater() -> bool:
    if shutil.which("node") is None:
        return False
    probe = "require('docxtemplater'); require('pizzip')"
    return subprocess.run(["node", "-e", probe], capture_output=True).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
