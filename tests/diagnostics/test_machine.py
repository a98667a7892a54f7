"""What the machine refuses, as a message."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from reportgen.diagnostics.machine import machine_fault

TARGET = Path("成稿/综述.docx")


def windows_error(number: int) -> OSError:
    error = PermissionError(errno.EACCES, "in use", str(TARGET))
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (PermissionError(errno.EACCES, "denied", str(TARGET)), "O031", "没有权限写「成稿"),
        (OSError(errno.EROFS, "read-only", str(TARGET)), "O031", "没有权限"),
        (OSError(errno.EACCES, "denied", "成稿/.1e331fdc.tmp"), "O031", "综述.docx」"),
        (OSError(errno.ENOSPC, "full"), "O032", "磁盘满了"),
        (OSError(errno.EIO, "Input/output error"), "O033", "磁盘读写出错"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "O033", "文件名太长"),
        (OSError("no number"), "O033", "no number"),
        (MemoryError(), "O034", "内存不够"),
        (windows_error(32), "O030", "不能替换"),
    ],
)
def test_each_refusal_has_its_code(error: OSError | MemoryError, code: str, words: str) -> None:
    fault = machine_fault(error, TARGET)
    assert (fault.code, fault.place.file) == (code, "综述.docx")
    assert words in fault.message


def test_without_a_path_the_message_still_reads() -> None:
    assert machine_fault(OSError(errno.ENOSPC, "full")).message == "磁盘满了，写不下「文件」。"
