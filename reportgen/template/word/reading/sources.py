"""The parts of a .docx that may hold tags, as they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from reportgen.diagnostics import Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.types import TemplateError
from reportgen.template.package import Package, relationships_name
from reportgen.template.word.ooxml import Element, Places, is_strict
from reportgen.template.word.reading.labels import header_labels, note_numbers
from reportgen.template.word.repeated.links import Link, tagged_links

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# What a filled template calls itself, by what the template does: Word opens no .docx that says it is a template, or
# that it holds macros.
DOCUMENT = f"{_WORD}document.main+xml"
STYLES = f"{_WORD}styles+xml"
_OTHERS = ("document.macroEnabled", "template.macroEnabledTemplate")
CONTENT_TYPES = frozenset(
    {DOCUMENT, f"{_WORD}template.main+xml", *(f"application/vnd.ms-word.{kind}.main+xml" for kind in _OTHERS)}
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part: what users call it, whether there may be several, and what it holds: paragraphs, notes (by the
    element that the text refers to them with), properties."""

    label: str
    several: bool = False
    has_paragraphs: bool = True
    reference: str = ""
    has_properties: bool = False


# In reading order, which is the order of diagnostics.
KINDS: Mapping[str, Kind] = {
    **{kind: Kind("正文") for kind in sorted(CONTENT_TYPES)},
    f"{_WORD}header+xml": Kind("页眉", several=True),
    f"{_WORD}footer+xml": Kind("页脚", several=True),
    f"{_WORD}footnotes+xml": Kind("脚注", reference="footnoteReference"),
    f"{_WORD}endnotes+xml": Kind("尾注", reference="endnoteReference"),
    f"{_WORD}comments+xml": Kind("批注", reference="commentReference"),
    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml": Kind("图表", True, False),
    "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml": Kind("图示", True, False),
    "application/vnd.ms-office.drawingml.diagramDrawing+xml": Kind("图示画面", True, False),  # what Word shows of it
    "application/vnd.openxmlformats-package.core-properties+xml": Kind("文档属性", False, False, has_properties=True),
    "application/vnd.openxmlformats-officedocument.extended-properties+xml": Kind(
        "文档属性", False, False, has_properties=True
    ),
    "application/vnd.openxmlformats-officedocument.custom-properties+xml": Kind(
        "自定义属性", False, False, has_properties=True
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A part as read: its entry name, its rank in reading order, what users call it, its bytes and its tree.

    `links` are the hyperlinks whose addresses hold tags, `numbers` those that notes print, by their ids.
    """

    name: str
    rank: int
    label: str
    source: bytes
    root: Element
    has_paragraphs: bool = True
    links: Mapping[str, Link] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    has_properties: bool = False

    @classmethod
    def of(cls, name: str, rank: int, label: str, source: bytes, root: Element, links: Element | None) -> Source:
        etree.strip_elements(root, etree.Comment, etree.PI, with_tail=False)
        return cls(name, rank, label, source, root, True, tagged_links(links) if links is not None else {})

    def without_paragraphs(self) -> Source:
        """A part whose text stands in elements of other kinds: charts, properties."""
        return replace(self, has_paragraphs=False)

    def places(self, file: str) -> Places:
        """Where everything in the part stands, before anything is moved."""
        return Places(self.root, file, self.label, self.numbers, self.has_properties)


def sources_of(package: Package, number: int) -> list[Source]:
    """The parts that may hold tags, in reading order; `number` is that of the file among those of the folder."""
    order = list(KINDS)
    types = package.content_types()
    aside = _building_blocks(package)
    known = [name for name in package.names() if types.get(name) in KINDS and name not in aside]
    known.sort(key=lambda name: (order.index(types[name]), _numbers(name), name))
    main = package.tree(package.main_part())
    headers = header_labels(package, main)
    counts: dict[str, int] = {}
    sources: list[Source] = []
    for name in known:
        kind = KINDS[types[name]]
        counts[kind.label] = counts.get(kind.label, 0) + 1
        label = headers.get(name) or (f"{kind.label}{counts[kind.label]}" if kind.several else kind.label)
        root = main if name == package.main_part() else package.tree(name)
        if is_strict(root):
            raise TemplateError([codes.STRICT.at(Place(file=package.name))])
        links = package.tree(relationships_name(name)) if relationships_name(name) in package else None
        rank = number * 1_000 + len(sources)
        source = Source.of(name, rank, label, package.read(name), root, links if kind.has_paragraphs else None)
        if kind.reference:
            source = replace(source, numbers=note_numbers(main, kind.reference))
        source = replace(source, has_properties=kind.has_properties)
        sources.append(source if kind.has_paragraphs else source.without_paragraphs())
    return sources


def style_root(package: Package) -> Element | None:
    """The document's styles."""
    types, aside = package.content_types(), _building_blocks(package)
    names = (name for name in package.names() if types.get(name) == STYLES and name not in aside)
    return next((package.tree(name) for name in names), None)


def _building_blocks(package: Package) -> frozenset[str]:
    """The parts of the document's store of building blocks, which has styles, headers and notes of its own."""
    stores = [rel.target for rel in package.related(package.main_part()) if rel.kind.endswith("/glossaryDocument")]
    return frozenset(rel.target for store in stores for rel in package.related(store))


def _numbers(name: str) -> tuple[int, ...]:
    """header10.xml comes after header9.xml."""
    return tuple(int(digits) for digits in re.findall(r"\d+", name))
