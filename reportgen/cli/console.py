"""The streams the command line prints to: any console, any encoding, quiet when nobody watches."""

from __future__ import annotations

import codecs
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PATIENCE = 1.0  # seconds of silence before progress shows
_UNWRAPPED = 10_000  # columns, where no terminal says how many there are: a pipe gets whole lines
_STAND_INS = {"›": ">", "✔": "√", "✘": "×", "⚠": "!", "—": "-"}


def prepare_streams() -> None:
    """Makes printing safe: a character that the console's encoding lacks (GBK has no ›) gets a stand-in."""
    codecs.register_error("reportgen.stand_in", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        # Tests and embedding programs put in streams that cannot be set up anew.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="reportgen.stand_in")


def screen(*, err: bool = False) -> Console:
    """A console on stdout (or stderr): colours on a terminal only, nothing in the text taken for markup."""
    stream: TextIO = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _UNWRAPPED
    return Console(file=stream, width=width, soft_wrap=True, highlight=False, markup=False, emoji=False)


def print_columns(console: Console, table: Table) -> None:
    """A table in the terminal's width, its lines without blanks at their ends."""
    for segments in console.render_lines(table, pad=False):
        line = Text.assemble(*((segment.text, segment.style or "") for segment in segments))
        line.rstrip()
        console.print(line)


@contextmanager
def progress(message: str) -> Iterator[None]:
    """Shows `message` with a spinner on stderr when the work within takes over a second, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    status = screen(err=True).status(message)
    timer = threading.Timer(_PATIENCE, status.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(character, "?") for character in text), error.end
