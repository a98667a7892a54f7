"""Runs docxtpl's own test scripts in a copy of their folder and keeps what each of them rendered.

The scripts are run as they are; only DocxTemplate is watched: which template, which data, which filters, which file.
"""

from __future__ import annotations

import importlib
import io
import os
import runpy
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2.defaults import DEFAULT_FILTERS

DRIVERS = ("runtests.py", "__init__.py")  # no tests themselves


@dataclass
class Rendered:
    """One call of render and the file it was saved to."""

    script: str
    template: bytes
    context: Mapping[str, Any]
    filters: Mapping[str, Any]
    owner: Any  # the DocxTemplate
    folder: Path  # where the script ran
    output: bytes | None = None
    error: Exception | None = None


def scripts(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.py") if path.name not in DRIVERS)


def run(folder: Path, script: str, scratch: Path) -> list[Rendered]:
    """What `script` renders, in order. What the script itself raises is raised."""
    docxtpl = importlib.import_module("docxtpl")
    copy = scratch / "tests"
    if not copy.exists():
        shutil.copytree(folder, copy)
        (copy / "output").mkdir(exist_ok=True)
    seen: list[Rendered] = []
    with _watched(docxtpl, script, copy, seen), _standing_in(copy), Path(os.devnull).open("w") as nowhere:
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            runpy.run_path(str(copy / f"{script}.py"), run_name="__main__")
        for record in seen:
            if record.output is None and record.error is None:  # the script was after something else
                record.output = _saved(record.owner)
    return seen


def _saved(owner: Any) -> bytes:
    out = io.BytesIO()
    owner.save(out)
    return out.getvalue()


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    before, arguments, system = Path.cwd(), sys.argv, os.system
    os.chdir(folder)
    os.system = _command  # type: ignore[assignment]
    try:
        yield
    finally:
        os.chdir(before)
        sys.argv, os.system = arguments, system


def _command(line: str) -> int:
    """`python -m docxtpl …` in this process, where it is watched as well."""
    sys.argv = shlex.split(line)[2:]
    importlib.import_module("docxtpl.__main__").main()
    return 0


@contextmanager
def _watched(docxtpl: ModuleType, script: str, folder: Path, seen: list[Rendered]) -> Iterator[None]:
    kind = docxtpl.DocxTemplate
    render, save, new_subdoc = kind.render, kind.save, kind.new_subdoc

    def watched_render(self: Any, context: Any, jinja_env: Any = None, autoescape: bool = False) -> None:
        filters = {} if jinja_env is None else _own_filters(jinja_env)
        record = Rendered(script, _template(self), context, filters, self, folder)
        seen.append(record)
        try:
            render(self, context, jinja_env, autoescape)
        except Exception as error:
            record.error = error
            raise

    def watched_save(self: Any, filename: Any, *args: Any, **kwargs: Any) -> None:
        save(self, filename, *args, **kwargs)
        for record in reversed(seen):
            if record.owner is self and record.output is None and record.error is None:
                record.output = filename.getvalue() if hasattr(filename, "getvalue") else Path(filename).read_bytes()
                return

    def watched_subdoc(self: Any, docpath: Any = None) -> Any:
        made = new_subdoc(self, docpath)
        made.__dict__["docpath"] = None if docpath is None else Path(docpath).resolve()
        return made

    kind.render, kind.save, kind.new_subdoc = watched_render, watched_save, watched_subdoc
    try:
        yield
    finally:
        kind.render, kind.save, kind.new_subdoc = render, save, new_subdoc


def _template(owner: Any) -> bytes:
    source = owner.template_file
    if hasattr(source, "read"):
        source.seek(0)
        return bytes(source.read())
    return Path(source).read_bytes()


def _own_filters(environment: Any) -> dict[str, Any]:
    return {name: function for name, function in environment.filters.items() if name not in DEFAULT_FILTERS}
