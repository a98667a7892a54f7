"""What must stay true of a part whatever its blocks do: cells that end with a paragraph, tables that have rows, ids and
names that occur once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Item, Spot
from reportgen.template.syntax import Kind, Tag
from reportgen.template.word.blocks import Fence, Lifter
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    RANGE_MARKS,
    TBL,
    TC_PR,
    TR,
    W14,
    Element,
    insert_after,
    insert_before,
    remove,
    w,
)

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")
_NOTES = tuple(w(name) for name in ("footnoteReference", "endnoteReference", "commentReference", "commentRangeStart"))
_INVISIBLE = frozenset({TC_PR, *RANGE_MARKS})
_MAX_NAME = 40  # characters of a bookmark's name


# ---------------------------------------------------------------------------------- cells that end with a paragraph


@dataclass(frozen=True, slots=True)
class _Branch:
    """What stands between two marks of a block: the mark before it, and the units."""

    head: Element
    units: list[_Unit]


@dataclass(frozen=True, slots=True)
class _Block:
    fence: Fence
    branches: list[_Branch]


_Unit = Element | _Block


class Paragraphs:
    """Adds the empty paragraphs, and the else branches, without which a block that prints nothing would leave a cell,
    text box or note without its last paragraph. Where a paragraph is certain nothing is added: no blank lines."""

    def __init__(self, marks: Marks, lifter: Lifter, fences: Sequence[Fence]) -> None:
        self._marks, self._lifter = marks, lifter
        self._openers = {fence.opener: fence for fence in fences}
        self._container: Element | None = None

    def ensure(self, root: Element) -> None:
        for container in list(root.iter(*NEEDS_PARAGRAPH)):
            if any(self._marks.is_mark(child) for child in container):
                self._container = container
                units = self._units(iter(list(container)), None)
                self._end(units, None, settled=False)
