"""Names of files and folders to be made: what some system would refuse is refused everywhere, with the cure."""

from __future__ import annotations

import os
import re
from pathlib import Path

# What Windows, the most particular of the systems, lets no file or folder be called.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_OF_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
# UTF-8 bytes: Linux takes 255, of which endings, numbers and the lock files of office programs need some.
_LONGEST = 210


def name_fault(name: str) -> str:
    """What to do about a name that no file or folder can have on some system; empty for any other."""
    if not name.strip(" ."):
        return "名字不能是空的，也不能只有点和空格"
    if _FORBIDDEN.search(name):
        return '名字里不能有 \\ / : * ? " < > | 和换行'
    if name.startswith(".") or name != name.strip() or name.endswith("."):
        return "名字不能以点开头，不能以点结尾，前后也不能有空格"
    if _OF_DEVICES.fullmatch(name):
        return "CON、PRN、AUX、NUL、COM1、LPT1 这些名字 Windows 留给设备用，换一个名字"
    if len(name.encode(errors="replace")) > _LONGEST:
        return "名字太长了，最多 70 个汉字，换一个短的"
    return ""


def folder_fault(folder: Path) -> str:
    """`name_fault` of every folder on the way to `folder` that is not there yet."""
    new = (part for part in (folder, *folder.parents) if part.name and not os.path.exists(part))  # noqa: PTH110 -- a name too long is not there, no error
    return next(filter(None, (name_fault(part.name) for part in new)), "")
