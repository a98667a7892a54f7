"""Statements that keep what they hold before it is printed (macro, call, set, filter, recursive loops), and raw."""

from __future__ import annotations

import pytest
from word_files import Block, filled, load, render, run, text_of, xml_of

from reportgen.template import Limits, TemplateError

TREE = [{"名": "甲", "下": [{"名": "乙", "下": []}, {"名": "丙", "下": [{"名": "丁", "下": []}]}]}]

CASES: list[tuple[list[Block], list[object]]] = [
    # macros in a line
    (["{% macro 称呼(人, 后='同志') %}{{ 人 }}{{ 后 }}{% endmacro %}", "{{ 称呼('张三') }}和{{ 称呼('李四', '先生') }}"],  # noqa: E501
     ["张三同志和李四先生"]),
    (["{% macro f(x) %}<{{ x }}&>{% endmacro %}头{{ f(1) }}尾"], ["头<1&>尾"]),
    (["{% macro f(x) %}{{ x }}{% endmacro %}{{ f(1) }}"], ["1"]),
    (["{% macro f() %}甲{% endmacro %}", "{{ f() }}"], ["甲"]),
    (["{% macro f() %}甲{% endmacro %}", "{{ f()|length }}{{ f() ~ '乙' }}{{ '是' if f() == '甲' else '否' }}"], ["1甲乙是"]),  # noqa: E501
    # macros of paragraphs
    (["{% macro 段(x) %}", "一{{ x }}", "二{{ x }}", "{% endmacro %}", "{{ 段(1) }}", "中", "{{ 段(2) }}"],
     ["一1", "二1", "中", "一2", "二2"]),
    (["{%p macro 段(x) %}", "一{{ x }}", "{%p endmacro %}", "{{p 段(1) }}"], ["一1"]),
    (["{% macro 表(xs) %}", [["{% for x in xs %}{{ x }}", "值{% endfor %}"]], "{% endmacro %}",
      "{{ 表([1, 2]) }}", "尾"],
     [[["1", "值"], ["2", "值"]], "尾"]),
    (["{% macro a() %}", "甲", "{% endmacro %}", "{% macro b() %}", "{{ a() }}", "乙", "{% endmacro %}", "{{ b() }}"],
     ["甲", "乙"]),
    (["{% macro 空() %}{% endmacro %}", "头", "{{ 空() }}"], ["头"]),
    ([[["{% macro 段() %}\n甲\n{% endmacro %}\n{{ 段() }}", "x"]]], [[["甲", "x"]]]),
    (["{% macro 段(要) %}", "{% if 要 %}", "甲", "{% endif %}", "{% endmacro %}",
      [["{{ 段(true) }}", "{{ 段(false) }}"]]],
     [[["甲", ""]], ""]),
    # call
    (["{% macro 框(题) %}【{{ 题 }}】{{ caller() }}{% endmacro %}", "{% call 框('注') %}正文{{ x }}{% endcall %}"],
     ["【注】正文值"]),
    (["{% macro 框() %}", "头", "{{ caller('甲') }}", "尾", "{% endmacro %}",
      "{% call(名) 框() %}", "{{ 名 }}乙", "{% endcall %}"], ["头", "甲乙", "尾"]),
    # set … endset
    (["{% set 名 %}甲{{ x }}{% endset %}", "{{ 名 }}、{{ 名 }}"], ["甲值、甲值"]),
    (["{% set 名|upper %}a{{ x }}{% endset %}{{ 名 }}"], ["A值"]),
    (["{% set 段 %}", "甲", "乙", "{% endset %}", "{{ 段 }}", "丙", "{{ 段 }}"], ["甲", "乙", "丙", "甲", "乙"]),
    (["{% set 段 %}", "甲", "{% endset %}", "见{{ 段|trim }}"], ["见甲"]),
    # filter
    (["{% filter upper %}a{{ y }}c{% endfilter %}"], ["ABC"]),
    (["头{% filter replace('a', '甲')|trim %} a {% endfilter %}尾"], ["头甲尾"]),
    # recursive loops
    (["{% for n in 树 recursive %}{{ n.名 }}{% if n.下 %}（{{ loop(n.下) }}）{% endif %}{% endfor %}"],
     ["甲（乙丙（丁））"]),
    (["{% for n in 树 recursive %}", "{{ loop.depth }}{{ n.名 }}", "{{ loop(n.下) }}", "{% endfor %}", "尾"],
     ["1甲", "2乙", "2丙", "3丁", "尾"]),
    # loop
    (["{% for c in 'aab' %}{{ loop.cycle('单', '双') }}{{ loop.changed(c) }}{{ loop.revindex }}{% endfor %}"],
     ["单是3双否2单是1"]),
    (["{% for c in 'abc' %}{{ loop.previtem|default('无') }}{{ loop.nextitem|default('无') }}{% endfor %}"],
     ["无bacb无"]),
    # raw
    (["{% raw %}{{ x }}{% endraw %}{{ x }}"], ["{{ x }}值"]),
    (["{% raw %}", "{{ x }}", "{% if %}", "{% endraw %}", "{{ x }}"], ["{{ x }}", "{% if %}", "值"]),
    (["{% raw %}{{ x }}", "{_{ a", "{{ y }}{% endraw %}"], ["{{ x }}", "{_{ a", "{{ y }}"]),
    # of no effect
    (["{% autoescape false %}{{ '<b>' }}{% endautoescape %}{% block 头 %}甲{% endblock 头 %}"], ["<b>甲"]),
    (["{% if(x) %}甲{% elif('y') %}{% endif %}"], ["甲"]),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "printed"), CASES)
def test_statements(blocks: list[Block], printed: list[object]) -> None:
    assert filled(*blocks, x="值", y="b", 树=TREE) == printed


FAULTS: list[tuple[list[Block], list[tuple[str, int | None]]]] = [
    (["{% macro f() %}", "甲", "{% endmacro %}", "见{{ f() }}"], [("T055", 4)]),
    (["{% macro f() %}{{ 没有 }}{% endmacro %}"], [("T020", 1)]),
    (["{% macro f() %}{{ 1 / 0 }}{% endmacro %}{{ f() }}"], [("T026", 1)]),
    (["{% macro f() %}", "{{ xs }}", "{% endmacro %}", "甲", "{{ f() }}"], [("T035", 2)]),
    (["{% macro f(x) %}{{ x }}{% endmacro %}{{ f() }}{{ f(1, 2) }}"], [("T024", 1), ("T026", 1)]),
    (["{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}"], [("T026", 1)]),
    (["{% call 没有() %}甲{% endcall %}"], [("T020", 1)]),
    (["{% filter 没有 %}甲{% endfilter %}"], [("T022", 1)]),
    (["{% set a %}甲"], [("T014", 1)]),
    (["{% raw %}甲"], [("T014", 1)]),
    (["{% for x in xs %}{{ loop(x) }}{% endfor %}"], [("T026", 1)]),
    (["{% for x in xs recursive %}{{ loop(5) }}{% endfor %}"], [("T027", 1)]),
    (["{% import 'a' as b %}"], [("T013", 1)]),
    (["{% do xs.append(1) %}"], [("T013", 1)]),
]


@pytest.mark.parametrize(("blocks", "expected"), FAULTS)
def test_faults_of_statements(blocks: list[Block], expected: list[tuple[str, int | None]]) -> None:
    with pytest.raises(TemplateError) as caught:
        render(load(*blocks), {"x": "值", "xs": [1]})

    assert [(fault.code, fault.place.paragraph) for fault in caught.value.diagnostics] == expected


def test_what_is_there_instead_is_said() -> None:
    with pytest.raises(TemplateError) as caught:
        load("{% include 'a.docx' %}")

    assert caught.value.diagnostics[0].suggestion == "要放进别的文件的内容，用 {{ 插入('片段.docx') }}。"


def test_a_macro_that_explodes_is_stopped() -> None:
    doubled = "{% macro a0() %}x{% endmacro %}" + "".join(
        f"{{% macro a{n + 1}() %}}{{{{ a{n}() }}}}{{{{ a{n}() }}}}{{% endmacro %}}" for n in range(12)
    )

    with pytest.raises(TemplateError) as caught:
        render(load(doubled + "{{ a12() }}", limits=Limits(turns=1000)), {})

    assert caught.value.diagnostics[0].code == "T030"


def test_ids_in_a_macro_are_fresh_each_time_it_is_printed() -> None:
    marked = '<w:p><w:bookmarkStart w:id="1" w:name="甲"/><w:r><w:t>{{ x }}</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'

    xml = xml_of("{% macro f(x) %}", marked, "{% endmacro %}", "{{ f(1) }}", "{{ f(2) }}")

    assert xml.count('w:name="甲"') == 1
    assert xml.count('w:name="甲_2"') == 1


def test_formatting_in_a_macro_is_its_own() -> None:
    bold = f"<w:p>{run('{% macro f(x) %}')}{run('{{ x }}{% endmacro %}', '<w:b/>')}</w:p>"

    assert "<w:rPr><w:b/></w:rPr>" in xml_of(bold, "{{ f(1) }}")
    assert text_of(render(load(bold, "{{ f(1) }}"), {})) == ["1"]
