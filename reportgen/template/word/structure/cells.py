"""docxtpl's tags of a single cell: {% cellbg %}, {% colspan %}, {% hm %} and {% vm %}."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reportgen.diagnostics import Diagnostic, FaultError
from reportgen.diagnostics.catalogue.template import pictures as codes
from reportgen.template.engine.run import Run
from reportgen.template.engine.tags import fault_at, unsupported
from reportgen.template.engine.types import Site, Spot
from reportgen.template.syntax import Kind
from reportgen.template.values import cited, number_of, plain_text
from reportgen.template.word.blocks import Fence
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import P_PR, TC, TC_PR, Element, P, ancestor, insert_after, insert_before, remove, w
from reportgen.template.word.structure.levels import within
from reportgen.template.word.structure.tables import MAX_COLUMNS

_SHADE, _SPAN, _MERGE, _VAL = w("shd"), w("gridSpan"), w("vMerge"), w("val")
_WORDS = frozenset({"cellbg", "colspan", "hm", "vm"})
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
# The order of cell properties: ECMA-376 part 1, CT_TcPr.
_ORDER = tuple(
    w(name)
    for name in (
        *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection"),
        *("tcFitText", "vAlign", "hideMark"),
    )
)


@dataclass(frozen=True, slots=True)
class CellTag:
    """A cell, and what a tag in it asks of it."""

    cell: Element
    spot: Spot


class _Colour:
    """Prints a fill colour; without one the cell has none."""

    def emit(self, value: object, run: Run) -> str:
        text = plain_text(value).strip()
        found = _COLOUR.fullmatch(text)
        if found is None and text not in ("", "auto"):
            raise FaultError(codes.BAD_COLOUR, value=cited(value))
        return found[1].upper() if found else "auto"


class _Span:
    """Prints a number of columns."""

    def emit(self, value: object, run: Run) -> str:
        number = number_of(value)
        if number is None or number != int(number) or not 1 <= number <= MAX_COLUMNS:
            raise FaultError(codes.BAD_SPAN, value=cited(value))
        return str(int(number))


class _Word:
    def emit(self, value: object, run: Run) -> str:
        return plain_text(value)


_COLOUR_SITE, _SPAN_SITE, _WORD_SITE = _Colour(), _Span(), _Word()


def take_cell_tags(root: Element, marks: Marks, faults: list[Diagnostic]) -> list[CellTag]:
    """Takes the tags out of the tree; what they ask is done by `apply_cell_tags` when the blocks are arranged."""
    found = []
    for node in list(marks.nodes(root)):
        spot = marks[node].spot
        if spot is None or spot.tag.kind is not Kind.CONTROL or spot.tag.word not in _WORDS:
            continue
        cell = ancestor(node, TC)
        remove(node)
        if cell is None:
            faults.append(unsupported(spot, spot.tag.word))
        else:
            found.append(CellTag(cell, spot))
    return found


def apply_cell_tags(
    tags: Sequence[CellTag], marks: Marks, fences: Sequence[Fence], faults: list[Diagnostic]
) -> list[Fence]:
    """Gives the cells their colours, spans and merges; the blocks this adds."""
    looped = {node for fence in fences if _is_loop(fence, marks) for node in within(fence)} if tags else set()
    added: list[Fence] = []
    for tag in tags:
        word = tag.spot.tag.word
        if word in ("hm", "vm") and tag.cell not in looped:
            faults.append(fault_at(tag.spot, codes.OUTSIDE_LOOP))
        elif word == "cellbg":
            _set(tag.cell, _SHADE, {w("val"): "clear", w("color"): "auto"}, w("fill"), marks, tag.spot, _COLOUR_SITE)
        elif word == "colspan":
            _set(tag.cell, _SPAN, {}, _VAL, marks, tag.spot, _SPAN_SITE)
        elif word == "hm":
            span = _own_span(tag.cell)
            _set(tag.cell, _SPAN, {}, _VAL, marks, _saying(tag.spot, f"loop.length * {span}"), _SPAN_SITE)
            added.append(_only_first(marks, tag.spot, tag.cell, tag.cell))
        else:
            added.append(_merge_down(tag, marks))
    return added


def _merge_down(tag: CellTag, marks: Marks) -> Fence:
    """vm: the cell goes on in every turn but the first, with an empty paragraph."""
    merge = _saying(tag.spot, "'restart' if loop.first else 'continue'")
    _set(tag.cell, _MERGE, {}, _VAL, marks, merge, _WORD_SITE)
    content = [child for child in tag.cell if child.tag != TC_PR]
    paragraph = next(tag.cell.iter(P), None)
    empty = etree.Element(P)
    if paragraph is not None and (properties := paragraph.find(P_PR)) is not None:
        empty.append(copy.deepcopy(properties))
    return _only_first(marks, tag.spot, content[0], content[-1], empty)


def _is_loop(fence: Fence, marks: Marks) -> bool:
    spot = marks[fence.opener].spot
    return spot is not None and spot.tag.word == "for"


def _saying(spot: Spot, body: str, kind: Kind = Kind.CONTROL) -> Spot:
    """The spot of a tag that stands for the one a person wrote."""
    return replace(spot, tag=replace(spot.tag, kind=kind, body=body, prefix="", meant=""))


def _only_first(marks: Marks, spot: Spot, first: Element, last: Element, otherwise: Element | None = None) -> Fence:
    """Prints `first` to `last` in the first turn of the loop, else `otherwise`."""
    opener = marks.node(Mark(_saying(spot, "if loop.first")))
    closer = marks.node(Mark(_saying(spot, "endif")))
    insert_before(first, opener)
    insert_after(last, closer)
    if otherwise is None:
        return Fence(opener, (), closer)
    middle = marks.node(Mark(_saying(spot, "else")))
    insert_before(closer, middle)
    insert_after(middle, otherwise)
    return Fence(opener, (middle,), closer)


def _own_span(cell: Element) -> int:
    span = cell.find(f"{TC_PR}/{_SPAN}")
    text = span.get(_VAL, "") if span is not None else ""
    return int(text) if text.isdecimal() else 1


def _set(cell: Element, name: str, fixed: dict[str, str], attribute: str, marks: Marks, spot: Spot, site: Site) -> None:
    """Puts a property whose `attribute` the tag computes among those of the cell, where the schema wants it."""
    body = spot.tag.rest if spot.tag.word in _WORDS else spot.tag.body
    properties = cell.find(TC_PR)
    if properties is None:
        properties = etree.Element(TC_PR)
        cell.insert(0, properties)
    for old in properties.findall(name):
        properties.remove(old)
    child = etree.Element(name, fixed)
    child.set(attribute, marks.token(Mark(_saying(spot, body, Kind.VALUE), site)))
    followers = _ORDER[_ORDER.index(name) + 1 :]
    place = next((n for n, other in enumerate(properties) if other.tag in followers), len(properties))
    properties.insert(place, child)
