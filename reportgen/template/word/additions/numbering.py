"""Numbered lists: which paragraphs belong to one, and new ones that begin anew (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen.template.package import parse, serialise
from reportgen.template.word.additions.store import Store
from reportgen.template.word.ooxml import P_PR, Element, W, w

NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
NUM, ABSTRACT, NUM_ID, ABSTRACT_ID, LEVEL = (w(n) for n in ("num", "abstractNum", "numId", "abstractNumId", "ilvl"))
NUM_PR, _VAL, _OVERRIDE, _START_OVERRIDE = w("numPr"), w("val"), w("lvlOverride"), w("startOverride")
_LVL, _START, _CLEANUP = w("lvl"), w("start"), w("numIdMacAtCleanup")
_NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that paragraph styles bring: style id → (numId, ilvl)."""

    by_style: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, styles: Element | None) -> Lists:
        found: dict[str, tuple[str, str]] = {}
        nodes = {} if styles is None else {node.get(w("styleId"), ""): node for node in styles.iter(w("style"))}
        for identity in nodes:
            current: str | None = identity
            for _ in range(len(nodes)):  # based on each other in a circle they lead nowhere
                node = nodes.get(current or "")
                if node is None:
                    break
                number, level = _own(node.find(P_PR))
                if number:
                    found[identity] = (number, level)
                    break
                based = node.find(w("basedOn"))
                current = based.get(_VAL) if based is not None else None
        return cls(found)

    def number_of(self, paragraph: Element) -> tuple[str, str]:
        """numId and ilvl of a paragraph's list; an empty numId when it is in none."""
        properties = paragraph.find(P_PR)
        number, level = _own(properties)
        if not number and properties is not None and (style := properties.find(w("pStyle"))) is not None:
            number, level = self.by_style.get(style.get(_VAL, ""), ("", "0"))
        return ("", "0") if number == _NO_LIST else (number, level)


def _own(properties: Element | None) -> tuple[str, str]:
    node = properties.find(NUM_PR) if properties is not None else None
    if node is None:
        return "", "0"
    number, level = node.find(NUM_ID), node.find(LEVEL)
    return (
        number.get(_VAL, "") if number is not None else "",
        level.get(_VAL, "0") if level is not None else "0",
    )


class Numbering:
    """The numbering part of one filling, with the lists added to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = store.related("numbering", NUMBERING_TYPE, "numbering.xml")
        content = store.read(self._name)
        self._root = (
            parse(content, self._name, store.package.name) if content else etree.Element(w("numbering"), nsmap={"w": W})
        )
        self._lists = _by_id(self._root, NUM, NUM_ID)
        self._abstracts = _by_id(self._root, ABSTRACT, ABSTRACT_ID)
        self._cleanup = self._root.find(_CLEANUP)
        self._first = self._root.find(NUM)
        self._next = max(map(_whole, self._lists), default=0) + 1
        self._next_abstract = max(map(_whole, self._abstracts), default=-1) + 1

    def restarted(self, number: str) -> str:
        """A list like that of `number` that begins anew; its numId."""
        old = self._lists.get(number)
        if old is None:
            return number
        fresh = copy.deepcopy(old)
        reference = fresh.find(ABSTRACT_ID)
        abstract = self._abstracts.get(reference.get(_VAL, "") if reference is not None else "")
        overridden = {node.get(LEVEL): node for node in fresh.findall(_OVERRIDE)}
        for level in abstract.findall(_LVL) if abstract is not None else ():
            start = level.find(_START)
            first = start.get(_VAL, "1") if start is not None else "1"
            node = overridden.get(level.get(LEVEL))
            if node is None:
                node = etree.SubElement(fresh, _OVERRIDE, {LEVEL: level.get(LEVEL, "0")})
            if node.find(_START_OVERRIDE) is None:
                node.insert(0, etree.Element(_START_OVERRIDE, {_VAL: first}))
        return self._add(fresh)

    def adopted(self, number: Element, abstract: Element) -> str:
        """A list of another document, as a new one of this; its numId."""
        definition, fresh = copy.deepcopy(abstract), copy.deepcopy(number)
        definition.set(ABSTRACT_ID, str(self._next_abstract))
        for name in ("nsid", "tmpl", "styleLink", "numStyleLink"):  # they would tie it to lists of the same origin
            for node in definition.findall(w(name)):
                definition.remove(node)
        self._put(definition, self._cleanup if self._first is None else self._first)
        self._abstracts[str(self._next_abstract)] = definition
        reference = fresh.find(ABSTRACT_ID)
        if reference is not None:
            reference.set(_VAL, str(self._next_abstract))
        self._next_abstract += 1
        return self._add(fresh)

    def _add(self, node: Element) -> str:
        number = str(self._next)
        self._next += 1
        node.set(NUM_ID, number)
        self._put(node, self._cleanup)
        self._lists[number] = node
        if self._first is None:
            self._first = node
        self._store.add_growing(self._name, lambda: serialise(self._root))
        return number

    def _put(self, node: Element, before: Element | None) -> None:
        if before is None:
            self._root.append(node)
        else:
            before.addprevious(node)


def _by_id(root: Element, tag: str, attribute: str) -> dict[str, Element]:
    """Elements by their id; the first of those that share one."""
    found: dict[str, Element] = {}
    for node in root.iter(tag):
        found.setdefault(node.get(attribute, ""), node)
    return found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
