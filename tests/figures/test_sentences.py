"""句 for every combination of filled cells: what an editor would strike out is never there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from figure_rows import one, refused

from reportgen.diagnostics import FaultError

HEADS = {
    "数量": {"名称": "产业项目", "值": "126", "量词": "个", "时期": "今年以来", "动作": "协助引进"},
    "金额": {"名称": "税收", "值": "10.5", "量词": "亿元", "时期": "上半年"},
    "亏损": {"名称": "村集体收益", "值": "-8.3", "量词": "万元", "时期": "全年"},
    "比率": {"名称": "群众满意率", "值": "98.5", "量词": "%"},
    "增速": {"名称": "工业增加值增速", "值": "6.3", "性质": "增速", "时期": "前三季度"},
    "降速": {"名称": "产值同比增幅", "值": "-6.3", "性质": "增速", "时期": "前三季度"},
    "名次": {"名称": "营商环境排名", "值": "2", "性质": "名次", "时期": "2025年"},
}  # fmt: skip
MORE: dict[str, tuple[dict[str, str], ...]] = {
    "上年同期": ({"上年同期": "5"}, {"上年同期": "0"}, {"上年同期": "-5"}),
    "上期": ({"上期": "6"},),
    "目标": ({"目标": "120"}, {"目标": "0"}),
    "总体": ({"总体": "365", "总体名称": "全市总数"},),
    "名次": ({"名次": "2", "排名范围": "全市"},),
    "对照": ({"对照": "5", "对照名称": "桂林市"}, {"对照": "5", "对照名称": "2023年"}),
}
# Shares of what is no part, ranks below the first, and 概数 that there are not.
REFUSED = ("F005", "F007", "F013", "F014", "F016", "F038")
WORDS = ("精确", "多", "近", "超")

SPOILT = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,})(?P=word)"  # a word said twice: 同比同比
    r"|[的为占比高低与][的为占，]|为[增下]|排名排名|：|，，|，$|^，|；|--|--|个个"
    r"|占\d|增长-|下降-|比桂林市[^多少]|(?:增加|减少|提高|高于|低于)$"
)


def sentences(head: str, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The cells that are filled in, and the 句; combinations that are refused are left out."""
    choices = [({}, *given) for given in MORE.values()]
    for chosen in product(*choices):
        cells = HEADS[head] | {"概数": word}
        for given in chosen:
            cells |= given
        try:
            yield tuple(cells), str(one(**cells).say("句"))
        except FaultError as fault:
            if fault.code.code not in REFUSED:
                raise


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("head", HEADS)
def test_every_combination_of_cells_reads_well(head: str, word: str) -> None:
    for filled, text in sentences(head, word):
        assert not SPOILT.search(text), (filled, text)
        clauses = text.split("，")
        assert all(clauses), text
        assert len(set(clauses)) == len(clauses), text
        assert text.count("同比") <= 1, text
        assert text.startswith(HEADS[head].get("时期", HEADS[head]["名称"])), text
        assert ("全市总数" in text) == ("总体" in filled), text
        assert ("桂林市" in text or "2023年" in text) == ("对照" in filled), text


def test_no_percentage_is_negative_and_no_amount_grows_by_points() -> None:
    for head in ("数量", "金额", "亏损"):
        for _, text in sentences(head, "精确"):
            assert "百分点" not in text
            assert not re.search(r"-[\d.]+%", text), text


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        # a 增速 and what is said of it: its own name stands where the thing's would be read
        ({"值": "6.3", "上年同期": "5.1"}, "产值增长6.3%，增速同比提高1.2个百分点"),
        ({"值": "6.3", "上年同期": "6.3"}, "产值增长6.3%，增速与上年同期持平"),
        ({"值": "-6.3", "上年同期": "-6.3"}, "产值下降6.3%，降幅与上年同期持平"),
        ({"值": "-6.3", "上年同期": "-5.1"}, "产值下降6.3%，降幅同比扩大1.2个百分点"),
        ({"值": "6.3", "上年同期": "0"}, "产值增长6.3%，上年同期增速为0"),
        ({"值": "0", "上年同期": "-2"}, "产值持平，增速同比提高2个百分点"),
        ({"值": "3", "上年同期": "-1"}, "产值增长3%，由降转增"),
        ({"值": "3", "上年同期": "-1", "名次": "2", "排名范围": "全市"}, "产值增长3%，由降转增，增速排名全市第二"),
        (
            {"值": "6.3", "上年同期": "5.1", "目标": "6", "名次": "2", "排名范围": "全市"},
            "产值增长6.3%，增速同比提高1.2个百分点，高于年度目标0.3个百分点，排名全市第二",
        ),
        ({"值": "-6.3", "对照": "-4.2", "对照名称": "全市"}, "产值下降6.3%，增速低于全市2.1个百分点"),
        ({"值": "6.3", "对照": "4.2", "对照名称": "全市"}, "产值增长6.3%，高于全市2.1个百分点"),
    ],
)
def test_a_growth_rate_names_what_has_risen(cells: dict[str, str], printed: str) -> None:
    assert str(one(名称="产值增速", 性质="增速", **cells).say("句")) == printed


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ({"名称": "引进项目", "动作": "引进", "值": "3", "量词": "个"}, "引进项目3个"),
        ({"名称": "今年以来引进项目", "时期": "今年以来", "值": "3", "量词": "个"}, "今年以来引进项目3个"),
        (
            {"名称": "产值同比增速", "性质": "增速", "值": "9.4", "上年同期": "8"},
            "产值同比增长9.4%，增速比上年同期提高1.4个百分点",
        ),
        ({"名称": "满意率", "值": "98.5", "量词": "%", "目标": "98"}, "满意率98.5%，高于年度目标0.5个百分点"),
        ({"名称": "满意率", "值": "98.5", "量词": "%", "目标": "98.5"}, "满意率98.5%，达到年度目标"),
        ({"名称": "满意率", "值": "97.5", "量词": "%", "目标": "98"}, "满意率97.5%，低于年度目标0.5个百分点"),
        ({"名称": "考评", "值": "2", "性质": "名次", "目标": "3"}, "考评排名第二，达到年度目标"),
        ({"名称": "考评", "值": "4", "性质": "名次", "目标": "3"}, "考评排名第四，未达到年度目标"),
        (
            {"名称": "考评", "值": "2", "性质": "名次", "对照": "5", "对照名称": "2023年"},
            "考评排名第二，比2023年上升3位",
        ),
        ({"名称": "考评", "值": "7", "性质": "名次", "对照": "5", "对照名称": "上期"}, "考评排名第七，比上期下降2位"),
        ({"名称": "考评", "值": "2", "性质": "名次", "对照": "5", "对照名称": "柳州市"}, "考评排名第二，高于柳州市3位"),
        ({"名称": "税收", "值": "5", "量词": "亿元", "对照": "6", "对照名称": "柳州市"}, "税收5亿元，比柳州市少1亿元"),
        ({"名称": "税收", "值": "5", "量词": "亿元", "对照": "5", "对照名称": "柳州市"}, "税收5亿元，与柳州市持平"),
        ({"名称": "利润", "值": "-5", "量词": "万元", "目标": "6"}, "利润为-5万元"),
        ({"名称": "满意率", "值": "98.5", "量词": "%", "目标": "超98"}, "满意率98.5%，完成率【待核】"),
    ],
)
def test_nothing_is_said_twice_and_each_kind_in_its_own_words(cells: dict[str, str], printed: str) -> None:
    assert str(one(**cells).say("句")) == printed


def test_a_percentage_is_no_part() -> None:
    for cells in ({"量词": "%"}, {"性质": "增速"}, {"性质": "名次"}):
        with refused("F007"):
            one(值="60", 总体="100", **cells).say("占比")
