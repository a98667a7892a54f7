"""The paragraph of a unit that has none of its own: 活动 and 指标 in, sentences out, read as an editor would."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from workbooks import workbook

from reportgen.compose import compose
from reportgen.model.figure import Text
from reportgen.read import read_workbook
from reportgen.validate import validate

UNITS = ("南湖区", "东江区", "北岭县", "西塘县", "中洲区")
Rows = Sequence[str]


def texts(
    folder: Path,
    activities: Rows,
    indicators: Rows,
    scope: Sequence[str] = UNITS[:1],
    typed: str = "",
    all_units: Sequence[str] = UNITS,
) -> list[Text]:
    """The paragraphs of the units of 单位范围. A row is 列=内容, parted by blanks; 单位 defaults to the first unit."""
    units = "\n".join(f"{name} | {name}人民协商会议 | {name}协会" for name in all_units)
    book = f"""
    [单位]
    简称 | 全称 | 别称
    {units}
    [板块]
    板块号 | 小标题 | 展开方式 | 单位范围
    B1 | 亮点 | 逐单位 | {"、".join(scope)}
    """
    if typed:
        book += f"[内容]\n板块号 | 类型 | 单位 | 正文\nB1 | 单位段 | {typed}"
    book += _sheet("活动", "活动号 单位 名称 类型 做法 成效 场次 人次 入文", activities)
    columns = "指标号 单位 时期 动作 名称 值 量词 上年同期 性质 占比 总体名称 目标 名次 排名范围 同组 概数 值至 入文"
    book += _sheet("指标", columns, indicators)
    read = read_workbook(workbook(folder, book))
    assert read.value is not None, read.diagnostics
    data = validate(read.value)
    assert data.value is not None, data.diagnostics
    issue = compose(data.value)
    assert issue.value is not None, issue.diagnostics
    blocks = issue.value.articles[0].sections[0].unit_blocks
    return [paragraph.text for block in blocks for paragraph in block.paragraphs]


def _sheet(name: str, columns: str, rows: Rows) -> str:
    headers = columns.split()
    lines = [f"[{name}]", " | ".join(["板块号", *headers])]
    for number, row in enumerate(rows, 1):
        key = f"{'H' if name == '活动' else 'Z'}{number:03}"
        cells = {headers[0]: key, "单位": UNITS[0], "类型": "工作"} | dict(cell.split("=", 1) for cell in row.split())
        lines.append(" | ".join(["B1", *(cells.get(header, "") for header in headers)]))
    return "\n" + "\n".join(lines) + "\n"


VISITS = "名称=走访 做法=组织委员分组走访重点企业 成效=收集用工、融资需求36项"
READING = "名称=读书 做法=办好“书香讲堂”"
TALKS = "名称=协商 做法=搭建“院坝协商”平台 成效=推动14件民生实事落地"
PROJECTS = "时期=今年以来 动作=协助引进 名称=产业项目 值=63 量词=个 上年同期=50"
FUNDS = "时期=今年以来 动作=协助引进 名称=到位资金 值=4.6 量词=亿元 上年同期=4"
MOTIONS = "时期=今年以来 动作=办结 名称=提案 值=88 量词=件 占比=55.3 总体名称=提案总数"
REPORTS = "时期=今年以来 动作=报送 名称=社情民意信息 值=148 量词=条"
OUTPUT = "时期=前三季度 名称=工业产值增速 值=9.4 量词=% 性质=增速"
POSTS, TEAMS = "名称=党员先锋岗 值=12 量词=个", "名称=志愿服务队 值=3 量词=支"

PARAGRAPHS = [
    # one activity, by what is filled in
    ([VISITS], [], "南湖区组织委员分组走访重点企业，收集用工、融资需求36项。"),
    ([READING], [], "南湖区办好“书香讲堂”。"),
    (["名称=协商 成效=推动14件民生实事落地"], [], "南湖区推动14件民生实事落地。"),
    (["名称=警示教育"], [], "南湖区开展警示教育。"),
    (["名称=警示教育 场次=4"], [], "南湖区开展警示教育4次。"),
    (["名称=警示教育 场次=4 人次=320"], [], "南湖区开展警示教育4次，320人次参加。"),
    (["名称=走访困难群众 场次=2"], [], "南湖区走访困难群众2次。"),
    # several activities
    (
        [VISITS, TALKS],
        [],
        "南湖区组织委员分组走访重点企业，收集用工、融资需求36项；搭建“院坝协商”平台，推动14件民生实事落地。",
    ),
    (
        [VISITS, TALKS, READING],
        [],
        "南湖区组织委员分组走访重点企业，收集用工、融资需求36项；搭建“院坝协商”平台，推动14件民生实事落地。"
        "同时，办好“书香讲堂”。",
    ),
    (
        ["名称=读书班", "名称=警示教育 场次=4", "名称=党课 场次=6"],
        [],
        "南湖区举办读书班1次，开展警示教育4次、党课6次。",
    ),
    (["名称=读书班", "名称=党课"], [], "南湖区举办读书班，开展党课。"),
    (
        ["名称=党课 场次=2 人次=60", "名称=讲座 人次=1.2万"],
        [],
        "南湖区开展党课2次，60人次参加；举办讲座1次，1.2万人次参加。",
    ),
    (
        ["名称=党课 场次=2 人次=60", "名称=讲座 人次=300多"],
        [],
        "南湖区开展党课2次，60人次参加；举办讲座1次，300多人次参加。",
    ),
    (["名称=党课 场次=2 人次=60", "名称=廉政教育 人次=300多"], [], "南湖区开展党课2次、廉政教育1次。"),
    (["名称=开展联合调研 场次=5", "名称=视察", "名称=培训班"], [], "南湖区开展联合调研5次、视察1次，举办培训班1次。"),
    (["名称=警示教育 场次=2", "名称=开展警示教育 场次=3"], [], "南湖区开展警示教育5次。"),
    (["名称=警示教育", "名称=警示教育", "名称=读书班"], [], "南湖区开展警示教育2次，举办读书班。"),
    (["名称=召开协商会 场次=2", "名称=座谈会"], [], "南湖区召开协商会2次、座谈会1次。"),
    (["名称=走访慰问活动", "名称=慰问困难职工", "名称=走访"], [], "南湖区开展走访慰问活动、走访，慰问困难职工。"),
    (
        [READING, "名称=党课 场次=6", "名称=召开协商会 场次=2"],
        [],
        "南湖区办好“书香讲堂”；开展党课6次，召开协商会2次。",
    ),
    # one indicator, by what is filled in
    ([], [REPORTS], "南湖区今年以来报送社情民意信息148条。"),
    ([], [PROJECTS], "南湖区今年以来协助引进产业项目63个，同比增长26%。"),
    ([], [MOTIONS], "南湖区今年以来办结提案88件，占提案总数55.3%。"),
    ([], [OUTPUT], "南湖区前三季度工业产值增长9.4%。"),
    ([], ["名称=综合考评排名 性质=名次 值=2 上年同期=5 排名范围=全市"], "南湖区综合考评排名全市第二，同比上升3位。"),
    ([], ["名称=群众满意率 值=98.5 量词=%"], "南湖区群众满意率98.5%。"),
    ([], ["名称=新签约项目 名次=1 排名范围=全市"], "南湖区新签约项目排名全市第一。"),
    ([], ["名称=结对企业 值=44 量词=家"], "南湖区现有结对企业44家。"),
    ([], ["名称=利润 值=-8.3 量词=万元 上年同期=2"], "南湖区利润为-8.3万元，由盈转亏。"),
    ([], ["动作=服务 名称=群众 值=112600 量词=人次 概数=超"], "南湖区服务群众超11万人次。"),
    ([], ["时期=全年 名称=补贴标准 值=300 值至=500 量词=元/月"], "南湖区全年补贴标准300—500元/月。"),
    ([], ["时期=全年 名称=税收 值=10.5 量词=亿元 目标=10"], "南湖区全年税收10.5亿元，超额完成年度任务，完成率105%。"),
    ([], ["时期=今年以来 动作=协助引进 名称=产业项目 量词=个"], "南湖区今年以来协助引进产业项目【待填：产业项目】。"),
    # several indicators: 时期 and 动作 once, names with amounts enumerated
    ([], [POSTS, TEAMS], "南湖区现有党员先锋岗12个、志愿服务队3支。"),
    (
        [],
        [PROJECTS, FUNDS, MOTIONS],
        "南湖区今年以来协助引进产业项目63个，同比增长26%；到位资金4.6亿元，同比增长15%；办结提案88件，占提案总数55.3%。",
    ),
    (
        [],
        [REPORTS, "时期=今年以来 动作=开展 名称=调研 值=9 量词=次", "时期=今年以来 动作=开展 名称=视察 值=4 量词=次"],
        "南湖区今年以来报送社情民意信息148条，开展调研9次、视察4次。",
    ),
    (
        [],
        [PROJECTS, MOTIONS, REPORTS, OUTPUT],
        "南湖区今年以来协助引进产业项目63个，同比增长26%；办结提案88件，占提案总数55.3%；报送社情民意信息148条。"
        "前三季度工业产值增长9.4%。",
    ),
    ([], [PROJECTS, POSTS], "南湖区今年以来协助引进产业项目63个，同比增长26%。现有党员先锋岗12个。"),
    (
        [],
        ["动作=接待 名称=群众 值=31 量词=批 同组=访", "动作=接待 名称=群众 值=46 量词=人次 同组=访"],
        "南湖区接待群众31批46人次。",
    ),
    # both
    (
        [VISITS],
        [PROJECTS],
        "南湖区组织委员分组走访重点企业，收集用工、融资需求36项；今年以来协助引进产业项目63个，同比增长26%。",
    ),
    ([READING], [POSTS, TEAMS], "南湖区办好“书香讲堂”；现有党员先锋岗12个、志愿服务队3支。"),
    (
        [VISITS, READING],
        [PROJECTS, MOTIONS, REPORTS],
        "南湖区组织委员分组走访重点企业，收集用工、融资需求36项；办好“书香讲堂”。"
        "今年以来，协助引进产业项目63个，同比增长26%；办结提案88件，占提案总数55.3%；报送社情民意信息148条。",
    ),
    (
        ["名称=走访 做法=组织委员走访。收集需求36项。"],
        [REPORTS],
        "南湖区组织委员走访。收集需求36项。今年以来报送社情民意信息148条。",
    ),
]


@pytest.mark.parametrize(("activities", "indicators", "printed"), PARAGRAPHS)
def test_a_paragraph_made_from_rows(tmp_path: Path, activities: Rows, indicators: Rows, printed: str) -> None:
    assert [str(text) for text in texts(tmp_path, activities, indicators)] == [printed]


@pytest.mark.parametrize("name", ["南湖区", "南湖区人民协商会议", "南湖区协会"])
def test_the_name_is_not_said_twice(tmp_path: Path, name: str) -> None:
    (text,) = texts(tmp_path, [f"名称=读书 做法={name}办好“书香讲堂”"], [])
    assert str(text) == "南湖区办好“书香讲堂”。"


def test_a_number_that_the_prose_names_is_not_told_again(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, ["名称=读书 做法=报送信息{{Z001}}"], [REPORTS, POSTS])
    assert str(text) == "南湖区报送信息148条；现有党员先锋岗12个。"


def test_rows_left_out_are_left_out(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, [f"{VISITS} 入文=否", READING], [f"{REPORTS} 入文=否"])
    assert str(text) == "南湖区办好“书香讲堂”。"


def test_every_figure_keeps_its_cells(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, ["名称=党课 场次=6 人次=60", "名称=廉政教育 人次=20"], [PROJECTS])
    assert [(figure.text, [cell.label for cell in figure.sources]) for figure in text.figures] == [
        ("6次", ["活动!H2"]),
        ("1次", ["活动!H3"]),
        ("80人次", ["活动!I2", "活动!I3"]),
        ("63个", ["指标!G2"]),
        ("26%", ["指标!G2", "指标!I2"]),
    ]


@pytest.mark.parametrize(
    ("activity", "indicator", "openings"),
    [
        (None, PROJECTS, ("今年以来", "今年以来", "同期", "今年以来", "今年以来")),
        (None, "动作=协助引进 名称=产业项目 值=9 量词=个", ("协助", "协助", "则协助", "协助", "协助")),
        (None, POSTS, ("现有", "现有", "有", "现有", "现有")),
        (None, "名称=群众满意率 值=98 量词=%", ("群众", "群众", "的群众满意率为98%。", "群众", "群众")),
        (READING, None, ("办好", "办好", "则办好", "办好", "办好")),
    ],
)
def test_no_opening_three_times_running(
    tmp_path: Path, activity: str | None, indicator: str | None, openings: tuple[str, ...]
) -> None:
    activities = [f"{activity} 单位={name}" for name in UNITS] if activity else []
    indicators = [f"{indicator} 单位={name}" for name in UNITS] if indicator else []
    made = [str(text) for text in texts(tmp_path, activities, indicators, UNITS)]
    assert [text.startswith(f"{name}{way}") for text, name, way in zip(made, UNITS, openings, strict=True)] == [
        True
    ] * 5


def test_a_worn_opening_of_time_is_not_said_again(tmp_path: Path) -> None:
    made = texts(tmp_path, [f"名称=读书 做法=今年以来办好讲堂 单位={name}" for name in UNITS[:3]], [], UNITS[:3])
    assert [str(text) for text in made] == [
        "南湖区今年以来办好讲堂。",
        "东江区今年以来办好讲堂。",
        "北岭县同期办好讲堂。",
    ]


def test_a_typed_paragraph_between_them_counts(tmp_path: Path) -> None:
    activities = [f"{READING} 单位={name}" for name in UNITS]
    broken = texts(tmp_path, activities, [], UNITS, f"{UNITS[2]} | {UNITS[2]}搭建平台。")
    assert not any("则" in str(text) for text in broken)
    same = texts(tmp_path, activities, [], UNITS, f"{UNITS[2]} | {UNITS[2]}办好讲堂。")
    assert [str(text) for text in same[2:4]] == ["北岭县办好讲堂。", "西塘县则办好“书香讲堂”。"]


@pytest.mark.parametrize(
    ("deeds", "printed"),
    [
        # a time that the deed before begins with is said once
        (("今年以来，办好讲堂", "今年以来推进共建"), "南湖区今年以来，办好讲堂；推进共建。"),
        # the third deed that begins alike begins otherwise
        (
            ("开展送学上门", "开展微心愿认领", "开展民情走访"),
            "南湖区开展送学上门，开展微心愿认领。同时，还开展民情走访。",
        ),
        (("同时，开展走访", "开展慰问", "同时，推进共建"), "南湖区同时，开展走访；开展慰问。同时，推进共建。"),
    ],
)
def test_no_deed_begins_three_times_alike(tmp_path: Path, deeds: Rows, printed: str) -> None:
    (text,) = texts(tmp_path, [f"名称=工作 做法={deed}" for deed in deeds], [])
    assert str(text) == printed


MANY = tuple(f"{first}{second}县" for first in "青白金石清" for second in "山河坪湾")
ODD_ACTIVITIES = (
    VISITS, READING, TALKS, "名称=警示教育", "名称=培训班 场次=3 人次=120", "名称=走访", "名称=召开推进会 场次=2",
    "名称=慰问困难职工 人次=30", "名称=共建 做法=今年以来推进共建。",
    "名称=整改 做法=立行立改。逐项销号。", "名称=调研 场次=多场",
)  # fmt: skip
ODD_INDICATORS = (
    PROJECTS, FUNDS, MOTIONS, REPORTS, OUTPUT, POSTS, TEAMS, "名称=群众满意率 值=98.5 量词=%",
    "名称=办结率 值=100 量词=%", "名称=产业项目 量词=个", "动作=服务 名称=群众 值=3万多 量词=人次",
    "动作=化解 名称=纠纷 值=457 量词=起 概数=多 上年同期=400",
    "名称=营商环境 性质=名次 值=2 排名范围=全市", "时期=全年 名称=集体收益 值=-3.5 量词=万元 上年同期=-8",
    "名称=补贴 值=300 值至=500 量词=元/月", "时期=今年以来 动作=发生 名称=事故 值=0 量词=起 上年同期=0",
)  # fmt: skip
SPOILT = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,})(?P=word)|[，；、。][，；、。]|的的|则则|^.{2,3}县[，。；]|--")


@pytest.mark.parametrize("seed", range(4))
def test_any_mix_of_rows_reads_as_prose(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    activities, indicators = [], []
    for name in MANY:
        activities += [f"{row} 单位={name}" for row in chance.sample(ODD_ACTIVITIES, chance.randint(0, 3))]
        indicators += [f"{row} 单位={name}" for row in chance.sample(ODD_INDICATORS, chance.randint(0, 3))]
    made = [str(text) for text in texts(tmp_path, activities, indicators, MANY, all_units=MANY)]
    assert len(made) == len(MANY)
    for name, text in zip(MANY, made, strict=True):
        if text == f"【待填：{name}】":
            continue
        assert name in text[:12], text
        assert text.endswith("。"), text
        assert not SPOILT.search(text), text
    openings = [text.replace(name, "")[:2] for name, text in zip(MANY, made, strict=True)]
    runs = zip(openings, openings[1:], openings[2:], strict=False)
    assert not [run for run in runs if len(set(run)) == 1 and run[0] != "【待"]
