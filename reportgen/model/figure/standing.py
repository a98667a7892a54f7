"""What stands for a figure in arithmetic, comparison and cells: a row, a phrase, a time between two dates."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.model.figure.number import Figure, total
from reportgen.model.figure.text import Text


class StandsForFigure:
    """Arithmetic and comparison for what stands for a figure: a row, a phrase. `__figure__` gives the figure."""

    __slots__ = ()

    def __figure__(self) -> Figure:
        raise NotImplementedError

    def __cell__(self) -> object:
        """In a cell of its own: as the figure, or the words when there is no one figure."""
        text = Text.of(self)
        return text.pieces[0] if len(text.pieces) == 1 else str(text)

    def __lt__(self, other: object) -> bool:
        return self.__figure__() < other

    def __le__(self, other: object) -> bool:
        return self.__figure__() <= other

    def __gt__(self, other: object) -> bool:
        return self.__figure__() > other

    def __ge__(self, other: object) -> bool:
        return self.__figure__() >= other

    def __add__(self, other: object) -> Figure:
        return self.__figure__() + other

    def __radd__(self, other: object) -> Figure:
        return other + self.__figure__()

    def __sub__(self, other: object) -> Figure:
        return self.__figure__() - other

    def __rsub__(self, other: object) -> Figure:
        return other - self.__figure__()

    def __mul__(self, other: object) -> Figure:
        return self.__figure__() * other

    def __rmul__(self, other: object) -> Figure:
        return other * self.__figure__()

    def __truediv__(self, other: object) -> Figure:
        return self.__figure__() / other

    def __rtruediv__(self, other: object) -> Figure:
        return other / self.__figure__()

    def __floordiv__(self, other: object) -> Figure:
        return self.__figure__() // other

    def __rfloordiv__(self, other: object) -> Figure:
        return other // self.__figure__()

    def __mod__(self, other: object) -> Figure:
        return self.__figure__() % other

    def __rmod__(self, other: object) -> Figure:
        return other % self.__figure__()

    def __pow__(self, other: object) -> Figure:
        return self.__figure__() ** other

    def __rpow__(self, other: object) -> Figure:
        return other ** self.__figure__()

    def __pos__(self) -> Figure:
        return +self.__figure__()

    def __neg__(self) -> Figure:
        return -self.__figure__()

    def __abs__(self) -> Figure:
        return abs(self.__figure__())

    def __index__(self) -> int:
        return self.__figure__().__index__()

    @staticmethod
    def __total__(items: Sequence[object]) -> Figure:
        return total(items)
