"""Which thing a name in a template stands for, and which names no row may have."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "template"))
import word_files
from workbooks import workbook

from reportgen.model.report import BuildOptions
from reportgen.pipeline import build, check, vision
from reportgen.resources import templates_root
from reportgen.template import Template

CLASHES = [
    # A row's number or name against …  → code, sheet, cell
    ("[单位]\n简称\n稿件", "C001", "单位", "A2"),  # a contract name
    ("[单位]\n简称\n核数", "C001", "单位", "A2"),  # one of 附件.xlsx
    ("[单位]\n简称\n指标", "C001", "单位", "A2"),  # a sheet
    ("[指标]\n指标号 | 名称 | 值\n合计 | 产业项目 | 126", "C001", "指标", "A2"),  # a function
    ("[引语]\n引语号 | 原文\n加粗 | 好", "C001", "引语", "A2"),  # a function of the engine
    ("[图片]\n图片号 | 文件\nloop | 会.png", "C001", "图片", "A2"),  # what a loop offers
    ("[指标]\n指标号 | 名称 | 值\nnone | 产业项目 | 126", "C001", "指标", "A2"),  # a word of the tags
    ("[活动]\n活动号 | 单位 | 名称 | 类型\nZ900 | | 学习 | 会议", "V040", "指标", "A2"),  # another sheet's number
    ("[单位]\n简称\nZ900", "V040", "指标", "A2"),
    ("[单位]\n简称\nＺ９００", "V040", "指标", "A2"),  # written full-width, a tag reads it as the same
]


@pytest.mark.parametrize(("sheets", "code", "sheet", "cell"), CLASHES)
def test_two_things_of_one_name_are_an_error(sheets: str, code: str, sheet: str, cell: str, tmp_path: Path) -> None:
    (tmp_path / "会.png").touch()

    found = check(workbook(tmp_path, sheets)).diagnostics

    clashes = [(fault.code, fault.place.sheet, fault.place.cell) for fault in found if fault.code in ("C001", "V040")]
    assert clashes == [(code, sheet, cell)]


PRECEDENCE = [
    ("{% set Z900 = '自定' %}{{ Z900 }}", "自定"),  # the template's own before numbers
    ("{% for 单位 in ['甲'] %}{{ 单位 }}{% endfor %}", "甲"),  # and before contract names
    ("{% macro 合计(数) %}〔{{ 数 }}〕{% endmacro %}{{ 合计(1) }}", "〔1〕"),  # and before functions
    ("{% for 稿 in 稿件 %}{{ 稿.主标题 }}{% endfor %}{{ 稿.主标题 }}", "党建引领党建引领"),  # until the loop is over
    ("{{ Z900 }}{{ 指标['Z900'].名称 }}{{ 柳州市政协 }}", "126个产业项目柳州市政协"),
    ("{{ 单位['5园区'] }}", "5园区"),  # a name that is none in a tag
]


@pytest.mark.parametrize(("text", "printed"), PRECEDENCE)
def test_the_templates_own_names_come_first(text: str, printed: str, tmp_path: Path) -> None:
    report = build(*_job(tmp_path, text))

    assert report.output is not None, report.diagnostics
    assert [p.text for p in docx.Document(str(report.output.docx)).paragraphs] == [printed]


# The functions, filters and selections of figures.md are the same in Word and Excel.
CELLS = [
    ("{{ 场次(活动.筛选(类型='会议')) }}", 3),
    ("{{ 场次(活动.筛选(参加单位='乙')) }}", 2),  # a list column holds the value
    ("{{ 计数(活动.筛选(地点='')) }}", 2),  # blank cells
    ("{{ 人次(活动) }}", 90),
    ("{{ 指标['Z900'].值 }}", 126),
    ("{{ 合计(指标) }}", 126),
    ("{{ 指标[0]|量词('项') }}", "126项"),
    ("{{ 活动.排序('开始日期', 降序=true).前(1)|顿号 }}", "视察"),
    ("{% for 类, 行们 in 活动.按('类型') %}{{ 类 }}{{ 行们|length }}{% endfor %}", "会议1视察1"),
]
ACTIVITIES = """
[活动]
活动号 | 单位 | 名称 | 类型 | 开始日期 | 场次 | 人次 | 地点 | 参加单位
H1 | 甲 | 党课 | 会议 | 2025-03-11 | 3 | 60 | |
H2 | 甲 | 视察 | 视察 | 2025-03-12 | 2 | 30 | | 甲、乙
"""


@pytest.mark.parametrize(("text", "value"), CELLS)
def test_rows_are_chosen_and_counted_in_excel_as_in_word(text: str, value: object, tmp_path: Path) -> None:
    seen = vision(workbook(tmp_path, f"[单位]\n简称\n甲\n乙\n{ACTIVITIES}")).value
    assert seen is not None
    filled = BytesIO()

    words = seen.words
    Template.load(BytesIO(_one_cell(text)), words.filters, words.functions).render(seen.names.appendix, filled)

    assert openpyxl.load_workbook(filled).worksheets[0]["A1"].value == value


def _one_cell(text: str) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    book.worksheets[0]["A1"] = text
    book.save(out)
    return out.getvalue()


def _job(folder: Path, text: str) -> tuple[Path, BuildOptions]:
    """A workbook, and a template folder whose article is one paragraph."""
    own = folder / "我的"
    own.mkdir()
    (own / "正文.docx").write_bytes(word_files.docx(text))
    (own / "附件.xlsx").write_bytes((templates_root() / "综述" / "附件.xlsx").read_bytes())
    return workbook(folder, "[单位]\n简称\n柳州市政协\n5园区\n"), BuildOptions(template=own)
