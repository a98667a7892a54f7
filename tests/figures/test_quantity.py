"""`{{ Z }}` and its parts: the cells of a row in, what is printed out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_rows import Sheet, labels, one, refused

from reportgen.model.figure import Figure, Status, Text

OWN = [
    ({"值": "126", "量词": "个"}, "126个"),
    ({"值": "1150", "量词": "场次"}, "1150场次"),
    ({"值": "48000", "量词": "名"}, "48000名"),
    ({"值": "5.57", "量词": "亿元"}, "5.57亿元"),
    ({"值": "1202.2", "量词": "亿元"}, "1202.2亿元"),
    ({"值": "1.28万", "量词": "人次"}, "1.28万人次"),
    ({"值": "1.28", "量词": "万人次"}, "1.28万人次"),
    ({"值": "5000万", "量词": "亿元"}, "5000万元"),
    ({"值": "1.25万亿", "量词": "元"}, "1.25万亿元"),
    ({"值": "5.50", "量词": "亿元"}, "5.50亿元"),
    ({"值": "0", "量词": "个"}, "0个"),
    ({"值": "-0", "量词": "个"}, "0个"),
    ({"值": "-8.3", "量词": "万元"}, "-8.3万元"),
    ({"值": "36.67", "量词": "%"}, "36.67%"),
    ({"值": "36.67%"}, "36.67%"),
    ({"值": "36.67%", "量词": "%"}, "36.67%"),
    ({"值": "36.67", "量词": "％"}, "36.67%"),
    # 概数 as the source has it
    ({"值": "450多", "量词": "次"}, "450多次"),
    ({"值": "30多万", "量词": "人"}, "30多万人"),
    ({"值": "30多万", "量词": "万人"}, "30多万人"),
    ({"值": "超11万", "量词": "人次"}, "超11万人次"),
    ({"值": "突破110", "量词": "亿元"}, "突破110亿元"),
    ({"值": "上万", "量词": "户"}, "上万户"),
    ({"值": "上万"}, "上万"),
    ({"值": "十余", "量词": "家"}, "十余家"),
    ({"值": "近500", "量词": "场次"}, "近500场次"),
    # 概数 made of an exact value
    ({"值": "457", "量词": "次", "概数": "多"}, "450多次"),
    ({"值": "48312", "量词": "名", "概数": "多"}, "48000多名"),
    ({"值": "305000", "量词": "人", "概数": "多"}, "30多万人"),
    ({"值": "312000", "量词": "人", "概数": "多"}, "31万多人"),
    ({"值": "113000", "量词": "人次", "概数": "超"}, "超11万人次"),
    ({"值": "112.6", "量词": "亿元", "概数": "突破"}, "突破110亿元"),
    ({"值": "12", "量词": "家", "概数": "余"}, "十余家"),
    ({"值": "478", "量词": "场次", "概数": "近"}, "近480场次"),
    ({"值": "12600", "量词": "户", "概数": "上"}, "上万户"),
    ({"值": "2.63", "量词": "万人", "概数": "多"}, "26000多人"),
    ({"值": "6.2", "量词": "%", "性质": "增速", "概数": "超"}, "增长超6%"),
    # ranges repeat the unit where one end could be misread
    ({"值": "300", "值至": "500", "量词": "元/月"}, "300—500元/月"),
    ({"值": "2", "值至": "3", "量词": "个村"}, "2—3个村"),
    ({"值": "13", "值至": "17", "量词": "万元"}, "13万元～17万元"),
    ({"值": "9亿", "值至": "16亿"}, "9亿～16亿"),
    ({"值": "近300", "值至": "500", "量词": "元"}, "近300—500元"),
    ({"值": "15", "值至": "30", "量词": "%"}, "15%～30%"),
    ({"值": "5", "值至": "6", "量词": "%", "性质": "增速"}, "增长5%～6%"),
    # 增速 and 名次
    ({"值": "5.8", "量词": "%", "性质": "增速"}, "增长5.8%"),
    ({"值": "5.8", "性质": "增速"}, "增长5.8%"),
    ({"值": "-2.1%", "性质": "增速"}, "下降2.1%"),
    ({"值": "0", "性质": "增速"}, "持平"),
    ({"值": "1", "性质": "名次"}, "第一"),
    ({"值": "12", "性质": "名次"}, "第十二"),
    ({"名次": "2", "性质": "名次"}, "第二"),
    # rows that need no 值, and the one that waits for it
    ({"名次": "3"}, "第三"),
    ({"占比": "55.3"}, "55.3%"),
    ({"名称": "提案"}, "【待填：提案】"),
    ({"名称": "产值", "性质": "增速"}, "【待填：产值】"),
]


@pytest.mark.parametrize(("cells", "printed"), OWN)
def test_own_print(cells: dict[str, str], printed: str) -> None:
    assert str(one(**cells).say("本身")) == printed


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ({"值": "126", "量词": "个"}, "126"),
        ({"值": "5.57", "量词": "亿元"}, "5.57"),
        ({"值": "1.28万", "量词": "人次"}, "1.28万"),
        ({"值": "36.67%"}, "36.67%"),
        ({"值": "36.67", "量词": "%"}, "36.67"),
        ({"值": "450多", "量词": "次"}, "450多"),
        ({"值": "457", "量词": "次", "概数": "多"}, "457"),
        ({"名称": "提案"}, "【待填：提案】"),
    ],
)
def test_value_is_as_in_the_cell(cells: dict[str, str], printed: str) -> None:
    assert str(one(**cells).say("值")) == printed


def test_a_figure_knows_its_cell_its_value_and_its_measure() -> None:
    figure = one(值="5.57", 量词="亿元").say("本身")
    assert isinstance(figure, Figure)
    assert (figure.value, figure.measure, figure.rule, figure.formula) == (Decimal("5.57"), "亿元", "原样", "")
    assert labels(figure) == ["指标!D2"]


def test_scale_typed_in_the_cell_is_multiplied_out() -> None:
    figure = one(值="1.28万", 量词="人次").say("本身")
    assert isinstance(figure, Figure)
    assert (figure.value, figure.measure) == (Decimal(12800), "人次")


def test_both_ends_of_a_range_have_their_cell() -> None:
    assert labels(one(值="300", 值至="500", 量词="元/月").say("本身")) == ["指标!D2", "指标!J2"]


def test_a_fall_prints_without_sign_and_keeps_it() -> None:
    said = one(值="-2.1", 性质="增速").say("增减")
    assert isinstance(said, Text)
    assert [(figure.text, figure.value) for figure in said.figures] == [("2.1%", Decimal("-2.1"))]


@pytest.mark.parametrize(
    ("cells", "status", "rule"),
    [
        ({"值": "450多"}, Status.REPORTED, "源为概数"),
        ({"值": "450", "概数": "多"}, Status.REPORTED, "源为概数"),
        ({"值": "457", "概数": "多"}, Status.EXACT, "概数“多”"),
        ({}, Status.PENDING, "待填"),
    ],
)
def test_what_is_known_of_a_value(cells: dict[str, str], status: Status, rule: str) -> None:
    figure = one(**cells).say("本身")
    assert isinstance(figure, Figure)
    assert (figure.status, figure.rule) == (status, rule)


def test_a_blank_value_is_highlighted() -> None:
    assert [span.highlight for span in one().say("本身").__spans__()] == [True]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"值": "86", "概数": "上"}, "F015"),
        ({"值": "410", "概数": "近"}, None),
        ({"值": "101", "概数": "近"}, "F014"),
        ({"值": "8", "概数": "多"}, "F016"),
        ({"值": "-80", "概数": "超"}, "F016"),
    ],
)
def test_a_number_without_such_an_approximation(cells: dict[str, str], code: str | None) -> None:
    sheet = one(**cells)
    if code is None:
        assert str(sheet.say("本身")) == "近410"
        return
    with refused() as fault:
        sheet.say("本身")
    assert fault.value.code.code == code
    assert [place.cell for place in fault.value.related] == ["D2"]


def test_change_is_of_a_growth_rate_only() -> None:
    with refused() as fault:
        one(值="126").say("增减")
    assert fault.value.code.code == "F003"


def test_group_joins_its_rows() -> None:
    sheet = Sheet()
    sheet.row("Z001", 名称="接访批次", 值="29", 量词="批", 同组="接访")
    sheet.row("Z002", 名称="接访人次", 值="34", 量词="人次", 同组="接访")
    sheet.row("Z003", 名称="不入文", 值="99", 量词="人", 同组="接访", 入文="否")
    assert str(sheet.call("同组", "接访")) == "29批34人次"
    assert str(sheet.call("同组", "接访", 名称=True)) == "接访批次29批、接访人次34人次"
    assert labels(sheet.call("同组", "接访")) == ["指标!D2", "指标!D3"]
    with refused("F020"):
        sheet.call("同组", "接仿")
