"""Numbers recognised, 核数表 and 疑点 of the 综述 sample, `check` of up to 100,000 indicators: time, memory, growth.

Needs Linux and the extra `bench`; takes some minutes. A script, to be run from any folder:
    python tests/benchmarks/proofing.py
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest.mock import patch

from large_workbooks import write_indicators
from measure import Measured, measure
from rich.console import Console
from rich.table import Table

from reportgen import pipeline
from reportgen.model.report import Proof
from reportgen.proof.recognition import recognise
from reportgen.resources import inputs_root

_REPEATS = 15
_ROWS = (1_000, 10_000, 100_000)
_PROSE = (
    "坚持把党建引领贯穿基层治理全过程，推动资源、服务、管理向网格下沉，" * 2
    + "全年走访三百余户，解决诉求56件，同比增长17.7%；第二批15个试点一体推进。"
)


def main() -> None:
    """Measures both and prints them."""
    console = Console()
    for what, text in {"prose": _PROSE, "a list 1、1、": "1、", "a list 2023、": "2023、"}.items():
        console.print(f"Numbers in 10,000 characters of {what}: median {1000 * median(_recognising(text)):.1f} ms")
    seconds = _proofreading(inputs_root() / "综述" / "综述.xlsx")
    console.print(f"综述, 核数表 and 疑点: median {1000 * median(seconds):.1f} ms, most {1000 * max(seconds):.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "数据.xlsx")
        results = {}
        for rows in _ROWS:
            write_indicators(path, rows)
            results[rows] = measure("proofing", "check", path)
    console.print(_growth(results))


def check(path: Path) -> None:
    """Everything of `reportgen check` but the printing of what it finds."""
    assert pipeline.check(path).ok


def _recognising(text: str) -> list[float]:
    """Seconds for 10,000 characters of a text said over and over."""
    article = (text * 10_000)[:10_000]
    seconds = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        recognise(article)
        seconds.append(time.perf_counter() - start)
    return seconds


def _proofreading(workbook: Path) -> list[float]:
    """Seconds of proofreading itself, the workbook being built as always; several runs on the same issue."""
    seconds: list[float] = []
    with patch.object(pipeline, "proofread", _timed(pipeline.proofread, seconds)):
        assert pipeline.check(workbook).ok
    return seconds


def _timed(proofread: Callable[..., Proof], seconds: list[float]) -> Callable[..., Proof]:
    def repeated(*args: object, **options: object) -> Proof:
        for _ in range(_REPEATS):
            start = time.perf_counter()
            proof = proofread(*args, **options)
            seconds.append(time.perf_counter() - start)
        return proof

    return repeated


def _growth(results: dict[int, Measured]) -> Table:
    """Time per row; 1.00 is growth in proportion to the smallest."""
    table = Table(title="reportgen check, indicators", title_justify="left")
    for header in ("rows", "seconds", "MB", "ms a row", "ratio"):
        table.add_column(header, justify="right")
    first = 1000 * results[_ROWS[0]].seconds / _ROWS[0]
    for rows, result in results.items():
        each = 1000 * result.seconds / rows
        table.add_row(
            f"{rows:,}", f"{result.seconds:.2f}", f"{result.megabytes:.0f}", f"{each:.3f}", f"{each / first:.2f}"
        )
    return table


if __name__ == "__main__":
    main()
