"""`reportgen template`: the templates there are, what one can use, the faults of one, a copy to change."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reportgen import pipeline, resources
from reportgen.cli.console import progress, screen
from reportgen.cli.results import DONE, OutputFormat, exit_code, print_diagnostics, print_json, report_document
from reportgen.cli.usage import PROGRAM, ChineseCommand, ChineseGroup, WrongUseError
from reportgen.diagnostics import Diagnostic, Place, has_errors
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.json_output import Json
from reportgen.diagnostics.terminal import summary
from reportgen.render import Variables, check_folder, copy_folder, template_folders, variables
from reportgen.sheets.variants import Fonts, Look, PageLayout, dress_folder

app = typer.Typer(
    cls=ChineseGroup,
    help="模板：有哪些、能用什么、检查、复制一份来改",
    add_completion=False,
    no_args_is_help=False,
)

Format = Annotated[OutputFormat, typer.Option("--format", metavar="text|json", help="结果给人看，或给程序读")]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="数据.xlsx", help="照这个工作簿的数据来查；不写就照样例的数据")
]
FontsOption = Annotated[
    Fonts,
    typer.Option("--fonts", metavar="standard|windows", help="standard 用公文标准的字体，windows 只用 Windows 自带的"),
]
PageOption = Annotated[
    PageLayout,
    typer.Option("--page", metavar="gbt9704|gbt33476", help="gbt9704 或 gbt33476 的页边距和行距"),
]


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
    screen().print(table)
    return DONE


@app.command(
    "vars",
    cls=ChineseCommand,
    help="列出模板里能写的名字，每个都带真实数据里的例子",
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
        seen = pipeline.vision(workbook or _sample(""))
    if seen.value is None:
        return _refuse(seen.diagnostics, format)
    found = variables(seen.value.issue)
    if format is OutputFormat.JSON:
        lines: list[Json] = [dict(asdict(line)) for line in found.lines]
        lists: dict[str, Json] = {
            "rows": list(found.rows),
            "filters": list(found.filters),
            "functions": list(found.functions),
        }
        print_json({**report_document((), ok=True), "variables": lines, **lists})
    else:
        _print_variables(found)
    return DONE


@app.command(
    "check",
    cls=ChineseCommand,
    help="检查模板：写错的标签、没有的名字、不成对的块，一次列全；不用数据",
    epilog=f"例子：\n  {PROGRAM} template check 模板/综述",
)
def check_templates(
    folders: Annotated[list[Path], typer.Argument(metavar="文件夹…", help="要检查的模板文件夹，可以有几个")],
    data: Data = None,
    format: Format = OutputFormat.TEXT,
) -> int:
    found: list[Diagnostic] = []
    _refuse_missing(data)
    with progress("正在检查……"):
        for folder in folders:
            seen = pipeline.vision(data or _sample(folder.name))
            if seen.value is None:
                return _refuse(seen.diagnostics, format)
            found += check_folder(_folder(folder), seen.value.names, seen.value.words)
    ok = not has_errors(found)
    if format is OutputFormat.JSON:
        print_json(report_document((), ok=ok, more=found))
    else:
        print_diagnostics(found)
        screen().print(summary(found))
    return exit_code(found, ok=ok)


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


def _print_variables(found: Variables) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("名字", "例子", "逐个取"):
        table.add_column(title, overflow="fold")
    for line in found.lines:
        table.add_row("  " * line.depth + line.name, line.example, line.loop)
    console = screen()
    console.print(table)
    for title, words in (("直接用编号或名字", found.rows), ("过滤器", found.filters), ("函数", found.functions)):
        console.print(f"\n{title}：{'、'.join(words) or '没有'}")


def _refuse_missing(workbook: Path | None) -> None:
    if workbook is not None and not workbook.is_file():
        raise WrongUseError(output.FILE_MISSING.at(Place(file=workbook.name), path=workbook))


def _folder(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    known = {item.name: item.folder for item in template_folders(Path())}
    if str(folder) in known:
        return known[str(folder)]
    expected = f"没有这个模板文件夹；有的模板：{'、'.join(known)}"
    raise WrongUseError(output.BAD_VALUE.at(Place(), name="文件夹", value=str(folder), expected=expected))


def _sample(kind: str) -> Path:
    """The sample workbook of a 文种, or of any."""
    books = sorted(resources.inputs_root().glob("*/*.xlsx"))
    own = [book for book in books if book.parent.name == kind]
    return (own or books)[0]


def _refuse(diagnostics: tuple[Diagnostic, ...], format: OutputFormat) -> int:
    if format is OutputFormat.JSON:
        print_json(report_document((), ok=False, more=diagnostics))
    else:
        print_diagnostics(diagnostics, err=True)
    return exit_code(diagnostics, ok=False)
