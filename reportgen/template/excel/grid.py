"""What a template sheet is made of: rows, cells, and the tags in them (ECMA-376-1 §18.3.1.80)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from lxml import etree
from openpyxl.utils.cell import get_column_letter

from reportgen.template.engine.types import Spot
from reportgen.template.excel.formulas.expression import Expression
from reportgen.template.excel.formulas.refs import Ref
from reportgen.template.syntax import Kind, Tag

Element = etree._Element
StringRuns = Sequence[tuple[str, str]]
"""The runs of a shared string: (text, run properties as XML or empty)."""


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

    @property
    def prints(self) -> bool:
        return self.tag.kind is Kind.VALUE


@dataclass(frozen=True, slots=True)
class Kept(Mark):
    """A block within one cell whose inside is kept before it is printed: macro, set, call, filter, a recursive loop.

    `inside` lies between its tag and the `closer`.
    """

    inside: tuple[Item, ...] = ()
    closer: Spot | None = None

    @property
    def prints(self) -> bool:
        return self.tag.word not in ("macro", "set")


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


@dataclass(frozen=True, slots=True)
class ColumnLoop:
    """Columns `first` to `last` of a row that repeat, with their tags."""

    first: int
    last: int
    opener: Mark
    closer: Mark


@dataclass(slots=True)
class Row:
    """A row of the template; `before` and `after` are the tags of the blocks that begin or end with it, `loops` those
    over its columns.

    A row that is `control` prints nothing: its tags are all in `before`.
    """

    number: int
    head: str
    cells: list[Cell]
    before: list[Mark] = field(default_factory=list)
    after: list[Mark] = field(default_factory=list)
    control: bool = False
    loops: tuple[ColumnLoop, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        return [mark for cell in self.cells for mark in cell.marks]


def is_silent(cell: Cell) -> bool:
    """A cell of control tags and comments only, at least one of them; a block that prints nothing is silent too."""
    return bool(cell.marks) and not cell.words.strip() and not any(mark.prints for mark in cell.marks)


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
