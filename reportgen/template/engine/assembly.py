"""Items into one Jinja2 syntax tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.blocks import KEPT, match, opens
from reportgen.template.engine.bounds.loops import weigh
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.filters.inner import EMIT, EMIT_LATER, KEEP, SILENT, TURNS
from reportgen.template.engine.names.scopes import stretch
from reportgen.template.engine.tags import fault_at, parse, targets, unsupported
from reportgen.template.engine.types import Captured, Computed, Control, Item, Site, Spot, Value
from reportgen.template.fragments import Level, beginning

_MAX_LOOPS, _MAX_BLOCKS = 18, 40  # one in another: Python compiles no more than 20 loops and 100 indentations


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """The items with those of captured stretches in their place."""
    for item in items:
        if isinstance(item, Captured):
            yield from flat(item.items)
        else:
            yield item


@dataclass(slots=True)
class _Frame:
    """A block being filled: where the next nodes go, and the control tag that opened it.

    `keeps`: what is printed in it is kept; `prints`: what prints it afterwards, with the site and the tag's number.
    """

    body: list[nodes.Node]
    opener: int
    node: nodes.Node | None = None
    keeps: bool = False
    prints: tuple[nodes.Expr, Site, int] | None = None


KEPT_NAME = "_kept_"  # what names begin with that no template has given
_CAPTURED = -2  # stands for an opener in the frame of a captured stretch


class Assembly:
    """Items into one Jinja2 tree. Tags in `silenced` (numbers from 0) keep their place and lose their expression.

    `faulty` are the numbers of the tags that could not be parsed, `sites` those that print, in order.
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
        self.sites: list[Site] = []
        tags = [item for item in flat(items) if isinstance(item, (Value, Control))]
        matching = match([item.spot for item in tags if isinstance(item, Control)])
        self._closes = {block.closer: block.opener for block in matching.blocks}
        self._closed = frozenset(self._closes.values())
        self._divides = {middle: block.opener for block in matching.blocks for middle in block.middles}
        root: list[nodes.Node] = []
        self._stack = [_Frame(root, -1)]
        self._number = self._control = 0
        for item in items:
            self._add(item)
        weigh(root, [item.spot for item in tags])
        self.tree = nodes.Template(root, lineno=1)
        self.tree.set_environment(engine)

    def _add(self, item: Item) -> None:
        if isinstance(item, str):
            self._append(nodes.Output([nodes.TemplateData(item)]), max(self._number, 1))
        elif isinstance(item, Computed):
            self._emit(nodes.Const(item.value), item.site, max(self._number, 1))
        elif isinstance(item, Captured):
            self._capture(item)
        else:
            self._tag(item)

    def _tag(self, item: Value | Control) -> None:
        before = len(self._faults)
        node = parse(self._engine, item.spot, self._faults)
        if len(self._faults) > before:
            self.faulty.add(self._number)
        is_silenced = self._number in self._silenced
        if is_silenced:
            _silence(node)
        self._number += 1
        if isinstance(item, Value):
            value = _silent_expression() if is_silenced or not isinstance(node, nodes.Expr) else node
            self._emit(value, item.site, self._number)
        else:
            self._statement(item, node)
            self._control += 1

    def _append(self, node: nodes.Node, line: int) -> None:
        node.set_lineno(line, override=True)
        self._stack[-1].body.append(node)

    def _emit(self, value: nodes.Expr, site: Site, line: int) -> None:
        name = EMIT_LATER if any(frame.keeps for frame in self._stack) else EMIT
        printed = nodes.Filter(value, name, [nodes.Const(len(self.sites))], [], None, None)
        self.sites.append(site)
        self._append(nodes.Output([printed]), line)

    def _capture(self, item: Captured) -> None:
        name = EMIT_LATER if any(frame.keeps for frame in self._stack) else EMIT
        printed = nodes.Filter(_kept(None), name, [nodes.Const(len(self.sites))], [], None, None)
        self.sites.append(item.site)
        block = stretch(printed)
        self._append(block, max(self._number, 1))
        self._stack.append(_Frame(block.body, _CAPTURED, keeps=True))
        depth = len(self._stack)
        for inner in item.items:
            self._add(inner)
        while len(self._stack) >= depth:
            self._close()

    def _kept_name(self) -> str:
        return f"{KEPT_NAME}{len(self.sites)}_{self._number}"

    def _statement(self, item: Control, node: nodes.Node | None) -> None:
        word, index = item.spot.tag.word, self._control
        if index in self._closes:
            if self._unwind(self._closes[index]):
                self._close()
        elif index in self._divides:
            if self._unwind(self._divides[index]):
                self._divide(word, node)
        elif opens(item.spot.tag):
            self._open(item, word, node)
        elif isinstance(node, nodes.Assign):
            self._append(node, self._number)
        elif word == "set":
            self._append(_assignment(item.spot), self._number)

    def _close(self) -> None:
        frame = self._stack.pop()
        if frame.prints is not None:
            self._emit(*frame.prints)

    def _unwind(self, opener: int) -> bool:
        """Closes the blocks that someone forgot to close; False when `opener` lies outside what is captured."""
        openers = [frame.opener for frame in self._stack]
        if opener not in openers or _CAPTURED in openers[openers.index(opener) :]:
            return False
        while self._stack[-1].opener != opener:
            self._close()
        return True

    def _open(self, item: Control, word: str, node: nodes.Node | None) -> None:
        recursive = isinstance(node, nodes.For) and node.recursive
        if word in KEPT or recursive:
            printed = word not in ("macro", "set")
            if self._control not in self._closed:
                pass  # that it is never closed has been said
            elif item.level is None or (printed and item.site is None):
                self._faults.append(unsupported(item.spot, "recursive" if recursive else word, item.advice))
            elif node is not None:
                self._stack.append(self._kept_frame(item, item.level, node))
                return
        if not isinstance(node, (nodes.For, nodes.If, nodes.With)):
            node = _substitute(item.spot, word)
        self._stack.append(self._frame(item.spot, node))

    def _frame(self, spot: Spot, node: nodes.For | nodes.If | nodes.With) -> _Frame:
        node.body = []
        if isinstance(node, nodes.For):
            node.recursive = False
            node.iter = nodes.Filter(node.iter, TURNS, [], [], None, None)
        if self._is_too_deep(node):  # what it holds is left out
            self._faults.append(fault_at(spot, codes.SYNTAX, reason="一层套一层，套得太多"))
        else:
            self._append(node, self._number)
        return _Frame(node.body, self._control, node)

    def _kept_frame(self, item: Control, level: Level, node: nodes.Node) -> _Frame:
        """A macro as it is; the other blocks as a macro or a text that is kept, and printed at their end."""
        name, index = self._kept_name(), self._control
        begin: list[nodes.Node] = [nodes.Output([nodes.TemplateData(beginning(level))])]
        prints: nodes.Expr | None = None
        holder: nodes.Node
        if isinstance(node, nodes.Macro):
            holder = nodes.Macro(node.name, node.args, node.defaults, begin)
        elif isinstance(node, nodes.CallBlock):
            holder = nodes.Macro(name, node.args, node.defaults, begin)
            node.call.kwargs.append(nodes.Keyword("caller", nodes.Name(name, "load")))
            prints = node.call if self._number - 1 not in self._silenced else _silent_expression()
        elif isinstance(node, nodes.AssignBlock):
            holder = nodes.AssignBlock(node.target, _kept(node.filter), begin)
        elif isinstance(node, nodes.FilterBlock):
            holder, prints = nodes.AssignBlock(nodes.Name(name, "store"), _kept(node.filter), begin), _load(name)
        else:
            assert isinstance(node, nodes.For), "the only other block that is kept"
            node.body, loop = begin, node
            loop.iter = nodes.Filter(loop.iter, TURNS, [], [], None, None)
            holder, prints = nodes.AssignBlock(nodes.Name(name, "store"), _kept(None), [loop]), _load(name)
        self._append(holder, self._number)
        printing = (prints, item.site, self._number) if prints is not None and item.site is not None else None
        return _Frame(begin, index, node if isinstance(node, nodes.For) else None, keeps=True, prints=printing)

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


def _load(name: str) -> nodes.Expr:
    return nodes.Name(name, "load")


def _kept(chain: nodes.Filter | None) -> nodes.Filter:
    """The filters of a block, with what keeps its outcome in front of them."""
    keeping = nodes.Filter(None, KEEP, [], [], None, None)
    if chain is None:
        return keeping
    first = chain
    while isinstance(first.node, nodes.Filter):
        first = first.node
    first.node = keeping
    return chain


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
    elif isinstance(node, (nodes.FilterBlock, nodes.AssignBlock)):
        node.filter = None
    elif isinstance(node, nodes.Macro):
        node.defaults = [_silent_expression() for _ in node.defaults]
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
