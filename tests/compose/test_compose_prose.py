"""Prose cells: what is typed, what is printed, and what is refused where."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import workbook

from reportgen.compose import compose
from reportgen.diagnostics import Diagnostic
from reportgen.model.figure import Status, Text
from reportgen.model.issue import Issue
from reportgen.read import read_workbook
from reportgen.validate import validate

BAR = r"\|"
SHEETS = """
[单位]
简称 | 全称 | 别称
甲市 | 甲市人民政协 | 甲市政协
乙市
[指标]
指标号 | 单位 | 名称 | 值 | 量词 | 性质 | 上年同期 | 占比 | 总体名称
Z001 | 甲市 | 项目 | 126 | 个 | | 107 | |
Z002 | 甲市 | 产值 | 17.7 | % | 增速 | | |
Z003 | 甲市 | 服务 | 450多 | 次 | | | |
Z004 | 甲市 | 提案 | 202 | 件 | | | 55.3 | 提案总数
Z005 | 甲市 | 岗位 | | 个 | | | |
[活动]
活动号 | 单位 | 名称 | 类型 | 场次 | 开始日期 | 做法 | 参加单位 | 联系人
H001 | 甲市 | 警示教育 | 教育 | 4 | 2025-03-11 | 深入开展
H002 | 甲市 | 读书班 | 学习 | | 2025-03-30
H003 | 甲市 | 现场会 | 会议
[引语]
引语号 | 原文 | 已核定 | 姓名 | 身份
Y001 | 要把“实”字落到{{ Z001 }}项目上。 | 是 | 代表 | 市民
[内容]
类型 | 正文
"""


def composed(folder: Path, prose: str, more: str = "") -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    path = workbook(folder, f"{SHEETS}导语 | {prose.replace('|', BAR)}\n{more}")
    book = read_workbook(path)
    assert book.value is not None, book.diagnostics
    data = validate(book.value)
    assert data.value is not None, data.diagnostics
    outcome = compose(data.value)
    return outcome.value, outcome.diagnostics


def lead(folder: Path, prose: str, more: str = "") -> Text:
    issue, faults = composed(folder, prose, more)
    assert issue is not None, faults
    return issue.articles[0].lead[0].text


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("引进{{ Z001 }}，{{ Z001.同比 }}。", "引进126个，同比增长17.8%。"),
        ("产值同比{{ Z002.增减 }}", "产值同比增长17.7%"),
        ("服务{{ Z003 }}", "服务450多次"),
        ("提案{{ Z004 }}，{{ Z004.占比句 }}", "提案202件，占提案总数55.3%"),
        ("{{ Z001.名称 }}{{ Z001.值 }}{{ Z001.量词 }}", "项目126个"),
        ("{{ 甲市 }}（{{ 甲市.全称 }}）", "甲市（甲市人民政协）"),
        ("{{ H001 }}{{ H001.场次|量词('次') }}", "警示教育4次"),
        ("{{ H002.场次|量词('次') }}", "1次"),
        ("{{ H001.日期 }}", "2025年3月11日"),
        ("{{ 场次(活动) }}", "6"),
        ("{{ 场次(活动.筛选(类型='教育'))|量词('次') }}", "4次"),
        ("{{ 计数(指标.筛选(单位='甲市')) }}", "5"),
        ("{{ 指标['Z001'].值 + 指标.前(1)[0].值 }}", "252"),
        ("{{ (Z001 + Z004)|量词('个') }}", "328个"),
        ("他说：{{ Y001 }}", "他说：“要把‘实’字落到126个项目上。”"),
        ("｛｛ Ｚ００１。同比 ｝｝", "同比增长17.8%"),
        ("{{ Z005 }}", "【待填：岗位】"),
        ("{{ Y001.身份 }}{{ Y001.姓名 }}", "市民代表"),
        ("{{ Z001.单位 }}{{ 指标.筛选(名称='项目')[0].值 }}", "甲市126"),
        ("{{ Z001 - 26 }}、{{ Z001 * 2 }}、{{ '多' if Z001 > 100 else '少' }}", "100、252、多"),
        ("A & B < C", "A & B < C"),
    ],
)
def test_what_is_typed_and_what_is_printed(tmp_path: Path, prose: str, printed: str) -> None:
    assert str(lead(tmp_path, prose)) == printed


def test_a_figure_keeps_its_cell_through_prose(tmp_path: Path) -> None:
    figure = lead(tmp_path, "引进{{ Z001 }}").figures[0]
    assert [(c.sheet, c.column, c.address, c.key) for c in figure.sources] == [("指标", "值", "D2", "Z001")]


def test_a_computed_figure_names_both_cells_and_shows_how(tmp_path: Path) -> None:
    figure = lead(tmp_path, "{{ Z001.同比 }}").figures[0]
    assert {c.column for c in figure.sources} == {"值", "上年同期"}
    assert figure.formula == "(126−107)/107"


def test_a_quotation_keeps_the_figures_in_it(tmp_path: Path) -> None:
    assert [f.text for f in lead(tmp_path, "{{ Y001 }}").figures] == ["126个"]


@pytest.mark.parametrize("prose", ["{{ Z001 ~ '' }}", "{{ '%s'|format(Z001) }}"])
def test_what_is_put_together_as_text_keeps_its_cell(tmp_path: Path, prose: str) -> None:
    text = lead(tmp_path, prose)
    assert str(text) == "126个"
    assert [cell.column for figure in text.figures for cell in figure.sources] == ["值"]


EVERY_PROSE_CELL = """
[刊期]
编者按 | {{ Q01 }}
[稿件]
稿号 | 主标题 | 副标题 | 引题
1 | {{ Q02 }} | {{ Q03 }} | {{ Q04 }}
[板块]
板块号 | 小标题 | 小标题下行 | 导入 | 过渡句 | 收束
B1 | {{ Q05 }} | {{ Q06 }} | {{ Q07 }} | {{ Q08 }} | {{ Q09 }}
[内容]
类型 | 板块号 | 正文 | 领句 | 标题
正文 | B1 | {{ Q10 }} | {{ Q11 }} | {{ Q12 }}
[活动]
活动号 | 单位 | 名称 | 类型 | 做法 | 成效
H1 | 甲市 | 走访 | 走访 | {{ Q13 }} | {{ Q14 }}
[引语]
引语号 | 原文 | 引导语
Y1 | {{ Q15 }} | {{ Q16 }}
[图片]
图片号 | 文件 | 图说
P1 | 图.png | {{ Q17 }}
"""


def test_every_prose_cell_may_hold_tags(tmp_path: Path) -> None:
    book = read_workbook(workbook(tmp_path, EVERY_PROSE_CELL))
    assert book.value is not None
    data = validate(book.value)
    assert data.value is not None, data.diagnostics
    lost = {fault.place.tag for fault in compose(data.value).diagnostics if fault.is_error}
    assert lost == {f"{{{{ Q{number:02} }}}}" for number in range(1, 18)}


def test_a_blank_value_is_pending(tmp_path: Path) -> None:
    assert lead(tmp_path, "{{ Z005 }}").figures[0].status is Status.PENDING


def test_alt_enter_starts_a_paragraph(tmp_path: Path) -> None:
    issue, _ = composed(tmp_path, r"第一段{{ Z001 }}\n\n第二段")
    assert issue is not None
    assert [str(p.text) for p in issue.articles[0].lead] == ["第一段126个", "第二段"]


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("{{ Z01 }}", "Z001"),
        ("{{ Z001.同笔 }}", "同比"),
        ("{{ 指标['Z01'] }}", "Z001"),
        ("{{ Z001|概术('多') }}", "概数"),
        ("{% if 1 %}", "{{"),
        ("{{ Z001", "}}"),
        ("{{ 指标.筛选(单元='甲市') }}", "单位"),
    ],
)
def test_a_reference_to_nothing_names_the_cell_and_what_is_near(tmp_path: Path, prose: str, words: str) -> None:
    issue, faults = composed(tmp_path, prose)
    assert issue is None
    errors = [fault for fault in faults if fault.is_error]
    assert [fault.place.label() for fault in errors] == ["数据.xlsx › 内容 › 第2行 › 正文 (B2)"]
    assert words in errors[0].message + errors[0].suggestion


def test_a_column_that_the_sheet_has_not_is_named_with_its_like(tmp_path: Path) -> None:
    _, faults = composed(tmp_path, "{{ 指标.按('单元') }}")
    (fault,) = [fault for fault in faults if fault.is_error]
    assert (fault.code, fault.place.cell) == ("C007", "B2")
    assert "“单位”" in fault.suggestion


def test_all_faults_of_all_cells_at_once(tmp_path: Path) -> None:
    _, faults = composed(tmp_path, "{{ Z01 }}{{ Z02 }}", "正文 | {{ Z001.同笔 }}")
    assert [fault.place.cell for fault in faults if fault.is_error] == ["B2", "B2", "B3"]


def test_quotations_that_name_each_other_are_an_error_naming_the_circle(tmp_path: Path) -> None:
    more = "[引语]\nY002 | {{ Y003 }}\nY003 | {{ Y002 }}"
    issue, faults = composed(tmp_path, "{{ Y002 }}", more)
    assert issue is None
    circles = [fault for fault in faults if fault.code == "C002"]
    assert len(circles) == 1
    assert "引语!B3 → 引语!B4 → 引语!B3" in circles[0].message


def test_other_prose_may_not_be_named(tmp_path: Path) -> None:
    _, faults = composed(tmp_path, "{{ H001.做法 }}")
    assert [fault.code for fault in faults if fault.is_error] == ["C003"]


@pytest.mark.parametrize(
    ("prose", "blank"),
    [
        ("{{ H003.联系人 }}说。", ["联系人"]),
        ("{{ H003.联系人 }}和{{ H003.联系人 }}。", ["联系人"]),
        ("{{ H003.开始日期 }}由{{ H003.参加单位 }}和{{ 乙市.全称 }}办。", ["开始日期", "参加单位", "全称"]),
        ("{{ H003.日期 }}办。", ["开始日期"]),
        ("{{ H003.联系人 or '有人' }}说，{{ H003.单位 }}的{{ H003.名称 }}好。", []),
        ("{{ '由' ~ H003.联系人 if H003.联系人 else '' }}办。", []),
    ],
)
def test_blank_words_in_a_sentence_are_told_by_the_prose_cell_and_the_blank_one(
    tmp_path: Path, prose: str, blank: list[str]
) -> None:
    issue, faults = composed(tmp_path, prose)
    assert issue is not None
    told = [fault for fault in faults if fault.code == "C016"]
    assert [(f.place.cell, f.related[0].column) for f in told] == [("B2", name) for name in blank]
    for name, fault in zip(blank, told, strict=True):
        assert fault.message.endswith(f"的“{name}”空着，这一句印出来缺字。")


def test_blank_words_of_a_column_that_the_sheet_does_not_have(tmp_path: Path) -> None:
    _, faults = composed(tmp_path, "在{{ H001.地点 }}举办。")
    (told,) = [fault for fault in faults if fault.code == "C016"]
    assert told.message == "H001 引用的一栏在“活动”表里没有这一列，这一句印出来缺字。"


def test_a_missing_base_named_by_a_tag_is_a_warning_at_the_prose_cell(tmp_path: Path) -> None:
    issue, faults = composed(tmp_path, "{{ Z003.同比 }}{{ Z004.同比 }}")
    assert issue is not None
    assert [(f.code, f.place.cell) for f in faults if f.code == "C006"] == [("C006", "B2"), ("C006", "B2")]


@pytest.mark.parametrize(
    ("more", "cell"),
    [
        ("[单位]\n简称\n甲市\n稿件", "A3"),
        ("[指标]\n指标号 | 名称 | 值\n计数 | 项目 | 1", "A2"),
        ("[指标]\n指标号 | 名称 | 值\n刊期 | 项目 | 1", "A2"),
    ],
)
def test_a_row_may_not_take_a_name_of_the_templates(tmp_path: Path, more: str, cell: str) -> None:
    path = workbook(tmp_path, more)
    book = read_workbook(path)
    assert book.value is not None
    data = validate(book.value)
    assert data.value is not None, data.diagnostics
    faults = compose(data.value).diagnostics
    assert [(f.code, f.place.cell) for f in faults if f.is_error] == [("C001", cell)]
