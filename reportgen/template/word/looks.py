"""How a printed run looks: the formatting of its tag, with a style, bold, a highlight or a font hint added."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.names.unknown import near_words
from reportgen.template.values import BOLD
from reportgen.template.word.ooxml import R_PR, Element, W, w

# The order of run properties: ECMA-376 part 1, CT_RPr.
_W, _VAL, _STYLE, _FONTS, _HIGHLIGHT = w(""), w("val"), w("rStyle"), w("rFonts"), w("highlight")
_AFTER_HIGHLIGHT = frozenset(
    w(name)
    for name in (
        *("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
        *("specVanish", "oMath", "rPrChange"),
    )
)
_AFTER_BOLD = _AFTER_HIGHLIGHT | frozenset(
    w(name)
    for name in (
        *("bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint"),
        *("noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz"),
        *("szCs", "highlight"),
    )
)


@dataclass(frozen=True, slots=True)
class Look:
    """What distinguishes one printed run from another at the same tag. `style` is a style's id."""

    style: str | None = None
    bold: bool = False
    highlight: bool = False
    hint: bool = False

    def of(self, properties: Element | None) -> Element:
        """The w:rPr of a run that looks so, beginning with `properties`, in the order the schema wants."""
        looked = etree.Element(R_PR, nsmap={"w": W}) if properties is None else copy.deepcopy(properties)
        if self.highlight:
            _set(looked, etree.Element(_HIGHLIGHT, {_VAL: "yellow"}), _AFTER_HIGHLIGHT)
        if self.bold:
            _set(looked, etree.Element(w("b")), _AFTER_BOLD)
        if self.hint:
            fonts = looked.find(_FONTS)
            hinted = etree.Element(_FONTS) if fonts is None else copy.deepcopy(fonts)
            hinted.set(w("hint"), "eastAsia")
            _set(looked, hinted, frozenset({*_AFTER_BOLD, w("b")}))
        if self.style is not None:
            _set(looked, etree.Element(_STYLE, {_VAL: self.style}), frozenset({*_AFTER_BOLD, w("b"), _FONTS}))
        return looked


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document. `ids`: name or id of a character style → its id; a paragraph style stands for the
    character style linked with it. `others`: the names of styles that text cannot have."""

    ids: Mapping[str, str]
    others: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The styles of a document; `root` is that of word/styles.xml."""
        names: dict[str, str] = {}
        ids: dict[str, str] = {}
        others: set[str] = set()
        for style in root.iter(w("style")) if root is not None else ():
            label, link = style.find(w("name")), style.find(w("link"))
            name, identity = label.get(w("val"), "") if label is not None else "", style.get(w("styleId"), "")
            target = identity if style.get(w("type")) == "character" else None
            if target is None and link is not None and style.get(w("type")) == "paragraph":
                target = link.get(w("val"))
            if target:
                names.setdefault(name, target)
                ids.setdefault(identity, target)
            else:
                others.update((name, identity))
        return cls({**ids, **names}, frozenset(others))

    def knows(self, name: str) -> bool:
        return name in self.ids or name == BOLD  # 加粗() works in every template

    def instead(self, name: str) -> str:
        """What to say of a name that no character style has."""
        if name in self.others:
            return "，有的是段落样式，不能单独用在文字上"
        return near_words(nearest(name, self.ids))

    def look(self, style: str | None, highlight: bool, hint: bool) -> Look:
        """Raises FaultError for a style that the template does not have."""
        if style is None:
            return Look(None, False, highlight, hint)
        ids = self.ids
        if style in ids:
            return Look(ids[style], False, highlight, hint)
        if style == BOLD:  # Word's own Strong, or plain bold
            strong = ids.get("Strong")
            return Look(strong, strong is None, highlight, hint)
        raise FaultError(codes.UNKNOWN_STYLE, name=style, near=self.instead(style))


def _set(properties: Element, child: Element, followers: frozenset[str]) -> None:
    """Puts `child` among run properties in place of the one they have, before the first of its `followers`."""
    old = properties.find(str(child.tag))
    if old is not None:
        properties.remove(old)
    known = (n for n, other in enumerate(properties) if other.tag in followers or not str(other.tag).startswith(_W))
    properties.insert(next(known, len(properties)), child)
