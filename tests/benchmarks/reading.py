"""Reading and validating large workbooks beside openpyxl and pandas: time, memory, growth.

Needs Linux and the extra `bench`; takes some minutes. A script, to be run from any folder:
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
_REPEATS = {200: 5, 5_000: 5, 100_000: 3}

Results = Mapping[str, Measured]


def main() -> None:
    """Measures every case and prints the tables."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "数据.xlsx")
        by_rows = {}
        for rows, repeats in _REPEATS.items():
            write_indicators(path, rows)
            by_rows[rows] = _measure(path, _WAYS, repeats)
            console.print(_compared(f"{rows:,} rows × 15 columns", by_rows[rows]))
        console.print(_growth(by_rows[5_000], 5_000, by_rows[100_000], 100_000))
        write_far_cell(path)
        console.print(_plain("A styled cell in row 1,048,576", _measure(path, _STYLED_WAYS, 3)))
        write_styled_tail(path)
        console.print(_plain(f"{STYLED_ROWS:,} × 15 styled blanks", _measure(path, _STYLED_WAYS, 3)))


def _measure(path: Path, ways: Iterable[str], repeats: int) -> Results:
    return {way: measure("readers", way, path, repeats) for way in ways}


def _table(title: str, *headers: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for header in headers:
        table.add_column(header, justify="right")
    return table


def _compared(title: str, results: Results) -> Table:
    table = _table(title, "seconds", "MB", "× openpyxl", "× pandas")
    for way, result in results.items():
        ratios = (result.seconds / results[other].seconds for other in ("by_openpyxl", "by_pandas"))
        table.add_row(_WAYS[way], *_cost(result), *(f"{ratio:.2f}" for ratio in ratios))
    return table


def _plain(title: str, results: Results) -> Table:
    table = _table(title, "seconds", "MB")
    for way, result in results.items():
        table.add_row(_WAYS[way], *_cost(result))
    return table


def _cost(result: Measured) -> tuple[str, str]:
    return f"{result.seconds:.2f}", f"{result.megabytes:.0f}"


def _growth(small: Results, few: int, large: Results, many: int) -> Table:
    """Time per row, imports and all; 1.00 is growth in proportion."""
    table = _table("Growth", f"ms a row at {few:,}", f"at {many:,}", "ratio")
    for way in _WAYS:
        first, last = 1000 * small[way].seconds / few, 1000 * large[way].seconds / many
        table.add_row(_WAYS[way], f"{first:.4f}", f"{last:.4f}", f"{last / first:.2f}")
    return table


if __name__ == "__main__":
    main()
