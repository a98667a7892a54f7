"""Odd workbooks that read right: what is odd, how it is made, and the rows that must be read."""

from __future__ import annotations

import re
from zipfile import ZIP_BZIP2, ZIP_STORED

from raw_books import (
    NUMBER,
    OFFICE,
    SHEET,
    Make,
    book,
    dimension,
    edited,
    in_utf16,
    other_sheets,
    related,
    renamed,
    replaced,
    row,
    shared,
    shared_strings,
    strict,
    text,
    with_rows,
)

DATE = '<c r="D2" s="4"><v>45727</v></c>'
PHONETIC = '<rPh sb="0" eb="1"><t>jiǎ</t></rPh><phoneticPr fontId="1"/>'
NAMES = (
    '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="2">指标!$A$1:$E$9</definedName>'
    '<definedName name="坏">#REF!</definedName><definedName name="外">[1]Sheet1!$A$1</definedName></definedNames>'
)
BARE = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("Z1", "甲"))
WHOLE = ["Z1 甲 126"]

# What is odd, how it is made, the rows that must be read: 指标号 名称 值 截止日 来源.
READ: list[tuple[str, Make, list[str]]] = [
    ("nothing", with_rows(row(NUMBER)), WHOLE),
    ("dimension too small", dimension("A1"), WHOLE),
    ("dimension of the whole sheet", dimension("A1:XFD1048576"), WHOLE),
    ("Strict Open XML", edited(strict), WHOLE),
    (
        "days counted from 1904",
        replaced(
            "xl/workbook.xml",
            "<sheets>",
            '<workbookPr date1904="1"/><sheets>',
            row(NUMBER, '<c r="D2" s="4"><v>44265</v></c>'),
        ),
        ["Z1 甲 126 2025-03-11"],
    ),
    ("built-in Chinese date formats", with_rows(row(NUMBER, DATE)), ["Z1 甲 126 2025-03-11"]),
    (
        "an ISO date cell",
        with_rows(row(NUMBER, '<c r="D2" t="d"><v>2025-03-11T00:00:00</v></c>')),
        ["Z1 甲 126 2025-03-11"],
    ),
    ("cells and rows without addresses", with_rows(f"<row>{BARE}<c><v>126</v></c></row>"), WHOLE),
    ("rows without numbers", with_rows(row(NUMBER).replace(' r="2"', "")), WHOLE),
    ("cells in the wrong order", with_rows(f'<row r="2">{NUMBER}{text("B2", "甲")}{text("A2", "Z1")}</row>'), WHOLE),
    (
        "text, numbers, dates and percentages in one column",
        with_rows(
            row(text("C2", "1.2万"))
            + "".join(
                f'<row r="{n}">{text(f"A{n}", f"Z{n}")}{text(f"B{n}", "乙")}{cell}</row>'
                for n, cell in (
                    (3, '<c r="C3"><v>7</v></c>'),
                    (4, '<c r="C4" s="2"><v>0.043</v></c>'),
                    (5, text("C5", "近500")),
                )
            )
        ),
        ["Z1 甲 12000", "Z3 乙 7", "Z4 乙 4.3%", "Z5 乙 近500"],
    ),
    (
        "18 digits typed as text",
        with_rows(row(NUMBER, text("E2", "330106199001011234"))),
        ["Z1 甲 126 330106199001011234"],
    ),
    ("a scientific number", with_rows(row('<c r="C2"><v>1.26E+2</v></c>')), WHOLE),
    ("fifteen digits and rubbish", with_rows(row('<c r="C2"><v>0.043499999999999997</v></c>')), ["Z1 甲 0.0435"]),
    ("minus nought", with_rows(row('<c r="C2"><v>-0</v></c>')), ["Z1 甲 0"]),
    ("a formula with a number", with_rows(row('<c r="C2"><f>100+26</f><v>126</v></c>')), WHOLE),
    (
        "a formula with words",
        with_rows(row(NUMBER, '<c r="E2" t="str"><f>"甲"&amp;1</f><v>甲1</v></c>')),
        ["Z1 甲 126 甲1"],
    ),
    ("a formula with an empty text", with_rows(row(NUMBER, '<c r="E2" t="str"><f>""</f><v></v></c>')), WHOLE),
    ("a shared formula with values", with_rows(row('<c r="C2"><f t="shared" si="0"/><v>126</v></c>')), WHOLE),
    ("a dynamic array", with_rows(row('<c r="C2" cm="1"><f t="array" ref="C2">A</f><v>126</v></c>')), WHOLE),
    (
        "rich text and readings",
        with_rows(
            f'<row r="2"><c r="A2" t="inlineStr"><is><r><t>Z</t></r><r><rPr><b/></rPr><t>1</t></r></is></c>'
            f'<c r="B2" t="inlineStr"><is><t>甲</t>{PHONETIC}</is></c>{NUMBER}</row>'
        ),
        WHOLE,
    ),
    (
        "shared strings, rich and with readings",
        edited(
            shared_strings(shared("<t>Z1</t>", f"<r><t>甲</t></r>{PHONETIC}")),
            f'<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>{NUMBER}</row>',
        ),
        WHOLE,
    ),
    ("blanks kept", with_rows(row(NUMBER, text("E2", "  上报材料  "))), ["Z1 甲 126 上报材料"]),
    ("a carriage return in a cell", with_rows(row(NUMBER, text("E2", "甲_x000D_&#10;乙"))), ["Z1 甲 126 甲\r\n乙"]),
    ("an underscore code that was typed", with_rows(row(NUMBER, text("E2", "_x005F_x000D_"))), ["Z1 甲 126 _x000D_"]),
    ("blanks that cannot be seen", with_rows(row(text("C2", "&#160;1&#8203;２6&#65279;　"))), WHOLE),
    ("the longest text", with_rows(row(NUMBER, text("E2", "好" * 32767))), ["Z1 甲 126 " + "好" * 32767]),
    (
        "what looks like XML and formulas",
        with_rows(row(NUMBER, text("E2", "=A1&lt;b&gt;&amp;amp;"))),
        ["Z1 甲 126 =A1<b>&amp;"],
    ),
    ("a style that is not there", with_rows(row('<c r="C2" s="99"><v>126</v></c>')), WHOLE),
    ("no styles at all", edited(lambda parts: {n: d for n, d in parts.items() if "styles" not in n}), WHOLE),
    ("no content types", edited(lambda parts: {n: d for n, d in parts.items() if "Content" not in n}), WHOLE),
    (
        "no relationships of the package",
        edited(lambda parts: {n: d for n, d in parts.items() if n != "_rels/.rels"}),
        WHOLE,
    ),
    ("a chart, a dialog and a macro sheet", edited(other_sheets), WHOLE),
    (
        "macros",
        lambda folder: book(folder, edit=lambda parts: parts | {"xl/vbaProject.bin": b"x"}, name="数据.xlsm"),
        WHOLE,
    ),
    ("defined names, one broken, one elsewhere", replaced("xl/workbook.xml", "</sheets>", f"</sheets>{NAMES}"), WHOLE),
    (
        "links to another workbook",
        edited(lambda parts: related(parts, {"externalLinks/externalLink1.xml": f"{OFFICE}/externalLink"}, {})),
        WHOLE,
    ),
    (
        "everything merged",
        replaced(SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'),
        WHOLE,
    ),
    ("absolute targets", replaced("xl/_rels/workbook.xml.rels", '"worksheets/', '"/xl/worksheets/'), WHOLE),
    ("relative targets", replaced("xl/_rels/workbook.xml.rels", '"worksheets/', '"./worksheets/'), WHOLE),
    ("targets that go up", replaced("xl/_rels/workbook.xml.rels", '"worksheets/', '"../xl/worksheets/'), WHOLE),
    ("a sheet in UTF-16", edited(lambda parts: parts | {SHEET: in_utf16(parts[SHEET])}), WHOLE),
    (
        "every part in UTF-16",
        edited(lambda parts: {name: in_utf16(data) for name, data in parts.items()}, row(NUMBER, DATE)),
        ["Z1 甲 126 2025-03-11"],
    ),
    (
        "shared strings and styles of other names",
        edited(
            lambda parts: {
                name.replace("sharedStrings.", "strings.").replace("styles.", "formats."): data.replace(
                    b'"sharedStrings.xml"', b'"strings.xml"'
                ).replace(b'"styles.xml"', b'"formats.xml"')
                for name, data in shared_strings(shared("<t>甲</t>"))(parts).items()
            },
            f'<row r="2">{text("A2", "Z1")}<c r="B2" t="s"><v>0</v></c>{NUMBER}{DATE}</row>',
        ),
        ["Z1 甲 126 2025-03-11"],
    ),
    ("backslashes in the package", renamed(lambda name: name.replace("/", "\\")), WHOLE),
    ("a leading slash in the package", renamed(lambda name: f"/{name}"), WHOLE),
    ("small letters and capitals in part names", renamed(lambda name: name.replace("worksheets", "WorkSheets")), WHOLE),
    (
        "sheets in another folder",
        edited(
            lambda parts: {
                name.replace("worksheets/", "tables/"): re.sub(b'"worksheets/', b'"tables/', data)
                for name, data in parts.items()
            }
        ),
        WHOLE,
    ),
    ("byte order marks", edited(lambda parts: {name: b"\xef\xbb\xbf" + data for name, data in parts.items()}), WHOLE),
    ("not compressed", lambda folder: book(folder, method=ZIP_STORED), WHOLE),
    ("compressed otherwise", lambda folder: book(folder, method=ZIP_BZIP2), WHOLE),
    (
        "a styled cell in the last corner",
        with_rows(f'{row(NUMBER)}<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
        WHOLE,
    ),
    ("a blank typed far below", with_rows(f'{row(NUMBER)}<row r="90000">{text("E90000", " ")}</row>'), WHOLE),
    (
        "a thousand merges",
        replaced(
            SHEET,
            "</sheetData>",
            "</sheetData><mergeCells>"
            + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(3, 1003))
            + "</mergeCells>",
        ),
        WHOLE,
    ),
]
