"""Any console: encodings that lack characters, terminals, pipes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time

import pytest

from reportgen.cli.console import prepare_streams, progress, screen


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [("gbk", "指标 › 值 ✔ 一致", "指标 > 值 √ 一致"), ("ascii", "F12 ›", "F12 >"), ("utf-8", "指标 › ✔", "指标 › ✔")],
)
def test_characters_the_console_lacks(monkeypatch: pytest.MonkeyPatch, encoding: str, text: str, shown: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    prepare_streams()
    screen().print(text)
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding).strip() == shown  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_whole_command_on_a_gbk_console() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    line = [sys.executable, "-m", "reportgen", "build", "没有.xlsx"]
    ran = subprocess.run(line, capture_output=True, env=environment, check=False)
    assert ran.returncode == 2
    assert "错误 O006  没有.xlsx" in ran.stdout.decode("gbk")


@pytest.mark.parametrize(("seconds", "shown"), [(0.0, False), (0.3, True)])
def test_progress_shows_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch, seconds: float, shown: bool) -> None:
    monkeypatch.setattr("reportgen.cli.console._PATIENCE", 0.1)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress("正在生成……"):
        time.sleep(seconds)
    assert ("正在生成……" in terminal.getvalue()) is shown
    assert "正在生成" not in sys.stdout.getvalue() if isinstance(sys.stdout, io.StringIO) else True
