"""Putting previews beside their document: whole or not at all, and never over a file that is not an earlier preview.

Each file carries a mark: a digest of its own bytes and of the document's name. A file whose mark does not fit was made
or changed by somebody else (a PDF out of Word, a proof with comments) and stays; the preview gets a number.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
import tempfile
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from reportgen.diagnostics import Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.catalogue import preview as codes
from reportgen.diagnostics.machine import machine_fault

_WAIT = 20.0  # seconds for another preview of the same document to finish
_PDF_MARK = b"%%reportgen preview %s\n"  # a comment after the end of the file, which readers of PDF pass over
_PNG_MARK = b"tEXtreportgen preview\0%s"
_PNG_END = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
_DIGEST = 64


class NotWrittenError(Exception):
    """The machine refused; `diagnostic` says what and why. Nothing was replaced."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def place(
    source: Path, outputs: Iterable[tuple[str, bytes]], page_count: int | None
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Writes (name, content) beside `source`; gives the paths, and a notice for each name that was taken.

    `page_count` given: the outputs are pictures of all pages, and those an earlier preview made of pages beyond are
    deleted. Raises NotWrittenError or FaultError; then nothing has changed.
    """
    waiting: dict[Path, Path] = {}
    try:
        for name, content in outputs:
            target = source.with_name(name)
            waiting[target] = target.with_name(f".{uuid.uuid4().hex}.tmp")
            waiting[target].write_bytes(marked(content, source.name))
        with _only_preview(source):
            placed = _install(waiting, source.name)
            if page_count is not None:
                _drop_pages(source, page_count)
    except OSError as error:
        raise NotWrittenError(_refusal(_named(error, waiting), source)) from error
    finally:
        for stray in waiting.values():
            stray.unlink(missing_ok=True)
    return tuple(placed.values()), tuple(_kept(target, new) for target, new in placed.items() if new != target)


def marked(content: bytes, document: str) -> bytes:
    """The PDF or PNG `content` with the mark of a preview of `document`."""
    digest = hashlib.sha256(document.encode() + b"\0" + content).hexdigest().encode()
    if content.startswith(b"%PDF"):
        return content + _PDF_MARK % digest
    chunk = _PNG_MARK % digest
    sized = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return content.removesuffix(_PNG_END) + sized + _PNG_END


def is_own(content: bytes, document: str) -> bool:
    """Whether `content` is, byte for byte, a preview made of `document`."""
    if content.startswith(b"%PDF"):
        bare = content[: -len(_PDF_MARK % (b"0" * _DIGEST))]
    else:
        length = len(_PNG_MARK % (b"0" * _DIGEST)) + 8 + len(_PNG_END)
        bare = content[:-length] + _PNG_END
    return marked(bare, document) == content


def _install(waiting: Mapping[Path, Path], document: str) -> dict[Path, Path]:
    """Name wanted → name given, each moved there in one step."""
    targets = {target: _free(target, document) for target in waiting}
    for target, new in targets.items():
        waiting[target].replace(new)
    return targets


def _free(target: Path, document: str) -> Path:
    """The name itself, or the first numbered one, that no file of somebody else's has."""
    number, name = 2, target
    while name.exists() and not (name.is_file() and is_own(name.read_bytes(), document)):
        name, number = target.with_name(f"{target.stem}-{number}{target.suffix}"), number + 1
    return name


def _drop_pages(source: Path, page_count: int) -> None:
    form = re.compile(re.escape(source.stem) + r"-第(\d+)页\.png")
    for path in source.parent.iterdir():
        match = form.fullmatch(path.name)
        if match and int(match[1]) > page_count and path.is_file() and is_own(path.read_bytes(), source.name):
            path.unlink()


def _kept(target: Path, new: Path) -> Diagnostic:
    return codes.KEPT_FOREIGN.at(Place(file=target.name), path=target.name, written=new.name)


def _named(error: OSError, waiting: Mapping[Path, Path]) -> OSError:
    """The error with the name of the file that was to be, not that of the temporary one."""
    for target, temporary in waiting.items():
        if error.filename == str(temporary):
            error.filename = str(target)
    return error


def _refusal(error: OSError, source: Path) -> Diagnostic:
    """As the machine's other refusals, in words that fit a preview."""
    found = machine_fault(error, source)
    if found.code == output.FILE_OPEN.code:
        target = Path(str(error.filename2 or error.filename or source))
        return codes.TARGET_OPEN.at(Place(file=target.name), path=target.name)
    if found.code == output.NO_PERMISSION.code:
        return replace(found, suggestion="把文档复制到您能写的文件夹（如桌面），再预览那一份。")
    return found


@contextmanager
def _only_preview(source: Path) -> Iterator[None]:
    """Lets one preview of a document put its files into place at a time, so that pages of two do not mix."""
    key = hashlib.sha256(os.fsencode(source.resolve())).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"reportgen-preview-{key}.lock")
    try:
        with lock.acquire(timeout=_WAIT):
            yield
    except Timeout as error:
        raise FaultError(output.BUSY, path=source.name) from error
