"""Content controls with tags: what they print stays when the document is opened."""

from __future__ import annotations

from reportgen.template.word.marks import Marks
from reportgen.template.word.ooxml import Element, remove, w

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
# A bound control shows what it is bound to instead of its own text; one that shows a placeholder loses it at a click
# (ECMA-376 part 1, 17.5.2.6 and 17.5.2.39).
_TRANSIENT = frozenset({w("dataBinding"), f"{_W15}dataBinding", w("showingPlcHdr")})


def keep_printed(root: Element, marks: Marks) -> None:
    """Frees the controls that hold tags from what would put other text in the place of theirs."""
    for control in root.iter(w("sdt")):
        properties = control.find(w("sdtPr"))
        if properties is not None and next(marks.nodes(control), None) is not None:
            for node in [child for child in properties if child.tag in _TRANSIENT]:
                remove(node)
