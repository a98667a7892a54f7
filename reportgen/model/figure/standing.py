"""What stands for a figure in arithmetic, comparison and cells: a row, a phrase, a time between two dates."""

from __future__ import annotations

from reportgen.model.figure.number import Figure
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
