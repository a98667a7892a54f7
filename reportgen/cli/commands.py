"""The commands: what each takes, and whom it asks."""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reportgen import __version__
from reportgen.cli import batch, preview, templates
from reportgen.cli.console import progress, screen
from reportgen.cli.explain import code_objects, entries, print_entry, print_list
from reportgen.cli.results import (
    DONE,
    WRONG_USE,
    OutputFormat,
    exit_code,
    is_clean,
    print_build,
    print_check,
    print_diagnostics,
    print_json,
    print_table,
    report_document,
)
from reportgen.cli.usage import PROGRAM, ChineseCommand, ChineseGroup, WrongUseError
from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.filenames import folder_fault, name_fault
from reportgen.diagnostics.json_output import Json
from reportgen.model.report import BuildOptions, Report
from reportgen.resources import OWN_TEMPLATES
from reportgen.sheets.annotation import annotate as write_annotated
from reportgen.sheets.folder import new_folder
from reportgen.sheets.variants import Fonts, Look, PageLayout, dress_folder

app = typer.Typer(
    cls=ChineseGroup,
    help="由 Excel 数据和 Word、Excel 模板生成综述等文稿及附件，印出的每个数都能追到单元格。",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
)

app.add_typer(templates.app, name="template")
app.add_typer(preview.app)

Workbooks = Annotated[list[Path], typer.Argument(metavar="工作簿…", help="要处理的工作簿，可以有几个")]
Template = Annotated[Path | None, typer.Option("-t", "--template", metavar="文件夹", help="用这个模板文件夹")]
Strict = Annotated[bool, typer.Option("--strict", help="有警告也算没有通过")]
Format = Annotated[OutputFormat, typer.Option("--format", metavar="text|json", help="结果给人看，或给程序读")]


@dataclass(frozen=True, slots=True)
class Session:
    """What holds for the whole run."""

    debug: bool


def _show_version(wanted: bool) -> None:
    if wanted:
        screen().print(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def program(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="显示版本号")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示程序内部的经过，给维护的人看")] = False,
) -> None:
    ctx.obj = Session(debug)
    if ctx.invoked_subcommand is None:
        screen(err=True).print(ctx.get_help())
        raise typer.Exit(WRONG_USE)


@app.command(
    cls=ChineseCommand,
    help="建一个工作文件夹：样例工作簿、模板，和双击就能用的 生成.bat、检查.bat",
    epilog=f"例子：\n  {PROGRAM} new 综述 三季度综述",
)
def new(
    kind: Annotated[str, typer.Argument(metavar="文种", help="综述、简报等；写错时会列出现有的文种")],
    directory: Annotated[str, typer.Argument(metavar="文件夹", help="新文件夹的名字；不往有文件的文件夹里写")],
    fonts: templates.FontsOption = Fonts.STANDARD,
    page: templates.PageOption = PageLayout.GBT9704,
    format: Format = OutputFormat.TEXT,
) -> int:
    if not directory.strip():  # as a path it would be the folder one is in
        raise _bad_value("文件夹", directory, "写一个新文件夹的名字，如 三季度综述")
    outcome = new_folder(_plain(kind), Path(directory))
    if outcome.value is None:
        return _refuse(outcome.diagnostics, format)
    made = outcome.value
    if faults := dress_folder(made.folder / OWN_TEMPLATES / _plain(kind), Look(fonts, page)):
        return _refuse(faults, format)
    if format is OutputFormat.JSON:
        files: list[Json] = [str(path) for path in made.files]
        print_json({**report_document((), ok=True), "files": files})
        return DONE
    console = screen()
    console.print(f"已建好文件夹：{made.folder}", style="bold")
    console.print(f"  工作簿  {made.workbook}")
    console.print(f"  模板    {made.folder / OWN_TEMPLATES / _plain(kind)}")
    console.print("在工作簿里填数，存盘后双击 生成.bat，或运行：")
    console.print(f'  {PROGRAM} build "{made.workbook}"')
    return DONE


@app.command(
    cls=ChineseCommand,
    help="检查工作簿：数据、引用、模板的全部问题和疑点；不改动任何文件",
    epilog=f"例子：\n  {PROGRAM} check 综述.xlsx\n  {PROGRAM} check 综述.xlsx --annotate 综述-检查.xlsx",
)
def check(
    ctx: typer.Context,
    workbooks: Workbooks,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", metavar="副本.xlsx", help="另写一份副本，把有问题的单元格标色并加批注")
    ] = None,
    template: Template = None,
    strict: Strict = False,
    format: Format = OutputFormat.TEXT,
) -> int:
    _refuse_places(None, template, None)
    paths, skipped = batch.without_appendices(batch.expand(workbooks))
    if annotate and len(paths) > 1:
        raise _clash("--annotate", "几个工作簿", "副本只能是一个工作簿的；请分开检查。")
    with progress("正在检查……"):
        reports = [batch.check_one(path, template, debug=ctx.obj.debug) for path in paths]
    copied = write_annotated(paths[0], reports[0].diagnostics, annotate) if annotate and paths[0].is_file() else None
    refused = copied.diagnostics if copied else ()
    more = (*skipped, *refused)
    ok = all(is_clean(report, strict=strict) for report in reports) and not refused
    if format is OutputFormat.JSON:
        print_json(report_document(reports, ok=ok, more=more))
    else:
        for report in reports:
            print_check(report, strict=strict)
        print_diagnostics(more)
        if copied and copied.value:
            screen().print(f"带批注的副本：{copied.value}")
    return exit_code([*_found(reports), *more], ok=ok)


@app.command(
    cls=ChineseCommand,
    help="生成文稿：每个工作簿得到一份 Word 正文、一份 Excel 附件和一份数字清单",
    epilog=f"例子：\n  {PROGRAM} build 综述.xlsx\n  {PROGRAM} build *.xlsx -o 成稿 --jobs 4",
)
def build(
    ctx: typer.Context,
    workbooks: Workbooks,
    output_folder: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件夹", help="成稿放在这个文件夹；不写就放在工作簿旁边")
    ] = None,
    template: Template = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="名字", help="成稿的文件名；不写就用工作簿的名字")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", metavar="个数", min=1, help="同时生成几个，是 1 或更大的整数")] = 1,
    watch: Annotated[
        bool, typer.Option("--watch", help="盯着工作簿和模板，一有改动就重新生成；按 Ctrl-C 结束")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="成稿被人改过也换成新的；旧的留一份备份")] = False,
    strict: Strict = False,
    clean: Annotated[bool, typer.Option("--clean", help="成稿里不留数字的暗记（以后不能核对数字）")] = False,
    format: Format = OutputFormat.TEXT,
) -> int:
    paths, skipped = batch.without_appendices(batch.expand(workbooks))
    _refuse_clashes(paths, output_folder, name, watch=watch, format=format)
    _refuse_places(output_folder, template, name)
    options = BuildOptions(output_folder, template, name, force, strict, clean)
    code = _build(paths, options, jobs, format, skipped, debug=ctx.obj.debug)
    if watch:
        _watch(paths, options, jobs, debug=ctx.obj.debug)
    return code


@app.command(
    cls=ChineseCommand,
    help="解释检查结果里的一个代码：是什么意思、例子、怎么改；不写代码就列出全部",
    epilog=f"例子：\n  {PROGRAM} explain V012",
)
def explain(
    code: Annotated[str | None, typer.Argument(metavar="代码", help="如 V012，大小写都行")] = None,
    format: Format = OutputFormat.TEXT,
) -> int:
    outcome = entries(code)
    if outcome.value is None:
        return _refuse(outcome.diagnostics, format)
    if format is OutputFormat.JSON:
        print_json({**report_document((), ok=True), "codes": code_objects(outcome.value)})
    elif code is None:
        print_list(outcome.value)
    else:
        print_entry(outcome.value[0])
    return DONE


def _build(
    paths: Sequence[Path],
    options: BuildOptions,
    jobs: int,
    format: OutputFormat,
    skipped: Sequence[Diagnostic] = (),
    *,
    debug: bool,
) -> int:
    with progress("正在生成……"):
        reports = list(batch.build_all(paths, options, jobs, debug=debug))
    ok = all(report.ok for report in reports)
    if format is OutputFormat.JSON:
        print_json(report_document(reports, ok=ok, more=skipped))
    else:
        for report in reports:
            print_build(report)
        print_diagnostics(skipped)
        if len(reports) > 1:
            print_table(reports)
    return exit_code(_found(reports), ok=ok)


def _watch(paths: Sequence[Path], options: BuildOptions, jobs: int, *, debug: bool) -> None:
    console = screen(err=True)
    console.print("正在盯着工作簿和模板，一有改动就重新生成；按 Ctrl-C 结束。")
    try:
        for due in batch.changes(paths, options.template, time.sleep):
            console.print(f"{datetime.now():%H:%M:%S} 有改动，重新生成。")
            _build(due, options, jobs, OutputFormat.TEXT, debug=debug)
    except KeyboardInterrupt:
        console.print("已停止。")


def _refuse_clashes(
    paths: Sequence[Path], folder: Path | None, name: str | None, *, watch: bool, format: OutputFormat
) -> None:
    if name and len(paths) > 1:
        raise _clash("--name", "几个工作簿", "几份稿子不能同名；请分开生成，或不用 --name。")
    if watch and format is OutputFormat.JSON:
        raise _clash("--watch", " --format json ", "--watch 一直运行，给不出一个 JSON 结果；去掉其中一个。")
    twins = batch.same_target(paths, folder)
    if twins:
        raise _clash(f"「{twins[0]}」", f"「{twins[1]}」", "两份成稿会同名；请分两次生成，用 -o 写到不同的文件夹。")


def _refuse_places(folder: Path | None, template: Path | None, name: str | None) -> None:
    """Options that name what cannot be written or is not there."""
    if name is not None and (expected := name_fault(name)):
        elsewhere = "；放到别的文件夹用 -o" if {"/", "\\"} & set(name) else ""
        raise _bad_value("--name", name, expected + elsewhere)
    if name is not None and name.lower().endswith((".docx", ".xlsx")):
        raise _bad_value("--name", name, "只写名字，不写 .docx；扩展名由程序加上")
    if folder is not None and any(os.path.isfile(part) for part in (folder, *folder.parents)):  # noqa: PTH113 -- a name too long is no file here, not an error
        raise _bad_value("-o", str(folder), "它（或它的上一级）是一个文件，不是文件夹；换一个文件夹")
    if folder is not None and (expected := folder_fault(folder)):
        raise _bad_value("-o", str(folder), expected)
    if template is not None and not os.path.isdir(template):  # noqa: PTH112 -- likewise
        what = "这是一个文件" if os.path.isfile(template) else "没有这个文件夹"  # noqa: PTH113 -- likewise
        raise _bad_value("-t", str(template), f"{what}；写模板文件夹的路径，里面有 正文.docx 和 附件.xlsx")


def _bad_value(name: str, value: str, expected: str) -> WrongUseError:
    return WrongUseError(output.BAD_VALUE.at(Place(), name=name, value=value, expected=expected))


def _clash(one: str, other: str, advice: str) -> WrongUseError:
    return WrongUseError(output.OPTIONS_CLASH.at(Place(), one=one, other=other, advice=advice))


def _refuse(diagnostics: Sequence[Diagnostic], format: OutputFormat) -> int:
    """The command could not begin: says why, on stderr for people."""
    if format is OutputFormat.JSON:
        print_json(report_document((), ok=False, more=diagnostics))
    else:
        print_diagnostics(diagnostics, err=True)
    return exit_code(diagnostics, ok=False)


def _found(reports: Sequence[Report]) -> list[Diagnostic]:
    return [item for report in reports for item in report.diagnostics]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
