"""Columns and sheets that no contract names: what they print, and that their numbers know their cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from documents import paragraphs, sheet
from workbooks import workbook

from reportgen.model.report import BuildOptions
from reportgen.pipeline import build

DATA = """
[刊期]
编发日期 | 2025-12-18
[活动]
活动号 | 单位 | 名称 | 类型 | 经费 | 联系人
H1 | 甲市 | 走访 | 走访 | 12 | 办公室
H2 | 甲市 | 座谈 | 座谈 | |
[任务]
事项 | 进度 | 时限 | 经费 | 备注
修路 | 50% | 2025-12-31 | 3.5 | 抓紧
建桥 | | | |
[内容]
类型 | 正文
"""


def dated(book: openpyxl.Workbook) -> None:
    cell = book["任务"]["C2"]
    cell.value, cell.number_format = date(2025, 12, 31), "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("prose", "printed", "cells"),
    [
        ("经费{{ H1.经费 }}万元", "经费12万元", ["活动!E2"]),
        ("{{ H1.联系人 }}", "办公室", []),
        ("〔{{ H2.经费 }}{{ H2.联系人 }}〕", "〔〕", []),
        ("完成{{ 表['任务'][0].进度 }}", "完成50%", ["任务!B2"]),
        ("{{ 表['任务'][0].时限 }}前", "12月31日前", []),
        ("{{ 表['任务'][0] }}：{{ 表['任务'][0].备注 }}", "修路：抓紧", []),
        ("〔{{ 表['任务'][1].经费 }}〕", "〔〕", []),
        ("共{{ (表['任务'][0].经费 + H1.经费)\\|量词('万元') }}", "共15.5万元", ["任务!D2、活动!E2"]),
        ("共{{ 计数(表['任务'])\\|量词('项') }}", "共2项", ["任务!A2:A3"]),
        ("办结{{ 计数(表['任务'].筛选(进度='50%'))\\|量词('项') }}", "办结1项", ["任务!A2"]),
        ("分{{ 计数(表['任务'].按('事项'))\\|量词('类') }}", "分2类", ["任务!A2:A3"]),
        ("{{ 计数(表['任务'].按('备注'))\\|量词('种') }}备注", "1种备注", ["任务!E2"]),
        ("没有{{ 计数(表['任务'].筛选(进度='停'))\\|量词('项') }}", "没有0项", []),
    ],
)
def test_what_a_column_of_ones_own_prints(tmp_path: Path, prose: str, printed: str, cells: list[str]) -> None:
    report = build(workbook(tmp_path, f"{DATA}导语 | {prose}", edit=dated), BuildOptions())
    assert report.output is not None, [fault.message for fault in report.diagnostics]
    assert printed in paragraphs(report.output.docx)
    rows = sheet(report.output.appendix, "核数表")
    top = next(index for index, row in enumerate(rows) if "序号" in row)
    at = rows[top].index("来源单元格")
    assert [row[at] for row in rows[top + 1 :] if row[at]] == cells
