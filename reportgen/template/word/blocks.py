"""Control tags brought to the level where they work: paragraphs and rows that hold nothing else vanish, rows whose ends
open and close a block repeat, and every block's ends become siblings in the tree."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from reportgen.diagnostics import Code, Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.blocks import Block, match
from reportgen.template.engine.types import Spot
from reportgen.template.syntax import Kind, Tag
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    P,
    P_PR,
    R,
    R_PR,
    RANGE_MARKS,
    SECT_PR,
    SPLITTABLE,
    T,
    TBL,
    TC,
    TC_PR,
    TR,
    TRACES,
    Element,
    ancestor,
    insert_after,
    insert_before,
    remove,
    w,
)

_BLANK_IN_RUN = frozenset({R_PR, w("tab"), w("cr"), *TRACES})
_ROW_PROPERTIES = frozenset({w("tblPrEx"), w("trPr"), *RANGE_MARKS})
_UNITS = {"p": "段落", "tr": "行", "tc": "单元格"}


class Lifter:
    """Arranges the marks of one part. Afterwards the marks of every block have the same parent."""

    def __init__(self, marks: Marks, faults: list[Diagnostic]) -> None:
        self._marks, self._faults = marks, faults
        # What a cell's last paragraph looked like, for the empty one it may need after that has vanished.
        self._vanished: dict[Element, Element] = {}

    def lift(self, root: Element) -> tuple[Block, ...]: ...
