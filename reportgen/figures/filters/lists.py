"""|顿号 |等 |分别: names and numbers in a row."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import claims
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause import name_without_growth, only_figure
from reportgen.figures.filters.numbers import measured
from reportgen.figures.operands import as_figure, called, figure_cells, items_of, name_cells, own_name, record_of
from reportgen.figures.quantity import own_print
from reportgen.model.figure import Figure, Status, Text, merge_sources
from reportgen.model.records import Indicator

_LIST = "要一组行或名称"
_RISING = ("增长", "提高", "上升", "增加")
_FALLING = ("下降", "减少", "降低")
# These stand before 分别: 同比分别增长.
_RATE_WORDS = ("同比", "环比")


def enumerate_names(items: Iterable[object], last: str = "") -> Text:
    """|顿号: A、B、C; |顿号('和'): A、B和C."""
    parts = [Text.of(_piece(item)) for item in items_of(items, "顿号", _LIST)]
    pieces: list[object] = []
    for number, part in enumerate(parts):
        before = parts[number - 1] if number else None
        mark = last if last and number == len(parts) - 1 else _mark(before, part) if before else ""
        pieces += [mark, part] if before else [part]
    return Text.of(*pieces)


def _mark(left: Text, right: Text) -> str:
    """、, and nothing between two names that both have quotation marks or 《》 (GB/T 15834)."""
    ends = (str(left)[-1:], str(right)[:1])
    return "" if ends in (("”", "“"), ("》", "《")) else "、"


def and_others(items: Iterable[object], measure: str, total: object = None, 全: bool = False) -> Text:  # noqa: N803
    """|等('个单位'): A、B等2个单位, the list counted; |等('个单位', 11) when 11 are meant and some shown.

    |等('种类型', 3, 全=true): A、B、C3种类型, when these are all. Raises F020 for an empty list, F023 when more are
    listed than meant, F034 when not all are listed that should be.
    """
    names = list(items_of(items, "等", _LIST))
    if not names:
        raise FaultError(faults.NO_ROWS, name="等")
    number = _counted(names) if total is None else _meant(only_figure(as_figure(total, "等"), "等"), names)
    told = measured(number, measure)
    if number.value is not None and (len(names) > number.value or (全 and len(names) < number.value)):
        code = claims.NOT_ALL_LISTED if 全 else claims.TOO_MANY_LISTED
        places = tuple(cell.place() for cell in number.sources)
        raise FaultError(code, related=places, listed=len(names), total=told)
    return Text.of(enumerate_names(names), "" if 全 else "等", told)


def _counted(names: list[object]) -> Figure:
    cells = merge_sources(name_cells(item) for item in names)
    return Figure(f"{len(names)}", Decimal(len(names)), cells, formula=f"{len(names)}项", rule="计数")


def _meant(number: Figure, names: list[object]) -> Figure:
    """A number typed in the tag has no cell of its own; where it is the length of the list, the list bears it out."""
    counted = _counted(names)
    return counted if not number.sources and number.value == counted.value else number


def respectively(names: Iterable[object], verb: str, values: Iterable[object]) -> Text:
    """|分别('增长', values): A、B分别增长a、b; of 增速 rows and clauses the numbers without their own 增长.

    Raises F021 for unequal lengths, F022 when one does not go the way of `verb` or of the others.
    """
    left, right = list(items_of(names, "分别", _LIST)), list(items_of(values, "分别", _LIST))
    if len(left) != len(right):
        raise FaultError(claims.UNEQUAL_LISTS, left=len(left), right=len(right))
    said = [as_figure(value, "分别") for value in right]
    ways = [_way(text) for text in said]
    wanted = _way_of_words(verb) or next((way for way in ways if way), "")
    for name, text, way in zip(left, said, ways, strict=True):
        if way and way != wanted and not _is_pending(text):
            places = tuple(cell.place() for cell in figure_cells(text))
            raise FaultError(claims.MIXED_DIRECTIONS, related=places, verb=verb, item=called(name), found=str(text))
    figures = [only_figure(text, "分别") for text in said]
    labels = [_label(name, verb) for name in left]
    rate = next((word for word in _RATE_WORDS if verb.startswith(word)), "")
    return Text.of(enumerate_names(labels), rate, "分别", verb.removeprefix(rate), enumerate_names(figures))


def _is_pending(said: Figure | Text) -> bool:
    return isinstance(said, Figure) and said.status is Status.PENDING


def _way(said: Figure | Text) -> str:
    """Which way a value goes: 升, 降, another reading (持平, 是上年同期的2倍), or "" for a plain number."""
    if isinstance(said, Figure):
        return "降" if said.text.startswith("-") else said.text if said.text == "持平" else ""
    words = "".join(piece for piece in said.pieces if isinstance(piece, str))
    return _way_of_words(words) or words


def _way_of_words(words: str) -> str:
    for way, ends in (("升", _RISING), ("降", _FALLING)):
        if words.endswith(ends):
            return way
    return ""


def _label(name: object, verb: str) -> object:
    """一产增速 is 一产 where 增长 follows."""
    record = record_of(name)
    if isinstance(record, Indicator):
        return name_without_growth(record) if _way_of_words(verb) else record.name
    return name


def _piece(item: object) -> object:
    """How one entry of a list prints: what has figures keeps them, a bare row is its name."""
    record = record_of(item)
    if isinstance(record, Indicator):
        return own_print(record)
    return item if hasattr(type(item), "__spans__") else own_name(record) or str(item)
