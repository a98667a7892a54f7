"""Help and wrong use in Chinese: what Typer words in English is said anew here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue import output

PROGRAM = "reportgen"
_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)")


# Contexts, formatters and parameters are typed Any: Typer keeps their classes to itself, and moved them once already.
class ChineseCommand(TyperCommand):
    """A command whose --help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_command_help(self, ctx)) + "\n")


class ChineseGroup(TyperGroup):
    """The program itself: its --help lists the commands, and an unknown command gets the near names."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_group_help(self, ctx)) + "\n")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            raise WrongUseError(unknown_command(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


class WrongUseError(Exception):
    """The command line cannot be carried out as written; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def unknown_command(name: str, known: Sequence[str]) -> Diagnostic:
    """O001 with the near names; without any, the list of commands."""
    return output.UNKNOWN_COMMAND.at(Place(), name=name, known="、".join(known), suggestion=_did_you_mean(name, known))


def usage_fault(error: typer.TyperException, words: Sequence[str]) -> Diagnostic:
    """Typer's complaint about the command line `words` as a Diagnostic of ours.

    The kinds of complaint are told apart by name: their classes are private to Typer.
    """
    help_line = f"{_command_path(error, words)} --help"
    parameter = getattr(error, "param", None)
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            near = _did_you_mean(option, _known_options(error)) if option.startswith("--") else None
            return output.UNKNOWN_OPTION.at(Place(), name=option, help=help_line, suggestion=near)
        case "BadOptionUsage":
            return output.MISSING_PART.at(Place(), name=f" {option} 后面的值", help=help_line)
        case "MissingParameter" if parameter is not None:
            return output.MISSING_PART.at(Place(), name=f" {_label(parameter)}", help=help_line)
        case "BadParameter" if parameter is not None:
            return _bad_value(parameter, words)
    extra = _EXTRA.search(error.format_message())
    reason = f"多了「{extra[1]}」。" if extra else error.format_message()
    return output.WRONG_USE.at(Place(), reason=reason, help=help_line)


def _command_path(error: typer.TyperException, words: Sequence[str]) -> str:
    """The command the complaint is about, with those above it: reportgen template check."""
    context = getattr(error, "ctx", None)
    if context is not None:
        return str(context.command_path)
    command = next((word for word in words if not word.startswith("-")), "")
    return f"{PROGRAM} {command}".rstrip()


def _known_options(error: typer.TyperException) -> list[str]:
    context = getattr(error, "ctx", None)
    return [option for parameter in _parameters(context) for option in parameter.opts] if context else []


def _bad_value(parameter: Any, words: Sequence[str]) -> Diagnostic:
    label = _label(parameter)
    return output.BAD_VALUE.at(
        Place(), name=label, value=_given(parameter, words), expected=f"{label} 要的是：{parameter.help}"
    )


def _given(parameter: Any, words: Sequence[str]) -> str:
    """What was typed for an option: `--jobs 两` or `--jobs=两`."""
    for word, following in pairwise([*words, ""]):
        name, _, value = word.partition("=")
        if name in parameter.opts:
            return value or following
    return ""


def _did_you_mean(name: str, known: Iterable[str]) -> str | None:
    near = nearest(name, known)
    return f"您要用的可能是 {' 或 '.join(near)}。" if near else None


def _label(parameter: Any) -> str:
    return str(parameter.metavar) if parameter.param_type_name == "argument" else str(parameter.opts[0])


def _group_help(group: TyperGroup, ctx: Any) -> Iterator[str]:
    yield f"用法：{ctx.command_path} [选项] 命令 …"
    yield f"\n{group.help}"
    commands = [(name, group.get_command(ctx, name)) for name in group.list_commands(ctx)]
    yield from _table("命令", [(name, _first_line(command)) for name, command in commands])
    yield from _table("选项", _options(ctx))
    yield f"\n各命令的用法：{ctx.command_path} 命令 --help"


def _first_line(command: Any) -> str:
    return str(command.help or "").partition("\n")[0]


def _command_help(command: TyperCommand, ctx: Any) -> Iterator[str]:
    arguments = [parameter for parameter in _parameters(ctx) if parameter.param_type_name == "argument"]
    pieces = " ".join(p.metavar if p.required else f"[{p.metavar}]" for p in arguments)
    yield f"用法：{ctx.command_path} [选项] {pieces}"
    yield f"\n{command.help}"
    yield from _table("参数", [(parameter.metavar, parameter.help) for parameter in arguments])
    yield from _table("选项", _options(ctx))
    if command.epilog:
        yield f"\n{command.epilog}"


def _parameters(ctx: Any) -> list[Any]:
    return [parameter for parameter in ctx.command.get_params(ctx) if not getattr(parameter, "hidden", False)]


def _options(ctx: Any) -> list[tuple[str, str]]:
    options = [parameter for parameter in _parameters(ctx) if parameter.param_type_name == "option"]
    return [_option_row(option) for option in options]


def _option_row(option: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if "--help" in option.opts:
        return names, "显示这份说明"
    return (names if option.is_flag else f"{names} {option.metavar}"), option.help or ""


def _table(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Two columns; Chinese characters are two cells wide."""
    if not rows:
        return
    yield f"\n{title}："
    width = max(cell_len(left) for left, _ in rows)
    for left, right in rows:
        yield f"  {left}{' ' * (width - cell_len(left))}  {right}"
