"""Nothing lost: previews replace earlier previews and nothing else."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_office import pdf
from PIL import Image

from reportgen.diagnostics.catalogue import output
from reportgen.preview.pages import Document
from reportgen.preview.placing import NotWrittenError, is_own, marked, place

PDF = pdf(1)
PNG = Document(PDF).picture(1)
BOTH = pytest.mark.parametrize("content", [PDF, PNG], ids=["pdf", "png"])


@BOTH
def test_a_mark_does_no_harm(content: bytes) -> None:
    with_mark = marked(content, "报告.docx")
    if content is PDF:
        assert Document(with_mark).count == 1
    else:
        with Image.open(io.BytesIO(with_mark)) as image, Image.open(io.BytesIO(content)) as plain:
            assert image.tobytes() == plain.tobytes()


@BOTH
@pytest.mark.parametrize(
    ("change", "own"),
    [
        (lambda data: data, True),
        (lambda data: data + b"\n", False),
        (lambda data: data.replace(b"1", b"2", 1), False),
        (lambda data: data[:50], False),
        (lambda data: b"", False),
    ],
)
def test_only_an_untouched_preview_is_our_own(content: bytes, change: object, own: bool) -> None:
    assert callable(change)
    assert is_own(change(marked(content, "报告.docx")), "报告.docx") is own
    assert not is_own(content, "报告.docx")
    assert not is_own(marked(content, "报告.xlsx"), "报告.docx")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_earlier_preview_is_replaced(tmp_path: Path) -> None:
    for content in (pdf(1), pdf(2)):
        files, notices = place(tmp_path / "报告.docx", [("报告.pdf", content)], None)
        assert (files, notices) == ((tmp_path / "报告.pdf",), ())
    assert Document((tmp_path / "报告.pdf").read_bytes()).count == 2


def test_somebody_elses_file_stays_and_the_preview_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "报告.pdf").write_bytes(b"%PDF out of Word")
    (tmp_path / "报告-2.pdf").write_bytes(marked(PDF, "报告.docx") + b"a comment")

    for _ in range(2):
        files, notices = place(tmp_path / "报告.docx", [("报告.pdf", PDF)], None)

    assert files == (tmp_path / "报告-3.pdf",)
    assert [item.code for item in notices] == ["O060"]
    assert "「报告-3.pdf」" in notices[0].message
    assert (tmp_path / "报告.pdf").read_bytes() == b"%PDF out of Word"
    assert names(tmp_path) == ["报告-2.pdf", "报告-3.pdf", "报告.pdf"]


def test_the_preview_of_a_workbook_of_the_same_name_stays(tmp_path: Path) -> None:
    place(tmp_path / "综述.xlsx", [("综述.pdf", PDF)], None)
    files, _ = place(tmp_path / "综述.docx", [("综述.pdf", PDF)], None)
    assert files == (tmp_path / "综述-2.pdf",)


def test_a_failure_between_pages_leaves_nothing(tmp_path: Path) -> None:
    def pages() -> Iterator[tuple[str, bytes]]:
        yield "报告-第1页.png", PNG
        raise OSError(errno.ENOSPC, "full", str(tmp_path / "报告-第2页.png"))

    with pytest.raises(NotWrittenError) as caught:
        place(tmp_path / "报告.docx", pages(), None)
    assert caught.value.diagnostic.code == output.DISK_FULL.code
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "winerror", "code", "words"),
    [(errno.EACCES, 32, "O063", "看 PDF 或图片的软件"), (errno.EACCES, None, "O031", "桌面")],
)
def test_what_the_machine_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, winerror: int | None, code: str, words: str
) -> None:
    def refuse(path: Path, target: Path) -> None:
        error = OSError(number, "refused", str(path), None, str(target))
        error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotWrittenError) as caught:
        place(tmp_path / "报告.docx", [("报告.pdf", PDF)], None)
    assert (caught.value.diagnostic.code, words in caught.value.diagnostic.suggestion) == (code, True)
    assert names(tmp_path) == []


def test_no_temporary_name_is_left(tmp_path: Path) -> None:
    place(tmp_path / "报告.docx", [("报告-第1页.png", PNG), ("报告-第2页.png", PNG)], 2)
    assert names(tmp_path) == ["报告-第1页.png", "报告-第2页.png"]


def test_a_folder_that_may_not_be_written_is_told_by_the_name_of_the_preview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> int:
        raise PermissionError(errno.EACCES, "refused", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(NotWrittenError) as caught:
        place(tmp_path / "报告.docx", [("报告.pdf", PDF)], None)
    assert "报告.pdf" in caught.value.diagnostic.message
    assert ".tmp" not in caught.value.diagnostic.message
