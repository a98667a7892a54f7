"""Which stretch of a printed text carries a number's source: [ ] stands for its bookmark."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from lxml import etree
from word_files import load, part

from reportgen.template import TemplateError
from reportgen.template.values import Span


@dataclass(frozen=True)
class Number:
    text: str
    value: Decimal

    def __spans__(self) -> list[Span]:
        return [Span(self.text, source=self)]

    def __renumbered__(self, number: Decimal, rule: str) -> Number:
        return replace(self, text=str(number), value=number)

    def __reworded__(self, text: str) -> Number:
        return replace(self, text=text)

    def __str__(self) -> str:
        return self.text


NUMBERS = {
    "a": Number("126个", Decimal(126)),
    "b": Number("5亿元", Decimal(5)),
    "c": Number("7个", Decimal(7)),
    "q": Number("0.25", Decimal("0.25")),
    "p": Number("126", Decimal(126)),
}


def shown(tag: str) -> tuple[str, list[str]]:
    """What a tag prints, with its sources marked, and the codes of what is told."""
    out = io.BytesIO()
    result = load(tag).render(NUMBERS, out, trace=True)
    body = etree.tostring(part(out.getvalue()), encoding="unicode")
    marked = re.sub(r"<w:bookmarkEnd[^>]*>", "]", re.sub(r"<w:bookmarkStart[^>]*>", "[", body))
    return re.sub(r"<[^>]*>", "", marked).strip(), [notice.code for notice in result.notices]


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ ('第7个是' ~ c)|trim }}", "第7个是[7个]"),
        ("{{ (' 第7个是' ~ c)|trim }}", "第7个是[7个]"),
        ("{{ ('1月至7月走访' ~ (c|int) ~ '次 ')|trim }}", "1月至7月走访[7]次"),
        ("{{ ('a7个' ~ c)|upper }}", "A7个[7个]"),
        ("{{ ('7个' ~ c ~ '，余下从略')|truncate(6, true, '…', 0) }}", "7个[7个]，…"),
        ("{{ ('7个' ~ c).removeprefix('无') }}", "7个[7个]"),
        ("{{ ('7个县共' ~ c)|replace('县', '区县') }}", "7个区县共[7个]"),
        ("{{ ('7个县共' ~ c).replace('县', '区') }}", "7个区共[7个]"),
        ("{{ (c ~ a ~ c)|replace('126个', '和') }}", "[7个]和[7个]"),
        ("{{ '7个县'|replace('县', c) }}", "7个[7个]"),
        ("{{ '甲、甲'|replace('甲', c) }}", "[7个]、[7个]"),
        ("{{ '甲、甲'|replace('甲', c, 1) }}", "[7个]、甲"),
        ("{{ '%s' % ('7个县共' ~ c) }}", "7个县共[7个]"),
        ("{{ '{}月{}次'.format(7, c|int) }}", "7月[7]次"),
        ("{{ '{1}和{0}'.format(a, c) }}", "[7个]和[126个]"),
        ("{{ '{x}和{x}'.format(x=c, y=a) }}", "[7个]和[7个]"),
        ("{{ '7{{}}{}'.format(c) }}", "7{}[7个]"),
        ("{{ ('7个县共' ~ c)[0:6] }}", "7个县共[7个]"),
        ("{{ '、'.join([a ~ '', '7个', c ~ '']) }}", "[126个]、7个、[7个]"),
        ("{{ ('7个' ~ c)|replace('7个', '') }}", ""),
        ("{{ (c ~ '，余下从略')|replace(c, '') }}", "，余下从略"),
    ],
)
def test_the_source_stays_with_the_number_it_is_of(tag: str, printed: str) -> None:
    assert shown(tag) == (printed, [])


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ ('7个' ~ c).removeprefix('7个') }}", "7个"),  # which of the two it is cannot be told
        ("{{ '%.1s' % a }}", "1"),
        ("{{ '%.2s' % a }}", "12"),
        ("{{ a|replace('126', '-126') }}", "-126个"),
        ("{{ ('约' ~ a)|replace('约', '−') }}", "−126个"),
        ("{{ a|replace('个', '万个') }}", "126万个"),
        ("{{ (p ~ '个')|replace('个', '万个') }}", "126万个"),
        ("{{ b|replace('亿', '万') }}", "5万元"),
        ("{{ a|replace('个', '%') }}", "126%"),
        ("{{ a|replace('个', '％') }}", "126％"),
        ("{% filter replace('1', '9') %}{{ a }}{% endfilter %}", "926个"),
    ],
)
def test_a_number_that_may_be_another_has_no_source_and_is_told(tag: str, printed: str) -> None:
    assert shown(tag) == (printed, ["T038"])


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ '%.1f' % 0.25 }}", "0.3"),
        ("{{ '%.0f' % 2.5 }}", "3"),
        ("{{ '%.2f' % 1.005 }}", "1.01"),
        ("{{ '%.1f' % -0.25 }}", "-0.3"),
        ("{{ '%6.1f|' % 0.25 }}", "0.3|"),
        ("{{ '%.1e' % 125 }}", "1.3e+02"),
        ("{{ '%(x).1f' % {'x': 0.25} }}", "0.3"),
        ("{{ '%.1f'|format(q) }}", "[0.3]"),
        ("{{ '{:.1f}和{:.0f}'.format(0.25, 2.5) }}", "0.3和3"),
        ("{{ '{:.1E}'.format(1.25) }}", "1.3E+00"),
        ("{{ '{:.0%}'.format(0.125) }}", "13%"),
        ("{{ '%f' % 0.1 }}", "0.100000"),
        ("{{ '%.0f' % 1e300 }}", f"{1e300:.0f}"),
    ],
)
def test_formats_round_half_up(tag: str, printed: str) -> None:
    assert shown(tag) == (printed, [])


@pytest.mark.parametrize("tag", ["{{ [a]|pprint }}", "{{ {'k': a}|pprint }}"])
def test_a_list_is_not_printed_by_what_python_calls_it(tag: str) -> None:
    with pytest.raises(TemplateError) as raised:
        shown(tag)
    assert [fault.code for fault in raised.value.diagnostics] == ["T035"]
