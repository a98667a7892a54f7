"""What filters and operators do with values that have a source: where it stays, and where it is said to be lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from excel_books import fill

from reportgen.template.values import Span


@dataclass(frozen=True)
class Number:
    """A number that knows its cell, as anyone may hand one to the engine."""

    text: str
    value: Decimal
    cell: str = "C2"

    def __spans__(self) -> list[Span]:
        return [Span(self.text, source=self)]

    def __renumbered__(self, number: Decimal, rule: str) -> Number:
        return replace(self, text=str(number), value=number)

    def __reworded__(self, text: str) -> Number:
        return replace(self, text=text)

    def __abs__(self) -> Number:
        return self.__renumbered__(abs(self.value), "")

    def __gt__(self, other: object) -> bool:
        return self.value > other  # type: ignore[operator,no-any-return]

    @staticmethod
    def __total__(items: list[object]) -> Number:
        numbers = [item for item in items if isinstance(item, Number)]
        return Number(str(sum(item.value for item in numbers)), Decimal(0), "、".join(item.cell for item in numbers))


Z, Y = Number("12.5亿元", Decimal("12.5")), Number("3亿元", Decimal(3), "C3")


@pytest.mark.parametrize(
    ("tag", "printed", "sources"),
    [
        ("{{ z｜int }}", "12", ["C2"]),
        ("{{ z｜float }}", "12.5", ["C2"]),
        ("{{ z｜round }}", "13", ["C2"]),
        ("{{ z｜round(1, 'ceil') }}", "12.5", ["C2"]),
        ("{{ z｜abs }}", "12.5", ["C2"]),
        ("{{ [z, y]｜sum }}", "15.5", ["C2、C3"]),
        ("{{ [z]｜map('int')｜first }}", "12", ["C2"]),
        ("{{ z ~ '、' ~ y }}", "12.5亿元、3亿元", ["C2", "C3"]),
        ("{{ [z, 1, y]｜join('、') }}", "12.5亿元、1、3亿元", ["C2", "C3"]),
        ("{{ '%.2f（%s）' % (z, y) }}", "12.50（3亿元）", ["C2", "C3"]),
        ("{{ '%(甲)d%%'｜format(甲=y) }}", "3%", ["C3"]),
        ("{{ z｜e｜string｜safe }}", "12.5亿元", ["C2"]),
        ("{{ (z ~ '元')｜replace('元元', '元') }}", "12.5亿元", ["C2"]),
        ("{{ z｜replace('亿元', '') }}", "12.5", ["C2"]),
        ("{{ ('a' ~ z)｜upper｜indent }}", "A12.5亿元", ["C2"]),
        ("{{ ('a' ~ z).title() }}", "A12.5亿元", ["C2"]),
        ("{{ '约' + z｜string }}", "约12.5亿元", ["C2"]),
        ("{{ y｜pprint }}", "3亿元", ["C3"]),
        ("{{ y｜filesizeformat }}", "3 Bytes", ["C3"]),
        ("{% filter trim %} {{ z }} {% endfilter %}", "12.5亿元", ["C2"]),
        ("{% if z｜int > 5 %}多于{{ z }}{% endif %}", "多于12.5亿元", ["C2"]),
    ],
)
def test_a_source_stays_with_its_number(tag: str, printed: str, sources: list[str]) -> None:
    filled = fill(f"甲 | {tag}", trace=True, z=Z, y=Y)
    assert filled.cells()[0][1] == printed
    assert [mark.source.cell for mark in filled.result.printed] == sources
    assert filled.result.notices == ()


@pytest.mark.parametrize(
    ("tag", "printed", "lost"),
    [
        ("{{ z｜truncate(2, true, '', 0) }}", "12", "12.5亿元"),
        ("{{ z｜replace('1', '2') }}", "22.5亿元", "12.5亿元"),
        ("{% set t = z｜replace('1', '2') %}{{ t }}", "22.5亿元", "12.5亿元"),
    ],
)
def test_a_number_that_becomes_mere_text_is_told(tag: str, printed: str, lost: str) -> None:
    filled = fill(f"甲 | {tag}", trace=True, z=Z)
    assert filled.cells()[0][1] == printed
    assert len(filled.result.printed) == 0
    (notice,) = filled.result.notices
    assert (notice.code, notice.place.cell) == ("T038", "B1")
    assert f"“{lost}”" in notice.message


def test_nothing_is_told_of_what_is_only_compared() -> None:
    filled = fill("{% if z｜truncate(2, true, '', 0) == '12' %}甲{% endif %} | 1", trace=True, z=Z)
    assert filled.cells() == [["甲", 1]]
    assert filled.result.notices == ()
