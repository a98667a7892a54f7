"""The promise that every printed number can be traced: expression in, printed text, formula and source cells out."""

from __future__ import annotations

import json

import pytest
from documents import paragraphs
from workbooks import workbook

from reportgen.model.report import BuildOptions
from reportgen.pipeline import build

DATA = """
[指标]
指标号 | 名称 | 值 | 量词 | 上年同期 | 概数
Z1 | 项目 | 126 | 个 | 107 | |
Z2 | 课题 | 33 | 个 | 40 | |
Z3 | 投资 | 12.5 | 亿元 | | |
Z4 | 贷款 | 9000 | 万元 | | |
Z5 | 缺额 | | 个 | | |
Z6 | 群众 | 456 | 名 | | 多
Z7 | 盈亏 | -5 | 万元 | |
Z8 | 办结率 | 4.35% | | | |
Z9 | 来信 | 450多 | 件 | | |
"""
# expression, what is printed, the formulas of its figures, their cells
KEPT = [
    # one number made into another
    ("Z1|int", "126", "", "C2"),
    ("Z3|int", "12", "", "C4"),
    ("Z3|float", "12.5", "", "C4"),
    ("Z3|round", "13", "", "C4"),
    ("Z3|round(0, 'floor')", "12", "", "C4"),
    ("Z1|round(-1)", "130", "", "C2"),
    ("Z8|round(1)", "4.4", "", "C9"),
    ("Z6|int", "456", "", "C7"),
    ("Z9|int", "450多件", "", "C10"),
    ("Z7|abs", "5", "|-5|", "C8"),
    ("(Z2 - Z1)|abs", "93", "|33−126|", "C3 C2"),
    ("Z1.同比|round", "18", "(126−107)/107", "C2 E2"),
    ("-Z1", "-126", "−126", "C2"),
    ("-(Z1 + Z2)", "-159", "−(126+33)", "C2 C3"),
    ("+Z1", "126", "", "C2"),
    # two numbers
    ("Z1 + Z2", "159", "126+33", "C2 C3"),
    ("Z1 - Z2", "93", "126−33", "C2 C3"),
    ("Z1 + Z2 * 2", "192", "126+33×2", "C2 C3"),
    ("(Z1 + Z2) * 2", "318", "(126+33)×2", "C2 C3"),
    ("Z1 - (Z2 - 3)", "96", "126−(33−3)", "C2 C3"),
    ("Z1 / (Z2 / 3)", "11.4545454545455", "126/(33/3)", "C2 C3"),
    ("Z1 // 4", "31", "取整(126/4)", "C2"),
    ("Z1 % 4", "2", "余数(126/4)", "C2"),
    ("1000 // Z2", "30", "取整(1000/33)", "C3"),
    ("Z2 ** 2", "1089", "33^2", "C3"),
    ("2 ** (Z2 - 30)", "8", "2^(33−30)", "C3"),
    ("0 + Z1", "126", "126", "C2"),
    ("Z3 + Z4", "13.4", "12.5+0.9", "C4 C5"),
    ("合计([Z1, Z2]) / 2", "79.5", "(126+33)/2", "C2 C3"),
    ("(Z1|int) * 2", "252", "126×2", "C2"),
    # many numbers
    ("[Z1, Z2]|sum", "159", "126+33", "C2 C3"),
    ("[Z1, Z2, Z1]|sum", "285", "126+33+126", "C2 C3"),
    ("[Z1, Z2]|sum(start=1)", "160", "1+126+33", "C2 C3"),
    ("[Z3, Z4]|sum", "13.4", "12.5+0.9", "C4 C5"),
    ("[Z1, Z2]|sum(attribute='值')", "159", "126+33", "C2 C3"),
    ("[Z1, Z2]|sum(attribute='上年同期')", "147", "107+40", "E2 E3"),
    ("[Z1 - Z2, Z2]|sum", "126", "126−33+33", "C2 C3"),
    ("[Z1, Z2]|map('int')|sum", "159", "126+33", "C2 C3"),
    ("[Z1, Z2]|max", "126个", "", "C2"),
    ("[Z1, Z2]|min", "33个", "", "C3"),
    ("[Z1, Z2]|sort(attribute='值')|first", "33个", "", "C3"),
    # put into words
    ("Z1 ~ '和' ~ Z2", "126个和33个", "", "C2 C3"),
    ("[Z1, Z2]|join('、')", "126个、33个", "", "C2 C3"),
    ("'%d项' % Z1", "126项", "", "C2"),
    ("'%.1f与%s'|format(Z3, Z2)", "12.5与33个", "", "C4 C3"),
    ("'{}和{}'.format(Z1, Z2)", "126个和33个", "", "C2 C3"),
    ("Z1|string", "126个", "", "C2"),
    ("Z1|replace('个', '项')", "126项", "", "C2"),
    ("(Z1 ~ '项目')|upper|trim", "126个项目", "", "C2"),
    ("'共' + Z1|string", "共126个", "", "C2"),
    # a number typed in a tag comes from no cell: as text it is mere text
    ("3|汉字|string", "三", "", ""),
    # what is not exactly known gives no number
    ("Z5|int", "【待填：缺额】", "", "C6"),
    ("Z5 + Z1", "【待核】", "", "C6 C2"),
    ("-Z9", "【待核】", "", "C10"),
    ("[Z1, Z9]|sum", "【待核】", "", "C2 C10"),
]  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, str]]:
    """Expression → what it prints in one docx, and the formulas and cells that its manifest lists."""
    folder = tmp_path_factory.mktemp("出处")
    bar = "\\|"
    prose = "".join(f"正文 | 式{n}：{{{{ {e.replace('|', bar)} }}}}。\n" for n, e in _numbered())
    report = build(workbook(folder, f"{DATA}\n[内容]\n类型 | 正文\n{prose}"), BuildOptions())
    assert report.output is not None, [fault.message for fault in report.diagnostics]
    lines = dict(line.split("：", 1) for line in paragraphs(report.output.docx) if line.startswith("式"))
    entries = json.loads(report.output.manifest.read_text("utf-8"))["figures"]
    found = {}
    for number, expression in _numbered():
        figures = [entry for entry in entries if entry["sentence"].startswith(f"式{number}：")]
        cells = dict.fromkeys(source["cell"] for entry in figures for source in entry["sources"])
        formulas = [entry["formula"] for entry in figures if entry["formula"]]
        found[expression] = (lines[f"式{number}"].removesuffix("。"), " ".join(formulas), " ".join(cells))
    return found


def _numbered() -> list[tuple[int, str]]:
    return [(number, expression) for number, (expression, *_) in enumerate(KEPT, 1)]


@pytest.mark.parametrize(("expression", "text", "formula", "cells"), KEPT)
def test_a_printed_number_keeps_its_cells(
    printed: dict[str, tuple[str, str, str]], expression: str, text: str, formula: str, cells: str
) -> None:
    assert printed[expression] == (text, formula, cells)
