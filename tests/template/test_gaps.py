"""A figure that cannot be made because the data leaves blank what it takes: a template may print something instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from word_files import filled, load, render, text_of

from reportgen.diagnostics import Code, FaultError, GapError, Place, Severity
from reportgen.template import TemplateError, TextTemplate
from reportgen.template.values import Span

CODE = Code("X001", Severity.ERROR, "{name}缺总体", "填总体。", "", "", "")


class Late:
    """Like a phrase of an indicator: said when it is printed."""

    def __init__(self, fault: type[FaultError]) -> None:
        self._fault = fault

    def __spans__(self) -> Iterator[Span]:
        raise self._fault(CODE, name="甲")

    def __bool__(self) -> bool:
        if self._fault is GapError:
            return False
        raise self._fault(CODE, name="甲")


class Row:
    def __init__(self, fault: type[FaultError]) -> None:
        self._fault = fault
        self.占比 = Late(fault)

    @property
    def 同比(self) -> str:  # noqa: N802 - a name that templates use
        raise self._fault(CODE, name="甲")


def shout(value: object) -> str:
    return "".join(span.text for span in value.__spans__())  # type: ignore[attr-defined]


INSTEAD = [
    ("{{ 行.占比|default('无') }}", "无"),
    ("{{ 行.占比|d('无') }}{{ 行.同比|default('无') }}", "无无"),
    ("{{ 行.占比|shout|default('无') }}", "无"),
    ("{{ 行.占比 or '—' }}{{ 行.同比 or '—' }}", "——"),
    ("{% if 行.占比 %}有{% else %}无{% endif %}{% if not 行.同比 %}无{% endif %}", "无无"),
    ("{{ '有' if 行.占比 else '无' }}", "无"),
]


@pytest.mark.parametrize(("tag", "printed"), INSTEAD)
def test_what_the_data_leaves_out_has_a_substitute(tag: str, printed: str) -> None:
    assert render_text(tag, GapError) == printed


@pytest.mark.parametrize("tag", [tag for tag, _ in INSTEAD])
def test_a_mistake_has_none(tag: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render_text(tag, FaultError)

    assert {fault.code for fault in caught.value.diagnostics} == {"X001"}


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 行.占比 }}",
        "{{ 行.同比 }}",
        "{{ 行.占比|shout }}",
        "{{ 行.占比 ~ '甲' }}",
        "{% set x = 行.占比|shout %}{{ x }}",
        "{% if 行.占比|shout is number %}{% endif %}",
        "{% if 行.同比|shout == 5 %}{% endif %}",
    ],
)
def test_without_a_substitute_it_is_told_once(tag: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render_text(tag, GapError)

    assert [fault.message for fault in caught.value.diagnostics] == ["甲缺总体"]


def test_prose_tells_it_too() -> None:
    for source in ("{{ 行.同比 }}", "{{ 行.同比|upper }}"):
        with pytest.raises(TemplateError) as caught:
            TextTemplate.parse(source, Place()).evaluate({"行": Row(GapError)})
        assert [fault.message for fault in caught.value.diagnostics] == ["甲缺总体"]


def test_names_are_as_strict_as_ever() -> None:
    assert filled("{{ d.没有|default('无') }}", d={}) == ["无"]
    with pytest.raises(TemplateError):
        filled("{{ d.没有 or '无' }}", d={})


def render_text(tag: str, fault: type[FaultError]) -> str:
    template = load(tag, filters={"shout": shout})
    return str(text_of(render(template, {"行": Row(fault)}))[0])
