"""The command line: `main` parses, runs a command and turns whatever goes wrong into a message and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise

import typer

from reportgen.cli.batch import internal_fault, trace
from reportgen.cli.commands import app
from reportgen.cli.console import prepare_streams, screen
from reportgen.cli.results import exit_code, print_diagnostics, print_json, report_document
from reportgen.cli.usage import PROGRAM, WrongUseError, usage_fault
from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.machine import machine_fault

__all__ = ["main"]

_INTERRUPTED = 130  # what shells expect of a program that Ctrl-C ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line `arguments` (default: the process's own) and gives the exit code of cli.md.

    No exception gets out, and no traceback is printed without --debug, which may stand anywhere.
    """
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    words = [word for word in given if word != "--debug"]
    try:
        return _run(["--debug", *words] if debug else words)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except typer.TyperException as error:
        fault = usage_fault(error, words)
    except WrongUseError as error:
        fault = error.diagnostic
    except (OSError, MemoryError) as error:
        fault = machine_fault(error)
        trace(error, debug=debug)
    except Exception as error:  # the last line of defence: a bug must not show as a traceback
        fault = internal_fault(error)
        trace(error, debug=debug)
    return _report(fault, words)


def _run(words: Sequence[str]) -> int:
    code: int = app(args=list(words), prog_name=PROGRAM, standalone_mode=False) or 0
    return _interrupted() if code == _INTERRUPTED else code


def _interrupted() -> int:
    screen(err=True).print("\n已中断。没有留下写了一半的文件。")
    return _INTERRUPTED


def _report(fault: Diagnostic, words: Sequence[str]) -> int:
    if _wants_json(words):
        print_json(report_document((), ok=False, more=(fault,)))
    else:
        print_diagnostics((fault,), err=True)
    return exit_code((fault,), ok=False)


def _wants_json(words: Sequence[str]) -> bool:
    """Whether the line asked for JSON, seen without parsing: it may be the very thing that cannot be parsed."""
    return "--format=json" in words or ("--format", "json") in pairwise(words)
