"""What the engine and the part compilers hand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from reportgen.diagnostics import Diagnostic, Place
from reportgen.template.syntax import Tag

if TYPE_CHECKING:
    from reportgen.template.engine.program import Program
    from reportgen.template.engine.run import Run


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
    """Bounds against templates that explode. Sizes in characters (a value) and bytes (the output)."""

    turns: int = 5_000_000
    value: int = 1_000_000
    output: int = 500_000_000
    power: int = 1_000  # largest exponent of **


@dataclass(frozen=True, slots=True)
class Printed:
    """A value with a source as it was printed: its bookmark, its text, the source, and the tag that printed it."""

    bookmark: str
    text: str
    source: object
    place: Place


@dataclass(frozen=True, slots=True)
class RenderResult:
    """What was printed where, in reading order of each part; empty without tracing.

    `uncomputed` are the cells of a workbook whose formula could not be computed: they show a value once a program
    that calculates has opened the file.
    """

    printed: tuple[Printed, ...] = ()
    uncomputed: tuple[Place, ...] = ()


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
    """A control tag of a program."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Computed:
    """Text the part compiler makes at this point itself (a fresh id): its site is given None."""

    site: Site


Item = str | Value | Control | Computed


@dataclass(frozen=True, slots=True)
class Output:
    """The parts that a rendered document changes or adds, as chunks of bytes made on demand, and those it drops."""

    changed: Mapping[str, Iterable[bytes]]
    removed: frozenset[str] = field(default=frozenset())


class Document(Protocol):
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
