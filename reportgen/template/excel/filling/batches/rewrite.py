"""The compiled rows of a sheet rewritten: each is offered as a whole before its cells are printed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes, pass_context
from jinja2.parser import Parser
from jinja2.runtime import Context

from reportgen.template.engine.environment import Engine
from reportgen.template.engine.filters.inner import EMIT, SITES
from reportgen.template.engine.run import current
from reportgen.template.engine.types import Site
from reportgen.template.excel.filling.steps import StartRow

OFFER = "offer "  # a filter that no template can name
_BODIES = ("body", "else_", "elif_")


def rewrite(tree: nodes.Template, sites: Sequence[Site], engine: Engine) -> None:
    """In place: the values of a row are evaluated at their own tags, then offered together; only when the row is
    declined do the sites of its cells print them."""
    engine.filters.setdefault(OFFER, _offer)
    parser = Parser(engine, "")
    for body in list(_bodies(tree)):
        body[:] = _rewritten(body, sites, parser)


@pass_context
def _offer(context: Context, values: Sequence[object], index: int) -> bool:
    site = context.parent[SITES][index]
    assert isinstance(site, StartRow)
    return site.offer(values, current())


def _bodies(node: nodes.Node) -> Iterator[list[nodes.Node]]:
    for name in _BODIES:
        body = getattr(node, name, None)
        if isinstance(body, list):
            yield body
            for child in body:
                yield from _bodies(child)


def _rewritten(body: list[nodes.Node], sites: Sequence[Site], parser: Parser) -> list[nodes.Node]:
    made: list[nodes.Node] = []
    index = 0
    while index < len(body):
        number = _site(body[index])
        start = sites[number] if number is not None else None
        count = len(start.batch.fields) if isinstance(start, StartRow) and start.batch else 0
        row = body[index : index + count + 1]
        if count and number is not None and [_site(node) for node in row] == list(range(number, number + count + 1)):
            made.extend(_offered(row, number, parser))
            index += count + 1
        else:
            made.append(body[index])
            index += 1
    return made


def _site(node: nodes.Node) -> int | None:
    """The number of the site that an Output prints through."""
    if isinstance(node, nodes.Output) and len(node.nodes) == 1:
        printed = node.nodes[0]
        if isinstance(printed, nodes.Filter) and printed.name == EMIT:
            number = printed.args[0]
            return int(number.value) if isinstance(number, nodes.Const) else None
    return None


def _offered(row: Sequence[nodes.Node], number: int, parser: Parser) -> Iterator[nodes.Node]:
    names: list[nodes.Expr] = []
    for node in row[1:]:
        printed = node.nodes[0]  # type: ignore[attr-defined]
        name = parser.free_identifier(node.lineno)
        yield nodes.Assign(name, printed.node, lineno=node.lineno)
        printed.node = name
        names.append(name)
    line = row[-1].lineno
    values = nodes.Tuple(names, "load", lineno=line)
    offered = nodes.Filter(values, OFFER, [nodes.Const(number, lineno=line)], [], None, None, lineno=line)
    yield nodes.If(offered, [], [], list(row), lineno=line)
