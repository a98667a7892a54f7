"""Rows of 内容 as printed paragraphs, as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.compose.prose import Prose
from reportgen.model.figure import Text
from reportgen.model.issue import Paragraph
from reportgen.model.records import ContentRow, Indicator, PictureRow, Record
from reportgen.model.view import View

_END_MARKS = "。；，、！？"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Turns prose rows into paragraphs; `indicators` and `pictures` are the rows by number."""

    prose: Prose
    indicators: Mapping[str, View[Indicator]]
    pictures: Mapping[str, View[PictureRow]]

    def of_content(self, row: ContentRow) -> tuple[Paragraph, ...]:
        """The paragraphs of one cell: each line of 正文 is one; 领句 opens the first, 图片 follow the last."""
        lines = self.prose.text(row, "text").lines()
        lead = self.prose.text(row, "lead")
        last = len(lines) - 1
        return tuple(
            Paragraph(
                text=line,
                lead=lead if number == 0 else Text(),
                cell=row.origin.cell("text"),
                unit=row.unit,
                pictures=self._pictures(row) if number == last else (),
                indicators=self._named(Text.of(lead, line) if number == 0 else line),
            )
            for number, line in enumerate(lines)
        )

    def written(self, text: Text, unit: str) -> Paragraph:
        """A paragraph made from data rows."""
        return Paragraph(text, unit=unit, indicators=self._named(text))

    def clause(self, row: Record, field: str) -> Text:
        """A prose cell as part of a sentence: one line, its closing mark dropped."""
        lines = self.prose.text(row, field).lines()
        pieces = list(Text.of(*lines).pieces)
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].rstrip(_END_MARKS)
        return Text.of(*pieces)

    def _pictures(self, row: ContentRow) -> tuple[View[PictureRow], ...]:
        return tuple(self.pictures[number] for number in row.pictures if number in self.pictures)

    def _named(self, text: Text) -> tuple[View[Indicator], ...]:
        keys = dict.fromkeys(cell.key for figure in text.figures for cell in figure.sources if cell.sheet == "指标")
        return tuple(self.indicators[key] for key in keys if key in self.indicators)
