"""The rows of a sheet while they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from reportgen.template.excel.filling.batches.batch import Batch
from reportgen.template.excel.filling.batches.strips import Strip
from reportgen.template.excel.filling.filled.rows import SLOT, RowText, new_file
from reportgen.template.excel.filling.filled.sheet import Filled, FormulaSlot, RowStart
from reportgen.template.excel.formulas.rows import Copy

_JOIN_AT = 4_000


class Paper:
    """Takes text, and hands whole rows on to the sheet that is being filled, their own formulas computed.

    `left` closes their file. When it does not compute, the rows are good for nothing but their length.
    """

    def __init__(self, left: ExitStack, date1904: bool, computes: bool) -> None:
        self._date1904, self._computes = date1904, computes
        self._file = left.enter_context(new_file())
        self._pending: list[str | RowStart] = []
        self._strips: dict[Batch, Strip] = {}
        self._filled: Filled | None = None

    def turn_to(self, copy: Copy) -> Filled:
        """A sheet begins; rows of one that was broken off are dropped."""
        self._pending, self._strips = [], {}
        self._filled = Filled(copy, RowText(self._file))
        return self._filled

    def put(self, text: str | RowStart) -> None:
        self._pending.append(text)

    def slot(self, slot: FormulaSlot) -> None:
        assert self._filled is not None
        self._pending.append(SLOT)
        self._filled.slots.append(slot)

    def row(self, row: int, text: str, batch: Batch, values: Sequence[object]) -> None:
        """A whole row of a batch."""
        if batch.own and self._computes:
            if batch not in self._strips:
                self._strips[batch] = Strip(batch, self._date1904)
            self._strips[batch].add(len(self._pending), row, values)
        self._pending.append(text)
        if batch.formulas:
            assert self._filled is not None
            self._filled.slots += [FormulaSlot(formula, row) for formula in batch.formulas]

    def end_row(self) -> None:
        """No row is begun: what was printed may go."""
        if len(self._pending) > _JOIN_AT:
            self.flush()

    def flush(self) -> None:
        """Hands on all rows."""
        assert self._filled is not None
        for strip in self._strips.values():
            self._filled.uncomputed += strip.fill(self._pending)
        self._filled.text.add("".join([piece if isinstance(piece, str) else piece.text for piece in self._pending]))
        self._pending = []
