"""Tags that are alone in their paragraph print the paragraph too, so that whole paragraphs, pictures and documents can
take its place. And how much room a picture has where a tag stands."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen.template.engine.types import Computed, Item
from reportgen.template.syntax import Kind
from reportgen.template.word.additions.drawing import Room
from reportgen.template.word.blocks import Lifter, is_alone
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    P_PR,
    RANGE_MARKS,
    SECT_PR,
    TBL,
    TC,
    TC_PR,
    TEXT_BOX,
    Element,
    P,
    Spaces,
    ancestor,
    fragment,
    insert_before,
    remove,
    w,
)
from reportgen.template.word.printing import Frame, Pieces, RunSite

_SPACING, _VAL, _W = w("spacing"), w("val"), w("w")
# Paragraph properties that come before w:spacing: ECMA-376 part 1, CT_PPrBase.
_BEFORE_SPACING = frozenset(
    w(name)
    for name in (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "framePr",
            "widowControl",
            "numPr",
            "suppressLineNumbers",
        ),
        *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
        *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
    )
)
_END = "</w:p>"


def frame_alone(root: Element, marks: Marks, lifter: Lifter, spaces: Spaces) -> None:
    """Gives every tag that is alone in its paragraph the paragraph as its frame, and those control tags that print
    what they have kept the one they had to themselves."""
    for node in list(marks.nodes(root)):
        mark, paragraph = marks[node], node.getparent()
        if not isinstance(mark.site, RunSite) or paragraph is None:
            continue
        if mark.kind is Kind.VALUE and is_alone(marks, node):
            _frame(node, paragraph, marks, mark.site, spaces)
        elif mark.kind is Kind.CONTROL and node in lifter.dissolved:
            properties = lifter.dissolved[node]
            shell = etree.Element(P, nsmap={"w": w("")[1:-1]})
            if properties is not None:
                shell.append(copy.deepcopy(properties))
            whole, pictured = (_pieces(marks.items(fragment(p, spaces))) for p in (shell, _spaced(shell)))
            if whole is not None and pictured is not None:
                mark.site.stand_alone(
                    Frame(_open(whole), _open(pictured), _between(shell, marks, spaces), (_END,), is_needed=False)
                )


def _frame(node: Element, paragraph: Element, marks: Marks, site: RunSite, spaces: Spaces) -> None:
    """Puts the mark in the place of its paragraph."""
    parent = paragraph.getparent()
    number = list(paragraph).index(node)
    halves = _halves(marks.items(fragment(paragraph, spaces)), site)
    pictured = _halves(marks.items(fragment(_spaced(paragraph), spaces)), site)
    if parent is None or halves is None or pictured is None:
        return
    children = list(paragraph)
    around = [[c for c in part if c.tag in RANGE_MARKS] for part in (children[:number], children[number + 1 :])]
    texts = [_pieces(item for child in part for item in marks.items(fragment(child, spaces))) or () for part in around]
    is_needed = parent.tag in NEEDS_PARAGRAPH and parent.tag != w("body")
    between = _between(paragraph, marks, spaces)
    following = paragraph.getnext()
    is_followed = following is not None and following.tag == P and next(marks.nodes(following), None) is None
    marked = (texts[0], texts[1])
    site.stand_alone(Frame(halves[0], pictured[0], between, halves[1], marked, is_followed, is_needed))
    insert_before(paragraph, node)
    remove(paragraph)


def _halves(items: Iterable[Item], site: RunSite) -> tuple[Pieces, Pieces] | None:
    """What is printed before and after the tag; None when that holds tags itself."""
    listed = list(items)
    number = next(n for n, item in enumerate(listed) if not isinstance(item, str) and getattr(item, "site", 0) is site)
    before, after = _pieces(listed[:number]), _pieces(listed[number + 1 :])
    return None if before is None or after is None else (before, after)


def _pieces(items: Iterable[Item]) -> Pieces | None:
    listed = list(items)
    if not all(isinstance(item, (str, Computed)) for item in listed):
        return None
    return tuple(
        item.site if isinstance(item, Computed) else item for item in listed if isinstance(item, (str, Computed))
    )


def _open(pieces: Pieces) -> Pieces:
    """A paragraph's markup without its end."""
    *rest, last = pieces
    assert isinstance(last, str)
    return (
        *rest,
        last.removesuffix("/>") + ">" if last.endswith("/>") and len(pieces) == 1 else last.removesuffix(_END),
    )


def _between(paragraph: Element, marks: Marks, spaces: Spaces) -> Pieces:
    """What ends a paragraph and begins another like it."""
    properties = copy.deepcopy(paragraph.find(P_PR))
    if properties is None:
        return (f"{_END}<w:p>",)
    if (section := properties.find(SECT_PR)) is not None:
        properties.remove(section)
    return (f"{_END}<w:p>", *(_pieces(marks.items(fragment(properties, spaces))) or ()))


def _spaced(paragraph: Element) -> Element:
    """The paragraph with single line spacing: Word clips a picture under exact spacing."""
    spaced = copy.deepcopy(paragraph)
    properties = spaced.find(P_PR)
    if properties is None:
        properties = etree.Element(P_PR)
        spaced.insert(0, properties)
    spacing = properties.find(_SPACING)
    if spacing is None:
        spacing = etree.Element(_SPACING)
        place = next((n for n, child in enumerate(properties) if child.tag not in _BEFORE_SPACING), len(properties))
        properties.insert(place, spacing)
    spacing.set(w("line"), "240")
    spacing.set(w("lineRule"), "auto")
    return spaced


# ------------------------------------------------------------------------------------------------ room for a picture

_EMU_PER_TWIP = 635
_CELL_MARGINS = 216  # left and right together, where a table says nothing
_CAPTION = 850  # what a caption on the same page needs
_DEFAULT = (8_844, 12_756)  # 156 × 225 mm
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


@dataclass(frozen=True, slots=True)
class Rooms:
    """How much room there is at a paragraph, in twips: by its cell, its text box, or the columns of its section.

    `sections`: child of the body → the w:sectPr of its section; `last` is that of the last one, which headers and notes
    go by; `indents` the twips that a paragraph style takes away.
    """

    sections: Mapping[Element, Element]
    last: Element | None
    indents: Mapping[str, int]

    @classmethod
    def of(cls, root: Element, indents: Mapping[str, int]) -> Rooms:
        """The rooms of a document, `root` being that of its main part."""
        sections: dict[Element, Element] = {}
        current = last = root.find(f"{w('body')}/{SECT_PR}")
        for child in reversed(root[0] if len(root) else root):
            own = child.find(f"{P_PR}/{SECT_PR}") if child.tag == P else None
            current = own if own is not None else current
            if current is not None:
                sections[child] = current
        return cls(sections, last, indents)

    def at(self, node: Element) -> Room:
        width, height = self._area(node)
        paragraph = node if node.tag == P else ancestor(node, P)
        if paragraph is not None:
            width -= self._indent(paragraph)
        return Room(max(width, 200) * _EMU_PER_TWIP, max(height - _CAPTION, 200) * _EMU_PER_TWIP)

    def _area(self, node: Element) -> tuple[int, int]:
        height = _area_of(self._section(node))[1]
        for parent in node.iterancestors(TC, TEXT_BOX):
            width = _cell_width(parent) if parent.tag == TC else _box_width(parent)
            if width:
                return width, height
        return _area_of(self._section(node))

    def _section(self, node: Element) -> Element | None:
        chain = (node, *node.iterancestors())
        return next((self.sections[parent] for parent in chain if parent in self.sections), self.last)

    def _indent(self, paragraph: Element) -> int:
        properties = paragraph.find(P_PR)
        if properties is None:
            return 0
        own = properties.find(w("ind"))
        if own is not None:
            return indent_of(own)
        style = properties.find(w("pStyle"))
        return self.indents.get(style.get(_VAL, ""), 0) if style is not None else 0


def indent_of(node: Element) -> int:
    """What a w:ind takes of a line, in twips; a hanging indent takes nothing."""
    names = ("left", "start", "right", "end", "firstLine")
    return sum(max(_twips(node.get(w(name))), 0) for name in names)


def _area_of(section: Element | None) -> tuple[int, int]:
    """Width of a text column and height of the text area."""
    size, margins = (section.find(w(n)) if section is not None else None for n in ("pgSz", "pgMar"))
    if section is None or size is None or margins is None:
        return _DEFAULT
    across = _twips(size.get(_W)) - sum(_twips(margins.get(w(side))) for side in ("left", "right", "gutter"))
    down = _twips(size.get(w("h"))) - sum(abs(_twips(margins.get(w(side)))) for side in ("top", "bottom"))
    columns = section.find(w("cols"))
    count = _twips(columns.get(w("num"))) if columns is not None else 1
    if columns is None or count < 2:
        return across, down
    first = columns.find(w("col"))
    if first is not None and _twips(first.get(_W)):
        return _twips(first.get(_W)), down
    return (across - (count - 1) * _twips(columns.get(w("space")), 720)) // count, down


def _cell_width(cell: Element) -> int:
    """The width inside a cell; 0 when the template does not fix it."""
    width = cell.find(f"{TC_PR}/{w('tcW')}")
    if width is not None and width.get(w("type"), "dxa") == "dxa" and _twips(width.get(_W)):
        return _twips(width.get(_W)) - _CELL_MARGINS
    table, row = ancestor(cell, TBL), cell.getparent()
    grid = (
        [_twips(column.get(_W)) for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        if table is not None
        else []
    )
    if row is None or not grid:
        return 0
    start = sum(_span(other) for other in cell.itersiblings(TC, preceding=True))
    total = sum(grid[start : start + _span(cell)])
    return total - _CELL_MARGINS if total else 0


def _span(cell: Element) -> int:
    node = cell.find(f"{TC_PR}/{w('gridSpan')}")
    return max(_twips(node.get(_VAL)), 1) if node is not None else 1


def _box_width(box: Element) -> int:
    """The width of the text box's drawing, less the margins Word gives it."""
    for parent in box.iterancestors():
        extent = parent.find(_EXTENT)
        if extent is not None:
            return int(extent.get("cx", "0")) // _EMU_PER_TWIP - 288
    return 0


def _twips(text: str | None, default: int = 0) -> int:
    try:
        return round(float(text)) if text else default
    except ValueError:
        return default
