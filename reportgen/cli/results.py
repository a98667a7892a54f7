"""Reports shown to people or to programs, and the exit code they come to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.cli.console import print_columns, screen
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.diagnostics.catalogue import output, preview
from reportgen.diagnostics.json_output import Json, diagnostic_object
from reportgen.diagnostics.terminal import ordered, screen_lines, summary
from reportgen.model.report import FigureCount, Outputs, Report

DONE, FAULTS, WRONG_USE, MACHINE = 0, 1, 2, 3

_MACHINE_CODES = {
    entry.code
    for entry in (
        output.FILE_OPEN,
        output.NO_PERMISSION,
        output.DISK_FULL,
        output.CANNOT_WRITE,
        output.OUT_OF_MEMORY,
        output.INSTALL_BROKEN,
        output.BUSY,
        output.INTERNAL,
        preview.SOURCE_LOCKED,
        preview.OFFICE_MISSING,
        preview.OFFICE_TIMED_OUT,
        preview.OFFICE_FAILED,
        preview.OFFICE_WROTE_NOTHING,
        preview.TARGET_OPEN,
    )
}
_WRONG_USE_CODES = {
    entry.code
    for entry in (
        output.UNKNOWN_COMMAND,
        output.UNKNOWN_OPTION,
        output.MISSING_PART,
        output.BAD_VALUE,
        output.WRONG_USE,
        output.FILE_MISSING,
        output.OPTIONS_CLASH,
        output.UNKNOWN_KIND,
        output.UNKNOWN_CODE,
        output.FOLDER_NOT_EMPTY,
        output.NOT_A_FOLDER,
        output.ANNOTATE_SAME_FILE,
        output.ANNOTATE_FORMAT,
        output.ANNOTATE_OVERWRITE,
        preview.SOURCE_MISSING,
        preview.NOT_PREVIEWABLE,
        preview.NO_SUCH_PAGE,
    )
}


class OutputFormat(StrEnum):
    """--format: for people, or one JSON object for programs."""

    TEXT = "text"
    JSON = "json"


def exit_code(diagnostics: Iterable[Diagnostic], *, ok: bool) -> int:
    """0 done, 1 faults in data or template, 2 wrong use, 3 the machine's; the gravest wins."""
    codes = {item.code for item in diagnostics if item.is_error}
    if codes & _MACHINE_CODES:
        return MACHINE
    if codes & _WRONG_USE_CODES:
        return WRONG_USE
    return DONE if ok else FAULTS


def is_clean(report: Report, *, strict: bool) -> bool:
    """True when the report counts as done: no errors, and under --strict no warnings either."""
    warned = any(item.severity is Severity.WARNING for item in report.diagnostics)
    return report.ok and not (strict and warned)


def print_json(document: Mapping[str, Json]) -> None:
    """The one object on stdout; \\u escapes where the stream could not carry every character."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(document, ensure_ascii=not unicode, indent=2) + "\n")


def report_document(reports: Sequence[Report], *, ok: bool, more: Iterable[Diagnostic] = ()) -> dict[str, Json]:
    """What check and build print as JSON: all workbooks in one object, figures added up."""
    found = [item for report in reports for item in report.diagnostics]
    outputs: list[Json] = [_output_object(report.output) for report in reports if report.output]
    figures = total([report.figures for report in reports])
    return {
        "ok": ok,
        "diagnostics": [diagnostic_object(item) for item in ordered([*found, *more])],
        "outputs": outputs,
        "figures": {
            "total": figures.total,
            "traced": figures.traced,
            "untraced": figures.untraced,
            "pending": figures.pending,
        },
    }


def total(counts: Iterable[FigureCount]) -> FigureCount:
    """The sum over several workbooks."""
    summed = FigureCount()
    for count in counts:
        summed = FigureCount(
            summed.total + count.total,
            summed.traced + count.traced,
            summed.untraced + count.untraced,
            summed.pending + count.pending,
            summed.queries + count.queries,
        )
    return summed


def print_diagnostics(diagnostics: Iterable[Diagnostic], *, err: bool = False) -> None:
    """The faults alone: on stderr when they are about the command itself."""
    _print_lines(screen(err=err), screen_lines(diagnostics))


def print_check(report: Report, *, strict: bool) -> None:
    """Every fault of one workbook, then the counts."""
    console = screen()
    _print_lines(console, screen_lines(report.diagnostics))
    queries = f"其中疑点 {report.figures.queries} 处。" if report.figures.queries else ""
    console.print(f"{report.source}：{summary(report.diagnostics)}{queries}")
    if report.ok and not is_clean(report, strict=strict):
        console.print("--strict：有警告，按没有通过处理。")


def print_build(report: Report) -> None:
    """The faults of one workbook, then what was made of it."""
    console = screen()
    _print_lines(console, screen_lines(report.diagnostics))
    if report.output is None:
        console.print(f"{report.source}：没有生成。{summary(report.diagnostics)}", style="bold")
        return
    made = report.output
    console.print(f"{report.source}：已生成", style="bold")
    for label, path in (("正文", made.docx), ("附件", made.appendix), ("数字清单", made.manifest)):
        console.print(f"  {label}  {path}")
    if made.kept:
        console.print(f"  保留  {made.kept}")
    console.print(f"  {_figures(report.figures)}")
    if report.diagnostics:
        console.print(f"  {summary(report.diagnostics)}")


def print_table(reports: Sequence[Report]) -> None:
    """One line per workbook, and the sum."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("工作簿", overflow="fold")
    for title in ("结果", "数字", "有出处", "无出处", "待填", "疑点", "错误", "警告"):
        table.add_column(title, justify="left" if title == "结果" else "right", no_wrap=True)
    for report in reports:
        made = Text("已生成", "green") if report.output else Text("没有生成", "bold red")
        table.add_row(str(report.source), made, *_numbers(report.figures, report.diagnostics))
    everything = [item for report in reports for item in report.diagnostics]
    made_count = sum(report.output is not None for report in reports)
    figures = total([report.figures for report in reports])
    table.add_row(f"共 {len(reports)} 个", f"生成 {made_count} 个", *_numbers(figures, everything), style="bold")
    console = screen()
    console.print()
    print_columns(console, table)


def _print_lines(console: Console, lines: Iterator[Text]) -> None:
    for line in lines:
        console.print(line)


def _figures(count: FigureCount) -> str:
    traced = f"数字 {count.total} 个：有出处 {count.traced} 个，无出处 {count.untraced} 个"
    return f"{traced}；待填 {count.pending} 处；疑点 {count.queries} 处。"


def _numbers(count: FigureCount, diagnostics: Iterable[Diagnostic]) -> list[str]:
    severities = [item.severity for item in diagnostics]
    counts = (count.total, count.traced, count.untraced, count.pending, count.queries)
    return [str(number) for number in (*counts, severities.count(Severity.ERROR), severities.count(Severity.WARNING))]


def _output_object(made: Outputs) -> dict[str, Json]:
    return {
        "source": str(made.source),
        "docx": str(made.docx),
        "appendix": str(made.appendix),
        "manifest": str(made.manifest),
    }
