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
        (2 * money("5", "亿元"), "10", "亿元"),
        (2 * money("5", "亿元") + money("9000", "万元", "E3"), "10.9", "亿元"),
        (10 / money("5", "亿元"), "2", ""),
        (money("1", "万亿元") + money("1", "亿元", "E3"), "1.0001", "万亿元"),
        (Figure.__total__([0, money("5", "亿元"), money("9000", "万元", "E3")]), "5.9", "亿元"),
        (Figure.__total__([0.0, money("5", "亿元"), money("9000", "万元", "E3")]), "5.9", "亿元"),
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


def test_one_amount_in_two_units_is_one_in_a_set() -> None:
    assert len({money("5", "亿元"), money("50000", "万元"), money("500000000", "元")}) == 1


RATE = Figure("17.8%", Decimal(1900) / 107, (cell("E2"),), "%", "(126−107)/107", "保留1位小数")
DROP = Figure("下降20%", Decimal(-20), (cell("E2"),), "%", "(80−100)/100", "保留1位小数")
DROPPED = Figure("20%", Decimal(20), (cell("E2"),), "%", "(80−100)/100", "保留1位小数")
THIRDS = (figure(7) / figure(3, "E3")).__renumbered__(Decimal("2.33"), "四舍五入")


@pytest.mark.parametrize(
    ("made", "formula"),
    [
        (money("5", "亿元") + (money("9000", "万元", "E3") + money("1000", "万元", "E4")), "5+1"),
        (figure(126) / figure(7) * 3, "126/7×3"),
        ((figure(126) / figure(7)).__renumbered__(Decimal(18), "四舍五入") * 3, "126/7×3"),
        (THIRDS, "7/3"),
        (THIRDS * 100, "2.33×100"),
        (THIRDS.__renumbered__(Decimal("2.33"), "四舍五入") * 100, "2.33×100"),
        (RATE * 2, "(126−107)/107×100%×2"),
        (DROP + 1, "(80−100)/100×100%+1"),
        (DROPPED + 1, "(−(80−100)/100)×100%+1"),
        (abs(figure(2) - figure(5, "E3")).with_text("3", "保留0位小数") + 1, "|2−5|+1"),
        (Figure("第三", Decimal(3), (), "", "8个单位从大到小排列", "排名") + 1, "3+1"),
        (Figure.__total__([0, figure(2), figure(3, "E3")]), "2+3"),
    ],
)
def test_a_formula_gives_the_number_that_was_reckoned_with(made: Figure, formula: str) -> None:
    assert made.formula == formula


def test_a_long_chain_keeps_its_first_terms_and_its_last() -> None:
    chain = figure(0)
    for number in range(1, 301):
        chain = chain + figure(number)
    assert chain.formula.startswith("0+1+2+3+")
    assert "+…+" in chain.formula
    assert chain.formula.endswith("+300")
    assert "(" not in chain.formula
    scaled = ((chain * 2 + 1) * 3).formula
    assert scaled.startswith("((0+1+2+")
    assert scaled.endswith("+300)×2+1)×3")


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
