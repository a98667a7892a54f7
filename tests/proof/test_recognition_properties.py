"""What holds of every text: nothing fails, spans are in order, what figures/ prints is read back."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.figures.numerals import characters, percentage
from reportgen.proof.recognition import NumberKind, recognise
from reportgen.proof.recognition.lexicon.names import NAMES
from reportgen.proof.recognition.lexicon.phrases import SET_PHRASES

CHARACTERS = "零〇一二两三四五六七八九十百千万亿半数几多余近超上过成倍分之点年月日个名元第届号至到廿卅壹贰伍陆拾佰萬圆"
SIGNS = "%％‰～—-、，。 （）1290.,/:+A"
WORDS = ("翻一番", "百分之", "统一", "十四五", "2025", "每村", "建成", "人次", "百分点")
PIECES = st.sampled_from([*CHARACTERS, *SIGNS, *WORDS])


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_any_text_is_read_in_order(text: str) -> None:
    numbers = recognise(text)
    assert all(0 <= n.start < n.end <= len(text) for n in numbers)
    assert all(a.end <= b.start for a, b in pairwise(numbers))
    assert all(n.low is None or n.high is None or n.low <= n.high for n in numbers)


@given(st.integers(2, 10**12))
def test_characters_are_read_back(value: int) -> None:
    written = characters(Decimal(value), "个")
    (number,) = recognise(f"共有{written}个")
    assert (number.low, number.high, number.unit) == (value, value, "个")


@given(st.integers(0, 10**9), st.sampled_from(["个", "元", "人次", "万元", "亿元"]))
def test_digits_are_read_whole(value: int, unit: str) -> None:
    text = f"，计{value}{unit}，"
    (number,) = recognise(text)
    scale = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    assert number.low == value * scale
    assert text[number.start : number.end] == f"{value}{unit[0] if scale > 1 else ''}"


@given(st.decimals(0, 999, places=2, allow_nan=False), st.integers(0, 2))
def test_percentages_are_read_whole(value: Decimal, decimals: int) -> None:
    printed = percentage(value, decimals)
    (number,) = recognise(f"同比增长{printed}。")
    assert number.kind is NumberKind.PERCENT
    assert number.low == Decimal(printed.rstrip("%"))


@pytest.mark.parametrize("word", sorted(SET_PHRASES | NAMES))
def test_set_phrases_and_names_are_left_alone(word: str) -> None:
    assert [n for n in recognise(f"开展{word}，") if n.kind.is_figure] == []
