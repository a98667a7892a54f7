"""The Jinja2 environment: sandboxed, strict about names, and it records faults instead of stopping at the first."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from jinja2 import Environment
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.bounds import filters as bounds
from reportgen.template.engine.bounds import methods
from reportgen.template.engine.bounds.operators import TESTS, check_operator, measured
from reportgen.template.engine.bounds.work import charged, outcome
from reportgen.template.engine.filters import FILTERS, inner
from reportgen.template.engine.filters.formats import filled, formatted
from reportgen.template.engine.filters.inner import SITES, SOFT
from reportgen.template.engine.filters.sources import anchored, concatenated, replaced
from reportgen.template.engine.names.scopes import Generator
from reportgen.template.engine.names.unknown import SOFT_FILTERS, SOFT_TESTS, Unknown, failure, silent
from reportgen.template.engine.run import ITEM, current
from reportgen.template.engine.types import Limits
from reportgen.template.engine.wording import operation_failed, sign_failed
from reportgen.template.fragments import fragment_of
from reportgen.template.values import Inserted, bold, number_of, plain_text, printable, styled

Function = Callable[..., object]

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
_PART = re.compile(r"\{\w*[.\[]")  # a format that takes a part of a value: '{0.名}', '{0[1]}'
_FULL_LISTS: tuple[object, ...] = (object.__dir__, type.__dir__)  # `__dir__` of what lists all of its attributes
_HASHING = (dict, Namespace)  # what makes keys of what it is given
_MANY = 50  # arguments: from here on they are worth counting
_NOTHING = object()


class Engine(ImmutableSandboxedEnvironment):
    """The one environment of a set of filters and functions. Safe to share: runs keep their state elsewhere.

    `filters` and `functions` are added to Jinja2's; they may raise FaultError, or anything else, which is reported at
    the tag.
    """

    code_generator_class = Generator
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
        self.filters |= {name: _guarded(bounds.counting(function)) for name, function in (filters or {}).items()}
        self.tests |= cast(Mapping[str, Any], TESTS)
        for name, test in self.tests.items():
            if name not in SOFT_TESTS:
                self.tests[name] = _guarded_test(cast(Function, test))
        self.tests["number"] = _is_number
        self.filters |= {**inner.FILTERS, SOFT: self._soft}
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
        return value.handed_on() if isinstance(value, Unknown) else value

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Unknown):
            return obj.settle()
        value = self._look_up(obj, argument) if isinstance(argument, str) else self._item(obj, argument)
        return value.handed_on() if isinstance(value, Unknown) else value

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
            return failure(error)

    def _item(self, obj: Any, argument: Any) -> Any:
        try:
            return super().getitem(obj, measured(argument))
        except Exception as error:
            return failure(error, (obj,))

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
                args, kwargs = tuple(map(inner.turns, args)), {}
            if not isinstance(__obj, (LoopContext, Macro)):
                return outcome(super().call(__context, __obj, *_counted(__obj, args), **kwargs))
            with current().deeper() as run:
                return fragment_of(super().call(__context, __obj, *args, **kwargs), run)
        except Exception as error:
            return failure(error, (*args, *kwargs.values()))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for value in (left, right):
            if isinstance(value, Unknown):
                return value.settle()
        try:
            check_operator(operator, left, right)
            if operator == "%" and isinstance(left, str):
                return formatted(left, right)
            if operator == "+" and isinstance(left, str) and isinstance(right, str):
                return concatenated((left, right))
            return super().call_binop(context, operator, left, right)
        except TypeError as error:
            if operator == "%" and isinstance(left, str):
                return failure(error)
            current().fault(codes.FAILED, reason=operation_failed(operator, left, right))
            return silent()
        except Exception as error:
            return failure(error)

    def wrap_str_format(self, value: Any) -> Callable[..., Any] | None:
        """Every method that a template reads off a value passes here, before it is known to be safe."""
        if not methods.is_bounded(value) or not self.is_safe_attribute(value.__self__, value.__name__, value):
            return None
        safe = super().wrap_str_format(value) or value
        return methods.bounded(value, _printing(self, value, safe) if isinstance(value.__self__, str) else safe)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        if isinstance(arg, Unknown):
            return arg.settle()
        try:
            return super().call_unop(context, operator, arg)
        except TypeError:
            current().fault(codes.FAILED, reason=sign_failed(arg))
            return silent()
        except Exception as error:
            return failure(error)


def _printing(environment: ImmutableSandboxedEnvironment, method: Any, safe: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a text that keeps the sources of what it is given, and formats only what can be printed."""
    owner, name = method.__self__, method.__name__

    def printing(*args: Any, **kwargs: Any) -> Any:
        if name == "format" and _PART.search(owner) is None:
            for value in (*args, *kwargs.values()):
                printable(value)
        made = safe(*args, **kwargs)
        if name == "format":
            return filled(environment, owner, args, kwargs)
        if name == "format_map":
            return filled(environment, owner, (), args[0])
        if name == "replace":
            return replaced(owner, args[0], args[1], int(args[2]) if len(args) > 2 else kwargs.get("count", -1))
        if name == "join":
            return concatenated(args[0], owner)
        return anchored(made, owner) if isinstance(made, str) else made

    return printing


def _counted(function: object, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a function is called with, counted."""
    if len(args) > _MANY:
        current().work(len(args) * ITEM)
    if any(function is kind for kind in _HASHING) or isinstance(getattr(function, "__self__", None), LoopContext):
        measured(args)
    return charged(args)


def _is_number(value: object) -> bool:
    """`x is number`: also for figures, and rows that stand for one."""
    if isinstance(value, Unknown):
        return bool(value.settle())
    return number_of(value) is not None


def _guarded(function: Function, soft: bool = False) -> Function:
    """A filter that reports what it raises at the tag and goes on with a silent value."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> object:
        for value in (*args, *kwargs.values()):
            if isinstance(value, Unknown) and not soft:
                return value.handed_on()
        try:
            return function(*args, **kwargs)
        except Exception as error:
            return failure(error, _handed(args, kwargs))

    return guarded


def _handed(args: tuple[object, ...], kwargs: Mapping[str, object]) -> tuple[object, ...]:
    """What a template gave a filter; Jinja2 hands some its environment beside."""
    return tuple(
        value for value in (*args, *kwargs.values()) if not isinstance(value, (Environment, Context, EvalContext))
    )


def _guarded_test(function: Function) -> Function:
    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> object:
        for value in args:
            if isinstance(value, Unknown):
                return bool(value.settle())
        try:
            return function(*args, **kwargs)
        except Exception as error:
            current().failed(error, _handed(args, kwargs))
            return False

    return guarded
