"""Faults of a Word template: fault in, code and place out, and all of them at once."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from excel_books import faults as excel_faults
from word_files import Block, load, render

from reportgen.diagnostics import Code, Diagnostic, FaultError, Place, Severity
from reportgen.template import Limits, TemplateError

BROKEN = Code("X001", Severity.ERROR, "「{tag}」缺总体：{name}", "填总体。", "", "", "")
CELL = Place(file="数据.xlsx", sheet="指标", row=3, column="总体", cell="F3")


@dataclass(frozen=True)
class Row:
    名称: str

    @property
    def 占比(self) -> str:  # noqa: N802 - a name that templates use
        raise FaultError(BROKEN, related=(CELL,), name=self.名称)

    def 同比(self) -> str:  # noqa: N802
        raise FaultError(BROKEN, related=(CELL,), name="同比")


def faults(*blocks: Block, load_with: Mapping[str, object] | None = None, **context: object) -> list[Diagnostic]:
    with pytest.raises(TemplateError) as caught:
        render(load(*blocks, **(load_with or {})), context)
    return list(caught.value.diagnostics)


def codes(*blocks: Block, **context: object) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.place.paragraph) for fault in faults(*blocks, **context)]


CASES: list[tuple[list[Block], list[tuple[str, int | None]]]] = [
    (["甲", "{{ x"], [("T010", 2)]),
    (["{% if x {{ x }}"], [("T010", 1)]),
    (["{{ 'x }}"], [("T011", 1)]),
    (["{{ x[ }}"], [("T011", 1)]),
    (["{{ }}"], [("T011", 1)]),
    (["{% for x %}", "{% endfor %}"], [("T011", 1)]),
    (["{% endfor x %}"], [("T015", 1), ("T011", 1)]),
    (["{% fro x in xs %}"], [("T012", 1)]),
    (["{% macro f() %}"], [("T014", 1)]),
    (["{% set y %}"], [("T014", 1)]),
    (["{% include 'a.docx' %}"], [("T013", 1)]),
    (["{% break %}"], [("T013", 1)]),
    (["{%sheet for x in xs %}"], [("T013", 1), ("T014", 1)]),
    ([[["{%tr for x in xs recursive %}"], ["{{ x }}"], ["{%tr endfor %}"]]], [("T013", 1)]),
    (["{% cellbg x %}"], [("T013", 1)]),
    (["{% for x in xs %}", "{{ x }}"], [("T014", 1)]),
    (["{% if x %}", "{% for x in xs %}", "{% endif %}"], [("T014", 2)]),
    (["{% endif %}"], [("T015", 1)]),
    (["{% else %}"], [("T016", 1)]),
    (["{% if x %}{% else %}{% elif x %}{% endif %}"], [("T016", 1)]),
    (["{% for x in xs %}{% if x %}", "{% endfor %}", "{% endif %}"], [("T017", 3)]),
    (["甲{% if x %}", "{% endif %}"], [("T019", 1)]),
    (["{% for x in xs %}甲{{ x }}", "乙{% endfor %}"], [("T019", 1), ("T019", 2)]),
    (["{% if x %}", "{% else %}甲", "{% endif %}"], [("T019", 2)]),
    ([[["{% for x in xs %}", "题"], ["{{ x }}", ""], ["{% endfor %}", ""]]], [("T019", 1)]),
    ([[["{% if x %}a", "b"], ["c", "d{% endif %}"]]], [("T019", 1), ("T019", 4)]),
    ([[["a", "{% for x in xs %}b{{ x }}"], ["c{% endfor %}", "d"]]], [("T019", 2), ("T019", 3)]),
    (["甲{% if x %}", [["a{% endif %}"]]], [("T018", 2)]),
    ([[["{% for x in xs %}a", "b{% endfor %}", "c"]]], [("T018", 2)]),
    (["甲{%p if x %}乙{%p endif %}"], [("T019", 1), ("T019", 1)]),
    (["甲{{p x }}"], [("T019", 1)]),
    ([[["{%tr if x %}a", "b"], ["{%tr endif %}", ""]]], [("T019", 1)]),
    ([[["{%tc if x %}a", "b{%tc endif %}"]]], [("T019", 1), ("T019", 2)]),
    (["{{ x|uper }}"], [("T022", 1)]),
    (["{{ x is definde }}"], [("T023", 1)]),
    (["{{ 没有 }}"], [("T020", 1)]),
    (["{{ 没有() }}"], [("T020", 1)]),
    (["{{ d.没有 }}"], [("T021", 1)]),
    (["{{ d['没有'] }}"], [("T021", 1)]),
    (["{{ d.没有.又没有|upper }}{{ d.没有 + 1 }}"], [("T021", 1), ("T021", 1)]),
    (["{% if no %}{% set y = 1 %}{% endif %}{{ y }}"], [("T024", 1)]),
    (["{{ d.__class__ }}"], [("T025", 1)]),
    (["{{ xs.append(1) }}"], [("T025", 1)]),
    (["{{ 1 / 0 }}"], [("T026", 1)]),
    (["{{ d < 1 }}"], [("T026", 1)]),
    (["{% for a, b in [1] %}{{ a }}{% endfor %}"], [("T026", 1)]),
    (["{% for a in 5 %}{{ a }}{% endfor %}"], [("T027", 1)]),
    (["{{ x.upper(1) }}"], [("T026", 1)]),
    (["{{ 'abc'|round }}{{ [3, 'a']|sort }}"], [("T036", 1), ("T026", 1)]),
]


@pytest.mark.parametrize(("blocks", "expected"), CASES)
def test_a_fault_has_its_code_and_paragraph(blocks: list[Block], expected: list[tuple[str, int | None]]) -> None:
    assert sorted(codes(*blocks, x="值", xs=["1"], d={"k": 9}, no=False)) == sorted(expected)


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (["甲{% if x %}", "{% endif %}"], "「{% if x %}」旁边还有别的内容「甲」，它要独占一段。"),
        (["{% if x %}", "{{ x }}乙{% endif %}"], "「{% endif %}」旁边还有别的内容「{{ x }}乙」，它要独占一段。"),
        (
            ["{%p if x %}" + "字" * 30, "{% endif %}"],
            f"「{{%p if x %}}」旁边还有别的内容「{'字' * 20}…」，它要独占一段。",
        ),
        (
            [[["{% if x %}", "题"], ["a", "b"], ["{% endif %}", ""]]],
            "「{% if x %}」旁边还有别的内容「题」，它要独占一行。",
        ),
    ],
)
def test_text_beside_a_control_tag_is_named(blocks: list[Block], message: str) -> None:
    (fault,) = faults(*blocks, x=1)

    assert (fault.place.paragraph is not None, fault.message) == (True, message)


def test_an_unclosed_loop_and_two_misspelt_names_are_three_faults_at_once() -> None:
    with pytest.raises(TemplateError) as caught:
        load("{% for 段 in 段落 %}", "{{ 主标提 }}{{ 段 }}", "{{ 副标提 }}", names={"段落", "主标题", "副标题"})

    assert [(d.code, d.place.paragraph) for d in caught.value.diagnostics] == [("T014", 1), ("T020", 2), ("T020", 3)]


def test_a_faulty_template_is_tried_on_the_data_for_what_only_data_can_show() -> None:
    blocks = ["{{ 稿.主标提 }}{{ 1 < 'a' }}", "{% for 段 in 段落 %}", "{{ 段.名 }}{{ x|没有 }}{{ y[ }}", "{{ 刊其 }}"]

    with pytest.raises(TemplateError) as caught:
        load(*blocks, data={"稿": {"主标题": 1}, "段落": [{}, {}], "刊期": 1, "x": 1})

    found = [(fault.code, fault.place.paragraph) for fault in caught.value.diagnostics]
    assert sorted(found, key=lambda item: item[1] or 0) == found
    assert sorted(found) == [
        ("T011", 3),
        ("T014", 2),
        ("T020", 4),
        ("T021", 1),
        ("T021", 3),
        ("T022", 3),
        ("T026", 1),
    ]


def test_a_misspelt_attribute_reads_as_the_contract_says() -> None:
    (fault,) = faults("——{{ 稿.副标提 }}", 稿={"主标题": 1, "副标题": 2})

    shown = f"{fault.place.label()}「{fault.text}」：{fault.message}"

    assert shown == "正文.docx › 正文 第1段「——{{ 稿.副标提 }}」：没有“副标提”，相近的有“副标题”。"
    assert fault.place.tag == "{{ 稿.副标提 }}"


def test_the_text_about_a_tag_holds_no_halves_of_others() -> None:
    (fault,) = faults("{{ 段['领句领句'] }}{{ 段.无 }}——{{ 段['领句领句'] }}", 段={"领句领句": 1})

    assert fault.text == "{{ 段.无 }}——"


def test_a_fault_of_the_data_names_the_tag_and_the_cell() -> None:
    rows = [Row("甲"), Row("乙")]

    found = faults("{% for r in rows %}{{ r.占比 }}{{ r.同比() }}{% endfor %}", rows=rows)

    assert [(f.code, f.message, f.related) for f in found] == [
        ("X001", "「{{ r.占比 }}」缺总体：甲", (CELL,)),
        ("X001", "「{{ r.占比 }}」缺总体：乙", (CELL,)),
        ("X001", "「{{ r.同比() }}」缺总体：同比", (CELL,)),
    ]


@pytest.mark.parametrize("where", ["filters", "functions"])
def test_a_filter_or_function_that_fails_is_reported_at_its_tag(where: str) -> None:
    def fail(value: object) -> str:
        raise FaultError(BROKEN, related=(CELL,), name=str(value))

    tag = "{{ x|坏 }}" if where == "filters" else "{{ 坏(x) }}"

    (fault,) = faults("甲", tag, load_with={where: {"坏": fail}}, x="值")

    assert (fault.code, fault.place.paragraph, fault.related) == ("X001", 2, (CELL,))


def test_every_fault_of_one_filling_is_reported_in_reading_order() -> None:
    found = codes(
        "{{ 1 // 0 }}",
        "{{ d.甲 }}",
        "{% for x in d %}",
        "{{ d.乙 < 3 }}{{ 丙 }}{{ x < 3 }}",
        "{% endfor %}",
        d={"a": 1},
    )

    assert found == [("T026", 1), ("T021", 2), ("T021", 4), ("T020", 4), ("T026", 4)]


def test_an_unknown_value_raises_no_faults_that_follow_from_it() -> None:
    uses = "{{ a.b.c }}{% for x in a %}{{ x.y }}{% endfor %}{{ a + 1 }}{{ a|upper }}{{ a[0] }}{{ f(a) }}"

    found = faults(uses, "{% if a > 1 %}{% endif %}", f=str)

    assert {fault.code for fault in found} == {"T020"}


@pytest.mark.parametrize(
    "blocks",
    [
        ["{% fro x in xs %}", "{{ x }}{{ loop.index }}", "{% endfor %}"],
        ["{% For x in xs %}{{ x }}{% endfor %}"],
        ["{% for x in xs %}{{ x }}{% ednfor %}"],
        ["{% fi xs %}甲{% else %}乙{% endif %}"],
        ["{% if xs %}甲{% esle %}乙{% endif %}"],
        ["{% ste x = 1 %}{{ x }}"],
        ["{% fro x in %}{{ x }}{% endfor %}"],
    ],
)
def test_a_misspelt_statement_is_one_fault(blocks: list[Block]) -> None:
    (fault,) = faults(*blocks, load_with={"names": {"xs": [1]}}, xs=[1])

    assert (fault.code, "相近的有" in fault.message) == ("T012", True)


def test_a_misspelt_statement_of_a_sheet_is_one_fault_too() -> None:
    assert [fault.code for fault in excel_faults("{% fro x in xs %}\n{{ x }}\n{% endfor %}", xs=[1])] == ["T012"]


UNTAKEN = [
    ("{% if no %}{{ 稿.副标提 }}{% endif %}", [("T021", "没有“副标提”，相近的有“副标题”。")]),
    ("{{ '' if true else 稿.副标提 }}", [("T021", "没有“副标提”，相近的有“副标题”。")]),
    ("{% for x in [] %}{{ 稿.无.别的 }}{% endfor %}", [("T021", "没有“无”。")]),
    ("{% if no %}{{ 稿.副标题.无 }}{% endif %}", []),
    ("{% if no %}{{ 稿.items() }}{{ 数.无 }}{% endif %}", []),
    ("{% if 稿.无 is defined %}{{ 稿.无|default('甲') }}{% endif %}", []),
    ("{% if '无' in 稿 %}{{ 稿.无 }}{% endif %}", []),
    ("{% for 稿 in [] %}{{ 稿.无 }}{% endfor %}{% set 数 = 1 %}{% if no %}{{ 数.无 }}{% endif %}", []),
]


@pytest.mark.parametrize(("text", "expected"), UNTAKEN)
def test_misspelt_keys_show_in_branches_that_are_not_taken(text: str, expected: list[tuple[str, str]]) -> None:
    names = {"稿": {"主标题": 1, "副标题": 2}, "no": False, "数": 1}

    assert [(fault.code, fault.message) for fault in load(text).check(names)] == expected
    if expected:
        assert [(fault.code, fault.message) for fault in faults(text, **names)] == expected
    else:
        assert render(load(text), names)


def test_the_same_fault_in_both_copies_of_a_text_box_is_one_fault() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{{ 没有 }}</w:t></w:r></w:p></w:txbxContent>"
    both = f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"  # noqa: E501

    (fault,) = faults("甲", both)

    assert fault.place.label() == "正文.docx › 正文 文本框1 第1段"


def test_places_in_tables_name_table_row_and_column() -> None:
    (fault,) = faults("", [["a", "b"]], [["a", "b"], ["c", "{{ 没有 }}"]])

    assert fault.place.label() == "正文.docx › 正文 第2个表第2行第2列（全文第7段）"


def test_parts_are_named_as_users_know_them() -> None:
    header = "<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r><w:t>{{ 没有 }}</w:t></w:r></w:p></w:hdr>"  # noqa: E501
    core = "<a:p xmlns:a='a'><a:title>{{ 没有 }}</a:title></a:p>"

    with pytest.raises(TemplateError) as caught:
        render(load("甲", parts={"word/header1.xml": header, "docProps/core.xml": core}), {})

    assert [d.place.label() for d in caught.value.diagnostics] == [
        "正文.docx › 页眉1 第1段",
        "正文.docx › 文档属性“标题”",
    ]


def test_the_address_of_a_link_is_where_the_link_stands() -> None:
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        'Target="http://example.cn/%7B%7B%20没有%20%7D%7D" TargetMode="External"/></Relationships>'
    )
    link = '<w:p><w:hyperlink r:id="rId7"><w:r><w:t>详见</w:t></w:r></w:hyperlink></w:p>'

    with pytest.raises(TemplateError) as caught:
        render(load("甲", link, "{{ 也没有 }}", parts={"word/_rels/document.xml.rels": relationships}), {})

    assert [(d.place.label(), d.text) for d in caught.value.diagnostics] == [
        ("正文.docx › 正文 第2段", "/example.cn/{{ 没有 }}"),
        ("正文.docx › 正文 第3段", "{{ 也没有 }}"),
    ]


def test_check_finds_unknown_names_without_data() -> None:
    template = load("{{ 刊明 }}{{ 加粗(刊名) }}", "{% for 段 in 稿.段落 %}{{ 段 }}{{ loop.index }}{% endfor %}{{ 段 }}")

    found = template.check({"刊名", "稿"})

    assert [(d.code, d.message, d.place.paragraph) for d in found] == [
        ("T020", "没有“刊明”，相近的有“刊名”。", 1),
        ("T020", "没有“段”。", 2),
    ]


def test_names_are_what_the_data_must_have() -> None:
    loop = "{% for c in d %}{{ c }}{{ loop.index }}{% endfor %}"
    template = load("{{ a.b }}", loop, "{% set e = f %}{{ e }}{{ range(g) }}{{ h is defined }}")

    assert template.names() == {"a", "d", "f", "g", "h"}


def test_nothing_is_written_when_there_is_a_fault(tmp_path: Path) -> None:
    out = tmp_path / "结果.docx"
    out.write_bytes(b"old")
    stream = io.BytesIO()

    for target in (out, stream):
        with pytest.raises(TemplateError):
            load("{{ 没有 }}").render({}, target)

    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["结果.docx"]
    assert stream.getvalue() == b""


LIMITS: list[tuple[str, str]] = [
    ("{% for a in range(100) %}{% for b in range(100) %}{% endfor %}{% endfor %}", "T030"),
    ("{% for a in xs|map('upper') %}{% for b in range(999) %}{% endfor %}{% endfor %}", "T030"),
    ("{{ 'x' * 999999999 }}", "T031"),
    ("{{ 999999999 * [1] }}", "T031"),
    ("{{ 10 ** 99999999 }}", "T031"),
    ("{{ 'x'.ljust(999999999) }}", "T031"),
    ("{{ 'x'|center(999999999) }}", "T031"),
    ("{{ 'x'|indent(999999999, true) }}", "T031"),
    ("{{ '%999999999d' % 1 }}", "T031"),
    ("{{ '%*d' % (999999999, 1) }}", "T031"),
    ("{{ '{:999999999}'.format(1) }}", "T031"),
    ("{{ '{:{}}'.format(1, 999999999) }}", "T031"),
    ("{{ '%999999999d'|format(1) }}", "T031"),
    ("{{ ('a' * 900).replace('a', 'b' * 900) }}", "T031"),
    ("{{ [1]|batch(999999999, 'x')|list }}", "T031"),
    ("{% set n = namespace(s='x' * 900) %}{% for i in range(20) %}{% set n.s = n.s ~ n.s %}{% endfor %}", "T031"),
    ("{% set n = namespace(s='x' * 900) %}{% for i in range(20) %}{% set n.s = n.s + n.s %}{% endfor %}", "T031"),
    ("{% set a = ['x' * 99] %}{% set b = [a, a, a, a] %}{% set c = [b, b, b, b] %}{{ c }}", "T035"),
    ("{% set a = ['x' * 99] %}{% set b = [a, a, a, a] %}{% set c = [b, b, b, b] %}{{ c ~ '' }}", "T031"),
    ("{% set a = ['x' * 99] %}{% set b = [a, a, a, a] %}{% set c = [b, b, b, b] %}{{ c|string }}", "T031"),
    ("{{ range(90)|join('x' * 90) }}", "T031"),
    ("{{ ('x' * 90).join(['a'] * 90) }}", "T031"),
    ("{{ [['a'] * 90] * 90 }}", "T031"),
    ("{{ 1.5|round(999999999, 'floor') }}", "T031"),
    ("{% for i in range(500) %}{{ 'x' * 900 }}{% endfor %}", "T032"),
    ("{{ range(999999999) }}", "T026"),
]


@pytest.mark.parametrize(("tags", "code"), LIMITS)
def test_templates_that_explode_are_stopped(tags: str, code: str) -> None:
    limits = Limits(turns=5_000, value=1_000, output=400_000)

    (fault,) = faults(tags, load_with={"limits": limits}, xs=["a"] * 10)

    assert fault.code == code


HARMLESS = [
    "{{ 12800000 }}{{ x|default(12800000) }}{{ '完成12800%'|replace('1', '2') }}",
    "{{ '完成100000人，%s' % 3 }}{{ '{}12800000'.format(1) }}{{ rows|length }}{{ rows|first }}",
    "{{ ds|map(attribute='a')|list|length }}{{ ds|join('、', attribute='a') }}",
    "{% for r in rows %}{% endfor %}{{ 2 ** 64 * 3 }}{{ 'x'|center(9) }}{{ '%05.2f'|format(1.5) }}",
]


@pytest.mark.parametrize("tags", HARMLESS)
def test_the_limits_leave_ordinary_templates_alone(tags: str) -> None:
    assert render(
        load(tags), {"x": 1, "rows": ["某某县政协委员" * 3] * 100_000, "ds": [{"a": 1, "b": "甲" * 99}] * 20_000}
    )


def test_a_context_value_that_fails_while_printing_is_reported() -> None:
    class Sour:
        def __str__(self) -> str:
            raise ValueError("坏了")

    (fault,) = faults("{{ x }}", x=Sour())

    assert (fault.code, fault.message) == ("T026", "「{{ x }}」算不出来：坏了。")


def test_functions_may_come_with_the_data() -> None:
    call: Callable[[int], int] = lambda n: n + 1  # noqa: E731

    assert render(load("{{ f(1) }}"), {"f": call})


DEEP = [
    ("{% for 段 in 稿.段落 %}{{ 段.领剧 }}{% endfor %}", ["没有“领剧”，相近的有“领句”。"]),
    ("{% for 段 in 稿.段落 if 段.无 %}{% endfor %}", ["没有“无”。"]),
    (
        "{% for 段 in 稿.段落|reverse %}{% for 图 in 段.图片 %}{{ 图.图朔 }}{% endfor %}{% endfor %}",
        ["没有“图朔”，相近的有“图说”。"],
    ),
    ("{% set 段 = 稿.段落|first %}{% if false %}{{ 段.领剧 }}{% endif %}", ["没有“领剧”，相近的有“领句”。"]),
    ("{{ 稿.段落[0].领剧 }}", ["没有“领剧”，相近的有“领句”。"]),
    ("{% with 段 = 稿.段落[0] %}{{ 段['领剧'] }}{% endwith %}", ["没有“领剧”，相近的有“领句”。"]),
    ("{% for 段 in 稿.段落 %}{{ 段.领句 }}{{ 段.领剧|default('') }}{{ 段.只在二 }}{% endfor %}", []),
    ("{% for 段 in 稿.空 %}{{ 段.什么 }}{% endfor %}{% for 甲, 乙 in 稿.对 %}{{ 甲.什么 }}{% endfor %}", []),
    ("{% macro f(段) %}{{ 段.什么 }}{% endmacro %}", []),
    (
        "{% if 稿 %}{% for 段 in 稿.段落 %}{{ 段.领剧 }}{% endfor %}{% endif %}",
        ["没有“领剧”，相近的有“领句”。"],
    ),
    ("{% if 稿 %}{% for 稿 in [1] %}{{ 稿.无 }}{% endfor %}{% endif %}", []),
    ("{% for 行 in 行们.筛选(领句='无') %}{{ 行.领剧 }}{% endfor %}", ["没有“领剧”，相近的有“领句”。"]),
    ("{{ 行们.筛洗() }}{{ 行们.数() }}{{ 行们.数().什么 }}", ["没有“筛洗”，相近的有“筛选”。"]),
    ("{{ 未知.什么 }}{% for 项 in 未知 %}{{ 项.什么 }}{% endfor %}", []),
]


class Chosen(list[object]):
    """A list that says what it offers."""

    def __dir__(self) -> list[str]:
        return ["筛选", "数"]

    def __selections__(self) -> list[str]:
        return ["筛选"]


@pytest.mark.parametrize(("text", "expected"), DEEP)
def test_misspelt_keys_of_what_lists_hold_show_at_check(text: str, expected: list[str]) -> None:
    paragraphs = [{"领句": "甲", "图片": [{"图说": "会"}]}, {"领句": "乙", "图片": [], "只在二": 1}]
    names = {"稿": {"段落": paragraphs, "空": [], "对": [(1, 2)]}, "行们": Chosen(paragraphs), "未知": None}

    assert [fault.message for fault in load(text).check(names)] == expected


class AnyNumber(dict[str, object]):
    """Knows more names than it lists."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or str(name).startswith("Z")

    def __missing__(self, name: str) -> object:
        return {"同比": None}


def test_names_may_be_known_without_being_listed() -> None:
    with pytest.raises(TemplateError) as caught:
        load("{{ Z1 }}{{ Z2.同比 }}{{ Z2.同笔 }}", "{{ 刊其 }}{{ y[ }}", names=AnyNumber({"刊期": None}))

    assert [(fault.code, fault.message) for fault in caught.value.diagnostics if fault.code != "T011"] == [
        ("T021", "没有“同笔”，相近的有“同比”。"),
        ("T020", "没有“刊其”，相近的有“刊期”。"),
    ]
    assert load("{{ Z1 }}", names=AnyNumber()).names() == {"Z1"}
