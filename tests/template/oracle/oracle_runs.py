"""One rendering of docxtpl beside the same one by reportgen, and what differs."""

from __future__ import annotations

import copy
import difflib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docxtpl_scripts import Rendered
from docxtpl_values import Translation, shown
from known_deviations import DEVIATIONS, Stretch, is_blank
from lxml import etree
from word_forms import form

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template import Template, TemplateError

_CURED = {
    codes.UNKNOWN_NAME.code: "unknown name",
    codes.TEXT_BESIDE.code: "text beside",
    codes.NOT_PRINTABLE.code: "printed whole",
}
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MAX_CURES, _MAX_TOGETHER = 10, 3


@dataclass
class Compared:
    """`lines` of the form; `deviations` that were met; `faults` of ours that nothing explains; `left`, what differs
    once the deviations are settled."""

    script: str
    number: int
    lines: int = 0
    deviations: set[str] = field(default_factory=set)
    faults: tuple[Diagnostic, ...] = ()
    left: list[str] = field(default_factory=list)
    refused: bool = False  # by docxtpl as well

    @property
    def verdict(self) -> str:
        if self.refused:
            return "refused by both"
        if self.faults:
            return "error: " + " ".join(sorted({fault.code for fault in self.faults}))
        return "different" if self.left else "equal"

    @property
    def is_wrong(self) -> bool:
        return bool(self.left) or (bool(self.faults) and not self.refused)

    @property
    def name(self) -> str:
        return f"{self.script} {self.number}"


def compare(rendered: Rendered, number: int, folder: Path) -> Compared:
    """One rendering by docxtpl and the same by reportgen. `folder` is for files that values refer to."""
    result = Compared(rendered.script, number)
    translation = Translation(rendered, folder)
    context = translation.context()
    try:
        ours = _rendered(translation.template(), context, rendered.filters, result)
    except TemplateError as error:
        result.faults, result.refused = error.diagnostics, rendered.error is not None
        return result
    assert rendered.output is not None, f"docxtpl refused {result.name}: {rendered.error}"
    _check_soundness(ours)
    theirs, mine = form(rendered.output), form(ours, translation.looks)
    result.lines = len(theirs)
    for a, b in _differences(theirs, mine):
        _settle(a, b, result)
    return result


def _check_soundness(document: bytes) -> None:
    """Every part is XML, none is there twice, drawings have ids of their own, and python-docx opens it."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = archive.namelist()
        roots = [etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))]
    drawings = [node.get("id") for root in roots for node in root.iter(f"{{{_DRAWING}}}docPr")]
    assert len(set(names)) == len(names)
    assert len(set(drawings)) == len(drawings)
    docx.Document(io.BytesIO(document))


def _rendered(template: bytes, context: dict[str, Any], filters: Mapping[str, Any], result: Compared) -> bytes:
    """Ours; where it refuses what docxtpl takes, for a reason that is listed, with the cure that the error names."""
    for _ in range(_MAX_CURES):
        try:
            out = io.BytesIO()
            made = Template.load(io.BytesIO(template), filters=filters, name=f"{result.script}.docx")
            made.render(context, out)
            return out.getvalue()
        except TemplateError as error:
            fault = error.diagnostics[0]
            name = (fault.place.tag or "").strip("{} ")
            is_whole = isinstance(context.get(name), (dict, list))
            if fault.code not in _CURED or (fault.code == codes.NOT_PRINTABLE.code and not is_whole):
                raise
            result.deviations.add(_CURED[fault.code])
            if fault.code == codes.TEXT_BESIDE.code:
                template = _move_apart(template, fault.place.paragraph or 0, fault.place.tag or "")
            elif fault.code == codes.UNKNOWN_NAME.code:
                context |= dict.fromkeys(made.names() - context.keys(), "")
            else:
                context[name] = shown(context[name])
    raise AssertionError(f"{result.name}: the cures do not help")


def _move_apart(template: bytes, paragraph: int, tag: str) -> bytes:
    """What the cure of T019 advises: a document in which `tag`, which stands at one end of the `paragraph`-th w:p
    (counted from 1), has a paragraph of its own before or behind it.

    AssertionError when the tag is at neither end.
    """
    document = docx.Document(io.BytesIO(template))
    node = list(document.element.body.iter(qn("w:p")))[paragraph - 1]
    texts = list(node.iter(qn("w:t")))
    text = "".join(t.text or "" for t in texts)
    apart = copy.deepcopy(node)
    _write(list(apart.iter(qn("w:t"))), tag)
    if text.startswith(tag):
        node.addprevious(apart)
        _write(texts, text[len(tag) :])
    else:
        assert text.rstrip().endswith(tag), f"「{tag}」 stands in the middle of 「{text}」"
        node.addnext(apart)
        _write(texts, text.rstrip()[: -len(tag)])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(texts: list[docx.oxml.text.run.CT_Text], text: str) -> None:
    """All of `text` into the first of a paragraph's texts."""
    for node in texts:
        node.text = ""
    texts[0].text = text
    texts[0].set(qn("xml:space"), "preserve")


def _differences(theirs: Stretch, ours: Stretch) -> Iterator[tuple[Stretch, Stretch]]:
    """Stretches that differ; those with nothing but blank paragraphs between them are one."""
    matcher = difflib.SequenceMatcher(None, [str(x) for x in theirs], [str(x) for x in ours], autojunk=False)
    held: tuple[Stretch, Stretch] = ([], [])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal" or (held != ([], []) and is_blank(theirs[a:b]) and b < len(theirs)):
            held[0].extend(theirs[a:b])
            held[1].extend(ours[c:d])
        elif held != ([], []):
            yield held
            held = ([], [])
    if held != ([], []):
        yield held


def _settle(theirs: Stretch, ours: Stretch, result: Compared) -> None:
    """Notes the deviations that make two stretches equal, as few as will do; else what differs."""
    for count in range(1, _MAX_TOGETHER + 1):
        for names in combinations(DEVIATIONS, count):
            a, b = theirs, ours
            for name in names:
                a, b = DEVIATIONS[name].settle(a, b)
            if a == b:
                result.deviations.update(names)
                return
    result.left += [f"- {line}" for line in theirs] + [f"+ {line}" for line in ours]
