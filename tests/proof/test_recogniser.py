"""Which numbers of a text want a source, and which are exempt and why."""

import re
from itertools import product

import pytest

from reportgen.proof.recognition import Recogniser

RECOGNISER = Recogniser(words=("八路军驻桂林办事处", "1+5+6"), names=("3号工地", "三家人合作社"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("引进项目126个", ["126"]),
        ("同比增长17.7%，占55.3％", ["17.7%", "55.3％"]),
        ("惠及群众11万人次、30多万人", ["11万", "30多万"]),
        ("营收5.57亿元", ["5.57亿"]),
        ("共１２家", ["１２"]),
        ("调研7项、视察10次", ["7", "10"]),
        ("日均接待30日均", ["30"]),
        ("十余家企业、三成农户", ["十余", "三成"]),
        ("走访三百余户，翻了一番", ["三百余", "翻了一番"]),
        ("他说：“今年多收了三百元”", ["三百"]),
    ],
)
def test_statistics_want_a_source(text: str, numbers: list[str]) -> None:
    found = RECOGNISER.find(text)
    assert [text[f.start : f.end] for f in found] == numbers
    assert not any(f.exempt for f in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025年，全区启动", "日期"),
        ("3月11日召开", "日期"),
        ("2025年12月18日", "日期"),
        ("规划（2024—2027）", "年份"),
        ("2022年至2024年获评先进", "年份"),
        ("第2批名单", "序号"),
        ("1.强品牌", "序号"),
        ("附件1", "序号"),
        ("打造“1+N”工程", "引号内的提法"),
        ("推行1+5+6机制", "词表"),
        ("走进3号工地", "名称"),
        ("走进三家人合作社", "名称"),
        ("公布“三项清单”", "引号内的提法"),
        ("《三项清单》印发", "名称"),
        ("G75高速", "名称"),
        ("党的二十大精神", "序号"),
        ("前三季度", "日期"),
    ],
)
def test_dates_ordinals_slogans_and_names_do_not(text: str, reason: str) -> None:
    found = RECOGNISER.find(text)
    assert found
    assert {f.exempt for f in found} == {reason}


def test_a_number_beside_a_slogan_still_wants_one() -> None:
    assert [f.exempt for f in RECOGNISER.find("“1+N”项目12个")] == ["引号内的提法", ""]


def test_a_number_is_exempt_only_inside_one_stretch() -> None:
    recogniser = Recogniser(words=("共1", "2家共"), names=("共12家", "2"))
    assert [f.exempt for f in recogniser.find("共12家、共1家、共2家共")] == ["名称", "词表", "词表"]


def test_overlapping_stretches_exempt_as_one_by_one() -> None:
    words = tuple("".join(letters) for n in (1, 2, 3) for letters in product("家12", repeat=n))[::4]
    text = "，".join("".join(letters) for letters in product("家12", repeat=4))
    stretches = [m.span() for word in words for m in re.finditer(word, text)]
    for found in Recogniser(words=words).find(text):
        inside = any(first <= found.start and found.end <= last for first, last in stretches)
        assert (found.exempt == "词表") is inside


def test_numbers_of_a_long_paragraph_look_up_few_stretches() -> None:
    (stretches, *_) = Recogniser(words=("1、1",))._exempt("1、" * 8000)
    assert len(stretches.firsts) == 4000
    assert {f.exempt for f in Recogniser(words=("1、1",)).find("1、" * 8000)} == {"词表"}
