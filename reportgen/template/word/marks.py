"""Tags of a part joined across runs and replaced, each, by one mark in the tree.

A mark in the tree is a processing instruction; in an attribute or in text outside runs it is a token. Both carry the
number of a Mark, and both can be told from anything the part itself holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reportgen.template.engine.types import Computed, Control, Item, Site, Spot, Value
from reportgen.template.syntax import Kind
from reportgen.template.word.ooxml import Element, w

_AROUND = 12  # characters shown on either side of a tag
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Characters that runs hold as elements. Inside a tag they are as good as the character.
_AS_TEXT = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\u00ad"}


@dataclass(slots=True)
class Mark:
    """One mark: a tag with its spot, and the site that prints it (None for control tags and comments)."""

    spot: Spot | None = None
    site: Site | None = None

    @property
    def kind(self) -> Kind | None:
        return self.spot.tag.kind if self.spot else None

    @property
    def prefix(self) -> str:
        return self.spot.tag.prefix if self.spot else ""

    def item(self) -> Item | None:
        """What the mark is to a Program; comments are nothing."""
        if self.spot is None:
            return Computed(self.site) if self.site else None
        if self.site is not None:
            return Value(self.spot, self.site)
        return Control(self.spot) if self.kind is Kind.CONTROL else None


class Marks:
    """All marks of one part, and the word that tells them from the part's own text."""

    def __init__(self, source: bytes) -> None:
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
        return (node for node in root.iter(etree.PI) if node.target == self.word)

    def is_mark(self, node: Element) -> bool:
        return node.tag is etree.PI

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


class SiteMaker:
    """How the values of a part are printed; see printing.py."""

    def in_run(self, run: Element) -> Site:
        raise NotImplementedError

    def in_text(self) -> Site:
        raise NotImplementedError

    def in_attribute(self) -> Site:
        raise NotImplementedError
