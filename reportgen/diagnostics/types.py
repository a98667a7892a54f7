"""Diagnostic, Place and Code: the one type of fault that every stage collects and hands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How bad a fault is; the value is what JSON shows, `label` what people read."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return _LABELS[self]


# Characters from which on a quoted text is cut, and how many of them are left.
_TOO_LONG, _QUOTED = 120, 40
_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTICE: "提示"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is: a cell of a workbook, or a tag of a template. Parts that do not apply are None.

    `row` counts from 1 as Excel does; `column` is the header's text, `cell` the address (F12).
    `part` is the name users know (正文, 页眉1, 工作表“核数表”); `paragraph` counts every w:p of the part from 1;
    `table`, `table_row`, `table_column` count from 1 within the part.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    part: str | None = None
    paragraph: int | None = None
    table: int | None = None
    table_row: int | None = None
    table_column: int | None = None
    tag: str | None = None

    def label(self) -> str:
        """The place in words: 数据.xlsx › 指标 › 第12行 › 值 (F12), or 正文.docx › 正文 第12段."""
        steps = [self.file, self.sheet, f"第{self.row}行" if self.row else None, self.column]
        text = " › ".join(step for step in [*steps, self._part_label()] if step)
        if self.cell:
            text = f"{text} ({self.cell})" if text else self.cell
        return text

    def _part_label(self) -> str | None:
        if self.part is None:
            return None
        if self.table is None:
            return f"{self.part} 第{self.paragraph}段" if self.paragraph else self.part
        forms = ((self.table, "个表"), (self.table_row, "行"), (self.table_column, "列"))
        words = "".join(f"第{number}{form}" for number, form in forms if number)
        # The paragraphs are not those of the cell: they are counted through the whole part.
        whole = "全文" if self.part == "正文" else f"整个{self.part}"
        return f"{self.part} {words}" + (f"（{whole}第{self.paragraph}段）" if self.paragraph else "")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: code, severity, place, message and a way out.

    `text` is what stands at the place (the cell's text, or the words around a tag).
    """

    code: str
    severity: Severity
    place: Place
    message: str
    suggestion: str = ""
    text: str | None = None
    related: tuple[Place, ...] = field(default=())

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the catalogue: the wording of one kind of fault.

    `message` and `suggestion` are str.format templates over the keywords given to `at`;
    `meaning`, `example` and `cure` are what `reportgen explain` prints.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str
    meaning: str
    example: str
    cure: str

    def at(
        self,
        place: Place,
        *,
        text: str | None = None,
        related: tuple[Place, ...] = (),
        suggestion: str | None = None,
        **values: object,
    ) -> Diagnostic:
        """A Diagnostic of this kind at `place`; `suggestion` replaces the catalogue's when a near name is known."""
        return self.fill(place, values, text=text, related=related, suggestion=suggestion)

    def fill(
        self,
        place: Place,
        values: Mapping[str, object],
        *,
        text: str | None = None,
        related: tuple[Place, ...] = (),
        suggestion: str | None = None,
    ) -> Diagnostic:
        """As `at`, with the words of the wording in a mapping."""
        words = {"text": text, **values}
        words["text"] = _quoted(words["text"])
        advice = self.suggestion.format(**words) if suggestion is None else suggestion
        message = self.message.format(**words)
        return Diagnostic(self.code, self.severity, place, message, advice, text, related)


def _quoted(text: object) -> object:
    """What a message quotes of a cell: the beginning of a text that would fill the screen."""
    return f"{text[:_QUOTED]}…" if isinstance(text, str) and len(text) > _TOO_LONG else text


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True when at least one of them stops the build."""
    return any(item.is_error for item in diagnostics)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage gives: its value, or None when it could not be made, and every fault it found."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()


class FaultError(Exception):
    """Raised by a figure, filter or function that cannot be printed; caught where the place is known.

    The catcher turns it into a Diagnostic with `at`: the place is that of the tag or prose cell that asked,
    `related` are the cells the data came from.
    """

    def __init__(self, code: Code, *, related: tuple[Place, ...] = (), **values: object) -> None:
        super().__init__(code.code)
        self.code = code
        self.related = related
        self.values = values

    def at(self, place: Place, text: str | None = None) -> Diagnostic:
        return self.code.fill(place, self.values, text=text, related=self.related)


class GapError(FaultError):
    """A FaultError for what cannot be made because the data leaves blank what it takes, not because it is wrong: a
    template may give something instead."""
