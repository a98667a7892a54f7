"""What the engine and the part compilers hand to each other."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import eq, le
from typing import TYPE_CHECKING, NamedTuple, Protocol, overload

from reportgen.diagnostics import Diagnostic, Place
from reportgen.template.syntax import Tag

if TYPE_CHECKING:
    from reportgen.template.engine.program import Program
    from reportgen.template.engine.run import Run
    from reportgen.template.fragments import Level


class TemplateError(Exception):
    """A template that cannot be used or filled. `diagnostics` holds every fault, in reading order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(_line(item) for item in self.diagnostics)

    def __reduce__(self) -> tuple[type[TemplateError], tuple[tuple[Diagnostic, ...]]]:
        return (type(self), (self.diagnostics,))


def _line(item: Diagnostic) -> str:
    text = f"「{item.text}」" if item.text else ""
    return f"{item.code} {item.place.label()}{text}：{item.message}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds against templates that explode. Sizes in characters (a value) and bytes (the output).

    `turns` are those of loops; `work` is what filters, tests and functions go over: items, 25 characters as one.
    """

    turns: int = 5_000_000
    work: int = 10_000_000
    value: int = 1_000_000
    output: int = 500_000_000
    power: int = 1_000  # largest exponent of **


class Printed(NamedTuple):
    """A value with a source as it was printed: its bookmark, its text, the source, and the tag that printed it; in a
    workbook the cell that holds it."""

    bookmark: str
    text: str
    source: object
    place: Place


Stand = tuple[Place, int]  # where something is printed, and the rank of that part


class Trace(Sequence[Printed]):
    """What was marked: written in the order of filling, read part by part, each in the order of its text.

    Large documents have a million: what can be shared is, and each is put together when it is asked for.
    """

    def __init__(self, document_id: str = "") -> None:
        self._prefix = f"_F_{document_id}_"
        self._texts: list[str] = []
        self._sources: list[object] = []
        self._stands: list[Stand] = []
        self._rows = array("l")  # of every mark of a workbook, of none of a document
        self._rank: int | None = None  # that of the part a nested document is printed in
        self._order: Sequence[int] | None = None

    def add(self, text: str, source: object, stand: Stand) -> str:
        """Records that `text` is about to be printed for `source`; gives the name of its bookmark."""
        self._texts.append(text)
        self._sources.append(source)
        self._stands.append(stand if self._rank is None else (stand[0], self._rank))
        return self._prefix + str(len(self._texts)).zfill(5)

    def add_cell(self, text: str, source: object, column: Stand, row: int) -> None:
        """As `add` for a cell of a workbook: `column` is where its column stands, a place whose cell is the letters."""
        self._texts.append(text)
        self._sources.append(source)
        self._stands.append(column)
        self._rows.append(row)

    @contextmanager
    def within(self, rank: int) -> Iterator[None]:
        """While a document is printed into the part of `rank`, which then is the part of all that is marked."""
        outer = self._rank
        self._rank = rank if outer is None else outer
        try:
            yield
        finally:
            self._rank = outer

    def __len__(self) -> int:
        return len(self._texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trace) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    @overload
    def __getitem__(self, index: int) -> Printed: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Printed]: ...
    def __getitem__(self, index: int | slice) -> Printed | Sequence[Printed]:
        numbers = self._reading_order()[index]
        return self._printed(numbers) if isinstance(numbers, int) else [self._printed(number) for number in numbers]

    def __iter__(self) -> Iterator[Printed]:
        return map(self._printed, self._reading_order())

    def _reading_order(self) -> Sequence[int]:
        """The numbers of the marks, part by part. A filling is over before it is read."""
        if self._order is None or len(self._order) != len(self):
            ranks = [rank for _, rank in self._stands]
            ordered = all(map(le, ranks, itertools.islice(ranks, 1, None)))
            self._order = range(len(ranks)) if ordered else sorted(range(len(ranks)), key=ranks.__getitem__)
        return self._order

    def _printed(self, number: int) -> Printed:
        place = self._stands[number][0]
        if self._rows:
            row = self._rows[number]
            place = replace(place, row=row, cell=f"{place.cell}{row}")
        name = self._prefix + str(number + 1).zfill(5)
        return Printed(name, self._texts[number], self._sources[number], place)


@dataclass(frozen=True, slots=True)
class RenderResult:
    """What was printed where, in reading order of each part; empty without tracing.

    `uncomputed` are the cells of a workbook whose formula could not be computed: they show a value once a program
    that calculates has opened the file. `notices` is what users should know of the outcome: a table of contents to be
    refreshed, styles of an inserted file that gave way.
    """

    printed: Sequence[Printed] = ()
    uncomputed: tuple[Place, ...] = ()
    notices: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A tag where it stands; `around` is the text about it that an error shows."""

    tag: Tag
    place: Place
    around: str = ""


class Site(Protocol):
    """Turns the value of one tag into the text that goes into the part (XML, escaped).

    May raise FaultError, whose code is then reported at the tag.
    """

    def emit(self, value: object, run: Run) -> str: ...


@dataclass(frozen=True, slots=True)
class Value:
    """A value tag of a program and the site that prints it."""

    spot: Spot
    site: Site


@dataclass(frozen=True, slots=True)
class Control:
    """A control tag of a program.

    An opener whose block is kept before it is printed (macro, set, call, filter, a recursive loop) has the `level` of
    what it holds, and the `site` that prints it; without a level such a block is not supported, and `advice` says what
    to do instead.
    """

    spot: Spot
    level: Level | None = None
    site: Site | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """Text the part compiler makes at this point itself (a fresh id): its site is given `value`, which is the text that
    a stretch that is kept has here."""

    site: Site
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """Items whose outcome is given to `site` as a Fragment instead of being printed here."""

    items: tuple[Item, ...]
    site: Site


Item = str | Value | Control | Computed | Captured


@dataclass(frozen=True, slots=True)
class Output:
    """The parts that a rendered document changes or adds, as chunks of bytes made on demand, and those it drops.

    `late` is asked when all of these are made: what it gives takes the place of parts named in `waiting`, or is new.
    """

    changed: Mapping[str, Iterable[bytes]]
    removed: frozenset[str] = field(default=frozenset())
    late: Callable[[], Mapping[str, bytes]] | None = None
    waiting: frozenset[str] = field(default=frozenset())


class CompiledTemplate(Protocol):
    """A compiled template of one kind (Word, Excel). Immutable: everything that changes lives in the Run."""

    @property
    def programs(self) -> tuple[Program, ...]: ...

    @property
    def texts(self) -> Sequence[tuple[str, Place]]:
        """What stands in paragraphs and cells, tags included, wherever it holds a brace."""
        ...

    def render(self, run: Run) -> Output:
        """The changed parts. Faults go to the run; chunks made after the first fault are thrown away."""
        ...
