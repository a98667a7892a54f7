"""WordprocessingML names, and where every paragraph stands in words a user knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast

from lxml import etree

from reportgen.diagnostics import Place
from reportgen.template.package.properties import property_label

Element = etree._Element
Spaces = Mapping[str | None, str]  # prefix → namespace, as an element declares them

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
P_PR, R_PR, SECT_PR, TC_PR = w("pPr"), w("rPr"), w("sectPr"), w("tcPr")
TEXT_BOX = w("txbxContent")
NOTES = (w("footnote"), w("endnote"), w("comment"))
# Marks of a stretch of the document: allowed between runs and between blocks alike, invisible themselves.
RANGE_MARKS = frozenset(
    w(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
# What Word notes down while it shows a document and makes anew by itself.
TRACES = (w("proofErr"), w("lastRenderedPageBreak"))
# Inline containers that may be cut in two at a tag: both halves keep the attributes.
SPLITTABLE = frozenset(w(name) for name in ("ins", "hyperlink", "smartTag", "moveTo"))
# Their content must end with a paragraph (ECMA-376 part 1, 17.4.65 for cells), or Word reports a damaged file.
NEEDS_PARAGRAPH = frozenset(
    {TC, TEXT_BOX, *(w(name) for name in ("body", "hdr", "ftr", "footnote", "endnote", "comment"))},
)


def is_strict(root: Element) -> bool:
    """True for the ISO Strict variant, whose namespaces differ."""
    return isinstance(root.tag, str) and root.tag.startswith(f"{{{_STRICT}}}")


def with_prefix(root: Element) -> Element:
    """The root, rebuilt when need be, so that the prefix `w` stands for WordprocessingML: printed runs use it."""
    if root.nsmap.get("w") == W:
        return root
    spaces: dict[str | None, str] = {p: uri for p, uri in root.nsmap.items() if uri != W}
    spaces["w"] = W
    fresh = etree.Element(root.tag, nsmap=cast(Mapping[str, str], spaces))
    fresh.attrib.update(root.attrib)
    fresh.text = root.text
    fresh.extend(list(root))
    return fresh


def ancestor(node: Element, name: str) -> Element | None:
    """The nearest ancestor of that name."""
    return next(node.iterancestors(name), None)


def runs(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph in order, through hyperlinks and insertions; not those of text boxes inside it, and not
    what has been moved away."""
    for run in paragraph.iter(R):
        if ancestor(run, P) is paragraph and ancestor(run, w("moveFrom")) is None:
            yield run


def is_in(node: Element, container: Element) -> bool:
    return any(parent is container for parent in node.iterancestors())


def insert_before(anchor: Element, node: Element) -> None:
    """Puts `node` in front of `anchor`; text behind `node` goes with it, that behind `anchor` stays."""
    anchor.addprevious(node)


def insert_after(anchor: Element, node: Element) -> None:
    """Puts `node` behind `anchor`, before the text that followed `anchor`."""
    tail, anchor.tail = anchor.tail, None
    anchor.addnext(node)
    node.tail = tail


def shell(node: Element) -> Element:
    """A new element of the same name and attributes, without content."""
    fresh = etree.Element(node.tag)
    fresh.attrib.update(node.attrib)
    return fresh


def fragment(element: Element, spaces: Spaces) -> str:
    """`element` as text that can stand inside a part: what the root declares (`spaces`) is not declared again."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, uri in spaces.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"', "")
    return text


def remove(node: Element) -> None:
    """Takes `node` out of the tree; white space behind it goes too."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def append_paragraph(first: Element, second: Element) -> None:
    """Moves what a paragraph holds to the end of the one before, whose properties stay."""
    first.extend([child for child in second if child.tag != P_PR])
    remove(second)


def common_ancestor(nodes: Sequence[Element]) -> Element:
    """The nearest element that holds all of them."""
    for candidate in nodes[0].iterancestors():
        if all(is_in(node, candidate) for node in nodes[1:]):
            return candidate
    raise ValueError("marks of different trees")


def is_inline(node: Element, common: Element) -> bool:
    """True when nothing but containers that may be cut lies between `node` and `common`."""
    for parent in node.iterancestors():
        if parent is common:
            return True
        if parent.tag not in SPLITTABLE:
            return False
    return False


def split_up_to(node: Element, common: Element) -> None:
    """Cuts the inline containers around `node` in two, until it is a child of `common`."""
    while (container := node.getparent()) is not None and container is not common:
        rest = shell(container)
        rest.extend(list(node.itersiblings()))
        insert_after(container, node)
        if len(rest):
            insert_after(node, rest)
        if not len(container):
            remove(container)


@dataclass(slots=True)
class _Counter:
    """How many of a thing have been met in one story (a part, or a text box in it)."""

    paragraphs: int = 0
    tables: int = 0

    def next_paragraph(self) -> int:
        self.paragraphs += 1
        return self.paragraphs

    def next_table(self) -> int:
        self.tables += 1
        return self.tables


class Places:
    """Numbers the paragraphs and tables of a part before anything is moved.

    The n-th w:p of the part, empty ones and those in tables counted; a text box counts its own, and the copy that
    Word keeps of it for older programs has the same number. So does a note; `numbers` are those that notes print, by
    their ids. In a part that `has_properties` each is called by its name.
    """

    def __init__(
        self,
        root: Element,
        file: str,
        part: str,
        numbers: Mapping[str, int] = MappingProxyType({}),
        has_properties: bool = False,
    ) -> None:
        self._file, self._part, self._has_properties = file, part, has_properties
        own = [note for note in root.iterchildren(*NOTES) if note.get(w("type"), "normal") == "normal"]
        self._notes = {note: numbers.get(note.get(w("id"), ""), n) for n, note in enumerate(own, 1)}
        self._counters: dict[str, _Counter] = {}
        self._boxes: dict[Element, int] = {}
        self._box_count = 0
        self._positions: dict[Element, int] = {}
        self._places: dict[Element, Place] = {}
        children: dict[Element | None, int] = {}
        for node in root.iter(P, TBL, TR, TC, TEXT_BOX):
            if node.tag == TEXT_BOX:
                self._boxes[node] = self._box_number(node)
                self._counters.pop(self._story(node), None)
            elif node.tag == TBL:
                self._positions[node] = self._counter(node).next_table()
            elif node.tag == P:
                self._places[node] = self._number(node)
            else:
                parent = node.getparent()
                self._positions[node] = children[parent] = children.get(parent, 0) + 1

    def of(self, node: Element) -> Place:
        """The place of a node: that of the paragraph it lies in, else of the part."""
        paragraph = node if node.tag == P else ancestor(node, P)
        while paragraph is not None and paragraph not in self._places:
            paragraph = ancestor(paragraph, P)
        if paragraph is not None:
            return self._places[paragraph]
        return Place(file=self._file, part=self._part + (property_label(node) if self._has_properties else ""))

    def _number(self, paragraph: Element) -> Place:
        number = self._counter(paragraph).next_paragraph()
        place = Place(file=self._file, part=self._story(paragraph), paragraph=number)
        cell = ancestor(paragraph, TC)
        row = ancestor(cell, TR) if cell is not None else None
        table = ancestor(row, TBL) if row is not None else None
        box = ancestor(paragraph, TEXT_BOX)
        if cell is None or row is None or table is None or (box is not None and not is_in(cell, box)):
            return place
        at = self._positions
        return replace(place, table=at[table], table_row=at[row], table_column=at[cell])

    def _story(self, node: Element) -> str:
        box = node if node.tag == TEXT_BOX else ancestor(node, TEXT_BOX)
        note = next(node.iterancestors(*NOTES), None) if self._notes else None
        part = self._part if note is None else f"{self._part}{self._notes.get(note, '')}"
        return part if box is None else f"{part} 文本框{self._boxes[box]}"

    def _counter(self, node: Element) -> _Counter:
        return self._counters.setdefault(self._story(node), _Counter())

    def _box_number(self, box: Element) -> int:
        fallback = next((a for a in box.iterancestors() if etree.QName(a).localname == "Fallback"), None)
        self._box_count = max(self._box_count, 1) if fallback is not None else self._box_count + 1
        return self._box_count
