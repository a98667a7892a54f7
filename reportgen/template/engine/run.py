"""One filling of a template: its faults, its counters and its trace. Everything that changes lives here."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from types import FrameType

from reportgen.diagnostics import Code, Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.types import Limits, Spot, Trace
from reportgen.template.engine.wording import reason

# A tag and its order in the document: rank of the part, number of the tag.
Located = tuple[Spot, tuple[int, int]]
Locator = Callable[[int], Located]


_MAX_CALLS = 40  # of macros, one in another
_TURNS_OF_A_CALL = 10
_MOST_TOLD = 1_000  # times that one tag may report one fault: in a long loop nobody reads on
_KEPT, _WAITING = 100, 400  # characters that a kept value takes in the memory, about, and while it waits
ITEM = 25  # an item that is gone over weighs as much as so many characters


class LimitError(Exception):
    """A bound was crossed: the run stops at once, since going on is what the bound forbids."""

    def __init__(self, code: Code, **values: object) -> None:
        super().__init__(code.code)
        self.code = code
        self.values = values


class Run:
    """The state of one filling. `context` is what the template sees; `state` is free for the part compilers.

    A `trial` is made for its faults alone: what only the file needs is left out. `left` is closed when it is over.
    """

    def __init__(
        self,
        context: Mapping[str, object],
        *,
        trace: bool = False,
        document_id: str = "000000",
        limits: Limits | None = None,
        trial: bool = False,
    ) -> None:
        self.context = context
        self.trace = trace
        self.trial = trial
        self.left = ExitStack()
        self.document_id = document_id
        self.limits = limits or Limits()
        self.printed = Trace(document_id)
        self.state: dict[object, object] = {}
        self.uncomputed: list[Place] = []  # cells whose formula was written without a value
        self._counters: dict[str, Iterator[int]] = {}
        self._faults: dict[Diagnostic, tuple[int, int]] = {}
        self._units: dict[str, Locator] = {}
        self._standing: Located | None = None
        self._told: dict[tuple[tuple[int, int], Code], int] = {}
        self._turns = self._work = 0
        self._most_work = self.limits.work * ITEM
        self.notices: dict[Diagnostic, None] = {}  # what is to be told and stops nothing
        self._kept: dict[int, object] = {}
        self._kept_size = 0
        self._depth = 0  # of calls

    @contextmanager
    def active(self) -> Iterator[None]:
        """While active, filters and functions of the engine report to this run."""
        token = _CURRENT.set(self)
        try:
            with self.left:
                yield
        finally:
            _CURRENT.reset(token)

    def enter(self, filename: str, locator: Locator) -> None:
        """Makes compiled code known by its file name, so that a fault inside finds its tag."""
        self._units[filename] = locator

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every fault once, in reading order."""
        return tuple(sorted(self._faults, key=lambda item: self._faults[item]))

    @property
    def has_faults(self) -> bool:
        return bool(self._faults)

    def report(self, diagnostic: Diagnostic, order: tuple[int, int] = (0, 0)) -> None:
        self._faults.setdefault(diagnostic, order)

    def stand_at(self, located: Located) -> None:
        """Says which tag is being evaluated, where no compiled code can tell."""
        self._standing = located

    def fault(self, code: Code, *, related: tuple[Place, ...] = (), **values: object) -> None:
        """Reports `code` at the tag that is being evaluated; `{tag}` in its wording is that tag."""
        self._fault_at(self.where(), code, related, values)

    def failed(self, error: Exception, given: Iterable[object] = ()) -> None:
        """Reports what an expression raised that was `given` these values; a crossed limit goes on up."""
        if isinstance(error, LimitError):
            raise error
        if isinstance(error, FaultError):
            self.fault(error.code, related=error.related, **error.values)
        else:
            self.fault(codes.FAILED, reason=reason(error, given))

    def failed_at(self, error: Exception, located: Located) -> None:
        """As `failed`, for a tag that is known."""
        if isinstance(error, FaultError):
            self._fault_at(located, error.code, error.related, error.values)
        elif isinstance(error, LimitError):
            self._fault_at(located, error.code, (), error.values)
        else:
            self._fault_at(located, codes.FAILED, (), {"reason": reason(error)})

    def _fault_at(
        self, located: Located | None, code: Code, related: tuple[Place, ...], values: Mapping[str, object]
    ) -> None:
        if located is None:
            self.report(code.fill(Place(), {"tag": "", **values}, related=related))
            return
        spot, order = located
        told = self._told[order, code] = self._told.get((order, code), 0) + 1
        if told > _MOST_TOLD:
            return
        words = {"tag": spot.tag.raw, **values}
        self.report(code.fill(spot.place, words, text=spot.around, related=related), order)

    def turn(self, count: int) -> None:
        """Counts loop turns; raises LimitError past the bound."""
        self._turns += count
        if self._turns > self.limits.turns:
            raise LimitError(codes.TOO_MANY_TURNS, limit=self.limits.turns)

    def work(self, weight: int) -> None:
        """Counts what filters, tests and functions go over, in characters; raises LimitError past the bound."""
        self._work += weight
        if self._work > self._most_work:
            raise LimitError(codes.TOO_MUCH_WORK, limit=self.limits.work)

    def check_length(self, length: int) -> None:
        """Raises LimitError when a value is longer than the bound."""
        if length > self.limits.value:
            raise LimitError(codes.VALUE_TOO_LONG, limit=self.limits.value)

    @contextmanager
    def nested(self, names: Mapping[str, object]) -> Iterator[Run]:
        """A run of its own for a document that is printed into this one: it sees `names` too; its faults, figures and
        turns count here, at the tag that is being evaluated."""
        inner = Run({**self.context, **names}, trace=self.trace, document_id=self.document_id, limits=self.limits)
        inner.printed = self.printed
        inner._faults, inner._units, inner._told = self._faults, self._units, self._told
        inner._turns, inner._work, inner._kept_size = self._turns, self._work, self._kept_size
        located = self.where()
        with self.printed.within(located[1][0] if located else 0), inner.active():
            yield inner
        self._turns, self._work, self._kept_size = inner._turns, inner._work, inner._kept_size
        self.notices.update(inner.notices)

    @contextmanager
    def deeper(self) -> Iterator[Run]:
        """While a macro or a recursive loop calls; RecursionError before Python itself has had enough.

        What is kept of a call weighs more than a loop's turn.
        """
        self.turn(_TURNS_OF_A_CALL)
        self._depth += 1
        try:
            if self._depth > _MAX_CALLS:
                raise RecursionError
            yield self
        finally:
            self._depth -= 1

    def keep(self, thing: object) -> int:
        """Puts something aside; gives the number under which `take` gives it back."""
        self.kept(_KEPT if len(self._kept) * _WAITING < self.limits.output else self.limits.output)
        number = self.next_id("kept", 0)
        self._kept[number] = thing
        return number

    def take(self, number: int) -> object:
        return self._kept.pop(number)

    def kept(self, size: int) -> None:
        """Counts characters printed from what was kept; raises LimitError past the bound of the output."""
        self._kept_size += size
        if self._kept_size > self.limits.output:
            raise LimitError(codes.OUTPUT_TOO_LARGE, limit=self.limits.output // 1_000_000)

    def next_id(self, series: str, first: int) -> int:
        """The next number of `series`, beginning at `first`."""
        counter = self._counters.get(series)
        if counter is None:
            counter = self._counters[series] = itertools.count(first)
        return next(counter)

    def where(self) -> Located | None:
        """The tag being evaluated: compiled programs carry the tag's number as their line number."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            locator = self._units.get(frame.f_code.co_filename)
            if locator is not None:
                return locator(frame.f_lineno)
            frame = frame.f_back
        return self._standing


_CURRENT: ContextVar[Run] = ContextVar("reportgen_template_run")


def current() -> Run:
    """The run that is active in this context."""
    return _CURRENT.get()
