"""Fields of a docx: which results are the office program's own numbers, and which are words like any other."""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree

# Numbers that Word counts by itself (ECMA-376 part 1, 17.16.5): pages, dates of the file, automatic numbering; the
# results of a table of contents repeat headings, which are read where they stand.
_COUNTED = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "NOTEREF"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM"),
        *("NUMWORDS", "NUMCHARS", "FILESIZE", "SEQ", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"),
        *("TOC", "INDEX", "TOA"),
    }
)
_CHARACTER, _SIMPLE, _CODE = qn("w:fldChar"), qn("w:fldSimple"), qn("w:instrText")


class Fields:
    """The fields that are open at a place of a part; they may begin in one paragraph and end in another."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def see(self, element: etree._Element) -> None:
        """Takes note of an element on the way through a part, in document order."""
        if element.tag == _CHARACTER:
            kind = element.get(qn("w:fldCharType"))
            if kind == "begin":
                self._open.append("")
            elif kind == "end" and self._open:
                self._open.pop()
        elif element.tag == _CODE and self._open:
            self._open[-1] += element.text or ""

    @property
    def computing(self) -> bool:
        """Whether the text here is the result of a field that the office program counts."""
        return any(_keyword(code) in _COUNTED for code in self._open)

    @staticmethod
    def computes(element: etree._Element) -> bool:
        """Whether `element` is a whole field of that kind."""
        return element.tag == _SIMPLE and _keyword(element.get(qn("w:instr"), "")) in _COUNTED


def _keyword(code: str) -> str:
    words = code.split(maxsplit=1)
    return words[0].upper() if words else ""
