"""What the values alone would hide, gathered per sheet by the pass over the raw file of each format."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.model.cells import CellMark, Merge


@dataclass(slots=True)
class SheetMarks:
    """Filled while a sheet is scanned; rows and columns count from 1.

    `errors` holds the text (#REF!) of each cell marked ERROR, `decimals` how many a cell marked PERCENT shows;
    `last_row` and `last_column` bound the filled cells. `part` is that of an .xlsx sheet, `in_utf16` its encoding,
    and `blanks` are stretches of its bytes that hold nothing but blank rows.
    """

    marks: dict[tuple[int, int], CellMark] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    decimals: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    part: str = ""
    in_utf16: bool = False
    blanks: list[range] = field(default_factory=list)

    def error(self, row: int, column: int, text: str) -> None:
        self.marks[row, column] = CellMark.ERROR
        self.errors[row, column] = text or "#VALUE!"

    def percent(self, row: int, column: int, decimals: int) -> None:
        self.marks[row, column] = CellMark.PERCENT
        self.decimals[row, column] = decimals


def percent_decimals(number_format: str) -> int | None:
    """The decimals of a number format that shows per cent (0.0% → 1); None for any other.

    The % counts when it is neither quoted nor escaped: 0"%" and 0_% (a blank as wide) show no per cent.
    """
    bare, quoted, skip = [], False, False
    for character in number_format:
        if skip:
            skip = False
        elif character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "\\_*":  # the next one is shown as it is, left out, or repeated
            skip = True
        else:
            bare.append(character)
    if "%" not in bare:
        return None
    positive = "".join(bare).partition(";")[0]
    return sum(character in "0#?" for character in positive.partition(".")[2])


# ECMA-376 part 1, 18.8.30: the built-in formats 0% and 0.00%, and the decimals they show.
PERCENT_FORMATS = {9: 0, 10: 2}
