"""An Excel sheet of many rows × 10 columns, filled from a template, beside openpyxl and xlsxwriter, in one run.

`python tests/benchmarks/sheets.py [ROWS]` prints CPU seconds, the most memory, and the ratios. Every case has a process
of its own; the data is made before the clock starts, as all of them need it.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter

from reportgen.template import Template
from reportgen.template.values import Span

COLUMNS = ["序号", "单位", "指标", "值", "上年", "量词", "比率", "来源", "目标", "口径"]
Rows = list[dict[str, object]]


class Traced:
    """A number that knows where it came from."""

    def __init__(self, value: Decimal) -> None:
        self.value = value

    def __cell__(self) -> Decimal:
        return self.value

    def __spans__(self) -> Iterator[Span]:
        yield Span(str(self.value), source=self)


def data(count: int, number: Callable[[Decimal], object] = Decimal) -> Rows:
    """Rows of numbers and texts; half of the texts repeat, one column is never twice the same."""
    return [
        {
            "序号": n, "单位": f"第{n % 140}单位", "指标": f"指标名称{n}", "值": number(Decimal(n)), "上年": n * 1.5,
            "量词": "个", "比率": n / 7, "来源": "季报", "目标": number(Decimal(n) / 4), "口径": f"口径{n % 30}",
        }
        for n in range(count)
    ]  # fmt: skip


def _template() -> Template:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    sheet.append(["{%tr for 行 in 行们 %}"])
    sheet.append([f"{{{{ 行.{column} }}}}" for column in COLUMNS])
    sheet.append(["{%tr endfor %}"])
    out = io.BytesIO()
    book.save(out)
    return Template.load(io.BytesIO(out.getvalue()))


def _ours(count: int, path: Path) -> Callable[[], object]:
    template, rows = _template(), data(count)
    return lambda: template.render({"行们": rows}, path)


def _ours_with_sources(count: int, path: Path, trace: bool = False) -> Callable[[], object]:
    template, rows = _template(), data(count, Traced)
    return lambda: template.render({"行们": rows}, path, trace=trace)


def _ours_traced(count: int, path: Path) -> Callable[[], object]:
    return _ours_with_sources(count, path, trace=True)


def _openpyxl(count: int, path: Path) -> Callable[[], object]:
    rows = data(count)

    def write() -> None:
        book = openpyxl.Workbook()
        book.active.append(COLUMNS)
        for row in rows:
            book.active.append(list(row.values()))
        book.save(path)

    return write


def _xlsxwriter(count: int, path: Path) -> Callable[[], object]:
    rows = data(count)

    def write() -> None:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, COLUMNS)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, list(row.values()))

    return write


CASES = {
    "reportgen": _ours,
    "reportgen, 2 of 10 columns with sources": _ours_with_sources,
    "the same with trace": _ours_traced,
    "openpyxl": _openpyxl,
    "xlsxwriter": _xlsxwriter,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of the work, and the most memory (VmHWM, MB) its process held, data included."""

    seconds: float
    megabytes: float


def measure(case: str, count: int) -> Measured:
    """One case in a process of its own."""
    output = subprocess.run([sys.executable, __file__, case, str(count)], check=True, stdout=subprocess.PIPE).stdout
    return Measured(**json.loads(output))


def _work(case: str, count: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        work = CASES[case](count, Path(folder) / "表.xlsx")
        start = time.process_time()
        work()
        seconds = time.process_time() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return Measured(seconds, peak / 1024)


def main(count: int = 100_000) -> None:
    found = {case: measure(case, count) for case in CASES}
    for case, measured in found.items():
        print(f"{case:42} {measured.seconds:6.2f} s {measured.megabytes:6.0f} MB")
    ours = found["reportgen"].seconds
    for case in ("openpyxl", "xlsxwriter"):
        print(f"{case}: {found[case].seconds / ours:.1f} times the CPU time of reportgen")
    traced, plain = found["the same with trace"].seconds, found["reportgen, 2 of 10 columns with sources"].seconds
    print(f"trace: {traced / plain:.2f} times")
    print(f"growth: {measure('reportgen', 2 * count).seconds / ours:.2f} for twice the rows")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        result = _work(sys.argv[1], int(sys.argv[2]))
        print(json.dumps({"seconds": result.seconds, "megabytes": result.megabytes}))
    else:
        main(*map(int, sys.argv[1:]))
