"""Tags that someone has cut in two with the Enter key."""

from __future__ import annotations

from lxml import etree

from reportgen.template.syntax import Unclosed, scan
from reportgen.template.word.ooxml import P_PR, RANGE_MARKS, SECT_PR, Element, P, R, T, append_paragraph, runs, w

_LINES = 5  # a tag is cut into no more


def join_cut_tags(paragraph: Element) -> bool:
    """Joins to `paragraph`, which leaves a tag open, those after it that hold the rest; False when none closes it."""
    text = _text(paragraph)
    length, following = len(text), list[Element]()
    for sibling in paragraph.itersiblings():
        if sibling.tag in RANGE_MARKS:
            continue
        if sibling.tag != P or sibling.find(f"{P_PR}/{SECT_PR}") is not None or len(following) == _LINES:
            return False
        following.append(sibling)
        text += f"\n{_text(sibling)}"
        if not any(isinstance(piece, Unclosed) and piece.start < length for piece in scan(text)):
            for rest in following:
                etree.SubElement(etree.SubElement(paragraph, R), w("br"))
                append_paragraph(paragraph, rest)
            return True
    return False


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for run in runs(paragraph) for node in run.iterchildren(T))
