"""A document in, pages beside it out; and every way in which LibreOffice may fail, told in one line."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest
from fake_office import FakeOffice, docx, needs_scripts, xlsx

from reportgen.diagnostics import Outcome
from reportgen.preview import Preview, parse_ranges, preview
from reportgen.preview.office import find_office

pytestmark = needs_scripts


def codes(outcome: Outcome[Preview]) -> list[str]:
    return [item.code for item in outcome.diagnostics]


def beside(document: Path) -> set[str]:
    return {path.name for path in document.parent.iterdir()} - {document.name}


def widths(path: Path) -> list[float]:
    """What tells the pages of the made PDF apart."""
    return [page.get_width() for page in pypdfium2.PdfDocument(path.read_bytes())]


def test_a_pdf_beside_the_document(document: Path, office: FakeOffice) -> None:
    office.makes(3)

    made = preview(document).value

    assert made is not None
    assert (made.files, made.pages, made.shown) == ((document.with_name("报告.pdf"),), 3, (1, 2, 3))
    assert beside(document) == {"报告.pdf"}
    assert widths(made.files[0]) == [110, 120, 130]


def test_some_pages_have_a_name_that_says_so(document: Path, office: FakeOffice) -> None:
    office.makes(6)

    made = preview(document, parse_ranges("1-2,4") or ()).value

    assert made is not None
    assert beside(document) == {"报告-第1-2、4页.pdf"}
    assert widths(made.files[0]) == [110, 120, 140]


def test_pictures_are_one_file_a_page(document: Path, office: FakeOffice) -> None:
    office.makes(3)

    made = preview(document, parse_ranges("2-") or (), png=True).value

    assert made is not None
    assert [path.name for path in made.files] == ["报告-第2页.png", "报告-第3页.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made.files)


def test_pictures_of_pages_that_are_gone_go_too(document: Path, office: FakeOffice) -> None:
    office.makes(3)
    preview(document, png=True)
    document.with_name("报告-第4页.png").write_bytes(b"somebody's own")
    office.makes(2)

    preview(document, png=True)

    assert beside(document) == {"报告-第1页.png", "报告-第2页.png", "报告-第4页.png"}


def test_an_appendix_too(document: Path, office: FakeOffice) -> None:
    office.makes(1)
    appendix = document.with_name("报告-附件.xlsx")
    appendix.write_bytes(xlsx())

    assert preview(appendix).value is not None
    assert document.with_name("报告-附件.pdf").exists()


def test_libreoffice_works_on_a_copy_with_a_profile_of_its_own(document: Path, office: FakeOffice) -> None:
    office.makes(1)
    preview(document)
    first = office.called
    preview(document)

    profiles = [
        next(word for word in words if word.startswith("-env:UserInstallation=")) for words in (first, office.called)
    ]
    assert profiles[0] != profiles[1]
    assert not any(str(document.parent) in word for word in first)
    assert any(word.endswith("报告.docx") for word in first)
    left = [Path(word) for word in first if word.startswith("/")]
    assert left
    assert not any(path.exists() for path in left)


def test_chinese_names_survive_a_system_without_a_locale(
    document: Path, office: FakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    office.makes(1)
    preview(document)
    assert "LC_ALL=C.UTF-8" in office.called


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ("5-8", "文档共 6 页，没有第 7-8 页。"),
        ("9", "没有第 9 页。"),
        ("6-7", "没有第 7 页。"),
        ("8-", "没有第 8 页。"),
    ],
)
def test_pages_the_document_lacks(document: Path, office: FakeOffice, pages: str, words: str) -> None:
    office.makes(6)

    outcome = preview(document, parse_ranges(pages) or ())

    assert (outcome.value, codes(outcome), beside(document)) == (None, ["O054"], set())
    assert outcome.diagnostics[0].message.endswith(words)


@pytest.mark.parametrize(
    ("script", "code", "words"),
    [
        ("sleep 9", "O056", "0.2 秒还没有排好版"),
        (
            "echo 'Warning: javaldx failed'; echo 'Unspecified Error' >&2; exit 77",
            "O057",
            "没有做完：Unspecified Error。",
        ),
        ("echo 'No fonts could be found on the system.'; echo '/x.bin(+0x10b1)'; exit 1", "O057", "字体也没有装"),
        ("kill -SEGV $$", "O057", "退出码 -11"),
        ("exit 0", "O058", "打不开「报告.docx」"),
        ("echo no pdf > $out/made.pdf", "O058", "没有生成 PDF"),
        ("printf '%%PDF-1.6 cut off' > $out/made.pdf", "O057", "PDF 不完整"),
    ],
)
def test_libreoffice_fails(document: Path, office: FakeOffice, script: str, code: str, words: str) -> None:
    office.does(script)

    outcome = preview(document, patience=0.2 if "sleep" in script else 30)

    assert (outcome.value, codes(outcome), beside(document)) == (None, [code], set())
    assert words in outcome.diagnostics[0].message
    assert outcome.diagnostics[0].suggestion


def test_libreoffice_that_cannot_be_started(document: Path, office: FakeOffice) -> None:
    (office.folder / "soffice").write_bytes(b"\x7fELF, but of another machine")
    (office.folder / "soffice").chmod(0o755)
    assert codes(preview(document)) == ["O057"]


@pytest.mark.slow
def test_what_libreoffice_started_ends_with_it(document: Path, office: FakeOffice, tmp_path: Path) -> None:
    office.does(f"(sleep 1; touch '{tmp_path}/still there') &\nwait")
    assert codes(preview(document, patience=0.2)) == ["O056"]
    time.sleep(1.2)
    assert not (tmp_path / "still there").exists()


def test_without_libreoffice_the_document_is_opened(
    document: Path, office: FakeOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    office.program("xdg-open", f"echo \"$1\" > '{tmp_path}/opened'")

    outcome = preview(document)

    assert outcome.value == Preview(document, opened=True)
    assert codes(outcome) == ["O059"]
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == str(document)


@pytest.mark.parametrize(
    ("display", "script", "pages", "png", "words"),
    [
        (":0", "exit 0", "1", True, "--png、--pages 要用它来排版"),
        (":0", "exit 3", "", False, "也没有能打开文档的办公软件"),
        ("", "exit 0", "", False, "也没有能打开文档的办公软件"),
    ],
)
def test_without_libreoffice_and_no_way_out(
    document: Path, office: FakeOffice, display: str, script: str, pages: str, png: bool, words: str
) -> None:
    office.monkeypatch.setenv("DISPLAY", display)
    office.program("xdg-open", script)

    outcome = preview(document, parse_ranges(pages) or (), png=png)

    assert (outcome.value, codes(outcome)) == (None, ["O055"])
    assert words in outcome.diagnostics[0].message
    assert "libreoffice-writer" in outcome.diagnostics[0].suggestion


def test_libreoffice_where_windows_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Program Files" / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Program Files"))
    assert find_office() == program


@pytest.mark.parametrize("lock", ["~$报告.docx", "~$告.docx", ".~lock.报告.docx#"])
def test_an_open_document_is_shown_as_it_was_last_saved(document: Path, office: FakeOffice, lock: str) -> None:
    office.makes(1)
    document.with_name(lock).touch()

    outcome = preview(document)

    assert outcome.value is not None
    assert codes(outcome) == ["O062"]


def test_the_document_itself_is_left_alone(document: Path, office: FakeOffice) -> None:
    content = docx("<w:p><w:pPr><w:overflowPunct w:val='0'/></w:pPr></w:p>")
    document.write_bytes(content)
    office.makes(1)
    preview(document)
    assert document.read_bytes() == content
