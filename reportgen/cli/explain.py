"""`reportgen explain`: what the catalogue says of a code, or all codes in a list."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Sequence

from rich.table import Table

from reportgen.cli.console import screen
from reportgen.diagnostics import Code, Diagnostic, Outcome, Place, nearest
from reportgen.diagnostics.catalogue import all_codes, output
from reportgen.diagnostics.json_output import Json


def entries(code: str | None) -> Outcome[tuple[Code, ...]]:
    """The entry of `code` (case and width do not matter), or all of them; a fault when there is none."""
    codes = all_codes()
    if code is None:
        return Outcome(tuple(codes.values()))
    wanted = unicodedata.normalize("NFKC", code).strip().upper()
    if wanted in codes:
        return Outcome((codes[wanted],))
    return Outcome(None, (_unknown(wanted, codes),))


def print_entry(entry: Code) -> None:
    console = screen()
    console.print(f"{entry.severity.label} {entry.code}  {pattern(entry.message)}", style="bold")
    for title, text in (("意思", entry.meaning), ("例子", entry.example), ("怎么改", entry.cure)):
        first, *rest = text.splitlines()
        console.print(f"  {title}：{first}")
        for line in rest:
            console.print(f"    {line}")


def print_list(codes: Iterable[Code]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("代码", "级别", "说的是"):
        table.add_column(title, no_wrap=title != "说的是", overflow="fold")
    for entry in codes:
        table.add_row(entry.code, entry.severity.label, pattern(entry.message))
    console = screen()
    console.print(table)
    console.print("看某一个代码的解释：reportgen explain 代码")


def code_objects(codes: Sequence[Code]) -> list[Json]:
    return [
        {
            "code": entry.code,
            "severity": entry.severity.value,
            "message": pattern(entry.message),
            "suggestion": pattern(entry.suggestion),
            "meaning": entry.meaning,
            "example": entry.example,
            "cure": entry.cure,
        }
        for entry in codes
    ]


def pattern(template: str) -> str:
    """A message with … where each fault puts its own words."""
    parts = string.Formatter().parse(template)
    return "".join(literal + ("…" if field is not None else "") for literal, field, _, _ in parts)


def _unknown(code: str, known: Iterable[str]) -> Diagnostic:
    near = nearest(code, known)
    advice = f"相近的代码：{'、'.join(near)}。" if near else None
    return output.UNKNOWN_CODE.at(Place(), code=code, suggestion=advice)
