"""How filters and functions are written, each with what it prints: of real rows where there are such."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Template as Pattern
from typing import Any

from reportgen.diagnostics import Place
from reportgen.model.issue import Issue
from reportgen.model.view import Rows
from reportgen.render.context import issue_names
from reportgen.template import TemplateError, TextTemplate
from reportgen.template.values import plain_text

_TRIED = 30  # rows, for each tag
_LONGEST = 30  # characters that a good example has at most


@dataclass(frozen=True, slots=True)
class Usage:
    """A filter or function: a tag that uses it, what that prints, and what it is for. The tag `is_borrowed` when these
    data have nothing that it works on."""

    name: str
    tag: str
    prints: str
    meaning: str
    is_borrowed: bool = False


# Name → what it is for, and the tags to try, in order: $row stands for a 指标号, $grounded for one with 依据, $pair for
# two, $name for a 名称 and $group for a 同组 of 指标, $kind for a 类型 of 活动, $category for a 类别 of 单位.
# The last tag mostly needs no data.
_FILTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "概数": ("写成概数：多、余、超、突破、近、上", ("{{ $row|概数('多') }}", "{{ 457|概数('多', 位=10) }}")),
    "小数": ("留几位小数，四舍五入", ("{{ $row.占比|小数(2) }}", "{{ 4.256|小数(2) }}")),
    "万": ("换成万", ("{{ 12800|万 }}",)),
    "亿": ("换成亿", ("{{ 557000000|亿 }}",)),
    "汉字": ("写成汉字", ("{{ 3|汉字 }}",)),
    "序数": ("写成第几", ("{{ 2|序数 }}",)),
    "量词": ("加上量词", ("{{ 场次(活动)|量词('场次') }}", "{{ 6|量词('次') }}")),
    "日期": (
        "几月几日，不是编发那一年的带年份；年=true 总带",
        ("{{ 刊期.编发日期|日期(年=true) }}", "{{ 刊期.统计止|日期 }}"),
    ),
    "年月": ("几年几月", ("{{ 刊期.编发日期|年月 }}", "{{ 刊期.统计止|年月 }}")),
    "顿号": (
        "用顿号连起来；('和') 最后用“和”连",
        ("{{ 单位.前(3)|顿号('和') }}", "{{ ['甲', '乙', '丙']|顿号('和') }}"),
    ),
    "等": ("列出来，再数一共几个", ("{{ 单位.前(2)|等('个单位') }}", "{{ ['甲', '乙']|等('个单位', 11) }}")),
    "分别": ("一一对应地说", ("{{ ['甲市', '乙市']|分别('增长', [3, 5]) }}",)),
}
_FUNCTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "合计": ("选出的行，数加起来", ("{{ 合计(指标.筛选(名称='$name')) }}", "{{ 合计([$pair]) }}")),
    "场次": ("选出的活动，场次加起来", ("{{ 场次(活动.筛选(类型='$kind')) }}", "{{ 场次(活动) }}")),
    "人次": ("选出的活动，人次加起来", ("{{ 人次(活动.筛选(类型='$kind')) }}", "{{ 人次(活动) }}")),
    "计数": ("数一数有几行、几个", ("{{ 计数(单位.筛选(参报=true)) }}", "{{ 计数(['甲', '乙']) }}")),
    "均值": ("选出的行，数的平均", ("{{ 均值(指标.筛选(名称='$name')) }}", "{{ 均值([$pair]) }}")),
    "最大": ("选出的行里最大的数", ("{{ 最大(指标.筛选(名称='$name')) }}", "{{ 最大([$pair]) }}")),
    "最小": ("选出的行里最小的数", ("{{ 最小(指标.筛选(名称='$name')) }}", "{{ 最小([$pair]) }}")),
    "同组": ("“同组”一样的各行，照顺序连着印", ("{{ 同组('$group', 名称=true) }}",)),
    "均超额完成": ("每行都超额完成时，印“均超额完成”", ("{{ 均超额完成(指标.筛选(名称='$name')) }}",)),
    "首个": ("印“首个”“首批”，这一行要填了“依据”", ("{{ 首个($grounded) }}",)),
}
# What the engine offers: it changes looks or brings paragraphs, so that no example of its text would tell.
_LOOKS = (
    Usage("加粗", "{{ 加粗(稿.主标题) }}", "", "字加粗"),
    Usage("样式", "{{ 样式('领句', 稿.主标题) }}", "", "用模板里的一种字符样式"),
    Usage("插入", "{{ 插入('片段.docx') }}", "", "放进模板文件夹里的另一个文件，独占一段"),
)
_SELECTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    ".筛选": (
        "只要这样的行，几个条件用逗号隔开",
        ("{{ 计数(单位.筛选(类别='$category')) }}", "{{ 计数(单位.筛选(参报=true)) }}"),
    ),
    ".排序": ("按一栏排，降序=true 从大到小", ("{{ 指标.排序('值', 降序=true).前(1)|顿号 }}",)),
    ".前": ("头几行", ("{{ 单位.前(2)|顿号 }}",)),
    ".按": (
        "按一栏分组，每组是名字和它的行",
        ("{% for 名, 各行 in 指标.按('单位') %}{{ 名 }}{{ 各行|length }}项；{% endfor %}",),
    ),
}


_STAND_INS = {
    "row": "Z001",
    "grounded": "Z001",
    "pair": "Z001, Z002",
    "name": "…",
    "group": "…",
    "kind": "…",
    "category": "…",
}
_PRINT_THEMSELVES = ("均超额完成", "首个")  # what they print is told also where no data have it
_UNTOLD: tuple[str, tuple[str, ...]] = ("", ())


def usages(issues: Sequence[Issue]) -> tuple[tuple[Usage, ...], tuple[Usage, ...]]:
    """The filters, and the functions with the ways of choosing rows; of the first issue that has what it takes."""
    books = [_Book(issue) for issue in issues]
    words = issues[0].vocabulary
    filters = tuple(_usage(books, name, *_FILTERS.get(name, _UNTOLD)) for name in words.filters)
    functions = (_usage(books, name, *_FUNCTIONS.get(name, _UNTOLD)) for name in words.functions)
    selections = (_usage(books, name, *entry) for name, entry in _SELECTIONS.items())
    return filters, (*functions, *_LOOKS, *selections)


def _usage(books: Sequence[_Book], name: str, meaning: str, tags: Sequence[str]) -> Usage:
    for book in books:
        if shown := book.shown(tags):
            return Usage(name, *shown, meaning, is_borrowed=book is not books[0])
    tag = Pattern(tags[0]).safe_substitute(_STAND_INS) if tags else ""
    prints = name if name in _PRINT_THEMSELVES else ""
    return Usage(name, tag, prints, meaning, is_borrowed=prints != "")


class _Book:
    """Tries tags on the data of a workbook."""

    def __init__(self, issue: Issue) -> None:
        self._words = issue.vocabulary
        names = self._names = issue_names(issue)
        rows = _rows(names, "指标").by_key
        keys = [key for key in rows if key in names]
        self._fillings: Mapping[str, list[str]] = {
            "row": keys,
            "grounded": [key for key in keys if "依据" in rows[key] and str(rows[key]["依据"])],
            "pair": [f"{one}, {other}" for one, other in itertools.pairwise(keys)],
            "name": _repeated(_column(names, "指标", "名称")),
            "group": _repeated(_column(names, "指标", "同组")),
            "kind": list(Counter(_column(names, "活动", "类型"))),
            "category": _repeated(_column(names, "单位", "类别")),
        }

    def shown(self, tags: Iterable[str]) -> tuple[str, str] | None:
        """The first of the tags that prints something here, filled in, and what it prints."""
        filled = itertools.chain.from_iterable(map(self._filled, tags))
        return next(((tag, prints) for tag in filled if (prints := self._prints(tag))), None)

    def _filled(self, tag: str) -> Iterator[str]:
        """The tag with each of the data's words in the gap it has; as it is when it has none."""
        gap = next((name for name in self._fillings if f"${name}" in tag), None)
        words = [""] if gap is None else self._fillings[gap][:_TRIED]
        yield from (Pattern(tag).safe_substitute({gap: word} if gap else {}) for word in words)

    def _prints(self, tag: str) -> str:
        """What it prints; empty when that is no good example."""
        if tag.startswith("{%"):
            return ""
        try:
            made = TextTemplate.parse(tag, Place(), filters=self._words.filters, functions=self._words.functions)
            text = "".join(map(str, made.evaluate(self._names, plain_text)))
        except TemplateError:
            return ""
        return text if "【" not in text and len(text) <= _LONGEST else ""


def _rows(names: Mapping[str, object], sheet: str) -> Rows[Any]:
    rows = names[sheet]
    assert isinstance(rows, Rows)
    return rows


def _column(names: Mapping[str, object], sheet: str, column: str) -> list[str]:
    """The words in a column that a tag can quote."""
    words = (str(row[column]) for row in _rows(names, sheet))
    return [word for word in words if word and not {"'", "\\", "\n"} & set(word)]


def _repeated(words: Sequence[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]
