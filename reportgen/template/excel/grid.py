"""A template sheet read as rows and cells, its tags found (ECMA-376-1 §18.3.1.80)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import excel as excel_codes
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.tags import mended
from reportgen.template.engine.types import Spot
from reportgen.template.excel.formulas.refs import Expression, Ref, parse, reference
from reportgen.template.suspicion import has_braces
from reportgen.template.syntax import Kind, Literal, Tag, Unclosed, excerpt, may_hold_tags, scan

Element = etree._Element
StringRuns = Sequence[tuple[str, str]]
"""The runs of a shared string: (text, run properties as XML or empty)."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHORT = 40  # characters of a cell that is shown whole in faults


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text of a cell, in the formatting of one of its runs."""

    text: str
    run: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag of a cell; `run` is the run in which it begins."""

    spot: Spot
    run: int = 0

    @property
    def tag(self) -> Tag:
        return self.spot.tag


Item = Words | Mark


@dataclass(slots=True)
class Cell:
    """A cell of the template: `head` is its style and other attributes behind the address, as XML.

    Exactly one of these holds: `body` (what follows the head in a cell without tags), `formula`, or `items`; with
    `quoted` the items are a formula whose quoted texts hold tags.
    """

    column: int
    row: int
    others: str
    style: int = 0
    body: str | None = None
    formula: Expression | None = None
    array: Ref | None = None
    items: list[Item] = field(default_factory=list)
    runs: tuple[str, ...] = ("",)
    quoted: bool = False
    text: str = ""  # what a cell without tags shows, as far as it is text or a number

    @property
    def letters(self) -> str:
        return get_column_letter(self.column)

    @property
    def head(self) -> str:
        return (f' s="{self.style}"' if self.style else "") + self.others

    @property
    def is_blank(self) -> bool:
        return self.body == "/>"

    @property
    def marks(self) -> list[Mark]:
        return [item for item in self.items if isinstance(item, Mark)]

    @property
    def words(self) -> str:
        return "".join(item.text for item in self.items if isinstance(item, Words))

    def clear_if_silent(self) -> None:
        """A cell that lost its tags and has no text is an empty cell."""
        if not self.quoted and self.body is None and self.formula is None and not self.marks and not self.words.strip():
            self.items, self.body = [], "/>"


@dataclass(slots=True)
class Row:
    """A row of the template; `before` and `after` are the tags of the blocks that begin or end with it.

    A row that is `control` prints nothing: its tags are all in `before`.
    """

    number: int
    head: str
    cells: list[Cell]
    before: list[Mark] = field(default_factory=list)
    after: list[Mark] = field(default_factory=list)
    control: bool = False

    @property
    def marks(self) -> list[Mark]:
        return [mark for cell in self.cells for mark in cell.marks]


def read_rows(
    sheet_data: Element,
    strings: Sequence[StringRuns],
    place: Place,
    faults: list[Diagnostic],
    texts: list[tuple[str, Place]],
) -> list[Row]:
    """The rows of a sheetData element; `place` names file and sheet. Faults of single tags are added to `faults`, the
    text of cells with braces to `texts`."""
    reader = _Reader(strings, place, faults, texts)
    return [reader.row(element) for element in sheet_data if local(element) == "row"]


def find_items(text: str, runs: Sequence[str], place: Place, faults: list[Diagnostic]) -> list[Item]:
    """The tags and words of a text made of `runs`; none when it holds no tag and no escape."""
    if not may_hold_tags(text):
        return []
    ends = _ends(runs)
    items: list[Item] = []
    pieces = scan(text)
    for piece in pieces:
        here = place if isinstance(piece, Literal) else replace(place, tag=piece.raw)
        around = text if len(text) <= _SHORT else excerpt(text, pieces, piece.start, piece.end)
        if isinstance(piece, Unclosed):
            faults.append(codes.UNCLOSED_TAG.at(here, text=around, tag=piece.raw))
        elif isinstance(piece, Tag):
            items.append(Mark(Spot(mended(piece), here, around), _run_at(ends, piece.start)))
        else:
            items.extend(_words(piece, text, ends))
    plain = "".join(item.text for item in items if isinstance(item, Words))
    return _trim(items) if plain != text else []


def string_runs(element: Element) -> StringRuns:
    """The runs of an si or is element; phonetic hints are no text."""
    runs: list[tuple[str, str]] = []
    for child in element:
        if local(child) == "t":
            runs.append((_unescaped(child.text or ""), ""))
        elif local(child) == "r":
            text = "".join(_unescaped(t.text or "") for t in child if local(t) == "t")
            runs.append((text, "".join(xml_of(p) for p in child if local(p) == "rPr")))
    return runs


def xml_of(element: Element) -> str:
    """An element as XML that stands inside its part, without the declarations that the part's root makes."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, uri in element.getroottree().getroot().nsmap.items():
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        text = text.replace(f' {name}="{escape(uri)}"', "", 1)
    return text


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _head(element: Element, without: frozenset[str]) -> str:
    """An element's attributes as XML; those of other namespaces are left out, none matters to what is printed."""
    attributes = ((str(name), str(value)) for name, value in element.items())
    kept = ((name, value) for name, value in attributes if name not in without and not name.startswith("{"))
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)


class _Reader:
    """Reads rows and cells; keeps the masters of shared formulas, and the row and column that come next."""

    def __init__(
        self,
        strings: Sequence[StringRuns],
        place: Place,
        faults: list[Diagnostic],
        texts: list[tuple[str, Place]],
    ) -> None:
        self.strings, self.place, self.faults, self.texts = strings, place, faults, texts
        self.masters: dict[str, tuple[str, str]] = {}
        self.next_row = self.next_column = 1

    def row(self, element: Element) -> Row:
        number = int(element.get("r") or self.next_row)
        self.next_row, self.next_column = number + 1, 1
        cells = [self.cell(child, number) for child in element if local(child) == "c"]
        return Row(number, _head(element, frozenset({"r", "spans"})), cells)

    def cell(self, element: Element, row: int) -> Cell:
        address = element.get("r")
        column = column_index_from_string(coordinate_from_string(address)[0]) if address else self.next_column
        self.next_column = column + 1
        cell = Cell(column, row, _head(element, frozenset({"r", "s", "t", "vm"})), int(element.get("s") or 0))
        formula = next((child for child in element if local(child) == "f"), None)
        if formula is not None:
            self.formula(cell, formula)
            return cell
        runs = self.text(element)
        text = "".join(words for words, _ in runs)
        if has_braces(text):
            self.texts.append((text, self.at(cell)))
        if may_hold_tags(text):
            cell.runs = tuple(properties for _, properties in runs)
            cell.items = self.items(text, [words for words, _ in runs], cell)
        if not cell.items:
            cell.body = _static(element)
            cell.text = text or next((child.text or "" for child in element if local(child) == "v"), "")
        return cell

    def text(self, element: Element) -> StringRuns:
        kind = element.get("t")
        if kind == "s":
            value = next((child.text for child in element if local(child) == "v"), None)
            return self.strings[int(value)] if value else ()
        if kind == "inlineStr":
            return next((string_runs(child) for child in element if local(child) == "is"), ())
        return ()

    def at(self, cell: Cell) -> Place:
        return replace(self.place, row=cell.row, cell=f"{cell.letters}{cell.row}")

    def items(self, text: str, runs: Sequence[str], cell: Cell) -> list[Item]:
        items = find_items(text, runs, self.at(cell), self.faults)
        for mark in items:
            if isinstance(mark, Mark):
                self.check(mark)
        return items

    def check(self, mark: Mark) -> None:
        tag, spot = mark.tag, mark.spot
        if tag.prefix in ("p", "r"):
            self.faults.append(excel_codes.WORD_ONLY.at(spot.place, text=spot.around, tag=tag.raw))
        elif tag.prefix == "tc":
            self.faults.append(excel_codes.NO_COLUMN_LOOPS.at(spot.place, text=spot.around, tag=tag.raw))

    def formula(self, cell: Cell, element: Element) -> None:
        kind, text = element.get("t"), element.text or ""
        address = f"{cell.letters}{cell.row}"
        if kind == "shared":
            text = self.shared_formula(element, text, address)
        elif kind == "array":
            array = reference(element.get("ref") or address)
            cell.array = array if isinstance(array, Ref) else None
        elif kind == "dataTable":
            self.faults.append(excel_codes.NOT_SUPPORTED.at(self.at(cell), what="模拟运算表"))
        if may_hold_tags(text) and '"' in text:
            items = self.quoted_items(text, cell)
            cell.quoted = any(isinstance(item, Mark) for item in items)
            cell.items = items if cell.quoted else []
        if cell.quoted:
            return
        try:
            cell.formula = parse(text)
        except (TokenizerError, IndexError):
            self.faults.append(excel_codes.BAD_FORMULA.at(self.at(cell), text="=" + text))
            cell.formula = Expression((text,), text)

    def quoted_items(self, formula: str, cell: Cell) -> list[Item]:
        """The tags in the quoted texts of a formula; elsewhere braces belong to the names of sheets."""
        items: list[Item] = []
        for index, part in enumerate(formula.split('"')):
            items.extend([Words('"')] if index else [])
            items.extend((self.items(part, [part], cell) if index % 2 else []) or [Words(part)])
        return items

    def shared_formula(self, element: Element, text: str, address: str) -> str:
        index = element.get("si") or ""
        if text:
            self.masters[index] = (text, address)
            return text
        master, origin = self.masters.get(index, ("", address))
        return str(Translator("=" + master, origin).translate_formula(address))[1:] if master else ""


def _static(element: Element) -> str:
    """What follows the address and the head of a cell without tags: its type and content."""
    kind = element.get("t")
    content = "".join(xml_of(child) for child in element)
    if not content:
        return "/>"
    return f' t="{kind}">{content}</c>' if kind else f">{content}</c>"


def _ends(runs: Sequence[str]) -> list[int]:
    ends, position = [], 0
    for run in runs:
        position += len(run)
        ends.append(position)
    return ends


def _run_at(ends: Sequence[int], position: int) -> int:
    return next((index for index, end in enumerate(ends) if position < end), max(len(ends) - 1, 0))


def _words(piece: Literal, text: str, ends: Sequence[int]) -> Iterator[Words]:
    """A literal parted where the formatting changes; one whose escapes were resolved stays whole."""
    if piece.text != text[piece.start : piece.end]:
        yield Words(piece.text, _run_at(ends, piece.start))
        return
    start = piece.start
    while start < piece.end:
        run = _run_at(ends, start)
        end = min(piece.end, ends[run]) if ends[run] > start else piece.end
        yield Words(text[start:end], run)
        start = end


def _trim(items: list[Item]) -> list[Item]:
    """{%- and -%} take the white space beside them away; comments print nothing and go."""
    for index, item in enumerate(items):
        if not isinstance(item, Mark):
            continue
        if item.tag.trim_before and index and isinstance(before := items[index - 1], Words):
            items[index - 1] = Words(before.text.rstrip(), before.run)
        if item.tag.trim_after and index + 1 < len(items) and isinstance(after := items[index + 1], Words):
            items[index + 1] = Words(after.text.lstrip(), after.run)
    return items


def is_silent(cell: Cell) -> bool:
    """A cell of control tags and comments only, at least one of them; a block that prints nothing is silent too."""
    return bool(cell.marks) and not cell.words.strip() and all(m.tag.kind is not Kind.VALUE for m in cell.marks)
