"""A part of a template as one compiled Jinja2 program, with a map from every tag to its place."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from jinja2 import Template as Compiled
from jinja2 import nodes

from reportgen.diagnostics import Diagnostic
from reportgen.template.engine.assembly import Assembly, flat
from reportgen.template.engine.environment import FUNCTIONS, INSERT, STYLE, Engine
from reportgen.template.engine.filters.inner import SITES, WHOLE
from reportgen.template.engine.names.reading import reads, written_out
from reportgen.template.engine.run import LimitError, Located, Run
from reportgen.template.engine.types import Control, Item, Site, Spot, Value

Rewrite = Callable[[nodes.Template, Sequence[Site], Engine], None]
_serial = itertools.count(1)
_MAX_RETRIES = 100


class Program:
    """What a part becomes: render it any number of times, from any thread.

    `rank` orders the parts of a document in diagnostics.
    """

    def __init__(
        self,
        engine: Engine,
        items: Sequence[Item],
        faults: list[Diagnostic],
        rank: int = 0,
        rewrite: Rewrite | None = None,
    ) -> None:
        """Compiles `items`, a part's static text and tags in document order.

        Every syntax error and unknown filter is added to `faults`; block errors are the business of whoever arranged
        the items (see blocks.match), here a missing closer is supplied in silence. `rewrite` may change the tree, in
        place, before it is compiled.
        """
        self.rank = rank
        self.engine = engine
        self._items = tuple(items)
        self.spots = tuple(item.spot for item in flat(items) if isinstance(item, (Value, Control)))
        assembly = Assembly(engine, self._items, faults)
        self.tree = assembly.tree
        self._sites = tuple(assembly.sites)
        self.reads, self.parts = reads(assembly.tree, self.spots)
        self.defined = frozenset(name.name for name in self.tree.find_all(nodes.Name) if name.ctx != "load")
        self.styles, self.inserted = (self._written_out(name) for name in (STYLE, INSERT))
        self._faulty = frozenset(assembly.faulty)
        if self._faulty:
            # Faulty tags print nothing, so that the part can still be run for its other faults.
            assembly = Assembly(engine, self._items, [], self._faulty)
        if rewrite is not None:
            rewrite(assembly.tree, self._sites, engine)
        self._unit = _Unit(engine, assembly.tree, self.spots, rank)

    def _written_out(self, function: str) -> tuple[tuple[str, Spot], ...]:
        """The texts given to one of the engine's own functions, unless the data brings another of that name."""
        if self.engine.globals[function] is not FUNCTIONS[function]:
            return ()
        return tuple(written_out(function, self.tree, self.spots))

    def stream(self, run: Run) -> Iterator[str]:
        """The part's text in chunks. Faults go to `run`; after the first one the text is good for nothing."""
        unit = self._unit
        failed = set(self._faulty)
        for _ in range(_MAX_RETRIES):
            try:
                yield from unit.stream(run, self._sites)
                return
            except LimitError as limit:
                run.failed_at(limit, unit.located(limit.__traceback__))
                return
            except Exception as error:
                located = unit.located(error.__traceback__)
                number = located[1][1]
                if number in failed:
                    raise
                run.failed_at(error, located)
                # The tag is silenced and the part run again: whatever else is wrong shall be reported too.
                failed.add(number)
                tree = Assembly(self.engine, self._items, [], frozenset(failed)).tree
                unit = _Unit(self.engine, tree, self.spots, self.rank)


class _Unit:
    """Compiled code whose line numbers, by way of Jinja2's debug map, are the numbers of tags."""

    def __init__(self, engine: Engine, tree: nodes.Template, spots: tuple[Spot, ...], rank: int) -> None:
        self.filename = f"<template {next(_serial)}>"
        _join_outputs(tree)
        tree.set_environment(engine)
        code = engine.compile(tree, "part", self.filename)
        self._template = Compiled.from_code(engine, code, engine.globals)
        # Line of the compiled code → tag, as get_corresponding_lineno has it, but fast: tracing asks for every figure.
        lines = self._template.debug_info
        self._code_lines = [code_line for _, code_line in lines]
        numbers = [0, *(line - 1 for line, _ in lines)]
        self._located: list[Located] = [(spots[min(n, len(spots) - 1)], (rank, n)) for n in numbers if spots]

    def stream(self, run: Run, sites: tuple[Site, ...]) -> Iterator[str]:
        run.enter(self.filename, self.spot_at)
        context = self._template.new_context({**run.context, SITES: sites})
        return self._template.root_render_func(context)

    def spot_at(self, line: int) -> Located:
        return self._located[bisect_right(self._code_lines, line)]

    def located(self, traceback: TracebackType | None) -> Located:
        """The tag in which an exception arose: the innermost frame of this unit."""
        line = 1
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == self.filename:
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return self.spot_at(line)


def _join_outputs(node: nodes.Node) -> None:
    """What is printed without a block in between becomes one text: a row of a table is handed on in one piece."""
    for name in ("body", "else_", "elif_"):
        inner = getattr(node, name, None)
        if isinstance(inner, list):
            for child in inner:
                _join_outputs(child)
            setattr(node, name, list(_joined(inner)))


def _joined(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    for is_output, found in itertools.groupby(body, lambda node: isinstance(node, nodes.Output)):
        group = list(found)
        if not is_output or len(group) == 1:
            yield from group
            continue
        printed = [child for output in group for child in output.iter_child_nodes()]
        whole = nodes.Filter(None, WHOLE, [], [], None, None)
        line = group[0].lineno
        yield nodes.FilterBlock([nodes.Output(printed, lineno=line)], whole, lineno=line)
