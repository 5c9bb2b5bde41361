"""Printed figures as intervals: totals and rates that agree, may agree, or contradict each other; ties round half up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check.arithmetic import (
    Figure,
    Relation,
    awarded,
    compare_rate,
    compare_total,
    cut_to,
    exact,
    measured,
    money,
    places_of,
    quotient,
    round_to,
    shown,
    total_of,
)
from generator.model.records import Cell

EQUAL, ROUNDING, CONTRADICTION = Relation.EQUAL, Relation.ROUNDING, Relation.CONTRADICTION


def cell(text: str) -> Cell:
    return Cell(text)


def printed(text: str) -> Figure:
    figure = measured(cell(text))
    assert figure is not None
    return figure


def fixed(text: str) -> Figure:
    return Figure(Decimal(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("9.97", "9.965", "9.975"), ("10", "9.5", "10.5"), ("0.0", "-0.05", "0.05"), ("-3.1", "-3.15", "-3.05")],
)
def test_a_measured_figure_is_half_a_unit_wide_to_either_side(text: str, low: str, high: str) -> None:
    figure = printed(text)

    assert (figure.low, figure.high) == (Decimal(low), Decimal(high))


def test_an_exact_figure_has_no_width() -> None:
    figure = exact(cell("8.00"))

    assert figure is not None
    assert figure.low == figure.high == 8


@pytest.mark.parametrize(
    ("text", "unit", "radius"),
    [
        ("61.05", "万元", "0.005"),
        ("61.050000", "万元", "0"),
        ("61.05", "元", "0"),
        ("61", "元", "0.5"),
        ("1.05", "亿元", "0.005"),
    ],
)
def test_money_printed_to_the_fen_is_exact(text: str, unit: str, radius: str) -> None:
    figure = money(cell(text), unit)

    assert figure is not None
    assert figure.radius == Decimal(radius)


@pytest.mark.parametrize(
    ("score", "points", "radius"),
    [("8.00", "10.00", "0"), ("9.97", "10.00", "0.005"), ("9.5", "9.5", "0"), ("7", "10", "0"), ("7.5", "10", "0.05")],
)
def test_full_points_and_round_numbers_were_awarded_as_they_are(score: str, points: str, radius: str) -> None:
    figure = awarded(cell(score), cell(points))

    assert figure is not None
    assert figure.radius == Decimal(radius)


def test_a_blank_is_no_figure() -> None:
    assert money(cell("—"), "万元") is None
    assert exact(cell("")) is None
    assert measured(cell("/")) is None
    assert awarded(cell(""), None) is None


@pytest.mark.parametrize(
    ("number", "like", "expected"),
    [("0.625", "0.01", "0.63"), ("0.635", "0.01", "0.64"), ("-0.625", "0.01", "-0.63"), ("2.5", "1", "3")],
)
def test_ties_round_half_up_away_from_zero(number: str, like: str, expected: str) -> None:
    assert round_to(Decimal(number), Decimal(like)) == Decimal(expected)


def test_cutting_off_does_not_round() -> None:
    assert cut_to(Decimal("0.999"), Decimal("0.01")) == Decimal("0.99")


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        ("0.625", 2, "0.63"),
        ("0.615", 2, "0.62"),
        ("32.5", 0, "33"),
        ("5", 2, "5.00"),
        ("12345678.125", 2, "12345678.13"),
    ],
)
def test_figures_are_shown_as_forms_round_them(number: str, places: int, expected: str) -> None:
    assert shown(Decimal(number), places) == expected


def test_a_total_is_off_by_no_more_than_its_parts_together() -> None:
    total = total_of((printed("1.1"), printed("2.2"), fixed("3")))

    assert (total.number, total.radius) == (Decimal("6.3"), Decimal("0.10"))


@pytest.mark.parametrize(
    ("total", "parts", "relation"),
    [
        (fixed("6"), (fixed("1"), fixed("2"), fixed("3")), EQUAL),
        (fixed("7"), (fixed("1"), fixed("2"), fixed("3")), CONTRADICTION),
        (printed("6.4"), (printed("1.1"), printed("2.2"), fixed("3")), ROUNDING),
        # 6.35 would round up to 6.4: the parts together stay below 6.40, the total begins at 6.45.
        (printed("6.5"), (printed("1.1"), printed("2.2"), fixed("3")), CONTRADICTION),
        # Exact parts that fit the places printed leave nothing to round.
        (printed("6.01"), (fixed("3.00"), fixed("3.00")), CONTRADICTION),
        (printed("6.0"), (fixed("3.00"), fixed("3.04")), ROUNDING),
        (printed("6.1"), (fixed("3.00"), fixed("3.05")), ROUNDING),
        (printed("6.0"), (fixed("3.00"), fixed("3.05")), CONTRADICTION),
    ],
)
def test_a_total_contradicts_its_parts_only_where_no_true_values_agree(
    total: Figure, parts: tuple[Figure, ...], relation: Relation
) -> None:
    assert compare_total(total, parts) is relation


@pytest.mark.parametrize(
    ("rate", "part", "whole", "times", "relation"),
    [
        (printed("95.00"), fixed("58.00"), fixed("61.05"), "100", EQUAL),
        (printed("96.00"), fixed("58.00"), fixed("61.05"), "100", CONTRADICTION),
        # 3 × 5 ÷ 24 is 0.625 and 7 × 3 ÷ 28 is 0.75, just on the tie: half up, and not half down.
        (printed("0.63"), fixed("5"), fixed("24"), "3", EQUAL),
        (printed("0.62"), fixed("5"), fixed("24"), "3", CONTRADICTION),
        (printed("0.8"), fixed("3"), fixed("28"), "7", EQUAL),
        (printed("0.7"), fixed("3"), fixed("28"), "7", CONTRADICTION),
        (printed("-0.63"), fixed("-5"), fixed("24"), "3", EQUAL),
        (printed("33.33"), fixed("1"), fixed("3"), "100", EQUAL),
        # Rounded amounts leave room: 0.4 of 1.0 may be anything from a third to almost a half.
        (printed("47"), printed("0.4"), printed("1.0"), "100", ROUNDING),
        (printed("48"), printed("0.4"), printed("1.0"), "100", CONTRADICTION),
        # A part rounded at its upper end is excluded, at its lower end it is not.
        (printed("45.5"), printed("0.4"), fixed("1.0"), "100", CONTRADICTION),
        (fixed("45"), printed("0.4"), fixed("1.0"), "100", CONTRADICTION),
        (fixed("35"), printed("0.4"), fixed("1.0"), "100", ROUNDING),
        # A whole rounded at its lower end is included: 19 ÷ 0.95 is 20, which 20.5 begins above.
        (printed("20"), fixed("19"), printed("1.0"), "1", ROUNDING),
        (fixed("20"), fixed("19"), printed("1.0"), "1", ROUNDING),
        (printed("21"), fixed("19"), printed("1.0"), "1", CONTRADICTION),
        # Where the whole may be next to nothing, the rate has no upper end.
        (printed("900"), fixed("0.01"), printed("0"), "100", ROUNDING),
    ],
)
def test_a_rate_contradicts_its_amounts_only_where_no_true_values_agree(
    rate: Figure, part: Figure, whole: Figure, times: str, relation: Relation
) -> None:
    whole = whole if whole.number else Figure(Decimal("0.1"), Decimal("0.5"))

    assert compare_rate(rate, part, whole, times=Decimal(times)) is relation


def half_up(value: Fraction, places: int) -> Fraction:
    scaled = abs(value) * 10**places + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return rounded if value >= 0 else -rounded


NUMBERS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)
WHOLES = st.decimals("0.01", 10**9, allow_nan=False, allow_infinity=False, places=2)
SMALL = st.integers(1, 64).map(Decimal)


@settings(max_examples=400, deadline=None)
@given(NUMBERS | SMALL, WHOLES | SMALL, st.integers(1, 100).map(Decimal), st.integers(0, 6), st.integers(-1, 1))
def test_rates_of_exact_figures_agree_with_fractions(
    part: Decimal, whole: Decimal, times: Decimal, places: int, off: int
) -> None:
    true = Fraction(part) * Fraction(times) / Fraction(whole)
    right = half_up(true, places)
    unit = Decimal(1).scaleb(-places)
    number = round_to(quotient(part, whole, times), unit) + off * unit

    assert places_of(number) == places
    assert (Fraction(number) == right) is (off == 0)
    relation = compare_rate(Figure(number, unit / 2), Figure(part), Figure(whole), times=times)
    assert relation is (EQUAL if off == 0 else CONTRADICTION)


@settings(max_examples=400, deadline=None)
@given(SMALL, SMALL, st.sampled_from(["0", "0.5", "0.05"]), st.sampled_from(["0", "0.5", "0.05"]), st.integers(1, 9))
def test_a_rate_of_true_values_that_round_to_what_is_printed_is_never_a_contradiction(
    part: Decimal, whole: Decimal, part_radius: str, whole_radius: str, step: int
) -> None:
    """Take any true values that the printed ones may stand for; their rate, rounded half up, must be explained."""
    parts, wholes = Figure(part, Decimal(part_radius)), Figure(whole, Decimal(whole_radius))
    true_part = Fraction(parts.low) + (Fraction(parts.high) - Fraction(parts.low)) * Fraction(step - 1, 9)
    true_whole = Fraction(wholes.low) + (Fraction(wholes.high) - Fraction(wholes.low)) * Fraction(9 - step, 9)
    rate = half_up(true_part / true_whole * 100, 2)
    number = Decimal(rate.numerator * 100 // rate.denominator).scaleb(-2)

    assert compare_rate(Figure(number, Decimal("0.005")), parts, wholes) is not CONTRADICTION
