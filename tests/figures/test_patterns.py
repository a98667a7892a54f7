"""The hundred patterns, as far as figures make them: rows of 指标 and 活动 in, the words of a sentence out.

Each case has the pattern's number, its rows (one a line: number, then 列=内容), a text with tags, and what it prints.
"""

from __future__ import annotations

import re

import pytest
from figure_rows import Sheet, View, activity, item, unit
from jinja2 import Environment, StrictUndefined

from reportgen.figures import PHRASES, Phrase, filters, functions
from reportgen.model.records import Indicator

CASES = [
    (1, "Z1 名称=帮办事项 动作=办结 值=37 量词=件 时期=全年", "{{ Z1.句 }}", "全年办结帮办事项37件"),
    (2, "Z1 值=8 量词=条", "提出{{ Z1 }}建议", "提出8条建议"),
    (
        3,
        "Z1 名称=示范岗 值=12 量词=个 同组=岗\nZ2 名称=责任区 值=7 量词=片 同组=岗",
        "{{ 同组('岗', 名称=true) }}",
        "示范岗12个、责任区7片",
    ),
    (4, "Z1 值=3.42 量词=亿元", "资产达{{ Z1 }}", "资产达3.42亿元"),
    (7, "Z1 值=48 量词=根 目标=60", "已完成总量的{{ Z1.完成率 }}，打桩{{ Z1 }}", "已完成总量的80%，打桩48根"),
    (8, "Z1 值=3000 量词=元", "最高{{ Z1 }}", "最高3000元"),
    (9, "Z1 值=1800 量词=元/月\nZ2 值=200 值至=400 量词=元/月", "{{ Z1 }}、{{ Z2 }}", "1800元/月、200—400元/月"),
    (11, "Z1 值=31 量词=批 同组=访\nZ2 值=46 量词=人次 同组=访", "接访{{ 同组('访') }}", "接访31批46人次"),
    (12, "Z1 值=130多 量词=家", "{{ Z1 }}（次）企业", "130多家（次）企业"),
    (13, "Z1 值=314 量词=亩 概数=多", "{{ Z1 }}的基地", "310多亩的基地"),
    (14, "Z1 值=2 值至=3 量词=个村", "每人联系{{ Z1 }}", "每人联系2—3个村"),
    (16, "Z1 值=682 量词=个 概数=多", "{{ Z1 }}", "680多个"),
    (17, "Z1 值=47 量词=名 概数=余", "{{ Z1 }}", "40余名"),
    (18, "Z1 值=418000 量词=人 概数=多", "{{ Z1|概数('多', 位=100000) }}", "40多万人"),
    (19, "Z1 值=126000 量词=人次 概数=超", "惠及{{ Z1 }}", "惠及超12万人次"),
    (20, "Z1 值=突破90 量词=亿元", "争取{{ Z1 }}", "争取突破90亿元"),
    (21, "Z1 值=10340 量词=户 概数=上", "带动{{ Z1 }}", "带动上万户"),
    (22, "Z1 值=13 量词=家 概数=余", "{{ Z1 }}孵化器", "十余家孵化器"),
    (23, "Z1 值=487 量词=场次", "{{ Z1|概数('近', 位=100) }}", "近500场次"),
    (24, "Z1 值=42 总体=42", "覆盖率达{{ Z1.占比 }}", "覆盖率达100%"),
    (25, "Z1 名称=产值 值=6.3 性质=增速 时期=2024年", "{{ Z1.句 }}", "2024年产值增长6.3%"),
    (26, "Z1 名称=项目 动作=引进 值=3 量词=个 时期=今年以来", "{{ Z1.句 }}", "今年以来引进项目3个"),
    (30, "Z1 值=84 量词=期", "至今累计举办{{ Z1 }}", "至今累计举办84期"),
    (31, "Z1 值=9.4 性质=增速", "前三季度产值同比{{ Z1.增减 }}", "前三季度产值同比增长9.4%"),
    (33, "Z1 值=150 量词=万元\nZ2 值=170 量词=万元", "投入{{ 合计([Z1, Z2])|量词('万元') }}", "投入320万元"),
    (38, "Z1 值=230 上年同期=200 量词=亿元", "投资{{ Z1.同比 }}", "投资同比增长15%"),
    (
        39,
        "Z1 值=6.1 性质=增速 对照=2.4 对照名称=2023年",
        "同比{{ Z1 }}，{{ Z1.对照句 }}",
        "同比增长6.1%，高于2023年3.7个百分点",
    ),
    (
        40,
        "Z1 名称=农业 值=4.4 性质=增速\nZ2 名称=工业 值=7 性质=增速",
        "{{ [Z1, Z2]|分别('增长', [Z1, Z2]) }}",
        "农业、工业分别增长4.4%、7%",
    ),
    (41, "Z1 值=140.2 量词=亿元\nZ2 值=181.6 量词=亿元", "从{{ Z1 }}增长至{{ Z2 }}", "从140.2亿元增长至181.6亿元"),
    (42, "Z1 值=61 量词=% 对照=57 对照名称=全市", "占比达{{ Z1 }}，{{ Z1.对照句 }}", "占比达61%，高于全市4个百分点"),
    (43, "Z1 值=351 上年同期=188 量词=家 小数=2", "{{ Z1.同比 }}", "同比增长86.7%"),
    (44, "Z1 值=438 上年同期=500 量词=件", "{{ Z1.同比 }}", "同比下降12.4%"),
    (45, "Z1 值=438 上年同期=438 量词=件", "{{ Z1.同比 }}", "与上年同期持平"),
    (46, "Z1 值=11 上年同期=8 量词=件", "{{ Z1.同比 }}", "比上年同期增加3件"),
    (47, "Z1 值=110 上期=100 量词=件", "{{ Z1.环比 }}", "环比增长10%"),
    (48, "Z1 值=300 上年同期=100 量词=件", "{{ Z1.倍数 }}", "是上年同期的3倍"),
    (49, "Z1 值=2 上年同期=0 量词=件", "{{ Z1.同比('突破') }}", "实现零的突破"),
    (50, "Z1 值=2.6 上年同期=-1 量词=万元", "{{ Z1.同比 }}", "扭亏为盈"),
    (51, "Z1 值=212 量词=件 总体=400 总体名称=提案", "{{ Z1 }}，{{ Z1.占比句 }}", "212件，占提案53%"),
    (52, "Z1 值=90 量词=条 总体=400", "{{ Z1 }}，{{ Z1.占比句 }}", "90条，占22.5%"),
    (53, "Z1 值=260 总体=260", "成功率{{ Z1.占比 }}", "成功率100%"),
    (54, "Z1 值=75.4 量词=%\nZ2 值=86 量词=%", "甲达{{ Z1 }}，乙达{{ Z2 }}", "甲达75.4%，乙达86%"),
    (55, "Z1 值=90 量词=条\nZ2 值=60 总体=Z1 量词=条", "{{ Z1 }}，办{{ Z2 }}，{{ Z2.占比 }}", "90条，办60条，66.7%"),
    (60, "Z1 值=96.2 目标=100 量词=亿元", "{{ Z1.完成句 }}", "完成年度任务的96.2%"),
    (61, "Z1 值=105 目标=100", "{% if Z1.完成率 > 100 %}均超额完成{% endif %}", "均超额完成"),
    (
        62,
        "Z1 值=80 目标=100\nZ2 值=75 量词=%",
        "快于序时进度{{ (Z1.完成率 - Z2.值)|量词('个百分点') }}",
        "快于序时进度5个百分点",
    ),
    (
        63,
        "Z1 名次=1\nZ2 名次=2",
        "{{ ['甲', '乙']|分别('排名全区', [Z1.名次, Z2.名次]) }}",
        "甲、乙分别排名全区第一、第二",
    ),
    (64, "Z1 值=9 单位=甲\nZ2 值=7 单位=乙", "{% if Z1.名次 == 1 %}全区最多{% endif %}", "全区最多"),
    (67, "Z1 值=9 单位=甲\nZ2 值=9 单位=乙", "{{ Z1.名次句 }}", "排名并列第一"),
    (69, "Z1 值=88 量词=所 总体=88", "覆盖{{ Z1 }}", "覆盖88所"),
    (70, "Z1 值=2340 量词=名 概数=多\nZ2 值=48312 量词=名 概数=多", "{{ Z1 }}、{{ Z2 }}", "2300多名、48000多名"),
    (76, "", "由{{ 单位|等('个党组织') }}组成", "由甲、乙等2个党组织组成"),
    (77, "", "{{ 名单|等('个项目', 4) }}", "甲项目、乙项目等4个项目"),
    (78, "", "{{ 计数(单位)|量词('个') }}成员单位", "2个成员单位"),
    (82, "Z1 值=2 量词=次", "获批示{{ Z1|汉字 }}", "获批示两次"),
    (86, "", "开展党课{{ 场次(活动)|量词('次') }}", "开展党课9次"),
    (88, "Z1 值=42万多 量词=人", "研学{{ 场次(活动)|量词('场次') }}，覆盖{{ Z1 }}", "研学9场次，覆盖42万多人"),
    (89, "", "开展了{{ 计数(活动)|量词('次') }}联动", "开展了2次联动"),
    (91, "", "总投资{{ 合计(名单)|量词('元') }}", "总投资5.1亿元"),
    (95, "Z1 值=1.31 量词=万人次", "投工投劳{{ Z1 }}", "投工投劳1.31万人次"),
]  # fmt: skip


class Tagged(View):
    """A row in a template: its phrases by name, its own print, its number."""

    record: Indicator

    def __init__(self, record: Indicator, sheet: Sheet) -> None:
        object.__setattr__(self, "record", record)
        object.__setattr__(self, "sheet", sheet)

    def __getattr__(self, name: str) -> Phrase:
        if name not in PHRASES:
            raise AttributeError(name)
        return Phrase(name, self.record, object.__getattribute__(self, "sheet"))

    def __str__(self) -> str:
        return str(self.本身)


def printed(rows: str, text: str) -> str:
    sheet = Sheet()
    for line in filter(None, rows.split("\n")):
        id, *cells = line.split(" ")
        sheet.row(id, **dict(cell.split("=", 1) for cell in cells))
    environment = Environment(undefined=StrictUndefined)
    environment.filters.update(filters(sheet))  # type: ignore[arg-type]
    context: dict[str, object] = {row.id: Tagged(row, sheet) for row in sheet.rows}
    context |= functions(sheet)
    context["单位"] = [unit("甲"), unit("乙")]
    context["活动"] = [activity("党课一", "6"), activity("党课二", "3", line=3)]
    context["名单"] = [item("甲项目", "3.6亿"), item("乙项目", "1.5亿", line=3)]
    return environment.from_string(text).render(context)


@pytest.mark.parametrize(("pattern", "rows", "text", "sentence"), CASES)
def test_pattern(pattern: int, rows: str, text: str, sentence: str) -> None:
    assert printed(rows, text) == sentence, f"pattern {pattern}"


def test_the_cases_are_in_order_and_single() -> None:
    numbers = [case[0] for case in CASES]
    assert numbers == sorted(set(numbers))
    assert all(re.search(r"\{[{%]", case[2]) for case in CASES)
