"""The pages of a PDF, counted from 1: which are wanted, cutting them out, drawing them, the fonts they carry."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import preview as codes

PageRanges = tuple[tuple[int, int | None], ...]  # first and last page of each run; None: to the end
DPI = 144  # A4 comes out 1190 × 1684 pixels: small print readable, a page some 200 KB
_POINTS = 72
_RANGE = re.compile(r"(\d+)(?:(-)(\d+)?)?")
_DASHES = str.maketrans("－–—~～至、", "------,")


def parse_ranges(text: str) -> PageRanges | None:
    """`1-3`, `2`, `1,3-5`, `4-` (to the end); also as typed with a Chinese keyboard. None when it is none of these."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(plain.split()).removeprefix("第").removesuffix("页")
    runs: list[tuple[int, int | None]] = []
    for piece in plain.split(","):
        match = _RANGE.fullmatch(piece)
        if match is None or len(piece) > 20:
            return None
        first, dash, last = int(match[1]), match[2], match[3]
        end = (int(last) if last else None) if dash else first
        if first < 1 or (end is not None and end < first):
            return None
        runs.append((first, end))
    return tuple(runs)


def select(ranges: PageRanges, count: int) -> tuple[int, ...]:
    """The pages meant, in order, each once; all without ranges. Raises FaultError for pages the document lacks."""
    wanted: set[int] = set()
    for first, last in ranges:
        end = count if last is None else last
        if first > count or end > count:
            missing = (
                str(first) if first == end or first > count else f"{count + 1}-{end}" if end > count + 1 else str(end)
            )
            raise FaultError(codes.NO_SUCH_PAGE, count=count, pages=missing)
        wanted.update(range(first, end + 1))
    return tuple(sorted(wanted)) or tuple(range(1, count + 1))


class Document:
    """A PDF in memory. Raises FaultError when `data` is none that can be read."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2  # noqa: PLC0415  heavy; only a preview needs it

        self.data = data
        try:
            self._pdf: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise FaultError(codes.OFFICE_FAILED, reason="生成的 PDF 不完整") from error

    @property
    def count(self) -> int:
        return len(self._pdf)

    def extract(self, numbers: Sequence[int]) -> bytes:
        """A PDF of these pages."""
        import pypdfium2  # noqa: PLC0415  as above

        part = pypdfium2.PdfDocument.new()
        part.import_pages(self._pdf, [number - 1 for number in numbers])
        out = io.BytesIO()
        part.save(out)
        return out.getvalue()

    def picture(self, number: int) -> bytes:
        """The page as PNG at DPI dots to the inch."""
        image = self._pdf[number - 1].render(scale=DPI / _POINTS).to_pil().convert("RGB")
        if len({band.tobytes() for band in image.split()}) == 1:
            image = image.convert("L")  # a third of the size
        out = io.BytesIO()
        image.save(out, "PNG", dpi=(DPI, DPI))
        return out.getvalue()

    def fonts(self, numbers: Iterable[int]) -> frozenset[str]:
        """PostScript names of the fonts in which these pages print, without the prefix of a subset."""
        import pypdfium2.raw  # noqa: PLC0415  as above

        kinds = [pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
        names: set[str] = set()
        for number in numbers:
            for item in self._pdf[number - 1].get_objects(filter=kinds):
                names.add(item.get_font().get_base_name())
        return frozenset(re.sub(r"^[A-Z]{6}\+", "", name) for name in names)
