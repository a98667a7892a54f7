"""LibreOffice: where it is, running it apart from any other, and the office program when it is not there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import preview as codes

PATIENCE = 300.0  # seconds: an appendix of 100,000 rows takes a few minutes
_OPENING = 3.0  # seconds in which a program that cannot open a document has said so
_PROGRAMS = ("soffice", "libreoffice")
_UNIX_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS_ROOTS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
_NOISE = re.compile(r"^Warning|javaldx|\(\+0x|\[0x|^Stack:|^Application Error", re.IGNORECASE)
_NO_FONTS = "No fonts could be found"
# Quotes and dashes take the Chinese font, dates without a format of their own come out as on a Chinese system.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop>
</item>
</oor:items>
"""


def find_office() -> Path | None:
    """LibreOffice's program: on the PATH, or where its installer puts it on Linux, macOS and Windows."""
    named = (shutil.which(name) for name in _PROGRAMS)
    return next((Path(name) for name in named if name), None) or next((p for p in _places() if p.is_file()), None)


def _places() -> Iterator[Path]:
    for variable in _WINDOWS_ROOTS:
        root = os.environ.get(variable)
        if root:
            yield Path(root) / "LibreOffice" / "program" / "soffice.exe"
            yield Path(root) / "Programs" / "LibreOffice" / "program" / "soffice.exe"
    yield from map(Path, _UNIX_PLACES)
    yield Path.home() / "Applications/LibreOffice.app/Contents/MacOS/soffice"
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def convert(office: Path, source: Path, folder: Path, fontconfig: Path | None, patience: float) -> bytes:
    """The PDF of `source`, made in `folder` with a profile of its own there.

    Raises FaultError when LibreOffice does not start, takes longer than `patience` seconds, fails or writes nothing.
    """
    profile, made, log = folder / "profile", folder / "pdf", folder / "log.txt"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    line = [str(office), "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"]
    line += ["--convert-to", "pdf", "--outdir", str(made), str(source)]
    code = _run(line, log, _environment(fontconfig), patience)
    written = [path.read_bytes() for path in made.glob("*.pdf")]
    if written and written[0].startswith(b"%PDF"):
        return written[0]
    if code != 0:
        raise FaultError(codes.OFFICE_FAILED, reason=_complaint(log, f"退出码 {code}"))
    raise FaultError(codes.OFFICE_WROTE_NOTHING, path=source.name)


def _environment(fontconfig: Path | None) -> dict[str, str]:
    environment = dict(os.environ)
    if fontconfig:
        environment["FONTCONFIG_FILE"] = str(fontconfig)
    charset = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
    if os.name == "posix" and not charset.lower().replace("-", "").endswith("utf8"):
        environment["LC_ALL"] = "C.UTF-8"  # or the file's Chinese name would be printed garbled
    return environment


def _run(line: list[str], log: Path, environment: dict[str, str], patience: float) -> int:
    """The exit code. What LibreOffice started is ended with it, also when this program is interrupted."""
    try:
        with log.open("wb") as output:
            process = subprocess.Popen(
                line,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
    except OSError as error:
        raise FaultError(codes.OFFICE_FAILED, reason=error.strerror or str(error)) from error
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired as error:
        raise FaultError(codes.OFFICE_TIMED_OUT, seconds=f"{patience:g}") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and its children: the program found is often a script, the work done by a child of it."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _complaint(log: Path, otherwise: str) -> str:
    """The first line of the log that is neither a warning nor a frame of a stack."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    told = next((line for line in lines if line and not _NOISE.search(line)), otherwise)
    return "电脑上一种字体也没有装" if told.startswith(_NO_FONTS) else told[:200]


def open_document(path: Path) -> bool:
    """Opens the document in the program that the system has for it; False when there is none, or no screen."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        opener = _opener()
        return bool(opener) and _started([str(opener), str(path.resolve())])
    except OSError:
        return False


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return shutil.which("xdg-open") if has_screen else None


def _started(line: list[str]) -> bool:
    """Whether the command runs on, or ended well; some stay until the document is closed."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(line, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        return process.wait(_OPENING) == 0
    except subprocess.TimeoutExpired:
        return True
