"""A folder with a document in it, and a LibreOffice that is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_office import FakeOffice, docx, install


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """报告.docx in a folder of its own."""
    folder = tmp_path / "成稿 一"
    folder.mkdir()
    path = folder / "报告.docx"
    path.write_bytes(docx())
    return path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    return install(tmp_path / "programs", monkeypatch)
