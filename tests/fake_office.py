"""What previews are tried with: documents, LibreOffice if there is one, and programs that stand in for it."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from reportgen.preview import office
from reportgen.preview.fonts import prepare_fonts

needs_scripts = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STANDARD = ("仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体", "Times New Roman")
_CONVERTS = 'for word; do test "$last" = --outdir && out=$word; last=$word; done\nmkdir -p "$out"\n'


def what_is_missing(folder: Path) -> str:
    """What tests with the real LibreOffice lack on this machine; empty when nothing does."""
    if office.find_office() is None:
        return "LibreOffice is not installed"
    if not shutil.which("fc-list"):
        return "fontconfig is not installed"
    poor = [font.asked for font in prepare_fonts(STANDARD, folder).expected if font.is_poor]
    return f"no stand-ins installed for {'、'.join(poor)}" if poor else ""


def pdf(pages: int) -> bytes:
    """A PDF of blank pages, each as many points wide as ten times its number and a hundred."""
    document = pypdfium2.PdfDocument.new()
    for number in range(1, pages + 1):
        document.new_page(100 + 10 * number, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def package(parts: dict[str, str]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str = "", styles: str = "", **more: str) -> bytes:
    """A Word package: what stands in w:body and in w:styles, and more parts by path with _ for / and . left out."""
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    return package(parts | {f"word/{name}.xml": content for name, content in more.items()})


def xlsx(parts: dict[str, str] | None = None) -> bytes:
    """An Excel package."""
    return package({"xl/workbook.xml": "<workbook/>", **(parts or {})})


@dataclass
class FakeOffice:
    """A folder of programs, alone on the PATH together with the system's own shell tools."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def program(self, name: str, script: str) -> Path:
        """Installs a shell script under this name."""
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def makes(self, pages: int) -> None:
        """LibreOffice makes a PDF of so many pages; what it is called with lies in `called`, a word a line."""
        (self.folder / "made.pdf").write_bytes(pdf(pages))
        called = 'printf "%s\\n" "$@" "FONTCONFIG_FILE=$FONTCONFIG_FILE" "LC_ALL=$LC_ALL" > "$(dirname "$0")/called"\n'
        self.does(f'{called}cp "$(dirname "$0")/made.pdf" "$out/made.pdf"')

    def does(self, script: str) -> None:
        """LibreOffice runs this script, `$out` being the folder to write to."""
        self.program("soffice", _CONVERTS + script)

    @property
    def called(self) -> list[str]:
        return (self.folder / "called").read_text(encoding="utf-8").splitlines()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """An empty folder of programs; no LibreOffice, fontconfig or office program of the machine is seen any more."""
    folder.mkdir()
    monkeypatch.setattr(office, "_places", lambda: iter(()))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    for tool in ("sh", "cp", "mkdir", "dirname", "sleep", "touch"):
        (folder / tool).symlink_to(next(p for root in ("/usr/bin", "/bin") if (p := Path(root, tool)).exists()))
    monkeypatch.setenv("PATH", str(folder))
    return FakeOffice(folder, monkeypatch)
