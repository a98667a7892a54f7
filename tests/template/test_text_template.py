"""Prose cells: values out of text, and every fault of a cell with its place."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Code, FaultError, Place, Severity
from reportgen.template import TemplateError, TextTemplate

CELL = Place(file="数据.xlsx", sheet="内容", row=3, column="正文", cell="G3")
OTHER = Place(file="数据.xlsx", sheet="指标", row=9, column="值", cell="E9")
BROKEN = Code("X001", Severity.ERROR, "缺值", "", "", "", "")


def fail(*_: object) -> str:
    raise FaultError(BROKEN, related=(OTHER,))


class Sour:
    值 = property(fail)


def evaluate(text: str, context: dict[str, object], **kinds: object) -> tuple[object, ...]:
    return TextTemplate.parse(text, CELL, **kinds).evaluate(context)  # type: ignore[arg-type]


def test_values_stay_what_they_are() -> None:
    figure = object()

    assert evaluate("共{{ a }}，{{ a }}{{ b.c }}。", {"a": figure, "b": {"c": None}}) == (
        "共",
        figure,
        "，",
        figure,
        None,
        "。",
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("没有标记", ("没有标记",)),
        ("｛｛Ｚ。ａ｝｝", (5,)),
        ("{_{ Z }_}", ("{{ Z }}",)),
        ("甲\n{{ Z.a * 2 }}", ("甲\n", 10)),
        ("{# 注 #}{{ Z.a }}", (5,)),
        ("{{ '“' ~ Z.a ~ '”' }}", ("“5”",)),
        ("{{ Z . a }}{{ true }}{{ none }}", (5, True, None)),
        ("{{ Z.a }}{{ Z }}", (5, {"a": 5})),
    ],
)
def test_texts(text: str, pieces: tuple[object, ...]) -> None:
    assert evaluate(text, {"Z": {"a": 5}}) == pieces


def test_names_leave_functions_out() -> None:
    text = TextTemplate.parse("{{ f(a.b) }}{{ c is defined }}{{ range(3) }}", CELL, functions={"f": str})

    assert text.names() == {"a", "c"}
    assert TextTemplate.parse("甲", CELL).names() == frozenset()


FAULTS = [
    ("{{ a", ["T010"]),
    ("{{ a[ }}{{ b( }}", ["T011", "T011"]),
    ("{% if a %}{{ a|没有 }}", ["T028", "T022"]),
    ("{{r a }}", ["T028"]),
    ("{{ 没有 }}{{ a.没有 }}{{ 1 / 0 }}{{ a < 1 }}", ["T020", "T021", "T026", "T026"]),
    ("{{ f() }}{{ a|g }}", ["X001", "X001"]),
    ("{{ 没有 }}{{ a.没有 }}{{ 坏.值 }}{{ a.b.c }}", ["T020", "T021", "X001", "T021"]),
    ("{{ none.a }}", ["T021"]),
    ("{{ a.__class__ }}", ["T025"]),
]


@pytest.mark.parametrize(("text", "codes"), FAULTS)
def test_all_faults_of_a_cell_come_at_once(text: str, codes: list[str]) -> None:
    with pytest.raises(TemplateError) as caught:
        evaluate(text, {"a": {"b": 1}, "坏": Sour()}, functions={"f": fail}, filters={"g": fail})

    faults = caught.value.diagnostics
    assert [fault.code for fault in faults] == codes
    assert {(fault.place.cell, fault.text) for fault in faults} == {("G3", text)}
    assert all(fault.place.tag for fault in faults)


def test_a_faulty_text_tells_its_unknown_names_too() -> None:
    with pytest.raises(TemplateError) as caught:
        TextTemplate.parse(
            "{{ a|没有 }}{{ 无 }}{{ a.b }}{{ c[ }}{{ f() }}", CELL, functions={"f": fail}, names={"a": 1}
        )

    assert sorted(fault.code for fault in caught.value.diagnostics) == ["T011", "T020", "T021", "T022", "X001"]


def test_an_unknown_filter_names_the_near_ones_or_those_there_are() -> None:
    def message(text: str) -> str:
        with pytest.raises(TemplateError) as caught:
            TextTemplate.parse(text, CELL, filters={"概数": fail, "顿号": fail})
        return caught.value.diagnostics[0].message

    assert message("{{ a|概述 }}") == "没有过滤器“概述”，相近的有“概数”。"
    assert message("{{ a|大写 }}") == "没有过滤器“大写”，有的是概数、顿号。"


def test_a_fault_of_the_data_keeps_the_cell_it_came_from() -> None:
    with pytest.raises(TemplateError) as caught:
        evaluate("{{ f() }}", {}, functions={"f": fail})

    (fault,) = caught.value.diagnostics
    assert fault.related == (OTHER,)


def test_filters_and_functions_of_one_text_are_not_those_of_another() -> None:
    assert evaluate("{{ f() }}", {}, functions={"f": lambda: 1}) == (1,)
    assert evaluate("{{ f() }}", {}, functions={"f": lambda: 2}) == (2,)


def test_an_evaluation_inside_an_evaluation_reports_to_its_own_text() -> None:
    def inner() -> tuple[object, ...]:
        return evaluate("{{ a }}", {"a": 1})

    assert evaluate("{{ f() }}{{ b }}", {"b": 2}, functions={"f": inner}) == ((1,), 2)


@pytest.mark.parametrize("tag", ["{{ a }}", "{{ a|string }}"])
def test_what_prints_a_value_may_refuse_it(tag: str) -> None:
    template = TextTemplate.parse(f"甲{tag}", CELL)

    assert template.evaluate({"a": "b"}, lambda value: str(value).upper()) == ("甲", "B")
    with pytest.raises(TemplateError) as caught:
        template.evaluate({"a": "b"}, fail)
    assert [(fault.code, fault.place.tag) for fault in caught.value.diagnostics] == [("X001", tag)]
