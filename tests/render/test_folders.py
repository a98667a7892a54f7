"""What belongs to a template folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.diagnostics import Place
from reportgen.render.folders import find_templates


@pytest.fixture
def sha256(tmp_path: Path) -> Callable[[], str]:
    for name in ("正文.docx", "附件.xlsx", "README.md", "片段.docx", "片段/落款.DOCX", "片段/~$落款.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)

    def hashed() -> str:
        found = find_templates("", Place(), tmp_path, tmp_path)
        assert found.value is not None
        return found.value.sha256

    return hashed


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("正文.docx", True),
        ("附件.xlsx", True),
        ("片段.docx", True),
        ("片段/落款.DOCX", True),  # 插入('片段/落款.DOCX')
        ("片段/~$落款.docx", False),  # Word's note that the file is open
        ("README.md", False),
    ],
)
def test_the_hash_of_a_folder_is_that_of_all_it_may_print(
    name: str, belongs: bool, tmp_path: Path, sha256: Callable[[], str]
) -> None:
    before = sha256()
    (tmp_path / name).write_text("改过")

    assert (sha256() != before) == belongs
