"""Text in, text out: what a template of paragraphs and tables prints."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from word_files import Block, filled, paragraph, table, xml_of

from reportgen.template import TemplateError

ROWS = [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}]

TAGS = [
    ("{{ x }}", "值"),
    ("前{{ x }}后", "前值后"),
    ("{{x}}", "值"),
    ("｛｛ｘ｝｝", "值"),
    ("｛｛　ｘ　｝｝", "值"),
    ("{{ d。k }}", "9"),
    ("｛｛ d．k ＋ １ ｝｝", "10"),
    ("{¦{ x }¦}", "值"),
    ("{{¦ x¦ }}", "值"),
    ("¦{{ x }¦}¦尾", "值尾"),
    ("{# 注 #}值", "值"),
    ("{{ “引” }}", "引"),
    ("{{ ‘引’ }}", "引"),
    ("{{ ”引” }}", "引"),
    ("{{ '“引”' }}", "“引”"),
    ("{{ “说'好'” }}", "说'好'"),
    ('{{ "}}" }}', "}}"),
    ("{{ {'a': {'b': 1}}['a']['b'] }}", "1"),
    ("{% if x %}是{% else %}否{% endif %}", "是"),
    ("｛％ if x ％｝是｛％ endif ％｝", "是"),
    ("{¦% if¦ x %}是{% end¦if %¦}", "是"),
    ("{% for r in rows %}{{ r.名 }}、{% endfor %}", "甲、乙、"),
    ("{% for r in rows %}{{ loop.index }}{{ r['数'] }}{% if not loop.last %}，{% endif %}{% endfor %}", "11，22"),
    ("{% set y = x ~ '！' %}{{ y }}", "值！"),
    ("{% with y = 3 %}{{ y }}{% endwith %}", "3"),
    ("{{ none }}", ""),
    ("{{ 1.5 }}", "1.5"),
    ("{{ rows|map(attribute='名')|join('、') }}", "甲、乙"),
    ("{{ x|e }}", "值"),
    ("{{ '<b>&'|e }}", "<b>&"),
    ("{{ '<b>&'|safe }}", "<b>&"),
    ("{_{ x }_}", "{{ x }}"),
    ("{_% x %_}", "{% x %}"),
    ("{¦_{ x }¦_}", "{{ x }}"),
    ("{{r x}}", "值"),
    ("{%r if x %}是{%r endif %}", "是"),
    ("{{ r }}", "半径"),
    ("{{ 没有|default('无') }}", "无"),
    ("{{ d.没有|default('无') }}", "无"),
    ("{{ '有' if d.k is defined else '无' }}", "有"),
    ("{{ '有' if d.没有 is defined else '无' }}", "无"),
    ("{{ d.items()|list|length }}", "1"),
    ("{{ 对象.名 }}", "某"),
    ("一个 { 和 }、%} 不是标记", "一个 { 和 }、%} 不是标记"),
]


@pytest.mark.parametrize(("template", "printed"), TAGS)
def test_a_tag_prints(template: str, printed: str) -> None:
    context = {"x": "值", "rows": ROWS, "r": "半径", "d": {"k": 9}, "对象": SimpleNamespace(名="某")}

    assert filled("头", template, **context) == ["头", printed]


def test_a_tab_or_line_break_inside_a_tag_is_white_space() -> None:
    broken = "<w:p><w:r><w:t>{{ x</w:t><w:br/><w:t>|upper</w:t><w:tab/><w:t>}}</w:t></w:r></w:p>"

    assert filled(broken, x="a") == ["A"]


def test_a_tag_may_be_split_over_marks_insertions_and_links() -> None:
    split = (
        '<w:p><w:bookmarkStart w:id="0" w:name="甲"/><w:r><w:t>前{</w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:ins w:id="9" w:author="a"><w:r><w:t>{ x</w:t></w:r></w:ins><w:bookmarkEnd w:id="0"/>'
        "<w:hyperlink><w:r><w:t> }}后</w:t></w:r></w:hyperlink></w:p>"
    )

    xml = xml_of(split, x="值")

    assert filled(split, x="值") == ["前值后"]
    assert '<w:bookmarkStart w:id="0" w:name="甲"/>' in xml
    assert '<w:bookmarkEnd w:id="0"/>' in xml


CUT: list[tuple[list[Block], list[object]]] = [
    (["甲{{ x", "}}乙", "丙"], ["甲值乙", "丙"]),
    (["{% if", "x", "%}是{% endif %}"], ["是"]),
    ([[["{{ x\n}}", "a"]]], [[["值", "a"]]]),
    (["{{ x", "}}{{ x", "|upper }}"], ["值值"]),
]


@pytest.mark.parametrize(("blocks", "printed"), CUT)
def test_a_tag_may_be_cut_by_the_enter_key(blocks: list[Block], printed: list[object]) -> None:
    assert filled(*blocks, x="值") == printed


OPEN: list[list[Block]] = [
    ["甲{{ x", "乙"],
    ["{{ x", "{{ x }}"],
    ["{{ x", *"甲乙丙丁戊己", "}}"],
    ["{{ x", [["}}"]]],
    ["{{ x", "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>}}</w:t></w:r></w:p>"],
]


@pytest.mark.parametrize("blocks", OPEN)
def test_a_tag_that_nothing_near_closes_is_open(blocks: list[Block]) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(*blocks, x="值")

    assert [fault.code for fault in caught.value.diagnostics if fault.is_error] == ["T010"]


def test_moved_away_and_deleted_text_is_left_alone() -> None:
    moved = "<w:p><w:moveFrom><w:r><w:t>{{ 旧 }}</w:t></w:r></w:moveFrom><w:r><w:t>{{ x }}</w:t></w:r></w:p>"

    assert filled(moved, x=1) == ["{{ 旧 }}1"]


BLOCKS: list[tuple[list[Block], list[object]]] = [
    # paragraphs that hold nothing but control tags vanish
    (["{% for r in rows %}", "{{ r.名 }}", "{% endfor %}", "尾"], ["甲", "乙", "尾"]),
    (["{% for r in none_ %}", "{{ r.名 }}", "{% endfor %}", "尾"], ["尾"]),
    (["头", "{% set a = 1 %}{# 注 #}", "{{ a }}"], ["头", "1"]),
    (["{% if no %}", "甲", "{% elif yes %}", "乙", "{% else %}", "丙", "{% endif %}"], ["乙"]),
    (["{% for r in none_ %}", "甲", "{% else %}", "空", "{% endfor %}"], ["空"]),
    (["{% for r in rows %}", "{% if r.数 == 2 %}", "{{ r.名 }}", "{% endif %}", "{% endfor %}"], ["乙"]),
    (["{% for a in rows %}{% for b in rows %}", "{{ a.数 }}{{ b.数 }}", "{% endfor %}{% endfor %}"],
     ["11", "12", "21", "22"]),
    ([" {% if yes %}　", "甲", "{% endif %} "], ["甲"]),
    (["{%p if no %}", "甲", "{%p endif %}", "乙"], ["乙"]),
    (["{{p x}}"], ["值"]),
    (["甲", "", "乙"], ["甲", "", "乙"]),
    # rows
    ([[["名", "数"], ["{% for r in rows %}{{ r.名 }}", "{{ r.数 }}{% endfor %}"]]],
     [[["名", "数"], ["甲", "1"], ["乙", "2"]]]),
    ([[["{% for r in rows %}", ""], ["{{ r.名 }}", "{{ r.数 }}"], ["{% endfor %}", ""]]], [[["甲", "1"], ["乙", "2"]]]),
    ([[["{%tr for r in rows %}", ""], ["{{ r.名 }}", "x"], ["{%tr endfor %}", ""]]], [[["甲", "x"], ["乙", "x"]]]),
    ([[["{% if no %}甲", "乙{% endif %}"], ["丙", "丁"]]], [[["丙", "丁"]]]),
    ([[["{% for r in rows %}{% if r.数 > 1 %}{{ r.名 }}", "a{% endif %}{% endfor %}"]]], [[["乙", "a"]]]),
    # a one-cell row keeps the block inside
    ([[["{% for r in rows %}\n{{ r.名 }}\n{% endfor %}"]]], [[["甲\n乙"]]]),
    ([[["{%tr for r in rows %}\n{{ r.名 }}\n{%tr endfor %}"]]], [[["甲"], ["乙"]]]),
    ([[["{% for r in rows %}"], ["{{ r.名 }}"], ["{% endfor %}"]]], [[["甲"], ["乙"]]]),
    # a cell always ends with a paragraph, without blank lines where there is one
    ([[["{% for r in rows %}\n{{ r.名 }}\n{% endfor %}", "x"]]], [[["甲\n乙", "x"]]]),
    ([[["{% for r in none_ %}\n{{ r.名 }}\n{% endfor %}", "x"]]], [[["", "x"]]]),
    ([[["{% if no %}\n甲\n{% elif no %}\n乙\n{% endif %}", "x"]]], [[["", "x"]]]),
    ([[["头\n{% if no %}\n甲\n{% endif %}", "x"]]], [[["头", "x"]]]),
    ([[["{% if yes %}\n{% for r in none_ %}\n甲\n{% endfor %}\n{% endif %}", "x"]]], [[["", "x"]]]),
    ([[["{% set a = 1 %}", "{{ a }}"]]], [[["", "1"]]]),
    # a table without rows is no table
    (["头", [["{% for r in none_ %}a", "b{% endfor %}"]], "尾"], ["头", "尾"]),
    (["{% for a in rows %}", [["{% for r in a.甲 %}{{ r }}", "b{% endfor %}"]], "x", "{% endfor %}"],
     [[["1", "b"]], "x", "x"]),
    # blocks that print nothing in some turns
    ([[["{% for r in rows %}\n{% if r.数 == 1 %}\n{{ r.名 }}\n{% endif %}\n{% endfor %}", "x"]]], [[["甲", "x"]]]),
    (["{% if yes %}", [["a", "b"]], "{% endif %}"], [[["a", "b"]], ""]),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "printed"), BLOCKS)
def test_blocks_of_paragraphs_and_rows(blocks: list[Block], printed: list[object]) -> None:
    rows = [{"名": "甲", "数": 1, "甲": [1]}, {"名": "乙", "数": 2, "甲": []}]
    context = {"rows": rows, "none_": [], "yes": True, "no": False, "x": "值"}

    assert filled(*blocks, **context) == printed


def test_columns_repeat() -> None:
    row = ["{%tc for r in rows %}", "{{ r.名 }}", "{%tc endfor %}", "尾"]

    assert filled([row], rows=ROWS) == [[["甲", "乙", "尾"]]]


def test_a_table_in_a_table_repeats_inside_a_repeated_row() -> None:
    inner = "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>{% for y in r.甲 %}{{ y }}</w:t></w:r></w:p></w:tc>" + (
        "<w:tc><w:p><w:r><w:t>z{% endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    blocks = [["{% for r in rows %}{{ r.名 }}", f"{inner}\n{{% endfor %}}"]]

    printed = filled(blocks, rows=[{"名": "甲", "甲": [1, 2]}, {"名": "乙", "甲": []}])

    assert printed == [[["甲", "[['1', 'z'], ['2', 'z']]\n"], ["乙", ""]]]


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        ([["{%tr for y in ys %}"], ["{{ y }}"], ["{%tr endfor %}"]], [["1"], ["2"]]),
        ([["{%tr for y in ys %}", ""], ["{{ y }}", "z"], ["{%tr endfor %}", ""]], [["1", "z"], ["2", "z"]]),
        ([["{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"]], [["1", "2"]]),
        ([["{%tr for y in ys %}{{ y }}{%tr endfor %}"]], [["1"], ["2"]]),
        ([["{%tr if ys %}"], ["{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"], ["{%tr endif %}"]], [["1", "2"]]),
    ],
)
def test_rows_of_tags_are_those_of_the_inner_table(rows: list[list[str]], printed: list[list[str]]) -> None:
    """The row of the outer table, which holds them too, stays one."""
    assert filled([["头", f"{table(rows)}\n尾"]], ys=[1, 2]) == [[["头", f"{printed!r}\n尾"]]]


def test_the_paragraph_that_ends_a_section_stays() -> None:
    section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{% endif %}</w:t></w:r></w:p>"

    xml = xml_of("{% if no %}", "甲", section, "乙", no=False)

    assert xml.startswith("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>")


def test_vertical_merges_stay_right_in_a_repeated_block() -> None:
    def cell(text: str, merge: str) -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    first = cell("{{ r.名 }}", '<w:vMerge w:val="restart"/>') + cell("a", "")
    second = cell("", "<w:vMerge/>") + cell("b", "")
    loop = "".join(f"<w:tr>{cell(tag, '')}</w:tr>" for tag in ("{% for r in rows %}",))
    end = f"<w:tr>{cell('{% endfor %}', '')}</w:tr>"
    merged = f"<w:tbl>{loop}<w:tr>{first}</w:tr><w:tr>{second}</w:tr>{end}</w:tbl>"

    merges = xml_of(merged, rows=ROWS).split("<w:tr>")[1:]

    assert ['w:val="restart"' in row for row in merges] == [True, False, True, False]
    assert ["<w:vMerge/>" in row for row in merges] == [False, True, False, True]


def test_comments_take_away_their_paragraph_row_or_cell() -> None:
    rows = [["{#tr 注 #}", "{{ 没有 }}"], ["甲", "{#tc 注 #}乙"], ["{#tc 注 #}"]]

    assert filled("{#p 注 #}{% if 没有 %}", rows) == [[["甲"]], ""]


MERGES: list[tuple[list[Block], list[object]]] = [
    (["甲", "{%- if yes -%}", "乙", "{%- else -%}", "丙", "{%- endif -%}", "丁"], ["甲乙丁"]),
    (["甲 {%- if yes -%} 乙 {%- endif -%} 丁"], ["甲乙丁"]),
    (
        ["<w:p><w:r><w:t>甲</w:t><w:br/><w:t>{%- if yes -%}</w:t><w:br/><w:t>\u00a0乙{%- endif %}</w:t></w:r></w:p>"],
        ["甲\u00a0乙"],
    ),
    (["甲 {{- x -}} 丁"], ["甲值丁"]),
    (["甲", "{{- x -}}", "丁"], ["甲", "值", "丁"]),
]


@pytest.mark.parametrize(("blocks", "printed"), MERGES)
def test_minus_signs_join_paragraphs_and_drop_white_space(blocks: list[Block], printed: list[object]) -> None:
    assert filled(*blocks, yes=True, x="值") == printed


CONTROL: list[tuple[str, list[str], int]] = [
    # what a control holds when its block prints nothing, and how many paragraphs it then has
    ("nothing", ["{% if no %}", "甲", "{% endif %}"], 1),
    ("only tags", ["{% set a = 1 %}"], 1),
    ("a paragraph", ["{% if no %}", "甲", "{% endif %}", "乙"], 1),
    ("a table at its end", ["{% if no %}", "甲", "{% endif %}", table([["乙"]])], 1),
]


@pytest.mark.parametrize("place", ["body", "cell"])
@pytest.mark.parametrize(("content", "count"), [case[1:] for case in CONTROL], ids=[case[0] for case in CONTROL])
def test_a_content_control_is_never_empty(content: list[str], count: int, place: str) -> None:
    control = f"<w:sdt><w:sdtContent>{''.join(map(paragraph, content))}</w:sdtContent></w:sdt>"

    xml = xml_of(control if place == "body" else [[f"{control}\n尾"]], no=False)

    inside = xml[xml.index("<w:sdtContent>") : xml.index("</w:sdtContent>")]
    assert inside.count("<w:p>") + inside.count("<w:p/>") == count
