"""How much room a picture has where a tag stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.template.word.additions.drawing import Room
from reportgen.template.word.ooxml import P_PR, SECT_PR, TBL, TC, TC_PR, TEXT_BOX, TR, Element, P, ancestor, w

_VAL, _W = w("val"), w("w")
_EMU_PER_TWIP = 635
_CELL_MARGIN = 108  # left and right, where neither a table nor its style says
_SIDES = (("left", "start"), ("right", "end"))
_CAPTION = 850  # what a caption on the same page needs
_DEFAULT = (8_844, 12_756)  # 156 × 225 mm
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


@dataclass(frozen=True, slots=True)
class Rooms:
    """How much room there is at a paragraph, in twips: by its cell, its text box, or the columns of its section.

    `sections`: child of the body → the w:sectPr of its section; `last` is that of the last one, which headers and notes
    go by; `indents` the twips that a paragraph style takes away; `margins` those that a table style, by its id, keeps
    at the left and the right of a cell, the default one under "".
    """

    sections: Mapping[Element, Element]
    last: Element | None
    indents: Mapping[str, int]
    margins: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, root: Element, styles: Element | None) -> Rooms:
        """The rooms of a document, `root` being that of its main part and `styles` that of its styles."""
        sections: dict[Element, Element] = {}
        current = last = root.find(f"{w('body')}/{SECT_PR}")
        for child in reversed(root[0] if len(root) else root):
            own = child.find(f"{P_PR}/{SECT_PR}") if child.tag == P else None
            current = own if own is not None else current
            if current is not None:
                sections[child] = current
        return cls(sections, last, _indents(styles), _margins(styles))

    def at(self, node: Element) -> Room:
        width, height = self._area(node)
        paragraph = node if node.tag == P else ancestor(node, P)
        if paragraph is not None:
            width -= self._indent(paragraph)
        return Room(max(width, 200) * _EMU_PER_TWIP, max(height - _CAPTION, 200) * _EMU_PER_TWIP)

    def _area(self, node: Element) -> tuple[int, int]:
        height = _area_of(self._section(node))[1]
        for parent in node.iterancestors(TC, TEXT_BOX):
            width = self._cell_width(parent) if parent.tag == TC else _box_width(parent)
            if width:
                return width, height
        return _area_of(self._section(node))

    def _cell_width(self, cell: Element) -> int:
        """The width inside a cell; 0 when the template does not fix it."""
        width = _outer_width(cell)
        return width - self._cell_margins(cell) if width else 0

    def _cell_margins(self, cell: Element) -> int:
        """Left and right together: the cell's own, its table's, or those of the table's style."""
        table = ancestor(cell, TBL)
        properties = _first(table, w("tblPr")) if table is not None else None
        style = properties.find(w("tblStyle")) if properties is not None else None
        given = self.margins.get(style.get(_VAL, "") if style is not None else "", self.margins[""])
        own = cell.find(f"{TC_PR}/{w('tcMar')}")
        tables = properties.find(w("tblCellMar")) if properties is not None else None
        return sum(_margin((own, tables), names, given[n]) for n, names in enumerate(_SIDES))

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


def _margin(said: Iterable[Element | None], names: Iterable[str], default: int) -> int:
    """What the first of these w:tcMar and w:tblCellMar to name the side says of it."""
    for node in said:
        for side in (node.find(w(name)) for name in names) if node is not None else ():
            if side is not None:
                return _twips(side.get(_W))
    return default


def _first(table: Element, name: str) -> Element | None:
    """What stands in front of a table's rows; lxml's own searches would look at all of them."""
    for child in table:
        if child.tag in (name, TR):
            return child if child.tag == name else None
    return None


def _outer_width(cell: Element) -> int:
    """The width of a cell with its margins; 0 when the template does not fix it."""
    width = cell.find(f"{TC_PR}/{w('tcW')}")
    if width is not None and width.get(w("type"), "dxa") == "dxa" and _twips(width.get(_W)):
        return _twips(width.get(_W))
    table, row = ancestor(cell, TBL), cell.getparent()
    columns = _first(table, w("tblGrid")) if table is not None else None
    grid = [_twips(column.get(_W)) for column in columns.iterfind(w("gridCol"))] if columns is not None else []
    if row is None or not grid:
        return 0
    start = sum(_span(other) for other in cell.itersiblings(TC, preceding=True))
    return sum(grid[start : start + _span(cell)])


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


def _margins(root: Element | None) -> Mapping[str, tuple[int, int]]:
    """Table style → what it keeps at the left and the right of a cell, by itself or by those it is based on."""
    tables = root.iterfind(f"{w('style')}[@{w('type')}='table']") if root is not None else ()
    styles = {style.get(w("styleId"), ""): style for style in tables}
    found = {name: _style_margins(style, styles) for name, style in styles.items()}
    default = next(
        (found[name] for name, style in styles.items() if style.get(w("default")) in ("1", "true", "on")), None
    )
    return {**found, "": default or (_CELL_MARGIN, _CELL_MARGIN)}


def _style_margins(style: Element | None, styles: Mapping[str, Element]) -> tuple[int, int]:
    said: list[Element | None] = []
    seen: set[Element] = set()
    while style is not None and style not in seen:
        seen.add(style)
        said.append(style.find(f"{w('tblPr')}/{w('tblCellMar')}"))
        base = style.find(w("basedOn"))
        style = styles.get(base.get(_VAL, "")) if base is not None else None
    left, right = (_margin(said, names, _CELL_MARGIN) for names in _SIDES)
    return left, right


def _indents(root: Element | None) -> Mapping[str, int]:
    """Paragraph style → the twips its indents take of a line."""
    found: dict[str, int] = {}
    for style in root.iter(w("style")) if root is not None else ():
        indent = style.find(f"{P_PR}/{w('ind')}")
        if indent is not None:
            found[style.get(w("styleId"), "")] = indent_of(indent)
    return found
