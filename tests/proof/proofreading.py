"""An issue proofread without a document: what is typed in the sheets is taken for printed, paragraph by paragraph."""

from __future__ import annotations

import re
from pathlib import Path

from workbooks import sheets_of

from reportgen.compose import compose
from reportgen.diagnostics import Diagnostic
from reportgen.model.cells import CellValue, Sheet, SheetRow, Workbook
from reportgen.model.issue import Issue, ProseLine
from reportgen.proof.document import PrintedParagraph
from reportgen.proof.queries import RULES, Passage, Printed
from reportgen.proof.queries.printed import Printing
from reportgen.proof.recognition import recognise
from reportgen.validate import validate

# Nothing is rendered, so these have nothing to say here; test_audit.py has them through the whole build.
_OF_A_BUILD = ("数字不符", "手写数字", "写了没印", "指标未用", "活动未用")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")


def read(text: str) -> Workbook:
    """The workbook of a text table (see workbooks.py), without a file."""
    sheets = [
        Sheet(name, tuple(SheetRow(n, tuple(map(_value, row))) for n, row in enumerate(rows, 1) if any(row)))
        for name, rows in sheets_of(text).items()
    ]
    return Workbook(Path("数据.xlsx"), "", tuple(sheets))


def _value(text: str) -> CellValue:
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.removeprefix("'").replace(r"\n", "\n").replace(r"\|", "|") or None


def issue_of(text: str) -> Issue:
    data = validate(read(text))
    assert data.value is not None, [f"{d.place.label()} {d.message}" for d in data.diagnostics]
    made = compose(data.value)
    assert made.value is not None, [f"{d.place.label()} {d.message}" for d in made.diagnostics]
    return made.value


def printed(text: str = "", *prose: str) -> Printed:
    """The issue of the sheets in `text` with a row of 内容 for each of `prose`, every line of it in print."""
    rows = "\n".join(f"正文 | {line.replace('|', BAR)}" for line in prose)
    issue = issue_of(f"{text}\n[内容]\n类型 | 正文\n{rows}" if prose else text)
    passages = tuple(_passage(line, number) for number, line in enumerate(issue.lines, 1))
    paragraphs = tuple(PrintedParagraph("正文", passage.number, passage.text, ()) for passage in passages)
    return Printed(issue, (), paragraphs, "数据.docx", b"", passages)


BAR = r"\|"


def _passage(line: ProseLine, number: int) -> Passage:
    printings: list[Printing] = []
    position = 0
    for piece in line.text.pieces:
        end = position + len(str(piece))
        if not isinstance(piece, str):
            printings.append(Printing(position, end, piece))
        position = end
    assert line.cell is not None
    text = str(line.text)
    return Passage(text, "正文", number, line.cell.place(), line.cell, tuple(printings), recognise(text))


def asked(text: str = "", *prose: str) -> list[Diagnostic]:
    """Every 疑点 of the sheets and the prose."""
    found = printed(text, *prose)
    return [item for rule in RULES if rule.name not in _OF_A_BUILD for item in rule.find(found)]


def codes(found: list[Diagnostic]) -> list[str]:
    return [item.code for item in found]
