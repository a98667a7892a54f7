"""Names that do not exist: what they give, and how messages tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined

from reportgen.diagnostics import GapError, nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.run import Run, current

# These are given an unknown value on purpose.
SOFT_FILTERS = frozenset({"default", "d"})
SOFT_TESTS = frozenset({"defined", "undefined"})


class Unknown(Undefined):
    """What a name that does not exist gives: reported when used, then silent, so that no fault follows from it.

    `gap` is set where it stands for what the data leaves out: then asking whether it is there is no use, and filters
    hand it on until it is printed, or `|default` puts something in its place.
    """

    __slots__ = ("_settled", "gap")

    def __init__(self, *args: Any, gap: GapError | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._settled = False
        self.gap = gap

    def handed_on(self) -> Unknown:
        """What a filter or a look-up gives that is given this."""
        return self if self.gap else self.settle()

    def settle(self) -> Unknown:
        """Reports the name once, at the tag that is being evaluated."""
        if not self._settled:
            self._settled = True
            self._report(current())
        return self

    def _report(self, run: Run) -> None:
        name = self._undefined_name
        if self.gap:
            run.failed(self.gap)
        elif self._undefined_exception is SecurityError:
            run.fault(codes.UNSAFE, name=name)
        elif name is None or isinstance(name, int):  # the first of nothing, the neighbour of the last, the tenth of two
            run.fault(codes.FAILED, reason="要取的那一项不存在，列表是空的或已到头尾")
        elif self._undefined_hint is None and self._undefined_obj is not _NO_OBJECT:
            near = nearest(str(name), public_names(self._undefined_obj))
            run.fault(codes.UNKNOWN_ATTRIBUTE, name=name, near=near_words(near))
        else:
            run.fault(codes.NOT_SET, name=name)

    def __str__(self) -> str:
        self.settle()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self.settle()
        return iter(())

    def __len__(self) -> int:
        self.settle()
        return 0

    def __bool__(self) -> bool:
        self.handed_on()
        return False

    def _absorb(self, *args: Any, **kwargs: Any) -> Unknown:
        return self.settle()

    def _refuse(self, other: object) -> bool:
        self.settle()
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _absorb  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _absorb  # type: ignore[assignment]
    __pow__ = __rpow__ = __pos__ = __neg__ = __call__ = __getitem__ = _absorb  # type: ignore[assignment]
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __contains__ = _refuse  # type: ignore[assignment]

    def __ne__(self, other: object) -> bool:
        return self._refuse(other)

    def __hash__(self) -> int:
        return id(self)


_NO_OBJECT = Undefined()._undefined_obj


def silent() -> Unknown:
    """An unknown value whose fault has been reported already."""
    value = Unknown(name="")
    value._settled = True
    return value


def failure(error: Exception, given: Iterable[object] = ()) -> Unknown:
    """What an expression gives that raised `error`, `given` these values. It is reported at once; what the data leaves
    out, when it is used."""
    if isinstance(error, GapError):
        return Unknown(name="", gap=error)
    current().failed(error, given)
    return silent()


def public_names(obj: object) -> tuple[str, ...]:
    """The names a template can read off `obj`: a mapping's keys, otherwise public attributes."""
    if isinstance(obj, Mapping):
        return tuple(key for key in obj if isinstance(key, str))
    return tuple(name for name in dir(obj) if not name.startswith("_"))


def near_words(near: Iterable[str]) -> str:
    """，相近的有“副标题” — or nothing."""
    names = "".join(f"“{name}”" for name in near)
    return f"，相近的有{names}" if names else ""
