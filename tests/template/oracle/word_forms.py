"""The text and structure of a finished document, a line for each paragraph, cell, row and table.

What no reader can see is left out: ids, names, spelling marks, how text is cut into runs, the text of cells that a
merge covers, references to styles that the document does not have (ECMA-376 part 1, 17.3.1.27).
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

Look = frozenset[str]  # run properties
Looks = Mapping[str, Look]  # name of a character style → the properties it stands for

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARTS = re.compile(r"word/(document|(header|footer)\d*|footnotes|endnotes|comments)\.xml|docProps/core\.xml")
_CORE = ("title", "subject", "creator", "description", "identifier", "language")  # properties that may hold tags
_BLOCKS = frozenset(
    _W + name for name in ("body", "tbl", "tr", "tc", "sdt", "sdtContent", "footnote", "endnote", "comment")
)
_INLINE = frozenset(_W + name for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple"))
_UNSEEN = frozenset(
    _W + name
    for name in (
        *("proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd"),
        *("noProof", "lang", "sdtPr", "sdtEndPr", "tblGrid"),
    )
)
_UNSEEN_ATTRIBUTES = re.compile(r"rsid|paraId|textId|anchorId|editId|\bid$|\bname$|\bdescr$|\}space$|\}hint$")
_STYLE_REFERENCES = frozenset(_W + name for name in ("pStyle", "rStyle", "tblStyle"))
_EMU_PER_MM = 36_000
BREAK, PAGE = "↵", "⤓"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: a paragraph with its pieces of text, or something that only has a head."""

    depth: int
    head: str
    pieces: tuple[tuple[Look, str], ...] = ()
    is_paragraph: bool = False

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.pieces)

    def __str__(self) -> str:
        pieces = (f"⟨{'; '.join(sorted(look))}⟩{text}" for look, text in self.pieces)
        return "  " * self.depth + " ".join([self.head, *pieces])


def form(data: bytes, looks: Looks | None = None) -> list[Line]:
    """Every part of a .docx that may hold tags, by name. A character style of `looks` counts as what it stands for.

    Raises XMLSyntaxError when a part is not XML.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(name for name in archive.namelist() if _PARTS.fullmatch(name))
        styles = {style.get(_W + "styleId", "") for style in _root(archive, "word/styles.xml").iter(_W + "style")}
        return [line for name in names for line in _lines(archive, name, looks or {}, styles)]


def merged(pieces: Iterable[tuple[Look, str]]) -> tuple[tuple[Look, str], ...]:
    """Pieces of the same look joined, empty ones dropped."""
    kept: list[tuple[Look, str]] = []
    for look, text in pieces:
        if kept and kept[-1][0] == look:
            kept[-1] = (look, kept[-1][1] + text)
        elif text:
            kept.append((look, text))
    return tuple(kept)


def _root(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))


def _lines(archive: zipfile.ZipFile, name: str, looks: Looks, styles: Collection[str]) -> Iterator[Line]:
    root = _root(archive, name)
    yield Line(0, name)
    if name.startswith("docProps/"):
        found = {etree.QName(node).localname: (node.text or "").strip() for node in root}
        yield from (Line(1, f"{key}: {found[key]}") for key in _CORE if found.get(key))
    else:
        yield from _Part(_targets(archive, name), looks, styles).blocks(root, 1)


def _targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Relationship id → the address, or a digest of the picture."""
    folder, base = posixpath.split(name)
    rels = f"{folder}/_rels/{base}.rels"
    if rels not in archive.namelist():
        return {}
    found = {}
    for node in _root(archive, rels):
        target = node.get("Target", "")
        if node.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            is_picture = "/media/" in path and path in archive.namelist()
            target = hashlib.sha256(archive.read(path)).hexdigest()[:8] if is_picture else "part"
        found[node.get("Id", "")] = target
    return found


def _is_covered(node: etree._Element) -> bool:
    """True for a cell that continues a vertical merge."""
    merge = node.find(f"{_W}tcPr/{_W}vMerge") if node.tag == _W + "tc" else None
    return merge is not None and merge.get(_W + "val", "continue") == "continue"


class _Part:
    def __init__(self, targets: Mapping[str, str], looks: Looks, styles: Collection[str]) -> None:
        self._targets, self._looks, self._styles = targets, looks, styles

    def blocks(self, node: etree._Element, depth: int) -> Iterator[Line]:
        is_covered = _is_covered(node)
        for child in node.iterchildren(etree.Element):
            if child.tag == _W + "p":
                pieces = () if is_covered else merged(self._pieces(child))
                yield Line(depth, self._properties(child), pieces, is_paragraph=True)
                yield from self._boxes(child, depth + 1)
            elif child.tag in _BLOCKS:
                grid = child.find(_W + "tblGrid")
                columns = "" if grid is None else f" of {len(grid)} columns"
                yield Line(depth, etree.QName(child).localname + columns)
                yield from self.blocks(child, depth + 1)
            elif child.tag not in _UNSEEN:
                yield Line(depth, self._plain(child))

    def _boxes(self, paragraph: etree._Element, depth: int) -> Iterator[Line]:
        """The text boxes in a paragraph, without the copies that Word keeps of them for older programs."""
        for box in paragraph.iter(_W + "txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None and next(box.iterancestors(_W + "p")) is paragraph:
                yield Line(depth, "text box")
                yield from self.blocks(box, depth + 1)

    def _properties(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(_W + "pPr")
        return "¶" if properties is None else f"¶ {self._inside(properties, leave_out=_W + 'rPr')}".rstrip()

    def _pieces(self, node: etree._Element) -> Iterator[tuple[Look, str]]:
        for child in node.iterchildren(etree.Element):
            if child.tag == _W + "r":
                look = self._look(child.find(_W + "rPr"))
                yield from ((look, self._in_run(part)) for part in child.iterchildren(etree.Element))
            elif child.tag in _INLINE:
                address = self._targets.get(child.get(_R + "id", ""), "")
                yield frozenset(), f"[{etree.QName(child).localname} {address}|"
                yield from self._pieces(child)
                yield frozenset(), "|]"

    def _look(self, properties: etree._Element | None) -> Look:
        if properties is None:
            return frozenset()
        found: set[str] = set()
        for child in properties.iterchildren(etree.Element):
            style = child.get(_W + "val", "") if child.tag == _W + "rStyle" else ""
            if style in self._looks:
                found |= self._looks[style]
            elif self._is_seen(child):
                found.add(self._plain(child))
        return frozenset(found)

    def _is_seen(self, node: etree._Element) -> bool:
        if node.tag in _STYLE_REFERENCES:
            return node.get(_W + "val") in self._styles
        return node.tag not in _UNSEEN

    def _in_run(self, node: etree._Element) -> str:
        if node.tag == _W + "t":
            text = node.text or ""
            return text if node.get(_SPACE) == "preserve" else text.strip(" \t\n")
        if node.tag == _W + "rPr" or node.tag in _UNSEEN:
            return ""
        if pictures := list(node.iter(_DRAWING + "inline", _DRAWING + "anchor")):
            return "".join(map(self._picture, pictures))
        name = etree.QName(node).localname
        if name == "br":
            return PAGE if node.get(_W + "type") == "page" else BREAK
        if name in ("AlternateContent", "pict", "object"):
            return f"[{name}]"
        return {"tab": "→", "cr": BREAK}.get(name) or self._plain(node)

    def _picture(self, node: etree._Element) -> str:
        extent = node.find(_DRAWING + "extent")
        sides = () if extent is None else (int(extent.get(side, 0)) / _EMU_PER_MM for side in ("cx", "cy"))
        held = " ".join(self._targets.get(blip.get(_R + "embed", ""), "?") for blip in node.iter("{*}blip"))
        return f"[picture {held} {'×'.join(f'{side:.1f}' for side in sides)} mm]"

    def _plain(self, node: etree._Element) -> str:
        """An element of properties: its name, its attributes and what it holds, in an order of their own."""
        pairs = (
            f"{etree.QName(key).localname}={self._targets.get(value, '') if key.startswith(_R) else value}"
            for key, value in ((str(key), str(value)) for key, value in node.attrib.items())
            if not _UNSEEN_ATTRIBUTES.search(key)
        )
        inside = self._inside(node)
        text = (node.text or "").strip() if not len(node) else ""
        return " ".join([etree.QName(node).localname, *sorted(pairs)]) + (f"({inside})" if inside else "") + text

    def _inside(self, node: etree._Element, leave_out: str = "") -> str:
        children = (c for c in node.iterchildren(etree.Element) if self._is_seen(c) and c.tag != leave_out)
        return ", ".join(sorted(map(self._plain, children)))


def text_style(identity: str, properties: Iterable[etree._Element]) -> tuple[str, Look]:
    """A character style with these run properties: its XML, and what it counts as."""
    inside = list(properties)
    xml = "".join(etree.tostring(node, encoding="unicode", with_tail=False) for node in inside)
    part = _Part({}, {}, ())
    return (
        f'<w:style xmlns:w="{_W[1:-1]}" w:type="character" w:styleId="{identity}"><w:name w:val="{identity}"/>'
        f"<w:rPr>{xml}</w:rPr></w:style>",
        frozenset(part._plain(node) for node in inside),
    )
