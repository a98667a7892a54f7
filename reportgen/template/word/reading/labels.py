"""What users call the parts of a document: headers by the pages they stand on, notes by the number they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.template.package import Package
from reportgen.template.word.ooxml import SECT_PR, Element, w

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCES = {w("headerReference"): "页眉", w("footerReference"): "页脚"}
_CHANGED = w("sectPrChange")  # holds what a section was before
_PAGES = {"first": "首页", "even": "双页（偶数页）"}
_ODD = "单页（奇数页）"


def header_labels(package: Package, main: Element) -> Mapping[str, str]:
    """Entry name → 首页页眉, 单页（奇数页）页脚, 第2节页眉, for the headers and footers that sections refer to.

    The section is named where there are several, odd pages where even ones have a header of their own.
    """
    targets = {rel.id: rel.target for rel in package.related(package.main_part())}
    sections = [node for node in main.iter(SECT_PR) if (up := node.getparent()) is None or up.tag != _CHANGED]
    references = list(_references(sections))
    usual = _ODD if any(pages == "even" for _, pages, _, _ in references) else ""
    labels: dict[str, str] = {}
    for section, pages, label, identity in references:
        where = f"第{section}节" if len(sections) > 1 else ""
        if identity in targets:
            labels.setdefault(targets[identity], f"{where}{_PAGES.get(pages, usual)}{label}")
    return labels


def _references(sections: list[Element]) -> Iterator[tuple[int, str, str, str]]:
    """Number of the section, kind of pages, what it is, id of the relationship."""
    for number, section in enumerate(sections, 1):
        for node in section:
            if (label := _REFERENCES.get(str(node.tag))) is not None:
                yield number, node.get(w("type"), "default"), label, node.get(_ID, "")


def note_numbers(main: Element, reference: str) -> Mapping[str, int]:
    """Id of a note → its number, as the text's references come; `reference` is the name of their element."""
    ids = dict.fromkeys(node.get(w("id"), "") for node in main.iter(w(reference)))
    return {identity: number for number, identity in enumerate(ids, 1)}
