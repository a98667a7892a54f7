"""What a formula of numbers gives: (126−107)/107 → 0.1775…; None for one that is told in words."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException

from reportgen.model.figure.arithmetic import ARITHMETIC
from reportgen.model.figure.formula import joined, negated, plain

_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[-+−×/^()|]")
_CLOSING = {"(": ")", "|": "|"}
_CLOSE = Decimal("1e-12")  # one step of a chain is rounded to 15 digits, the number may come from a longer one


class _UnreadableError(Exception):
    """Not a formula of numbers and signs alone."""


def evaluated(formula: str) -> Decimal | None:
    """The number that a formula gives, 100% counting as 100; None where it is no formula of numbers alone."""
    tokens = _TOKEN.findall(formula)
    if "".join(tokens) != formula:
        return None
    reader = _Reader(tokens)
    try:
        number = reader.sum()
    except (_UnreadableError, DecimalException):
        return None
    return None if reader.next else number


def gives(formula: str, number: Decimal, rule: str) -> bool:
    """Whether the formula gives the number, and not what was then rounded or scaled.

    One that is shortened or holds words is trusted where `rule` says that nothing was done but to compute it.
    """
    result = evaluated(formula)
    return rule == "计算" if result is None else _same(result, number)


def written(formula: str, number: Decimal, measure: str, rule: str) -> str:
    """A number as a term: the formula where it gives just this number (a percentage ×100%), else the number."""
    if not formula:
        return plain(number)
    if gives(formula, number, rule):
        return formula
    fraction = evaluated(formula) if measure == "%" else None
    if fraction is not None and _same(fraction * 100, number):
        return joined(formula, "×", "100%")
    if fraction is not None and _same(fraction * -100, number):  # 下降20%
        return joined(negated(formula), "×", "100%")
    return plain(number)


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _CLOSE * abs(other)


class _Reader:
    """Reads tokens from the left, each method a level of how firmly the signs bind."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0

    @property
    def next(self) -> str:
        return self._tokens[self._at]

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def sum(self) -> Decimal:
        number = self._product()
        while self.next and self.next in "+−-":
            operation = ARITHMETIC.add if self._take() == "+" else ARITHMETIC.subtract
            number = operation(number, self._product())
        return number

    def _product(self) -> Decimal:
        number = self._signed()
        while self.next and self.next in "×/":
            operation = ARITHMETIC.multiply if self._take() == "×" else ARITHMETIC.divide
            number = operation(number, self._signed())
        return number

    def _signed(self) -> Decimal:
        if self.next and self.next in "−-":
            self._take()
            return self._signed().copy_negate()
        number = self._atom()
        if self.next == "^":
            self._take()
            return ARITHMETIC.power(number, self._signed())
        return number

    def _atom(self) -> Decimal:
        token = self._take()
        if token[:1].isdigit():
            return Decimal(token.removesuffix("%"))
        if token not in _CLOSING:
            raise _UnreadableError
        number = self.sum()
        if self._take() != _CLOSING[token]:
            raise _UnreadableError
        return number.copy_abs() if token == "|" else number
