"""`reportgen template`: the templates there are, what one can use, the faults of one, a copy to change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reportgen import pipeline, resources
from reportgen.cli.console import print_columns, progress, screen
from reportgen.cli.results import (
    DONE,
    WRONG_USE,
    OutputFormat,
    exit_code,
    print_diagnostics,
    print_json,
    report_document,
)
from reportgen.cli.templates.variables import print_variables, variables_document
from reportgen.cli.usage import PROGRAM, ChineseCommand, ChineseGroup, WrongUseError
from reportgen.diagnostics import Diagnostic, Place, has_errors
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.json_output import Json
from reportgen.diagnostics.terminal import summary
from reportgen.model.issue import Issue
from reportgen.model.records import Dataset
from reportgen.render import check_folder, copy_folder, template_folders, variables
from reportgen.sheets.variants import Fonts, Look, PageLayout, dress_folder

app = typer.Typer(
    cls=ChineseGroup,
    help="模板：有哪些、能用什么、检查、复制一份来改",
    add_completion=False,
    invoke_without_command=True,
)

Format = Annotated[OutputFormat, typer.Option("--format", metavar="text|json", help="结果给人看，或给程序读")]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="数据.xlsx", help="照这个工作簿试填一遍来查；不写就不用数据")
]
FontsOption = Annotated[
    Fonts,
    typer.Option("--fonts", metavar="standard|windows", help="standard 用公文标准的字体，windows 只用 Windows 自带的"),
]
PageOption = Annotated[
    PageLayout,
    typer.Option("--page", metavar="gbt9704|gbt33476", help="gbt9704 或 gbt33476 的页边距和行距"),
]


@app.callback()
def templates(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        screen(err=True).print(ctx.get_help())
        raise typer.Exit(WRONG_USE)


@app.command("list", cls=ChineseCommand, help="列出能用的模板：自己的（模板 文件夹里的）和程序自带的")
def list_templates(format: Format = OutputFormat.TEXT) -> int:
    listed = template_folders(Path())
    if format is OutputFormat.JSON:
        items: list[Json] = [
            {"name": item.name, "folder": str(item.folder), "own": item.is_own, "about": item.about} for item in listed
        ]
        print_json({**report_document((), ok=True), "templates": items})
        return DONE
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("模板", "来自", "说明"):
        table.add_column(title, overflow="fold")
    for item in listed:
        table.add_row(item.name, str(item.folder) if item.is_own else "程序自带", item.about)
    print_columns(screen(), table)
    return DONE


@app.command(
    "vars",
    cls=ChineseCommand,
    help="""列出模板里能写的名字、过滤器和函数，每个都带真实数据里的例子

左边一栏照抄进 Word 或 Excel 模板就能用；右边是它印出来的样子，空着的是这份数据里没有填。""",
    epilog=f"例子：\n  {PROGRAM} template vars 综述.xlsx",
)
def show_variables(
    workbook: Annotated[
        Path | None, typer.Argument(metavar="数据.xlsx", help="照这个工作簿列；不写就照样例的工作簿")
    ] = None,
    format: Format = OutputFormat.TEXT,
) -> int:
    _refuse_missing(workbook)
    with progress("正在读数据……"):
        samples = _samples("")
        seen = pipeline.vision(workbook) if workbook else None
    if seen is not None and seen.value is None:
        return _refuse(seen.diagnostics, format)
    found = variables(seen.value.issue if seen and seen.value else samples[0], samples)
    if format is OutputFormat.JSON:
        print_json({**report_document((), ok=True), **variables_document(found)})
    else:
        print_variables(found)
    return DONE


@app.command(
    "check",
    cls=ChineseCommand,
    help="""检查模板：写错的标签、没有的名字和过滤器、不成对的块，一次列全；不写任何文件

不加 --data：不用数据，只看模板本身。编号（Z001、H001、P1……）都当作有，你另加的列、样例里没有的单位会说没有。
加 --data：照这个工作簿试填一遍，生成时会遇到的错都列出来：没有的编号、缺了总体的占比、没有的图片……""",
    epilog=f"例子：\n  {PROGRAM} template check 模板/综述\n  {PROGRAM} template check 模板/综述 --data 综述.xlsx",
)
def check_templates(
    folders: Annotated[list[Path], typer.Argument(metavar="文件夹…", help="要检查的模板文件夹，可以有几个")],
    data: Data = None,
    format: Format = OutputFormat.TEXT,
) -> int:
    _refuse_missing(data)
    with progress("正在检查……"):
        found = [fault for folder in map(_folder, folders) for fault in _faults(folder, data)]
    ok = not has_errors(found)
    if format is OutputFormat.JSON:
        print_json(report_document((), ok=ok, more=found))
    else:
        print_diagnostics(found)
        screen().print(summary(found))
        if data is None:
            screen().print("没有用数据。生成时才看得出的错（没有的编号、缺了总体的占比……），加 --data 工作簿 再查。")
    return exit_code(found, ok=ok)


def _faults(folder: Path, data: Path | None) -> Sequence[Diagnostic]:
    if data is not None:
        return pipeline.template_faults(data, folder)
    return check_folder(folder, _samples(folder.name))


@app.command(
    "new",
    cls=ChineseCommand,
    help="复制一份模板来改，放在当前文件夹的 模板 里",
    epilog=f"例子：\n  {PROGRAM} template new 我的综述 --from 综述",
)
def new_template(
    name: Annotated[str, typer.Argument(metavar="名字", help="新模板的名字；工作簿 刊期 表的“模板”填它")],
    source: Annotated[str, typer.Option("--from", metavar="模板", help="照哪个模板复制")] = "综述",
    fonts: FontsOption = Fonts.STANDARD,
    page: PageOption = PageLayout.GBT9704,
    format: Format = OutputFormat.TEXT,
) -> int:
    made = copy_folder(source, name, Path())
    if made.value is None:
        return _refuse(made.diagnostics, format)
    if faults := dress_folder(made.value, Look(fonts, page)):
        return _refuse(faults, format)
    if format is OutputFormat.JSON:
        print_json({**report_document((), ok=True), "folder": str(made.value)})
    else:
        console = screen()
        console.print(f"已复制到：{made.value}", style="bold")
        console.print("用 Word、Excel 或 WPS 打开里面的文件修改，再运行：")
        console.print(f'  {PROGRAM} template check "{made.value}"')
        console.print(f"工作簿 刊期 表的“模板”一项填：{name}")
    return DONE


def _refuse_missing(workbook: Path | None) -> None:
    if workbook is not None and not os.path.exists(workbook):  # noqa: PTH110 -- a name too long is not there, no error
        raise WrongUseError(output.FILE_MISSING.at(Place(file=workbook.name), path=workbook))


def _folder(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    known = {item.name: item.folder for item in template_folders(Path())}
    if str(folder) in known:
        return known[str(folder)]
    expected = f"没有这个模板文件夹；有的模板：{'、'.join(known)}"
    raise WrongUseError(output.BAD_VALUE.at(Place(), name="文件夹", value=str(folder), expected=expected))


def _samples(kind: str) -> Sequence[Issue]:
    """The issues of the sample workbooks, that of a 文种 first, then those that have most to show."""
    return sorted(_all_samples(), key=lambda issue: (issue.dataset.masthead.kind != kind, _emptiness(issue.dataset)))


@cache
def _all_samples() -> Sequence[Issue]:
    seen = (pipeline.vision(book).value for book in sorted(resources.inputs_root().glob("*/*.xlsx")))
    return [sample.issue for sample in seen if sample]


def _emptiness(data: Dataset) -> int:
    return sum(not rows for rows in (data.activities, data.indicators, data.quotes, data.pictures, data.lists))


def _refuse(diagnostics: tuple[Diagnostic, ...], format: OutputFormat) -> int:
    if format is OutputFormat.JSON:
        print_json(report_document((), ok=False, more=diagnostics))
    else:
        print_diagnostics(diagnostics, err=True)
    return exit_code(diagnostics, ok=False)
