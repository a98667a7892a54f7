"""Workbooks with one thing wrong inside: what it is, how it is made, and the one message that tells it."""

from __future__ import annotations

from raw_books import (
    NUMBER,
    SHEET,
    Make,
    book,
    edited,
    hidden,
    picture_in_a_cell,
    replaced,
    row,
    shared,
    shared_strings,
    text,
    with_rows,
)

# What is odd, how it is made, the one message: code, cell, key words of message and suggestion.
TOLD: list[tuple[str, Make, str, str | None, tuple[str, ...]]] = [
    (
        "18 digits typed as a number",
        with_rows(row(NUMBER, '<c r="E2"><v>330106199001011234</v></c>')),
        "V026",
        "E2",
        ("超过15位", "文本"),
    ),
    (
        "a picture of WPS in a cell",
        with_rows(row('<c r="C2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>')),
        "V025",
        "C2",
        ("嵌的是图片", "文件名"),
    ),
    (
        "a picture of Excel in a cell",
        edited(picture_in_a_cell("_localImage"), row('<c r="C2" t="e" vm="1"><v>#VALUE!</v></c>')),
        "V025",
        "C2",
        ("嵌的是图片", "文件名"),
    ),
    (
        "an error of the new kind, kept as the old",
        edited(picture_in_a_cell("_error"), row('<c r="C2" t="e" vm="1"><v>#VALUE!</v></c>')),
        "V023",
        "C2",
        ("公式错误 #VALUE!", "改好公式"),
    ),
    (
        "an error of the new kind",
        with_rows(row('<c r="C2" t="e"><v>#SPILL!</v></c>')),
        "R016",
        "C2",
        ("#SPILL!", "改好这个公式"),
    ),
    (
        "an error cell",
        with_rows(row('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')),
        "V023",
        "C2",
        ("#DIV/0!", "保存"),
    ),
    ("an error pasted as text", with_rows(row(NUMBER, text("E2", "#REF!"))), "V023", "E2", ("#REF!", "直接填上结果")),
    (
        "a number too large for Excel",
        with_rows(row('<c r="C2"><v>1e400</v></c>')),
        "V023",
        "C2",
        ("#NUM!", "直接填上结果"),
    ),
    (
        "a shared formula without values",
        with_rows(row('<c r="C2"><f t="shared" si="0"/></c>')),
        "V024",
        "C2",
        ("还没有算出结果", "保存一次"),
    ),
    (
        "an array formula without values",
        with_rows(row('<c r="C2"><f t="array" ref="C2:C3">A1</f></c>')),
        "V024",
        "C2",
        ("还没有算出结果", "保存一次"),
    ),
    ("yes or no for a number", with_rows(row('<c r="C2" t="b"><v>1</v></c>')), "V012", "C2", ("不是数", "阿拉伯数字")),
    (
        "a date for a number",
        with_rows(row('<c r="C2" s="4"><v>45727</v></c>')),
        "V029",
        "C2",
        ("却是日期", "2025-03-11", "常规"),
    ),
    (
        "a date that lost its format",
        with_rows(row(NUMBER, '<c r="D2"><v>45727</v></c>')),
        "V020",
        "D2",
        ("2025年3月11日", "格式改成日期"),
    ),
    (
        "a percentage that shows less than it holds",
        with_rows(row('<c r="C2" s="2"><v>0.366666666666667</v></c>')),
        "V030",
        "C2",
        ("看到的是 36.7%", "存的却是 36.6666666666667%", "ROUND"),
    ),
    (
        "a quotient that was not rounded",
        with_rows(row('<c r="C2"><f>37/3</f><v>12.3333333333333</v></c>')),
        "V031",
        "C2",
        ("13 位小数", "ROUND"),
    ),
    (
        "a formula error in a cell merged downwards",
        replaced(
            SHEET,
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="E2:E4"/></mergeCells>',
            row(NUMBER, '<c r="E2" t="e"><v>#REF!</v></c>')
            + "".join(
                f'<row r="{n}">{text(f"A{n}", f"Z{n}")}{text(f"B{n}", "乙")}<c r="C{n}"><v>1</v></c></row>'
                for n in (3, 4)
            ),
        ),
        "V023",
        "E2",
        ("#REF!",),
    ),
    ("the sheet hidden", hidden("hidden"), "V001", None, ("「指标」", "取消隐藏")),
    ("the sheet hidden by a macro", hidden("veryHidden"), "V001", None, ("「指标」", "取消隐藏")),
    (
        "two sheets of nearly one name",
        replaced("xl/workbook.xml", "</sheets>", '<sheet name="指标 " sheetId="9" r:id="rId3"/></sheets>'),
        "V008",
        None,
        ("有两张「指标」表", "并到一张"),
    ),
    (
        "two sheets of one name",
        replaced("xl/workbook.xml", 'name="稿件"', 'name="指标"'),
        "R009",
        None,
        ("不完整或已损坏", "另存"),
    ),
    (
        "a sheet whose part is missing",
        edited(lambda parts: {n: d for n, d in parts.items() if n != SHEET}),
        "R009",
        None,
        ("不完整或已损坏", "另存"),
    ),
    (
        "a sheet without a relationship",
        replaced("xl/workbook.xml", 'r:id="rId3"', 'r:id="rId77"'),
        "R009",
        None,
        ("不完整或已损坏", "另存"),
    ),
    ("shared strings missing", edited(shared_strings("")), "R009", None, ("不完整或已损坏", "另存")),
    (
        "a shared string that is not there",
        edited(shared_strings(shared("<t>甲</t>")), row('<c r="C2" t="s"><v>99</v></c>')),
        "R009",
        None,
        ("不完整或已损坏", "另存"),
    ),
    ("XML cut off", replaced(SHEET, "</sheetData></worksheet>", ""), "R009", None, ("不完整或已损坏", "另存")),
    (
        "bytes of GBK said to be UTF-8",
        edited(lambda parts: parts | {SHEET: parts[SHEET].decode().encode("gb18030")}),
        "R009",
        None,
        ("不完整或已损坏", "另存"),
    ),
    (
        "UTF-16 inside",
        edited(
            lambda parts: (
                parts | {SHEET: f'<?xml version="1.0" encoding="UTF-16"?>{parts[SHEET].decode()}'.encode("utf-16")}
            )
        ),
        "R009",
        None,
        ("不完整或已损坏", "另存"),
    ),
    ("a control character", replaced(SHEET, "甲", "\x01"), "R009", None, ("不完整或已损坏", "另存")),
    (
        "something far out",
        with_rows(f'{row(NUMBER)}<row r="1048576">{text("XFD1048576", "x")}</row>'),
        "R014",
        "XFD1048576",
        ("一直延伸到 XFD1048576", "Ctrl+End"),
    ),
    (
        "an address that cannot be",
        with_rows(f'{row(NUMBER)}<row r="3"><c r="ZZZZZZZ3"><v>1</v></c></row>'),
        "R014",
        "ZZZZZZZ3",
        ("范围大得异常", "删除"),
    ),
    (
        ".xlsx named .xls",
        lambda folder: book(folder, name="数据.xls"),
        "R020",
        None,
        ("内容是 xlsx 格式", "改为 .xlsx"),
    ),
]
