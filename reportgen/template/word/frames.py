"""Tags that are alone in their paragraph print the paragraph too, so that whole paragraphs, pictures and documents can
take its place."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from reportgen.template.engine.types import Computed, Item
from reportgen.template.syntax import Kind
from reportgen.template.word.blocks import Lifter, is_alone
from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import (
    NEEDS_PARAGRAPH,
    P_PR,
    RANGE_MARKS,
    SECT_PR,
    Element,
    P,
    Spaces,
    fragment,
    insert_before,
    remove,
    w,
)
from reportgen.template.word.printing import Frame, Pieces, RunSite

_SPACING, _VAL, _W = w("spacing"), w("val"), w("w")
# Paragraph properties that come before w:spacing: ECMA-376 part 1, CT_PPrBase.
_BEFORE_SPACING = frozenset(
    w(name)
    for name in (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "framePr",
            "widowControl",
            "numPr",
            "suppressLineNumbers",
        ),
        *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
        *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
    )
)
_END = "</w:p>"


def frame_alone(root: Element, marks: Marks, lifter: Lifter, spaces: Spaces) -> None:
    """Gives every tag that is alone in its paragraph the paragraph as its frame, and those control tags that print
    what they have kept the one they had to themselves."""
    for node in list(marks.nodes(root)):
        mark, paragraph = marks[node], node.getparent()
        if not isinstance(mark.site, RunSite) or paragraph is None:
            continue
        if mark.kind is Kind.VALUE and is_alone(marks, node):
            _frame(node, paragraph, marks, mark.site, spaces)
        elif mark.kind is Kind.CONTROL and node in lifter.dissolved:
            properties = lifter.dissolved[node]
            shell = etree.Element(P, nsmap={"w": w("")[1:-1]})
            if properties is not None:
                shell.append(copy.deepcopy(properties))
            whole, pictured = (_pieces(marks.items(fragment(p, spaces))) for p in (shell, _spaced(shell)))
            if whole is not None and pictured is not None:
                mark.site.stand_alone(
                    Frame(_open(whole), _open(pictured), _between(shell, marks, spaces), (_END,), is_needed=False)
                )


def _frame(node: Element, paragraph: Element, marks: Marks, site: RunSite, spaces: Spaces) -> None:
    """Puts the mark in the place of its paragraph."""
    parent = paragraph.getparent()
    number = list(paragraph).index(node)
    halves = _halves(marks.items(fragment(paragraph, spaces)), site)
    pictured = _halves(marks.items(fragment(_spaced(paragraph), spaces)), site)
    if parent is None or halves is None or pictured is None:
        return
    children = list(paragraph)
    around = [[c for c in part if c.tag in RANGE_MARKS] for part in (children[:number], children[number + 1 :])]
    texts = [_pieces(item for child in part for item in marks.items(fragment(child, spaces))) or () for part in around]
    is_needed = parent.tag in NEEDS_PARAGRAPH and parent.tag != w("body")
    between = _between(paragraph, marks, spaces)
    following = paragraph.getnext()
    is_followed = following is not None and following.tag == P and not _may_vanish(following, marks)
    marked = (texts[0], texts[1])
    site.stand_alone(Frame(halves[0], pictured[0], between, halves[1], marked, is_followed, is_needed))
    insert_before(paragraph, node)
    remove(paragraph)


def _may_vanish(paragraph: Element, marks: Marks) -> bool:
    """True when whole paragraphs may take its place, or nothing."""
    return any(is_alone(marks, node) for node in marks.nodes(paragraph) if node.getparent() is paragraph)


def _halves(items: Iterable[Item], site: RunSite) -> tuple[Pieces, Pieces] | None:
    """What is printed before and after the tag; None when that holds tags itself."""
    listed = list(items)
    number = next(n for n, item in enumerate(listed) if not isinstance(item, str) and getattr(item, "site", 0) is site)
    before, after = _pieces(listed[:number]), _pieces(listed[number + 1 :])
    return None if before is None or after is None else (before, after)


def _pieces(items: Iterable[Item]) -> Pieces | None:
    listed = list(items)
    if not all(isinstance(item, (str, Computed)) for item in listed):
        return None
    return tuple(
        item.site if isinstance(item, Computed) else item for item in listed if isinstance(item, (str, Computed))
    )


def _open(pieces: Pieces) -> Pieces:
    """A paragraph's markup without its end."""
    *rest, last = pieces
    assert isinstance(last, str)
    return (
        *rest,
        last.removesuffix("/>") + ">" if last.endswith("/>") and len(pieces) == 1 else last.removesuffix(_END),
    )


def _between(paragraph: Element, marks: Marks, spaces: Spaces) -> Pieces:
    """What ends a paragraph and begins another like it."""
    properties = copy.deepcopy(paragraph.find(P_PR))
    if properties is None:
        return (f"{_END}<w:p>",)
    if (section := properties.find(SECT_PR)) is not None:
        properties.remove(section)
    return (f"{_END}<w:p>", *(_pieces(marks.items(fragment(properties, spaces))) or ()))


def _spaced(paragraph: Element) -> Element:
    """The paragraph with single line spacing: Word clips a picture under exact spacing."""
    spaced = copy.deepcopy(paragraph)
    properties = spaced.find(P_PR)
    if properties is None:
        properties = etree.Element(P_PR)
        spaced.insert(0, properties)
    spacing = properties.find(_SPACING)
    if spacing is None:
        spacing = etree.Element(_SPACING)
        place = next((n for n, child in enumerate(properties) if child.tag not in _BEFORE_SPACING), len(properties))
        properties.insert(place, spacing)
    spacing.set(w("line"), "240")
    spacing.set(w("lineRule"), "auto")
    return spaced
