"""Whole workbooks made of raw parts, so that one part can be what no program would write.

Each has 刊期, 稿件 and an 指标 with one row `Z1 甲 126`, unless a test gives other rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from raw_xlsx import MAIN, raw_xlsx, sheet

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument"
SHEET = "xl/worksheets/sheet3.xml"
Parts = dict[str, bytes]
Make = Callable[[Path], Path]


def text(cell: str, words: str, more: str = "") -> str:
    """A cell that holds words."""
    return f'<c r="{cell}" t="inlineStr"{more}><is><t xml:space="preserve">{words}</t></is></c>'


def table(*rows: str) -> str:
    """Rows of words, cells parted by blanks."""
    words = (enumerate(row.split()) for row in rows)
    cells = ("".join(text(f"{chr(65 + i)}{number}", word) for i, word in row) for number, row in enumerate(words, 1))
    return "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))


HEAD = table("指标号 名称 值 截止日 来源")
NUMBER = '<c r="C2"><v>126</v></c>'
MASTHEAD, ARTICLES = sheet(table("项目 内容", "文种 综述", "统计止 2025-12-31")), sheet(table("稿号 主标题", "1 党建"))


def row(*cells: str) -> str:
    """Row 2 of 指标: Z1 甲 and these cells."""
    return f'<row r="2">{text("A2", "Z1")}{text("B2", "甲")}{"".join(cells)}</row>'


def book(
    folder: Path,
    rows: str = row(NUMBER),
    *,
    edit: Callable[[Parts], Mapping[str, bytes]] = dict,
    method: int = ZIP_DEFLATED,
    name: str = "数据.xlsx",
) -> Path:
    """Writes the book with these rows on 指标 below its header; `edit` may change the parts of the package."""
    path = raw_xlsx(folder, {"刊期": MASTHEAD, "稿件": ARTICLES, "指标": sheet(HEAD + rows)}, name=name)
    with ZipFile(path) as archive:
        parts = edit({part: archive.read(part) for part in archive.namelist()})
    with ZipFile(path, "w", method) as archive:
        for part, data in parts.items():
            info = ZipInfo(part)
            info.filename = part  # as it is: the constructor makes / of \
            info.compress_type = method
            archive.writestr(info, data)
    return path


def with_rows(rows: str) -> Make:
    return lambda folder: book(folder, rows)


def edited(edit: Callable[[Parts], Mapping[str, bytes]], rows: str = row(NUMBER)) -> Make:
    return lambda folder: book(folder, rows, edit=edit)


def replaced(part: str, old: str, new: str, rows: str = row(NUMBER)) -> Make:
    """The book with `old` replaced in one part."""

    def edit(parts: Parts) -> Parts:
        assert old.encode() in parts[part]
        return parts | {part: parts[part].replace(old.encode(), new.encode())}

    return edited(edit, rows)


def renamed(change: Callable[[str], str]) -> Make:
    return edited(lambda parts: {change(name): data for name, data in parts.items()})


def related(parts: Parts, relations: Mapping[str, str], more: Mapping[str, str]) -> Parts:
    """The parts with more relationships of the workbook (target → type) and more parts."""
    tags = "".join(
        f'<Relationship Id="x{i}" Type="{kind}" Target="{target}"/>'
        for i, (target, kind) in enumerate(relations.items())
    )
    path = "xl/_rels/workbook.xml.rels"
    changed = parts[path].replace(b"</Relationships>", f"{tags}</Relationships>".encode())
    return parts | {path: changed} | {name: data.encode() for name, data in more.items()}


def shared_strings(strings: str) -> Callable[[Parts], Parts]:
    kind = f"{OFFICE}/sharedStrings"
    return lambda parts: related(
        parts, {"sharedStrings.xml": kind}, {"xl/sharedStrings.xml": strings} if strings else {}
    )


def shared(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def other_sheets(parts: Parts) -> Parts:
    """A chart, a dialog and a sheet of macros of 1992 beside the data."""
    kinds = {"chartsheet": OFFICE, "dialogsheet": OFFICE, "xlMacrosheet": MICROSOFT}
    places = {f"{kind.removeprefix('xl').lower()}s/sheet9.xml": f"{space}/{kind}" for kind, space in kinds.items()}
    names = "".join(f'<sheet name="另{i}" sheetId="{90 + i}" r:id="x{i}"/>' for i in range(len(places)))
    root = '<{0} xmlns="{1}"><sheetData/></{0}>'
    more = {f"xl/{place}": root.format(kind.lower(), MAIN) for place, kind in zip(places, kinds, strict=True)}
    workbook = parts["xl/workbook.xml"].replace(b"<sheets>", f"<sheets>{names}".encode())
    return related(parts, places, more) | {"xl/workbook.xml": workbook}


def in_utf16(part: bytes) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{part.decode()}'.encode("utf-16")


def picture_in_a_cell(kind: str) -> Callable[[Parts], Parts]:
    """The three parts behind `vm`: 「放置在单元格中」 of Excel, or an error of the new kind."""
    rich = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    more = {
        "xl/metadata.xml": f'<metadata xmlns="{MAIN}" xmlns:r="{rich}"><futureMetadata name="XLRICHVALUE" count="1">'
        '<bk><extLst><ext><r:rvb i="0"/></ext></extLst></bk></futureMetadata>'
        '<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>',
        "xl/richData/rdrichvalue.xml": f'<rvData xmlns="{rich}" count="1"><rv s="0"><v>0</v></rv></rvData>',
        "xl/richData/rdrichvaluestructure.xml": f'<rvStructures xmlns="{rich}"><s t="{kind}"/></rvStructures>',
    }
    rich_kind = "http://schemas.microsoft.com/office/2017/06/relationships"
    relations = {
        "metadata.xml": f"{OFFICE}/sheetMetadata",
        "richData/rdrichvalue.xml": f"{rich_kind}/rdRichValue",
        "richData/rdrichvaluestructure.xml": f"{rich_kind}/rdRichValueStructure",
    }
    return lambda parts: related(parts, relations, more)


def strict(parts: Parts) -> Parts:
    """As 「Strict Open XML 电子表格」 is saved: other namespaces throughout."""
    spaces = ((MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"), (OFFICE, f"{STRICT}/relationships"))
    for old, new in spaces:
        parts = {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}
    return parts


def blank_tail(folder: Path, count: int = 1_000_000) -> Path:
    """Styled rows down to the end of the sheet, as a whole column that was coloured leaves them."""
    path = book(folder)
    tail = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="E{n}" s="1"/></row>' for n in range(3, count))
    with ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", f"{tail}</sheetData>".encode())
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def hidden(state: str) -> Make:
    return replaced("xl/workbook.xml", '<sheet name="指标"', f'<sheet name="指标" state="{state}"')


def dimension(area: str) -> Make:
    return replaced(SHEET, "<sheetData>", f'<dimension ref="{area}"/><sheetData>')
