"""Names that one part of a document sets and another reads: what is set holds in its own part only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.assembly import KEPT_NAME
from reportgen.template.engine.names.reading import stored
from reportgen.template.engine.program import Program
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Spot


def set_elsewhere(programs: Iterable[Program]) -> Iterator[Diagnostic]:
    """Warnings for names that one program sets and another reads from the data."""
    owned = [(program, _names_set(program)) for program in programs]
    for program, own in owned if any(names for _, names in owned) else ():
        others = {name: spot for _, names in owned if names is not own for name, spot in names.items()}
        for read in program.reads:
            if (spot := others.get(read.name)) is not None:
                same_file = spot.place.file == read.spot.place.file
                where = spot.place.part if same_file else spot.place.label()
                words = {"name": read.name, "where": where, "opener": spot.tag.raw}
                yield fault_at(read.spot, codes.SET_ELSEWHERE, **words)


def _names_set(program: Program) -> Mapping[str, Spot]:
    """The names that a part sets for all that follows in it, with the first tag that does."""
    found: dict[str, Spot] = {}
    for name, line in _set_in(program.tree.body):
        found.setdefault(name, program.spots[line - 1])
    return found


def _set_in(body: Iterable[nodes.Node]) -> Iterator[tuple[str, int]]:
    """Names and numbers of tags. An `if` hides nothing, loops do."""
    for node in body:
        if isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            yield from ((name, node.lineno) for name in stored(node.target) if not name.startswith(KEPT_NAME))
        elif isinstance(node, nodes.Macro) and not node.name.startswith(KEPT_NAME):
            yield node.name, node.lineno
        elif isinstance(node, nodes.If):
            for branch in (node.body, node.elif_, node.else_):
                yield from _set_in(branch)
