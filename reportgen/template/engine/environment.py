"""The Jinja2 environment: sandboxed, strict about names, and it records faults instead of stopping at the first."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from types import BuiltinMethodType
from typing import Any, cast

from jinja2 import pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.diagnostics import nearest
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.filters import FILTERS
from reportgen.template.engine.filters import limits as bounds
from reportgen.template.engine.filters.texts import formatted
from reportgen.template.engine.run import Run, current
from reportgen.template.engine.types import Limits
from reportgen.template.engine.wording import operation_failed, sign_failed
from reportgen.template.fragments import Fragment, fragment_of, keep
from reportgen.template.values import Inserted, bold, cited, number_of, plain_text, printable, styled

Function = Callable[..., object]

# The engine's own filters: no template can name them, since no identifier holds a space.
EMIT, TURNS, JOIN, SOFT, SILENT = "emit ", "turns ", "join ", "soft ", "silent "
EMIT_LATER, KEEP, WHOLE = "emit later ", "keep ", "whole "
SITES = "sites "  # where a program's context keeps its sites
# What the engine offers beside Jinja2's own filters and tests.
STYLE, INSERT = "样式", "插入"
SEEN = "seen"  # how 插入 is handed what its tag sees


def _inserted(name: object, seen: Context | None = None) -> Inserted:
    """插入('片段.docx'). `seen` is added to every call while it is compiled: what the tag itself sees, loop variables
    included."""
    names = {} if seen is None else {n: v for n, v in seen.get_all().items() if n != SITES}
    return Inserted(plain_text(name), names)


FUNCTIONS: Mapping[str, Function] = {STYLE: styled, "加粗": bold, INSERT: _inserted}
# lipsum and random would make two renderings differ.
_DROPPED_GLOBALS, _DROPPED_FILTERS = ("lipsum",), ("random",)
# These are given an unknown value on purpose.
SOFT_FILTERS = frozenset({"default", "d"})
SOFT_TESTS = frozenset({"defined", "undefined"})
_PART = re.compile(r"\{\w*[.\[]")  # a format that takes a part of a value: '{0.名}', '{0[1]}'
_FULL_LISTS: tuple[object, ...] = (object.__dir__, type.__dir__)  # `__dir__` of what lists all of its attributes


class Unknown(Undefined):
    """What a name that does not exist gives: reported when used, then silent, so that no fault follows from it."""

    __slots__ = ("_settled",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._settled = False

    def settle(self) -> Unknown:
        """Reports the name once, at the tag that is being evaluated."""
        if not self._settled:
            self._settled = True
            self._report(current())
        return self

    def _report(self, run: Run) -> None:
        name = self._undefined_name
        if self._undefined_exception is SecurityError:
            run.fault(codes.UNSAFE, name=name)
        elif self._undefined_hint is None and self._undefined_obj is not _NO_OBJECT:
            near = nearest(str(name), public_names(self._undefined_obj))
            run.fault(codes.UNKNOWN_ATTRIBUTE, name=name, near=near_words(near))
        elif name is None:  # the first of nothing, the neighbour of the last
            run.fault(codes.FAILED, reason="要取的那一项不存在，列表是空的或已到头尾")
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
        self.settle()
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


_NOTHING = object()
_NO_OBJECT = Undefined()._undefined_obj


def silent() -> Unknown:
    """An unknown value whose fault has been reported already."""
    value = Unknown(name="")
    value._settled = True
    return value


def public_names(obj: object) -> tuple[str, ...]:
    """The names a template can read off `obj`: a mapping's keys, otherwise public attributes."""
    if isinstance(obj, Mapping):
        return tuple(key for key in obj if isinstance(key, str))
    return tuple(name for name in dir(obj) if not name.startswith("_"))


def near_words(near: Iterable[str]) -> str:
    """，相近的有“副标题” — or nothing."""
    names = "".join(f"“{name}”" for name in near)
    return f"，相近的有{names}" if names else ""


class Engine(ImmutableSandboxedEnvironment):
    """The one environment of a set of filters and functions. Safe to share: runs keep their state elsewhere.

    `filters` and `functions` are added to Jinja2's; they may raise FaultError, or anything else, which is reported at
    the tag.
    """

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def __init__(
        self,
        filters: Mapping[str, Function] | None = None,
        functions: Mapping[str, Function] | None = None,
        limits: Limits | None = None,
    ) -> None:
        super().__init__(undefined=Unknown, optimized=False, keep_trailing_newline=True, autoescape=False)
        self.limits = limits or Limits()
        for name in _DROPPED_GLOBALS:
            self.globals.pop(name, None)
        for name in _DROPPED_FILTERS:
            self.filters.pop(name, None)
        self.filters |= FILTERS
        for name, function in self.filters.items():
            self.filters[name] = _guarded(bounds.bounded(name, function), soft=name in SOFT_FILTERS)
        self.own_filters = tuple(filters or ())
        self.filters |= {name: _guarded(function) for name, function in (filters or {}).items()}
        for name, test in self.tests.items():
            if name not in SOFT_TESTS:
                self.tests[name] = _guarded_test(cast(Function, test))
        self.tests["number"] = _is_number
        self.filters |= {EMIT: _emit, TURNS: _turns, JOIN: _join, SOFT: self._soft, SILENT: _silent}
        self.filters |= {EMIT_LATER: _emit_later, KEEP: _keep, WHOLE: str}
        self.globals |= {**FUNCTIONS, **(functions or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """x.名: a mapping's key first, then an attribute."""
        if type(obj) is dict:  # the most frequent case by far
            value = obj.get(attribute, _NOTHING)
            if value is not _NOTHING and type(value) is not Unknown:
                return value
        if isinstance(obj, Unknown):
            return obj.settle()
        value = self._look_up(obj, attribute)
        return value.settle() if isinstance(value, Unknown) else value

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Unknown):
            return obj.settle()
        value = self._look_up(obj, argument) if isinstance(argument, str) else self._item(obj, argument)
        return value.settle() if isinstance(value, Unknown) else value

    def _look_up(self, obj: Any, name: str) -> Any:
        """A key first, then an attribute; a mapping that is no dict has its keys alone, and what says itself what it
        offers (`__dir__`) nothing else."""
        try:
            if isinstance(obj, Mapping):
                if name in obj:
                    return obj[name]
                return super().getattr(obj, name) if isinstance(obj, dict) else self.undefined(obj=obj, name=name)
            offered: Any = type(obj).__dir__
            if offered in _FULL_LISTS or name in offered(obj):
                return super().getattr(obj, name)
            return self.undefined(obj=obj, name=name)
        except Exception as error:
            return self._failed(error)

    def _item(self, obj: Any, argument: Any) -> Any:
        try:
            return super().getitem(obj, argument)
        except Exception as error:
            return self._failed(error)

    def _soft(self, obj: Any, key: Any) -> Any:
        """As getattr and getitem, for `x.y is defined` and `x.y|default('…')`: an unknown name is no fault there."""
        if isinstance(obj, Unknown):
            return obj
        return self._look_up(obj, key) if isinstance(key, str) else super().getitem(obj, key)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        for value in (__obj, *args, *kwargs.values()):
            if isinstance(value, Unknown):
                return value.settle()
        try:
            if isinstance(__obj, LoopContext) and __obj._recurse is not None:  # it calls itself
                args, kwargs = tuple(map(_turns, args)), {}
            if not isinstance(__obj, (LoopContext, Macro)):
                return super().call(__context, __obj, *args, **kwargs)
            with current().deeper() as run:
                return fragment_of(super().call(__context, __obj, *args, **kwargs), run)
        except Exception as error:
            return __self._failed(error)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for value in (left, right):
            if isinstance(value, Unknown):
                return value.settle()
        try:
            bounds.check_operator(operator, left, right)
            if operator == "%" and isinstance(left, str):
                return formatted(left, right)
            return super().call_binop(context, operator, left, right)
        except TypeError as error:
            if operator == "%" and isinstance(left, str):
                return self._failed(error)
            current().fault(codes.FAILED, reason=operation_failed(operator, left, right))
            return silent()
        except Exception as error:
            return self._failed(error)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Every text method of a template passes here first: the place to refuse enormous widths."""
        if isinstance(value, BuiltinMethodType) and isinstance(value.__self__, str):
            return self._text_method(value.__self__, value)
        return None

    def _text_method(self, owner: str, method: Callable[..., Any]) -> Callable[..., Any]:
        name = method.__name__
        safe = super().wrap_str_format(method) or method

        @functools.wraps(method)
        def checked(*args: Any, **kwargs: Any) -> Any:
            given = (*args, *kwargs.values())
            bounds.check_method(owner, name, given)
            if name == "format" and _PART.search(owner) is None:
                for value in given:
                    printable(value)
            return safe(*args, **kwargs)

        return checked

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        if isinstance(arg, Unknown):
            return arg.settle()
        try:
            return super().call_unop(context, operator, arg)
        except TypeError:
            current().fault(codes.FAILED, reason=sign_failed(arg))
            return silent()
        except Exception as error:
            return self._failed(error)

    @staticmethod
    def _failed(error: Exception) -> Unknown:
        current().failed(error)
        return silent()


def _is_number(value: object) -> bool:
    """`x is number`: also for figures, and rows that stand for one."""
    return not isinstance(value, Unknown) and number_of(value) is not None


def _guarded(function: Function, soft: bool = False) -> Function:
    """A filter that reports what it raises at the tag and goes on with a silent value."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> object:
        for value in (*args, *kwargs.values()):
            if isinstance(value, Unknown) and not soft:
                return value.settle()
        try:
            return function(*args, **kwargs)
        except Exception as error:
            current().failed(error)
            return silent()

    return guarded


def _guarded_test(function: Function) -> Function:
    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> object:
        for value in args:
            if isinstance(value, Unknown):
                return bool(value)
        try:
            return function(*args, **kwargs)
        except Exception as error:
            current().failed(error)
            return False

    return guarded


@pass_context  # keeps Jinja2 from running it on constants while it compiles
def _emit(context: Context, value: object, index: int) -> str:
    """Prints `value` through the site of the tag."""
    run = current()
    try:
        return context.parent[SITES][index].emit(value, run)  # type: ignore[no-any-return]
    except Exception as error:
        run.failed(error)
        return ""


@pass_context
def _emit_later(context: Context, value: object, index: int) -> str:
    """As _emit, where what is printed is kept first."""
    if isinstance(value, Unknown):
        value.settle()
    return keep(current(), context.parent[SITES][index], value)


def _keep(text: str) -> Fragment:
    return fragment_of(text, current())


def _turns(value: Any) -> Iterable[Any]:
    """What a `for` goes over, with its turns counted."""
    run = current()
    if isinstance(value, Unknown):
        value.settle()
        return ()
    if not isinstance(value, Iterable):
        run.fault(codes.NOT_A_LIST, value=cited(value))
        return ()
    if isinstance(value, Sized):
        run.turn(len(value))
        return value
    return _counted(value, run)


def _counted(values: Iterable[Any], run: Run) -> Iterator[Any]:
    for value in values:
        run.turn(1)
        yield value


def _join(values: Iterable[object]) -> str:
    """`a ~ b`: the texts joined; a value that prints spans gives its plain text."""
    bounds.weight(values)
    text = "".join(map(plain_text, values))
    current().check_length(len(text))
    return text


def _silent(value: object) -> Unknown:
    return silent()
