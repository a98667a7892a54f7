"""One filling of a template: its faults, its counters and its trace. Everything that changes lives here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from operator import itemgetter
from types import FrameType

from reportgen.diagnostics import Code, Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.types import Limits, Printed, Spot
from reportgen.template.engine.wording import reason

# A tag and its order in the document: rank of the part, number of the tag.
Located = tuple[Spot, tuple[int, int]]
Locator = Callable[[int], Located]


class LimitError(Exception):
    """A bound was crossed: the run stops at once, since going on is what the bound forbids."""

    def __init__(self, code: Code, **values: object) -> None:
        super().__init__(code.code)
        self.code = code
        self.values = values


class Run:
    """The state of one filling. `context` is what the template sees; `state` is free for the part compilers."""

    def __init__(
        self,
        context: Mapping[str, object],
        *,
        trace: bool = False,
        document_id: str = "000000",
        limits: Limits | None = None,
    ) -> None:
        self.context = context
        self.trace = trace
        self.document_id = document_id
        self.limits = limits or Limits()
        self._printed: list[tuple[int, Printed]] = []
        self.state: dict[object, object] = {}
        self.uncomputed: list[Place] = []  # cells whose formula was written without a value
        self._counters: dict[str, int] = {}
        self._faults: dict[Diagnostic, tuple[int, int]] = {}
        self._units: dict[str, Locator] = {}
        self._standing: Located | None = None
        self._turns = 0

    @contextmanager
    def active(self) -> Iterator[None]:
        """While active, filters and functions of the engine report to this run."""
        token = _CURRENT.set(self)
        try:
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
    def printed(self) -> tuple[Printed, ...]:
        """What was marked, part by part, each in the order of its text."""
        return tuple(item for _, item in sorted(self._printed, key=itemgetter(0)))

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
        self._fault_at(self._where(), code, related, values)

    def failed(self, error: Exception) -> None:
        """Reports what an expression raised; a crossed limit goes on up."""
        if isinstance(error, LimitError):
            raise error
        if isinstance(error, FaultError):
            self.fault(error.code, related=error.related, **error.values)
        else:
            self.fault(codes.FAILED, reason=reason(error))

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
        words = {"tag": spot.tag.raw, **values}
        self.report(code.fill(spot.place, words, text=spot.around, related=related), order)

    def turn(self, count: int) -> None:
        """Counts loop turns; raises LimitError past the bound."""
        self._turns += count
        if self._turns > self.limits.turns:
            raise LimitError(codes.TOO_MANY_TURNS, limit=self.limits.turns)

    def check_length(self, length: int) -> None:
        """Raises LimitError when a value is longer than the bound."""
        if length > self.limits.value:
            raise LimitError(codes.VALUE_TOO_LONG, limit=self.limits.value)

    def next_id(self, series: str, first: int) -> int:
        """The next number of `series`, beginning at `first`."""
        number = self._counters.get(series, first)
        self._counters[series] = number + 1
        return number

    def mark(self, source: object, text: str, printed_at: Place | None = None) -> str:
        """Records that `text` is about to be printed for `source`; gives the bookmark's name.

        `printed_at` is where it stands in the outcome, when that is better known than the tag's place.
        """
        name = f"_F_{self.document_id}_{len(self._printed) + 1:05d}"
        located = self._where()
        place, rank = (located[0].place, located[1][0]) if located else (Place(), 0)
        self._printed.append((rank, Printed(name, text, source, printed_at or place)))
        return name

    def _where(self) -> Located | None:
        """The tag being evaluated: compiled programs carry the tag's number as their line number."""
        frame: FrameType | None = sys._getframe(2)
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
