"""The .xls pass: error cells, percent formats and hidden rows, which calamine does not tell.

[MS-CFB] for the container, [MS-XLS] (BIFF8) for the records. Only the few records that matter are looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.read.marks import PERCENT_FORMATS, SheetMarks, percent_decimals

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are not sectors
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x002F, 0x041E, 0x00E0
_ROW, _NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0208, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205


@dataclass(frozen=True, slots=True)
class Compound:
    """An OLE compound file: the names of its streams, and the bytes of each on demand."""

    data: bytes
    sector: int
    fat: tuple[int, ...]
    entries: dict[str, tuple[int, int]]
    mini_fat: tuple[int, ...]
    mini_stream: bytes
    mini_cutoff: int

    @classmethod
    def parse(cls, data: bytes) -> Compound:
        """Raises ValueError when the container is cut off or inconsistent."""
        try:
            return cls._parse(data)
        except (struct.error, IndexError) as error:
            raise ValueError("broken compound file") from error

    @classmethod
    def _parse(cls, data: bytes) -> Compound:
        sector = 1 << struct.unpack_from("<H", data, 30)[0]
        directory, _, cutoff, mini_start, _, difat, _ = struct.unpack_from("<IIIIIII", data, 48)
        blocks = [*struct.unpack_from("<109I", data, 76)]
        seen: set[int] = set()
        while difat < _END_OF_CHAIN and difat not in seen:
            seen.add(difat)
            *more, difat = struct.unpack_from(f"<{sector // 4}I", data, (difat + 1) * sector)
            blocks += more
        fat: list[int] = []
        for block in blocks:
            if block < _END_OF_CHAIN:
                fat += struct.unpack_from(f"<{sector // 4}I", data, (block + 1) * sector)
        bare = cls(data, sector, tuple(fat), {}, (), b"", 0)
        entries = dict(_directory(bare.chain(directory)))
        root_start, root_size = entries.get("", (_END_OF_CHAIN, 0))
        mini = bare.chain(mini_start)
        mini_fat = struct.unpack(f"<{len(mini) // 4}I", mini)
        return cls(data, sector, tuple(fat), entries, mini_fat, bare.chain(root_start)[:root_size], cutoff)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.entries)

    def stream(self, name: str) -> bytes:
        start, size = self.entries[name]
        if size >= self.mini_cutoff:
            return self.chain(start)[:size]
        blocks = [self.mini_stream[block * 64 : block * 64 + 64] for block in _links(self.mini_fat, start)]
        return b"".join(blocks)[:size]

    def chain(self, start: int) -> bytes:
        """The sectors from `start` on, joined; a chain that leaves the file or bites its tail is a ValueError."""
        blocks = []
        for block in _links(self.fat, start):
            begin = (block + 1) * self.sector
            if begin >= len(self.data):
                raise ValueError("sector beyond the end of the file")
            blocks.append(self.data[begin : begin + self.sector])
        return b"".join(blocks)


def _links(table: tuple[int, ...], start: int) -> Iterator[int]:
    seen = 0
    while start < _END_OF_CHAIN:
        seen += 1
        if start >= len(table) or seen > len(table):
            raise ValueError("broken chain")
        yield start
        start = table[start]


def _directory(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name → (start, size) of every stream; the root, which holds the small streams, under the empty name."""
    for offset in range(0, len(data) - 127, 128):
        length, kind = struct.unpack_from("<HB", data, offset + 64)
        start, size = struct.unpack_from("<II", data, offset + 116)
        if kind == 5:
            yield "", (start, size)
        elif kind == 2:
            yield data[offset : offset + max(length - 2, 0)].decode("utf-16-le", "replace"), (start, size)


class EncryptedXlsError(ValueError):
    """The workbook stream is encrypted (FILEPASS)."""


def scan_xls(compound: Compound) -> list[SheetMarks]:
    """The marks of every sheet, in the order of the sheet tabs. Raises EncryptedXlsError; ValueError when cut off."""
    data = compound.stream("Workbook")
    try:
        offsets, percent = _globals(data)
        return [_scan_sheet(data, offset, percent) for offset in offsets]
    except (struct.error, IndexError) as error:
        raise ValueError("broken workbook stream") from error


def _records(data: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """(type, start, length) of the records of one substream, without those of the charts inside it."""
    depth = 0
    while offset + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, offset)
        offset += 4
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, offset, length
        offset += length


def _globals(data: bytes) -> tuple[list[int], dict[int, int]]:
    """Where each sheet begins, and the indices of the cell formats that show per cent → the decimals they show."""
    offsets: list[int] = []
    used: list[int] = []
    percent = dict(PERCENT_FORMATS)
    for kind, start, _length in _records(data, 0):
        if kind == _FILEPASS:
            raise EncryptedXlsError
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", data, start)[0])
        elif kind == _XF:
            used.append(struct.unpack_from("<H", data, start + 2)[0])
        elif kind == _FORMAT and (places := percent_decimals(_unicode(data, start + 2))) is not None:
            percent[struct.unpack_from("<H", data, start)[0]] = places
    return offsets, {index: percent[number] for index, number in enumerate(used) if number in percent}


def _unicode(data: bytes, start: int) -> str:
    count, flags = struct.unpack_from("<HB", data, start)
    if flags & 1:
        return data[start + 3 : start + 3 + 2 * count].decode("utf-16-le", "replace")
    return data[start + 3 : start + 3 + count].decode("latin-1")


def _scan_sheet(data: bytes, offset: int, percent: Mapping[int, int]) -> SheetMarks:
    sheet = SheetMarks()
    for kind, start, length in _records(data, offset):
        if kind == _ROW:
            row, hidden = struct.unpack_from("<H10xH", data, start)
            if hidden & 0x20:
                sheet.hidden_rows.add(row + 1)
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
            _scan_cell(sheet, kind, data, start, percent)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data, start)
            for index in range((length - 6) // 6):
                (style,) = struct.unpack_from("<H", data, start + 4 + 6 * index)
                if style in percent:
                    sheet.percent(row + 1, first + index + 1, percent[style])
    return sheet


def _scan_cell(sheet: SheetMarks, kind: int, data: bytes, start: int, percent: Mapping[int, int]) -> None:
    row, column, style = struct.unpack_from("<HHH", data, start)
    value = data[start + 6 : start + 14]
    if kind == _BOOLERR and value[1]:
        sheet.error(row + 1, column + 1, _ERRORS.get(value[0], ""))
    elif kind == _FORMULA and value[6:8] == b"\xff\xff":  # the cached result is no number
        if value[0] == 2:
            sheet.error(row + 1, column + 1, _ERRORS.get(value[2], ""))
    elif kind != _BOOLERR and style in percent:
        sheet.percent(row + 1, column + 1, percent[style])
