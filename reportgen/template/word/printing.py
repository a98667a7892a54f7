"""How a value becomes runs: escaped text in the formatting of its tag, with styles, highlights and bookmarks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.environment import near_words
from reportgen.template.engine.run import Run
from reportgen.template.values import (
    BOLD,
    LINE_BREAK,
    SpanLike,
    escape,
    is_spanned,
    legal,
    merged,
    plain_text,
)
from reportgen.template.word.ooxml import P_PR, R_PR, SECT_PR, Element, Spaces, W, fragment, w

_CLOSE = "</w:t></w:r>"
# Anything but characters that go into a w:t as they are: markup, control characters, line breaks, the ones below.
_SPECIAL = re.compile(
    "[^ -%'-;=?-~\u00a0-\u00b6\u00b8-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027\u202a-\ud7ff\ue000-\ufffd]"
)
# Word takes the Latin font for these unless the run says that they are Chinese (w:hint, ECMA-376 part 1, 17.3.2.26).
_EAST_ASIAN = re.compile("[“”‘’—…·]")
_PIECES = re.compile(rf"({LINE_BREAK.pattern}|\t)")
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
_ADDRESS = "%:/?#[]@!$&'()*+,;=~"  # RFC 3986: reserved characters, and what is encoded already
_TEXT = '<w:t xml:space="preserve">'


@dataclass(frozen=True, slots=True)
class _Look:
    """What distinguishes one printed run from another at the same tag. `style` is a style's id."""

    style: str | None = None
    bold: bool = False
    highlight: bool = False
    hint: bool = False


_PLAIN, _HINTED = _Look(), _Look(hint=True)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document. `ids`: name or id of a character style → its id; a paragraph style stands for the
    character style linked with it. `others`: the names of styles that text cannot have."""

    ids: Mapping[str, str]
    others: frozenset[str] = frozenset()

    def knows(self, name: str) -> bool:
        return name in self.ids or name == BOLD  # 加粗() works in every template

    def instead(self, name: str) -> str:
        """What to say of a name that no character style has."""
        if name in self.others:
            return "，有的是段落样式，不能单独用在文字上"
        return near_words(nearest(name, self.ids))


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the sites of a document. `first_bookmark`: the first free bookmark id; `spaces`: the prefixes that the
    part's root declares."""

    styles: Styles
    first_bookmark: int
    spaces: Spaces

    def in_run(self, run: Element) -> RunSite:
        """A site that prints in the formatting of `run`."""
        return RunSite(self, run.find(R_PR))

    def look(self, style: str | None, highlight: bool, hint: bool) -> _Look:
        """Raises FaultError for a style that the template does not have."""
        if style is None:
            return _Look(None, False, highlight, hint)
        ids = self.styles.ids
        if style in ids:
            return _Look(ids[style], False, highlight, hint)
        if style == BOLD:  # Word's own Strong, or plain bold
            strong = ids.get("Strong")
            return _Look(strong, strong is None, highlight, hint)
        raise FaultError(codes.UNKNOWN_STYLE, name=style, near=self.styles.instead(style))


class RunSite:
    """Prints a value as runs between the runs of a paragraph."""

    def __init__(self, printer: Printer, properties: Element | None) -> None:
        self._printer = printer
        self._properties = properties
        self._openings: dict[_Look, str] = {}
        self._plain = self._opening(_PLAIN)
        self._paragraph: str | None = None

    def stand_alone(self, paragraph: Element) -> None:
        """The tag is alone in `paragraph`: a line break in a value begins another paragraph like it."""
        properties = copy.deepcopy(paragraph.find(P_PR))
        if properties is not None and (section := properties.find(SECT_PR)) is not None:
            properties.remove(section)
        self._paragraph = "</w:p><w:p>" + ("" if properties is None else fragment(properties, self._printer.spaces))

    def emit(self, value: object, run: Run) -> str:
        if type(value) is not str:
            if is_spanned(value):
                return self._spans(value.__spans__(), run)
            value = plain_text(value)
        if not value:
            return ""
        run.check_length(len(value))
        if _SPECIAL.search(value) is None:
            return f"{self._plain}{value}{_CLOSE}"
        return self._text(value, self._opening(_HINTED if _EAST_ASIAN.search(value) else _PLAIN))

    def _spans(self, spans: Iterable[SpanLike], run: Run) -> str:
        parts = []
        length = 0
        for span in merged(spans):
            length += len(span.text)
            run.check_length(length)
            look = self._printer.look(span.style, span.highlight, _EAST_ASIAN.search(span.text) is not None)
            text = self._text(span.text, self._opening(look))
            if run.trace and span.source is not None:
                number = run.next_id("bookmark", self._printer.first_bookmark)
                name = run.mark(span.source, legal(span.text))
                text = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{text}<w:bookmarkEnd w:id="{number}"/>'
            parts.append(text)
        return "".join(parts)

    def _text(self, text: str, opening: str) -> str:
        """`text` as runs: breaks and tabs become elements, or a break another paragraph."""
        pieces = _PIECES.split(text)
        if len(pieces) == 1:
            return f"{opening}{escape(text)}{_CLOSE}"
        parts = []
        for n, piece in enumerate(pieces):
            if n % 2 == 0:
                parts.append(f"{opening}{escape(piece)}{_CLOSE}" if piece else "")
            elif piece == "\t":
                parts.append(_between(opening, "<w:tab/>"))
            else:
                parts.append(self._paragraph or _between(opening, "<w:br/>"))
        return "".join(parts)

    def _opening(self, look: _Look) -> str:
        opening = self._openings.get(look)
        if opening is None:
            opening = self._openings[look] = self._make(look)
        return opening

    def _make(self, look: _Look) -> str:
        """The beginning of a run up to its text; the children of w:rPr stay in the order the schema wants."""
        properties = (
            etree.Element(R_PR, nsmap={"w": W}) if self._properties is None else copy.deepcopy(self._properties)
        )
        if look.highlight:
            _set(properties, etree.Element(_HIGHLIGHT, {_VAL: "yellow"}), _AFTER_HIGHLIGHT)
        if look.bold:
            _set(properties, etree.Element(w("b")), _AFTER_BOLD)
        if look.hint:
            fonts = properties.find(_FONTS)
            hinted = etree.Element(_FONTS) if fonts is None else copy.deepcopy(fonts)
            hinted.set(w("hint"), "eastAsia")
            _set(properties, hinted, frozenset({*_AFTER_BOLD, w("b")}))
        if look.style is not None:
            _set(properties, etree.Element(_STYLE, {_VAL: look.style}), frozenset({*_AFTER_BOLD, w("b"), _FONTS}))
        return f"<w:r>{fragment(properties, self._printer.spaces) if len(properties) else ''}{_TEXT}"


def _between(opening: str, element: str) -> str:
    """A run of the same formatting that holds `element` and no text."""
    return f"{opening.removesuffix(_TEXT)}{element}</w:r>"


def _set(properties: Element, child: Element, followers: frozenset[str]) -> None:
    """Puts `child` among run properties in place of the one they have, before the first of its `followers`."""
    old = properties.find(str(child.tag))
    if old is not None:
        properties.remove(old)
    known = (n for n, other in enumerate(properties) if other.tag in followers or not str(other.tag).startswith(_W))
    properties.insert(next(known, len(properties)), child)


class _Plain:
    """Prints a value as text alone, where there are no runs: attributes, field codes, document properties."""

    def __init__(self, in_attribute: bool) -> None:
        self._in_attribute = in_attribute

    def emit(self, value: object, run: Run) -> str:
        text = plain_text(value)
        run.check_length(len(text))
        text = escape(LINE_BREAK.sub("\n", text))
        # A parser turns bare white space in an attribute into blanks.
        return text.replace("\n", "&#10;").replace("\t", "&#9;") if self._in_attribute else text


class _Link:
    """Prints a value as an address, or as part of one: what an address cannot hold is percent-encoded."""

    def emit(self, value: object, run: Run) -> str:
        text = plain_text(value).strip()
        run.check_length(len(text))
        return escape(quote(legal(text), safe=_ADDRESS))


TEXT, ATTRIBUTE, LINK = _Plain(in_attribute=False), _Plain(in_attribute=True), _Link()
