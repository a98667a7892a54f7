"""疑点 of the words: text in, what an editor is asked out; and what is right is not asked."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proofreading import asked, codes, printed

from reportgen.proof.queries.prose import repeats
from reportgen.proof.queries.prose.repeats import similarity

NAMES = """
[单位]
简称 | 别称
甲市 |
乙市 | 乙城
丙市 |
[名单]
名单名 | 名称
园区 | 东园
园区 | 西园
"""

LISTS = [
    ("一、二、三产业同比分别增长5.1%、3.2%。", ["P060"]),
    ("一、二、三产业同比分别增长5.1%、3.2%、4.7%。", []),
    ("甲市和乙市分别增长5.1%、3.2%、4.7%。", ["P060"]),
    ("甲市、乙市、丙市，同比分别增长5.1%、3.2%。", ["P060"]),
    ("自治区级28个、市级73个，分别完成投资23亿元、32亿元。", []),
    ("工业增加值、固定资产投资和社会消费品零售总额分别增长1%、2%、3%。", []),
    ("科学研究和技术服务业、金融业分别增长1%、2%。", []),
    ("甲市、乙市、丙市分别引进项目5个。", []),
    ("两家企业分别投资3亿元、5亿元。", []),
    ("甲、乙、丙分别由主席、副主席负责。", []),
    ("全市“甲、乙、丙”三项指标分别增长1%、2%。", []),
    ("甲市、乙市分别排名全区第一、第二。", []),
    ("工业、农业等5项指标分别增长1%、2%、3%、4%、5%。", []),
    ("甲市、乙市、丙市等2个市。", ["P061"]),
    ("甲市、乙市、丙市等三个市。", []),
    ("甲市、乙市、丙市等11个市。", []),
    ("推进甲项目、乙项目、丙项目等一批项目。", []),
    ("组织甲、乙、丙、丁到东园、西园等2个基地考察。", []),
    ("由“甲、乙”“丙、丁”等2个单位组成。", []),
    ("划分为“先锋”“骨干”“后进”2种类型。", ["P062"]),
    ("划分为“先锋”“骨干”“后进”3种类型。", []),
    ("甲市、乙城、丙市2个市开展。", ["P062"]),
    ("甲市、乙市、丙市3个市开展。", []),
    ("东园、西园3个园区投产。", ["P062"]),
    ("走进东园、西园2个园区。", []),
    ("开展党课、读书班3次。", []),
    ("先锋工地、车间党支部15个。", []),
]


@pytest.mark.parametrize(("sentence", "wanted"), LISTS)
def test_lists_count(sentence: str, wanted: list[str]) -> None:
    assert codes(asked(NAMES, sentence)) == wanted


ORDINALS = [
    (["突出表现在以下三个方面。一是抓学习。二是抓落实。三是抓作风。"], []),
    (["突出表现在以下三个方面。一是抓学习。二是抓落实。"], ["P063"]),
    (["突出表现在三个方面：一是抓学习，二是抓落实，三是抓作风，四是抓队伍。"], ["P063"]),
    (["提出3点意见：", "一是抓学习。", "二是抓落实。", "大家表示赞同。"], ["P063"]),
    (["提出2点意见：", "一是抓学习。", "二是抓落实。", "大家表示赞同。"], []),
    (["提出3点意见。", "大家表示赞同。", "一是抓学习。", "二是抓落实。"], []),
    (["提出3点意见。一是抓学习。", "二是抓落实。", "四是抓作风。"], ["P064"]),
    (["一是抓学习。二是抓落实。"], []),
    (["两个方面：一是抓学习，二是抓落实。再看三条经验。一要实，二要细，三要严。"], []),
    (["万众一是非，二是不懂。"], []),
    (["三个方面都要做好。"], []),
]


@pytest.mark.parametrize(("lines", "wanted"), ORDINALS)
def test_ordinals_run_on_and_are_as_many_as_announced(lines: list[str], wanted: list[str]) -> None:
    assert codes(asked("", *lines)) == wanted


LONG = "全市上下把思想和行动统一到部署要求上来，凝心聚力抓好各项任务落实。"


def test_a_paragraph_that_stands_twice_is_told_once_with_its_places() -> None:
    (query,) = asked("", LONG, "另一段话。", LONG, LONG)
    assert (query.code, query.place.cell) == ("P065", "B4")
    assert query.message == "这一段在文中出现了 3 次（第2段、第4段、第5段）。"


def test_short_paragraphs_may_stand_twice() -> None:
    assert asked("", "……", "第一段。", "……") == []


ALIKE = [
    (LONG, LONG.replace("全市", "全区"), ["P066"]),
    ("今年引进项目多。" + LONG, "又说：" + LONG.replace("凝心聚力", "齐心协力"), ["P066"]),
    (LONG, "与会人员围绕主题交流发言，提出了许多很有见地的意见和建议。", []),
    (LONG, "各地把思想和行动统一到一处。", []),
    ("以党建新优势激发履职新担当", "以党建新优势激发履职新作为", []),
    ("会议要求抓落实。", "会议要求抓好落实。", []),
]


@pytest.mark.parametrize(("first", "second", "wanted"), ALIKE)
def test_sentences_that_are_nearly_the_same(first: str, second: str, wanted: list[str]) -> None:
    assert codes(asked("", first, second)) == wanted


def test_the_nearest_sentence_is_named() -> None:
    (query,) = asked("", LONG, "别的话。", LONG.replace("凝心聚力", "齐心聚力"))
    assert (
        query.message == "这一句与第2段的「全市上下把思想和行动统一到部署要求上来，凝心聚力……」几乎一样（96% 相同）。"
    )


@given(st.text("甲乙丙丁", max_size=20), st.text("甲乙丙丁", max_size=20))
def test_similarity_is_the_longest_common_subsequence(a: str, b: str) -> None:
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else max(table[i][j + 1], table[i + 1][j])
    assert similarity(a, b) == (2 * table[-1][-1] / (len(a) + len(b)) if a or b else 1.0)


OPENINGS = [
    ("今年以来，抓学习。今年以来，抓落实。今年以来，抓作风。", ["P067"]),
    ("今年以来，抓学习。今年以来，抓落实。同时抓作风。今年以来，抓队伍。", []),
    ("坚持抓学习；坚持抓落实；坚持抓作风；坚持抓队伍。", []),
    ("实施“甲”工程。实施“乙”工程。实施“丙”工程。", []),
]


@pytest.mark.parametrize(("text", "wanted"), OPENINGS)
def test_openings_three_times_running(text: str, wanted: list[str]) -> None:
    assert codes(asked("", text)) == wanted


def test_openings_run_on_over_paragraphs_of_one_sentence() -> None:
    lines = ["今年以来，抓学习。", "今年以来，抓落实。", "今年以来，抓作风。"]
    (query,) = asked("", *lines)
    assert (query.code, query.place.cell, "「今年以来」" in query.message) == ("P067", "B4", True)


MARKS = [
    ("全市引进项目126个,同比增长。", "P068"),
    ("工作(试点)推进。", "P068"),
    ("会议强调:抓落实.", "P068"),
    ('打造"党建品牌"。', "P068"),
    ("全面完成。。", "P069"),
    ("全面完成，，再接再厉。", "P069"),
    ("全面完成、，再接再厉。", "P069"),
    ("他说：“全面完成。”。", "P069"),
    ("打造“党建品牌，推动发展。", "P070"),
    ("打造党建品牌”，推动发展。", "P070"),
    ("规划（2024—2027，推动发展。", "P070"),
    ("《规划（试行》）印发。", "P070"),
]


@pytest.mark.parametrize(("text", "code"), MARKS)
def test_marks_that_are_wrong(text: str, code: str) -> None:
    assert codes(asked("", text))[:1] == [code]


RIGHT = [
    "增长5.8%，占1,200家的3.5%。",
    "见www.gx.gov.cn，电话0771-123:456。",
    "1.强品牌",
    "（一）抓学习",
    "1）抓学习；2）抓落实。",
    "比分3:2，时间10:30。",
    "GDP (current US$) rose.",
    "It’s OK，他说。",
    "会议指出……",
    "——全区综述",
    "真的吗？！",
    "“甲”“乙”“丙”等品牌。",
    "他说：“抓‘四强’党支部。”",
    "图①：调研（资料图）。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_marks_that_are_right(text: str) -> None:
    assert codes(asked("", text)) == []


def test_half_width_marks_are_told_once_a_paragraph_with_their_count() -> None:
    (query,) = asked("", "一是抓学习," * 30 + "抓落实;好。")
    assert query.message.startswith("这一段有 31 处半角标点（, ;）")
    assert query.suggestion == "改成全角的「，」「；」。"


def test_a_quotation_over_several_paragraphs_opens_each_and_closes_the_last() -> None:
    assert asked("", "“第一段的话。", "“第二段的话。", "“第三段的话。”") == []
    assert codes(asked("", "“第一段的话。", "第二段的话。")) == ["P070"]


DOUBLED = [
    ("推动经济经济发展。", ["P071"]),
    ("高质量发展高质量发展。", ["P071"]),
    ("党的的领导。", ["P071"]),
    ("今年，2024年2024年外出招商。3月11日3月11日召开。", ["P071", "P071"]),
    ("2024年12月和2024年年底。", []),
    ("抓好了了。", ["P071"]),
    ("天天看、人人讲、一一办、常常说。", []),
    ("认认真真、实实在在、清清楚楚。", []),
    ("大家研究研究、讨论讨论再说。", []),
    ("一步一步走，一件一件办。", []),
    ("达到目的的关键，为了了解情况，是是非非。", []),
    ("以及及时反馈。甲及及乙。", ["P071"]),
    ("哈哈哈哈。", []),
    ("甲园园区甲园园区建成。", []),
    ("1212家。", []),
]


@pytest.mark.parametrize(("text", "wanted"), DOUBLED)
def test_words_written_twice(text: str, wanted: list[str]) -> None:
    exempt = "[词表]\n类别 | 词\n豁免 | 甲园园区甲园园区"
    assert codes(asked(exempt, text)) == wanted


TERMS = """
[词表]
类别 | 词 | 替换 | 备注
规范 | 中央8项规定 | 中央八项规定 |
规范 | 政协会 | 政协会议 |
禁用 | 遥遥领先 | | 没有依据
禁用 | 领导人 | 负责人 |
"""

TERM_CASES = [
    ("落实中央8项规定。", "P072", "「中央8项规定」有 1 处，规范的写法是「中央八项规定」。"),
    ("政协会召开，政协会议闭幕。", "P072", "「政协会」有 1 处，规范的写法是「政协会议」。"),
    ("产值遥遥领先，产量遥遥领先。", "P073", "「遥遥领先」有 2 处，词表列为禁用（没有依据）。"),
    ("部门领导人到会。", "P073", "「领导人」有 1 处，词表列为禁用。"),
]


@pytest.mark.parametrize(("text", "code", "message"), TERM_CASES)
def test_words_of_the_list_of_terms(text: str, code: str, message: str) -> None:
    (query,) = asked(TERMS, text)
    assert (query.code, query.message) == (code, message)
    assert query.related[0].sheet == "词表"


def test_right_terms_are_not_asked_about() -> None:
    assert asked(TERMS, "政协会议落实中央八项规定。") == []


def test_sentences_are_not_each_compared_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("全区各级政协党建引领发展委员行动服务群众协商", k=4)) for _ in range(40)]
    lines = ["".join(chance.choices(words, k=9)) + f"第{n}。" for n in range(300)]
    compared: list[str] = []

    def counted(a: str, b: str) -> float:
        compared.append(b)
        return similarity(a, b)

    monkeypatch.setattr(repeats, "similarity", counted)
    (query,) = repeats.alike(printed("", *lines, lines[150].replace("第", "计")))
    assert query.place.cell == "B302"
    assert len(compared) < 300 * 12
