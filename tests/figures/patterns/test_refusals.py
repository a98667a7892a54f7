"""Patterns that may not be written: rows of the sheets in, the fault that names who spoils it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from pattern_book import COMPUTED, Case, refused
from test_shares_and_ranks import ALL_ABOVE, COUNTIES, by_county
from test_time_and_comparison import RANKS, TRADE

SIGNED = COUNTIES + by_county("签约数", "9 7 5 4")
CHAIN = "Z1 {0} 名称=建议 值=56 量词=条 同组=链\nZ2 {1} 名称=办结 值={2} 量词=条 同组=链"
LINKED = "{{ 同组('链', 链=true) }}"
FIRST = "名单 名单名=荣誉 名称=湿地城市"
BOTH = f"{FIRST}\n名单 名单名=荣誉 名称=森林城市"

REFUSALS = [
    # 24, 51, 53, 55, 57: a part above its whole
    (51, "Z1 名称=提案 值=5 量词=件 总体=4", "{{ Z1.占比 }}", "F005", "「提案」是 5，比总体 4 还大"),
    (57, "Z1 名称=党课 值=24\nZ2 名称=获奖 值=25 总体=Z1", "{{ Z2 }}", "F005", "「获奖」是 25，比总体 24 还大"),
    # 33, 35: years with a gap
    (35, f"{FIRST} 年份=2021\n{FIRST} 年份=2023", "{{ 计数(名单, 连续='年份') }}", "F027", "缺2022年"),
    # 36: no series, a gap in it, a better year, two rows of a year
    (36, TRADE.replace("60.6", "51"), "{{ Z5.创 }}", "F032", "2022年是51.2亿元，不低于它"),
    (36, TRADE.replace("60.6", "51.2"), "{{ Z5.创 }}", "F032", "2022年是51.2亿元，不低于它"),
    (36, TRADE.replace("40.1", "70"), "{{ Z5.创('历史新高') }}", "F032", "2019年是70亿元，不低于它"),
    (36, TRADE, "{{ Z1.创 }}", "F032", "只有1年的数"),
    (36, TRADE.replace("2022年", "2017年"), "{{ Z5.创 }}", "F032", "2022年没有数"),
    (36, TRADE.replace("2021年", "2022年"), "{{ Z5.创 }}", "F032", "2022年有不止一行"),
    (36, TRADE.replace("51.2", "50多"), "{{ Z5.创 }}", "F032", "2022年没有确切的数"),
    (36, "Z1 时期=今年以来 名称=出口额 值=3", "{{ Z1.创 }}", "F032", "“时期”里没有年份"),
    (36, RANKS, "{{ Z4.创('新低') }}", "F032", "2021年是第八，不高于它"),
    (36, TRADE, "{{ Z5.创('奇迹') }}", "F002", "没有「奇迹」"),
    # 40, 50, 63: 分别
    (40, "Z1 值=4 性质=增速\nZ2 值=7 性质=增速", "{{ ['农业']|分别('增长', 指标) }}", "F021", "后面有 2 个数"),
    (40, "Z1 值=4 性质=增速\nZ2 值=-7 性质=增速", "{{ 指标|分别('同比增长', 指标) }}", "F022", "方向不一"),
    # 56: unlike 量词
    (56, "Z1 名称=意见 值=90 量词=条\nZ2 名称=难题 值=60 量词=个 总体=Z1", "{{ Z2.占比 }}", "F007", "量词分别是个、条"),
    # 58, 59: links of a chain
    (58, CHAIN.format("", "", 65), LINKED, "F036", "「办结」是 65条，比前一环「建议」的 56条 还多"),
    (58, CHAIN.format("时期=上半年", "时期=全年", 5), LINKED, "F018", "时期不一：“上半年”、“全年”"),
    (58, CHAIN.format("单位=甲县", "单位=乙县", 5), LINKED, "F018", "单位不一：“甲县”、“乙县”"),
    (58, CHAIN.format("", "", 5), "{{ 同组('练', 链=true) }}", "F020", "同组('练')"),
    # 60: no target
    (60, "Z1 名称=税收 值=5 目标=0", "{{ Z1.完成句 }}", "F010", "的目标没有填，或不大于 0"),
    (60, "Z1 名称=产值 值=5 性质=增速 目标=6", "{{ Z1.完成率 }}", "F010", "是增速"),
    (60, "Z1 名称=利润 值=-5 量词=万元 目标=6", "{{ Z1.完成率 }}", "F010", "的值是负数"),
    # 61: one that is not above, none with a target, none at all
    (61, "Z1 名称=签约额 值=105 目标=100\nZ2 名称=到位额 值=30 目标=30", ALL_ABOVE, "F033", "到位额（100%）没有超额"),
    (61, "Z1 名称=签约额 值=99 目标=100\nZ2 名称=到位额 目标=30", ALL_ABOVE, "F033", "签约额（99%）没有超额"),
    (61, "Z1 名称=签约额 值=105 目标=100\nZ2 名称=到位额 值=30", ALL_ABOVE, "F010", "「到位额」的目标没有填"),
    (61, "Z1 名称=签约额 值=105 目标=100", "{{ 均超额完成(指标.筛选(名称='无')) }}", "F020", "一行也没有"),
    (61, COUNTIES, "{{ 均超额完成(单位) }}", "F019", "「甲县」"),
    # 63, 64, 65, 67: ranks
    (63, COUNTIES + by_county("签约数", "9 7 近5 4"), "{{ Z1.名次 }}", "F011", "全市还缺丙县的数"),
    (64, COUNTIES + by_county("签约数", "9 9 5 4"), "{{ Z1.最 }}", "F030", "与乙县（9个）并列"),
    (64, SIGNED, "{{ Z3.最('高') }}", "F030", "甲县（9个）、乙县（7个）排在前面"),
    (64, SIGNED, "{{ Z1.最('少') }}", "F030", "乙县（7个）、丙县（5个）、丁县（4个）排在前面"),
    (64, COUNTIES + by_county("签约数", "9 7 近5 4"), "{{ Z1.最 }}", "F011", "全市还缺丙县的数"),
    (64, "Z1 值=2 性质=名次", "{{ Z1.最 }}", "F030", "第二排在前面"),
    (64, SIGNED, "{{ Z1.最('妙') }}", "F002", "没有「妙」"),
    (65, SIGNED, "{{ Z2.前列 }}", "F031", "排名全市第二，前列只到第 1 名"),
    (65, SIGNED, "{{ Z3.前列(2) }}", "F031", "排名全市第三，前列只到第 2 名"),
    (65, COUNTIES + by_county("签约数", "9 7 近5 4"), "{{ Z1.前列 }}", "F011", "全市还缺丙县的数"),
    (65, "Z1 值=1 性质=名次 排名范围=全区", "{{ Z1.前列 }}", "F031", "不知道全区有几个单位"),
    (65, SIGNED, "{{ Z1.前列('半') }}", "F002", "前几名（如 5）"),
    # 66: without ground
    (66, f"{FIRST} 首次=是", "{{ 首个(名单[0]) }}", "F035", "「湿地城市」不能写“首个”：没有填“依据”"),
    (66, f"{FIRST} 首次=首批 依据=", "{{ 首个(名单[0]) }}", "F035", "「湿地城市」不能写“首批”：没有填“依据”"),
    (66, f"{FIRST} 首次=否 依据=某文", "{{ 首个(名单[0]) }}", "F035", "“首次”没有填“是”"),
    (66, FIRST, "{{ 首个(名单[0], '首张') }}", "F035", "不能写“首张”"),
    (66, FIRST, "{{ 首个(名单) }}", "F019", "要一行"),
    # 77, 84: 等n个 wrong both ways
    (77, BOTH, "{{ 名单|等('个城市', 1) }}", "F023", "列出了 2 项，却写“等1个城市”"),
    (84, BOTH, "{{ 名单|等('种城市', 3, 全=true) }}", "F034", "列出了 2 项，却写共 3种城市"),
    (84, BOTH, "{{ 名单|等('种城市', 1, 全=true) }}", "F034", "列出了 2 项，却写共 1种城市"),
    # 91: a sum of unlike things
    (91, "Z1 值=5 量词=个\nZ2 值=5 量词=亿元", "{{ 合计(指标) }}", "F018", "量词不一"),
    (91, "Z1 名称=率 值=5 量词=%", "{{ 合计(指标) }}", "F017", "「率」是比率"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "rows", "prose", "code", "words"), REFUSALS)
def test_a_pattern_is_refused(tmp_path: Path, number: int, rows: str, prose: str, code: str, words: str) -> None:
    fault = refused(tmp_path, Case(number, COMPUTED, rows, prose, ""))
    assert (fault.code, fault.place.sheet) == (code, "指标" if code == "F005" else "内容")
    assert words in fault.message + fault.suggestion
    if code not in ("F002", "F020", "F021", "F023", "F034"):
        assert fault.related, "the cells that spoil it are named"
