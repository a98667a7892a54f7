"""疑点 of numbers in the text: sentence in, what an editor is asked out; and what is right is not asked."""

from __future__ import annotations

import pytest
from proofreading import asked, codes

IMPOSSIBLE = [
    ("辖区内高新技术企业422家，占全市36.67%。", ["P022"]),
    ("422 家企业，占全市的 36.67%。", ["P022"]),
    ("企业 422 家 ，占 全 市 36.67%。", ["P022"]),
    ("企业422家占全市36.67%。", ["P022"]),
    ("422个园区产值，占全市36.67%。", []),
    ("422个园区产值占全市36.67%。", []),
    ("企业422家（占36.67％）。", ["P022"]),
    ("提案202件，占提案总数55.3%。", []),
    ("企业近422家，占全市36.67%。", []),
    ("企业422家，占全市36.67%以上。", []),
    ("产值422亿元，占全市36.67%。", []),
    ("面积422亩，占全市36.67%。", []),
    ("办结50条，占共收56条的89.29%。", []),
    ("入库科技型企业347家，同比增长86.23%。", ["P023"]),
    ("科技型企业347家，比上年增长86.23%。", ["P023"]),
    ("科技型企业347家，同比增长86.56%。", []),
    ("5个园区产值增长8.1%，3个产业增加值同比增长5.1%。", []),
    ("工业等5项指标分别增长1%、2%。", []),
    ("信访347件，同比下降86.23%。", []),
    ("产值347亿元，同比增长86.23%。", []),
    ("引进项目12个。产值同比增长17.7%。", []),
    ("企业347家，同比增长近86.23%。", []),
]


@pytest.mark.parametrize(("sentence", "wanted"), IMPOSSIBLE)
def test_percentages_that_no_whole_number_gives(sentence: str, wanted: list[str]) -> None:
    assert codes(asked("", sentence)) == wanted


def test_what_the_program_computes_is_not_asked_about() -> None:
    rows = "[指标]\n指标号 | 名称 | 值 | 量词 | 上年同期 | 总体 | 总体名称\nZ1 | 企业 | 126 | 家 | 107 | 228 | 总数"
    assert codes(asked(rows, "企业{{ Z1 }}，{{ Z1.同比 }}，{{ Z1.占比句 }}。")) == []


def test_a_percentage_of_another_row_beside_a_count_is_checked() -> None:
    rows = "[指标]\n指标号 | 名称 | 值 | 量词 | 性质\nZ1 | 企业 | 422 | 家 |\nZ2 | 比重 | 36.67 | % | 比率"
    assert codes(asked(rows, "企业{{ Z1 }}，占全市{{ Z2 }}。")) == ["P022"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("产值263多亿元。", ["P024"]),
        ("企业263余家。", ["P024"]),
        ("产值260多亿元，群众30多万人，企业31万多家，10余家。", []),
        ("三年多来，持续发力。", []),
        ("第263多次。", []),
    ],
)
def test_vague_words_behind_exact_numbers(sentence: str, wanted: list[str]) -> None:
    assert codes(asked("", sentence)) == wanted


DATA = """
[单位]
简称 | 别称
甲市 | 甲城
乙市 |
[指标]
指标号 | 单位 | 名称 | 值 | 量词 | 上年同期 | 时期
Z1 | 甲市 | 产业项目 | 449 | 个 | 430 | 全年
Z2 | 乙市 | 产业项目 | 126 | 个 | | 全年
Z3 | 甲市 | 服务群众 | 1.28 | 万人次 | | 全年
"""

AGAINST = [
    ("甲市引进产业项目450个。", ["P051"]),
    ("甲城引进产业项目450个。", ["P051"]),
    ("甲市引进450个产业项目。", ["P051"]),
    ("甲市引进产业项目达449个。", []),
    ("乙市引进产业项目126个。", []),
    ("上年同期产业项目430个，甲市在前。", []),
    ("产业项目450个。", []),
    ("甲市开工450个。", []),
    ("甲市产业项目超450个。", ["P050"]),
    ("甲市产业项目450多个。", ["P050"]),
    ("甲市产业项目450个以上。", ["P050"]),
    ("甲市产业项目440多个。", []),
    ("甲市产业项目近450个。", []),
    ("甲市产业项目近440个。", ["P050"]),
    ("甲市产业项目约450个。", []),
    ("甲市产业项目突破449个。", ["P050"]),
    ("甲市服务群众1.3万人次。", []),
    ("甲市服务群众1.4万人次。", ["P051"]),
    ("甲市服务群众12800人次。", []),
    ("甲市引进产业项目{{ Z1 }}。", []),
]


@pytest.mark.parametrize(("sentence", "wanted"), AGAINST)
def test_numbers_typed_beside_the_name_of_an_indicator(sentence: str, wanted: list[str]) -> None:
    assert codes(asked(DATA, sentence)) == wanted


def test_the_message_says_what_the_cell_says() -> None:
    (query,) = asked(DATA, "甲市产业项目超450个。")
    assert query.message == "文中写「超450个」，指标「产业项目」（Z1）是 449个，说过头了。"
    assert [place.cell for place in query.related] == ["D2"]


PARTS = [
    ("收集意见50条，其中办结56条。", ["P052"]),
    ("收集意见50条，其中，办结46条。", []),
    ("收集意见50条，其中办结6件。", []),
    ("课例18个，其中市级12个、县级9个。", ["P053"]),
    ("课例18个，其中市级12个、县级6个。", []),
    ("课例18个，其中市级12个，覆盖县区15个。", []),
    ("总投资1.2亿元，其中财政3000万元。", []),
    ("总投资1200万元，其中财政0.3亿元。", ["P052"]),
    ("收集意见50多条，其中办结56条。", []),
    ("收集意见50条。其中56条是新的。", []),
    ("办读书班1次、学习研讨3次，共5次。", ["P054"]),
    ("办读书班1次、学习研讨3次，共4次。", []),
    ("办读书班1次、学习研讨3次和党课6次，合计9次。", ["P054"]),
    ("办读书班1次、学习研讨3次，共5场。", []),
    ("引进项目3个、企业5个，共20个岗位。", []),
    ("办读书班1次、学习研讨3次，组织委员共5次到场。", []),
    ("一、二、三产业分别占20.5%、41.3%、48.2%。", ["P055"]),
    ("一、二、三产业分别占20.5%、41.3%、38.2%。", []),
    ("三项占比分别为33.4%、33.4%、33.3%。", []),
]


@pytest.mark.parametrize(("sentence", "wanted"), PARTS)
def test_parts_and_their_whole(sentence: str, wanted: list[str]) -> None:
    assert codes(asked("", sentence)) == wanted


EVEN = [
    ("分别完成投资23亿元、32.37亿元。", ["P056"]),
    ("专科以上占75.18%、高中占20.1%。", ["P056"]),
    ("甲增长5.1%、乙增长3%、丙增长4.7%。", []),
    ("甲投资5.57亿元、乙投资9000万元。", ["P057"]),
    ("甲投资5.57亿元、乙投资56万元。", []),
    ("覆盖2.3万人、培训骨干56人。", []),
    ("覆盖2.3万人、惠及12000人。", ["P057"]),
    ("覆盖2.3万人、惠及12000人次。", []),
    ("甲投资超5.57亿元、乙投资3亿多元、丙投资12亿元。", []),
    ("分别提高1.25个百分点、3个百分点。", ["P056"]),
    ("甲增长5.1%、乙（3.25%）增长4.7%。", []),
    ("举办培训12场、覆盖2.3万人、投入5.57亿元。", []),
    ("增长5.1%，其中工业、农业各占36.67%。", []),
    ("（一产5.1%、二产3.25%）", []),
]


@pytest.mark.parametrize(("sentence", "wanted"), EVEN)
def test_numbers_of_one_list_are_told_alike(sentence: str, wanted: list[str]) -> None:
    assert codes(asked("", sentence)) == wanted


DAYS = [
    ("2025年2月29日开工。", ["P059"]),
    ("2024年2月29日开工。", []),
    ("2月29日开工。", []),
    ("4月31日开工。", ["P059"]),
    ("13月5日开工。", ["P059"]),
    ("3月13日至11日召开。", ["P058"]),
    ("3月11日至13日召开。", []),
    ("3月30日至4月2日召开。", []),
    ("12月25日至1月3日召开。", []),
    ("2025年4月至2月。", ["P058"]),
    ("2024年11月至2025年3月。", []),
    ("1—11月，产值增长。", []),
    ("2024年至2022年，连续三年。", ["P058"]),
    ("2022年至2024年，连续三年。", []),
    ("规划（2027—2024）", ["P058"]),
    ("规划（2024—2027）", []),
]


@pytest.mark.parametrize(("sentence", "wanted"), DAYS)
def test_days_exist_and_spans_run_forwards(sentence: str, wanted: list[str]) -> None:
    assert codes(asked("", sentence)) == wanted


MEASURES = """
[指标]
指标号 | 名称 | 值 | 量词
Z1 | 企业 | 126 | 个
Z2 | 比赛 | 26 | 场
Z3 | 资金 | 30 | 元
Z4 | 个转企 | 5 | 户
"""


@pytest.mark.parametrize(
    ("sentence", "typed"),
    [
        ("引进{{ Z1 }}家。", ["家"]),
        ("引进{{ Z1 }}家企业，服务{{ Z1 }}名职工。", ["家", "名"]),
        ("举办{{ Z2 }}个。", ["个"]),
        ("举办{{ Z2 }}人次。", ["人次"]),
        ("{{ Z1 }}家庭、{{ Z1 }}项目、{{ Z1 }}条目、{{ Z1 }}名优品牌、{{ Z1 }}人、{{ Z1 }}小组。", []),
        ("{{ Z2 }}次、{{ Z3 }}家电、{{ Z1.值 }}家、{{ Z1|量词('家') }}企业。", []),
        ("完成{{ Z4 }}个转企。", []),
    ],
)
def test_a_measure_word_behind_another_is_asked_about_at_each_place(sentence: str, typed: list[str]) -> None:
    found = [fault for fault in asked(MEASURES, sentence) if fault.code == "P008"]
    assert [fault.message.partition("又写了“")[2].partition("”")[0] for fault in found] == typed
