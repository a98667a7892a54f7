"""A template in another look: the fonts that every Windows has, or the page of GB/T 33476.

A look is chosen when a template is copied; the copy is an ordinary template, to be changed like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from lxml import etree

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.machine import machine_fault
from reportgen.template import TemplateError
from reportgen.template.package import Package, serialise

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# Fonts that offices install beside Windows → what every Chinese Windows has. 小标宋 has no counterpart: bold 宋体.
_TITLE_FONT = "方正小标宋简体"
_PLAIN_FONTS = {_TITLE_FONT: "宋体", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体"}
_OTHER_NAMES = {"仿宋": "FangSong", "楷体": "KaiTi", "宋体": "SimSun"}

# GB/T 9704-2012 → GB/T 33476, twips (layout.md). The page number stays 7 mm below the text.
_MARGINS = {"top": ("2098", "1961"), "bottom": ("1984", "1847"), "footer": ("1428", "1291")}
_LINE, _WIDER_LINE = "579", "589"
_LINE_PLACES = (
    ("spacing", ("line", "before", "after")),
    ("docGrid", ("linePitch",)),
    ("drawingGridVerticalSpacing", ("val",)),
)


class Fonts(StrEnum):
    """The fonts that a template names: those of the standard, or those of a plain Windows."""

    STANDARD = "standard"
    WINDOWS = "windows"


class PageLayout(StrEnum):
    """The standard that margins and line spacing follow."""

    GBT9704 = "gbt9704"
    GBT33476 = "gbt33476"


@dataclass(frozen=True, slots=True)
class Look:
    """What a copy of a template looks like; the default is the template as it is."""

    fonts: Fonts = Fonts.STANDARD
    page: PageLayout = PageLayout.GBT9704


def dressed(content: bytes, look: Look) -> bytes:
    """The bytes of a .docx or .xlsx template in another look; parts that do not change stay byte for byte.

    Only the values of the standard are replaced: a margin or font that someone chose stays. Raises TemplateError for
    what is no Office file.
    """
    package = Package.open(content)
    changed = {}
    for name in package.names():
        if name.startswith(("word/", "xl/")) and name.endswith(".xml"):
            root = package.tree(name)
            if [done for done in _changes(root, look) if done]:
                changed[name] = serialise(root)
    if not changed:
        return content
    out = BytesIO()
    package.write(out, changed)
    return out.getvalue()


def dress_folder(folder: Path, look: Look) -> tuple[Diagnostic, ...]:
    """Gives every Word and Excel file of a template folder the look; what stood in the way when it fails."""
    if look == Look():
        return ()
    try:
        for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in (".docx", ".xlsx")):
            path.write_bytes(dressed(path.read_bytes(), look))
    except TemplateError as error:
        return tuple(error.diagnostics)
    except OSError as error:
        return (machine_fault(error, folder),)
    return ()


def _changes(root: etree._Element, look: Look) -> Iterator[bool]:
    """Changes a part in place; True for each change."""
    if look.fonts is Fonts.WINDOWS:
        yield from (_plain_word_fonts(node) for node in root.iter(f"{_W}rFonts"))
        yield from (_plain_entry(node) for node in list(root.iter(f"{_W}font")))
        yield from (_plain_cell_font(node) for node in root.iter(f"{_S}name", f"{_S}rFont"))
        for old, new in _PLAIN_FONTS.items():  # theme and charts
            yield from (_replaced(node, "typeface", old, new) for node in root.iter(f"{_A}*"))
    if look.page is PageLayout.GBT33476:
        for node in root.iter(f"{_W}pgMar"):
            yield from (_replaced(node, f"{_W}{key}", *values) for key, values in _MARGINS.items())
        for tag, keys in _LINE_PLACES:
            for node in root.iter(f"{_W}{tag}"):
                yield from (_replaced(node, f"{_W}{key}", _LINE, _WIDER_LINE) for key in keys)


def _replaced(node: etree._Element, key: str, old: str, new: str) -> bool:
    if node.get(key) != old:
        return False
    node.set(key, new)
    return True


def _plain_word_fonts(fonts: etree._Element) -> bool:
    """The fonts of a run or style; what was 小标宋 becomes bold."""
    known = {str(key): str(value) for key, value in fonts.items() if value in _PLAIN_FONTS}
    for key, value in known.items():
        fonts.set(key, _PLAIN_FONTS[value])
    properties = fonts.getparent()
    if _TITLE_FONT in known.values() and properties is not None and properties.find(f"{_W}b") is None:
        # CT_RPr: b and bCs follow rFonts.
        for place, tag in enumerate(("b", "bCs"), properties.index(fonts) + 1):
            properties.insert(place, properties.makeelement(f"{_W}{tag}", {}, None))
    return bool(known)


def _plain_entry(font: etree._Element) -> bool:
    """An entry of the font table: under its new name, or gone where that name has an entry."""
    name, table = font.get(f"{_W}name"), font.getparent()
    if name not in _PLAIN_FONTS or table is None:
        return False
    plain = _PLAIN_FONTS[name]
    if any(other.get(f"{_W}name") == plain for other in table):
        table.remove(font)
        return True
    font.set(f"{_W}name", plain)
    for other in font.iter(f"{_W}altName"):
        other.set(f"{_W}val", _OTHER_NAMES[plain])
    return True


def _plain_cell_font(name: etree._Element) -> bool:
    """A font of a workbook: of a cell style, or of a run of rich text."""
    value, font = name.get("val"), name.getparent()
    if value not in _PLAIN_FONTS or font is None:
        return False
    name.set("val", _PLAIN_FONTS[value])
    if value == _TITLE_FONT and font.find(f"{_S}b") is None:
        font.insert(0, font.makeelement(f"{_S}b", {}, None))
    return True
