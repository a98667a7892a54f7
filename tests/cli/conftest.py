"""The command line as a user runs it, in a folder of workbooks, over a pipeline that answers at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_pipeline import FakePipeline, Ran

from reportgen.cli import batch, main


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    fake = FakePipeline()
    monkeypatch.setattr(batch, "pipeline", fake)
    return fake


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder one works in, with two workbooks the fake pipeline takes as they are."""
    for name in ("综述.xlsx", "侧 记.xlsx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """run("build", "综述.xlsx") → exit code, stdout, stderr."""

    def runner(*words: str) -> Ran:
        capsys.readouterr()
        code = main(words)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return runner
