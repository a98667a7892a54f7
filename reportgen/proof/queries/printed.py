"""What the rules look at: the issue, 核数表 of it, and the passages of the finished docx with their cells."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from reportgen.diagnostics import Diagnostic, Place
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure
from reportgen.model.issue import Issue
from reportgen.model.report import AuditRow
from reportgen.proof.document import PrintedParagraph
from reportgen.proof.recognition import Number, recognise
from reportgen.proof.standing import stand

# Parts of the docx that are read as prose. Comments, charts and diagrams are only searched for numbers.
_PROSE = ("正文", "页眉", "页脚", "脚注", "尾注")

Found = Iterator[Diagnostic]


@dataclass(frozen=True, slots=True)
class Printing:
    """A figure where it is printed, the characters [start, end) of its passage."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the docx as it reads, `cell` the prose cell it was typed in, if any. `part` and `number` are
    those of PrintedParagraph; `place` is where an editor mends it; `numbers` are all numbers of the text."""

    text: str
    part: str
    number: int
    place: Place
    cell: CellRef | None = None
    figures: tuple[Printing, ...] = ()
    numbers: tuple[Number, ...] = ()

    @classmethod
    def of(
        cls, paragraph: PrintedParagraph, cell: CellRef | None, figures: Mapping[str, Figure | None], docx: str
    ) -> Passage:
        """The passage of a paragraph; `figures` has the figure of each bookmark, `docx` is the name of the file."""
        text, part, number = paragraph.text, paragraph.part, paragraph.number
        place = cell.place() if cell else Place(file=docx, part=part, paragraph=number)
        marked = [(mark.start, mark.end, figures.get(mark.bookmark)) for mark in paragraph.marks]
        printings = tuple(Printing(start, end, figure) for start, end, figure in marked if figure is not None)
        return cls(text, part, number, place, cell, printings, recognise(text))

    def figure_at(self, start: int, end: int) -> Figure | None:
        """The figure printed at any of the characters [start, end)."""
        return next((p.figure for p in self.figures if p.start < end and start < p.end), None)

    def numbers_in(self, start: int, end: int) -> tuple[Number, ...]:
        """The numbers that stand in [start, end)."""
        first = bisect_left(self.numbers, start, key=lambda number: number.start)
        return tuple(takewhile(lambda number: number.end <= end, self.numbers[first:]))

    def around(self, start: int, end: int, width: int = 10) -> str:
        """The words around [start, end), as a message quotes them."""
        return self.text[max(0, start - width) : end + width].replace("\n", " ").strip()


@dataclass(frozen=True, slots=True)
class Printed:
    """The issue, its docx as read back and 核数表 of it; `docx` is the name of the file, `content` its bytes."""

    issue: Issue
    audit: tuple[AuditRow, ...]
    paragraphs: tuple[PrintedParagraph, ...]
    docx: str
    content: bytes
    passages: tuple[Passage, ...]

    @classmethod
    def of(
        cls,
        issue: Issue,
        audit: tuple[AuditRow, ...],
        paragraphs: Sequence[PrintedParagraph],
        docx: str,
        content: bytes,
    ) -> Printed:
        passages = tuple(_passages(issue, audit, paragraphs, docx))
        return cls(issue, audit, tuple(paragraphs), docx, content, passages)

    @property
    def body(self) -> tuple[Passage, ...]:
        """The passages of the text itself, in reading order."""
        return tuple(passage for passage in self.passages if passage.part == "正文")

    def paragraphs_of_cells(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        """Sheet and address of a cell → the paragraphs of the text that print it, or a figure of it."""
        found: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        for passage in self.body:
            cells = [cell for printing in passage.figures for cell in printing.figure.sources]
            for cell in (*cells, passage.cell):
                if cell is not None:
                    found[cell.sheet, cell.address][passage.number] = None
        return {cell: tuple(numbers) for cell, numbers in found.items()}


def _passages(
    issue: Issue, audit: Iterable[AuditRow], paragraphs: Sequence[PrintedParagraph], docx: str
) -> Iterator[Passage]:
    figures = {row.bookmark: row.figure for row in audit if row.figure is not None}
    for paragraph, standing in zip(paragraphs, stand(issue.lines, paragraphs), strict=True):
        if paragraph.part in _PROSE:
            yield Passage.of(paragraph, standing.cell, figures, docx)
