"""Records as templates and prose cells see them: by the Chinese names of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

from reportgen.model.figure import Figure, Span, StandsForFigure, Text

R = TypeVar("R")
Getter = Callable[[R], object]
# The methods of Rows that give rows of the same sheet again.
_SELECTING = frozenset({"筛选", "排序", "前"})


class View(StandsForFigure, Mapping[str, object], Generic[R]):
    """A record read by Chinese names: `getters` say what each name gives, `shown` what the record itself prints.

    Values are made when they are asked for, so a name that is never printed costs and raises nothing.
    """

    __slots__ = ("_getters", "_shown", "record")

    def __init__(self, record: R, getters: Mapping[str, Getter[R]], shown: Getter[R]) -> None:
        self.record = record
        self._getters = getters
        self._shown = shown

    def __getitem__(self, name: str) -> object:
        return self._getters[name](self.record)

    def __contains__(self, name: object) -> bool:
        return name in self._getters

    def __iter__(self) -> Iterator[str]:
        return iter(self._getters)

    def __len__(self) -> int:
        return len(self._getters)

    def __bool__(self) -> bool:
        return True

    def selected_by(self, name: str) -> object:
        """What rows are selected, grouped and sorted by: the article's value, whatever a cell makes of it."""
        return self[name]

    def shown(self) -> object:
        """What `{{ the record }}` prints."""
        return self._shown(self.record)

    def __figure__(self) -> Figure:
        """The one number that the row prints. Raises TypeError when it prints none or several."""
        figures = Text.of(self.shown()).figures
        if len(figures) != 1:
            raise TypeError(f"{self} is not one number")
        return figures[0]

    def __str__(self) -> str:
        return str(self.shown())

    def __spans__(self) -> Iterator[Span | Figure]:
        yield from Text.of(self.shown()).__spans__()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, View):
            return self.record is other.record
        return isinstance(other, str) and str(self) == other

    def __hash__(self) -> int:
        return hash(id(self.record))


class Rows(Sequence[View[R]], Generic[R]):
    """Rows of one sheet in order; `rows['key']` gives the row of that number or name.

    `methods` are the Chinese names of what can be selected (筛选, 按, 排序, 前), each called with these rows first.
    """

    __slots__ = ("_by_key", "_methods", "_views")

    def __init__(
        self,
        views: Iterable[View[R]],
        methods: Mapping[str, Callable[..., object]],
        by_key: Mapping[str, View[R]] | None = None,
    ) -> None:
        self._views = tuple(views)
        self._methods = methods
        self._by_key = by_key or {}

    def __len__(self) -> int:
        return len(self._views)

    def __str__(self) -> str:
        return str(Text.joined(self._views, "、"))

    def __spans__(self) -> Iterator[Span | Figure]:
        """Rows printed as they are: what each prints, joined by 、."""
        return Text.joined(self._views, "、").__spans__()

    @overload
    def __getitem__(self, index: int) -> View[R]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows[R]: ...
    @overload
    def __getitem__(self, index: str) -> View[R]: ...
    def __getitem__(self, index: int | slice | str) -> View[R] | Rows[R]:
        if isinstance(index, str):
            return self._by_key[index]
        if isinstance(index, slice):
            return self.with_views(self._views[index])
        return self._views[index]

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = self._methods.get(name)
        if method is None:
            raise AttributeError(name)
        return lambda *args, **options: method(self, *args, **options)

    def __dir__(self) -> list[str]:
        return [*self._methods, *self._by_key]

    def __selections__(self) -> frozenset[str]:
        """The methods that give some of these rows."""
        return _SELECTING & self._methods.keys()

    @property
    def by_key(self) -> Mapping[str, View[R]]:
        """The rows by their number or name."""
        return self._by_key

    def seen_as(self, view: Callable[[View[R]], View[R]]) -> Rows[R]:
        """The same rows in other views, each made once."""
        views = {id(row): view(row) for row in self._views}
        by_key = {key: views[id(row)] for key, row in self._by_key.items()}
        return Rows(views.values(), self._methods, by_key)

    def with_views(self, views: Iterable[View[R]]) -> Rows[R]:
        """Other rows of the same sheet, with the same methods."""
        return Rows(views, self._methods)
