"""Names that templates bring along from other programs, or from a loop that stands elsewhere: what to write instead."""

from __future__ import annotations

import pytest
from word_files import Block, filled, load, render

from reportgen.diagnostics import Diagnostic
from reportgen.template import TemplateError


def faults(*blocks: Block, **context: object) -> list[Diagnostic]:
    with pytest.raises(TemplateError) as caught:
        render(load(*blocks), context)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("tag", "message", "advice"),
    [
        ("{{ RichText('a') }}", "没有函数“RichText”。", "{{ 样式('样式名', 值) }}"),
        ("{{ R(x, bold=true) }}", "没有函数“R”。", "{{ 加粗(值) }}"),
        ("{{r RP(x) }}", "没有函数“RP”。", "{{ 加粗(值) }}"),
        ("{{ RichTextParagraph(x) }}", "没有函数“RichTextParagraph”。", "{{ 样式('样式名', 值) }}"),
        ("{{ Listing(x) }}", "没有函数“Listing”。", "换行"),
        ("{{ InlineImage(tpl, 'a.png', width=Mm(20)) }}", "没有函数“InlineImage”。", "{{ P1.图像 }}"),
        ("{{ Inches(2) }}", "没有函数“Inches”。", "{{ P1.图像 }}"),
        ("{{ tpl.replace_pic('a.png', 'b.png') }}", "没有函数“replace_pic”。", "{{ P1.图像 }}"),
        ("{{p tpl.new_subdoc('a.docx') }}", "没有函数“new_subdoc”。", "{{ 插入('片段.docx') }}"),
        ("{{p subdoc }}", "没有“subdoc”。", "{{ 插入('片段.docx') }}"),
        ("{{ loop.index }}", "没有“loop”。", "{% for … %} 和 {% endfor %} 之间"),
        ("{% include 'a.docx' %}", "这里不支持“include”。", "{{ 插入('片段.docx') }}"),
        ("{% extends 'a.docx' %}", "这里不支持“extends”。", "{{ 插入('片段.docx') }}"),
        ("{% import 'a.docx' as a %}", "这里不支持“import”。", "{{ 插入('片段.docx') }}"),
        ("{%s if x %}甲{% endif %}", "这里不支持“{%s”。", "不用加的，写 {% if …"),
        ("{% hn %}", "没有“hn”这种控制标签，相近的有“hm”。", "控制标签有"),
    ],
)
def test_one_message_says_what_to_write_here(tag: str, message: str, advice: str) -> None:
    (fault,) = faults(tag, x="甲")

    assert fault.message == message
    assert advice in fault.suggestion


def test_a_name_of_the_data_is_no_other_programs() -> None:
    assert filled("{{ R }}{{ tpl }}", R="甲", tpl="乙") == ["甲乙"]


def test_the_variable_of_a_loop_outside_it() -> None:
    (fault,) = faults("{% for 行 in xs %}", "{{ 行 }}", "{% endfor %}", "共{{ 行.名称 }}", xs=["甲"])

    assert (fault.code, fault.place.paragraph, fault.message) == ("T020", 4, "没有“行”。")
    assert fault.suggestion.startswith("“行”是 {% for 行 in xs %}（正文 第1段）里的名字，只在它和 {% endfor %} 之间有")


@pytest.mark.parametrize(
    ("tag", "advice"),
    [
        ("{{ 刊期,刊名 }}", "想印“{{ 刊期.刊名 }}”就把逗号改成点，要印几个值就写成几个标签"),
        ("{{刊期，刊名}}", "想印“{{ 刊期.刊名 }}”就把逗号改成点，要印几个值就写成几个标签"),
        ("{{ x, 1 + 1 }}", "这里用逗号隔开了几个；要印几个值就写成几个标签"),
    ],
)
def test_a_comma_for_a_dot_is_one_fault(tag: str, advice: str) -> None:
    (fault,) = faults(tag, 刊期={"刊名": "甲"}, x=1)

    assert (fault.code, advice in fault.message) == ("T011", True)
