"""From a finished docx or xlsx to pages one can look at: the whole stage, from path to files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Diagnostic, FaultError, Outcome, Place
from reportgen.diagnostics.catalogue import preview as codes
from reportgen.preview.asked import asked_fonts
from reportgen.preview.fonts import Replacement, prepare_fonts
from reportgen.preview.office import PATIENCE, convert, find_office, open_document
from reportgen.preview.pages import Document, PageRanges, parse_ranges, select
from reportgen.preview.placing import NotWrittenError, place
from reportgen.preview.source import Source, preview_copy, read_source

__all__ = ["PageRanges", "Preview", "Replacement", "parse_ranges", "preview"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview left: the files written, and how the document looks in them.

    `pages` counts those of the whole document, `shown` are the ones that were asked for, from 1. `opened` is True when
    the document itself was opened in the office program, without files of ours.
    """

    source: Path
    files: tuple[Path, ...] = ()
    pages: int = 0
    shown: tuple[int, ...] = ()
    fonts: tuple[Replacement, ...] = ()
    opened: bool = False


def preview(path: Path, ranges: PageRanges = (), *, png: bool = False, patience: float = PATIENCE) -> Outcome[Preview]:
    """Writes `<name>.pdf` beside the document at `path`, or with `png` one `<name>-第N页.png` per page.

    `ranges` are the pages wanted (none: all). Without LibreOffice the document is opened in the office program, unless
    pages or pictures were asked for. `patience` is how many seconds LibreOffice gets. Raises OSError when the machine
    refuses a temporary folder; every other fault is a Diagnostic.
    """
    place_of = Place(file=path.name)
    try:
        source = read_source(path)
        office = find_office()
        if office is None:
            return _opened(source, wanted=_asked_for(ranges, png=png))
        with tempfile.TemporaryDirectory(prefix="reportgen-preview-", ignore_cleanup_errors=True) as folder:
            return _converted(source, office, Path(folder), ranges, png=png, patience=patience)
    except NotWrittenError as error:
        return Outcome(None, (error.diagnostic,))
    except FaultError as fault:
        return Outcome(None, (fault.at(place_of),))


def _asked_for(ranges: PageRanges, *, png: bool) -> str:
    """The options that only LibreOffice can carry out."""
    return "、".join(name for name, given in (("--png", png), ("--pages", bool(ranges))) if given)


def _opened(source: Source, wanted: str) -> Outcome[Preview]:
    if wanted:
        raise FaultError(codes.OFFICE_MISSING, reason=f"{wanted} 要用它来排版")
    if not open_document(source.path):
        raise FaultError(codes.OFFICE_MISSING, reason="也没有能打开文档的办公软件")
    place_of = Place(file=source.path.name)
    return Outcome(Preview(source.path, opened=True), (codes.OPENED_INSTEAD.at(place_of, path=source.path.name),))


def _converted(
    source: Source, office: Path, folder: Path, ranges: PageRanges, *, png: bool, patience: float
) -> Outcome[Preview]:
    setup = prepare_fonts(asked_fonts(source), folder)
    copy = folder / source.path.name
    copy.write_bytes(preview_copy(source))
    document = Document(convert(office, copy, folder, setup.fontconfig, patience))
    shown = select(ranges, document.count)
    outputs = _pictures(source, document, shown) if png else _pdf(source, document, shown)
    files, kept = place(source.path, outputs, document.count if png and not ranges else None)
    fonts = setup.replaced(document.fonts(shown))
    found = (*_about_source(source), *kept, *_about_fonts(source, fonts))
    return Outcome(Preview(source.path, files, document.count, shown, fonts), found)


def _pdf(source: Source, document: Document, shown: tuple[int, ...]) -> Iterator[tuple[str, bytes]]:
    """The document under its own name; a part of it under a name that says so, lest it goes out as the whole."""
    stem = source.path.stem
    if len(shown) == document.count:
        yield f"{stem}.pdf", document.data
    else:
        yield f"{stem}-{_spoken(shown)}.pdf", document.extract(shown)


def _pictures(source: Source, document: Document, shown: tuple[int, ...]) -> Iterator[tuple[str, bytes]]:
    for number in shown:
        yield f"{source.path.stem}-第{number}页.png", document.picture(number)


_LISTED = 6  # runs of pages that a file's name can hold


def _spoken(shown: tuple[int, ...]) -> str:
    """第1-3、5页, from pages in order."""
    runs: list[list[int]] = []
    for number in shown:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    listed = "、".join("-".join(str(end) for end in run) for run in runs)
    return f"第{listed}页" if len(runs) <= _LISTED else f"选{len(shown)}页"


def _about_source(source: Source) -> Iterator[Diagnostic]:
    if source.is_open:
        yield codes.SOURCE_OPEN.at(Place(file=source.path.name), path=source.path.name)


def _about_fonts(source: Source, fonts: tuple[Replacement, ...]) -> Iterator[Diagnostic]:
    """Fonts for which nothing of the same kind was found: the page will not look like the real one."""
    poor = [font.asked for font in fonts if font.is_poor]
    if poor:
        yield codes.FONTS_MISSING.at(Place(file=source.path.name), fonts="、".join(poor))
