"""同比, 环比, 同比差, 倍数: the reading rules of the contract, first fit wins."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from reportgen.diagnostics import FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.comparison.pair import LAST_YEAR, Basis, Pair, kept, pair_of, term
from reportgen.figures.numerals import percentage, trimmed
from reportgen.figures.quantity import Peers, is_rate
from reportgen.model.figure import ARITHMETIC, Figure, Text
from reportgen.model.records import Indicator, Nature

BREAKTHROUGH, NEARLY_FLAT = "突破", "基本持平"
_NEARLY = Decimal("0.5")
_NOT_WHOLE = ("%", "元", "万", "亿")


def compare(row: Indicator, peers: Peers, basis: Basis, option: str = "") -> Figure | Text:
    """`Z.同比` and `Z.环比`. Options: 突破 (实现零的突破 for a zero base), 基本持平 (below 0.5 %), where they fit."""
    if option not in ("", BREAKTHROUGH, NEARLY_FLAT):
        choices = f"{BREAKTHROUGH}、{NEARLY_FLAT}"
        raise FaultError(faults.UNKNOWN_OPTION, name=basis.rate, option=option, choices=choices)
    pair = pair_of(row, peers, basis)
    return pair if isinstance(pair, Figure) else read(pair, option)


def read(pair: Pair, option: str = "") -> Text:
    """The first of the reading rules that fits."""
    return next(text for rule in _RULES if (text := rule(pair, option)) is not None)


def both_zero(pair: Pair) -> bool:
    return pair.now == 0 and pair.base == 0


def _zero_base(pair: Pair, option: str) -> Text | None:
    if pair.base != 0:
        return None
    if pair.now > 0 and option == BREAKTHROUGH:
        return Text.of(pair.word("实现零的突破"))
    if both_zero(pair):
        return Text.of("与", pair.basis.name, "均为", Figure("0", Decimal(0), pair.cells))
    return Text.of(pair.basis.name, "为", Figure("0", Decimal(0), pair.cells[1:]))


def _negative(pair: Pair, option: str) -> Text | None:
    """Losses. A negative rate is no loss: a 增速 turns or its fall narrows, a 比率 is left to the next rule."""
    if pair.base >= 0 and pair.now >= 0:
        return None
    if pair.row.nature is Nature.GROWTH:
        return _turned_growth(pair)
    if is_rate(pair.row):
        return None
    if pair.base < 0 <= pair.now:
        return Text.of(pair.word("扭亏为盈"))
    if pair.now < 0 < pair.base:
        return Text.of(pair.word("由盈转亏"))
    if pair.difference == 0:
        return Text.of("亏损与", pair.basis.name, pair.word("持平"))
    verb = "收窄" if pair.difference > 0 else "扩大"
    return Text.of("亏损比", pair.basis.name, verb, pair.amount())


def _turned_growth(pair: Pair) -> Text | None:
    if pair.base < 0 < pair.now:
        return Text.of(pair.word("由降转增"))
    if pair.now < 0 < pair.base:
        return Text.of(pair.word("由增转降"))
    if pair.base < 0 and pair.now < 0 and pair.difference:
        return Text.of("降幅", pair.basis.rate, "收窄" if pair.difference > 0 else "扩大", pair.amount())
    return None


def _rate_or_rank(pair: Pair, option: str) -> Text | None:
    if not pair.difference or not (is_rate(pair.row) or pair.row.nature is Nature.RANK):
        return None
    return Text.of(pair.basis.rate, _direction(pair), pair.amount())


def _flat(pair: Pair, option: str) -> Text | None:
    if pair.difference == 0:
        return Text.of("与", pair.basis.name, pair.word("持平"))
    if option == NEARLY_FLAT and abs(pair.rate) < _NEARLY:
        return Text.of("与", pair.basis.name, pair.word("基本持平"))
    return None


def _small_base(pair: Pair, option: str) -> Text | None:
    if pair.base < pair.masthead.small_base and _counts_whole_things(pair):
        return _difference_clause(pair)
    return None


def _doubling(pair: Pair, option: str) -> Text | None:
    if pair.now < 2 * pair.base:
        return None
    if pair.masthead.doubling != "增长":
        return _times(pair)
    times = ARITHMETIC.divide(pair.difference, pair.base)
    text = f"{trimmed(times, pair.decimals)}倍"
    formula = f"({pair.subtraction})/{term(pair.base)}"
    figure = Figure(text, times, pair.cells, "倍", formula, kept(pair.decimals))
    return Text.of(pair.basis.rate, "增长", figure)


def _growth(pair: Pair, option: str) -> Text:
    verb = "增长" if pair.rate > 0 else "下降"
    formula = f"({pair.subtraction})/{term(pair.base)}"
    text = percentage(abs(pair.rate), pair.decimals)
    return Text.of(pair.basis.rate, verb, Figure(text, pair.rate, pair.cells, "%", formula, kept(pair.decimals)))


_RULES: tuple[Callable[[Pair, str], Text | None], ...] = (
    _zero_base,
    _negative,
    _rate_or_rank,
    _flat,
    _small_base,
    _doubling,
    _growth,
)


def difference(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.同比差`: 比上年同期增加19个, of rates 提高1.2个百分点."""
    pair = pair_of(row, peers, LAST_YEAR)
    if isinstance(pair, Figure):
        return pair
    losses = _negative(pair, "") if pair.now < 0 and pair.base < 0 and not is_rate(pair.row) else None
    if losses is not None:
        return losses
    return _difference_clause(pair) if pair.difference else Text.of("与", pair.basis.name, pair.word("持平"))


def multiple(row: Indicator, peers: Peers) -> Figure | Text:
    """`Z.倍数`: 是上年同期的2.5倍; what has grown by no multiple is read as 同比."""
    pair = pair_of(row, peers, LAST_YEAR)
    if isinstance(pair, Figure):
        return pair
    told_in_points = is_rate(row) or row.nature is Nature.RANK
    return read(pair) if told_in_points or not 0 < pair.base < pair.now else _times(pair)


def _times(pair: Pair) -> Text:
    times = ARITHMETIC.divide(pair.now, pair.base)
    text = f"{trimmed(times, pair.decimals, (1,))}倍"
    formula = f"{term(pair.now)}/{term(pair.base)}"
    return Text.of("是", pair.basis.name, "的", Figure(text, times, pair.cells, "倍", formula, kept(pair.decimals)))


def _difference_clause(pair: Pair) -> Text:
    return Text.of("比", pair.basis.name, _direction(pair), pair.amount())


def _direction(pair: Pair) -> str:
    """A rank rises when its number falls."""
    if pair.row.nature is Nature.RANK:
        return "上升" if pair.difference < 0 else "下降"
    if is_rate(pair.row):
        return "提高" if pair.difference > 0 else "下降"
    return "增加" if pair.difference > 0 else "减少"


def _counts_whole_things(pair: Pair) -> bool:
    unit_is_whole = not any(sign in pair.tail for sign in _NOT_WHOLE)
    return unit_is_whole and all(number == number.to_integral_value() for number in (pair.now, pair.base))
