"""What `reportgen template vars` shows: tags to copy, and what each prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from rich.table import Table

from reportgen.cli.console import screen
from reportgen.diagnostics.json_output import Json
from reportgen.render import Usage, Variable, Variables

_HOW = (
    "印一个值：{{ 刊期.文种 }}。",
    "列表要逐项印：{% for 行 in 指标 %} 起头，{% endfor %} 结尾，中间写 {{ 行.名称 }}。",
    "只印某一行，写它的编号或简称：最右一栏是例子。“如：”是别的数据里的例子，这份数据里没有填。",
)
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
    console.print(_table([line for line in found.lines if not line.only]))
    console.print("\n只在 附件.xlsx 里有：")
    console.print(_table([line for line in found.lines if line.only]))
    console.print("\n可以直接写的编号和名字：")
    for sheet, keys in found.rows.items():
        more = f"……共 {len(keys)} 个" if len(keys) > _KEYS else ""
        console.print(f"  {sheet}：{'、'.join(keys[:_KEYS])}{more}")
    for title, used in (("过滤器（写在竖线后面）", found.filters), ("函数和选行", found.functions)):
        console.print(f"\n{title}：")
        console.print(_usages(used))


def _table(lines: Sequence[Variable]) -> Table:
    table = _columns("照抄进模板", "印出来", "只印这一行")
    for line in lines:
        tag = f"{line.loop} … {{% endfor %}}" if line.loop else line.name if "…" in line.name else _tag(line.name)
        table.add_row("  " * line.depth + tag, _cited(line.example, line.is_borrowed), line.direct)
    return table


def _cited(example: str, is_borrowed: bool) -> str:
    return f"如：{example}" if is_borrowed else example


def _tag(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _usages(used: Iterable[Usage]) -> Table:
    table = _columns("名字", "例子", "印出来", "用处")
    for usage in used:
        table.add_row(usage.name, usage.tag, _cited(usage.prints, usage.is_borrowed), usage.meaning)
    return table


def _columns(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table
