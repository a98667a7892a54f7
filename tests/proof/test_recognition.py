"""What a Chinese number in running text is read as: its span, kind, value, 概数 word and measure word."""

from decimal import Decimal

import pytest

from reportgen.proof.recognition import Number, NumberKind, recognise


def only(text: str) -> Number:
    (number,) = recognise(text)
    return number


@pytest.mark.parametrize(
    ("text", "span", "value", "vague", "unit"),
    [
        ("引进项目126个", "126", "126", "", "个"),
        ("共１２家", "１２", "12", "", "家"),
        ("奖金1,234.5元", "1,234.5", "1234.5", "", "元"),
        ("投工1.28万人次", "1.28万", "12800", "", "人次"),
        ("产值5.57亿元", "5.57亿", "557000000", "", "元"),
        ("总量1.2万亿元", "1.2万亿", "1200000000000", "", "元"),
        ("发展党员1900 多名", "1900 多", "1900", "多", "名"),
        ("服务450多次", "450多", "450", "多", "次"),
        ("覆盖30多万人", "30多万", "300000", "多", "人"),
        ("惠及超11万人次", "11万", "110000", "超", "人次"),
        ("资金突破110亿元", "110亿", "11000000000", "突破", "元"),
        ("投资10亿元以上", "10亿", "1000000000", "以上", "元"),
        ("组织160多家（次）", "160多", "160", "多", "家"),
        ("慰问十二名", "十二", "12", "", "名"),
        ("整改一百零五处", "一百零五", "105", "", "处"),
        ("种下三千零五十棵", "三千零五十", "3050", "", "棵"),
        ("安装一百二十盏", "一百二十", "120", "", "盏"),
        ("安装一百二十万千瓦", "一百二十万", "1200000", "", "千瓦"),
        ("兑现两万五", "两万五", "25000", "", ""),
        ("投资一点二八亿元", "一点二八亿", "128000000", "", "元"),
        ("走访三百余户", "三百余", "300", "余", "户"),
        ("救助两千三百余人次", "两千三百余", "2300", "余", "人次"),
        ("十余家孵化器", "十余", "10", "余", "家"),
        ("用了十几天", "十几", "10", "几", "天"),
        ("带动上万农户", "上万", "10000", "上", ""),
        ("近百家企业", "近百", "100", "近", "家"),
        ("近三百家企业", "三百", "300", "近", "家"),
        ("数十名干部", "数十", "10", "数", "名"),
        ("投入几百万元", "几百万", "1000000", "几", "元"),
        ("产值突破千亿元", "千亿", "100000000000", "突破", "元"),
        ("历时9个月", "9", "9", "", "个月"),
        ("压缩到两个小时", "两", "2", "", "个小时"),
        ("不到半年", "半", "0.5", "", "年"),
        ("肉牛五头", "五", "5", "", ""),
        ("考评得分九十八点五分", "九十八点五", "98.5", "", ""),
    ],
)
def test_counts(text: str, span: str, value: str, vague: str, unit: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == span
    assert (number.kind, number.low, number.high) == (NumberKind.COUNT, Decimal(value), Decimal(value))
    assert (number.vague, number.unit) == (vague, unit)


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("增长17.7%", "17.7%", NumberKind.PERCENT, "17.7"),
        ("增长-3.2%", "-3.2%", NumberKind.PERCENT, "-3.2"),
        ("占55.3％", "55.3％", NumberKind.PERCENT, "55.3"),
        ("降到3.5‰", "3.5‰", NumberKind.PERCENT, "0.35"),
        ("占百分之四点三", "百分之四点三", NumberKind.PERCENT, "4.3"),
        ("达百分之百", "百分之百", NumberKind.PERCENT, "100"),
        ("下降千分之五", "千分之五", NumberKind.PERCENT, "0.5"),
        ("三成的农户", "三成", NumberKind.TENTHS, "30"),
        ("过了九成半", "九成半", NumberKind.TENTHS, "95"),
        ("占八成五以上", "八成五", NumberKind.TENTHS, "85"),
        ("高零点五个百分点", "零点五", NumberKind.POINTS, "0.5"),
        ("增长1.5倍", "1.5倍", NumberKind.MULTIPLE, "1.5"),
        ("产值翻一番", "翻一番", NumberKind.MULTIPLE, "2"),
        ("产值翻了两番", "翻了两番", NumberKind.MULTIPLE, "4"),
        ("高4.2个百分点", "4.2", NumberKind.POINTS, "4.2"),
        ("四分之三的村", "四分之三", NumberKind.FRACTION, "0.75"),
        ("约占1/4", "1/4", NumberKind.FRACTION, "0.25"),
        ("一半以上党员", "一半", NumberKind.FRACTION, "0.5"),
        ("半数委员", "半数", NumberKind.FRACTION, "0.5"),
        ("过半乡镇", "过半", NumberKind.FRACTION, "0.5"),
        ("按3:1配套", "3:1", NumberKind.RATIO, "3"),
    ],
)
def test_rates(text: str, span: str, kind: NumberKind, value: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == span
    assert (number.kind, number.low, number.high) == (kind, Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    ("text", "span", "low", "high"),
    [
        ("兼职300—500元/月", "300—500", "300", "500"),
        ("收入13万元～17万元", "13万元～17万", "130000", "170000"),
        ("每年3—5万元", "3—5万", "30000", "50000"),
        ("每亩9000—1.2万元", "9000—1.2万", "9000", "12000"),
        ("配备三至五名", "三至五", "3", "5"),
        ("每组10到15人", "10到15", "10", "15"),
        ("走访三五个村", "三五", "3", "5"),
        ("接待七八十人", "七八十", "70", "80"),
        ("来了两三百人", "两三百", "200", "300"),
        ("招募十七八岁青年", "十七八", "17", "18"),
        ("八九成的受访者", "八九成", "80", "90"),
        ("三至五成的商户", "三至五成", "30", "50"),
        ("增长10%—15%", "10%—15%", "10", "15"),
        ("在百分之三至百分之五之间", "百分之三至百分之五", "3", "5"),
        ("0.8个至1.2个百分点", "0.8个至1.2", "0.8", "1.2"),
    ],
)
def test_a_range_is_one_number(text: str, span: str, low: str, high: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == span
    assert (number.low, number.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("接待29批34人次", ["29", "34"]),
        ("从5个到8个", ["5", "8"]),
        ("从263多亿元增长至320多亿元", ["263多亿", "320多亿"]),
        ("一等奖两个、二等奖一个", ["一", "两", "二", "一"]),
        ("三县两区", ["三", "两"]),
        ("统一五个标准", ["五"]),
    ],
)
def test_each_number_by_itself(text: str, spans: list[str]) -> None:
    assert [text[n.start : n.end] for n in recognise(text)] == spans


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("2025年3月11日", "2025年3月11日", NumberKind.DATE),
        ("三月十一日", "三月十一日", NumberKind.DATE),
        ("二〇二五年", "二〇二五年", NumberKind.DATE),
        ("2025-03-11", "2025-03-11", NumberKind.DATE),
        ("3月11日至13日", "3月11日至13日", NumberKind.DATE),
        ("前三季度", "三季度", NumberKind.DATE),
        ("“十四五”", "十四五", NumberKind.DATE),
        ("上午9时30分", "9时30分", NumberKind.DATE),
        ("近三年", "三年", NumberKind.DATE),
        ("2021—2025年", "2021—2025年", NumberKind.YEAR_RANGE),
        ("（2024—2027）", "2024—2027", NumberKind.YEAR_RANGE),
        ("第三批", "第三", NumberKind.ORDINAL),
        ("（一）总体情况", "一", NumberKind.ORDINAL),
        ("一、总体情况", "一", NumberKind.ORDINAL),
        ("二是抓落实", "二", NumberKind.ORDINAL),
        ("附件：1.活动台账", "1", NumberKind.ORDINAL),
        ("二十大精神", "二十", NumberKind.ORDINAL),
        ("十四届全国人大", "十四", NumberKind.ORDINAL),
        ("2号楼", "2", NumberKind.ORDINAL),
        ("三楼大厅", "三", NumberKind.ORDINAL),
        ("〔2025〕3号", "2025〕3号", NumberKind.CODE),
        ("电话0771-5551234", "0771-5551234", NumberKind.CODE),
        ("G75高速", "75", NumberKind.CODE),
        ("1+N+X模式", "1+N+X", NumberKind.CODE),
        ("24小时值守", "24小时", NumberKind.CODE),
        ("三年行动", "三年", NumberKind.CODE),
    ],
)
def test_labels_are_no_figures(text: str, span: str, kind: NumberKind) -> None:
    number = only(text)
    assert text[number.start : number.end] == span
    assert number.kind is kind
    assert not kind.is_figure
    assert number.low is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2000—2050元", NumberKind.COUNT),
        ("2025个", NumberKind.COUNT),
        ("连续三年", NumberKind.COUNT),
        ("连续举办三届", NumberKind.COUNT),
        ("召开三次会议", NumberKind.COUNT),
        ("24小时内", NumberKind.COUNT),
        ("比例3:10", NumberKind.RATIO),
    ],
)
def test_what_looks_like_a_label_but_counts(text: str, kind: NumberKind) -> None:
    assert only(text).kind is kind


@pytest.mark.parametrize("text", ["建成一个基地", "每村一名", "仅有一处", "发生一起事故", "查处案件一起", "用时一年"])
def test_one_thing_that_counts(text: str) -> None:
    assert only(text).low == 1


@pytest.mark.parametrize(
    "text",
    [
        "一个重要原因",
        "打造一支队伍",
        "建成一支过硬的队伍",
        "成熟一个、巩固一个",
        "一起推动",
        "推出一项项举措",
        "每一个环节",
        "每半年开展一次评议",
        "一年来",
        "二次供水",
        "百亿元产业",
        "万亩良田",
        "两个维护",
        "七个着力",
        "三部门联合",
        "九年制学校",
        "一二类苗",
        "六台村",
        "数以百计",
        "首个",
        "几个",
    ],
)
def test_words_with_numerals_are_left_alone(text: str) -> None:
    assert recognise(text) == ()


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("主要做法：1.强化引领。2.压实责任。3.办好实事。", ["1", "2", "3"]),
        ("1．强化引领；2、压实责任！3.“一网统管”？4.《条例》落地", ["1", "2", "3", "4"]),
        ("他说：“要快。”2. 压实责任", ["2"]),
    ],
)
def test_numbering_within_a_paragraph_is_no_figure(text: str, spans: list[str]) -> None:
    numbers = recognise(text)
    assert [text[n.start : n.end] for n in numbers] == spans
    assert {n.kind for n in numbers} == {NumberKind.ORDINAL}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("增长：1.5倍。1.5倍", [NumberKind.MULTIPLE] * 2),
        ("时间：1、2、3月", [NumberKind.DATE]),
        ("人数：12、户数：5", [NumberKind.COUNT] * 2),
    ],
)
def test_what_looks_like_numbering_but_is_none(text: str, kinds: list[NumberKind]) -> None:
    assert [n.kind for n in recognise(text)] == kinds


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("收到壹佰贰拾元整", "壹佰贰拾", 120, "元"),
        ("人民币叁仟伍佰万元", "叁仟伍佰万", 35000000, "元"),
        ("壹億贰仟萬圆整", "壹億贰仟萬", 120000000, "元"),
        ("大写壹仟零伍拾整", "壹仟零伍拾", 1050, ""),
        ("队伍壹佰贰拾人", "壹佰贰拾", 120, "人"),
        ("捐款陆万元", "陆万", 60000, "元"),
        ("玖拾柒户", "玖拾柒", 97, "户"),
    ],
)
def test_financial_characters(text: str, span: str, value: int, unit: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == span
    assert (number.kind, number.low, number.high, number.unit) == (NumberKind.COUNT, value, value, unit)


@pytest.mark.parametrize("text", ["陆地、队伍、肆意、捌，伍先生", "三万陆军", "大陆万里", "收拾万家", "贰零"])
def test_financial_characters_in_words_are_left_alone(text: str) -> None:
    assert [n for n in recognise(text) if n.kind.is_figure] == []


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("占廿分之一", "廿分之一", "0.05"),
        ("占卅分之三", "卅分之三", "0.1"),
        ("廿三名", "廿三", "23"),
        ("卅户", "卅", "30"),
    ],
)
def test_twenty_and_thirty_in_one_character(text: str, span: str, value: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == span
    assert number.low == number.high == Decimal(value)
