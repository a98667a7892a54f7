"""Many workbooks: each built apart, in processes if asked, again when it changes; one that fails stops nothing."""

from __future__ import annotations

import signal
import stat
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from pathlib import Path

from reportgen import pipeline, resources
from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.machine import machine_fault
from reportgen.model.report import BuildOptions, Report
from reportgen.render import is_appendix

_POLL = 0.5  # seconds between two looks at the files
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
Stamp = tuple[tuple[str, int, int], ...]  # path, time of change in ns, size


def expand(names: Iterable[Path]) -> tuple[Path, ...]:
    """The workbooks meant: each once, patterns (*.xlsx) filled in, since Windows leaves that to the program."""
    found: dict[Path, None] = {}
    for name in names:
        is_pattern = not name.exists() and any(sign in name.name for sign in "*?[")
        matches = sorted(name.parent.glob(name.name)) if is_pattern else []
        for path in [path for path in matches if not path.name.startswith("~$")] or [name]:
            found[path] = None
    return tuple(found)


def without_appendices(workbooks: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Of several workbooks those that are no appendices of an earlier build, and a notice for each that is: *.xlsx
    means them too. One alone is left to be told as a fault."""
    kept = tuple(path for path in workbooks if len(workbooks) == 1 or not is_appendix(path)) or tuple(workbooks)
    skipped = (path for path in workbooks if path not in kept)
    return kept, tuple(output.APPENDIX_SKIPPED.at(Place(file=path.name), name=path.name) for path in skipped)


def same_target(workbooks: Sequence[Path], folder: Path | None) -> tuple[Path, Path] | None:
    """Two workbooks whose outputs would have one name in one folder, if there are."""
    targets: dict[tuple[Path, str], Path] = {}
    for workbook in workbooks:
        target = ((folder or workbook.parent).resolve(), workbook.stem.casefold())
        if target in targets:
            return targets[target], workbook
        targets[target] = workbook
    return None


def check_one(workbook: Path, template: Path | None, *, debug: bool) -> Report:
    """pipeline.check that never raises."""
    return _guarded(lambda: pipeline.check(workbook, template), workbook, debug=debug)


def build_one(workbook: Path, options: BuildOptions, debug: bool) -> Report:
    """pipeline.build that never raises; a function of the module so that other processes can be given it."""
    return _guarded(lambda: pipeline.build(workbook, options), workbook, debug=debug)


def build_all(workbooks: Sequence[Path], options: BuildOptions, jobs: int, *, debug: bool) -> Iterator[Report]:
    """The reports in the order of the workbooks, as they come."""
    count = min(jobs, len(workbooks))
    if count <= 1:
        for workbook in workbooks:
            yield build_one(workbook, options, debug)
        return
    pool = _workers(count)
    try:
        futures = [_submitted(pool, workbook, options, debug) for workbook in workbooks]
        for workbook, future in zip(workbooks, futures, strict=True):
            yield _result(future) or _built_alone(workbook, options, debug)
    finally:
        pool.shutdown(cancel_futures=True)


def _workers(count: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl-C to this one: they finish the workbook in hand and print no traceback."""
    return ProcessPoolExecutor(count, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))


def _submitted(pool: ProcessPoolExecutor, workbook: Path, options: BuildOptions, debug: bool) -> Future[Report] | None:
    try:
        return pool.submit(build_one, workbook, options, debug)
    except BrokenExecutor:
        return None


def _result(future: Future[Report] | None) -> Report | None:
    """None when the system ended a process, as it does when memory runs out: that takes the whole pool with it."""
    try:
        return future.result() if future else None
    except BrokenExecutor:
        return None


def _built_alone(workbook: Path, options: BuildOptions, debug: bool) -> Report:
    """Once more in a process of its own, to tell the workbook that broke the pool from those that fell with it."""
    with _workers(1) as pool:
        report = _result(_submitted(pool, workbook, options, debug))
    return report or _failed(workbook, output.OUT_OF_MEMORY.at(Place(file=workbook.name), path=workbook))


def changes(
    workbooks: Sequence[Path], template: Path | None, pause: Callable[[float], None]
) -> Iterator[tuple[Path, ...]]:
    """Waits with `pause`; yields the workbooks to build again each time some of them, or their templates, have changed.

    A file that is still being written is left until it has stood still for one look. Never ends by itself.
    """
    built = {workbook: _stamp(workbook, template) for workbook in workbooks}
    before = dict(built)
    while True:
        pause(_POLL)
        now = {workbook: _stamp(workbook, template) for workbook in workbooks}
        due = tuple(path for path in workbooks if path.exists() and now[path] == before[path] != built[path])
        before = now
        if due:
            yield due
            built.update({path: now[path] for path in due})


def _stamp(workbook: Path, template: Path | None) -> Stamp:
    folders = [template] if template else [workbook.parent / resources.OWN_TEMPLATES, resources.templates_root()]
    files = [workbook, *(path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*")))]
    return tuple(stamp for path in files if not path.name.startswith("~$") for stamp in _stat(path))


def _stat(path: Path) -> Iterator[tuple[str, int, int]]:
    try:
        found = path.stat()
    except OSError:  # gone for a moment while an office program saves it
        return
    if stat.S_ISREG(found.st_mode):
        yield str(path), found.st_mtime_ns, found.st_size


def _guarded(work: Callable[[], Report], workbook: Path, *, debug: bool) -> Report:
    if not workbook.exists():
        return _failed(workbook, _missing(workbook))
    try:
        return work()
    except (OSError, MemoryError) as error:
        trace(error, debug=debug)
        return _failed(workbook, machine_fault(error, workbook))
    except Exception as error:  # a bug: one workbook must not take the others with it
        trace(error, debug=debug)
        return _failed(workbook, internal_fault(error, workbook))


def trace(error: BaseException, *, debug: bool) -> None:
    """The traceback, on stderr, for --debug only."""
    if debug:
        traceback.print_exception(error, file=sys.stderr)


def internal_fault(error: Exception, path: Path | None = None) -> Diagnostic:
    """O039: a bug of ours, in one line."""
    place = Place(file=path.name) if path else Place()
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return output.INTERNAL.at(place, path=path or "这次运行", reason=reason)


def _failed(workbook: Path, fault: Diagnostic) -> Report:
    return Report(workbook, ok=False, diagnostics=(fault,))


def _missing(workbook: Path) -> Diagnostic:
    folder = workbook.parent
    there = [path for path in folder.iterdir() if path.suffix.lower() in _WORKBOOKS] if folder.is_dir() else []
    stems = nearest(workbook.stem, [path.stem for path in there])
    near = [path.name for stem in stems for path in there if path.stem == stem]
    advice = f"这个文件夹里有相近的「{'」「'.join(near)}」。" if near else None
    return output.FILE_MISSING.at(Place(file=workbook.name), path=workbook, suggestion=advice)
