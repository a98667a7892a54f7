"""Names that the template reads and the data does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Protocol

from reportgen.diagnostics import Diagnostic, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.names.instead import advice, foreign
from reportgen.template.engine.names.reading import Read
from reportgen.template.engine.names.unknown import near_words, public_names
from reportgen.template.engine.program import Program
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Spot


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that nobody knows, the fault at one of its places, and the order of that place in the document."""

    name: str
    fault: Diagnostic
    order: tuple[int, int]


class Known(Collection[str]):
    """The names that data has or will have, and the engine's own. A mapping or set may know more names than it lists:
    it is asked for each."""

    def __init__(self, names: Iterable[str], own: Collection[str]) -> None:
        self._names = names if isinstance(names, (Mapping, Set)) else frozenset(names)
        self._own = own

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._names

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._names, *self._own))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Reader(Protocol):
    """What reads names: a Program, or tags that need none."""

    @property
    def rank(self) -> int: ...
    @property
    def reads(self) -> tuple[Read, ...]: ...


def missing_parts(
    programs: Iterable[Program], data: Mapping[str, object]
) -> Iterator[tuple[Diagnostic, tuple[int, int]]]:
    """The faults of `name.key` where the data's `name` is a mapping without that key, with their order: also in
    branches that are not taken. Nothing is evaluated."""
    for program in programs:
        for part in program.parts:
            value = data.get(part.name)
            if not isinstance(value, Mapping) or part.key in value or hasattr(dict, part.key):
                continue
            words = {"name": part.key, "near": near_words(nearest(part.key, public_names(value)))}
            yield fault_at(part.spot, codes.UNKNOWN_ATTRIBUTE, **words), (program.rank, part.number)


def missing_names(
    readers: Iterable[Reader], known: Collection[str], loops: Callable[[], Mapping[str, Spot]] = dict
) -> tuple[Missing, ...]:
    """Every top-level name that is read and is not among `known`, at each place. `loops` gives the names that loops of
    the template define; it is asked once a name is missing."""
    lacking = [
        (reader.rank, read) for reader in readers for read in reader.reads if read.name not in known and not read.soft
    ]
    looped = loops() if lacking else {}
    return tuple(Missing(read.name, _fault(read, known, looped), (rank, read.number)) for rank, read in lacking)


def _fault(read: Read, known: Collection[str], loops: Mapping[str, Spot]) -> Diagnostic:
    read = foreign(read)
    better = advice(read, loops)
    words = read.words(() if better else known)  # a name that merely looks alike would mislead
    return codes.UNKNOWN_NAME.fill(read.spot.place, words, text=read.spot.around, suggestion=better)
