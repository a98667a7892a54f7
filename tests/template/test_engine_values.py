"""What a value may print, and what filters make of it: never an address, never a 0 that no one wrote."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

import pytest
from excel_books import faults as excel_faults
from excel_books import fill
from word_files import filled, load, render

from reportgen.diagnostics import Diagnostic, Place
from reportgen.template import TemplateError, TextTemplate
from reportgen.template.engine.wording import reason
from reportgen.template.values import Span

CELL = Place(file="数据.xlsx", sheet="内容", row=3, cell="G3")


@dataclass(frozen=True)
class Figure:
    """A number with its measure word."""

    value: Decimal | None
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Row:
    """A row that stands for a figure."""

    figure: Figure | None

    def __figure__(self) -> Figure:
        if self.figure is None:
            raise TypeError("not one number")
        return self.figure

    def __str__(self) -> str:
        return "引进企业126个"


class Bare:
    """An object of which Python prints an address."""


@dataclass(frozen=True)
class Plain:
    """An object of which Python prints its fields."""

    名: str = "甲"


class View(Mapping[str, object]):
    """A mapping with attributes of its own, which are no business of templates."""

    record = "内部"

    def __getitem__(self, name: str) -> object:
        return {"值": 1}[name]

    def __iter__(self) -> Iterator[str]:
        return iter(["值"])

    def __len__(self) -> int:
        return 1


class Rows(Sequence[str]):
    """A list that says what it offers."""

    by_key = "内部"

    def __getitem__(self, index: object) -> str:  # type: ignore[override]
        if index == "Z001":
            return "一"
        raise KeyError(index)

    def __len__(self) -> int:
        return 1

    def __getattr__(self, name: str) -> str:
        if name != "筛选":
            raise AttributeError(name)
        return "筛过"

    def __dir__(self) -> list[str]:
        return ["筛选", "Z001"]


NAMES: dict[str, object] = {
    "Z": Figure(Decimal("126.5"), "126.5个"),
    "行": Row(Figure(Decimal(126), "126个")),
    "句": Row(None),
    "待填": Figure(None, "【待填】"),
    "空": None,
    "字": "甲",
    "表": [1, 2],
    "图": View(),
    "列": Rows(),
}


def word_faults(text: str, **names: object) -> list[Diagnostic]:
    with pytest.raises(TemplateError) as caught:
        render(load(text), {**NAMES, **names})
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ Z|int }}", "126"),
        ("{{ Z|float }}", "126.5"),
        ("{{ 行|int + 1 }}", "127"),
        ("{{ '12.7'|int }}{{ ' 3 '|float }}{{ 'ff'|int(0, 16) }}", "123.0255"),
        ("{{ 字|int(7) }}{{ 空|float(1.5) }}{{ 字|int(default=none) }}", "71.5"),
        ("{{ Z|round }}{{ 行|round(-1) }}{{ 2.5|round }}{{ 17.65|round(1) }}", "1271303.017.7"),
        ("{{ 2.1|round(0, 'ceil') }}{{ 5|round(2) }}", "3.05"),
        ("{{ (0 - 3)|abs }}{{ Z|abs }}", "3126.5"),
        ("{{ '%d个、%.2f、%s、%%' % (Z, 行, Z) }}", "126个、126.00、126.5个、%"),
        ("{{ '%05.1f'|format(Z) }}{{ '%(甲)s'|format(甲=行) }}", "126.5引进企业126个"),
        ("{{ true }}{{ false }}{{ true ~ '' }}{{ [true, none, 1]|join('、') }}", "是否是是、、1"),
        ("{{ 空|upper }}{{ true|string }}", "是"),
        ("{{ 图.值 }}{{ 列.筛选 }}{{ 列.Z001 }}{{ 列['Z001'] }}{{ 图['值'] }}", "1筛过一一1"),
        ("{{ [3, 1]|max }}{{ [行, 5]|length }}{{ [1, 2]|sum }}", "323"),
    ],
)
def test_filters_know_the_number_behind_a_value(tag: str, printed: str) -> None:
    assert filled(tag, **NAMES) == [printed]


@pytest.mark.parametrize(
    ("tag", "code", "message"),
    [
        ("{{ 字|int }}", "T036", "「{{ 字|int }}」要用数来算，但“甲”不是数。"),
        ("{{ 句|float }}", "T036", "「{{ 句|float }}」要用数来算，但“引进企业126个”不是数。"),
        ("{{ 待填|int }}", "T036", "「{{ 待填|int }}」要用数来算，但“【待填】”不是数。"),
        ("{{ 空|int }}", "T036", "「{{ 空|int }}」要用数来算，但空不是数。"),
        ("{{ 表|float }}", "T036", "「{{ 表|float }}」要用数来算，但一组值不是数。"),
        ("{{ 'inf'|float }}", "T036", "「{{ 'inf'|float }}」要用数来算，但“inf”不是数。"),
        ("{{ '1e99999'|int }}", "T036", "「{{ '1e99999'|int }}」要用数来算，但“1e99999”不是数。"),
        ("{{ 字|abs }}", "T036", "「{{ 字|abs }}」要用数来算，但“甲”不是数。"),
        ("{{ 1|round(1, 'up') }}", "T026", "「{{ 1|round(1, 'up') }}」算不出来：取整的方式只有 common、ceil、floor。"),
        ("{{ []|max }}", "T026", "「{{ []|max }}」算不出来：要取的那一项不存在，列表是空的或已到头尾。"),
        ("{{ 表|upper }}", "T035", "「{{ 表|upper }}」是一组值，不能直接印。"),
        ("{{ [表]|join }}", "T035", "「{{ [表]|join }}」是一组值，不能直接印。"),
        ("{{ '%s' % 图 }}", "T035", "「{{ '%s' % 图 }}」是一组有名字的值，不能直接印。"),
        ("{{ '{}'.format(表) }}", "T035", "「{{ '{}'.format(表) }}」是一组值，不能直接印。"),
        ("{{ 图.record }}", "T021", "没有“record”。"),
        ("{{ 图['record'] }}", "T021", "没有“record”。"),
        ("{{ 图.items() }}", "T021", "没有“items”。"),
        ("{{ 列.by_key }}{{ 列.count }}", "T021", "没有“by_key”。"),
        ("{{ 列.筛 }}", "T021", "没有“筛”，相近的有“筛选”。"),
    ],
)
def test_nothing_is_silently_wrong(tag: str, code: str, message: str) -> None:
    assert (word_faults(tag)[0].code, word_faults(tag)[0].message) == (code, message)


UNPRINTABLE = [
    ([1], "一组值"),
    ((1, 2), "一组值"),
    ({1}, "一组值"),
    (deque([1]), "一组值"),
    (range(3), "一组值"),
    ((n for n in [1]), "一组值"),
    ({"a": 1}, "一组有名字的值"),
    (MappingProxyType({"a": 1}), "一组有名字的值"),
    ({"a": 1}.keys(), "一组值"),
    ("甲".upper, "函数"),
    (len, "函数"),
    (Plain, "函数"),
    (Bare(), "一项数据"),
    (Plain(), "一项数据"),
    (b"abc", "二进制内容"),
]


@pytest.mark.parametrize(("value", "what"), UNPRINTABLE)
@pytest.mark.parametrize("text", ["{{ x }}", "共{{ x }}", "{{ x ~ '' }}", "{{ 加粗(x) }}"])
def test_what_has_no_text_is_never_printed(text: str, value: object, what: str) -> None:
    (word,) = word_faults(text, x=value)
    (excel,) = excel_faults(text, x=value)

    assert (word.code, excel.code, excel.place.cell) == ("T035", "T035", "A1")
    assert f"是{what}，不能直接印。" in word.message
    assert word.place.tag == excel.place.tag


@pytest.mark.parametrize("tag", ["{{ x }}", "{{ x if true }}"])
def test_prose_refuses_it_before_it_is_handed_on(tag: str) -> None:
    seen: list[object] = []

    def printed(value: object) -> object:
        seen.append(value)
        return value

    template = TextTemplate.parse(tag, CELL)
    assert template.evaluate({"x": True}, printed) == ("是",)
    with pytest.raises(TemplateError) as caught:
        template.evaluate({"x": [1]}, printed)

    assert [(fault.code, fault.place.tag) for fault in caught.value.diagnostics] == [("T035", tag)]
    assert seen == ["是"]
    assert template.evaluate({"x": [1]}) == ([1],)


def test_booleans_stay_booleans_in_a_cell_of_their_own_and_are_words_beside_others() -> None:
    assert fill("{{ x }}|是否：{{ x }}", x=True).cells() == [[True, "是否：是"]]


@pytest.mark.parametrize("value", [Decimal("NaN"), float("inf")])
def test_a_number_that_is_none_is_not_printed(value: object) -> None:
    (fault,) = word_faults("{{ x }}", x=value)

    assert (fault.code, fault.message) == ("T035", "「{{ x }}」是算不出的数，不能直接印。")


def test_the_advice_says_how_to_print_a_list() -> None:
    (fault,) = word_faults("{{ 表 }}")

    assert fault.suggestion == "要连起来印，加上 |顿号 或 |join('、')；要逐个印，用 {% for %}。"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "+".join("1" * 300) + " }}",
        "{{ " + "[" * 99 + "]" * 99 + " }}",
    ],
)
def test_expressions_too_deep_are_faults_of_writing(tag: str) -> None:
    with pytest.raises(TemplateError) as text:
        TextTemplate.parse(tag, CELL)

    for fault in (*text.value.diagnostics, *word_faults(tag), *excel_faults(tag)):
        assert fault.code == "T011"
        assert "套得太深" in fault.message


@pytest.mark.parametrize(("block", "end"), [("{% for a in 表 %}", "{% endfor %}"), ("{% if 表 %}", "{% endif %}")])
def test_blocks_too_deep_are_faults_of_writing(block: str, end: str) -> None:
    (fault,) = word_faults(block * 41 + end * 41)[-1:]

    assert (fault.code, "套得太多" in fault.message) == ("T011", True)
    assert filled(block * 18 + end * 18 + "好", **NAMES) == ["好"]


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ 1 + 'a' }}", "数和文字不能相加，连起来请用 ~"),
        ("{{ 'a' + 1 }}", "文字和数不能相加，连起来请用 ~"),
        ("{{ Z - 字 }}", "数和文字不能相减"),
        ("{{ '一' * '二' }}", "文字和文字不能相乘"),
        ("{{ 1 < 'a' }}", "数和文字不能比大小"),
        ("{{ 5|dictsort }}", "要的是一组有名字的值，给的不是"),
        ("{{ 5|items|list|length }}", "要的是一组有名字的值，给的不是"),
        ("{{ [1e400] }}", "数太大"),
        ("{{ 5|length }}", "数没有长度，也数不出个数"),
        ("{{ 5() }}", "数不是函数，后面不能加括号"),
        ("{{ range() }}", "参数的个数或名字不对"),
        ("{{ -'a' }}", "文字不能取正负"),
        ("{{ -Z }}", "这样的数不能直接取正负，先都加上 |float"),
        ("{{ Z // 2 }}", "这两种数不能直接整除，先都加上 |float"),
        ("{{ '、'.join([1]) }}", "列表里有数，不能当文字连起来"),
        ("{{ '%d' % 'a' }}", "要的是数，给的是文字"),
        ("{{ '%d %d' % 1 }}", "格式里 % 的个数和给的值的个数不一样"),
        ("{{ '{5}'.format(1) }}", "要取的那一项不存在"),
        ("{{ 3 in 5 }}", "数里不能用 in 找东西"),
        ("{{ [1]|map('没有')|list }}", "没有过滤器“没有”"),
        ("{{ [1]|map|list }}", "参数的个数或名字不对"),
        ("{{ 10 ** 5000 }}", "数太大"),
        ("{{ [1, 'a']|sort }}", "文字和数不能比大小"),
        ("{{ 5[:2] }}", "“5”是数，不能截取；要改位数，用 |小数(1) 或 |round(1)"),
        ("{{ Z[:2] }}", "“126.5个”是数，不能截取；要改位数，用 |小数(1) 或 |round(1)"),
        ("{{ none[:2] }}", "空不能这样用，或参数不对"),
    ],
)
def test_failures_are_told_in_plain_words(tag: str, reason: str) -> None:
    (fault,) = word_faults(tag)

    assert fault.message == f"「{tag}」算不出来：{reason}。"


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ Z001 + }}", "“+”后面少了内容"),
        ("{{ a. }}", "“.”后面少了内容"),
        ("{{ a and }}", "“and”后面少了内容"),
        ("{{ (a }}", "括号没有合上，少了“)”"),
        ("{{ a) }}", "多了“)”"),
        ("{{ 'x }}", "引号没有成对"),
        ("{{ a ? b }}", "有看不懂的字符“?”"),
        ("{{ a b }}", "这里该是标签的结尾，却是“b”"),
    ],
)
def test_what_is_wrong_with_the_writing_is_told_in_plain_words(tag: str, reason: str) -> None:
    (fault,) = word_faults(tag)

    assert (fault.code, fault.message) == ("T011", f"标签「{tag}」的写法有误：{reason}。")


def test_no_word_of_pythons_is_printed() -> None:
    class Sour:
        def __str__(self) -> str:
            raise RuntimeError("boom at 0x7f")

    (fault,) = word_faults("{{ x }}", x=Sour())

    assert re.search("[A-Za-z]", fault.message.replace("{{ x }}", "")) is None


def test_figures_are_numbers() -> None:
    class Figure:
        value = 5

        def __spans__(self) -> list[object]:
            return []

    tests = "{{ x is number }}{{ 5 is number }}{{ '5' is number }}{{ none is number }}"

    assert filled(tests, x=Figure()) == ["是是否否"]


class _Odd:
    """Prints nothing but an error of its own."""

    def __spans__(self) -> Iterator[Span]:
        raise ValueError("x")


def test_the_value_that_cannot_be_used_is_named() -> None:
    assert reason(ValueError("x"), ["甲", 5, [1]]) == "“甲”（文字）、“5”（数）、一组值不能这样用"
    assert reason(ValueError("x"), [_Odd()]) == "这里的值（一项数据）不能这样用"


class _Title:
    """A text without figures that is no str, as titles of an article are."""

    def __spans__(self) -> Iterator[Span]:
        yield Span("甲乙")
        yield Span("丙丁")


def test_a_text_is_cut_like_any_other() -> None:
    assert filled("{{ 题[:3] }}{{ 题[-1:] }}{{ 题[::2] }}", 题=_Title()) == ["甲乙丙丁甲丙"]
