"""What a template sees, as a list for people: every name, how it is written in a tag, and an example of real data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import FaultError
from reportgen.model.issue import Issue
from reportgen.model.view import Rows, View
from reportgen.render.context import issue_names
from reportgen.template import Picture
from reportgen.template.values import plain_text

_SHOWN = 24  # characters of an example
_SHEETS = ("指标", "活动", "单位", "引语", "图片", "名单")
_FIRST = ("刊期", *_SHEETS, "表", "稿件", "稿", "附件")


@dataclass(frozen=True, slots=True)
class Variable:
    """A line of the list: `name` as it is written in a tag, an example of what it prints, and how deep it lies.

    Of a list `example` says how many there are, and `loop` how to go over them.
    """

    name: str
    example: str
    depth: int = 0
    loop: str = ""


@dataclass(frozen=True, slots=True)
class Variables:
    """The list, the keys by which rows can be had directly, and the filters and functions of figures.md."""

    lines: tuple[Variable, ...]
    rows: tuple[str, ...]
    filters: tuple[str, ...]
    functions: tuple[str, ...]


def variables(issue: Issue) -> Variables:
    """What the templates of an issue see."""
    names = issue_names(issue)
    listed = _Listing()
    lines = [line for name in _FIRST if name in names for line in listed.of(name, names[name], 0)]
    rows = tuple(name for name in names if name not in _FIRST)
    return Variables(tuple(lines), rows, tuple(issue.vocabulary.filters), tuple(issue.vocabulary.functions))


class _Listing:
    """Follows views and lists downwards; what has been listed under another name is named, not repeated."""

    def __init__(self) -> None:
        self._listed: dict[tuple[str, ...], str] = {}

    def of(self, name: str, value: object, depth: int) -> Iterator[Variable]:
        if isinstance(value, View) or (isinstance(value, Mapping) and depth):
            yield Variable(name, _example(value), depth)
            yield from self._parts(name, value, depth + 1, name)
        elif isinstance(value, Mapping):
            yield Variable(name, f"{len(value)} 个，如 {name}['{next(iter(value))}']" if value else "没有", depth)
        elif isinstance(value, (Rows, Sequence)) and not isinstance(value, str) and not _is_plain(value):
            item = _item_name(name)
            loop = f"{{% for {item} in {name} %}}"
            yield Variable(name, f"{len(value)} 项", depth, loop)
            if len(value):
                yield from self._parts(item, value[0], depth + 1, name)
        else:
            yield Variable(name, _example(value), depth)

    def _parts(self, name: str, value: object, depth: int, label: str) -> Iterator[Variable]:
        if not isinstance(value, Mapping):
            return
        keys = tuple(value)
        if not keys:
            return
        if keys in self._listed:
            yield Variable(f"{name}.…", f"同“{self._listed[keys]}”", depth)
            return
        self._listed[keys] = label
        for key in keys:
            yield from self._part(f"{name}.{key}", value, key, depth)

    def _part(self, name: str, value: Mapping[str, object], key: str, depth: int) -> Iterator[Variable]:
        try:
            part = value[key]
        except FaultError as error:
            yield Variable(name, f"（{error.code.code}：这一行算不出）", depth)
            return
        yield from self.of(name, part, depth)


def _item_name(name: str) -> str:
    """What a loop over the list `name` calls its items."""
    last = name.rpartition(".")[2]
    return {"稿件": "稿", "段落": "段", "导语": "段", "结尾": "段"}.get(last, "行" if name in _SHEETS else last)


def _is_plain(value: Sequence[object]) -> bool:
    """True for a list of words, which prints as it is."""
    return bool(value) and not isinstance(value[0], Mapping)


def _example(value: object) -> str:
    if isinstance(value, Picture):
        return f"图片 {value.path}"
    try:
        text = plain_text(value() if callable(value) else value)
    except (FaultError, TypeError):
        return "（这一行没有）"
    flat = " ".join(text.split())
    return f"{flat[:_SHOWN]}…" if len(flat) > _SHOWN else flat
