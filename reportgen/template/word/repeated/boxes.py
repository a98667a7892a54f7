"""Text boxes, which Word writes twice: the copy for older programs prints what the first one printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Captured
from reportgen.template.fragments import Fragment
from reportgen.template.suspicion import has_braces
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import TEXT_BOX, Element, Spaces, T, fragment

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE, _FALLBACK = (
    _ALTERNATIVES.replace("AlternateContent", "Choice"),
    _ALTERNATIVES.replace("AlternateContent", "Fallback"),
)


@dataclass(frozen=True, slots=True)
class _Printed:
    """Prints a box and keeps what it prints."""

    key: object

    def emit(self, value: object, run: Run) -> str:
        assert isinstance(value, Fragment)
        run.state[self.key] = value
        return value.print(run)


@dataclass(frozen=True, slots=True)
class _Again:
    """Prints the box of the same key once more, without marks: its figures are printed once."""

    key: object

    def emit(self, value: object, run: Run) -> str:
        kept = run.state.get(self.key)
        if not isinstance(kept, Fragment):
            return "<w:p/>"
        traced, run.trace = run.trace, False
        try:
            return kept.print(run)
        finally:
            run.trace = traced


@dataclass(frozen=True, slots=True)
class Box:
    """A text box with tags, and its copy."""

    first: Element
    copy: Element


def twin_boxes(root: Element) -> list[Box]:
    """The boxes with tags that have a copy of their own; the copies lose their content, so that tags are met once."""
    found = []
    for alternatives in root.iter(_ALTERNATIVES):
        choice, fallback = alternatives.find(_CHOICE), alternatives.find(_FALLBACK)
        if choice is None or fallback is None:
            continue
        boxes, copies = (list(part.iter(TEXT_BOX)) for part in (choice, fallback))
        if len(boxes) == len(copies):
            found += [Box(box, copy) for box, copy in zip(boxes, copies, strict=True) if _has_tags(box)]
    for box in found:
        for child in list(box.copy):
            box.copy.remove(child)
    return found


def capture_boxes(boxes: Sequence[Box], marks: Marks, spaces: Spaces) -> None:
    """Keeps what each box prints for its copy."""
    for box in reversed(boxes):
        key = object()
        items = tuple(item for child in box.first for item in marks.items(fragment(child, spaces)))
        for child in list(box.first):
            box.first.remove(child)
        box.first.append(marks.node(Mark(captured=Captured(items, _Printed(key)))))
        box.copy.append(marks.node(Mark(site=_Again(key))))


def _has_tags(box: Element) -> bool:
    return has_braces("".join(node.text or "" for node in box.iter(T)))
