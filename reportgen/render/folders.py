"""Which template folder a workbook is built with."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Outcome, Place, nearest
from reportgen.diagnostics.catalogue import output as codes
from reportgen.figures import Words
from reportgen.model.records import Dataset
from reportgen.render.appendix.sheets import with_proof_sheets
from reportgen.resources import OWN_TEMPLATES, templates_root
from reportgen.template import Template, TemplateError

ARTICLE, APPENDIX = "正文.docx", "附件.xlsx"
_DOCUMENTS = frozenset((".docx", ".dotx", ".docm", ".dotm"))
Names = Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """A template folder: its name, the article's template and the appendix's."""

    name: str
    article: Path
    appendix: Path

    @property
    def sha256(self) -> str:
        """One hash over both files and what the article may put in, in folders below too (hex)."""
        others = sorted(path for path in self.article.parent.rglob("*") if _may_be_inserted(path))
        files = (self.article, self.appendix, *(path for path in others if path != self.article))
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    def label(self, path: Path) -> str:
        """What messages call a file of the folder."""
        return f"{self.name}/{path.name}"


def _may_be_inserted(path: Path) -> bool:
    return path.suffix.lower() in _DOCUMENTS and not path.name.startswith("~$") and path.is_file()


def find_templates(wanted: str, place: Place, beside: Path, explicit: Path | None) -> Outcome[TemplateFolder]:
    """The folder named `wanted`: `explicit` if given, else in 模板 beside the workbook, else of the program's own.

    `place` is the cell that names it. Fails with the near names when there is none, or when it lacks a file.
    """
    folder = explicit if explicit is not None else _search(wanted, beside)
    if folder is None or not folder.is_dir():
        return Outcome(None, (_missing(str(explicit or wanted), place, beside),))
    article, appendix = folder / ARTICLE, folder / APPENDIX
    where = Place(file=str(folder))
    missing = [path.name for path in (article, appendix) if not path.is_file()]
    if missing:
        faults = (codes.TEMPLATE_FILE_MISSING.at(where, folder=folder, name=name) for name in missing)
        return Outcome(None, tuple(faults))
    name = os.path.basename(os.path.abspath(folder))  # noqa: PTH100, PTH119 -- the name of `.` too, and a link's own
    return Outcome(TemplateFolder(name, article, appendix))


@dataclass(frozen=True, slots=True)
class Templates:
    """A template folder read and compiled; `sha256` is one hash over both files (hex)."""

    name: str
    sha256: str
    article: Template
    appendix: Template


@dataclass(frozen=True, slots=True)
class TemplateData:
    """The names that 正文.docx and 附件.xlsx see."""

    article: Mapping[str, object]
    appendix: Mapping[str, object]


def load_templates(
    dataset: Dataset,
    workbook: Path,
    explicit: Path | None,
    data: TemplateData | None = None,
    offered: TemplateData | None = None,
) -> Outcome[Templates]:
    """The templates that 刊期 asks for (模板, else 文种), compiled, with every fault of both files.

    `explicit` is a folder named on the command line and wins. `offered` is what the names offer, `data` the data
    itself: when a template is faulty both are tried on it, so that all faults are known at once.
    """
    masthead = dataset.masthead
    field = "template" if masthead.template else "kind"
    wanted = masthead.template or masthead.kind
    if not wanted and explicit is None:
        return Outcome(None)  # a blank 文种 has been told already
    folder = find_templates(wanted, masthead.origin.place(field), workbook.parent, explicit)
    if folder.value is None:
        return Outcome(None, folder.diagnostics)
    return _loaded(folder.value, Words.of_dataset(dataset), data, offered)


def _loaded(
    folder: TemplateFolder, words: Words, data: TemplateData | None, offered: TemplateData | None
) -> Outcome[Templates]:
    seen, known = (data.article, data.appendix) if data else (None, None), offered or data
    article = _load(folder, folder.article, words, seen[0], known.article if known else None)
    appendix = _load(folder, folder.appendix, words, seen[1], known.appendix if known else None)
    if article.value is None or appendix.value is None:
        return Outcome(None, (*_all_faults(article, seen[0]), *_all_faults(appendix, seen[1])))
    completed = with_proof_sheets(appendix.value, lambda package: Template(package, words.filters, words.functions))
    place = Place(file=folder.label(folder.appendix))
    added = (codes.PROOF_SHEET_ADDED.at(place, sheet=sheet) for sheet in completed.added)
    found = (*article.diagnostics, *appendix.diagnostics, *added)
    return Outcome(Templates(folder.name, folder.sha256, article.value, completed.template), found)


def _load(folder: TemplateFolder, path: Path, words: Words, data: Names, offered: Names) -> Outcome[Template]:
    """A template with its warnings, or every fault of it."""
    try:
        made = Template.load(path, words.filters, words.functions, offered, data=data, name=folder.label(path))
        return Outcome(made, made.warnings(offered or ()))
    except TemplateError as error:
        return Outcome(None, error.diagnostics)


def _all_faults(loaded: Outcome[Template], data: Names) -> tuple[Diagnostic, ...]:
    """Also those of filling it, since the other file keeps the build from that."""
    if loaded.value is None or data is None:
        return loaded.diagnostics
    return (*loaded.diagnostics, *loaded.value.faults(data))


def _search(wanted: str, beside: Path) -> Path | None:
    if not wanted or Path(wanted).name != wanted:
        return None
    folders = (root / wanted for root in _roots(beside))
    return next((folder for folder in folders if folder.is_dir()), None)


def _roots(beside: Path) -> Iterator[Path]:
    yield beside / OWN_TEMPLATES
    yield templates_root()


def _missing(wanted: str, place: Place, beside: Path) -> Diagnostic:
    roots = [root for root in _roots(beside) if root.is_dir()]
    known = sorted({folder.name for root in roots for folder in root.iterdir() if (folder / ARTICLE).is_file()})
    near = nearest(wanted, known)
    advice = f"相近的有「{'」「'.join(near)}」。" if near else None
    return codes.TEMPLATE_FOLDER_MISSING.at(
        place, text=wanted, folder=wanted, known="、".join(known) or "无", suggestion=advice
    )
