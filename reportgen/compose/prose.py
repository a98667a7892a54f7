"""Prose cells: every `{{ }}` resolved once, into Text whose figures keep their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from reportgen.diagnostics import Diagnostic, FaultError
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.figures import CellNames, CellText, Dated, Words
from reportgen.model.cells import CellRef
from reportgen.model.figure import Status, Text
from reportgen.model.records import Dataset, Quote, Record
from reportgen.model.schema import INDICATORS, prose_columns
from reportgen.template import TemplateError, TextTemplate, suspicious

Cell = tuple[str, int, str]
_VALUE = INDICATORS.column("value").header


class Prose:
    """Resolves prose cells against the names of a Vocabulary; each cell once, faults collected."""

    def __init__(self, names: Mapping[str, object], words: Words):
        self._names = names
        self._words = words
        self._texts: dict[Cell, Text] = {}
        self._open: list[CellRef] = []
        self._blanks: dict[CellRef, dict[CellRef, None]] = {}  # prose cell → the blank cells that it prints
        self._faults: list[Diagnostic] = []
        self._named: dict[str, CellRef] = {}
        self._quoted: set[str] = set()
        self._no_values = False  # 指标 has no column 值

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return tuple(self._faults)

    @property
    def used(self) -> frozenset[str]:
        """Every name that resolved prose reads."""
        return frozenset(self._named)

    @property
    def named(self) -> Mapping[str, CellRef]:
        """Every name that prose reads → the first cell that does."""
        return self._named

    @property
    def quoted(self) -> frozenset[str]:
        """引语号 of the quotations that prose prints."""
        return frozenset(self._quoted)

    def text(self, record: Record, field: str) -> Text:
        """The resolved text of one prose cell; empty when it is blank or faulty (the fault is in `faults`).

        Raises FaultError when asked for from within another prose cell, save for a quotation.
        """
        cell = record.origin.cell(field)
        key = (cell.sheet, cell.row, field)
        if self._open:
            self._admit(record, cell)
        if key not in self._texts:
            self._texts[key] = self._resolve(getattr(record, field), cell)
        return self._texts[key]

    def resolve_all(self, dataset: Dataset) -> None:
        """Resolves every prose cell there is, so that all faults are known at once."""
        self._no_values = bool(dataset.indicators) and not dataset.indicators[0].origin.has("value")
        for records in _sheets(dataset):
            fields = prose_columns(type(records[0])).values() if records else ()
            for record, field in product(records, fields):
                self.text(record, field)

    def _admit(self, record: Record, cell: CellRef) -> None:
        if not isinstance(record, Quote):
            raise FaultError(codes.PROSE_IN_PROSE, related=(cell.place(),), column=cell.column)
        self._quoted.add(record.id)
        if cell in self._open:
            circle = [*self._open[self._open.index(cell) :], cell]
            chain = " → ".join(step.label for step in circle)
            raise FaultError(codes.CIRCULAR_PROSE, related=tuple(c.place() for c in circle[:-1]), chain=chain)

    def _resolve(self, source: str, cell: CellRef) -> Text:
        if not source:
            return Text()
        self._faults.extend(suspicious(source, cell.place(), self._names.keys()))
        self._open.append(cell)
        try:
            words = self._words
            template = TextTemplate.parse(
                source, cell.place(), filters=words.filters, functions=words.functions, names=self._names
            )
            for name in template.names():
                self._named.setdefault(name, cell)
            text = Text.of(*template.evaluate(self._names, self._printed))
        except TemplateError as error:
            self._faults.extend(error.diagnostics)
            return Text()
        finally:
            self._open.pop()
        self._warn_pending(text, cell)
        self._warn_blank(cell)
        return text

    def _printed(self, value: object) -> Text:
        """A tag's value as it prints; a column of words or days that is blank is kept in mind."""
        if isinstance(value, (CellText, CellNames, Dated)) and not value:
            self._blanks.setdefault(self._open[-1], {})[value.cell] = None
        return Text.of(value)

    def _warn_blank(self, cell: CellRef) -> None:
        """A blank number prints 【待填】; blank words leave a hole that nothing shows."""
        for blank in self._blanks.pop(cell, ()):
            what, where = f"的“{blank.column}”空着", blank.label
            if not blank.address:
                what, where = f"引用的一栏在“{blank.sheet}”表里没有这一列", "这一列"
            words = {"what": f"{blank.key} {what}".strip(), "where": where}
            related = (blank.place(),)
            self._faults.append(codes.BLANK_PRINTED.at(cell.place(), text=cell.text, related=related, **words))

    def _is_blank_value(self, cell: CellRef) -> bool:
        """A 值 to come, or one whose whole column is missing: that is told once, of the sheet."""
        lacking = not cell.address and cell.sheet == INDICATORS.name and self._no_values
        return not cell.text and (cell.column == _VALUE or lacking)

    def _warn_pending(self, text: Text, cell: CellRef) -> None:
        """A blank 值 has been warned of where it stands; what else is missing is known only here."""
        for figure in text.figures:
            if figure.status is Status.PENDING and not any(self._is_blank_value(cell) for cell in figure.sources):
                related = tuple(source.place() for source in figure.sources)
                warning = codes.PENDING_PRINTED.at(cell.place(), text=cell.text, related=related, printed=figure.text)
                self._faults.append(warning)


def _sheets(dataset: Dataset) -> tuple[Sequence[Record], ...]:
    """The rows of every sheet that has prose columns."""
    return (
        (dataset.masthead,),
        dataset.articles,
        dataset.sections,
        dataset.contents,
        dataset.activities,
        dataset.quotes,
        dataset.pictures,
    )
