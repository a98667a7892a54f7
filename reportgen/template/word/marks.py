"""Tags of a part joined across runs and replaced, each, by one mark in the tree.

A mark in the tree is a processing instruction; in an attribute or in text outside runs it is a token. Both carry the
number of a Mark, and both can be told from anything the part itself holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lxml import etree

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import match
from reportgen.template.engine.tags import mended, unsupported
from reportgen.template.engine.types import Captured, Computed, Control, Item, Site, Spot, Value
from reportgen.template.fragments import Level
from reportgen.template.suspicion import has_braces
from reportgen.template.syntax import (
    Kind,
    Literal,
    Piece,
    Tag,
    Unclosed,
    escapes,
    excerpt,
    is_raw_after,
    may_hold_tags,
    scan,
)
from reportgen.template.word.ooxml import TRACES, Element, P, Places, T, ancestor, remove
from reportgen.template.word.printing import ATTRIBUTE, TEXT, Printer
from reportgen.template.word.reading.lines import Line, join_field_codes
from reportgen.template.word.structure.breaks import join_cut_tags

# Control tags that print what their block has kept, `for` if it is recursive.
_PRINTING = frozenset({"call", "filter", "for"})


@dataclass(slots=True)
class Mark:
    """One mark: a tag with its spot, and the site that prints it (None for most control tags and for comments).

    An opener has the `level` of what its block holds; `captured` is a stretch that the mark stands for.
    """

    spot: Spot | None = None
    site: Site | None = None
    level: Level | None = None
    captured: Captured | None = None

    @property
    def kind(self) -> Kind | None:
        return self.spot.tag.kind if self.spot else None

    @property
    def word(self) -> str:
        """The statement of a control tag."""
        return self.spot.tag.word if self.spot else ""

    @property
    def prefix(self) -> str:
        return self.spot.tag.prefix if self.spot else ""

    def item(self) -> Item | None:
        """What the mark is to a Program; comments are nothing."""
        if self.captured is not None:
            return self.captured
        if self.spot is None:
            return Computed(self.site) if self.site else None
        if self.kind is Kind.CONTROL:
            return Control(self.spot, self.level, self.site)
        return Value(self.spot, self.site) if self.site is not None else None


class Marks:
    """All marks of one part, and the word that tells them from the part's own text."""

    def __init__(self, source: bytes, part: str) -> None:
        self.part = part
        self.word = "reportgen-mark"
        while self.word.encode() in source:
            self.word += "-"
        self._marks: list[Mark] = []
        self._splitter = re.compile(rf"<\?{self.word} (\d+)\?>|{self.word}:(\d+):")

    def __getitem__(self, node: Element) -> Mark:
        return self._marks[int(node.text or 0)]

    def __bool__(self) -> bool:
        return bool(self._marks)

    def node(self, mark: Mark) -> Element:
        """A new mark for the tree."""
        self._marks.append(mark)
        return etree.ProcessingInstruction(self.word, str(len(self._marks) - 1))

    def token(self, mark: Mark) -> str:
        """A new mark for an attribute or a text."""
        self._marks.append(mark)
        return f"{self.word}:{len(self._marks) - 1}:"

    def nodes(self, root: Element) -> Iterator[Element]:
        """The marks in the tree, in document order."""
        return (node for node in root.iter(etree.PI) if self.is_mark(node))

    def is_mark(self, node: Element) -> bool:
        return isinstance(node, etree._ProcessingInstruction)

    def items(self, xml: str) -> Iterator[Item]:
        """A serialised part into the items of a program. Cutting at the marks is exact: nothing else in the part
        holds their word."""
        pieces = self._splitter.split(xml)
        for n in range(0, len(pieces), 3):
            if pieces[n]:
                yield pieces[n]
            if n + 1 < len(pieces):
                item = self._marks[int(pieces[n + 1] or pieces[n + 2])].item()
                if item is not None:
                    yield item


class Joiner:
    """Puts marks in place of the tags of one part. Faults of the tags themselves (unclosed) go to `faults`."""

    def __init__(self, marks: Marks, printer: Printer, places: Places, faults: list[Diagnostic]) -> None:
        self._marks, self._printer, self._places, self._faults = marks, printer, places, faults
        self.texts: list[tuple[str, Place]] = []  # what stands in paragraphs and holds a brace
        self._changed = False
        self._raw = False  # whether {% raw %} is open

    def join(self, root: Element) -> bool:
        """Every tag of the part: those in runs, then those in attributes and in text outside runs. False when the part
        has neither tags nor escapes."""
        for paragraph in list(root.iter(P)):
            self._paragraph(paragraph)
        for element in root.iter(etree.Element):
            if element.tag != T and element.text and may_hold_tags(element.text):
                element.text = self._tokens(element.text, self._places.of(element), TEXT)
            for name, value in element.attrib.items():
                if may_hold_tags(str(value)):
                    element.set(name, self._tokens(str(value), self._places.of(element), ATTRIBUTE))
        return self._changed or bool(self._marks)

    def join_text(self, text: str, place: Place, site: Site) -> str:
        """A text outside the part's XML with its tags replaced by tokens."""
        return self._tokens(text, place, site)

    def _paragraph(self, paragraph: Element) -> None:
        join_field_codes(paragraph)
        line = Line(paragraph)
        place = self._places.of(paragraph)
        pieces = scan(line.text, self._raw) if may_hold_tags(line.text) else ()
        if any(isinstance(piece, Unclosed) for piece in pieces) and join_cut_tags(paragraph):
            self._paragraph(paragraph)
            return
        was_raw, self._raw = self._raw, is_raw_after(pieces, self._raw)
        if has_braces(line.text) and not was_raw and not self._raw:
            self.texts.append((line.text, place))
        if any(isinstance(piece, Tag) for piece in pieces):
            for trace in [node for node in paragraph.iter(*TRACES) if ancestor(node, P) is paragraph]:
                remove(trace)
        for piece in reversed(pieces):
            if isinstance(piece, Literal) and piece.is_raw:
                continue
            if isinstance(piece, Literal):
                for offset, written, meant in reversed(escapes(line.text[piece.start : piece.end])):
                    line.replace(piece.start + offset, piece.start + offset + len(written), meant)
                    self._changed = True
            elif spot := self._spot(piece, place, line.text, pieces):
                line.put(piece.start, piece.end, partial(self._node, spot))

    def _node(self, spot: Spot, run: Element) -> Element:
        prints = spot.tag.kind is Kind.VALUE or spot.tag.word in _PRINTING
        return self._marks.node(Mark(spot, self._printer.in_run(run, spot.place) if prints else None))

    def _tokens(self, text: str, place: Place, site: Site) -> str:
        """`text` with its tags replaced by tokens. Its blocks must begin and end in it."""
        pieces = scan(text)
        spots = [self._spot(piece, place, text, pieces) for piece in pieces]
        match([spot for spot in spots if spot and spot.tag.kind is Kind.CONTROL], self._faults)
        parts = []
        for piece, spot in zip(pieces, spots, strict=True):
            if isinstance(piece, Literal):
                self._changed |= piece.text != text[piece.start : piece.end]
                parts.append(piece.text)
            elif spot is not None:
                parts.append(self._marks.token(Mark(spot, site if spot.tag.kind is Kind.VALUE else None)))
        return "".join(parts)

    def _spot(self, piece: Piece, place: Place, text: str, pieces: Sequence[Piece]) -> Spot | None:
        if isinstance(piece, Literal):
            return None
        around = excerpt(text, pieces, piece.start, piece.end)
        where = replace(place, tag=piece.raw)
        if isinstance(piece, Unclosed):
            self._faults.append(codes.UNCLOSED_TAG.at(where, text=around, tag=piece.raw))
            return None
        spot = Spot(mended(piece), where, around)
        if piece.prefix == "sheet":
            self._faults.append(unsupported(spot, "sheet"))
        return spot
