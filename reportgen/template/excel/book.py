"""What there is to know of a template workbook before its sheets are read (ECMA-376-1 §18.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.template.excel.around.surroundings import R_ID
from reportgen.template.excel.filling.fields import Formats
from reportgen.template.excel.grid import StringRuns
from reportgen.template.excel.reading.rows import string_runs
from reportgen.template.package import Package, Relationship

Element = etree._Element
_TEXT_FORMAT = 49  # @, under which a number shows as it is


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the template: its name, its part, the id of its relationship, and whether users see it."""

    name: str
    path: str
    relation: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What there is to know of a workbook before its sheets are read; paths of parts are empty when absent."""

    package: Package
    path: str
    sheets: tuple[SheetPart, ...]
    strings_path: str
    strings: tuple[StringRuns, ...]
    styles_path: str
    formats: Formats
    chain: str


def read_book(package: Package) -> Book:
    """The workbook of a package. TemplateError when a part is damaged."""
    path = package.main_part()
    root = package.tree(path)
    related = package.related(path)
    by_id = {rel.id: rel for rel in related}
    sheets = tuple(
        SheetPart(e.get("name") or "", rel.target, rel.id, (e.get("state") or "visible") == "visible")
        for e in root.iterfind("{*}sheets/{*}sheet")
        if (rel := by_id.get(e.get(R_ID) or "")) is not None
    )
    strings_path, styles_path, chain = (_of_kind(related, kind) for kind in ("sharedStrings", "styles", "calcChain"))
    strings = tuple(string_runs(si) for si in package.tree(strings_path).iterfind("{*}si")) if strings_path else ()
    properties = root.find("{*}workbookPr")
    date1904 = properties is not None and properties.get("date1904") in ("1", "true")
    formats = _formats(package.tree(styles_path), date1904) if styles_path else Formats(date1904=date1904)
    return Book(package, path, sheets, strings_path, strings, styles_path, formats, chain)


def _of_kind(related: Sequence[Relationship], kind: str) -> str:
    return next((rel.target for rel in related if rel.kind.endswith(f"/{kind}")), "")


def _formats(styles: Element, date1904: bool) -> Formats:
    formats = styles.findall("{*}cellXfs/{*}xf")
    plain = (i for i, xf in enumerate(formats) if int(xf.get("numFmtId") or 0) in (0, _TEXT_FORMAT))
    sizes = [float(size.get("val") or 11) for size in styles.iterfind("{*}fonts/{*}font/{*}sz")]
    wrapped = {
        number: sizes[int(xf.get("fontId") or 0)] if int(xf.get("fontId") or 0) < len(sizes) else 11.0
        for number, xf in enumerate(formats)
        if (look := xf.find("{*}alignment")) is not None and look.get("wrapText") in ("1", "true")
    }
    return Formats(max(len(formats), 1), frozenset(plain), date1904, wrapped, sizes[0] if sizes else 11.0)
