"""What is a figure, and that figures are computed to the last digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.money import decimal_of, exact_sum, in_yuan, is_figure, is_too_long

LARGEST = "9" * 18 + "." + "9" * 10
FIGURES = st.decimals(min_value=-Decimal(LARGEST), max_value=Decimal(LARGEST), places=10)


@pytest.mark.parametrize("text", ["1234567890123456789", "-1234567890123456789.0", "99." + "3" * 33, "0.00000000001%"])
def test_digits_beyond_what_any_form_prints_are_no_figure(text: str) -> None:
    assert decimal_of(text) is None
    assert not is_figure(text)
    assert is_too_long(text)


@pytest.mark.parametrize("text", [LARGEST, f"-{LARGEST}", "123,456,789,012,345,678.00", "0.0000000001%"])
def test_the_longest_figures_are_read_to_the_last_digit(text: str) -> None:
    assert decimal_of(text) == Decimal(text.replace(",", "").rstrip("%"))
    assert not is_too_long(text)


@given(st.lists(FIGURES, max_size=50))
def test_sums_and_conversions_lose_no_digit(figures: list[Decimal]) -> None:
    scaled = sum(int(format(figure, ".10f").replace(".", "")) for figure in figures)

    assert format(exact_sum(figures), "f").replace(".", "").lstrip("-0") == str(abs(scaled)).lstrip("0")


def test_an_amount_in_yuan_loses_no_digit() -> None:
    assert in_yuan(Decimal(LARGEST), "亿元") == Decimal("9" * 26 + ".99")
