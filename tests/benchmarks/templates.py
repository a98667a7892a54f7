"""Filling Word templates beside docxtpl, docxtemplater and the least that Jinja2 could do: time, memory, growth.

W1: a briefing of 60 paragraphs and a table, warm. W2: tables of 1,000, 10,000 and 100,000 rows × 6. W3: 200 briefings
in one process, its start included. Each with trace as well: of texts that know their cell, the least there is to mark,
and of figures as a build prints them. MB is the most memory a process held (VmHWM), its data included.

Needs Linux and the extra `bench`; with Node.js and NODE_PATH naming a folder that holds docxtemplater and pizzip, these
are measured too. A script, to be run from any folder:

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
    "figures": "reportgen, traced figures",
    "docxtpl": "docxtpl",
    "docxtemplater": "docxtemplater",
    "floor": "jinja2 + deflate 6",
    "data": "the data alone",
    "traced data": "the data, traced",
}
_TRACED = ("traced", "figures")
_DATA = ("data", "traced data")


def _ways(case: str, *others: str) -> dict[str, str]:
    """The functions of templates_ways for one case."""
    ours = {"ours": f"ours_{case}", "traced": f"ours_{case}_traced", "figures": f"ours_{case}_figures"}
    return ours | {other: f"{other}_{case}" for other in others}


_W1, _W2, _W3 = _ways("warm", "docxtpl", "floor"), _ways("rows", "docxtpl", "floor"), _ways("batch", "docxtpl")
_ROWS = {1_000: 7, 10_000: 5, 100_000: 3}
_WIDTH = 110  # characters of a table
_SLOW_ROWS = 100_000  # docxtpl needs minutes for them

Results = Mapping[str, Measured]


def main(arguments: Iterable[str]) -> None:
    """Measures every case and prints the tables."""
    everything = "--all" in arguments
    console = Console(width=_WIDTH)
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
            ways = _W2 | node | {"data": "data_only", "traced data": "data_traced"}
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
    for header in (f"CPU {unit}", "MB", "× docxtpl", "× docxtemplater", "of floor", "of untraced"):
        table.add_column(header, justify="right")
    for way, result in results.items():
        if way in _DATA:
            table.add_row(_NAMES[way], "", f"{result.megabytes:.0f}")
            continue
        times = (_ratio(results.get(other), result) for other in ("docxtpl", "docxtemplater"))
        shares = [_ratio(result, results.get("floor")), _ratio(result, results["ours"]) if way in _TRACED else ""]
        table.add_row(_NAMES[way], f"{result.seconds * scale:.3f}", f"{result.megabytes:.0f}", *times, *shares)
    return table


def _ratio(above: Measured | None, below: Measured | None) -> str:
    return f"{above.seconds / below.seconds:.2f}" if above and below else ""


def _growth(by_rows: Mapping[int, Results]) -> Table:
    """Microseconds a row: the same at every size when growth is linear; and how the last two compare."""
    table = Table(title="Growth: µs a row", title_justify="left")
    table.add_column("")
    *_, before, last = by_rows
    for header in (*(f"{count:,}" for count in by_rows), f"{last:,} : {before:,}"):
        table.add_column(header, justify="right")
    for way in ("ours", "traced", "figures", "docxtpl", "docxtemplater", "floor"):
        costs = {count: results[way].seconds / count * 1e6 for count, results in by_rows.items() if way in results}
        growth = f"{costs[last] / costs[before]:.2f}" if last in costs else ""
        if costs:
            table.add_row(_NAMES[way], *(f"{costs[n]:.1f}" if n in costs else "" for n in by_rows), growth)
    return table


def _has_docxtemplater() -> bool:
    if shutil.which("node") is None:
        return False
    probe = "require('docxtemplater'); require('pizzip')"
    return subprocess.run(["node", "-e", probe], capture_output=True).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
