"""Back-check of percentages: the whole number, or whole base, that must lie behind one that was printed."""

from __future__ import annotations

from decimal import Decimal

from reportgen.figures.numerals.digits import rounded


def whole_behind(part: Decimal, percent: Decimal, decimals: int) -> int | None:
    """The whole number of which `part` is `percent` as printed with `decimals`; None when there is none.

    422 as 36.67 %: 1150 gives 36.7, 1151 gives 36.66.
    """
    if part <= 0 or percent <= 0:
        return None
    half = Decimal(5).scaleb(-decimals - 1)
    lowest = max(int(part * 100 / (percent + half)), 1)
    highest = int(part * 100 / (percent - half)) + 1 if percent > half else lowest
    for whole in range(lowest, highest + 1):
        if rounded(part * 100 / whole, decimals) == percent:
            return whole
    return None


def whole_base(now: Decimal, rate: Decimal, decimals: int) -> int | None:
    """The whole base from which `now` grew by `rate` percent as printed with `decimals`; None when there is none.

    347 grown by 86.23 %: 186 gives 86.56, 187 gives 85.56.
    """
    if now <= 0:
        return 1 if now == 0 and rate == -100 else None
    half = Decimal(5).scaleb(-decimals - 1)
    least, most = 1 + (rate - half) / 100, 1 + (rate + half) / 100
    if most <= 0:
        return None
    lowest = max(int(now / most), 1)
    # A fall that prints as -100 % has no highest base; any one above the lowest will do.
    highest = int(now / least) + 1 if least > 0 else lowest + 2
    for base in range(lowest, highest + 1):
        if rounded((now - base) / base * 100, decimals) == rate:
            return base
    return None
