"""Rows as programs write them, read by their bytes: no XML parser is needed to see that nothing is hidden in them.

A plain row can mean one thing only: no prefixes, comments or unusual quotes, addresses that agree with the row's
number, values where values stand, formulas with their results, no errors. Any other row is for the parser to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from reportgen.read.marks import SheetMarks
from reportgen.read.xlsx.columns import COLUMNS

# Quantifiers are possessive (++, *+, ?+): a plain row reads in one way only, and another must be told from it at once.
_WORDS = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_TEXT = _WORDS + rb"(?:&(?:amp|lt|gt|quot|apos|#(?:9|1[03]|x[AaDd]));" + _WORDS + rb")*+"
_RESULT = rb"<v>(?=[^<])" + _TEXT + rb"</v>"
# WPS keeps a picture in a cell as =DISPIMG(…).
_FORMULA = rb"<f(?: [^<>]*+)?+>(?:(?<=/>)|(?<!/>)(?![^<]*DISPIMG)" + _TEXT + rb"</f>)" + _RESULT
_INLINE = rb'<is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is>"
_CONTENT = rb">(?:<v>[-+.0-9Ee]++</v>|" + _INLINE + rb"|" + _FORMULA + rb"|" + _RESULT + rb")</c>"
_KIND = rb'(?: s="[0-9]++")?+(?: t="(?:[nsb]|str|inlineStr)")?+'
_BLANK = rb'[A-Z]{1,3}+\1"' + _KIND + rb"(?: ?+/>|></c>)"
_START = rb'<row r="([0-9]{1,7}+)"(?: [A-Za-z0-9:]++="[^"<&]*+")*+ ?+(?:/>|>(?:<c r="'
_END = rb")*+</row>)"
# The row's number, and the column of its last cell that holds something.
_ROW = re.compile(_START + rb'(?:([A-Z]{1,3}+)\1"' + _KIND + _CONTENT + rb"|" + _BLANK + rb")" + _END)
_BLANK_ROWS = re.compile(rb"(?:" + _START + _BLANK + _END + rb")++")
_ROW_NUMBER = re.compile(rb'<row r="([0-9]++)')
_HIDDEN = re.compile(rb'<row r="([0-9]++)"[^<>]*? hidden="(?:1|true)"')


@lru_cache
def _beyond(column: bytes) -> re.Pattern[bytes]:
    """Finds cells right of a column that hold something: a row's last cell need not be the one furthest right."""
    letters = rb"[A-Z]{2,3}+" if column >= b"Z" or len(column) > 1 else rb"(?:[%c-Z]|[A-Z]{2,3})" % (column[0] + 1)
    return re.compile(rb'<c r="(%s)[0-9]++"[^<>]*+>(?<!/>)(?!</c>)' % letters)


def _width(column: bytes) -> tuple[int, bytes]:
    """By which columns are in order: A, Z, AA."""
    return len(column), column


class PlainRows:
    """Finds the plain rows in blocks of bytes, and notes in `sheet` what must be known of them.

    `percent`: the cell styles that show per cent → the decimals they show. `last`: the number of the last row found.
    """

    def __init__(self, sheet: SheetMarks, percent: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.last = 0
        self.decimals = {style.encode(): places for style, places in percent.items()}
        styles = b"|".join(self.decimals)
        self.percentages = re.compile(rb'<c r="([A-Z]++)([0-9]++)" s="(%s)"(?: t="n")?+>(?!</c>)' % styles)

    def filled(self, block: bytes, start: int) -> int:
        """Where the plain rows that hold something end, if any begin at `start`.

        Raises UnicodeDecodeError when they are no UTF-8.
        """
        end, columns, last = start, set(), self.last
        while (row := _ROW.match(block, end)) and row[2] is not None:
            end = row.end()
            columns.add(row[2])
            last = max(last, int(row[1]))
            self.last = last
        if end > start:
            self._note(block, start, end, columns)
        return end

    def blank(self, block: bytes, start: int) -> int:
        """Where the plain rows that hold nothing end, if any begin at `start`."""
        found = _BLANK_ROWS.match(block, start)
        if found is None:
            return start
        number = _ROW_NUMBER.match(block, block.rfind(b"<row ", start, found.end()))
        self.last = int(number[1]) if number else self.last
        return found.end()

    def _note(self, block: bytes, start: int, end: int, columns: set[bytes]) -> None:
        rows, sheet = block[start:end], self.sheet
        if not rows.isascii():
            rows.decode()
        columns.update(_beyond(max(columns, key=_width)).findall(rows))
        sheet.last_row = max(sheet.last_row, self.last)
        sheet.last_column = max(sheet.last_column, *(COLUMNS[letters.decode()] for letters in columns))
        if b' hidden="' in rows:
            sheet.hidden_rows.update(map(int, _HIDDEN.findall(rows)))
        if self.decimals:
            for letters, row, style in self.percentages.findall(rows):
                sheet.percent(int(row), COLUMNS[letters.decode()], self.decimals[style])
