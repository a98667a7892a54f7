"""The engine's own filters, which its compiled programs call: printing, loops, joined texts, kept stretches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.bounds.operators import COMPARISONS, measured, sliced
from reportgen.template.engine.bounds.sizes import check, weight
from reportgen.template.engine.bounds.work import size
from reportgen.template.engine.filters.sources import concatenated, cut
from reportgen.template.engine.names.unknown import Unknown, failure, silent
from reportgen.template.engine.run import ITEM, Run, current
from reportgen.template.fragments import Fragment, fragment_of, keep
from reportgen.template.values import Sourced, cited, is_spanned, number_of

# No template can name them, since no identifier holds a space.
EMIT, TURNS, JOIN, SOFT, SILENT = "emit ", "turns ", "join ", "soft ", "silent "
EMIT_LATER, KEEP, WHOLE = "emit later ", "keep ", "whole "
SLICED, MEASURED = "sliced ", "measured "
SITES = "sites "  # where a program's context keeps its sites


def compared(operator: str) -> str:
    """The filter that does what the comparison `operator`, by Jinja2's name for it, would do."""
    return f"{operator} "


@pass_context  # keeps Jinja2 from running it on constants while it compiles
def _emit(context: Context, value: object, index: int) -> str:
    """Prints `value` through the site of the tag."""
    run = current()
    if isinstance(value, Unknown):
        value.settle()
    try:
        return context.parent[SITES][index].emit(value, run)  # type: ignore[no-any-return]
    except Exception as error:
        run.failed(error, (value,))
        return ""


@pass_context
def _emit_later(context: Context, value: object, index: int) -> str:
    """As _emit, where what is printed is kept first."""
    if isinstance(value, Unknown):
        value.settle()
    return keep(current(), context.parent[SITES][index], value)


def _keep(text: str) -> Fragment:
    return fragment_of(text, current())


def turns(value: Any, held: int = 0, work: int = 0) -> Iterable[Any]:
    """What a `for` goes over, with its turns counted, and what each of them costs (see bounds.loops)."""
    run = current()
    if isinstance(value, Unknown):
        value.settle()
        return ()
    if not isinstance(value, Iterable):
        run.fault(codes.NOT_A_LIST, value=cited(value))
        return ()
    if isinstance(value, Sized):
        _count(run, len(value), held, work)
        return value
    return _counted(value, run, held, work)


def _counted(values: Iterable[Any], run: Run, held: int, work: int) -> Iterator[Any]:
    for value in values:
        _count(run, 1, held, work)
        yield value


def _count(run: Run, turns: int, held: int, work: int) -> None:
    run.turn(turns)
    run.work(turns * work)
    if held:
        run.kept(turns * held)


def _join(values: Iterable[object]) -> str:
    """`a ~ b`: the texts joined."""
    items = list(values)
    weight(items)
    text = concatenated(items)
    check(len(text))
    current().work(size(text) + ITEM * sum(item.pieces for item in items if isinstance(item, Sourced)))
    return text


def _sliced(value: object, start: int | None, stop: int | None, step: int | None) -> Any:
    """`x[a:b]`; what is no list is cut as the text that it prints. A number cut short would be another number."""
    if isinstance(value, Unknown):
        return value.handed_on()
    try:
        if number_of(value) is not None:
            current().fault(codes.FAILED, reason=f"{cited(value)}是数，不能截取；要改位数，用 |小数(1) 或 |round(1)")
            return silent()
        if is_spanned(value) and (isinstance(value, Sourced) or not isinstance(value, Sequence)):
            return cut(value, start, stop, step)
        return sliced(value, start, stop, step)
    except Exception as error:
        return failure(error, (value,))


def _silent(value: object) -> Unknown:
    return silent()


FILTERS: Mapping[str, Callable[..., Any]] = {
    EMIT: _emit,
    EMIT_LATER: _emit_later,
    KEEP: _keep,
    TURNS: turns,
    JOIN: _join,
    SILENT: _silent,
    WHOLE: str,
    SLICED: _sliced,
    MEASURED: measured,
    **{compared(name): function for name, function in COMPARISONS.items()},
}
