"""A filled sheet about to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.template.excel.cells import EMPTY, Content, escaped, formula_value
from reportgen.template.excel.filling.filled.rows import SLOT
from reportgen.template.excel.filling.filled.sheet import FormulaSlot
from reportgen.template.excel.writing.lists import Placed

_SLOT = SLOT.encode()


@dataclass(slots=True)
class Page:
    """Its parts before and after the rows; the formulas of its slots with references final, as (formula, range it
    fills when it is an array's), and their values, EMPTY when not known."""

    placed: Placed
    head: bytes
    tail: bytes
    formulas: list[tuple[str, str]]
    values: list[Content]

    @property
    def name(self) -> str:
        return self.placed.filled.copy.name

    @property
    def slots(self) -> Sequence[FormulaSlot]:
        return self.placed.filled.slots

    def chunks(self) -> Iterator[bytes]:
        """The part."""
        return self._filled(lambda block: block, self.formulas, self.values)

    def copied(self, change: Callable[[bytes], bytes], formulas: Sequence[tuple[str, str]]) -> Iterator[bytes]:
        """The part with its rows changed, other formulas and no values."""
        return self._filled(change, formulas, [EMPTY] * len(formulas))

    def _filled(
        self,
        change: Callable[[bytes], bytes],
        formulas: Sequence[tuple[str, str]],
        values: Sequence[Content],
    ) -> Iterator[bytes]:
        cells = iter(zip(self.slots, formulas, values, strict=True))
        yield self.head
        for block in self.placed.filled.text.blocks():
            first, *others = change(block).split(_SLOT)
            pieces = [first]
            for text in others:
                pieces += (_formula_cell(*next(cells)).encode(), text)
            yield b"".join(pieces)
        yield self.tail


def _formula_cell(slot: FormulaSlot, formula: tuple[str, str], value: Content) -> str:
    text, filled = formula
    array = f' t="array" ref="{filled}"' if filled else ""
    kind, shown = formula_value(value)
    return f'<c r="{slot.address}"{slot.cell.head}{kind}><f{array}>{escaped(text)}</f>{shown}</c>'
