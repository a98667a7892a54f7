"""TextTemplate: a plain string with {{ }} in it, as people write in prose cells."""

from __future__ import annotations

import re
from collections import ChainMap, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.environment import Engine, Function
from reportgen.template.engine.names.missing import missing_names
from reportgen.template.engine.names.reading import Read
from reportgen.template.engine.names.unknown import Unknown, silent
from reportgen.template.engine.program import Program
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Spot, TemplateError, Value
from reportgen.template.syntax import Kind, Literal, Tag, Unclosed, may_hold_tags, scan
from reportgen.template.values import printable

Printed = Callable[[object], object]
_PATH = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
_KEYWORDS = frozenset(["true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else"])


class _Paths:
    """Tags that are nothing but names joined by dots, which most tags of prose are: nothing needs compiling."""

    rank = 0

    def __init__(self, engine: Engine, spots: Sequence[Spot]) -> None:
        self.engine = engine
        self._spots = spots
        self._paths = tuple(re.findall(r"\w+", spot.tag.body) for spot in spots)
        self.reads = tuple(Read(self._paths[n][0], spot, n) for n, spot in enumerate(spots))

    @staticmethod
    def suits(tag: Tag) -> bool:
        return _PATH.fullmatch(tag.body) is not None and tag.body.split(".")[0].strip() not in _KEYWORDS

    def values(self, run: Run, printed: Printed) -> list[object]:
        return [self._value(n, run, printed) for n in range(len(self._spots))]

    def _value(self, number: int, run: Run, printed: Printed) -> object:
        run.stand_at((self._spots[number], (self.rank, number)))
        first, *attributes = self._paths[number]
        value = run.context[first] if first in run.context else self.engine.globals[first]
        for attribute in attributes:
            value = self.engine.getattr(value, attribute)
        if isinstance(value, Unknown):
            value.settle()
        try:
            return printed(value)
        except Exception as error:
            run.failed(error, (value,))
            return None


class _Keep:
    """Hands a tag's value on as it is, and keeps it."""

    def __init__(self, printed: Printed) -> None:
        self.kept: list[object] = []
        self._printed = printed

    def emit(self, value: object, run: Run) -> str:
        keep = run.state[_Keep]
        assert isinstance(keep, _Keep)
        keep.kept.append(keep._printed(value))
        return ""


_KEEP = _Keep(lambda value: value)


class _Compiled:
    """Tags that compute something: a program whose values are kept instead of printed."""

    def __init__(self, engine: Engine, spots: Sequence[Spot], faults: list[Diagnostic]) -> None:
        self.engine = engine
        self._program = Program(engine, [Value(spot, _KEEP) for spot in spots], faults)
        self.rank, self.reads = self._program.rank, self._program.reads

    def values(self, run: Run, printed: Printed) -> list[object]:
        keep = run.state[_Keep] = _Keep(printed)
        for _ in self._program.stream(run):
            pass
        return keep.kept


_Functions = Mapping[str, Function]
_NONE: _Functions = {}
# Environments by the identity of the two mappings, which are kept so that no other mapping takes their identity.
_engines: OrderedDict[tuple[int, int], tuple[Engine, _Functions, _Functions]] = OrderedDict()
_ENGINES_KEPT = 4


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A text parted at its tags: `pieces` holds the text between them, None where a tag stands."""

    pieces: tuple[str | None, ...]
    _tags: _Paths | _Compiled | None = None

    @classmethod
    def parse(
        cls,
        source: str,
        place: Place,
        *,
        filters: _Functions = _NONE,
        functions: _Functions = _NONE,
        names: Mapping[str, object] | None = None,
    ) -> TextTemplate:
        """Parses a cell's text; `place` is where it stands. Only {{ }} is allowed.

        Raises TemplateError with every fault; with `names`, the data, a faulty text is tried on it, so that the
        unknown names beside the fault are told too. A text without tags costs next to nothing; the environment is
        shared by all texts that are given the same two mappings.
        """
        if not may_hold_tags(source):
            return cls((source,) if source else ())
        faults: list[Diagnostic] = []
        spots: list[Spot] = []
        pieces: list[str | None] = []
        for piece in scan(source):
            if isinstance(piece, Literal):
                pieces.append(piece.text)
            elif fault := _fault(piece, place, source):
                faults.append(fault)
            elif isinstance(piece, Tag) and piece.kind is Kind.VALUE:
                spots.append(Spot(piece, replace(place, tag=piece.raw), source))
                pieces.append(None)
        tags = _tags(_engine(filters, functions), spots, faults)
        if faults:
            tried = () if tags is None or names is None else _run(tags, names, None)[0].diagnostics
            raise TemplateError(dict.fromkeys((*faults, *tried)))
        return cls(tuple(pieces), tags)

    def names(self) -> frozenset[str]:
        """The top-level names the tags read; functions are not among them."""
        if self._tags is None:
            return frozenset()
        return frozenset(read.name for read in self._tags.reads) - frozenset(self._tags.engine.globals)

    def evaluate(self, context: Mapping[str, object], printed: Printed | None = None) -> tuple[object, ...]:
        """The text's pieces in order: strings as they stand, and the value of each tag.

        With `printed` each value is handed through it first; what it raises is a fault at that tag, as elsewhere. It
        is not given what cannot be printed (lists, functions), which is a fault, and gets 是 and 否 for booleans.
        Raises TemplateError with every fault, each at the text's place with `tag` set.
        """
        tags = self._tags
        if tags is None:
            return self.pieces
        run, found = _run(tags, context, printed)
        if run.has_faults:
            raise TemplateError(run.diagnostics)
        values = iter(found)
        return tuple(next(values) if piece is None else piece for piece in self.pieces)


def _run(
    tags: _Paths | _Compiled, context: Mapping[str, object], printed: Printed | None
) -> tuple[Run, Sequence[object]]:
    """The values of the tags, and the run that knows the faults."""
    finish = (lambda value: value) if printed is None else lambda value: printed(printable(value))
    # Only what is read is handed on: a workbook offers thousands of names, and a cell uses two.
    seen = {read.name: context[read.name] for read in tags.reads if read.name in context}
    missing = missing_names((tags,), ChainMap({}, context, tags.engine.globals))  # type: ignore[arg-type]
    run = Run({**seen, **{item.name: silent() for item in missing}}, limits=tags.engine.limits)
    for item in missing:
        run.report(item.fault, item.order)
    with run.active():
        return run, tags.values(run, finish)


def _tags(engine: Engine, spots: Sequence[Spot], faults: list[Diagnostic]) -> _Paths | _Compiled | None:
    if all(_Paths.suits(spot.tag) for spot in spots):
        return _Paths(engine, spots) if spots else None
    return _Compiled(engine, spots, faults)


def _engine(filters: _Functions, functions: _Functions) -> Engine:
    key = (id(filters), id(functions))
    kept = _engines.get(key)
    if kept is None:
        kept = _engines[key] = (Engine(filters, functions), filters, functions)
        if len(_engines) > _ENGINES_KEPT:
            _engines.popitem(last=False)
    return kept[0]


def _fault(piece: Tag | Unclosed, place: Place, source: str) -> Diagnostic | None:
    where = replace(place, tag=piece.raw)
    if isinstance(piece, Unclosed):
        return codes.UNCLOSED_TAG.at(where, text=source, tag=piece.raw)
    if piece.kind is Kind.CONTROL or piece.prefix:
        return codes.ONLY_VALUES.at(where, text=source, tag=piece.raw)
    return None
