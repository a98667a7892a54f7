"""The other files of a template's folder, compiled when they are named."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from reportgen.diagnostics import Diagnostic, FaultError, nearest
from reportgen.diagnostics.catalogue.template import pictures as codes
from reportgen.template.engine.names.unknown import near_words
from reportgen.template.engine.types import TemplateError
from reportgen.template.package import Package

T = TypeVar("T")
# A file opened: its package, where its faults go, and its number among the files (from 1).
Compile = Callable[[Package, list[Diagnostic], int], T]


class Folder(Generic[T]):
    """Compiles each file once; a file that is being compiled is not begun again, so that files may name each other."""

    def __init__(self, host: Package, compile_file: Compile[T]) -> None:
        self._host, self._compile = host, compile_file
        self._made: dict[Path, T | None] = {}

    @property
    def made(self) -> tuple[T, ...]:
        return tuple(item for item in self._made.values() if item is not None)

    def path_of(self, name: str) -> Path:
        """A file of the folder. FaultError with the near names when there is none; never one outside it."""
        folder = self._host.folder
        path = (folder / name) if folder is not None else None
        if folder is None or path is None or not path.is_file() or not _is_below(path, folder):
            known = sorted(other.name for other in folder.glob("*.docx")) if folder is not None else []
            raise FaultError(codes.FRAGMENT_MISSING, name=name, near=near_words(nearest(name, known)))
        return path

    def open(self, path: Path, faults: list[Diagnostic], name: str | None = None) -> T | None:
        """The file compiled; None while it is being compiled, and when it cannot be. Its faults are added."""
        key = path.resolve()
        if key not in self._made:
            self._made[key] = None
            try:
                package = Package.open(path, self._label(path) if name else path.name)
                self._made[key] = self._compile(package, faults, len(self._made))
            except TemplateError as error:
                faults.extend(error.diagnostics)
        return self._made[key]

    def _label(self, path: Path) -> str:
        """What messages call a file of the folder: its place below the folder, beside the host's name."""
        below = Path(os.path.relpath(path, self._host.folder)).as_posix()
        return str(PurePosixPath(self._host.name).parent / below)


def _is_below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
