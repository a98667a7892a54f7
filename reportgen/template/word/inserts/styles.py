"""The styles of a document that is put into another: the host's win, what it lacks comes along."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from reportgen.template.package import Package, parse, serialise
from reportgen.template.word.additions.store import Store
from reportgen.template.word.ooxml import P_PR, R_PR, Element, W, w

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_STYLE, _ID, _NAME, _VAL, _TYPE = w("style"), w("styleId"), w("name"), w("val"), w("type")
# What names a style: in text, and in another style.
USES = tuple(w(name) for name in ("pStyle", "rStyle", "tblStyle"))
_TIES = tuple(w(name) for name in ("basedOn", "next", "link"))


class StyleMerge:
    """The styles part of one filling, and the styles that documents have brought."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = store.related("styles", STYLES_TYPE, "styles.xml")
        content = store.read(self._name)
        self._root = (
            parse(content, self._name, store.package.name) if content else etree.Element(w("styles"), nsmap={"w": W})
        )
        self._ids = {_label(node): node for node in self._root.iter(_STYLE)}

    def bring(
        self, used: Iterator[Element], source: Element | None, renumber: Callable[[str], str]
    ) -> tuple[dict[str, str], list[str]]:
        """Old id → id here, for the styles that elements name, and the names of those that are not the same.

        `source` are the other document's styles, `renumber` gives the list of a style its number here.
        """
        theirs = {} if source is None else {node.get(_ID, ""): node for node in source.iter(_STYLE)}
        ids: dict[str, str] = {}
        differing: list[str] = []
        for node in used:
            self._bring(node.get(_VAL, ""), theirs, ids, differing, renumber)
        return ids, differing

    def _bring(
        self,
        identity: str,
        theirs: dict[str, Element],
        ids: dict[str, str],
        differing: list[str],
        renumber: Callable[[str], str],
    ) -> None:
        style = theirs.get(identity)
        if style is None or identity in ids:
            return
        here = self._ids.get(_label(style))
        if here is not None:
            ids[identity] = here.get(_ID, "")
            if _look(here) != _look(style):
                differing.append(_label(style)[1])
            return
        fresh = copy.deepcopy(style)
        ids[identity] = self._free_id(identity)
        fresh.set(_ID, ids[identity])
        if w("default") in fresh.attrib:
            del fresh.attrib[w("default")]
        for tie in fresh.iter(*_TIES):
            self._bring(tie.get(_VAL, ""), theirs, ids, differing, renumber)
        for tie in list(fresh.iter(*_TIES)):
            if tie.get(_VAL, "") in ids:
                tie.set(_VAL, ids[tie.get(_VAL, "")])
            else:
                fresh.remove(tie)
        for number in fresh.iter(w("numId")):
            number.set(_VAL, renumber(number.get(_VAL, "")))
        self._root.append(fresh)
        self._ids[_label(fresh)] = fresh
        self._store.add_part(self._name, serialise(self._root))

    def _free_id(self, wanted: str) -> str:
        taken = {node.get(_ID, "") for node in self._root.iter(_STYLE)}
        return next(name for n in range(len(taken) + 1) if (name := f"{wanted}{n or ''}") not in taken)


def styles_of(package: Package, main: str) -> Element | None:
    """The root of a document's styles."""
    parts = (rel.target for rel in package.related(main) if rel.kind.endswith("/styles") and rel.target in package)
    return next((package.tree(part) for part in parts), None)


def _label(style: Element) -> tuple[str, str]:
    """Kind and name, which are what a style is known by; ids differ from one language of Word to the next."""
    name = style.find(_NAME)
    return style.get(_TYPE, ""), (name.get(_VAL, "") if name is not None else style.get(_ID, "")).lower()


def _look(style: Element) -> str:
    """The formatting a style gives, as comparable text."""
    parts = (style.find(name) for name in (P_PR, R_PR, w("tblPr"), w("trPr"), w("tcPr")))
    texts = (etree.tostring(part, encoding="unicode", with_tail=False) for part in parts if part is not None)
    return "".join(etree.canonicalize(text, strip_text=True) for text in texts)
