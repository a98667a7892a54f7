"""Words: written twice in a row, and those that 词表 wants otherwise or not at all."""

from __future__ import annotations

import re

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.proof import prose as codes
from reportgen.model.records import Term
from reportgen.proof.queries.printed import Found, Passage, Printed

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
# The longest unit that stands twice: 经济经济, 高质量发展高质量发展.
_TWICE = re.compile(rf"({_HAN}{{2,12}})\1")
# A time that the sentence names and the clause printed after it names again.
_TIME_TWICE = re.compile(r"(?<![0-9])([0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?)\1")
# Single characters that no word doubles, and what may stand around the pair all the same: 目的的, 为了了解, 是是否.
_PARTICLES = re.compile(
    r"(?<![目标有])的的(?!确)|(?<!为)(?<!不甚)了了|(?<!非)是是(?!否|非)|也也|其其(?!格)|(?<!以)及及(?!时)|被被(?!子)"
)
# Verbs said twice for a short while, and words that are stronger for being doubled; each stands here once.
_REDUPLICATED = frozenset(
    """
    研究 考虑 讨论 商量 交流 学习 了解 锻炼 体验 参观 活动 调研 尝试 打听 收拾 整理 休息 介绍 宣传 表扬
    认识 比较 分析 检查 准备 照顾 关心 帮助 支持 沟通 非常 特别 许多 永远 哗啦 叽喳 轰隆 滴答 你好 加油 慢慢
    渐渐
    """.split()  # noqa: SIM905 (a list of words reads better as one)
)
_ONE_BY_ONE = "一很好越又再几每"


def doubled_words(printed: Printed) -> Found:
    """经济经济, 的的: each sort once in a paragraph."""
    exempt = tuple(term.word for term in printed.issue.dataset.terms if term.category in ("豁免", "缩略"))
    names = _names(printed)
    for passage in printed.passages:
        found = [match for match in _TWICE.finditer(passage.text) if not _is_a_word(match[0])]
        found += (*_PARTICLES.finditer(passage.text), *_TIME_TWICE.finditer(passage.text))
        for match in {match[0]: match for match in reversed(found)}.values():
            if not _within(passage.text, match, (*exempt, *names)):
                word = match[0][: len(match[0]) // 2]
                sample = passage.around(match.start(), match.end(), 6)
                yield codes.DOUBLED_WORDS.at(passage.place, text=match[0], word=word, sample=sample)


def _is_a_word(doubled: str) -> bool:
    half = doubled[: len(doubled) // 2]
    return half in _REDUPLICATED or half[0] in _ONE_BY_ONE or len(set(half)) == 1


def _names(printed: Printed) -> tuple[str, ...]:
    """Names in which a word is doubled by right."""
    data = printed.issue.dataset
    units = (name for unit in data.units for name in (unit.short_name, unit.full_name, *unit.aliases))
    others = (row.name for rows in (data.activities, data.lists, data.indicators) for row in rows)
    return tuple({name for name in (*units, *others) if _TWICE.search(name)})


def _within(text: str, match: re.Match[str], words: tuple[str, ...]) -> bool:
    """True when the doubled word stands inside one of these words: a stretch no longer than reaches round both ends."""
    return any(word in text[max(0, match.end() - len(word)) : match.start() + len(word)] for word in words)


def terms(printed: Printed) -> Found:
    """规范 and 禁用 of 词表: each word once in a paragraph, with its count."""
    wanted = [term for term in printed.issue.dataset.terms if term.category in ("规范", "禁用") and term.word]
    everything = "\n".join(passage.text for passage in printed.passages)
    met = [term for term in wanted if term.word in everything]
    for passage in printed.passages if met else ():
        for term in met:
            count = _count(passage, term)
            if count:
                yield _told(passage, term, count)


def _count(passage: Passage, term: Term) -> int:
    """How often the word stands there, its right form (which may hold it) apart."""
    text = passage.text
    if term.word in term.replacement and term.word != term.replacement:
        text = text.replace(term.replacement, "\n")
    return text.count(term.word)


def _told(passage: Passage, term: Term, count: int) -> Diagnostic:
    related = (term.origin.place("word"),)
    words: dict[str, object] = {"word": term.word, "count": count, "replacement": term.replacement}
    if term.category == "规范" and term.replacement:
        return codes.STANDARD_WORD.fill(passage.place, words, text=term.word, related=related)
    note = f"（{term.note}）" if term.note else ""
    advice = f"改成「{term.replacement}」。" if term.replacement else "换一个说法。"
    words |= {"note": note, "advice": advice}
    return codes.FORBIDDEN_WORD.fill(passage.place, words, text=term.word, related=related)
