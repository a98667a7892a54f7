"""How a quantity is written: digits or characters with 万/亿, 概数 words, %, 成, 倍, 分之, and the range of two.

This module reads what is written; whether a numeral in characters counts anything is for context.py to say.
All texts are half-width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.proof.recognition.lexicon.measures import UNIT_AFTER_CHARACTERS, UNIT_AFTER_DIGITS
from reportgen.proof.recognition.number import NumberKind
from reportgen.proof.recognition.values import Span, arabic, decimals, is_bare, scale_of, single, spelt

NUMERALS = "零〇一二两三四五六七八九十百千万亿廿卅"
_SCALE = r"万亿|[十百千]万|[百千万]?亿|万|[百千](?![瓦米克伏卡帕])"
_ARABIC = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    rf"(?P<more>\s?[多余几](?!元化|样|维|媒|层次)|来(?=[个名家位户人项次条场万亿]))?"
    rf"(?P<scale>\s?(?:{_SCALE}))?(?P<late>[多余](?!元化|样|维))?(?P<sign>\s?[%‰])?"
)
_CHARACTERS = re.compile(
    rf"(?P<run>[{NUMERALS}]+)(?:点(?P<decimals>[零〇一二三四五六七八九]+)(?P<scale>[万亿]*))?"
    rf"(?P<more>[多余](?!元化|样|维|额)|几(?=[万亿个名家位户人项次条场年天亩元])|来(?=[个名家位户人项次条场万亿年天亩元]))?"
    rf"(?P<late>(?<=[多余几来])[万亿]+)?"
)
_PARTS_OF = re.compile(rf"(?P<whole>[{NUMERALS}]+)分之")
_PER = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_SLASH = re.compile(r"(?P<part>\d{1,3})/(?P<whole>\d{1,4})(?![\d/月])")
_RATIO = re.compile(r"(?P<one>\d+(?:\.\d+)?)[:比](?P<other>\d+(?:\.\d+)?)")
_TIMES = re.compile(r"(?P<count>[一两二三四五]|\d)番")
_HALF = re.compile("一半")
_TENTHS = re.compile(r"成(?![立功为果效长绩就熟员型本都人语份分品套批百千册倍交因色片了])")
_AFTER_TENTHS = re.compile(
    "(?P<late>[多余])|半|(?P<part>[一二三四五六七八九])(?=[，。；、的以左]|$)(?!、[一二三四五六七八九]成)"
)
_TO = re.compile(r"\s?(?:至|到|[-—–―~]{1,2})\s?")
# 万千瓦 is a unit of ten thousand 千瓦: what looks like a scale belongs to the unit.
_KILO = re.compile("千[瓦米克伏卡帕]")
# A numeral before which a word makes one of a bare weight: 上百, 近千, 数十, 几百万.
PREFIXES = "上近超逾过破数几"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written. `run` is its numeral in characters, empty for digits; `unit` what stands after it."""

    start: int
    end: int
    value: Span
    kind: NumberKind = NumberKind.COUNT
    vague: str = ""
    unit: str = ""
    run: str = ""

    @property
    def is_bare(self) -> bool:
        """百, 千万: weights alone."""
        return bool(self.run) and is_bare(self.run)


def quantity_at(text: str, start: int) -> Quantity | None:
    """The quantity whose first numeral stands at `start`, ranges joined; None when none is well formed."""
    first = _single_at(text, start)
    if first is None or first.kind in (NumberKind.RATIO, NumberKind.FRACTION):
        return first
    return _joined(text, first) or first


def _single_at(text: str, start: int) -> Quantity | None:
    if text[start].isdigit():
        return _special(text, start) or _of_digits(text, start)
    return _special(text, start) or _of_characters(text, start)


def _special(text: str, start: int) -> Quantity | None:
    """Half, parts of a whole, ratios, 翻番: forms that are no plain numeral."""
    if half := _HALF.match(text, start):
        return Quantity(start, half.end(), single(Decimal("0.5")), NumberKind.FRACTION)
    if text[start - 1 : start] in ("翻", "了", "近") and (times := _TIMES.match(text, start)):
        return _doubled(text, start, times)
    if parts := _PARTS_OF.match(text, start):
        return _parts(text, start, parts)
    if slash := _SLASH.match(text, start):
        part, whole = Decimal(slash["part"]), Decimal(slash["whole"])
        return Quantity(start, slash.end(), single(part / whole), NumberKind.FRACTION) if part < whole else None
    if (ratio := _RATIO.match(text, start)) and Decimal(ratio["other"]):
        return Quantity(start, ratio.end(), single(Decimal(ratio["one"]) / Decimal(ratio["other"])), NumberKind.RATIO)
    return None


def _doubled(text: str, start: int, times: re.Match[str]) -> Quantity | None:
    head = re.search("翻了?近?$", text[max(0, start - 3) : start])
    count = arabic(times["count"]) if times["count"].isdigit() else (spelt(times["count"]) or single(0)).low
    if head is None:
        return None
    return Quantity(start - len(head[0]), times.end(), single(2**count), NumberKind.MULTIPLE, run=times["count"])


def _parts(text: str, start: int, parts: re.Match[str]) -> Quantity | None:
    """百分之四点三, 千分之五, 三分之二, 百分之30."""
    count = _plain_at(text, parts.end())
    whole = spelt(parts["whole"])
    if count is None or whole is None or not whole.low:
        return None
    if parts["whole"] in _PER:
        value, kind = count.value.times(_PER[parts["whole"]]), NumberKind.PERCENT
    else:
        value, kind = Span(count.value.low / whole.low, count.value.high / whole.low), NumberKind.FRACTION
    return Quantity(start, count.end, value, kind, count.vague, run=parts["whole"])


def _plain_at(text: str, start: int) -> Quantity | None:
    if not text[start : start + 1]:
        return None
    return _of_digits(text, start) if text[start].isdigit() else _of_characters(text, start, plain=True)


def _of_digits(text: str, start: int) -> Quantity | None:
    found = _ARABIC.match(text, start)
    if found is None:
        return None
    scale = (found["scale"] or "").strip()
    value = single(arabic(found["digits"]) * scale_of(scale))
    vague = (found["more"] or found["late"] or "").strip()
    if found["sign"]:
        value = value.times(Decimal("0.1")) if found["sign"].strip() == "‰" else value
        return Quantity(start, found.end(), value, NumberKind.PERCENT, vague)
    return _with_unit(text, Quantity(start, found.end(), value, vague=vague))


def _of_characters(text: str, start: int, plain: bool = False) -> Quantity | None:
    found = _CHARACTERS.match(text, start)
    if found is None:
        return None
    run, end = found["run"], found.end()
    numeral = found[0] if found["decimals"] else run
    if _KILO.match(text, found.end("run") - 1) and len(run) > 1 and spelt(run) is None:
        run, end = run[:-1], found.end("run") - 1
        found = None
    value = single(0) if run == "零" and found and found["decimals"] else spelt(run)
    if value is None:
        return None
    vague = ""
    if found is not None:
        if found["decimals"]:
            value = single(Decimal(f"{value.low}.{decimals(found['decimals'])}") * scale_of(found["scale"]))
        vague = found["more"] or ""
        value = value.times(scale_of(found["late"] or ""))
    quantity = Quantity(start, end, value, vague=vague, run=numeral if found else run)
    return quantity if plain else _with_unit(text, quantity)


def _with_unit(text: str, quantity: Quantity) -> Quantity:
    """With 成, 倍 or the measure word behind it."""
    end = quantity.end
    if _TENTHS.match(text, end) and quantity.value.high <= 10:
        return _tenths(text, quantity)
    if text.startswith("倍", end):
        late = "多" if text.startswith("倍多", end) else ""
        return replace(quantity, end=end + 1 + len(late), kind=NumberKind.MULTIPLE, vague=quantity.vague or late)
    unit = unit_at(text, end, bool(quantity.run))
    points = unit.endswith("百分点")
    return replace(quantity, unit=unit, kind=NumberKind.POINTS if points else quantity.kind)


def _tenths(text: str, quantity: Quantity) -> Quantity:
    """三成 → 30, 六成多, 九成半 → 95, 八成五 → 85."""
    end = quantity.end + 1
    more = _AFTER_TENTHS.match(text, end)
    value = quantity.value.times(10)
    late = ""
    if more is not None:
        end, late = more.end(), more["late"] or ""
        part = 5 if more[0] == "半" else int((spelt(more["part"]) or single(0)).low) if more["part"] else 0
        value = Span(value.low + part, value.high + part)
    return replace(quantity, end=end, value=value, kind=NumberKind.TENTHS, vague=quantity.vague or late)


def unit_at(text: str, start: int, after_characters: bool) -> str:
    if text.startswith(" ", start):
        start += 1
    found = (UNIT_AFTER_CHARACTERS if after_characters else UNIT_AFTER_DIGITS).match(text, start)
    return found[0] if found else ""


def _joined(text: str, first: Quantity) -> Quantity | None:
    """The range that begins with `first`: 300—500, 13万元～17万元, 三至五, 百分之三至百分之五."""
    separator = _TO.match(text, first.end) or (_TO.match(text, first.end + len(first.unit)) if first.unit else None)
    if separator is None or separator.end() >= len(text) or first.value.low != first.value.high:
        return None
    if not (text[separator.end()].isdigit() or text[separator.end()] in NUMERALS):
        return None
    second = _single_at(text, separator.end())
    if second is None or bool(first.run) != bool(second.run):
        return None
    repeated = separator.start() > first.end
    if repeated and (not second.unit.startswith(first.unit) or _is_change(text, first, separator)):
        return None
    return _range(first, second, repeated)


def _is_change(text: str, first: Quantity, separator: re.Match[str]) -> bool:
    """从5个到8个 tells two numbers, not one range."""
    before = text[max(0, first.start - 6) : first.start]
    return separator[0].strip() in ("至", "到") and ("从" in before or before.endswith("由"))


def _range(first: Quantity, second: Quantity, repeated: bool) -> Quantity | None:
    low = first.value
    kinds = {first.kind, second.kind}
    if first.kind is not second.kind:
        if first.kind is NumberKind.PERCENT and second.kind is NumberKind.COUNT and first.run:
            second = replace(second, kind=first.kind, value=second.value)  # 百分之三至五
        elif first.kind is not NumberKind.COUNT or not second.unit.startswith(first.unit):
            return None
    if second.kind is NumberKind.TENTHS and NumberKind.COUNT in kinds:
        low = low.times(10)
    elif second.kind is NumberKind.COUNT and not repeated:
        low = _same_scale(low, second.value)
    if low.high > second.value.low or (second.value.low != second.value.high and second.run):
        return None
    return replace(second, start=first.start, value=Span(low.low, second.value.high), run=first.run)


def _same_scale(low: Span, high: Span) -> Span:
    """3—5万 begins at 30000; 9000—1.2万 at 9000."""
    for factor in (10**8, 10**4):
        if high.low >= factor and low.high * factor <= high.low and low.high < 10**4:
            return low.times(factor)
    return low
