"""The template folders there are; one checked without data; one copied to be changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Outcome, Place, nearest
from reportgen.diagnostics.catalogue import output as codes
from reportgen.diagnostics.filenames import name_fault
from reportgen.diagnostics.machine import machine_fault
from reportgen.figures import Words
from reportgen.model.issue import Issue
from reportgen.render.folders import APPENDIX, ARTICLE, TemplateFolder, find_templates
from reportgen.render.offered import offered_without_data
from reportgen.resources import OWN_TEMPLATES, templates_root
from reportgen.template import Template, TemplateError


@dataclass(frozen=True, slots=True)
class Listed:
    """A template folder; `is_own` is one beside the user's workbooks; `about` is the first line of its README."""

    name: str
    folder: Path
    is_own: bool
    about: str


def template_folders(beside: Path) -> tuple[Listed, ...]:
    """The folders that a workbook in `beside` can be built with: its own first, which win over those of a name."""
    own = [Listed(f.name, f, True, _about(f)) for f in _folders(beside / OWN_TEMPLATES)]
    names = {item.name for item in own}
    rest = [Listed(f.name, f, False, _about(f)) for f in _folders(templates_root()) if f.name not in names]
    return (*own, *rest)


def check_folder(folder: Path, samples: Sequence[Issue]) -> tuple[Diagnostic, ...]:
    """Every fault of a template folder that shows without data. `samples` are any issues: what they have is what
    templates see, numbers of rows aside; the first before the others."""
    found = find_templates("", Place(file=str(folder)), folder.parent, folder)
    if found.value is None:
        return found.diagnostics
    names, words = offered_without_data(samples), Words.of_dataset(samples[0].dataset)
    parts = ((found.value.article, names.article), (found.value.appendix, names.appendix))
    return tuple(fault for path, known in parts for fault in _check_file(found.value, path, known, words))


def copy_folder(source: str, name: str, beside: Path) -> Outcome[Path]:
    """A copy of the template folder called `source` under the name `name`, to be changed; it must be a new one."""
    known = {item.name: item.folder for item in template_folders(beside)}
    if source not in known:
        near = nearest(source, known)
        advice = f"您要的可能是「{'」「'.join(near)}」。" if near else None
        return Outcome(None, (codes.UNKNOWN_KIND.at(Place(), kind=source, known="、".join(known), suggestion=advice),))
    target = beside / OWN_TEMPLATES / name
    if expected := name_fault(name):
        return Outcome(None, (codes.BAD_VALUE.at(Place(), name="名字", value=name, expected=expected),))
    if target.exists():
        return Outcome(None, (codes.FOLDER_NOT_EMPTY.at(Place(), folder=target),))
    try:
        for path in sorted(path for path in known[source].rglob("*") if path.is_file()):
            if not path.name.startswith((".", "~$")):
                copy = target / path.relative_to(known[source])
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        return Outcome(None, (machine_fault(error, target),))
    return Outcome(target)


def _folders(root: Path) -> Iterator[Path]:
    folders = sorted(root.iterdir()) if root.is_dir() else []
    yield from (folder for folder in folders if (folder / ARTICLE).is_file() or (folder / APPENDIX).is_file())


def _about(folder: Path) -> str:
    """The first line of its README, however that was saved: Notepad may write GBK, or a mark before UTF-8."""
    readme = folder / "README.md"
    content = readme.read_bytes() if readme.is_file() else b""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = content.decode("gb18030", errors="replace").splitlines()
    return next((line.strip("# ").strip() for line in lines if line.strip("# ").strip()), "")


def _check_file(
    folder: TemplateFolder, path: Path, names: Mapping[str, object], words: Words
) -> tuple[Diagnostic, ...]:
    try:
        return Template.load(path, words.filters, words.functions, names, name=folder.label(path)).warnings(names)
    except TemplateError as error:
        return error.diagnostics
