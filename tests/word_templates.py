"""What tests ask of Word templates: their parts as trees, and what each style says in the end."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Properties = Mapping[str, Mapping[str, str]]  # element → attributes, without their namespace


@dataclass(frozen=True, slots=True)
class Style:
    """A style's own words over those of the styles it is based on and the defaults, by pPr and rPr."""

    identifier: str
    kind: str
    paragraph: Properties
    text: Properties


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template: its parts as trees (by path) and its styles (by name)."""

    kind: str
    names: tuple[str, ...]
    trees: Mapping[str, etree._Element]
    styles: Mapping[str, Style]

    def tree(self, name: str) -> etree._Element:
        return self.trees[f"word/{name}.xml"]

    @property
    def texts(self) -> list[etree._Element]:
        """The parts that are read: the document, headers, footers, notes."""
        return [tree for name, tree in self.trees.items() if _READ.fullmatch(name)]

    def style_of(self, paragraph: etree._Element) -> tuple[str, Style]:
        wanted = next(str(node.get(f"{W}val")) for node in paragraph.iter(f"{W}pStyle"))
        return next((name, style) for name, style in self.styles.items() if style.identifier == wanted)


_READ = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def read_template(kind: str, content: bytes) -> Template:
    """The template of a 文种 from the bytes of its docx."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = tuple(package.namelist())
        trees = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    return Template(kind, names, trees, dict(_styles(trees["word/styles.xml"])))


def _styles(root: etree._Element) -> Iterator[tuple[str, Style]]:
    nodes = {str(node.get(f"{W}styleId")): node for node in root.iter(f"{W}style")}
    for identifier, node in nodes.items():
        chain = [node]
        while (base := chain[-1].find(f"{W}basedOn")) is not None:
            chain.append(nodes[str(base.get(f"{W}val"))])
        said = [_effective(root, chain, group) for group in ("pPr", "rPr")]
        yield attributes(node, "name")["val"], Style(identifier, str(node.get(f"{W}type")), *said)


def _effective(root: etree._Element, chain: Sequence[etree._Element], group: str) -> Properties:
    defaults = root.findall(f"{W}docDefaults/{W}{group}Default")
    said: dict[str, dict[str, str]] = {}
    for node in (*defaults, *reversed(chain)):
        for element in node.iterfind(f"{W}{group}/*"):
            key = str(etree.QName(element).localname)
            said[key] = said.get(key, {}) | plain_attributes(element)
    return said


def plain_attributes(node: etree._Element) -> dict[str, str]:
    return {str(etree.QName(str(key)).localname): str(value) for key, value in node.attrib.items()}


def attributes(parent: etree._Element, tag: str) -> dict[str, str]:
    node = parent.find(W + tag)
    assert node is not None, tag
    return plain_attributes(node)


def text_of(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
