"""The filters of templates and prose cells: |概数 |小数 |万 |亿 |汉字 |序数 |量词 |日期 |年月 |顿号 |等 |分别."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause import only_figure
from reportgen.figures.comparison import kept
from reportgen.figures.numerals import SCALES, approximate, characters, date_part, date_text, fixed, ordinal, trimmed
from reportgen.figures.quantity import Peers, located, own_print, split_measure
from reportgen.figures.selection import as_figure, figure_cells, name_cells, own_name, record_of
from reportgen.model.figure import Figure, Status, Text, merge_sources, plain
from reportgen.model.records import Activity, Approximation, Indicator, Masthead, Precision, When

FILTER_NAMES = frozenset({"概数", "小数", "万", "亿", "汉字", "序数", "量词", "日期", "年月", "顿号", "等", "分别"})
_WORDS = tuple(word.value for word in Approximation if word is not Approximation.EXACT)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(万亿|万|亿|)")
_RISING = ("增长", "提高", "上升", "增加")
_FALLING = ("下降", "减少", "降低")


def filters(peers: Peers) -> Mapping[str, Callable[..., object]]:
    """The filters by name, with this issue's settings."""
    return {
        "概数": _approximated,
        "小数": _with_decimals,
        "万": partial(_scaled, "万"),
        "亿": partial(_scaled, "亿"),
        "汉字": _in_characters,
        "序数": _as_ordinal,
        "量词": _measured,
        "日期": partial(_dated, masthead=peers.masthead),
        "年月": _month,
        "顿号": enumerate_names,
        "等": and_others,
        "分别": respectively,
    }


def _each(value: object, name: str, shape: Callable[[Figure], Figure]) -> Figure | Text:
    """Shapes the figure, or the figures of a clause; what is 【待填】 or 【待核】 stays so."""
    said = as_figure(value, name)
    if isinstance(said, Figure):
        try:
            return said if said.status is Status.PENDING else shape(said)
        except FaultError as fault:
            raise located(fault, *said.sources) from None
    return Text.of(*(_each(piece, name, shape) if isinstance(piece, Figure) else piece for piece in said.pieces))


def _printed_measure(figure: Figure) -> str:
    """The 量词 at the end of the text, "" for a bare figure."""
    return figure.measure if figure.measure and figure.text.endswith(figure.measure) else ""


def _whole_number(figure: Figure) -> Decimal:
    """The value with the 万 or 亿 of its 量词 multiplied out."""
    scale, _ = split_measure(figure.measure)
    value = figure.value or Decimal(0)
    return value * SCALES[scale] if scale else value


def _is_approximate(figure: Figure) -> bool:
    return figure.status is Status.REPORTED or figure.rule.startswith("概数")


def _approximated(value: object, word: str, 位: object = None) -> Figure | Text:  # noqa: N803 (what a template types)
    """|概数('多', 位=100). Raises F002 for another word or place, F014–F016 where the number has no such 概数."""
    if word not in _WORDS:
        raise FaultError(faults.UNKNOWN_OPTION, name="概数", option=word, choices="、".join(_WORDS))
    place = None if 位 is None else only_figure(as_figure(位, "位"), "位").value
    if place is not None and place <= 0:
        raise FaultError(faults.UNKNOWN_OPTION, name="位", option=位, choices="大于0的数，如 10、100、10000")

    def shape(figure: Figure) -> Figure:
        if figure.status is Status.REPORTED:
            return figure
        number = _whole_number(figure)
        shown = approximate(abs(number) if not figure.text.startswith("-") else number, Approximation(word), place)
        tail = split_measure(_printed_measure(figure))[1]
        measure = split_measure(figure.measure)[1]
        status, rule = (Status.REPORTED, "源为概数") if shown.unchanged else (Status.EXACT, f"概数“{word}”")
        return replace(figure, text=shown.text + tail, value=number, measure=measure, rule=rule, status=status)

    return _each(value, "概数", shape)


def _with_decimals(value: object, places: object, 补零: bool = False) -> Figure | Text:  # noqa: N803
    """|小数(2): half up, trailing zeros dropped (补零=true keeps them); never a false 0% or 100%."""
    if isinstance(places, bool) or not isinstance(places, int) or not 0 <= places <= 15:
        raise FaultError(faults.UNKNOWN_OPTION, name="小数", option=places, choices="0 到 15 的整数")

    def shape(figure: Figure) -> Figure:
        found = _NUMBER.search(figure.text)
        if found is None or figure.value is None or _is_approximate(figure):
            return figure
        digits, scale = found.groups()
        number = figure.value if digits.startswith("-") else abs(figure.value)
        if scale and scale != split_measure(figure.measure)[0]:
            number /= SCALES[scale]
        landmarks = (0, 100) if figure.text[found.end() :].startswith("%") else ()
        shown = trimmed(number, places, landmarks)
        if 补零 and len(shown.partition(".")[2]) < places:
            shown = fixed(number, places)
        return figure.with_text(figure.text[: found.start()] + shown + figure.text[found.end(1) :], kept(places))

    return _each(value, "小数", shape)


def _scaled(scale: str, value: object) -> Figure | Text:
    """|万 and |亿: 12800人次 → 1.28万人次, all digits kept (|小数 rounds them)."""

    def shape(figure: Figure) -> Figure:
        if _is_approximate(figure):
            return _rescaled_word(figure, scale)
        number = _whole_number(figure)
        tail = split_measure(_printed_measure(figure))[1]
        measure = split_measure(figure.measure)[1]
        text = f"{plain(number / SCALES[scale])}{scale}{tail}"
        return replace(figure, text=text, value=number, measure=measure, rule=f"以{scale}计")

    return _each(value, scale, shape)


def _rescaled_word(figure: Figure, scale: str) -> Figure:
    """48000多名 → 4.8万多名; a 概数 that has its 万 or 亿 already stays."""
    found = _NUMBER.search(figure.text)
    if found is None or any(sign in figure.text for sign in SCALES):
        return figure
    shown = plain(Decimal(found[1]) / SCALES[scale]) + scale
    return figure.with_text(figure.text[: found.start()] + shown + figure.text[found.end() :], figure.rule)


def _in_characters(value: object) -> Figure | Text:
    """|汉字: 三, 两次, 百分之四点三. Text without digits (第一, 十余家) stays."""

    def shape(figure: Figure) -> Figure:
        found = _NUMBER.search(figure.text)
        if found is None:
            return figure
        before, after = figure.text[: found.start()], figure.text[found.end() :]
        percent = after.startswith("%")
        words = characters(Decimal(found[1]), "" if percent else found[2] + after) + found[2]
        text = f"{before}百分之{words}{after[1:]}" if percent else f"{before}{words}{after}"
        return figure.with_text(text, "汉字")

    return _each(value, "汉字", shape)


def _as_ordinal(value: object) -> Figure | Text:
    """|序数: 第二, 第二批. Raises F013 for what is no whole number from 1 up."""

    def shape(figure: Figure) -> Figure:
        if "第" in figure.text or figure.value is None:
            return figure
        return figure.with_text(ordinal(figure.value) + _printed_measure(figure), "序数")

    return _each(value, "序数", shape)


def _measured(value: object, word: str) -> Figure | Text:
    """|量词('次'): adds a measure word, or puts it in place of the one printed; 万 and 亿 are told once."""

    def shape(figure: Figure) -> Figure:
        core = figure.text.removesuffix(_printed_measure(figure))
        if core == "二":  # |汉字 came first, when no measure word was known
            core = characters(Decimal(2), word)
        own, _ = split_measure(figure.measure)
        wanted, rest = split_measure(word)
        if wanted and core.endswith(wanted):
            return replace(figure, text=core + rest, measure=rest)
        if own and not wanted:
            return replace(figure, text=f"{core}{own}{word}", measure=own + word)
        if wanted and figure.measure and own != wanted and figure.value is not None and not _is_approximate(figure):
            number = _whole_number(figure) / SCALES[wanted]
            return replace(figure, text=plain(number) + word, value=number, measure=word)
        return replace(figure, text=core + word, measure=word)

    return _each(value, "量词", shape)


def _when(value: object, name: str) -> tuple[When, When | None]:
    value = record_of(value)
    if isinstance(value, Activity) and value.start is not None:
        return value.start, value.end
    if isinstance(value, When):
        return value, None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return When(value, value), None
    raise FaultError(faults.NOT_A_DATE, name=name, found=own_name(value) or ("空" if value is None else value))


def _dated(value: object, masthead: Masthead) -> str:
    start, end = _when(value, "日期")
    return date_text(start, end, masthead)


def _month(value: object) -> str:
    """|年月: 2025年3月; a quarter or year as far as it is known."""
    start, _ = _when(value, "年月")
    if start.precision in (Precision.QUARTER, Precision.YEAR):
        return date_part(start, with_year=True)
    return f"{start.start.year}年{start.start.month}月"


def enumerate_names(items: Iterable[object], last: str = "") -> Text:
    """|顿号: A、B、C; |顿号('和'): A、B和C."""
    parts = [_piece(item) for item in _listed(items, "顿号")]
    pieces = [piece for part in parts for piece in ("、", part)][1:]
    if len(parts) > 1 and last:
        pieces[-2] = last
    return Text.of(*pieces)


def and_others(items: Iterable[object], measure: str, total: object = None) -> Text:
    """|等('个单位'): A、B等2个单位, the list counted; |等('个单位', 11) when 11 are meant and some shown.

    Raises F020 for an empty list and F023 when more are listed than meant.
    """
    names = _listed(items, "等")
    if not names:
        raise FaultError(faults.NO_ROWS, name="等")
    if total is None:
        cells = merge_sources(name_cells(item) for item in names)
        number = Figure(f"{len(names)}", Decimal(len(names)), cells, formula=f"{len(names)}项", rule="计数")
    else:
        number = only_figure(as_figure(total, "等"), "等")
    if number.value is not None and len(names) > number.value:
        raise FaultError(faults.TOO_MANY_LISTED, listed=len(names), total=f"{number}{measure}")
    return Text.of(enumerate_names(names), "等", _measured(number, measure))


def respectively(names: Iterable[object], verb: str, values: Iterable[object]) -> Text:
    """|分别('增长', values): A、B分别增长a、b; of 增速 rows and clauses the numbers without their own 增长.

    Raises F021 for unequal lengths, F022 when one does not go the way of `verb` or of the others.
    """
    left, right = _listed(names, "分别"), _listed(values, "分别")
    if len(left) != len(right):
        raise FaultError(faults.UNEQUAL_LISTS, left=len(left), right=len(right))
    said = [as_figure(value, "分别") for value in right]
    ways = [_way(text) for text in said]
    wanted = _way_of_words(verb) or next((way for way in ways if way), "")
    for name, text, way in zip(left, said, ways, strict=True):
        if way and way != wanted and not _is_pending(text):
            places = tuple(cell.place() for cell in figure_cells(text))
            raise FaultError(faults.MIXED_DIRECTIONS, related=places, verb=verb, item=_called(name), found=str(text))
    figures = [only_figure(text, "分别") for text in said]
    labels = [_called(name) if isinstance(record_of(name), Indicator) else name for name in left]
    return Text.of(enumerate_names(labels), "分别", verb, enumerate_names(figures))


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


def _called(item: object) -> str:
    return own_name(record_of(item)) or str(item)


def _listed(items: object, name: str) -> list[object]:
    single = isinstance(items, str) or record_of(items) is not items
    if single or not isinstance(items, Iterable):
        raise FaultError(faults.WRONG_ROWS, name=name, wanted="要一组行或名称", found=_called(items))
    return list(items)


def _piece(item: object) -> object:
    """How one entry of a list prints: what has figures keeps them, a bare row is its name."""
    record = record_of(item)
    if isinstance(record, Indicator):
        return own_print(record)
    return item if hasattr(type(item), "__spans__") else own_name(record) or str(item)
