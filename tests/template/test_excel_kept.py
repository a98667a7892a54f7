"""Blocks that are kept before they are printed, within one cell: macro, set, call, filter, recursive loops."""

from __future__ import annotations

from decimal import Decimal

import pytest
from excel_books import faults, fill

from reportgen.template.values import Span

TREE = [{"名": "甲", "下": [{"名": "乙", "下": []}, {"名": "丙", "下": []}]}, {"名": "丁", "下": []}]


class Traced:
    """A number that knows its cell."""

    def __spans__(self) -> list[Span]:
        return [Span("126", source="指标!C2")]

    def __cell__(self) -> object:
        return Decimal(126)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        # a macro of one cell, called in others: in its row, below, in rows that repeat
        ("{% macro m(x) %}共{{ x }}个{% endmacro %} | {{ m(3) }}", [[None, "共3个"]]),
        ("{% macro m(x) %}共{{ x }}个{% endmacro %}\n甲 | {{ m(3) }}", [["甲", "共3个"]]),
        (
            "{% macro m(x, 量='个') %}{{ x }}{{ 量 }}{% endmacro %}\n{% for x in xs %}{{ x }} | {{ m(x) }}{% endfor %}",
            [[1, "1个"], [2, "2个"]],
        ),
        ("{% macro m(x) %}{% if x > 1 %}多{% else %}少{% endif %}{% endmacro %}\n{{ m(1) }} | {{ m(2) }}",
         [["少", "多"]]),
        ("{% macro a(x) %}〔{{ x }}〕{% endmacro %}{% macro b(x) %}{{ a(x) }}{{ a(n) }}{% endmacro %}\n{{ b(1) }} | x",
         [["〔1〕〔4〕", "x"]]),
        # what a macro gives is a value as others are: alone in its cell it keeps its type
        ("{% macro m(x) %}{{ x * 2 }}{% endmacro %}\n{{ m(n) }} | =A2+1", [[8, 9]]),
        ("{% macro m(x) %}{{ x * 2 }}{% endmacro %}\n{% for x in xs %}{{ x }} | {{ m(x) }} | =B2+1 | {% endfor %}",
         [[1, 2, 3], [2, 4, 5]]),
        ("{% macro m(x) %}{{ x }}{% endmacro %}\n{{ m(none) }} | {{ m('') }} | 尾", [[None, None, "尾"]]),
        ("{% macro m(x) %}{{ x }}{% endmacro %}\n{{ m('甲') ~ '。' }} | {{ m(3)｜int + 1 }} | {{ m('ab')｜upper }}",
         [["甲。", 4, "AB"]]),
        ("{% macro m() %}是{% endmacro %}\n{% if m() == '是' %}{{ n }} | 一{% endif %}", [[4, "一"]]),
        # set with an end, call, filter
        ("{% set s %}共{{ n }}个{% endset %}\n{{ s }} | {{ s｜length }}", [["共4个", 3]]),
        ("甲{% set s %}共{{ n }}个{% endset %} | {{ s }}", [["甲", "共4个"]]),
        ("{% set s ｜upper %}a{{ n }}{% endset %}\n{{ s }} | 1", [["A4", 1]]),
        ("{% macro q(t) %}【{{ caller() }}{{ t }}】{% endmacro %}{% call q(5) %}里{{ n }}{% endcall %} | 1",
         [["【里45】", 1]]),
        ("{% filter upper %}ab{{ n }}{% endfilter %} | 1", [["AB4", 1]]),
        ("{% for x in tree recursive %}{{ x.名 }}{% if x.下 %}（{{ loop(x.下) }}）{% endif %}{% endfor %} | 1",
         [["甲（乙丙）丁", 1]]),
        # a name set in a row is seen by the rows below it; in a loop, until the turn ends
        ("{% set t = n * 2 %}\n{{ t }} | 1", [[8, 1]]),
        ("{% set t = 0 %}\n{% for x in xs %}{% set t = t + x %}{{ t }} | {{ x }}{% endfor %}\n{{ t }} | 尾",
         [[1, 1], [2, 2], [0, "尾"]]),
        ("{% set t = namespace(n=0) %}\n{% for x in xs %}{% set t.n = t.n + x %}{{ t.n }} | {{ x }}{% endfor %}\n"
         "{{ t.n }} | 尾",
         [[1, 1], [3, 2], [3, "尾"]]),
        ("{% for x in xs %}\n{% set d = x * 2 %}\n{{ d }} | =A3\n{% endfor %}\n=SUM(A3:A3)", [[2, 2], [4, 4], [6]]),
    ],
)  # fmt: skip
def test_what_is_kept_is_printed_where_it_is_asked_for(text: str, cells: list[list[object]]) -> None:
    assert fill(text, n=4, xs=[1, 2], tree=TREE).values() == cells


def test_the_text_around_cells_takes_it_too() -> None:
    def headed(book: object) -> None:
        book["{{ n }}"].oddHeader.center.text = "{% set s %}甲&乙{{ n }}{% endset %}{{ s }}"  # type: ignore[index]

    filled = fill('[{{ n }}]\n{% set 称 %}"甲"{{ n }}{% endset %}首 | ="共{{ 称 }}"&1', headed, n=4)
    sheet = filled.book()["4"]
    assert sheet["B1"].value == '="共""甲""4"&1'
    assert "甲&&乙4" in filled.part("xl/worksheets/sheet1.xml").replace("&amp;", "&")


def test_a_number_in_a_macro_keeps_its_source() -> None:
    text = "{% macro m(x) %}共{{ x }}个{% endmacro %}{% macro k(x) %}{{ x }}{% endmacro %}\n{{ m(z) }} | {{ k(z) }}"
    filled = fill(text, trace=True, z=Traced())
    assert filled.values() == [["共126个", 126]]
    assert [(mark.text, mark.source, mark.place.cell) for mark in filled.result.printed] == [
        ("126", "指标!C2", "A1"),
        ("126", "指标!C2", "B1"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% macro m(x) %}\n{{ x }} | 3\n{% endmacro %}\n{{ m(1) }} | 2", [("T013", "A1")]),
        ("{% macro m(x) %}甲 | {{ x }}\n{{ x }}{% endmacro %} | 3", [("T013", "A1")]),
        ("{% set s %} | 1\n{% endset %}{{ s }}", [("T013", "A1")]),
        ("{% for x in tree recursive %}\n{{ x.名 }} | 1\n{{ loop(x.下) }}\n{% endfor %}", [("T013", "A1")]),
        ("{%tr macro m(x) %}\n{{ x }} | 2\n{%tr endmacro %}", [("T013", "A1")]),
        ("{% macro m(x) %}{{ x }} | {{ m(1) }}", [("T014", "A1")]),
        ("{% macro m(x) %}{{ x / 0 }}{% endmacro %}\n{{ m(1) }} | 2", [("T026", "A1")]),
        ("{% macro m(x) %}{{ y }}{% endmacro %}\n{{ m(z) }} | 2", [("T020", "A1"), ("T020", "A2")]),
        ("{% macro m(x) %}{{p x }}{% endmacro %}\n{{ m(1) }} | 2", [("T100", "A1")]),
    ],
)
def test_what_makes_no_sense_in_a_sheet_is_said_once(text: str, told: list[tuple[str, str]]) -> None:
    found = faults(text, tree=TREE)
    assert [(fault.code, fault.place.cell) for fault in found] == told
    for fault in found:
        if fault.code == "T013":
            assert "同一个单元格" in (fault.suggestion or "")
            assert "{% for %}" in (fault.suggestion or "")


@pytest.mark.parametrize(
    ("text", "cell", "closer"),
    [
        ("{% for a in as %}\n{%tr for b in a %}\n{{ b }} | 1\n{% endfor %}", "A2", "{%tr endfor %}"),
        ("{% for a in as %}\n{%tr for b in a %}\n{{ b }} | 1\n{%tr endfor %}", "A1", "{% endfor %}"),
        ("{%tr for b in as %}\n{{ b }} | 1", "A1", "{%tr endfor %}"),
        ("{% for a in as %}\n{%tr if a %}{{ a }} | 1\n{% endfor %}", "A2", "{%tr endif %}"),
        ("甲 | {%tc for b in as %} | {{ b }}\n甲 | 2", "B1", "{%tc endfor %}"),
        ("{% for a in as %}{{ a }} | {%tc for b in as %} | {{ b }} | {% endfor %}", "B1", "{%tc endfor %}"),
        ("{%sheet for b in as %}x | {{ b }}\n{% for c in as %}{{ c }} | 2\n{%sheet endfor %}", "A2", "{% endfor %}"),
    ],
)
def test_a_missing_closer_is_told_at_its_opener(text: str, cell: str, closer: str) -> None:
    (fault,) = faults(text, **{"as": [[1]]})
    assert (fault.code, fault.place.cell) == ("T014", cell)
    assert closer in (fault.suggestion or "")
