"""The fonts a document asks for: of the styles in use and of the text itself in Word, of the cells in Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from reportgen.preview.source import Source, W, parsed

_STYLE_REFERENCES = tuple(f"{W}{kind}" for kind in ("pStyle", "rStyle", "tblStyle"))
_SLOTS = ("eastAsia", "ascii", "hAnsi")
_TEXT_PART = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)\d*\.xml")
_STYLES = re.compile(r"word/styles\d*\.xml")
_THEME = re.compile(r"word/theme/theme\d*\.xml")
_CELL = re.compile(rb"<c[ />]")
_CELL_FORMAT = re.compile(rb'<c [^>]*?\bs="(\d+)"')
_RICH_FONT = re.compile(rb'<rFont val="([^"]+)"')
_HEADERS = re.compile(rb"<headerFooter.*?</headerFooter>", re.DOTALL)
_HEADER_FONT = re.compile(rb'&"([^",]+),')
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def asked_fonts(source: Source) -> tuple[str, ...]:
    """Family names in the order in which they are met, each once."""
    names = _word_fonts(source) if source.is_word else _excel_fonts(source)
    return tuple(dict.fromkeys(name for name in names if name))


def _excel_fonts(source: Source) -> Iterator[str]:
    """Of the cells' formats, of text with several formats, of headers and footers."""
    formats: set[int] = set()
    named: list[str] = []
    styles: etree._Element | None = None
    for name, content in source.parts():
        if name == "xl/styles.xml":
            styles = parsed(content)
        if name.startswith("xl/worksheets/"):
            formats |= _cell_formats(content)
            named += (
                font.decode() for part in _HEADERS.findall(content) for font in _HEADER_FONT.findall(_plain(part))
            )
        if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
            named += (font.decode() for font in _RICH_FONT.findall(content))
    if styles is not None:
        yield from _fonts_of(styles, formats)
    yield from named


def _cell_formats(sheet: bytes) -> set[int]:
    """The numbers of the formats in use; a cell that names none has the first. By pattern: sheets may be very large."""
    with_format = _CELL_FORMAT.findall(sheet)
    bare = {0} if len(_CELL.findall(sheet)) > len(with_format) else set()
    return {int(number) for number in set(with_format)} | bare


def _fonts_of(styles: etree._Element, formats: set[int]) -> Iterator[str]:
    fonts = [font.find(f"{S}name") for font in styles.findall(f"{S}fonts/{S}font")]
    cell_formats = styles.findall(f"{S}cellXfs/{S}xf")
    for number in sorted(formats):
        font = int(cell_formats[number].get("fontId", "0")) if number < len(cell_formats) else len(fonts)
        name = fonts[font] if font < len(fonts) else None
        if name is not None:
            yield name.get("val", "")


def _plain(markup: bytes) -> bytes:
    """The text of a piece of XML, in UTF-8."""
    root = parsed(markup)
    return b"" if root is None else "".join(str(text) for text in root.itertext()).encode()


def _word_fonts(source: Source) -> Iterator[str]:
    roots = [(name, root) for name, content in source.parts() if (root := _word_root(name, content)) is not None]
    texts = [root for name, root in roots if _TEXT_PART.fullmatch(name)]
    styles = [style for name, root in roots if _STYLES.fullmatch(name) for style in _used_styles(root, texts)]
    theme = {key: font for name, root in roots if _THEME.fullmatch(name) for key, font in _theme_fonts(root).items()}
    for element in (*styles, *texts):
        for fonts in element.iter(f"{W}rFonts"):
            yield from (fonts.get(W + slot, "") or theme.get(fonts.get(f"{W}{slot}Theme", ""), "") for slot in _SLOTS)


def _word_root(name: str, content: bytes) -> etree._Element | None:
    wanted = any(kind.fullmatch(name) for kind in (_TEXT_PART, _STYLES, _THEME))
    return parsed(content) if wanted else None


def _used_styles(styles: etree._Element, texts: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """The defaults, then every style that the text names or that such a style is based on."""
    known = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    yield from styles.iter(f"{W}docDefaults")
    waiting = [name for name, style in known.items() if style.get(f"{W}default") in ("1", "true")]
    waiting += [node.get(f"{W}val") for text in texts for node in text.iter(*_STYLE_REFERENCES)]
    while waiting:
        style = known.pop(waiting.pop(0), None)
        if style is not None:
            waiting += [base.get(f"{W}val") for base in style.iter(f"{W}basedOn")]
            yield style


def _theme_fonts(theme: etree._Element) -> dict[str, str]:
    """minorEastAsia and its like → the font that the theme gives simplified Chinese, or Latin text."""
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = theme.find(f".//{A}{kind}Font")
        if fonts is None:
            continue
        chinese = [font.get("typeface", "") for font in fonts.iter(f"{A}font") if font.get("script") == "Hans"]
        east_asian = [font.get("typeface", "") for font in fonts.iter(f"{A}ea")]
        latin = next((font.get("typeface", "") for font in fonts.iter(f"{A}latin")), "")
        found[f"{kind}EastAsia"] = next((name for name in (*east_asian, *chinese) if name), "")
        found |= dict.fromkeys((f"{kind}Ascii", f"{kind}HAnsi"), latin)
    return found
