"""Writing without losing: temporary names moved into place, edited files never overwritten silently."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from reportgen.diagnostics import Diagnostic, FaultError, Outcome, Place
from reportgen.diagnostics.catalogue import output as codes
from reportgen.diagnostics.machine import machine_fault
from reportgen.model.report import Outputs
from reportgen.resources import is_there

DOCX, APPENDIX, MANIFEST = "{}.docx", "{}-附件.xlsx", "{}.figures.json"
# How long a second build waits for the first.
LOCK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is to be written, complete: the docx, the appendix workbook, and the manifest without the files' hashes."""

    docx: bytes
    appendix: bytes
    manifest: Mapping[str, object]


def is_appendix(path: Path) -> bool:
    """True for an appendix that lies beside its manifest, as a build writes them."""
    stem = path.name.removesuffix(APPENDIX.format(""))
    return stem != path.name and is_there(path.with_name(MANIFEST.format(stem)))


def write_drafts(source: Path, folder: Path, stem: str, drafts: Drafts, *, force: bool) -> Outcome[Outputs]:
    """Puts the three files into `folder`, all or none.

    A docx or appendix that a person changed since it was made stays: the new ones get a number, or with `force` the
    old one a backup name. Nothing is written when a file is open in an office program or the folder refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _only_build(folder / DOCX.format(stem)):
            return _write(source, folder, stem, drafts, force)
    except FaultError as fault:
        return Outcome(None, (fault.at(Place(file=str(folder))),))
    except OSError as error:
        return Outcome(None, (machine_fault(error, folder / DOCX.format(stem)),))


def _write(source: Path, folder: Path, stem: str, drafts: Drafts, force: bool) -> Outcome[Outputs]:
    edited = _edited(folder, stem, source.name)
    notices: list[Diagnostic] = []
    kept: Path | None = None
    backups: dict[Path, Path] = {}
    if edited and force:
        backups = {path: _free(folder, f"{path.stem}-备份{{}}{path.suffix}") for path in edited}
        kept = backups[edited[0]]
        notices = [_backed_up(path, backup) for path, backup in backups.items()]
    elif edited:
        stem, kept = _next_stem(folder, stem, source.name), edited[0]
        notices = [_kept(path, path.name.replace(path.stem.removesuffix("-附件"), stem, 1)) for path in edited]
    contents = _contents(folder, stem, drafts)
    for target in contents:
        _ask_closed(target)
    _install(contents, backups)
    docx, appendix, manifest = contents
    return Outcome(Outputs(source, docx, appendix, manifest, kept), tuple(notices))


def _backed_up(path: Path, backup: Path) -> Diagnostic:
    return codes.BACKED_UP.at(Place(file=path.name), path=path.name, kept=backup.name)


def _kept(path: Path, new: str) -> Diagnostic:
    return codes.KEPT_EDITED.at(Place(file=path.name), path=path.name, written=new)


def _contents(folder: Path, stem: str, drafts: Drafts) -> dict[Path, bytes]:
    docx, appendix, manifest = (folder / form.format(stem) for form in (DOCX, APPENDIX, MANIFEST))
    hashes = {
        "docx": {"file": docx.name, "sha256": hashlib.sha256(drafts.docx).hexdigest()},
        "appendix": {"file": appendix.name, "sha256": hashlib.sha256(drafts.appendix).hexdigest()},
    }
    text = json.dumps({**drafts.manifest, "files": hashes}, ensure_ascii=False, indent=1)
    return {docx: drafts.docx, appendix: drafts.appendix, manifest: text.encode()}


def _edited(folder: Path, stem: str, source: str) -> tuple[Path, ...]:
    """Files that stand there and are not what an earlier build of this workbook wrote."""
    hashes = _recorded(folder / MANIFEST.format(stem), source)
    candidates = (("docx", folder / DOCX.format(stem)), ("appendix", folder / APPENDIX.format(stem)))
    return tuple(path for kind, path in candidates if path.exists() and _sha256(path) != hashes.get(kind))


def _recorded(manifest: Path, source: str) -> dict[str, str]:
    """The hashes in a manifest; none when it is missing, another workbook's or not one of ours."""
    try:
        listed = json.loads(manifest.read_bytes())
        if listed["workbook"]["file"] != source:
            return {}
        return {kind: str(entry["sha256"]) for kind, entry in listed["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _next_stem(folder: Path, stem: str, source: str) -> str:
    """The first numbered stem that is free or holds only what a build of this workbook wrote."""
    number = 2
    while _edited(folder, f"{stem}-{number}", source):
        number += 1
    return f"{stem}-{number}"


def _free(folder: Path, form: str) -> Path:
    number = 1
    while (path := folder / form.format(number)).exists():
        number += 1
    return path


def _ask_closed(target: Path) -> None:
    """Raises FaultError when an office program has the file open."""
    for lock in _owner_files(target):
        if lock.exists():
            raise FaultError(codes.FILE_OPEN, path=target.name, lock=lock.name)
    if target.exists():
        try:
            target.open("r+b").close()
        except PermissionError as error:
            raise FaultError(codes.FILE_OPEN, path=target.name, lock=f"~${target.name[2:]}") from error


def _owner_files(target: Path) -> Iterator[Path]:
    """The files that Word, WPS and Excel (~$…) and LibreOffice (.~lock.…#) keep beside an open one.

    Word drops the first one or two characters of a longer name, Excel none.
    """
    name = target.name
    yield from (target.with_name(f"~${name[cut:]}") for cut in (0, 1, 2))
    yield target.with_name(f".~lock.{name}#")


def _install(contents: Mapping[Path, bytes], backups: Mapping[Path, Path]) -> None:
    """Writes everything beside its target, then moves each into place in one step, the manifest last.

    The old ones are copied first: a failure on the way puts them back, and a kill leaves none missing.
    """
    waiting = {target: _beside(target) for target in contents}
    old = {target: backups.get(target) or _beside(target) for target in contents if target.exists()}
    placed: list[Path] = []
    try:
        for target, content in contents.items():
            waiting[target].write_bytes(content)
        for target, copy in old.items():
            shutil.copy2(target, copy)
        for target, new in waiting.items():
            placed.append(target)
            new.replace(target)
    except OSError:
        _put_back(placed, old)
        for copy in backups.values():
            copy.unlink(missing_ok=True)
        raise
    finally:
        strays = [*waiting.values(), *(copy for target, copy in old.items() if target not in backups)]
        for stray in strays:
            stray.unlink(missing_ok=True)


def _put_back(placed: Sequence[Path], old: Mapping[Path, Path]) -> None:
    for target in placed:
        if target in old:
            shutil.copy2(old[target], target)
        else:
            target.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{uuid.uuid4().hex}.tmp")


@contextmanager
def _only_build(target: Path) -> Iterator[None]:
    """Lets one build at a time write `target`; the lock lies in the system's temporary folder, not beside the files."""
    key = hashlib.sha256(os.fsencode(target.resolve())).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"reportgen-{key}.lock")
    try:
        with lock.acquire(timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise FaultError(codes.BUSY, path=target.name) from error
