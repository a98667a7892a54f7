"""What a value prints, as text; and what faults call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.values.numbers import number_of, plain_number
from reportgen.template.values.spans import Span, SpanLike, is_spanned
from reportgen.template.values.things import Document, Inserted, Picture

# The character style 加粗() asks for; a Word template without it (and without Strong) gets plain bold.
BOLD = "加粗"
_SHOWN = 20  # characters of a value that a fault quotes
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Everything outside Char of XML 1.0; lone surrogates are outside too.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Styled:
    """`text` (any value, also one that prints spans) in the character style called `style`."""

    style: str
    text: object

    def __str__(self) -> str:
        return plain_text(self.text)

    def __spans__(self) -> Iterator[Span]:
        for span in spans_of(self.text):
            yield Span(span.text, span.style or self.style, span.highlight, span.source)


def styled(style: object, value: object) -> Styled:
    """样式('样式名', x)."""
    return Styled(str(style), value)


def bold(value: object) -> Styled:
    """加粗(x)."""
    return Styled(BOLD, value)


def spans_of(value: object) -> Iterable[SpanLike]:
    """What `value` prints, span by span; nothing for None and for empty text."""
    if is_spanned(value):
        return value.__spans__()
    text = plain_text(value)
    return (Span(text),) if text else ()


def plain_text(value: object) -> str:
    """What `value` prints without its marks: None prints nothing, True 是, everything else what `str` gives.

    Raises FaultError for what has no text of its own.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if is_spanned(value):
        return "".join(span.text for span in value.__spans__())
    return str(printable(value))


def printable(value: object) -> object:
    """`value`, or 是 and 否 for a boolean. Raises FaultError for what has no text of its own: lists, functions, numbers
    that are none (nan), objects of which Python would print the type and an address."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (float, Decimal)) and plain_number(value) is None:
        raise FaultError(codes.NOT_PRINTABLE, what="算不出的数", advice="看看它是怎么算出来的。")
    if value is None or isinstance(value, (str, int, float)) or is_spanned(value):
        return value
    if type(value).__str__ is object.__str__ or isinstance(value, (bytes, bytearray, MappingProxyType)):
        raise FaultError(codes.NOT_PRINTABLE, what=kind_of(value), advice=_advice(value))
    return value


def kind_of(value: object) -> str:
    """What `value` is, in plain words: for faults."""
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    if number_of(value) is not None:
        return "数"
    if callable(value):
        return "函数"
    if isinstance(value, Mapping):
        return "一组有名字的值"
    return "一组值" if isinstance(value, Iterable) else "一项数据"


def cited(value: object) -> str:
    """`value` as faults quote it: its text, cut short, or what it is."""
    try:
        text = plain_text(value)
    except FaultError:
        return kind_of(value)
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else "空"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "空"),
    (bool, "“是”或“否”"),
    ((int, float, Decimal), "数"),
    (str, "文字"),
    ((date, time, timedelta), "日期"),
    (Picture, "图片"),
    ((Document, Inserted), "要插入的文件"),
    ((bytes, bytearray), "二进制内容"),
)


def _advice(value: object) -> str:
    if isinstance(value, (Picture, Document, Inserted)):
        return "它只能放在 Word 模板的段落里。"
    if callable(value):
        return "函数后面要加括号。"
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        return "写出要印其中哪一项，如 {{ x.名称 }}。"
    return "要连起来印，加上 |顿号 或 |join('、')；要逐个印，用 {% for %}。"


def legal(text: str) -> str:
    """`text` without the characters XML 1.0 forbids (they would make the file unreadable)."""
    return _ILLEGAL.sub("", text)


def escape(text: str) -> str:
    """`text` as XML character data or as an attribute's value; line breaks and tabs stay as they are."""
    text = _ILLEGAL.sub("", text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
