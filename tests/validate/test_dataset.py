"""A book in, typed records out: every sheet, what blanks mean, what merged and marked cells hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from faults import dataset, found, only, validated

from reportgen.diagnostics import has_errors
from reportgen.model.records import Approximation, Nature, Quantity
from reportgen.read import read_workbook
from reportgen.validate import validate

SAMPLE = Path(__file__).parents[2] / "inputs" / "综述" / "综述.xlsx"

FULL = r"""
[刊期]
期号 | 12
编者按 | 全市 {{ Z001 }}。
翻倍写法 | 增长
[稿件]
稿号 | 主标题 | 署名位置 | 版面序
１ | 党建｜引领 | 文末 | 2
[单位]
简称 | 全称 | 别称 | 参报 | 排序 | 截止
柳州市政协 | 政协柳州市委员会 | 柳州政协、柳政 | | 1.5 | 2025年3月
全市 | | | 否 | |
[板块]
板块号 | 序 | 小标题 | 展开方式 | 单位范围 | 末尾省略号
B1 | 1 | 聚合力 | 逐单位 | 柳州政协、全市 | 是
[内容]
板块号 | 类型 | 单位 | 正文 | 图片 | 状态
B1 | 单位段 | 政协柳州市委员会 | 甲&<乙>\n丙 | Ｐ１ | 定
[活动]
活动号 | 单位 | 名称 | 类型 | 开始日期 | 场次 | 人次 | 参加单位
H1 | 柳政 | 座谈会 | 会议 | 3月11日 | | 1.28万人次 | 柳政；市教育局
| 全市 | 培训 | 培训 | 2025年第一季度 | 72期 | |
[指标]
指标号 | 单位 | 名称 | 值 | 量词 | 概数 | 性质 | 总体 | 对照 | 名次 | 可加 | 小数
Z001 | 柳州市政协 | 提案 | 202 | 件 | | | Z002 | | | |
Z002 | 全市 | 提案 | 365 | 件 | 多 | | 400 | | 第二 | 否 | 2
Z003 | | 增速 | 5.8 | % | | 增速 | | 4.2% | | |
Z004 | | 占比 | 36.67% | | | | | | | |
Z005 | | 场次 | 450多次 | 次 | | | | | | |
[引语]
引语号 | 板块号 | 原文 | 已核定
Y1 | B1 | '=1+1 | √
[图片]
图片号 | 文件 | 宽度
P1 | 图片\甲.png | 8厘米
[名单]
名单名 | 名称 | 单位 | 金额
项目 | 平陆运河 | 外单位 | 1.1亿元
[词表]
类别 | 词 | 替换
规范 | 帐号 | 账号
"""


def picture(folder: Path) -> None:
    (folder / "图片").mkdir()
    (folder / "图片" / "甲.png").write_bytes(b"png")


def test_every_sheet_becomes_records(tmp_path: Path) -> None:
    picture(tmp_path)
    data = dataset(tmp_path, FULL)
    assert (data.masthead.number, data.masthead.editor_note) == ("12", "全市 {{ Z001 }}。")
    assert (data.masthead.doubling, data.masthead.small_base) == ("增长", Decimal(20))
    article = data.articles[0]
    assert (article.id, article.title, article.byline_position) == ("1", "党建｜引领", "文末")
    assert article.page_order == 2
    unit, city = data.units
    assert (unit.aliases, unit.reports, unit.order) == (("柳州政协", "柳政"), True, Decimal("1.5"))
    assert unit.deadline is not None
    assert (unit.deadline.end.isoformat(), city.reports) == ("2025-03-31", False)
    section = data.sections[0]
    assert (section.mode, section.unit_scope, section.ellipsis) == ("逐单位", ("柳州市政协", "全市"), True)
    content = data.contents[0]
    assert (content.unit, content.text, content.pictures) == ("柳州市政协", "甲&<乙>\n丙", ("P1",))
    assert (data.quotes[0].text, data.quotes[0].approved) == ("=1+1", True)
    assert (data.pictures[0].file, data.pictures[0].width) == ("图片/甲.png", Decimal(8))
    assert data.lists[0].amount == Quantity(Decimal("110000000.0"), "亿", decimals=1)
    assert (data.terms[0].word, data.terms[0].replacement) == ("帐号", "账号")


def test_activities_count_one_unless_they_say_more(tmp_path: Path) -> None:
    picture(tmp_path)
    first, second = dataset(tmp_path, FULL).activities
    assert (first.unit, first.participants) == ("柳州市政协", ("柳州市政协", "市教育局"))
    assert (first.sessions, first.attendance) == (
        Quantity(Decimal(1)),
        Quantity(Decimal(12800), "万", decimals=2),
    )
    assert second.sessions == Quantity(Decimal(72))
    assert first.start is not None
    assert first.start.start.isoformat() == "2025-03-11"


def test_indicators_know_what_kind_of_number_they_are(tmp_path: Path) -> None:
    picture(tmp_path)
    part, whole, growth, share, reported = dataset(tmp_path, FULL).indicators
    assert (part.whole, part.nature, part.additive, part.decimals) == ("Z002", Nature.COUNT, True, None)
    assert whole.whole == Quantity(Decimal(400))
    assert (whole.approximation, whole.rank, whole.additive, whole.decimals) == (Approximation.MANY, 2, False, 2)
    assert (growth.nature, growth.additive) == (Nature.GROWTH, False)
    assert growth.value == Quantity(Decimal("5.8"), percent=True, decimals=1)
    assert growth.comparison == Quantity(Decimal("4.2"), percent=True, decimals=1)
    assert (share.nature, share.additive) == (Nature.RATIO, False)
    assert reported.value == Quantity(Decimal(450), reported="450多")


def test_every_value_keeps_its_cell_and_key(tmp_path: Path) -> None:
    picture(tmp_path)
    row = dataset(tmp_path, FULL).indicators[3]
    cell = row.origin.cell("value")
    assert (cell.file, cell.label, cell.column, cell.key, cell.text) == ("数据.xlsx", "指标!D5", "值", "Z004", "36.67%")


def test_a_percent_cell_is_a_percentage(tmp_path: Path) -> None:
    def percent(book: openpyxl.Workbook) -> None:
        book["指标"]["C2"] = 0.043499999999999997
        book["指标"]["C2"].number_format = "0.0%"

    row = dataset(tmp_path, "[指标]\n指标号 | 名称 | 值\nZ1 | 率 | 0\n", edit=percent).indicators[0]
    assert row.value == Quantity(Decimal("4.35"), percent=True, decimals=2)
    assert row.origin.cell("value").text == "4.35%"


MERGED = """
[板块]
板块号 | 小标题
B1 | 聚
[指标]
单位 | 板块号 | 指标号 | 名称 | 时期 | 报送人 | 口径
柳州 | B1 | Z1 | 甲 | 今年以来 | 张 | 一
| | Z2 | 乙 | | |
-
| | Z3 | 丙 | | |
桂林 | | Z4 | 丁 | | |
"""


def test_a_tall_merge_holds_for_every_row_where_the_contract_says_so(tmp_path: Path) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        for area in ("A2:A5", "B2:B5", "E2:E3", "F2:F5", "G2:G5"):
            book["指标"].merge_cells(area)

    outcome = validated(tmp_path, MERGED, edit=merge)
    assert outcome.value is not None
    rows = [(r.unit, r.section, r.period, r.reporter, r.caliber) for r in outcome.value.indicators]
    assert rows == [
        ("柳州", "B1", "今年以来", "张", "一"),
        ("柳州", "B1", "今年以来", "张", ""),
        ("柳州", "B1", "", "张", ""),
        ("桂林", "", "", "", ""),
    ]
    assert outcome.value.indicators[2].origin.cell("unit").text == "柳州"


FILLED_DOWN = """
[单位]
简称
柳州市政协
[指标]
单位 | 指标号 | 名称 | 值
%s | Z1 | 甲 | 1
| Z2 | 乙 | 2
| Z3 | 丙 | 3
"""


@pytest.mark.parametrize(
    ("head", "code"), [("柳洲市政协", "V041"), ("=A1", "V024"), ("#REF!", "V023")], ids=["unknown", "formula", "error"]
)
def test_a_fault_in_a_merged_cell_is_told_once(tmp_path: Path, head: str, code: str) -> None:
    outcome = validated(tmp_path, FILLED_DOWN % head, edit=lambda book: book["指标"].merge_cells("A2:A4"))
    assert found(outcome) == [(code, "指标", "A2")]


def test_a_blank_cell_merged_downwards_fills_nothing(tmp_path: Path) -> None:
    text = "[活动]\n单位 | 名称 | 类型\n | 会 | 会议\n | 课 | 培训\n"
    outcome = validated(tmp_path, text, edit=lambda book: book["活动"].merge_cells("A2:A3"))
    assert found(outcome) == [("V010", "活动", "A2"), ("V010", "活动", "A3")]


def test_hidden_rows_and_blank_rows(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["指标"].row_dimensions[2].hidden = True
        book["指标"]["A4"] = "   "

    data = dataset(tmp_path, "[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 1\n-\n-\nZ2 | 乙 | 2\n", edit=hide)
    assert [(row.id, row.origin.row) for row in data.indicators] == [("Z1", 2), ("Z2", 5)]


CELL_FAULTS = [
    ("[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 一百二\n", ("V012", "指标", "C2")),
    ("[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | 甲 | 126个 | 件\n", ("V013", "指标", "C2")),
    ("[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | 甲 | 3000万元 | 亿元\n", ("V014", "指标", "C2")),
    ("[指标]\n指标号 | 名称 | 值 | 量词\nZ1 | 甲 | 4% | 个\n", ("V015", "指标", "C2")),
    ("[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | 3-5\n", ("V016", "指标", "C2")),
    ("[指标]\n指标号 | 名称 | 值 | 名次\nZ1 | 甲 | 1 | 1.5\n", ("V017", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值 | 截止日\nZ1 | 甲 | 1 | 年底\n", ("V018", "指标", "D2")),
    ("[刊期]\n统计止 |\n[指标]\n指标号 | 名称 | 值 | 截止日\nZ1 | 甲 | 1 | 3月11日\n", ("V019", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值 | 截止日\nZ1 | 甲 | 1 | 45727\n", ("V020", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值 | 入文\nZ1 | 甲 | 1 | 待定\n", ("V021", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值 | 概数\nZ1 | 甲 | 1 | 左右\n", ("V022", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值\n | 甲 | 1\n", ("V010", "指标", "A2")),
    ("[指标]\n指标号 | 名称 | 值\nZ1 | 甲 | =A1+1\n", ("V024", "指标", "C2")),
    ("[指标]\n指标号 | 名称 | 值 | 电话\nZ1 | 甲 | 1 | =A1+1\n", ("V024", "指标", "D2")),
    ("[名册]\n姓名 | 电话\n张 | =A1+1\n", ("V024", "名册", "B2")),
    ("[指标]\n指标号 | 名称 | 值 | 小数\nZ1 | 甲 | 1 | 9\n", ("V051", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值 | 总体\nZ1 | 甲 | 1 | 全部提案\n", ("V053", "指标", "D2")),
    ("[指标]\n指标号 | 名称 | 值 | 值至\nZ1 | 甲 | 500 | 300\n", ("V048", "指标", "D2")),
]


@pytest.mark.parametrize(("text", "expected"), CELL_FAULTS)
def test_a_faulty_cell_is_one_error_at_its_place(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    outcome = validated(tmp_path, text)
    assert has_errors(outcome.diagnostics)
    assert found(outcome) == [expected]


def test_a_fault_names_file_sheet_row_column_cell_text_and_cure(tmp_path: Path) -> None:
    fault = only(validated(tmp_path, "[指标]\n指标号 | 名称 | 值（个）\nZ1 | 甲 | 一百二\n"))
    assert fault.place.label() == "数据.xlsx › 指标 › 第2行 › 值 (C2)"
    assert (fault.text, fault.message, fault.suggestion) == ("一百二", "「一百二」不是数。", "填阿拉伯数字，如 120。")


@pytest.mark.parametrize(
    ("value", "code"), [("#REF!", "V023"), (330106199001011234, "V026")], ids=["error", "digits lost"]
)
def test_a_cell_that_holds_no_true_value(tmp_path: Path, value: object, code: str) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["指标"]["D2"] = value
        if code == "V023":
            book["指标"]["D2"].data_type = "e"

    outcome = validated(tmp_path, "[指标]\n指标号 | 名称 | 值 | 来源\nZ1 | 甲 | 1 | x\n", edit=put)
    assert found(outcome) == [(code, "指标", "D2")]


def test_a_picture_inside_a_cell_is_told_with_the_cure(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["图片"]["B2"] = '=DISPIMG("ID_1",1)'

    fault = only(validated(tmp_path, "[图片]\n图片号 | 文件\nP1 | x\n", edit=put))
    assert (fault.code, fault.place.cell) == ("V025", "B2")
    assert "图片另存到工作簿旁边" in fault.suggestion


def test_a_picture_in_a_column_of_ones_own_is_no_fault(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        for sheet in ("指标", "名册"):
            book[sheet]["D2"] = '=DISPIMG("ID_1",1)'

    head = "指标号 | 名称 | 值 | 照片\nZ1 | 甲 | 1 | x\n"
    outcome = validated(tmp_path, f"[指标]\n{head}[名册]\n{head}", edit=put)
    assert found(outcome) == [("V032", "指标", "D2"), ("V032", "名册", "D2")]
    assert outcome.value is not None
    assert outcome.value.indicators[0].origin.cell("照片").text == ""


def test_a_percentage_that_shows_less_than_it_holds_is_a_warning(tmp_path: Path) -> None:
    def percent(book: openpyxl.Workbook) -> None:
        for row, (value, shown) in enumerate([(0.125, "0%"), (0.125, "0.0%"), (0.5, "0.00%"), (2 / 3, "0.00%")], 2):
            book["指标"][f"C{row}"], book["指标"][f"C{row}"].number_format = value, shown

    rows = "".join(f"Z{n} | 率 | 0\n" for n in range(4))
    outcome = validated(tmp_path, f"[指标]\n指标号 | 名称 | 值\n{rows}", edit=percent)
    assert [(fault.code, fault.place.cell, fault.message) for fault in outcome.diagnostics] == [
        ("V030", "C2", "单元格里看到的是 13%，存的却是 12.5%，会印成 12.5%。"),
        ("V030", "C5", "单元格里看到的是 66.67%，存的却是 66.6666666666667%，会印成 66.6666666666667%。"),
    ]
    assert outcome.value is not None


def test_a_date_where_words_are_due_is_a_warning(tmp_path: Path) -> None:
    def put(book: openpyxl.Workbook) -> None:
        book["指标"]["D2"] = openpyxl.utils.datetime.from_excel(45717)

    outcome = validated(tmp_path, "[指标]\n指标号 | 名称 | 值 | 时期\nZ1 | 甲 | 1 | x\n", edit=put)
    assert only(outcome).code == "V027"
    assert only(outcome).message == "「时期」要填文字，单元格里却是日期，按「2025年3月1日」读。"
    assert outcome.value is not None
    assert outcome.value.indicators[0].period == "2025年3月1日"


def test_a_blank_value_is_a_warning_unless_rank_or_share_stands_for_it(tmp_path: Path) -> None:
    text = "[指标]\n指标号 | 名称 | 值 | 名次 | 占比\nZ1 | 甲 | | |\nZ2 | 乙 | | 1 |\nZ3 | 丙 | | | 55.3\n"
    outcome = validated(tmp_path, text)
    assert only(outcome).code == "V028"
    assert only(outcome).message == "「甲」的值还空着，会印成【待填：甲】。"
    assert only(outcome).place.cell == "C2"
    assert outcome.value is not None


def test_all_faults_come_in_one_go_in_the_order_of_sheets_and_rows(tmp_path: Path) -> None:
    text = """
    [单位]
    简称 | 参报
    柳州 | 也许
    [指标]
    指标号 | 单位 | 名称 | 值 | 截止日
    Z1 | 柳洲 | | 一百二 | 年底
    Z1 | 柳州 | 乙 | 许多 |
    """
    assert found(validated(tmp_path, text)) == [
        ("V010", "指标", "C2"),
        ("V012", "指标", "D2"),
        ("V018", "指标", "E2"),
        ("V041", "指标", "B2"),
        ("V012", "指标", "D3"),
        ("V040", "指标", "A3"),
        ("V021", "单位", "B2"),
    ]


def test_the_sample_book_has_no_fault() -> None:
    book = read_workbook(SAMPLE)
    assert book.value is not None
    outcome = validate(book.value)
    assert (book.diagnostics, outcome.diagnostics) == ((), ())
    assert outcome.value is not None
    assert len(outcome.value.units) == 15
