"""`reportgen preview`: a finished document as PDF or pictures, and which fonts stood in for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reportgen.cli.console import print_columns, progress, screen
from reportgen.cli.results import DONE, OutputFormat, exit_code, print_diagnostics, print_json, report_document
from reportgen.cli.usage import PROGRAM, ChineseCommand, WrongUseError
from reportgen.diagnostics import Place
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.json_output import Json
from reportgen.preview import PageRanges, Preview, Replacement, parse_ranges, preview

app = typer.Typer(add_completion=False)


@app.command(
    "preview",
    cls=ChineseCommand,
    help="预览成稿：排成 PDF 或图片放在旁边，说明换了哪些字体；没有 LibreOffice 就用办公软件打开",
    epilog=f"例子：\n  {PROGRAM} preview 综述.docx\n  {PROGRAM} preview 综述.docx --pages 1-3 --png",
)
def preview_document(
    document: Annotated[Path, typer.Argument(metavar="报告.docx", help="要看的文档；附件（.xlsx）也可以")],
    pages: Annotated[
        str | None, typer.Option("--pages", metavar="页", help="只要这几页，如 2、1-3、1,3-5、3-（到最后）")
    ] = None,
    png: Annotated[bool, typer.Option("--png", help="每页一张 PNG 图片，不写就是一个 PDF")] = False,
    format: Annotated[
        OutputFormat, typer.Option("--format", metavar="text|json", help="结果给人看，或给程序读")
    ] = OutputFormat.TEXT,
) -> int:
    ranges = _ranges(pages)
    with progress("正在排版……"):
        outcome = preview(document, ranges, png=png)
    made, found = outcome.value, outcome.diagnostics
    if format is OutputFormat.JSON:
        print_json({**report_document((), ok=made is not None, more=found), **(_object(made) if made else {})})
    else:
        print_diagnostics(found, err=made is None)
        if made:
            _print(made)
    return DONE if made else exit_code(found, ok=False)


def _ranges(pages: str | None) -> PageRanges:
    if pages is None:
        return ()
    ranges = parse_ranges(pages)
    if ranges is None:
        expected = "写页数，如 2、1-3、1,3-5，到最后一页写 3-"
        raise WrongUseError(output.BAD_VALUE.at(Place(), name="--pages", value=pages, expected=expected))
    return ranges


def _object(made: Preview) -> dict[str, Json]:
    fonts: list[Json] = [{"asked": font.asked, "used": font.used or None} for font in made.fonts]
    return {
        "files": [str(path) for path in made.files],
        "pages": made.pages,
        "shown": list(made.shown),
        "opened": made.opened,
        "fonts": fonts,
    }


def _print(made: Preview) -> None:
    if made.opened:
        return
    console = screen()
    count = f"共 {made.pages} 页" if len(made.shown) == made.pages else f"{len(made.shown)} 页，全文 {made.pages} 页"
    console.print(f"{made.source}：已排好（{count}）", style="bold")
    for path in made.files:
        console.print(f"  {path}")
    if made.fonts:
        console.print("电脑上没有的字体，预览里换成了：")
        print_columns(console, _font_table(made.fonts))
        console.print("换了字体，换行和分页会略有出入；定稿以 Word、WPS 里看到的为准。")


def _font_table(fonts: tuple[Replacement, ...]) -> Table:
    table = Table(box=None, pad_edge=True, header_style="bold")
    for title in ("文档里的字体", "预览里的字体"):
        table.add_column(title, overflow="fold")
    for font in fonts:
        table.add_row(font.asked, font.used or "系统另配的字体")
    return table
