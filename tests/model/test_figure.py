"""Figures in arithmetic and prose: the number printed, and every cell it came from."""

import operator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure, Status, Text

NONZERO = st.integers(-99, 99).filter(bool)
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)


def cell(address: str) -> CellRef:
    return CellRef("数据.xlsx", "指标", 2, "值", address, "Z001", "1")


def figure(number: object, address: str = "E2") -> Figure:
    return Figure(str(number), Decimal(str(number)), (cell(address),))


@given(NUMBERS, NUMBERS)
def test_arithmetic_is_that_of_decimals_and_keeps_both_cells(a: Decimal, b: Decimal) -> None:
    total = figure(a, "E2") + figure(b, "E3")
    assert total.value == a + b
    assert [source.address for source in total.sources] == ["E2", "E3"]


@pytest.mark.parametrize(
    ("made", "text", "formula"),
    [
        (figure(126) - figure(107), "19", "126−107"),
        ((figure(126) - figure(107)) / figure(107), "0.177570093457944", "(126−107)/107"),
        (figure(3) * 2, "6", "3×2"),
        (10 - figure(3), "7", "10−3"),
        (1 + figure("0.5"), "1.5", "1+0.5"),
    ],
)
def test_a_computed_figure_prints_its_value_and_shows_how(made: Figure, text: str, formula: str) -> None:
    assert (made.text, made.formula) == (text, formula)


def money(number: str, measure: str, address: str = "E2") -> Figure:
    return Figure(f"{number}{measure}", Decimal(number), (cell(address),), measure)


@pytest.mark.parametrize(
    ("made", "text", "measure"),
    [
        (money("5", "亿元") + money("9000", "万元", "E3"), "5.9", "亿元"),
        (money("9000", "万元") + money("5", "亿元", "E3"), "59000", "万元"),
        (money("5", "亿元") - money("3000", "元", "E3"), "4.99997", "亿元"),
        (money("5", "亿元") + money("9000", "万元", "E3") - money("1", "亿元"), "4.9", "亿元"),
        (money("5", "亿元") / money("5000", "万元", "E3"), "10", ""),
        (money("5", "亿元") * 2, "10", "亿元"),
        (2 * money("5", "亿元"), "10", ""),
        (money("5", "亿元") * money("3", "个"), "15", ""),
        (money("5", "亿元") + 1, "6", "亿元"),
        (money("5", "个") + money("6", "件"), "11", ""),
    ],
)
def test_one_measure_is_reckoned_in_one_unit(made: Figure, text: str, measure: str) -> None:
    assert (made.text, made.measure) == (text, measure)


def test_comparison_is_in_one_unit_too() -> None:
    assert money("5", "亿元") > money("9000", "万元")
    assert money("0.5", "亿元") == money("5000", "万元")
    assert money("5", "亿元") == 5


def test_a_figure_equals_the_words_that_it_prints() -> None:
    assert Figure("第一", Decimal(1)) == "第一"
    assert Figure("并列第一", Decimal(1)) != "第一"
    assert Figure("并列第一", Decimal(1)) == 1


SIGNS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "/": operator.truediv}


@given(st.lists(st.tuples(st.sampled_from(sorted(SIGNS)), NONZERO), min_size=1, max_size=5))
def test_a_chain_of_operations_is_that_of_decimals_and_keeps_the_union_of_cells(steps: list[tuple[str, int]]) -> None:
    made, exact = figure(1, "E1"), Fraction(1)
    for number, (sign, value) in enumerate(steps, 2):
        other = figure(value, f"E{number}")
        made = SIGNS[sign](made, other)
        exact = SIGNS[sign](exact, Fraction(value))
    assert made.value is not None
    assert abs(Fraction(made.value) - exact) <= Fraction(1, 10**6)
    assert [source.address for source in made.sources] == [f"E{number}" for number in range(1, len(steps) + 2)]


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_what_is_no_finite_number_is_refused(number: float) -> None:
    with pytest.raises(TypeError):
        figure(1) * number


@pytest.mark.parametrize("status", [Status.REPORTED, Status.PENDING])
def test_nothing_is_computed_from_a_number_that_is_not_exactly_known(status: Status) -> None:
    vague = Figure("450多", Decimal(450), (cell("E2"),), status=status)
    total = vague + figure(1, "E3")
    assert (total.text, total.status) == ("【待核】", Status.PENDING)
    assert len(total.sources) == 2


def test_the_same_cell_is_named_once() -> None:
    one = figure(2)
    assert (one + one).sources == one.sources


def test_comparison_is_by_value() -> None:
    assert figure(2) < figure(3) <= 3
    assert figure("2.0") == 2
    with pytest.raises(TypeError):
        assert figure(2) < "三"


def test_text_joins_words_and_keeps_figures_apart() -> None:
    number = figure(126)
    text = Text.of("引进", "项目", number, "", "个", None)
    assert text.pieces == ("引进项目", number, "个")
    assert str(text) == "引进项目126个"
    assert text.figures == (number,)


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\v", "\u2028", "\u2029", "\x85"])
def test_lines_part_at_every_kind_of_break(mark: str) -> None:
    text = Text.of(f"  甲{mark}{mark}乙", figure(1), f"个 {mark}")
    assert [str(line) for line in text.lines()] == ["甲", "乙1个"]


def test_a_line_of_one_figure_is_a_line() -> None:
    assert [str(line) for line in Text.of(figure(1), "\n", figure(2)).lines()] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "value", "cell_value"),
    [
        ("126", "126", Decimal(126)),
        ("126个", "126", "126个"),
        ("55.3%", "55.3", Decimal("0.553")),
        ("17.8%", "17.757", "17.8%"),
    ],
)
def test_what_a_figure_puts_into_a_cell_of_its_own(text: str, value: str, cell_value: object) -> None:
    assert Figure(text, Decimal(value)).__cell__() == cell_value
