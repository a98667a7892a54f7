"""|概数 |小数 |万 |亿 |汉字 |序数 |量词 |日期 |年月: one number or date printed otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause import only_figure
from reportgen.figures.comparison import kept
from reportgen.figures.numerals import Duration, approximate, characters, date_part, date_text, fixed, ordinal, trimmed
from reportgen.figures.operands import as_figure, record_of, wrong
from reportgen.figures.quantity import located
from reportgen.model.figure import SCALES, Figure, Status, Text, plain, split_measure
from reportgen.model.records import Activity, Approximation, Masthead, Precision, When

_WORDS = tuple(word.value for word in Approximation if word is not Approximation.EXACT)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(万亿|万|亿|)")


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


def approximated(value: object, word: str, 位: object = None) -> Figure | Text:  # noqa: N803 (what a template types)
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
        size = number if figure.text.startswith("-") else abs(number)
        shown = approximate(size, Approximation(word), place, percent=figure.text.endswith("%"))
        tail = split_measure(_printed_measure(figure))[1]
        measure = split_measure(figure.measure)[1]
        status, rule = (Status.REPORTED, "源为概数") if shown.unchanged else (Status.EXACT, f"概数“{word}”")
        return replace(figure, text=shown.text + tail, value=number, measure=measure, rule=rule, status=status)

    return _each(value, "概数", shape)


def with_decimals(value: object, places: object, 补零: bool = False) -> Figure | Text:  # noqa: N803
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


def scaled(scale: str, value: object) -> Figure | Text:
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


def in_characters(value: object) -> Figure | Text:
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


def as_ordinal(value: object) -> Figure | Text:
    """|序数: 第二, 第二批. Raises F013 for what is no whole number from 1 up."""

    def shape(figure: Figure) -> Figure:
        if "第" in figure.text or figure.value is None:
            return figure
        return figure.with_text(ordinal(figure.value) + _printed_measure(figure), "序数")

    return _each(value, "序数", shape)


def measured(value: object, word: str) -> Figure | Text:
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

    return value.measured(word) if isinstance(value, Duration) else _each(value, "量词", shape)


def _when(value: object, name: str) -> tuple[When, When | None]:
    record = record_of(value)
    if isinstance(record, Activity) and record.start is not None:
        return record.start, record.end
    if isinstance(record, When):
        return record, None
    if isinstance(record, datetime):
        record = record.date()
    if isinstance(record, date):
        return When(record, record), None
    raise wrong(faults.NOT_A_DATE, value, name=name)


def dated(value: object, masthead: Masthead, 年: bool = False) -> str:  # noqa: N803 (what a template types)
    """|日期: 3月11日, with the year when it is not 编发日期's; 年=true always with it."""
    start, end = _when(value, "日期")
    return date_text(start, end, replace(masthead, date=None) if 年 else masthead)


def month(value: object) -> str:
    """|年月: 2025年3月; a quarter or year as far as it is known."""
    start, _ = _when(value, "年月")
    if start.precision in (Precision.QUARTER, Precision.YEAR):
        return date_part(start, with_year=True)
    return f"{start.start.year}年{start.start.month}月"
