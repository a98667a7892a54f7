"""Templates made to fill the memory or to keep a computer busy: each is stopped with one plain message."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from excel_books import faults as excel_faults
from excel_books import template
from word_files import filled, load, render

from reportgen.diagnostics import Diagnostic, Place
from reportgen.template import Limits, Template, TemplateError, TextTemplate
from reportgen.template.excel.filling.names import SheetNames

ROWS = [{"名": f"单位{n}", "数": n} for n in range(1_000)]
NESTED = "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 12
TUPLES = "{% set a = (1,) %}{% set b = (1,) %}" + "{% set a = (a, a) %}{% set b = (b, b) %}" * 12
NAMES: dict[str, object] = {
    "rows": ROWS,
    "d": {row["名"]: row["数"] for row in ROWS},
    "day": datetime.date(2024, 1, 1),
    "huge": Decimal("1e999999999"),
    "dec": Decimal("2.5"),
}


def stopped(text: str, limits: Limits | None = None, **names: object) -> list[Diagnostic]:
    with pytest.raises(TemplateError) as caught:
        render(load(text, limits=limits), {**NAMES, **names})
    return list(caught.value.diagnostics)


# What goes over a thousand items or characters, without a loop of its own.
BUSY = [
    "range(1000)|sum",
    "range(1000)|list|length",
    "range(1000)|join|length",
    "range(1000)|sort|first",
    "range(1000)|map('string')|list|length",
    "range(1000)|batch(3)|list|length",
    "range(1000)|slice(3)|list|length",
    "range(1000)|unique|list|length",
    "range(1000)|max",
    "rows|groupby('数')|length",
    "rows|sum(attribute='数')",
    "rows|selectattr('数', 'gt', 1)|list|length",
    "d|dictsort|length",
    "d.items()|list|length",
    "d.copy()|length",
    "dict(rows|map(attribute='名')|zip_of)",
    "cycler(*range(1000)).current",
    "'q' in rows|map(attribute='名')",
    "'q' in rows|map(attribute='名')|list",
    "0.5 in range(1000)",
    "'q' is in(rows|map(attribute='名')|list)",
    "rows == rows[:]",
    "rows[1:]|length",
    "(rows * 9).count(1)",
    "{}.fromkeys(range(1000))|length",
    "('x' * 9999)|upper|length",
    "('x' * 9999).upper()|length",
    "('x' * 9999) ~ 'y'",
    "'q' in 'x' * 9999",
    "'{:>9999}'.format(1)",
    "'%9999d' % 1",
    "(rows|map(attribute='名')|join).split('单')|length",
    "rows|合计",
    "合计(rows)",
]


@pytest.mark.parametrize("expression", BUSY)
def test_what_filters_tests_and_functions_go_over_is_counted(expression: str) -> None:
    text = "{% for i in range(1000) %}{% set x = " + expression + " %}{% endfor %}"
    given: dict[str, Callable[..., object]] = {"合计": lambda found: len(list(found))}
    pairs: dict[str, Callable[..., object]] = {**given, "zip_of": lambda found: [(name, 1) for name in found]}
    document = load(text, limits=Limits(work=100_000), filters=pairs, functions=given)

    with pytest.raises(TemplateError) as caught:
        render(document, NAMES)

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.place.paragraph) == ("T039", 1)
    assert "超过了 100000 项" in fault.message
    assert expression in fault.message


COMPARING = [
    "{{ a == b }}",
    "{{ a < b }}",
    "{{ 1 < a < b }}",
    "{{ a is eq(b) }}",
    "{{ a in [b] }}",
    "{{ [a, b]|sort }}",
    "{{ [{'k': a}, {'k': b}]|sort(attribute='k')|length }}",
    "{{ [namespace(k=a), namespace(k=b)]|groupby('k')|length }}",
    "{{ [a, b]|max }}",
    "{{ {'p': a, 'q': b}|dictsort(by='value')|length }}",
    "{% for i in [a, b] %}{{ loop.changed(i) }}{% endfor %}",
    "{{ [b].index(a) }}",
    "{{ [b].count(a) }}",
]
HASHING = [
    "{% set d = {a: 1} %}",
    "{{ {}[a] }}",
    "{{ {}.get(a) }}",
    "{{ dict([(a, 1)])|length }}",
    "{{ [a, b]|unique|list|length }}",
    "{{ a in {} }}",
]


@pytest.mark.parametrize("text", [*(NESTED + tag for tag in COMPARING), *(TUPLES + tag for tag in HASHING)])
def test_lists_that_hold_themselves_twice_over_and_over_are_not_compared(text: str) -> None:
    assert [fault.code for fault in stopped(text, Limits(work=20_000))] == ["T039"]


@pytest.mark.parametrize(
    "tag",
    ["{{ a ~ '' }}", "{{ a|tojson }}", "{{ a|pprint }}", "{{ {'x': a}|urlencode }}", "{{ '{0[0]}'.format([a]) }}"],
)
def test_nor_are_they_written_out(tag: str) -> None:
    assert [fault.code for fault in stopped(NESTED + tag, Limits(work=20_000, value=9_000))] in (["T031"], ["T039"])


ENORMOUS = [
    "(5).to_bytes(10 ** 9, 'big')",
    "'x'.encode().ljust(10 ** 9)",
    "'x'.encode().zfill(10 ** 9)",
    "('\t' * 99).expandtabs(10 ** 8)",
    "('x' * 999).translate({120: 'y' * 99999})",
    "('x' * 99999).join(['a'] * 99)",
    "('x' * 99999).encode().join(['a'.encode()] * 99)",
    "('x ' * 9999)|wordwrap(1, wrapstring='y' * 9999)",
    "[1]|tojson(indent=10 ** 8)",
    "([1] * 9999)|tojson(indent=9999)",
    "([1]|tojson).ljust(10 ** 9)",
    "('{0:>9999}' * 9999).format(1)",
    "('%(a)9999s' * 9999) % {'a': 1}",
    "('%(a)s' * 9999)|format(a='x' * 9999)",
    "'{a:>999999999}'.format_map({'a': 1})",
    "'{:.999999999f}'.format(1.5)",
    "'%99999999d'.encode() % 1",
    "'x' * 10 ** 9",
]


@pytest.mark.parametrize("expression", ENORMOUS)
def test_enormous_values_are_not_made(expression: str) -> None:
    assert [fault.code for fault in stopped("{% set x = " + expression + " %}")] == ["T031"]


@pytest.mark.parametrize(
    "expression",
    [
        "('f' * 99999)|int(0, 16)",
        "(5).from_bytes(('x' * 99999).encode(), 'little')",
        "'{:f}'.format(huge)",
        "'%d' % huge",
        "huge.as_integer_ratio()",
    ],
)
def test_numbers_of_many_thousand_digits_are_too_large(expression: str) -> None:
    (fault,) = stopped("{% set x = " + expression + " %}")

    assert (fault.code, fault.message.endswith("算不出来：数太大。")) == ("T026", True)


SLOW = [
    "('{' ~ ':' * 99999).format(1)",
    "('%(' * 99999) % 1",
    "('a' * 99999).rfind('b' ~ 'a' * 49999)",
    "('x' * 99999)|wordwrap(1)",
]


@pytest.mark.parametrize("expression", SLOW)
def test_what_would_take_time_with_the_square_of_a_length_does_not(expression: str) -> None:
    codes = {fault.code for fault in stopped("{% set x = " + expression + " %}", Limits(work=2_000_000))}
    assert codes <= {"T026", "T039"}


def test_what_a_kept_block_would_hold_is_counted_while_it_grows() -> None:
    text = "{% set x %}{% for i in range(9999) %}" + "某某县政协委员" * 9 + "{% endfor %}{% endset %}"
    assert [fault.code for fault in stopped(text, Limits(output=400_000))] == ["T032"]

    values = "{% set x %}{% for i in range(9999) %}{{ i }}{% endfor %}{% endset %}"
    assert [fault.code for fault in stopped(values, Limits(output=400_000))] == ["T032"]


def test_the_branches_of_a_kept_loop_do_not_add_up() -> None:
    branches = "{% elif i %}".join(["某某县政协委员" * 9] * 9)
    text = (
        "{% set x %}{% for i in range(999) %}{% if i %}"
        + branches
        + "{% endif %}{% endfor %}{% endset %}{{ x|length }}"
    )

    assert render(load(text, limits=Limits(output=400_000)), {})


@pytest.mark.parametrize("tag", ["{{ " + "9" * 5_000 + " }}", "{% if 0x" + "f" * 5_000 + " > 1 %}{% endif %}"])
def test_numbers_written_out_are_bounded(tag: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load(tag)

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.message.endswith("的写法有误：数太长。")) == ("T011", True)


@pytest.mark.parametrize("tags", ["{{ 1 }}" * 99, "{% if i %}{% endif %}" * 99, "{% set x = [" + "i, " * 999 + "i] %}"])
def test_tags_in_a_loop_are_counted(tags: str) -> None:
    faults = stopped("{% for i in range(9999) %}" + tags + "{% endfor %}", Limits(work=70_000))

    assert [(fault.code, fault.place.tag) for fault in faults] == [("T039", "{% for i in range(9999) %}")]


def test_a_fault_in_a_long_loop_is_told_once() -> None:
    (fault,) = stopped("{% for i in range(2000) %}{{ 'x'|int }}{% endfor %}")

    assert (fault.code, fault.place.tag) == ("T036", "{{ 'x'|int }}")


def test_prose_is_bounded_too() -> None:
    prose = TextTemplate.parse("{{ range(99999)|map('string')|map('center', 99999)|list }}", Place(sheet="内容"))

    with pytest.raises(TemplateError) as caught:
        prose.evaluate({})

    assert [fault.code for fault in caught.value.diagnostics] == ["T039"]


HARMLESS = [
    ("{{ rows|map(attribute='数')|sum }}", ["499500"]),
    ("{{ rows|sort(attribute='数', reverse=true)|map(attribute='名')|first }}", ["单位999"]),
    ("{% for g in rows|groupby('数') %}{% if loop.last %}{{ g.list|length }}{% endif %}{% endfor %}", ["1"]),
    ("{{ '单位3' in d }}{{ 7 not in [1, 2] }}{{ 1 < 2 < 3 }}{{ rows[2:4]|length }}{{ 'abcdef'[::2] }}", ["是是是2ace"]),
    (
        "{{ '{}、{}'.format(12800000, 1) }}{{ [3, 12800000].index(12800000) }}{{ d.get(12800000, 0) }}",
        ["12800000、110"],
    ),
    (
        "{{ '%s年%02d月' % (2024, 5) }}{{ day.strftime('%Y') }}{{ 'a-b'.split('-')|last }}{{ ' x '.strip() }}",
        ["2024年05月2024bx"],
    ),
    (
        "{% set n = namespace(s='') %}{% for r in rows %}{% set n.s = n.s ~ r.名 %}{% endfor %}{{ n.s|length }}",
        ["4890"],
    ),
    (
        "{{ (5).to_bytes(2, 'big')|length }}{{ {'a': [1, 2]} == {'a': [1, 2]} }}{{ [[1], [2]]|sort|last|first }}",
        ["2是2"],
    ),
]


@pytest.mark.parametrize(("text", "printed"), HARMLESS)
def test_the_bounds_leave_ordinary_templates_alone(text: str, printed: list[object]) -> None:
    assert filled(text, **NAMES) == printed


def test_unsafe_methods_stay_unsafe() -> None:
    assert [fault.code for fault in stopped("{{ rows.append(1) }}")] == ["T025"]


# ---------------------------------------------------------------------------------------- what Word and Excel can hold


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (["{% colspan 1000000 %}甲", "乙"], "T064", "要合并的格数“1000000”不是 1 到 63 之间的整数"),
        (["{% colspan 63 %}甲", "乙"], "T066", "所在的表格有64列，Word 的表格最多 63 列"),
        (["{%tc for x in rows %}", "{{ x.数 }}", "{%tc endfor %}"], "T066", "所在的表格有1000列"),
    ],
)
def test_a_table_has_no_more_columns_than_word_opens(row: list[str], code: str, words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(load([row]), NAMES)

    (fault,) = caught.value.diagnostics
    assert (fault.code, words in fault.message, fault.place.table) == (code, True, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "给出的“算不出的数”或“无穷大”，Excel 的单元格放不下"),
        (float("-inf"), "给出的“算不出的数”或“无穷大”，"),
        (Decimal("NaN"), "给出的“算不出的数”或“无穷大”，"),
        (Decimal("1e400"), "给出的“1E+400”，"),
        (Decimal("-1e308"), "给出的“-1E+308”，"),
    ],
)
@pytest.mark.parametrize("text", ["{{ x }}", "{%tr for y in [x] %}{{ y }}|乙{%tr endfor %}"])
def test_a_number_that_a_cell_cannot_hold_is_told(text: str, value: object, words: str) -> None:
    (fault,) = excel_faults(text, x=value)

    assert (fault.code, fault.place.sheet, fault.place.cell) == ("T122", "表", "A1")
    assert words in fault.message


def test_a_sheet_has_no_more_columns_than_excel_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.template.excel.filling.columns.MAX_COLUMN", 30)

    (fault,) = excel_faults("{%tc for x in range(40) %}{{ x }}{%tc endfor %}")

    assert (fault.code, fault.place.cell) == ("T123", "A1")
    assert fault.message.endswith("展开后这张工作表有40列，Excel 的工作表最多16384列。")


def test_texts_of_cells_are_bounded_while_they_are_collected() -> None:
    text = "{%tr for i in range(900) %}{{ i }}{{ s }}{%tr endfor %}"
    excel = Template.load(io.BytesIO(template(text)), name="附件.xlsx", limits=Limits(output=100_000))

    with pytest.raises(TemplateError) as caught:
        excel.render({"s": "某某县政协委员" * 20}, io.BytesIO())

    assert [(fault.code, fault.place.sheet) for fault in caught.value.diagnostics] == [("T032", "表")]


def test_any_number_of_sheets_may_bear_one_name() -> None:
    names = SheetNames([])

    assert [names.unique("甲") for _ in range(12_000)][-1] == "甲(12000)"
    assert [names.unique(name) for name in ("甲", "乙", "甲(3)", "乙")] == ["甲(12001)", "乙", "甲(3)(2)", "乙(2)"]


class Count:
    """A number that is no int, as a figure is."""

    def __index__(self) -> int:
        return 126_000_000


@pytest.mark.parametrize(
    "text", ["{{ 'a'|center(n)|length }}", "{{ 'a'.ljust(n)|length }}", "{{ 'a'.zfill(n)|length }}"]
)
def test_a_width_given_by_a_figure_is_as_bounded_as_a_number(text: str) -> None:
    given_as_number = [fault.code for fault in stopped(text, n=126_000_000)]
    assert [fault.code for fault in stopped(text, n=Count())] == given_as_number
