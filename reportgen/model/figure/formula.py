"""How a computation is written out: 126+33, (126−107)/107, parentheses only where they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_LOOSE, _SUM, _PRODUCT, _POWER, _ATOM = range(5)
_LEVELS = {"+": _SUM, "−": _SUM, "-": _SUM, "×": _PRODUCT, "/": _PRODUCT, "^": _POWER}
# Written as a function of both sides: 取整(126/100), 余数(126/100).
_NAMED = {"//": "取整", "%": "余数"}
_MINUS = ("−", "-")
_MAX_TERMS = 20  # a formula lists its terms up to this many; beyond, the first ones, the last and the count
_LONGEST = 400  # characters of a formula that grew step by step


def plain(number: Decimal) -> str:
    """Digits without exponent and without trailing zeros: Decimal('1E+2') → 100."""
    text = format(number or Decimal(0), "f")  # -0 is 0
    return text.rstrip("0").rstrip(".") if "." in text else text


def joined(left: str, sign: str, right: str) -> str:
    """Two terms, themselves computations or numbers, with a sign between them: + − × / ^ // %."""
    if sign in _NAMED:
        return f"{_NAMED[sign]}({joined(left, '/', right)})"
    level = _LEVELS[sign]
    first = f"({left})" if _binding(left) < level or (sign == "^" and _binding(left) < _ATOM) else left
    tight = _binding(right) if not right.startswith(_MINUS) else _LOOSE
    needs = tight < level or (tight == level and sign in "−/^")
    return _shortened(first, sign, f"({right})" if needs else right)


def negated(term: str) -> str:
    return f"−({term})" if _binding(term) <= _SUM or term.startswith(_MINUS) else f"−{term}"


def listed(terms: Sequence[str], sign: str = "+") -> str:
    """Many terms: all of them up to twenty, else the first ones, the last and the count."""
    if len(terms) <= _MAX_TERMS:
        return sign.join(terms)
    return f"{sign.join(terms[: _MAX_TERMS - 1])}{sign}…{sign}{terms[-1]}（共{len(terms)}项）"


def summed(terms: Sequence[str]) -> str:
    """A sum of numbers and computations: 126+33+(−5)."""
    return listed([f"({term})" if number and term.startswith(_MINUS) else term for number, term in enumerate(terms)])


def _binding(formula: str) -> int:
    """How firmly a formula holds together: the loosest of its signs outside of parentheses."""
    level, depth = _ATOM, 0
    for index, character in enumerate(formula):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif depth:
            continue
        elif character in _LEVELS:
            level = min(level, _LEVELS[character])
        elif character in "、（" or (character == "至" and index):
            level = _LOOSE
    return level


def _shortened(left: str, sign: str, right: str) -> str:
    """Both terms, and of a computation that grew too long its first terms and the last: 1+2+…+300."""
    if len(left) + len(right) < _LONGEST:
        return f"{left}{sign}{right}"
    last = right if len(right) < _LONGEST // 2 else "…"
    return f"{_head(left)}{sign}{last}" if len(left) >= _LONGEST // 2 else f"{left}{sign}{last}"


def _head(formula: str) -> str:
    """The first terms, no bracket left open, up to … : those that stand before one already, else what half holds."""
    level, depth, end = _binding(formula), 0, 0
    for index, character in enumerate(formula):
        depth += (character == "(") - (character == ")")
        if character == "…" and not depth:
            return formula[: index + 1]
        if index < _LONGEST // 2 and not depth and _LEVELS.get(character) == level:
            end = index + 1 if index else 0
    return f"{formula[:end]}…"
