"""Reading and validating large workbooks beside openpyxl and pandas: time, memory, growth.

Ratios are of processor time, which stays the same when the machine is busy. Imports are timed apart: they are paid
once, however many workbooks there are. Needs Linux and the extra `bench`; takes some minutes. A script, to be run from
any folder:
    python tests/benchmarks/reading.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from large_workbooks import STYLED_ROWS, write_far_cell, write_indicators, write_styled_tail
from measure import Measured, measure
from rich.console import Console
from rich.table import Table

# Function of readers.py → what the tables call it.
_WAYS = {
    "read": "reportgen: read",
    "check": "reportgen: read + validate",
    "by_openpyxl": "openpyxl",
    "by_pandas": "pandas + calamine",
}
_STYLED_WAYS = ("read", "check", "by_pandas")  # openpyxl makes an object of each blank cell: several gigabytes
_COSTS = ("seconds", "processor", "imports", "MB")
# Rows → fresh processes, and calls in each of them: of short work the first call tells of the interpreter.
_REPEATS = {200: (5, 25), 5_000: (3, 7), 100_000: (3, 1)}

Results = Mapping[str, Measured]


def main() -> None:
    """Measures every case and prints the tables."""
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "数据.xlsx")
        by_rows = {}
        for rows, (repeats, calls) in _REPEATS.items():
            write_indicators(path, rows)
            by_rows[rows] = _measure(path, _WAYS, repeats, calls)
            console.print(_compared(f"{rows:,} rows × 15 columns", by_rows[rows]))
        console.print(_growth(by_rows[5_000], 5_000, by_rows[100_000], 100_000))
        write_far_cell(path)
        console.print(_plain("A styled cell in row 1,048,576", _measure(path, _STYLED_WAYS, 3)))
        write_styled_tail(path)
        console.print(_plain(f"{STYLED_ROWS:,} × 15 styled blanks", _measure(path, _STYLED_WAYS, 3)))


def _measure(path: Path, ways: Iterable[str], repeats: int, calls: int = 1) -> Results:
    return {way: measure("readers", way, path, repeats, calls) for way in ways}


def _table(title: str, *headers: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for header in headers:
        table.add_column(header, justify="right")
    return table


def _compared(title: str, results: Results) -> Table:
    table = _table(title, *_COSTS, "× openpyxl", "× pandas")
    for way, result in results.items():
        ratios = (result.processor / results[other].processor for other in ("by_openpyxl", "by_pandas"))
        table.add_row(_WAYS[way], *_cost(result), *(f"{ratio:.2f}" for ratio in ratios))
    return table


def _plain(title: str, results: Results) -> Table:
    table = _table(title, *_COSTS)
    for way, result in results.items():
        table.add_row(_WAYS[way], *_cost(result))
    return table


def _cost(result: Measured) -> tuple[str, ...]:
    return f"{result.seconds:.3f}", f"{result.processor:.3f}", f"{result.imports:.3f}", f"{result.megabytes:.0f}"


def _growth(small: Results, few: int, large: Results, many: int) -> Table:
    """Processor time per row; 1.00 is growth in proportion."""
    table = _table("Growth", f"ms a row at {few:,}", f"at {many:,}", "ratio")
    for way in _WAYS:
        first, last = 1000 * small[way].processor / few, 1000 * large[way].processor / many
        table.add_row(_WAYS[way], f"{first:.4f}", f"{last:.4f}", f"{last / first:.2f}")
    return table


if __name__ == "__main__":
    main()
