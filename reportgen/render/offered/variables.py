"""What a template sees, as a list for people: every name, how it is written in a tag, and an example of real data."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import FaultError
from reportgen.figures import CellNames, DatasetPeers
from reportgen.model.issue import Issue
from reportgen.model.view import Rows, View
from reportgen.render.appendix import Appendix
from reportgen.render.context import issue_names
from reportgen.render.folders import APPENDIX, TemplateData
from reportgen.render.offered.specimen import offered, sayings
from reportgen.render.offered.usages import Usage, usages
from reportgen.template import Picture
from reportgen.template.values import plain_text

_SHOWN = 24  # characters of an example
_LOOKED = 200  # rows that are looked through for one
_SHEETS = ("指标", "活动", "单位", "引语", "图片", "名单")
_FIRST = ("刊期", *_SHEETS, "表", "稿件", "稿", "附件")
# What a loop over a list calls its items, where that is not the list's own name.
_ITEMS = {
    **dict.fromkeys((*_SHEETS, "附件", "核数", "疑点", "覆盖"), "行"),
    **dict.fromkeys(("段落", "导语", "结尾"), "段"),
    **{"稿件": "稿", "图片": "图", "单位组": "组", "覆盖板块": "题", "各板块": "段数"},
}
# Parts that tell one item of a list from the others, the best first.
_TELLING = ("主标题", "小标题", "标题", "简称", "名称", "姓名", "原文", "图说", "文本", "单位")
_MADE_LATER = "生成时才有"


@dataclass(frozen=True, slots=True)
class Variable:
    """A line of the list: `name` as it is written in a tag, an example of what it prints, and how deep it lies.

    Of a list `example` says how many there are, and `loop` goes over them and prints something of each. `direct` is
    the tag that prints the example outside of any loop, by the row's number or name; it `is_borrowed` when these data
    have none. `only` is the one file that has the name.
    """

    name: str
    example: str
    depth: int = 0
    loop: str = ""
    direct: str = ""
    only: str = ""
    is_borrowed: bool = False


@dataclass(frozen=True, slots=True)
class Variables:
    """The list; the keys by which rows can be had directly, by sheet; the filters and functions of figures.md."""

    lines: tuple[Variable, ...]
    rows: Mapping[str, tuple[str, ...]]
    filters: tuple[Usage, ...]
    functions: tuple[Usage, ...]


def variables(issue: Issue, others: Sequence[Issue] = ()) -> Variables:
    """What the templates of an issue see. `others` say what the rows of a sheet have that is empty in it."""
    names, shapes = issue_names(issue), _with_rows(offered(issue, others), others)
    listing = _Listing(_keys(names))
    lines = [line for name in _FIRST if name in names for line in listing.top(name, names[name], shapes.article[name])]
    lines += listing.of_appendix(names, Appendix(issue).names, shapes.appendix)
    rows = {sheet: tuple(key for key in _by_key(names[sheet]) if key in names) for sheet in _SHEETS}
    filters, functions = usages((issue, *others))
    return Variables(tuple(lines), {sheet: keys for sheet, keys in rows.items() if keys}, filters, functions)


def _with_rows(shapes: TemplateData, others: Sequence[Issue]) -> TemplateData:
    """With the rows of other issues behind those of each sheet: there may be an example among them."""
    known = {sheet: list(_rows(shapes.article[sheet])) for sheet in _SHEETS}
    for issue in others:
        for sheet in _SHEETS:
            known[sheet] += _rows(issue.vocabulary.names[sheet])
        known["指标"] += [sayings(row, DatasetPeers.of(issue.dataset)) for row in issue.dataset.indicators[:1]]
    return TemplateData({**shapes.article, **known}, shapes.appendix)


def _rows(rows: object) -> Sequence[object]:
    return rows if isinstance(rows, Sequence) else ()


def _by_key(rows: object) -> Mapping[str, object]:
    return rows.by_key if isinstance(rows, Rows) else {}


def _keys(names: Mapping[str, object]) -> Mapping[int, str]:
    """Rows (by identity) → how a tag names them."""
    keyed = ((sheet, key, row) for sheet in _SHEETS for key, row in _by_key(names[sheet]).items())
    return {id(row): key if key in names else f"{sheet}['{key}']" for sheet, key, row in keyed}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The values one name has: in the data, and in a specimen that has one of everything."""

    real: Sequence[object]
    shape: Sequence[object]

    @property
    def first(self) -> object:
        """A value that tells the kind: not a blank one where there is another."""
        both = (*self.real, *self.shape)
        return next((value for value in both if not _is_blank(value)), both[0] if both else "")

    def items(self) -> _Seen:
        return _Seen(*(list(itertools.islice(_chained(lists), _LOOKED)) for lists in (self.real, self.shape)))

    def part(self, key: str) -> _Seen:
        return _Seen(*([_part(owner, key) for owner in owners] for owners in (self.real, self.shape)))


class _Listing:
    """Follows views and lists downwards; what has been listed under another name is named, not repeated."""

    def __init__(self, keys: Mapping[int, str]) -> None:
        self._keys = keys
        self._listed: dict[tuple[str, ...], str] = {}

    def top(self, name: str, value: object, shape: object) -> Iterator[Variable]:
        if not isinstance(value, Mapping) or isinstance(value, View):
            yield from self._of(name, _Seen([value], [shape]), 0)
            return
        if not value:
            sheet = f"{name}['工作表名']"
            yield Variable(sheet, "没有另加的工作表", loop=_loop("行", sheet, "行['列名']"))
        for key, rows in value.items():
            yield from self._of(f"{name}['{key}']", _Seen([rows], []), 0)

    def of_appendix(
        self, article: Mapping[str, object], appendix: Mapping[str, object], shapes: Mapping[str, object]
    ) -> Iterator[Variable]:
        """What only 附件.xlsx has: of a 板块, of a row of 指标, and names of its own."""
        seen = _Seen([appendix["稿"]], [shapes["稿"]])
        found = [self._of("板块.单位组", seen.part("板块").items().part("单位组"), 0)]
        found += [self._of(n, _Seen([appendix[n]], [shapes[n]]), 0) for n in appendix if n not in article]
        for line in itertools.chain.from_iterable(found):
            later = line.loop and line.name in ("核数", "疑点")
            example = _MADE_LATER if later else line.example
            yield replace(line, example=example, only=APPENDIX)

    def _of(self, name: str, seen: _Seen, depth: int, owners: _Seen | None = None) -> Iterator[Variable]:
        first = seen.first
        if _is_list(first):
            items, item = seen.items(), _ITEMS.get(name.rpartition(".")[2], name.rpartition(".")[2])
            item = "行" if name.startswith("表[") else item
            count = next((len(value) for value in seen.real if isinstance(value, Sequence) and value), 0)
            loop = _loop(item, name, _telling(item, items))
            yield Variable(name, f"{count} 项" if count else "没有", depth, loop)
            if isinstance(items.first, Mapping):
                yield from self._parts(item, items, depth + 1, name)
            elif items.real or items.shape:
                yield from self._of(item, items, depth + 1)
            return
        yield self._value(name, seen, depth, owners)
        if isinstance(first, Mapping):
            yield from self._parts(name, seen, depth + 1, name)

    def _parts(self, name: str, owners: _Seen, depth: int, label: str) -> Iterator[Variable]:
        first = owners.first
        keys = tuple(first) if isinstance(first, Mapping) else ()
        told = max((listed for listed in self._listed if set(listed) <= set(keys)), key=len, default=())
        if len(told) > len(keys) / 2:
            yield Variable(f"{name}.…", f"同“{self._listed[told]}”", depth)
        else:
            told = ()
        if keys:
            self._listed.setdefault(keys, label)
        for key in keys:
            if key not in told:
                yield from self._of(f"{name}.{key}", owners.part(key), depth, owners)

    def _value(self, name: str, seen: _Seen, depth: int, owners: _Seen | None) -> Variable:
        """A line for one value, its example the first that is filled in, with the tag that prints just this one."""
        for number, value in enumerate(seen.real):
            if text := _example(value):
                key = self._keys.get(id(owners.real[number])) if owners else None
                direct = f"{{{{ {key}.{name.rpartition('.')[2]} }}}}" if key else ""
                return Variable(name, text, depth, direct=direct)
        borrowed = next(filter(None, map(_example, seen.shape)), "")
        return Variable(name, borrowed, depth, is_borrowed=borrowed != "")


def _loop(item: str, name: str, printed: str) -> str:
    return f"{{% for {item} in {name} %}}{{{{ {printed} }}}}；{{% endfor %}}"


def _telling(item: str, items: _Seen) -> str:
    """What tells an item from the others: one of the parts that do, or else the first that prints something."""
    if not isinstance(items.first, Mapping):
        return item
    keys = sorted(items.first, key=lambda key: _TELLING.index(key) if key in _TELLING else len(_TELLING))
    values = ((key, items.part(key)) for key in keys)
    found = (key for key, seen in values if not _is_list(seen.first) and any(map(_example, (*seen.real, *seen.shape))))
    return f"{item}.{next(found, keys[0])}"


def _chained(lists: Sequence[object]) -> Iterator[object]:
    return itertools.chain.from_iterable(value for value in lists if _is_list(value) and isinstance(value, Sequence))


def _part(owner: object, key: str) -> object:
    """One part of a row; nothing where it cannot be made."""
    try:
        return owner[key] if isinstance(owner, Mapping) and key in owner else None
    except FaultError:
        return None


def _is_list(value: object) -> bool:
    """What a template goes over; the names of a list column print as they are."""
    return isinstance(value, (Rows, list, tuple)) and not isinstance(value, CellNames)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, (str, list, tuple)) and not value)


def _example(value: object) -> str:
    """What a value prints; empty for what is blank, waits for a number, or cannot be made of this row."""
    if isinstance(value, Picture):
        return f"图片 {value.path.name if hasattr(value.path, 'name') else value.path}"
    try:
        text = plain_text(value() if callable(value) else value)
    except (FaultError, TypeError):
        return ""
    flat = " ".join(text.split())
    if flat.startswith("【"):
        return ""
    return f"{flat[:_SHOWN]}…" if len(flat) > _SHOWN else flat
