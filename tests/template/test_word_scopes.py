"""How far a variable reaches that a template sets: out of text boxes, notes and tables with columns that repeat, but
not from one part into another."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import SPACES, Block, docx, filled, load, paragraph, part, related, render, run, table, text_of

from reportgen.diagnostics import Diagnostic
from reportgen.template import Template, TemplateError


def box(text: str) -> str:
    """A text box as Word writes it: twice, the second time for older programs."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


COLUMNS = ["{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"]
SEEN: list[tuple[str, list[Block], list[object]]] = [
    ("box", ["{% set z = 1 %}{{ z }}", box("{% set z = 7 %}{{ z }}"), "{{ z }}"], ["1", "77", "7"]),
    ("macro of a box", [box("{% macro m() %}宏{% endmacro %}甲"), "{{ m() }}"], ["甲甲", "宏"]),
    ("kept text of a box", [box("{% set z %}乙{% endset %}甲"), "{{ z }}"], ["甲甲", "乙"]),
    ("box in a condition", [box("{% if ys %}{% set z = 7 %}{% endif %}甲"), "{{ z }}"], ["甲甲", "7"]),
    ("box that is left out", ["{% if not ys %}", box("{% set z = 7 %}"), "{% endif %}", "{{ z }}"], ["原"]),
    ("box in a loop, as in Jinja2",
     ["{% for y in ys %}", box("{% set z = y %}甲"), "{{ z }}", "{% endfor %}", "{{ z }}"],
     ["甲甲", "1", "甲甲", "2", "原"]),
    ("box in a box", [box(f"{{% set z = 7 %}}甲{'{{ z }}'}"), box("{{ z }}")], ["甲7甲7", "77"]),
    ("table with columns", [[[*COLUMNS, "{% set z = ys|length %}"]], "{{ z }}"], [[["1", "2", ""]], "2"]),
    ("table with columns in a box", [box("甲"), [[*COLUMNS, "{{ z }}{% set z = 3 %}"]], box("{{ z }}")],
     ["甲甲", [["1", "2", "原"]], "33"]),
    ("link", [f"<w:p><w:hyperlink>{run('{% set z = 4 %}甲')}</w:hyperlink></w:p>", "{{ z }}"], ["甲", "4"]),
    ("control", [f"<w:sdt><w:sdtContent>{paragraph('{% set z = 4 %}')}</w:sdtContent></w:sdt>", "{{ z }}"], ["", "4"]),
    ("cell", [[["{% set z = 4 %}甲", "{{ z }}"]], "{{ z }}"], [[["甲", "4"]], "4"]),
    ("cell of an inner table", [[[f"{table([['{% set z = 4 %}甲']])}\n"]], "{{ z }}"], [[["[['甲']]\n"]], "4"]),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "printed"), [case[1:] for case in SEEN], ids=[case[0] for case in SEEN])
def test_what_is_set_is_seen_after_it(blocks: list[Block], printed: list[object]) -> None:
    assert filled(*blocks, ys=[1, 2], z="原") == printed


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_what_a_note_sets_is_seen_behind_its_reference(kind: str) -> None:
    element = kind if kind == "comment" else f"{kind}"
    notes = f'<w:{kind}s {SPACES}><w:{element} w:id="2">{paragraph("{{ z }}{% set z = 6 %}")}</w:{element}></w:{kind}s>'
    reference = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    template = load(
        f"<w:p>{run('{{ z }}')}{reference}{run('{{ z }}')}</w:p>",
        "{{ z }}",
        parts={f"word/{kind}s.xml": notes, **related(f"{kind}s")},
    )

    data = render(template, {"z": 1})

    assert text_of(data) == ["16", "6"]
    assert "".join(part(data, f"word/{kind}s.xml").itertext()) == "1"


def header(text: str) -> dict[str, str]:
    return {"word/header1.xml": f"<w:hdr {SPACES}>{paragraph(text)}</w:hdr>"}


def told(template: Template) -> list[tuple[str, str, str]]:
    return [(w.code, w.place.label(), w.message) for w in template.warnings()]


def test_a_name_that_a_header_sets_is_not_that_of_the_text_and_that_is_said() -> None:
    template = load("甲", "{{ 题 }}", "{{ 题 }}", parts=header("{% if 甲 %}{% set 题 = 5 %}{% endif %}{{ 题 }}"))

    message = "“题”是在页眉1用 {% set 题 = 5 %} 设的，只在那一处管用；这里的“题”是数据里的。"
    assert told(template) == [("T042", f"正文.docx › 正文 第{n}段", message) for n in (2, 3)]
    assert text_of(render(template, {"题": 1, "甲": 1})) == ["甲", "1", "1"]


def test_what_the_text_sets_is_not_seen_in_a_footer_and_that_is_said() -> None:
    footer = {"word/footer1.xml": f"<w:ftr {SPACES}>{paragraph('{{ 题 }}')}</w:ftr>"}

    assert [word[:2] for word in told(load("{% set 题 = 5 %}", parts=footer))] == [("T042", "正文.docx › 页脚1 第1段")]


def test_without_such_a_name_in_the_data_it_is_unknown_and_the_reason_is_told_too() -> None:
    def faults() -> tuple[Diagnostic, ...]:
        with pytest.raises(TemplateError) as caught:
            load("{{ 题 }}", parts=header("{% macro 题() %}{% endmacro %}"), names=["x"])
        return caught.value.diagnostics

    assert sorted(fault.code for fault in faults()) == ["T020", "T042"]


QUIET: list[tuple[str, str]] = [
    ("{% set 题 = 1 %}{{ 题 }}", "{% set 题 = 5 %}{{ 题 }}"),  # each its own
    ("{% for 题 in xs %}{{ 题 }}{% endfor %}", "{% set 题 = 5 %}"),
    ("{{ 题 }}", "{% for 题 in xs %}{{ 题 }}{% endfor %}"),  # a loop's variable is gone after it
    ("{{ 题 }}", "{% for x in xs %}{% set 题 = x %}{% endfor %}"),
    ("{{ 题 }}", "{{ 题 }}"),
    ("{{ 题 }}", "{% call f() %}甲{% endcall %}"),
]


@pytest.mark.parametrize(("text", "head"), QUIET)
def test_names_of_its_own_need_no_word(text: str, head: str) -> None:
    assert told(load(text, parts=header(head))) == []


def test_what_an_inserted_file_sets_stays_in_it_and_that_is_said(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "片段.docx").write_bytes(docx("{% set 题 = 5 %}{{ 题 }}"))
    (folder / "正文.docx").write_bytes(docx("{{ 插入('片段.docx') }}", "{{ 题 }}"))
    template = Template.load(folder / "正文.docx")

    assert [word[:2] for word in told(template)] == [("T042", "正文.docx › 正文 第2段")]
    assert text_of(render(template, {"题": 1})) == ["5", "1"]
