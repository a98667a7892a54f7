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
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter

from reportgen.template import Template
from reportgen.template.values import Span

COLUMNS = ["序号", "单位", "指标", "值", "上年", "量词", "比率", "来源", "目标", "口径"]
SOURCED = ["值", "目标", "上年", "比率", *(name for name in COLUMNS if name not in ("值", "目标", "上年", "比率"))]
HOW_MANY = (2, 4, 10)  # of the columns have sources
Rows = list[dict[str, object]]
Case = Callable[[int, Path], Callable[[], object]]


class Traced:
    """A value that knows where it came from."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __cell__(self) -> object:
        return self.value

    def __spans__(self) -> Iterator[Span]:
        yield Span(str(self.value), source=self)


def data(count: int, sourced: Collection[str] = ()) -> Rows:
    """Rows of numbers and texts, those of the columns `sourced` with sources; half of the texts repeat, one column is
    never twice the same."""
    rows: Rows = [
        {
            "序号": n, "单位": f"第{n % 140}单位", "指标": f"指标名称{n}", "值": Decimal(n), "上年": n * 1.5,
            "量词": "个", "比率": n / 7, "来源": "季报", "目标": Decimal(n) / 4, "口径": f"口径{n % 30}",
        }
        for n in range(count)
    ]  # fmt: skip
    for row in rows:
        row.update({column: Traced(row[column]) for column in sourced})
    return rows


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


def _with_sources(columns: int, trace: bool) -> Case:
    def case(count: int, path: Path) -> Callable[[], object]:
        template, rows = _template(), data(count, SOURCED[:columns])
        return lambda: template.render({"行们": rows}, path, trace=trace)

    return case


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


def _named(columns: int, trace: bool) -> str:
    return f"reportgen, {columns} of {len(COLUMNS)} columns with sources{', traced' if trace else ''}"


CASES: dict[str, Case] = {
    "reportgen": _ours,
    **{_named(n, trace): _with_sources(n, trace) for n in HOW_MANY for trace in (False, True)},
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
        print(f"{case:48} {measured.seconds:6.2f} s {measured.megabytes:6.0f} MB")
    ours = found["reportgen"].seconds
    for case in ("openpyxl", "xlsxwriter"):
        print(f"{case}: {found[case].seconds / ours:.1f} times the CPU time of reportgen")
    for columns in HOW_MANY:
        ratio = found[_named(columns, True)].seconds / found[_named(columns, False)].seconds
        print(f"trace of {columns} columns: {ratio:.2f} times")
    print(f"growth: {measure('reportgen', 2 * count).seconds / ours:.2f} for twice the rows")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        result = _work(sys.argv[1], int(sys.argv[2]))
        print(json.dumps({"seconds": result.seconds, "megabytes": result.megabytes}))
    else:
        main(*map(int, sys.argv[1:]))
