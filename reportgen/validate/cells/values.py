"""Cell → text, date, list, yes/no or choice: one small function per kind of column that is not a number."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from reportgen.diagnostics import FaultError, nearest
from reportgen.diagnostics.catalogue.validate import cells as codes
from reportgen.model.cells import CellValue, cell_text
from reportgen.model.records import Precision, When
from reportgen.validate.cells.numbers import compact, exact

_LINE_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
_LIST_SEPARATORS = re.compile(r"[、，,；;\n\v\f\r\x85\u2028\u2029]")
_YES = frozenset({"是", "√", "✓", "✔", "☑", "y", "yes", "1", "true", "有"})
_NO = frozenset({"否", "×", "✗", "✘", "☒", "x", "n", "no", "0", "false", "无"})
# Days that Excel counts from 1899-12-30; the range is 1982 to 2064, where no number of anything else is a date.
_EPOCH, _SERIALS = date(1899, 12, 30), range(30000, 60000)
_YEARS = range(1900, 2200)

_Y, _M, _D = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_Y}(?P<sep>[-./]){_M}(?P=sep){_D}(?:T?00:00(?::00)?)?",
        rf"{_Y}年{_M}月{_D}[日号]",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        rf"{_Y}年{_M}月",
        rf"{_Y}[-./]{_M}",
        rf"{_Y}年第?(?P<q>[一二三四1-4])季度",
        rf"{_Y}年?",
        rf"{_M}月{_D}[日号]",
        rf"{_M}月",
    )
)


def text(value: CellValue) -> str:
    """A cell as words: trimmed, without the characters nobody sees or meant; line breaks stay."""
    if not isinstance(value, str):
        return spoken_date(value) if isinstance(value, date) else cell_text(value)
    if value.isprintable():
        return value.strip()
    return "".join(character for character in value if _is_meant(character)).strip()


def _is_meant(character: str) -> bool:
    if character in _LINE_BREAKS:
        return True
    return unicodedata.category(character) != "Cc" and character not in "\u200b\ufeff\u2060"


def spoken_date(value: date) -> str:
    """2025年3月11日."""
    return f"{value.year}年{value.month}月{value.day}日"


def identifier(value: CellValue) -> str:
    """A number or code: full-width letters and digits count as the ASCII ones (Ｚ００１ is Z001)."""
    return unicodedata.normalize("NFKC", text(value))


def listed(value: CellValue) -> tuple[str, ...]:
    """The parts between 、 ， , ； ; and line breaks, trimmed, blanks dropped, each once."""
    parts = (part.strip() for part in _LIST_SEPARATORS.split(text(value)))
    return tuple(dict.fromkeys(part for part in parts if part))


def yes_no(value: CellValue, default: str) -> bool:
    """是 √ ✓ Y 1 … or 否 × N 0 …. Raises V021."""
    word = compact(cell_text(value)).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise FaultError(codes.NOT_YES_NO, text=cell_text(value), default=default or "是")


def choice(value: CellValue, choices: Sequence[str], header: str) -> str:
    """The member of `choices` (plain words or an enumeration's) that was typed, full-width forms aside. Raises V022."""
    word = compact(cell_text(value))
    if word in choices:
        return choices[choices.index(word)]
    near = nearest(word, choices, 2)
    # Two that are equally near are a guess (文尾: 文前 or 文末).
    meant = f"是不是“{near[0]}”？" if len(near) == 1 else ""
    raise FaultError(codes.NOT_A_CHOICE, text=cell_text(value), column=header, choices="、".join(choices), near=meant)


def when(value: CellValue, year: int | None) -> When:
    """A date, month, quarter or year; `year` completes 3月11日. Raises V018, V019, V020, V033."""
    if isinstance(value, datetime):
        return day(value.date())
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (time, timedelta, bool)):
        raise FaultError(codes.NOT_A_DATE, text=cell_text(value))
    if isinstance(value, (int, float)):
        return _from_number(value)
    return _from_text(cell_text(value), year)


@lru_cache(maxsize=1024)
def day(value: date) -> When:
    """One day, known as such."""
    return When(value, value)


def _from_number(value: float) -> When:
    """2025 is a year and 20250311 a day; 45727 is a date nobody sees, 2025.1 could be January or October."""
    typed = format(exact(value), "f")
    if value in _SERIALS:
        seen = spoken_date(_EPOCH + timedelta(days=int(value)))
        raise FaultError(codes.SERIAL_DATE, text=typed, date=seen)
    if value != int(value) or (value < 1e7 and value not in _YEARS):
        raise FaultError(codes.NOT_A_DATE, text=typed)
    return _from_text(str(int(value)), None)


def _from_text(typed: str, year: int | None) -> When:
    bare = compact(typed)
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(bare))), None)
    if found is None:
        raise FaultError(codes.NOT_A_DATE, text=typed)
    parts = found.groupdict()
    if parts.get("y") is None and year is None:
        raise FaultError(codes.YEAR_UNKNOWN, text=typed)
    try:
        return _span(int(parts.get("y") or year or 0), parts)
    except ValueError:
        raise FaultError(codes.NO_SUCH_DAY, text=typed) from None


def _span(year: int, parts: dict[str, str]) -> When:
    """The first and last day of what was typed. Raises ValueError for 30 February and the like."""
    if parts.get("d"):
        return day(date(year, int(parts["m"]), int(parts["d"])))
    if parts.get("m"):
        return _months(year, int(parts["m"]), 1, Precision.MONTH)
    if quarter := parts.get("q"):
        number = _QUARTERS.get(quarter) or int(quarter)
        return _months(year, 3 * number - 2, 3, Precision.QUARTER)
    if year not in _YEARS:
        raise ValueError(year)
    return _months(year, 1, 12, Precision.YEAR)


def _months(year: int, first: int, count: int, precision: Precision) -> When:
    last = first + count - 1
    return When(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), precision)
