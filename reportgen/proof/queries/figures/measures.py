"""A figure that brings its 量词, and another one typed behind it: 126个家."""

from __future__ import annotations

import re

from reportgen.diagnostics.catalogue.proof import printed as codes
from reportgen.proof.queries.printed import Found, Printed, Printing

# 量词 that people type behind a tag → what may follow one that begins a word instead: 126个家庭, 50个项目.
_TYPED = {
    "个": "人体案性别子数税中月小学季课工",
    "家": "庭长属园政具禽畜乡风访电户居教族常国校训装务",
    "名": "额单录师称城家优牌镇村校医人企品特中字胜誉",
    "位": "置点次于",
    "件": "数套次",
    "次": "数级要品序生日年月区",
    "项": "目链",
    "条": "目件例款线块约文幅码形",
    "场": "所地景次馆站面域合区内外坪院",
    "户": "外数籍主型口用办均次",
    "批": "次示复文准发零评",
    "期": "刊间限末货盼望数",
    "起": "点步草诉义重源到",
    "人次": "",
}
# 量词 of things counted one by one; behind 元 or 亩 such a character begins another word.
_COUNTING = frozenset(
    [*_TYPED, "支", "所", "座", "栋", "台", "辆", "篇", "份", "张", "本", "间", "处", "组", "队", "班"]
)
_NOTED = re.compile(r"[（(].*[）)]$")
# 场次, 批次, 户次: one 量词 of two characters.
_TIMES = frozenset("场批人件家户架车班例台艘")
_LONGEST_WORD = 12


def measures_behind_measures(printed: Printed) -> Found:
    """Each place where the text goes on with a 量词 that the figure has already."""
    data = printed.issue.dataset
    terms = (term.word for term in data.terms if term.category in ("豁免", "缩略"))
    names = (row.name for rows in (data.indicators, data.activities, data.lists) for row in rows)
    units = (unit.short_name for unit in data.units)
    words = frozenset(word[:_LONGEST_WORD] for word in (*terms, *names, *units) if len(word) > 1)
    for passage in printed.passages:
        for printing in passage.figures:
            typed = _typed(passage.text, printing, words)
            if typed:
                sample = passage.around(printing.start, printing.end + len(typed), 6)
                shown = passage.text[printing.start : printing.end]
                values = {"printed": shown, "typed": typed, "measure": printing.figure.measure, "sample": sample}
                yield codes.MEASURE_BEHIND_MEASURE.fill(passage.place, values, text=shown + typed)


def _typed(text: str, printing: Printing, words: frozenset[str]) -> str:
    """The 量词 typed behind a figure that ends in its own, "" where a word begins there."""
    measure, end = printing.figure.measure, printing.end
    if _NOTED.sub("", measure) not in _COUNTING or not text.endswith(measure, 0, end):
        return ""
    typed = next((word for word in sorted(_TYPED, key=len, reverse=True) if text.startswith(word, end)), "")
    if not typed or typed == measure or (typed == "次" and measure in _TIMES):  # of its own P004 tells
        return ""
    following = text[end + len(typed) : end + len(typed) + 1]
    begins_word = following and following in _TYPED[typed]
    known = any(text[end : end + length] in words for length in range(2, _LONGEST_WORD + 1))
    return "" if begins_word or known else typed
