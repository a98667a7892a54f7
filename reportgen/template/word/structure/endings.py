"""Cells, text boxes, notes and content controls that have a paragraph whatever their blocks print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.template.engine.run import Run
from reportgen.template.word.blocks import Fence, Lifter
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    SECT_PR,
    TBL,
    TC_PR,
    Element,
    Spaces,
    fragment,
    insert_after,
    w,
)
from reportgen.template.word.structure.levels import Levels

_BODY, _CONTROL = w("body"), w("sdtContent")


class _Ending:
    """The end of a cell (or the like) that may lack its paragraph; `xml` is the empty one it then gets."""

    def __init__(self, xml: str) -> None:
        self.xml = xml


@dataclass(frozen=True, slots=True)
class _Passed:
    """Notes whether what has just been printed leaves a paragraph at the end."""

    ending: _Ending
    is_paragraph: bool

    def emit(self, value: object, run: Run) -> str:
        run.state[self.ending] = self.is_paragraph
        return ""


@dataclass(frozen=True, slots=True)
class _Supply:
    """Prints the missing paragraph."""

    ending: _Ending

    def emit(self, value: object, run: Run) -> str:
        return "" if run.state[self.ending] else self.ending.xml


def end_with_paragraphs(root: Element, marks: Marks, lifter: Lifter, fences: Sequence[Fence]) -> None:
    """Sees to it that cells, text boxes and notes end with a paragraph whatever the blocks in them print, and that no
    content control around paragraphs is empty. Where there is one nothing is added: no blank lines."""
    levels = Levels(fences, marks)
    for container in list(root.iter(*NEEDS_PARAGRAPH, _CONTROL)):
        if lifter.may_lack_paragraph(container) and (container.tag != _CONTROL or _holds_paragraphs(container)):
            empty = lifter.empty_paragraph(container)
            _secure(container, levels.of(container, marks), marks, empty, root.nsmap)


def _holds_paragraphs(control: Element) -> bool:
    """True for the content of a control that stands among paragraphs; others stand in a line, or around rows."""
    around = next((node for node in control.iterancestors() if node.tag not in (_CONTROL, w("sdt"))), None)
    return around is not None and around.tag in NEEDS_PARAGRAPH


def _secure(
    container: Element, blocks: list[tuple[Element, bool]], marks: Marks, empty: Element, spaces: Spaces
) -> None:
    """`blocks`: what `container` holds, and whether it is printed in any case."""
    fine = [container.tag == _CONTROL or block.tag != TBL for block, _ in blocks]  # for the end
    start = next((n for n in reversed(range(len(blocks))) if blocks[n][1] and fine[n]), -1)
    uncertain = [block for block, _ in blocks[start + 1 :]]
    if start >= 0 and not uncertain:
        return
    first = sum(1 for child in container if child.tag == TC_PR)
    if not blocks and container.tag != _BODY:
        container.insert(first, empty)
        return
    ending = _Ending(fragment(empty, spaces))
    # A body may be empty: it only must not end with a table.
    begin = marks.node(Mark(site=_Passed(ending, start >= 0 or container.tag == _BODY)))
    if start >= 0:
        insert_after(blocks[start][0], begin)
    else:
        container.insert(first, begin)
    for block, is_fine in zip(uncertain, fine[start + 1 :], strict=True):
        insert_after(block, marks.node(Mark(site=_Passed(ending, is_fine))))
    container.append(marks.node(Mark(site=_Supply(ending))))
    if (section := container.find(SECT_PR)) is not None:
        container.append(section)
