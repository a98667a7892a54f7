"""`reportgen new`: a folder to work in, with a sample workbook, a template to change and two files to double-click."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen import resources
from reportgen.diagnostics import Diagnostic, Outcome, Place, nearest
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.filenames import folder_fault
from reportgen.diagnostics.machine import machine_fault

# UTF-8 needs code page 65001 before the first Chinese word; cmd.exe reads labels safely only with CRLF.
_BATCH = """\
@echo off
chcp 65001 >nul
cd /d "%~dp0"
where reportgen >nul 2>nul || goto missing
reportgen {command}
pause
exit /b
:missing
echo 没有找到 reportgen。请先按 README 的“快速开始”安装，或请管电脑的同事帮忙。
pause
exit /b 3
"""


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """What `new_folder` made: the folder, its workbook, and every file in it."""

    folder: Path
    workbook: Path
    files: tuple[Path, ...]


def new_folder(kind: str, directory: Path) -> Outcome[WorkFolder]:
    """Fills `directory`, which must be new or empty, for the 文种 `kind`.

    When a file cannot be written nothing is left behind.
    """
    fault = _kind_fault(kind) or _directory_fault(directory)
    if fault:
        return Outcome(None, (fault,))
    existed = directory.is_dir()
    try:
        files = tuple(_fill(kind, directory))
    except OSError as error:
        _empty(directory, keep=existed)
        return Outcome(None, (machine_fault(error, directory),))
    workbook = next(path for path in files if path.suffix == ".xlsx")
    return Outcome(WorkFolder(directory, workbook, files))


def _kind_fault(kind: str) -> Diagnostic | None:
    known = resources.kinds()
    if not known:
        return output.INSTALL_BROKEN.at(Place(), name=resources.templates_root().name)
    if kind not in known:
        near = nearest(kind, known)
        advice = f"您要的可能是「{'」「'.join(near)}」；现有的文种：{'、'.join(known)}。" if near else None
        return output.UNKNOWN_KIND.at(Place(), kind=kind, known="、".join(known), suggestion=advice)
    if _sample_workbook(kind) is None:
        return output.INSTALL_BROKEN.at(Place(), name=f"{resources.inputs_root().name}/{kind}")
    return None


def _directory_fault(directory: Path) -> Diagnostic | None:
    if os.path.exists(directory) and not directory.is_dir():  # noqa: PTH110 -- a name too long is not there, no error
        return output.NOT_A_FOLDER.at(Place(), folder=directory)
    if directory.is_dir() and any(directory.iterdir()):
        return output.FOLDER_NOT_EMPTY.at(Place(), folder=directory)
    if expected := folder_fault(directory):
        return output.BAD_VALUE.at(Place(), name="文件夹", value=directory, expected=expected)
    return None


def _sample_workbook(kind: str) -> Path | None:
    return min(_visible(resources.inputs_root() / kind, "*.xlsx"), default=None)


def _fill(kind: str, directory: Path) -> Iterator[Path]:
    directory.mkdir(parents=True, exist_ok=True)
    workbook = _sample_workbook(kind)
    assert workbook is not None, "checked by _kind_fault"
    yield from _copy(workbook.parent, directory)
    yield from _copy(resources.templates_root() / kind, directory / resources.OWN_TEMPLATES / kind)
    yield _batch_file(directory / "生成.bat", f'build "{workbook.name}"')
    yield _batch_file(directory / "检查.bat", f'check "{workbook.name}"')


def _copy(source: Path, target: Path) -> Iterator[Path]:
    """File by file, without the permissions: an installed package may be read-only, a working copy must not be."""
    for path in _visible(source, "*"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        yield copy


def _visible(folder: Path, pattern: str) -> list[Path]:
    """Files below `folder` in a steady order, without lock files (~$…) and hidden ones."""
    files = (path for path in folder.rglob(pattern) if path.is_file())
    return sorted(path for path in files if not path.name.startswith((".", "~$")))


def _batch_file(path: Path, command: str) -> Path:
    path.write_text(_BATCH.format(command=command), encoding="utf-8", newline="\r\n")
    return path


def _empty(directory: Path, *, keep: bool) -> None:
    """Takes back what a failed `_fill` wrote; the directory was empty before, so all in it is ours."""
    for path in directory.iterdir() if directory.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if not keep and directory.is_dir():
        directory.rmdir()
