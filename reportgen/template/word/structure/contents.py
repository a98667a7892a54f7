"""Tables of contents, whose page numbers only a program that lays pages out can know."""

from __future__ import annotations

from reportgen.template.word.ooxml import Element, w

_FIELD, _CODE, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")


def mark_contents(root: Element) -> bool:
    """Marks every table of contents to be refreshed by Word (w:dirty: ECMA-376 part 1, 17.16.18); False without any."""
    found = False
    begin: Element | None = None
    for node in root.iter(_FIELD, _CODE, _SIMPLE):
        if node.tag == _FIELD:
            begin = node if node.get(w("fldCharType")) == "begin" else None
        elif node.tag == _SIMPLE and _is_contents(node.get(w("instr"))):
            node.set(w("dirty"), "true")
            found = True
        elif node.tag == _CODE and begin is not None:
            if _is_contents(node.text):
                begin.set(w("dirty"), "true")
                found = True
            begin = None
    return found


def _is_contents(code: str | None) -> bool:
    return (code or "").split()[:1] == ["TOC"]
