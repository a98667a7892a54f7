"""Text of a cell → Quantity or Decimal: full-width digits, thousands separators, 万/亿, %, repeated 量词, 概数."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue.validate import cells as codes
from reportgen.model.records import Quantity

# The longest first.
_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}
_SIGNED = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(rf"({_SIGNED})(万亿|亿|万|%)?")
_RANGE = re.compile(rf"{_SIGNED}[^\d]*[-—–~～至到]{{1,2}}{_SIGNED}[^\d]*")
_NUMBER_AND_WORDS = re.compile(rf"({_SIGNED})(\D+)")
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_REPORTED = re.compile(
    rf"(?P<before>超过|突破|将近|接近|不足|不到|超|近|约|逾|上)?"
    rf"(?P<number>\d[\d,]*(?:\.\d+)?|[数几{_CHINESE}]+?)"
    rf"(?P<after>多|余|来|几)?(?P<scale>万亿|亿|万|%)?(?P<late>多|余)?(?P<about>以上|左右|上下)?"
)
_NUMBER_INSIDE = re.compile(rf"\d[\d,]*(?:\.\d+)?|[{_CHINESE}]+")
# What people write where there is nothing to write.
_NOTHING = frozenset(
    {"-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "空", "缺", "待报", "待定", "待填", "待补", "未报", "不详"}
    | {"n/a", "na", "*", "×", "x", "?", "…", "...", "......"}
)
_LETTERS = str.maketrans("OoIl", "0011")  # typed for digits
_DIGITS = {character: index for index, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# Numbers and texts of which the meaning is kept: percentages and 概数 repeat from row to row.
_REMEMBERED = 4096
_INVISIBLE = re.compile(r"[\u200b\ufeff\u2060\s]+")


def compact(text: str) -> str:
    """NFKC, without white space or zero-width characters: what numbers, dates and choices are compared by."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-")


def exact(value: float) -> Decimal:
    """A stored float as the 15 significant digits that Excel shows: 0.043499999999999997 → 0.0435."""
    return Decimal(format(value + 0.0, ".15g"))  # -0 counts as 0


def percent_text(value: float, decimals: int | None = None) -> str:
    """What a percent-formatted cell says: 0.0435 → 4.35%; half up to `decimals` (1 → 4.4%), trailing zeros dropped."""
    face = exact(value) * 100
    if decimals is not None:
        face = face.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    shown = format(face, "f")
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


def number(text: str, measures: tuple[str, ...] = ()) -> Decimal:
    """A plain number; one of `measures` may follow it. Raises V012."""
    bare = compact(text)
    tail = next((m for m in _longest_first(measures) if bare.endswith(m)), "")
    found = _NUMBER.fullmatch(bare.removesuffix(tail))
    if found is None or found[2] == "%":
        raise _no_number(text, bare)
    return _decimal(found[1]) * _SCALES[found[2] or ""]


def whole(text: str, measures: tuple[str, ...] = ()) -> int:
    """A whole number, also as an ordinal (第2, 第二). Raises V012; ValueError for a fraction."""
    bare = compact(text)
    spelt = None
    if bare.startswith("第"):
        bare = bare.removeprefix("第")
        tail = next((m for m in _longest_first(measures) if bare.endswith(m)), "")
        spelt = chinese_number(bare.removesuffix(tail))
    value = Decimal(spelt) if spelt is not None else number(bare, measures)
    if value != value.to_integral_value():
        raise ValueError(text)
    return int(value)


class _Parts(NamedTuple):
    """A cell parted: the number's text, the 万 or 亿 that 量词 carries, and whether the whole 量词 was repeated."""

    body: str
    scale: str
    repeated: bool


@lru_cache(maxsize=_REMEMBERED)
def quantity(text: str, measures: tuple[str, ...] = ()) -> Quantity:
    """A number as reported. `measures` are the 量词 it is counted in; the first may carry 万 or 亿 (亿元).

    Raises V012 to V016 for what is no number, or contradicts its 量词.
    """
    bare = compact(text)
    parts = _part(text, bare, measures)
    found = _NUMBER.fullmatch(parts.body)
    if found is None:
        return _reported(text, parts, measures) or _give_up(text, bare, measures)
    digits, unit = found[1], found[2] or ""
    percent = _is_percent(text, unit, measures)
    scale = _one_scale(text, "" if percent else unit, parts, measures)
    decimals = len(digits.partition(".")[2])
    return Quantity(_decimal(digits) * _SCALES[scale], scale, percent, "", decimals)


def stored(value: float, measures: tuple[str, ...] = ()) -> Quantity:
    """The Quantity of a cell that holds a number, not text."""
    return next(all_stored((value,), measures))[1]


def all_stored(values: Iterable[float], measures: tuple[str, ...]) -> Iterator[tuple[float, Quantity]]:
    """Each of the numbers with its Quantity, as `stored`."""
    own, scale = _own(measures)
    factor, percent = _SCALES[scale], own == "%"
    for value in values:
        typed = format(value + 0.0, ".15g")
        digits = Decimal(typed)
        if "e" in typed:
            typed = format(digits, "f")
        decimals = len(typed.partition(".")[2])
        yield value, Quantity(digits * factor if scale else digits, scale, percent, "", decimals)


def _part(text: str, bare: str, measures: tuple[str, ...]) -> _Parts:
    own, scale = _own(measures)
    for measure in _longest_first(measures):
        if bare.endswith(measure) and bare != measure:
            return _Parts(bare.removesuffix(measure), scale, True)
    rest = own.removeprefix(scale)
    if scale and rest and bare.endswith(rest):
        body = bare.removesuffix(rest)
        if not body.endswith(scale):
            raise FaultError(codes.SCALE_CONFLICT, text=text, measure=own, scale=scale)
        return _Parts(body, scale, False)
    return _Parts(bare, scale, False)


@lru_cache(maxsize=256)
def _own(measures: tuple[str, ...]) -> tuple[str, str]:
    """The first 量词 as compared, and the 万, 亿 or 万亿 it begins with."""
    own = compact(measures[0]) if measures else ""
    return own, next((scale for scale in _SCALES if scale and own.startswith(scale)), "")


@lru_cache(maxsize=256)
def _longest_first(measures: tuple[str, ...]) -> list[str]:
    return sorted((compact(measure) for measure in measures if measure), key=len, reverse=True)


def _is_percent(text: str, unit: str, measures: tuple[str, ...]) -> bool:
    measure, _ = _own(measures)
    if unit == "%" and measure not in ("", "%"):
        raise FaultError(codes.PERCENT_CONFLICT, text=text, measure=measure)
    return "%" in (unit, measure)


def _one_scale(text: str, typed: str, parts: _Parts, measures: tuple[str, ...]) -> str:
    """The 万 or 亿 that counts: typed in the cell, or standing in 量词, never both times over."""
    if not parts.scale:
        return typed
    if typed and (parts.repeated or typed != parts.scale):
        raise FaultError(codes.SCALE_CONFLICT, text=text, measure=_own(measures)[0], scale=parts.scale)
    return parts.scale


def _reported(text: str, parts: _Parts, measures: tuple[str, ...]) -> Quantity | None:
    """概数 as typed, without 量词 and without the 万 that 量词 repeats."""
    found = _REPORTED.fullmatch(parts.body)
    if found is None or not _is_approximate(found):
        return None
    digits = found["number"]
    unit = found["scale"] or ""
    percent = _is_percent(text, unit, measures)
    typed = "" if percent else unit
    scale = _one_scale(text, typed, parts, measures)
    shown = parts.body
    if typed and parts.scale:
        if found["late"] or found["about"]:
            raise FaultError(codes.SCALE_CONFLICT, text=text, measure=_own(measures)[0], scale=parts.scale)
        shown = shown.removesuffix(typed)
    spelt = chinese_number(digits.replace("数", "").replace("几", "") or "一")
    value = _decimal(digits) if digits[0].isdecimal() else Decimal(spelt or 1)
    return Quantity(value * _SCALES[scale], scale, percent, shown)


def _is_approximate(found: re.Match[str]) -> bool:
    """True when a word says so: before, after, or 数/几 in the number; 上 goes with a bare weight only (上万)."""
    digits = found["number"]
    if not digits[0].isdecimal() and not set(digits) & {"数", "几"} and chinese_number(digits) is None:
        return False
    if found["before"] == "上":
        return digits[0] in "数十百千万亿"
    words = (found["before"], found["after"], found["late"], found["about"])
    return any(words) or bool(set(digits) & {"数", "几"})


def _give_up(text: str, bare: str, measures: tuple[str, ...]) -> Quantity:
    measure, _ = _own(measures)
    if _RANGE.fullmatch(bare):
        raise FaultError(codes.RANGE_TYPED, text=text)
    words = _NUMBER_AND_WORDS.fullmatch(bare)
    if words and words[2] not in _SCALES and not _NUMBER.fullmatch(bare.translate(_LETTERS)):
        reason = f"与量词「{measure}」不符" if measure else "不是数的一部分"
        raise FaultError(codes.STRANGE_MEASURE, text=text, tail=words[2], reason=reason)
    raise _no_number(text, bare)


def _no_number(text: str, bare: str) -> FaultError:
    """The fault, with what the text says in digits for an example."""
    if bare.casefold() in _NOTHING:
        return FaultError(codes.NO_NUMBER_YET, text=text)
    spelt = chinese_number(bare)
    inside = _NUMBER_INSIDE.search(bare.removeprefix("百分之").translate(_LETTERS))
    example = str(spelt) if spelt is not None else _in_digits(inside[0]) if inside else "12"
    return FaultError(codes.NOT_A_NUMBER, text=text, example=example)


def _in_digits(number: str) -> str:
    return number.replace(",", "") if number[0].isdecimal() else str(chinese_number(number))


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def chinese_number(text: str) -> int | None:
    """两千三百 → 2300, 一百二 → 120 (as spoken), 十 → 10, 万 → 10000; None for anything else."""
    if not text or any(character not in _CHINESE for character in text):
        return None
    total = section = digit = 0
    weight = 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            weight = weight if digit else 1
            continue
        weight = _WEIGHTS.get(character) or _MYRIADS[character]
        if character in _WEIGHTS:
            section += (digit or 1) * weight
        elif character == "万":
            total += (section + digit or 1) * weight
        else:
            total = (total + section + digit or 1) * weight
        section = 0 if character in _MYRIADS else section
        digit = 0
    spoken_short = digit and weight > 10
    return total + section + (digit * weight // 10 if spoken_short else digit)
