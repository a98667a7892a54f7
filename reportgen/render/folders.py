"""Which template folder a workbook is built with."""

from __future__ import annotations

import hashlib
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


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """A template folder: its name, the article's template and the appendix's."""

    name: str
    article: Path
    appendix: Path

    @property
    def sha256(self) -> str:
        """One hash over both files and what the article may put in (hex)."""
        others = sorted(path for path in self.article.parent.glob("*.docx") if path != self.article)
        others = [path for path in others if not path.name.startswith("~$")]
        return hashlib.sha256(b"".join(f.read_bytes() for f in (self.article, self.appendix, *others))).hexdigest()


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
    return Outcome(TemplateFolder(folder.name, article, appendix))


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
    dataset: Dataset, workbook: Path, explicit: Path | None, data: TemplateData | None
) -> Outcome[Templates]:
    """The templates that 刊期 asks for (模板, else 文种), compiled, with every fault of both files.

    `explicit` is a folder named on the command line and wins. With `data` a faulty template is tried on it, so that
    all of its faults are known at once.
    """
    masthead = dataset.masthead
    field = "template" if masthead.template else "kind"
    wanted = masthead.template or masthead.kind
    if not wanted and explicit is None:
        return Outcome(None)  # a blank 文种 has been told already
    folder = find_templates(wanted, masthead.origin.place(field), workbook.parent, explicit)
    if folder.value is None:
        return Outcome(None, folder.diagnostics)
    words = Words.of_dataset(dataset)
    article = _load(folder.value, folder.value.article, words, data.article if data else None)
    appendix = _load(folder.value, folder.value.appendix, words, data.appendix if data else None)
    found = (*folder.diagnostics, *article.diagnostics, *appendix.diagnostics)
    if article.value is None or appendix.value is None:
        return Outcome(None, found)
    found += article.value.warnings(data.article if data else ())
    found += appendix.value.warnings(data.appendix if data else ())
    completed = with_proof_sheets(appendix.value, lambda package: Template(package, words.filters, words.functions))
    place = Place(file=f"{folder.value.name}/{APPENDIX}")
    found += tuple(codes.PROOF_SHEET_ADDED.at(place, sheet=sheet) for sheet in completed.added)
    return Outcome(Templates(folder.value.name, folder.value.sha256, article.value, completed.template), found)


def _load(folder: TemplateFolder, path: Path, words: Words, data: Mapping[str, object] | None) -> Outcome[Template]:
    try:
        name = f"{folder.name}/{path.name}"
        return Outcome(Template.load(path, words.filters, words.functions, data, name=name))
    except TemplateError as error:
        return Outcome(None, error.diagnostics)


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
