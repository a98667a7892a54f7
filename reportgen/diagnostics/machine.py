"""What the machine refuses, as a Diagnostic: a file that is open elsewhere, a full disk, a folder not ours."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from reportgen.diagnostics.catalogue import output
from reportgen.diagnostics.types import Diagnostic, Place

_SHARING_VIOLATIONS = (32, 33)  # Windows: another program has the file open, or has locked a part of it
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_UNNAMED = "文件"
# What the system says in English, for the cases a clerk may meet.
_REASONS = {
    errno.ENOENT: "文件或文件夹不在了",
    errno.EEXIST: "同名的文件已经在那里",
    errno.ENOTDIR: "路径里有一级是文件，不是文件夹",
    errno.EISDIR: "那里是一个文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.ETIMEDOUT: "网络盘没有回应",
    errno.EINVAL: "文件名里有不能用的字符",
}
_SHORTER = "把工作簿（或 --name 后面）的名字改短，最多 70 个汉字，再运行一次。"
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def machine_fault(error: OSError | MemoryError, path: Path | None = None) -> Diagnostic:
    """The fault that stopped work on `path`: the file being written or, when that is not known, the workbook."""
    place = Place(file=path.name) if path else Place()
    if isinstance(error, MemoryError):
        return output.OUT_OF_MEMORY.at(place, path=path or _UNNAMED)
    named = _named(error) or path or _UNNAMED
    if _is_locked(error):
        return output.FILE_OPEN.at(place, path=named, lock=f"~${Path(str(named)).name}")
    if error.errno in _NOT_ALLOWED:
        return output.NO_PERMISSION.at(place, path=named)
    if error.errno in _FULL:
        return output.DISK_FULL.at(place, path=named)
    advice = _SHORTER if error.errno == errno.ENAMETOOLONG else None
    return output.CANNOT_WRITE.at(place, path=named, reason=reason(error), suggestion=advice)


def _named(error: OSError) -> object:
    """The file that the system refused; None for a temporary one, of whose name the user knows nothing."""
    name = error.filename2 or error.filename
    return None if str(name).endswith(".tmp") else name


def reason(error: OSError) -> str:
    """Why the system refused a file, in Chinese; what it says itself when that is nothing a clerk meets."""
    if error.errno in _NOT_ALLOWED:
        return "没有权限"
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__


def _is_locked(error: OSError) -> bool:
    """Windows tells a file open in Word by these numbers, or refuses to replace a file that may well be written."""
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return True
    target = error.filename2 or error.filename
    return os.name == "nt" and error.errno == errno.EACCES and _may_write(target)


def _may_write(target: object) -> bool:
    return isinstance(target, str) and Path(target).is_file() and os.access(target, os.W_OK)
