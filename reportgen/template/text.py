"""TextTemplate: a plain string with {{ }} in it, as people write in prose cells."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.environment import Engine, Function, silent
from reportgen.template.engine.program import Program, missing_names
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Item, Spot, TemplateError, Value
from reportgen.template.syntax import Kind, Literal, Tag, Unclosed, may_hold_tags, scan

_KEPT, _PRINTED = "text template: values", "text template: what prints them"


class _Keep:
    """Keeps a tag's value as it is, for evaluate to hand back."""

    def emit(self, value: object, run: Run) -> str:
        kept = run.state.setdefault(_KEPT, [])
        printed = run.state.get(_PRINTED)
        assert isinstance(kept, list)
        kept.append(printed(value) if callable(printed) else value)
        return ""


_KEEP = _Keep()
_Functions = Mapping[str, Function]
_NONE: _Functions = {}
# Environments by the identity of the two mappings, which are kept so that no other mapping takes their identity.
_engines: OrderedDict[tuple[int, int], tuple[Engine, _Functions, _Functions]] = OrderedDict()
_ENGINES_KEPT = 4


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A text parted at its tags: `pieces` holds the text between them, None where a tag stands."""

    pieces: tuple[str | None, ...]
    _program: Program | None = None

    @classmethod
    def parse(
        cls,
        source: str,
        place: Place,
        *,
        filters: _Functions = _NONE,
        functions: _Functions = _NONE,
    ) -> TextTemplate:
        """Parses a cell's text; `place` is where it stands. Only {{ }} is allowed.

        Raises TemplateError with every fault. A text without tags costs next to nothing; the environment is shared by
        all texts that are given the same two mappings.
        """
        if not may_hold_tags(source):
            return cls((source,) if source else ())
        faults: list[Diagnostic] = []
        items: list[Item] = []
        pieces: list[str | None] = []
        for piece in scan(source):
            if isinstance(piece, Literal):
                pieces.append(piece.text)
            elif fault := _fault(piece, place, source):
                faults.append(fault)
            elif isinstance(piece, Tag) and piece.kind is Kind.VALUE:
                items.append(Value(Spot(piece, replace(place, tag=piece.raw), source), _KEEP))
                pieces.append(None)
        program = Program(_engine(filters, functions), items, faults) if items else None
        if faults:
            raise TemplateError(dict.fromkeys(faults))
        return cls(tuple(pieces), program)

    def names(self) -> frozenset[str]:
        """The top-level names the tags read; functions are not among them."""
        if self._program is None:
            return frozenset()
        return frozenset(read.name for read in self._program.reads) - frozenset(self._program.engine.globals)

    def evaluate(
        self, context: Mapping[str, object], printed: Callable[[object], object] | None = None
    ) -> tuple[object, ...]:
        """The text's pieces in order: strings as they stand, and the value of each tag.

        With `printed` each value is handed through it first; what it raises is a fault at that tag, as elsewhere.
        Raises TemplateError with every fault, each at the text's place with `tag` set.
        """
        program = self._program
        if program is None:
            return self.pieces
        missing = missing_names((program,), frozenset(context) | frozenset(program.engine.globals))
        run = Run({**context, **{item.name: silent() for item in missing}}, limits=program.engine.limits)
        if printed is not None:
            run.state[_PRINTED] = printed
        for item in missing:
            run.report(item.fault, item.order)
        with run.active():
            for _ in program.stream(run):
                pass
        if run.has_faults:
            raise TemplateError(run.diagnostics)
        kept = run.state.get(_KEPT, [])
        assert isinstance(kept, list)
        values = iter(kept)
        return tuple(next(values) if piece is None else piece for piece in self.pieces)


def _engine(filters: _Functions, functions: _Functions) -> Engine:
    key = (id(filters), id(functions))
    if key not in _engines:
        _engines[key] = (Engine(filters, functions), filters, functions)
        if len(_engines) > _ENGINES_KEPT:
            _engines.popitem(last=False)
    return _engines[key][0]


def _fault(piece: Tag | Unclosed, place: Place, source: str) -> Diagnostic | None:
    where = replace(place, tag=piece.raw)
    if isinstance(piece, Unclosed):
        return codes.UNCLOSED_TAG.at(where, text=source, tag=piece.raw)
    if piece.kind is Kind.CONTROL or piece.prefix:
        return codes.ONLY_VALUES.at(where, text=source, tag=piece.raw)
    return None
