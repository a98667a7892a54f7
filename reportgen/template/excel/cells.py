"""Values as cells: the type a value takes in a sheet and the SpreadsheetML that holds it (ECMA-376-1 §18.3.1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil, isfinite

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import excel as codes
from reportgen.template.values import cited, plain_text

MAX_TEXT = 32_767  # characters in a cell

# Characters that XML 1.0 or a cell cannot hold, those with a meaning in XML, and what looks like Excel's own escape.
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FALSE_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_EPOCH = datetime(1899, 12, 30)
_MOVED_EPOCH = datetime(1904, 1, 1)
_FIRST_SURE_DATE = datetime(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
MAX_EXPONENT = 308  # Excel's numbers are smaller than 1E308
_NO_NUMBER = "“算不出的数”或“无穷大”"
LOST_DIGITS = 10**15  # a double holds 15 digits
_CJK = 0x2010  # from here on: curly quotes, dashes, Chinese punctuation and characters
WIDE = 2.1


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A cell that opens something: `target` is a file's path or an address, `location` a place in it (指标!E12).

    A path is written as the system has it, nothing escaped (..\\数据#1.xlsx), and is relative to the finished workbook;
    an empty one, with a location, stays in the workbook. The place may also follow the target behind a #. `text` is
    what is printed, any value a cell can hold; `tip` is shown when the mouse rests on it.
    """

    target: str
    text: object
    tip: str = ""
    location: str = ""

    def __str__(self) -> str:
        return plain_text(self.text)


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that calculates. `text` is the formula (a leading = may be left out).

    Its references are those of the template: they are re-aimed as if the formula stood in the template's cell.
    `value` is shown by viewers that do not calculate when the formula cannot be computed here.
    """

    text: str
    value: object = None

    def __str__(self) -> str:
        return plain_text(self.value)


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a cell: `kind` is n, b, e, d (a date as a number), s (text) or empty; `text` is not escaped."""

    kind: str
    text: str = ""


EMPTY = Content("")


def content(value: object, date1904: bool = False) -> Content:
    """The typed content of a value; what has no type of its own in a sheet is its text."""
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    if isinstance(value, (date, time, timedelta)):
        return _moment(value, date1904)
    for kind, writer in _WRITERS.items():
        if isinstance(value, kind):
            return writer(value)
    return Content("s", plain_text(value))


def unwrapped(value: object) -> object:
    """The value that an object with `__cell__` puts into a cell."""
    for _ in range(4):
        own = getattr(type(value), "__cell__", None)
        if own is None:
            break
        value = own(value)
    return value


def _whole(value: object) -> Content:
    number = int(value)  # type: ignore[call-overload]
    # A double holds 15 digits: a longer number is an identifier and must not lose its last ones.
    return Content("n" if -LOST_DIGITS < number < LOST_DIGITS else "s", str(number))


def _float(value: object) -> Content:
    number = float(value)  # type: ignore[arg-type]
    if not isfinite(number):
        raise FaultError(codes.NUMBER_NOT_HELD, number=_NO_NUMBER)
    return Content("n", repr(number))


def _decimal(value: object) -> Content:
    assert isinstance(value, Decimal)
    if value.adjusted() >= MAX_EXPONENT or not value.is_finite():
        raise FaultError(codes.NUMBER_NOT_HELD, number=cited(value) if value.is_finite() else _NO_NUMBER)
    return Content("n", str(value))


def _moment(value: date | time | timedelta, date1904: bool) -> Content:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, timedelta):
        return Content("d", repr(value / timedelta(days=1)))
    plain = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if plain < (_MOVED_EPOCH if date1904 else _FIRST_SURE_DATE):
        return Content("s", str(value))
    days = (plain - (_MOVED_EPOCH if date1904 else _EPOCH)) / timedelta(days=1)
    return Content("d", str(int(days)) if days == int(days) else repr(days))


_WRITERS: dict[type, Callable[[object], Content]] = {
    str: lambda value: Content("s", str(value)),
    bool: lambda value: Content("b", "1" if value else "0"),
    int: _whole,
    float: _float,
    Decimal: _decimal,
    type(None): lambda _: EMPTY,
}


def escaped(text: str) -> str:
    """Text as a cell's XML holds it: line breaks as \\n, characters a file cannot hold dropped."""
    if _SPECIAL.search(text) is None:
        return text
    text = _FALSE_ESCAPE.sub("_x005F_x", held(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def held(text: str) -> str:
    """Text as a reader of the cell sees it: line breaks as \\n, without what a file cannot hold."""
    return _DROPPED.sub("", _BREAKS.sub("\n", text))


def attribute(text: str) -> str:
    """Text as an attribute's value."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;")


def text_element(text: str) -> str:
    """The t element of a text."""
    body = escaped(text)
    keep = ' xml:space="preserve"' if body != body.strip() or "\n" in body else ""
    return f"<t{keep}>{body}</t>"


def rich_text(pieces: Sequence[tuple[str, str]]) -> str:
    """The runs of (run properties as XML, text) pieces."""
    return "".join(f"<r>{properties}{text_element(text)}</r>" for properties, text in pieces if text)


def wrapped_lines(text: str, width: float) -> int:
    """The lines a text takes in a cell `width` digits wide; a Chinese character is as wide as two."""
    return sum(max(ceil(_width(line) / width), 1) for line in text.split("\n"))


def _width(line: str) -> float:
    wide = 0 if line.isascii() else sum(map(_CJK.__le__, map(ord, line)))
    return wide * WIDE + (len(line) - wide)


def number_cell(kind: str, text: str) -> str:
    """What follows the address and style of a cell that holds no text: its type and value."""
    if kind == "n":
        return f"><v>{text}</v></c>"
    return f' t="{kind}"><v>{text}</v></c>' if kind else "/>"


def formula_value(value: Content) -> tuple[str, str]:
    """What a formula's cell says of its value: the attribute of its type, and the element that holds it."""
    if not value.kind:
        return "", ""
    kind = f' t="{value.kind}"' if value.kind != "n" else ""
    return kind, f"<v>{escaped(value.text)}</v>"


_UNSAFE = re.compile(r'[\s"<>\[\]^`{}|]')
_UNSAFE_IN_PATH = re.compile(rf"{_UNSAFE.pattern}|[%#?]")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
# A place behind a path: #指标!E12, #'一 表'!A1:B2. Any other # belongs to the file's name.
_PLACE = re.compile(r"(?P<path>.*)#(?P<place>(?:'(?:[^']|'')+'|[^'!#]+)!\$?[A-Za-z]+\$?\d+(?::\$?[A-Za-z]+\$?\d+)?)")


def link_parts(target: str, location: str = "") -> tuple[str, str]:
    """(address of a relationship, place within it) of a link; the address is empty for a place in the same workbook.

    An address (https:, mailto:, file:) is taken as encoded already; a path becomes a URI (RFC 3986): slashes for
    backslashes, and what would mean something else there (# % ?) percent-encoded.
    """
    if _SCHEME.match(target):
        address, _, place = (target, "", location) if location else target.partition("#")
        return _encoded(_UNSAFE, address), place
    if target.startswith("#") and not location:
        return "", target[1:]
    found = None if location else _PLACE.fullmatch(target)
    path, place = (found["path"], found["place"]) if found else (target, location)
    path = _encoded(_UNSAFE_IN_PATH, path.replace("\\", "/"))
    if _DRIVE.match(path):
        path = "file:///" + path
    elif path.startswith("//"):
        path = "file:" + path
    return path, place


def _encoded(unsafe: re.Pattern[str], text: str) -> str:
    return unsafe.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
