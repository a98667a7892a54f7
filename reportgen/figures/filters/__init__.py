"""The filters of templates and prose cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from reportgen.figures.filters import lists, numbers
from reportgen.figures.filters.numbers import measured
from reportgen.figures.quantity import Peers

__all__ = ["FILTER_NAMES", "filters", "measured"]

FILTER_NAMES = frozenset({"概数", "小数", "万", "亿", "汉字", "序数", "量词", "日期", "年月", "顿号", "等", "分别"})


def filters(peers: Peers) -> Mapping[str, Callable[..., object]]:
    """The filters by name, with this issue's settings."""
    return {
        "概数": numbers.approximated,
        "小数": numbers.with_decimals,
        "万": partial(numbers.scaled, "万"),
        "亿": partial(numbers.scaled, "亿"),
        "汉字": numbers.in_characters,
        "序数": numbers.as_ordinal,
        "量词": numbers.measured,
        "日期": partial(numbers.dated, masthead=peers.masthead),
        "年月": numbers.month,
        "顿号": lists.enumerate_names,
        "等": lists.and_others,
        "分别": lists.respectively,
    }
