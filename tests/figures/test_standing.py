"""Shares, completion and ranks, and what stops them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_rows import Sheet, labels, one, refused, unit
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import FaultError, GapError
from reportgen.model.figure import Figure, Text

SHARES = [
    ({"值": "202", "总体": "365", "总体名称": "提案总数"}, "55.3%", "占提案总数55.3%"),
    ({"值": "148", "总体": "284"}, "52.1%", "占52.1%"),
    ({"值": "202", "占比": "55.3", "总体名称": "提案总数"}, "55.3%", "占提案总数55.3%"),
    ({"占比": "36.67%", "总体名称": "全市"}, "36.67%", "占全市36.67%"),
    ({"值": "202", "总体": "365", "占比": "55.3"}, "55.3%", "占55.3%"),
    ({"值": "50", "总体": "100"}, "50%", "占50%"),
    ({"值": "100", "总体": "100"}, "100%", "占100%"),
    ({"值": "0", "总体": "100"}, "0%", "占0%"),
    ({"值": "9996", "总体": "10000"}, "99.96%", "占99.96%"),
    ({"值": "99996", "总体": "100000"}, "99.996%", "占99.996%"),
    ({"值": "4", "总体": "10000"}, "0.04%", "占0.04%"),
    ({"值": "202", "总体": "365", "小数": "2"}, "55.34%", "占55.34%"),
    ({"值": "3", "总体": "1.2亿", "量词": "万元"}, "0.03%", "占0.03%"),
    ({"值": "450多", "总体": "900"}, "【待核】", "占【待核】"),
    ({"值": "450", "概数": "多", "总体": "900"}, "【待核】", "占【待核】"),
    ({"值": "457", "概数": "多", "总体": "900"}, "50.8%", "占50.8%"),
    ({"值": "450多", "总体": "900", "占比": "50"}, "50%", "占50%"),
    ({"总体": "900"}, "【待核】", "占【待核】"),
    ({"占比": "超50", "总体名称": "全市"}, "超50%", "占全市超50%"),
]


@pytest.mark.parametrize(("cells", "printed", "clause"), SHARES)
def test_share(cells: dict[str, str], printed: str, clause: str) -> None:
    assert str(one(**cells).say("占比")) == printed
    assert str(one(**cells).say("占比句")) == clause


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"值": "366", "总体": "365"}, "F005"),
        ({"值": "-1", "总体": "365"}, "F005"),
        ({"值": "366"}, "F006"),
        ({"值": "0", "总体": "0"}, "F008"),
        ({"值": "202", "总体": "365", "占比": "56.3"}, "F009"),
        ({"值": "202", "总体": "Z009"}, "F004"),
    ],
)
def test_share_that_cannot_be(cells: dict[str, str], code: str) -> None:
    with refused(code) as fault:
        one(**cells).say("占比")
    assert fault.value.related


def test_share_of_another_row() -> None:
    sheet = one(值="202", 量词="件", 总体="Z002", 时期="全年")
    sheet.row("Z002", 名称="提案总数", 值="365", 量词="件", 时期="全年")
    said = sheet.say("占比")
    assert isinstance(said, Figure)
    assert (str(said), said.formula, labels(said)) == ("55.3%", "202/365", ["指标!D2", "指标!D3"])
    assert str(sheet.say("占比句")) == "占提案总数55.3%"


@pytest.mark.parametrize(
    ("cells", "matter"),
    [({"时期": "前三季度"}, "时期"), ({"口径": "含社情民意"}, "口径"), ({"量词": "条"}, "量词")],
)
def test_share_of_an_unlike_row(cells: dict[str, str], matter: str) -> None:
    common = {"量词": "件", "时期": "全年", "口径": "立案"}
    sheet = one(**{**common, "值": "202", "总体": "Z002"})
    sheet.row("Z002", **{**common, "值": "365", **cells})
    with refused() as fault:
        sheet.say("占比")
    assert (fault.value.code.code, fault.value.values["matter"]) == ("F007", matter)


@pytest.mark.parametrize(
    ("cells", "rate", "clause"),
    [
        ({"值": "96.2", "目标": "100"}, "96.2%", "完成年度任务的96.2%"),
        ({"值": "100", "目标": "100"}, "100%", "全面完成年度任务"),
        ({"值": "105", "目标": "100"}, "105%", "超额完成年度任务，完成率105%"),
        ({"值": "10004", "目标": "10000"}, "100.04%", "超额完成年度任务，完成率100.04%"),
        ({"值": "9999", "目标": "10000"}, "99.99%", "完成年度任务的99.99%"),
        ({"值": "80多", "目标": "100"}, "【待核】", "【待核】"),
        ({"目标": "100"}, "【待核】", "【待核】"),
        ({"值": "80", "目标": "近100"}, "【待核】", "【待核】"),
    ],
)
def test_completion(cells: dict[str, str], rate: str, clause: str) -> None:
    assert str(one(**cells).say("完成率")) == rate
    assert str(one(**cells).say("完成句")) == clause


@pytest.mark.parametrize("target", [{}, {"目标": "0"}])
def test_completion_needs_a_target(target: dict[str, str]) -> None:
    for name in ("完成率", "完成句"):
        with refused("F010"):
            one(值="80", **target).say(name)


def ranked(*values: str, scope: str = "全区") -> Sheet:
    """Units 甲 乙 丙 … with these values of one indicator."""
    names = "甲乙丙丁戊己"[: len(values)]
    sheet = Sheet(units=tuple(unit(name) for name in names))
    for index, (name, value) in enumerate(zip(names, values, strict=True), 1):
        given = {"值": value} if value else {}
        sheet.row(f"Z00{index}", 名称="新签约项目", 单位=name, 量词="个", 排名范围=scope, **given)
    return sheet


@pytest.mark.parametrize(
    ("values", "options", "printed"),
    [
        ("30 20 10", (), "第一 第二 第三"),
        ("30 20 10", ("升",), "第三 第二 第一"),
        ("30 20 10", ("降",), "第一 第二 第三"),
        ("30 20 20 10", (), "第一 并列第二 并列第二 第四"),
        ("30 20 10 10 5", (), "第一 第二 并列第三 并列第三 第五"),
        ("9 9", (), "并列第一 并列第一"),
    ],
)
def test_rank(values: str, options: tuple[str, ...], printed: str) -> None:
    sheet = ranked(*values.split())
    ranks = [str(sheet.say("名次", *options, id=row.id)) for row in sheet.rows]
    assert ranks == printed.split()
    assert str(sheet.say("名次句", *options, id="Z002")) == f"排名全区{ranks[1]}"


def test_a_rank_comes_from_every_cell_of_its_range_its_own_first() -> None:
    assert labels(ranked("30", "20", "10").say("名次", id="Z002")) == ["指标!D3", "指标!D2", "指标!D4"]


def test_a_typed_rank_needs_no_others() -> None:
    sheet = one(名次="2", 排名范围="全区")
    assert (str(sheet.say("名次")), str(sheet.say("名次句"))) == ("第二", "排名全区第二")
    assert str(one(值="3", 性质="名次", 排名范围="全区").say("名次句")) == "排名全区第三"


def test_the_range_is_a_category_or_a_parent() -> None:
    units = (unit("甲", category="市"), unit("乙", category="市"), unit("丙", parent="市"), unit("丁"))
    sheet = ranked("10", "20", "30", "40", scope="市")
    sheet.units = units
    assert str(sheet.say("名次")) == "第三"


def test_units_that_do_not_report_are_not_ranked() -> None:
    sheet = ranked("10", "20", "")
    sheet.units = (unit("甲"), unit("乙", aliases=("乙市",)), unit("丙", reports=False))
    assert str(sheet.say("名次")) == "第二"


def test_without_a_sheet_of_units_the_rows_are_the_range() -> None:
    sheet = ranked("10", "20", "30")
    sheet.units = ()
    assert str(sheet.say("名次")) == "第三"


@pytest.mark.parametrize("missing", ["", "20多"])
def test_an_incomplete_range_names_who_is_missing(missing: str) -> None:
    sheet = ranked("10", missing, "30")
    with refused() as fault:
        sheet.say("名次")
    assert (fault.value.code.code, fault.value.values["missing"]) == ("F011", "乙")
    assert [place.cell for place in fault.value.related] == ["D3"]


def test_a_rank_that_is_unclear() -> None:
    twice = ranked("10", "20")
    twice.row("Z009", 名称="新签约项目", 单位="乙", 值="21", 排名范围="全区")
    outside = ranked("10", "20")
    outside.row("Z009", 名称="新签约项目", 单位="癸", 值="21")
    alone = ranked("10")
    for sheet, id in ((twice, "Z001"), (outside, "Z009"), (alone, "Z001"), (one(值="3"), "Z001")):
        with refused("F012"):
            sheet.say("名次", id=id)


def test_a_rank_whose_own_value_is_open() -> None:
    assert str(ranked("", "20").say("名次")) == "【待核】"
    assert str(ranked("10多", "20").say("名次句")) == "【待核】"
    assert str(one(性质="名次").say("名次")) == "【待填：产业项目】"


def test_rank_knows_two_orders() -> None:
    with refused("F002"):
        ranked("1", "2").say("名次", "倒")


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        (
            {"时期": "今年以来", "动作": "协助引进", "值": "126", "量词": "个", "上年同期": "107"},
            "今年以来协助引进产业项目126个，同比增长17.8%",
        ),
        ({"值": "126", "量词": "个"}, "产业项目126个"),
        ({"值": "3", "量词": "个", "上年同期": "0"}, "产业项目3个，上年同期为0"),
        ({"值": "0", "量词": "个", "上年同期": "0"}, "产业项目0个"),
        ({"值": "450多", "量词": "个", "上年同期": "400"}, "产业项目450多个，同比【待核】"),
        ({"上年同期": "400"}, "产业项目【待填：产业项目】，同比【待核】"),
        ({"值": "202", "总体": "365", "总体名称": "总数"}, "产业项目202，占总数55.3%"),
        ({"占比": "55.3", "总体名称": "总数"}, "产业项目占总数55.3%"),
        ({"名次": "1", "排名范围": "全区"}, "产业项目排名全区第一"),
        ({"值": "1", "性质": "名次", "排名范围": "全区"}, "产业项目排名全区第一"),
        ({"值": "96", "目标": "0"}, "产业项目96"),
        ({"名称": "GDP增速", "值": "4.3", "性质": "增速"}, "GDP增长4.3%"),
        ({"名称": "产值同比增幅", "值": "-2.1", "性质": "增速", "时期": "上半年"}, "上半年产值同比下降2.1%"),
        ({"名称": "增速", "值": "4.3", "性质": "增速"}, "增速增长4.3%"),
        ({"名称": "GDP增速", "性质": "增速"}, "GDP增速【待填：GDP增速】"),
        ({"名称": "综合排名", "值": "3", "性质": "名次", "排名范围": "全区"}, "综合排名全区第三"),
        ({"名称": "综合排名", "值": "3", "性质": "名次", "上年同期": "5"}, "综合排名第三，同比上升2位"),
        ({"名称": "利润", "值": "-8.3", "量词": "万元", "上年同期": "2"}, "利润为-8.3万元，由盈转亏"),
        ({"名称": "满意率", "值": "98.5", "量词": "%", "上年同期": "97.3"}, "满意率98.5%，同比提高1.2个百分点"),
        (
            {"值": "80", "目标": "100", "对照": "75%", "对照名称": "序时进度"},
            "产业项目80，完成年度任务的80%，快于序时进度5个百分点",
        ),
        ({"值": "300", "值至": "500", "量词": "元/月"}, "产业项目300—500元/月"),
        ({"值": "3", "量词": "个", "占比": "超50", "总体名称": "全市"}, "产业项目3个，占全市超50%"),
        ({"时期": "全年", "占比": "55.3", "名次": "2", "排名范围": "全区"}, "全年产业项目占55.3%，排名全区第二"),
        ({"值": "4.3", "性质": "增速", "对照": "0.1", "对照名称": "2023年"}, "产业项目增长4.3%，高于2023年4.2个百分点"),
        ({"值": "4.3", "性质": "增速", "对照": "0.1"}, "产业项目增长4.3%"),
        (
            {
                "值": "96", "量词": "个", "上年同期": "80", "总体": "100", "总体名称": "全市", "目标": "100",
                "名次": "2", "排名范围": "全区", "对照": "90", "对照名称": "桂林",
            },
            "产业项目96个，同比增长20%，占全市96%，完成年度任务的96%，排名全区第二，比桂林多6个",
        ),
    ],
)  # fmt: skip
def test_sentence(cells: dict[str, str], printed: str) -> None:
    assert str(one(**cells).say("句")) == printed


def test_a_sentence_ranks_when_the_range_is_complete() -> None:
    assert str(ranked("30", "20").say("句")) == "新签约项目30个，排名全区第一"
    assert str(ranked("30", "").say("句")) == "新签约项目30个"


def test_phrases_wait_until_they_are_printed_and_compute_when_asked() -> None:
    sheet = one(值="126", 上年同期="107", 量词="个")
    sheet.phrase("占比")
    with refused("F006"):
        str(sheet.phrase("占比"))
    same_period = sheet.phrase("同比")
    assert (str(same_period), str(same_period("突破"))) == ("同比增长17.8%", "同比增长17.8%")
    assert [span.text for span in same_period.__spans__()] == ["同比增长", "17.8%"]
    assert same_period > 17
    assert same_period < sheet.phrase("值")
    assert sheet.phrase("值") == 126


def test_phrases_compute_with_each_other_in_any_order() -> None:
    sheet = one(值="126", 量词="个")
    sheet.row("Z002", 值="100", 量词="个")
    sheet.row("Z003", 值="74", 量词="个")
    first, second, third = (sheet.phrase("值", id) for id in ("Z001", "Z002", "Z003"))
    result = first + second + third
    assert (str(result), result.formula, labels(result)) == (
        "300", "126+100+74", ["指标!D2", "指标!D3", "指标!D4"],
    )  # fmt: skip
    assert [str(number) for number in (1000 - first, first * 2, first / second, 2 + first, first - 26)] == [
        "874", "252", "1.26", "128", "100",
    ]  # fmt: skip
    assert str((first + second) - third) == "152"


def test_a_range_is_not_one_number() -> None:
    with refused("F001"):
        one(值="300", 值至="500").phrase("本身") + 1


@given(part=st.integers(1, 10**6), rest=st.integers(0, 10**6), decimals=st.integers(0, 4))
def test_a_share_reads_back_and_never_lies_at_the_ends(part: int, rest: int, decimals: int) -> None:
    sheet = Sheet(settings={"decimals": decimals})
    sheet.row(值=str(part), 总体=str(part + rest))
    printed = Decimal(str(sheet.say("占比"))[:-1])
    assert abs(printed - Decimal(part) * 100 / (part + rest)) <= Decimal(5).scaleb(-decimals - 1)
    assert (printed == 100) == (rest == 0)
    assert printed > 0


def test_a_sentence_keeps_every_cell() -> None:
    said = one(值="126", 上年同期="107", 名次="1", 排名范围="全区").say("句")
    assert isinstance(said, Text)
    assert labels(said) == ["指标!D2", "指标!D2", "指标!H2", "指标!T2"]


@pytest.mark.parametrize(
    ("cells", "name", "kind"),
    [
        ({"值": "366"}, "占比", GapError),
        ({"值": "366"}, "完成率", GapError),
        ({"值": "366"}, "完成句", GapError),
        ({"值": "366"}, "名次", GapError),
        ({"值": "366", "总体": "0"}, "占比", FaultError),
        ({"值": "366", "总体": "Z009"}, "占比", FaultError),
        ({"值": "366", "目标": "0"}, "完成率", FaultError),
        ({"值": "366", "性质": "增速", "目标": "5"}, "完成率", FaultError),
    ],
)
def test_what_is_left_out_is_told_apart_from_what_is_wrong(
    cells: dict[str, str], name: str, kind: type[FaultError]
) -> None:
    phrase = one(**cells).phrase(name)

    with pytest.raises(FaultError) as caught:
        str(phrase)

    assert type(caught.value) is kind
    if kind is GapError:
        assert not phrase
