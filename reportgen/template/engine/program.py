"""A part of a template as one compiled Jinja2 program, with a map from every tag to its place."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from jinja2 import Template as Compiled
from jinja2 import nodes

from reportgen.diagnostics import Diagnostic, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import match
from reportgen.template.engine.environment import (
    EMIT,
    FUNCTIONS,
    SILENT,
    SITES,
    STYLE,
    TURNS,
    Engine,
    near_words,
    public_names,
)
from reportgen.template.engine.run import LimitError, Located, Run
from reportgen.template.engine.tags import Read, fault_at, parse, reads, styles_named, targets
from reportgen.template.engine.types import Computed, Control, Item, Site, Spot, Value

_serial = itertools.count(1)
_MAX_RETRIES = 100
_MAX_LOOPS, _MAX_BLOCKS = 18, 40  # one in another: Python compiles no more than 20 loops and 100 indentations


class Program:
    """What a part becomes: render it any number of times, from any thread.

    `rank` orders the parts of a document in diagnostics.
    """

    def __init__(self, engine: Engine, items: Sequence[Item], faults: list[Diagnostic], rank: int = 0) -> None:
        """Compiles `items`, a part's static text and tags in document order.

        Every syntax error and unknown filter is added to `faults`; block errors are the business of whoever arranged
        the items (see blocks.match), here a missing closer is supplied in silence.
        """
        self.rank = rank
        self.engine = engine
        self._items = tuple(items)
        self.spots = tuple(item.spot for item in items if isinstance(item, (Value, Control)))
        self._sites = tuple(item.site for item in items if isinstance(item, (Value, Computed)))
        assembly = _Assembly(engine, self._items, faults)
        self.reads, self.parts = reads(assembly.tree, self.spots)
        own_function = engine.globals[STYLE] is not FUNCTIONS[STYLE]
        self.styles = () if own_function else tuple(styles_named(assembly.tree, self.spots))
        self._faulty = frozenset(assembly.faulty)
        if self._faulty:
            # Faulty tags print nothing, so that the part can still be run for its other faults.
            assembly = _Assembly(engine, self._items, [], self._faulty)
        self._unit = _Unit(engine, assembly.tree, self.spots, rank)

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
                tree = _Assembly(self.engine, self._items, [], frozenset(failed)).tree
                unit = _Unit(self.engine, tree, self.spots, self.rank)


class _Unit:
    """Compiled code whose line numbers, by way of Jinja2's debug map, are the numbers of tags."""

    def __init__(self, engine: Engine, tree: nodes.Template, spots: tuple[Spot, ...], rank: int) -> None:
        self.filename = f"<template {next(_serial)}>"
        self._spots, self._rank = spots, rank
        code = engine.compile(tree, "part", self.filename)
        self._template = Compiled.from_code(engine, code, engine.globals)

    def stream(self, run: Run, sites: tuple[Site, ...]) -> Iterator[str]:
        run.enter(self.filename, self.spot_at)
        context = self._template.new_context({**run.context, SITES: sites})
        return self._template.root_render_func(context)

    def spot_at(self, line: int) -> Located:
        number = self._template.get_corresponding_lineno(line) - 1
        return self._spots[min(number, len(self._spots) - 1)], (self._rank, number)

    def located(self, traceback: TracebackType | None) -> Located:
        """The tag in which an exception arose: the innermost frame of this unit."""
        line = 1
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == self.filename:
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return self.spot_at(line)


@dataclass(slots=True)
class _Frame:
    """A block being filled: where the next nodes go, and the control tag that opened it."""

    body: list[nodes.Node]
    opener: int
    node: nodes.Node | None = None


class _Assembly:
    """Items into one Jinja2 tree. Tags in `silenced` (numbers from 0) keep their place and lose their expression.

    `faulty` are the numbers of the tags that could not be parsed.
    """

    def __init__(
        self,
        engine: Engine,
        items: Sequence[Item],
        faults: list[Diagnostic],
        silenced: frozenset[int] = frozenset(),
    ) -> None:
        self._engine, self._faults, self._silenced = engine, faults, silenced
        self.faulty: set[int] = set()
        controls = [item.spot for item in items if isinstance(item, Control)]
        matching = match(controls)
        self._closes = {block.closer: block.opener for block in matching.blocks}
        self._divides = {middle: block.opener for block in matching.blocks for middle in block.middles}
        root: list[nodes.Node] = []
        self._stack = [_Frame(root, -1)]
        self._number = self._control = self._site = 0
        for item in items:
            self._add(item)
        self.tree = nodes.Template(root, lineno=1)
        self.tree.set_environment(engine)

    def _add(self, item: Item) -> None:
        if isinstance(item, str):
            self._append(nodes.Output([nodes.TemplateData(item)]), max(self._number, 1))
            return
        if isinstance(item, Computed):
            self._emit(nodes.Const(None))
            return
        before = len(self._faults)
        node = parse(self._engine, item.spot, self._faults)
        if len(self._faults) > before:
            self.faulty.add(self._number)
        if self._number in self._silenced:
            _silence(node)
        self._number += 1
        if isinstance(item, Value):
            silenced = self._number - 1 in self._silenced
            self._emit(_silent_expression() if silenced or not isinstance(node, nodes.Expr) else node)
        else:
            self._statement(item.spot, node)
            self._control += 1

    def _append(self, node: nodes.Node, line: int) -> None:
        node.set_lineno(line, override=True)
        self._stack[-1].body.append(node)

    def _emit(self, value: nodes.Expr) -> None:
        printed = nodes.Filter(value, EMIT, [nodes.Const(self._site)], [], None, None)
        self._site += 1
        self._append(nodes.Output([printed]), max(self._number, 1))

    def _statement(self, spot: Spot, node: nodes.Node | None) -> None:
        word, index = spot.tag.word, self._control
        if index in self._closes:
            self._unwind(self._closes[index])
            self._stack.pop()
        elif index in self._divides:
            self._unwind(self._divides[index])
            self._divide(word, node)
        elif word in ("for", "if", "with"):
            self._open(spot, word, node)
        elif isinstance(node, nodes.Assign):
            self._append(node, self._number)
        elif word == "set":
            self._append(_assignment(spot), self._number)

    def _unwind(self, opener: int) -> None:
        """Closes the blocks that someone forgot to close."""
        while self._stack[-1].opener != opener:
            self._stack.pop()

    def _open(self, spot: Spot, word: str, node: nodes.Node | None) -> None:
        if not isinstance(node, (nodes.For, nodes.If, nodes.With)):
            node = _substitute(spot, word)
        node.body = []
        if isinstance(node, nodes.For):
            node.iter = nodes.Filter(node.iter, TURNS, [], [], None, None)
        if self._is_too_deep(node):  # what it holds is left out
            self._faults.append(fault_at(spot, codes.SYNTAX, reason="一层套一层，套得太多"))
        else:
            self._append(node, self._number)
        self._stack.append(_Frame(node.body, self._control, node))

    def _is_too_deep(self, node: nodes.Node) -> bool:
        around = [frame.node for frame in self._stack if frame.node is not None]
        loops = sum(isinstance(outer, nodes.For) for outer in around)
        return len(around) >= _MAX_BLOCKS or (isinstance(node, nodes.For) and loops >= _MAX_LOOPS)

    def _divide(self, word: str, node: nodes.Node | None) -> None:
        frame = self._stack[-1]
        owner = frame.node
        if word == "else" and isinstance(owner, (nodes.For, nodes.If)):
            frame.body = owner.else_ = []
        elif isinstance(owner, nodes.If):
            branch = node if isinstance(node, nodes.If) else nodes.If(nodes.Const(False), [], [], [])
            branch.body = frame.body = []
            branch.set_lineno(self._number, override=True)
            owner.elif_.append(branch)


def _silence(node: nodes.Node | None) -> None:
    """Takes the failing expression out of a statement that failed."""
    if isinstance(node, nodes.For):
        node.iter, node.test = nodes.List([]), None
    elif isinstance(node, nodes.If):
        node.test = nodes.Const(False)
    elif isinstance(node, nodes.Assign):
        names = [name.name for name in node.find_all(nodes.Name) if name.ctx == "store"]
        node.target = nodes.Name(names[0] if names else "_", "store")
        node.node = _silent_expression()
    elif isinstance(node, nodes.With):
        node.values = [_silent_expression() for _ in node.values]


def _silent_expression() -> nodes.Expr:
    return nodes.Filter(nodes.Const(None), SILENT, [], [], None, None)


def _substitute(spot: Spot, word: str) -> nodes.For | nodes.If | nodes.With:
    """A block whose header could not be parsed: its body is still looked through for names."""
    if word == "if":
        return nodes.If(nodes.Const(True), [], [], [])
    names = sorted(targets(spot))
    if word == "with":
        values: list[nodes.Expr] = [nodes.Const(None) for _ in names]
        return nodes.With([nodes.Name(name, "param") for name in names], values, [])
    target = nodes.Tuple([nodes.Name(name, "store") for name in names], "store")
    return nodes.For(target, nodes.List([]), [], [], None, False)


def _assignment(spot: Spot) -> nodes.Assign:
    names = sorted(targets(spot)) or ["_"]
    return nodes.Assign(nodes.Tuple([nodes.Name(name, "store") for name in names], "store"), nodes.List([]))


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that nobody knows, the fault at one of its places, and the order of that place in the document."""

    name: str
    fault: Diagnostic
    order: tuple[int, int]


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


def missing_names(readers: Iterable[Reader], known: Collection[str]) -> tuple[Missing, ...]:
    """Every top-level name that is read and is not among `known`, at each place."""
    return tuple(
        Missing(
            read.name,
            codes.UNKNOWN_NAME.fill(read.spot.place, read.words(known), text=read.spot.around),
            (reader.rank, read.number),
        )
        for reader in readers
        for read in reader.reads
        if read.name not in known and not read.soft
    )
