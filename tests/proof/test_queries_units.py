"""疑点 of unit names: the sheet and a sentence in, what an editor is asked out."""

from __future__ import annotations

import pytest
from proofreading import asked

UNITS = """
[单位]
简称 | 全称 | 别称
青山市政协 | 中国人民政治协商会议青山市委员会 | 青山政协
白水市政协 | |
绿川市政协 | |
司法联动体 | |
城市建设联动体 | |
财税联动体 | |
红河县 | |
黄坡县 | |
蓝湖县 | |
[名单]
名单名 | 名称
来访单位 | 黑岭市政协
[词表]
类别 | 词
豁免 | 金沙市政协
"""

# The sentence, what is questioned in it, and the name of 单位 that it looks like (none: no sheet knows it).
NAMES = [
    ("司法监督联动体开展调解。", "司法监督联动体", "司法联动体"),
    ("走访了司法监督联动体。", "司法监督联动体", "司法联动体"),
    ("走访城市建没联动体。", "城市建没联动体", "城市建设联动体"),
    ("青山市委政协开展调研。", "青山市委政协", "青山市政协"),
    ("组织白水政协委员走访企业。", "白水政协", "白水市政协"),
    ("中国人民政治协商会议青山委员会成立。", "中国人民政治协商会议青山委员会", "中国人民政治协商会议青山市委员会"),
    ("中国人民政协协商会议青山市委员会成立。", "中国人民政协协商会议青山市委员会", "中国人民政治协商会议青山市委员会"),
    ("紫云市政协开展调研。", "紫云市政协", None),
    ("青山市政协、紫云市政协开展调研。", "紫云市政协", None),
    ("会上，由交通联动体介绍经验。", "交通联动体", None),
    ("红河县、橙溪县、黄坡县的做法受到肯定。", "橙溪县", None),
]


@pytest.mark.parametrize(("sentence", "text", "name"), NAMES, ids=[sentence for sentence, _, _ in NAMES])
def test_a_name_that_drifts_or_that_no_sheet_knows_is_questioned(sentence: str, text: str, name: str | None) -> None:
    (found,) = asked(UNITS, sentence)
    assert (found.code, found.text) == ("P074" if name else "P075", text)
    assert name is None or f"「{name}」" in found.message


RIGHT = """
青山市政协、白水市政协、绿川市政协开展调研。
青山政协把协商送到一线。
中国人民政治协商会议青山市委员会举行全体会议。
青山市各级政协都动起来。
青山市市县两级政协联合调研。
全市政协系统、各县政协、自治区政协和人民政协报作了介绍。
广西壮族自治区政协的同志出席。
市政协、县政协联合视察。
今年以来成立联动体2个，两个联动体、各联动体互相学习。
打造“党建联动体”，编印《交通联动体工作手册》。
邀请黑岭市政协、金沙市政协交流。
红河县、黄坡县等3个县。
红河县、党群办、黄坡县。
把机关党组织编成一个个联动体，发挥合力。
一个联动体、十个联动体，通过联动体、加入联动体，兄弟市政协来访。
一个联动体就是一个家。通过联动体解难题。兄弟市政协来访。
青山市绿水区政协举办活动。
红河县、黄坡县、蓝湖县、地区、红河县。
成员单位联动体作用明显，加强联动体建设。
"""


@pytest.mark.parametrize("sentence", RIGHT.split())
def test_names_as_the_sheets_have_them_and_general_words_are_not(sentence: str) -> None:
    assert [item.message for item in asked(UNITS, sentence)] == []


@pytest.mark.parametrize("sentence", ["清山市政协开展调研。", "大家称赞清山市政协。"])
def test_one_character_of_a_short_name_may_be_a_slip_or_another_unit(sentence: str) -> None:
    (found,) = asked(UNITS, sentence)
    assert (found.code, found.text) == ("P075", "清山市政协")
    assert "相近的有「青山市政协」" in found.message


def test_a_spelling_that_is_printed_often_is_told_once_with_its_count() -> None:
    (found,) = asked(UNITS, "司法监督联动体开展调研。", "大家称赞司法监督联动体。", "司法监督联动体表示感谢。")
    assert "共 3 处" in found.message


def test_without_units_nothing_is_compared() -> None:
    assert asked("", "司法监督联动体、清山市政协、紫云市政协开展调研。") == []
