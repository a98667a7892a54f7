"""Bookmarks and comments that reach into a block or out of it, or lie in one that is printed often or not at all."""

from __future__ import annotations

import pytest
from lxml import etree
from word_files import Block, W, load, paragraph, part, render, run, table

_W = f"{{{W}}}"
START, END = '<w:bookmarkStart w:id="1" w:name="甲"/>', '<w:bookmarkEnd w:id="1"/>'


def line(*parts: str) -> str:
    """A paragraph of texts and range marks."""
    return f"<w:p>{''.join(p if p.startswith('<') else run(p) for p in parts)}</w:p>"


def shown(*blocks: Block, no: bool = False) -> str:
    """What the body prints, with [name and ] where a bookmark begins and ends; a mark without its other half is !."""
    root = part(render(load(*blocks), {"xs": [1, 2], "no": no}))
    starts = {n.get(f"{_W}id"): n.get(f"{_W}name") for n in root.iter(f"{_W}bookmarkStart")}
    ends = [n.get(f"{_W}id") for n in root.iter(f"{_W}bookmarkEnd")]
    assert sorted(starts, key=str) == sorted(ends, key=str)
    assert len(set(starts.values())) == len(ends) == len(list(root.iter(f"{_W}bookmarkStart")))
    return "".join(map(_sign, root.iter(etree.Element)))


def _sign(node: etree._Element) -> str:
    name = etree.QName(node).localname
    signs = {"bookmarkStart": f"[{node.get(f'{_W}name')} ", "bookmarkEnd": "]", "p": "¶"}
    return signs.get(name, (node.text or "") if name == "t" else "")


LOOP, LOOPED = "{% for x in xs %}", "{% endfor %}"
RANGES: list[tuple[str, list[Block], str]] = [
    ("around a loop", [line(START, f"{LOOP}{{{{ x }}}}{LOOPED}", END)], "¶[甲 12]"),
    ("in a loop", [line(LOOP, START, "{{ x }}", END, LOOPED)], "¶[甲 1][甲_2 2]"),
    ("into a loop", [line(START, "头", LOOP, "{{ x }}", END, "、", LOOPED)], "¶[甲 头1、2、]"),
    ("out of a loop", [line(LOOP, "{{ x }}", START, "、", LOOPED, "尾", END)], "¶[甲 1、2、尾]"),
    ("into one branch", [line(START, "{% if no %}", "甲", END, "{% else %}乙{% endif %}")], "¶[甲 乙]"),
    ("from branch to branch", [line("{% if no %}", START, "甲{% else %}乙", END, "{% endif %}")], "¶[甲 乙]"),
    ("in an opener", [line(START, "{% for", END, " x in xs %}{{ x }}{% endfor %}")], "¶[甲 12]"),
    ("in a macro's opener", [line(START, "{% mac", END, "ro f() %}乙{% endmacro %}甲")], "¶[甲 ]甲"),
    ("both in a tag", [line("{% for ", START, END, "x in xs %}{{ x }}{% endfor %}")], "¶[甲 ]1[甲_2 ]2"),
    ("over paragraphs", [LOOP, line(START, "{{ x }}"), LOOPED, line("尾", END)], "[甲 ¶1¶2¶尾]"),
    ("over rows", [table([[LOOP], [line("{{ x }}", START)], [LOOPED], [line("尾", END)]])], "[甲 ¶1¶2¶尾]"),
    ("to the end of a loop", [line(START, "头"), LOOP, line("{{ x }}", END), LOOPED], "¶[甲 头¶1¶2]"),
    ("in the else of a loop in a loop",
     [LOOP, "{% for y in [] %}", "甲", "{% else %}", line(START, "空", END), LOOPED, LOOPED], "¶[甲 空]¶[甲_2 空]"),
    ("through two blocks", [line("{% if not no %}", LOOP, START, "{{ x }}", LOOPED, "{% endif %}", END)], "¶[甲 12]"),
    ("one in another", [line(START, '<w:bookmarkStart w:id="2" w:name="乙"/>', LOOP, END, "{{ x }}", LOOPED,
                             '<w:bookmarkEnd w:id="2"/>')], "¶[甲 [乙 12]]"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "expected"), [case[1:] for case in RANGES], ids=[case[0] for case in RANGES])
def test_a_bookmark_is_whole_whatever_is_printed(blocks: list[Block], expected: str) -> None:
    assert shown(*blocks) == expected


def test_a_bookmark_without_its_other_half_stays_so() -> None:
    data = render(load(line(START, f"{LOOP}{{{{ x }}}}{LOOPED}")), {"xs": [1]})

    assert len(list(part(data).iter(f"{_W}bookmarkStart"))) == 1
    assert len(list(part(data).iter(f"{_W}bookmarkEnd"))) == 0


def test_a_comment_over_half_a_loop_is_over_all_of_it() -> None:
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'

    data = render(load(line(start, "头", LOOP, "{{ x }}", end, LOOPED), paragraph("尾")), {"xs": [1, 2]})

    children = [etree.QName(child).localname for child in part(data)[0][0]]
    assert children == ["commentRangeStart", "r", "r", "r", "commentRangeEnd"]
