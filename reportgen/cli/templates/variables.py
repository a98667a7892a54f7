"""What `reportgen template vars` shows: tags to copy, and what each prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.cli.console import print_columns, screen
from reportgen.diagnostics.json_output import Json
from reportgen.render import Usage, Variable, Variables

_HOW = (
    "左边照抄进模板，就印出右边的样子。“如：”是别的数据里的例子，这份数据里没有填。",
    "列表逐项印，从 {% for … %} 到 {% endfor %} 都要抄；往里缩的，只能写在它上面那个循环的中间。",
    "在循环外面只印某一行，写它的编号或简称：最后一栏是例子。",
)
_FOR_COLUMNS = 140  # cells that a terminal has at least to show a tag, what it prints and more side by side
_KEYS = 12  # of a sheet's that are listed


def variables_document(found: Variables) -> dict[str, Json]:
    """The list for programs; keys that do not apply are absent."""
    return {
        "variables": [_object(line) for line in found.lines],
        "rows": {sheet: list(keys) for sheet, keys in found.rows.items()},
        "filters": [_object(usage) for usage in found.filters],
        "functions": [_object(usage) for usage in found.functions],
    }


def _object(line: Variable | Usage) -> Json:
    optional = ("loop", "direct", "only", "is_borrowed")
    return {key: value for key, value in asdict(line).items() if value or key not in optional}


def print_variables(found: Variables) -> None:
    """The list for people."""
    console = screen()
    for line in _HOW:
        console.print(line)
    console.print()
    _print_lines(console, [line for line in found.lines if not line.only])
    console.print("\n只在 附件.xlsx 里有：")
    _print_lines(console, [line for line in found.lines if line.only])
    console.print("\n可以直接写的编号和名字：")
    for sheet, keys in found.rows.items():
        more = f"……共 {len(keys)} 个" if len(keys) > _KEYS else ""
        console.print(f"  {sheet}：{'、'.join(keys[:_KEYS])}{more}")
    for title, used in (("过滤器（写在竖线后面）", found.filters), ("函数和选行", found.functions)):
        console.print(f"\n{title}：")
        _print_usages(console, used)


def _print_lines(console: Console, lines: Sequence[Variable]) -> None:
    rows = [("  " * line.depth + _tag(line), _cited(line.example, line.is_borrowed), line.direct) for line in lines]
    if console.width >= _FOR_COLUMNS:
        print_columns(console, _columns(("照抄进模板", "印出来", "只印这一行"), rows))
        return
    for tag, prints, direct in rows:
        console.print(tag)
        below = " " * (len(tag) - len(tag.lstrip()) + 4)
        for told in (f"印出 {prints}" if prints else "", f"只印这一行 {direct}" if direct else ""):
            _print_below(console, told, below)


def _print_usages(console: Console, used: Sequence[Usage]) -> None:
    rows = [(usage.name, usage.tag, _cited(usage.prints, usage.is_borrowed), usage.meaning) for usage in used]
    if console.width >= _FOR_COLUMNS:
        print_columns(console, _columns(("名字", "例子", "印出来", "用处"), rows))
        return
    for name, tag, prints, meaning in rows:
        console.print(f"{name}：{meaning}")
        console.print(f"    {tag}")
        _print_below(console, f"印出 {prints}" if prints else "", "    ")


def _print_below(console: Console, text: str, indent: str) -> None:
    """`text` in lines of the terminal's width, set in; nothing for none."""
    for line in Text(text).wrap(console, max(console.width - len(indent), 10)) if text else ():
        line.rstrip()
        console.print(Text(indent) + line)


def _cited(example: str, is_borrowed: bool) -> str:
    return f"如：{example}" if is_borrowed else example


def _tag(line: Variable) -> str:
    return line.loop or (line.name if "…" in line.name else f"{{{{ {line.name} }}}}")


def _columns(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, title in enumerate(titles):
        table.add_column(title, overflow="fold", no_wrap=number < len(titles) - 2)
    for row in rows:
        table.add_row(*row)
    return table
