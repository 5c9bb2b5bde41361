"""Whatever figures a record holds, they are computed with, drawn and written without a crash or a lost digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.outcome import Calculation, Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.runner import decide
from generator.check.subject import Subject
from generator.forms.definitions import load_forms
from generator.model.amounts import Amount, MainAmounts, main_amounts, percentage
from generator.model.catalog import Unit
from generator.model.records import Record
from generator.money import MONEY_UNITS, decimal_of
from generator.plan.charts import funds_chart, rate_class, spread_chart
from generator.plan.figures import (
    format_amount,
    format_change,
    format_decimal,
    format_percent,
    format_signed,
    format_wan,
    format_yuan,
)  # fmt: skip
from generator.resources import packaged
from tests.model.made import cells, indicator, money, record, row

DIGITS = st.text("0123456789", min_size=1, max_size=18)
FIGURES = st.builds(
    lambda sign, whole, places: f"{sign}{whole}" + (f".{places}" if places else ""),
    st.sampled_from(["", "-"]),
    DIGITS,
    st.text("0123456789", max_size=10),
)
FORMS = load_forms([packaged("templates")])
UNIT = Unit("danwei", "某单位")
FORMATS = (format_change, format_decimal, format_percent, format_signed, format_wan, format_yuan)


@given(st.tuples(*[FIGURES] * 7), st.sampled_from(sorted(MONEY_UNITS)))
def test_any_figure_goes_through_the_rules_charts_and_texts(texts: tuple[str, ...], unit: str) -> None:
    initial, adjusted, executed, rate, part, points, score = texts
    made = record(
        funding=money(
            row(
                "年度资金总额", initial_budget=initial, adjusted_budget=adjusted, executed=executed, execution_rate=rate
            ),
            row("当年财政拨款", initial_budget=part, adjusted_budget=part, executed=executed),
            row("其他资金", initial_budget=part, adjusted_budget=adjusted, executed=executed),
            unit=unit,
        ),
        indicators=(indicator(points=points, score=score), indicator(points=points, score=score)),
        total=cells(points=points, score=score),
    )
    amounts = main_amounts(made)
    numbers: list[Decimal] = [line.computed for line in calculations_of(made) if line.computed is not None]
    numbers += [known for known in (amounts.adjustment, amounts.computed_execution_rate) if known is not None]
    numbers += [amount.yuan for amount in money_of(amounts)]

    for figure in numbers:
        assert all("E" not in write(figure) for write in FORMATS)
    assert all(format_amount(amount) for amount in money_of(amounts))
    funds_chart(amounts)
    if amounts.computed_execution_rate is not None:
        rate_class(amounts.computed_execution_rate)
    scores = [figure for figure in map(decimal_of, texts) if figure is not None]
    chart = spread_chart([(score, 1) for score in scores])
    assert chart is not None
    assert sum(int(bar.text.split()[0]) for bar in chart.bars) == len(scores)


def money_of(amounts: MainAmounts) -> list[Amount]:
    return [amount for amount in (amounts.initial_budget, amounts.adjusted_budget, amounts.executed) if amount]


def calculations_of(made: Record) -> list[Calculation]:
    """Return the figures that rules compute again; none may break down, whatever the record holds."""
    subject = Subject(made, FORMS.by_identifier(made.layout), UNIT, national())
    verdicts = [verdict for decision in decide(subject, all_rules()) for verdict in decision.verdicts]
    assert [verdict.message for verdict in verdicts if verdict.outcome is Outcome.ERROR] == []
    return [verdict.calculation for verdict in verdicts if verdict.calculation is not None]


def test_a_sum_of_the_longest_figures_is_computed_to_the_last_digit() -> None:
    long = "999999999999999999.9999999999"
    funding = money(
        row("年度资金总额", initial_budget="999999999999999999.9999999998"),
        row("当年财政拨款", initial_budget=long),
        row("其他资金", initial_budget="0.0000000001"),
    )
    computed = [line.computed for line in calculations_of(record(funding=funding))]

    assert Decimal("1000000000000000000.0000000000") in computed


@pytest.mark.parametrize(
    ("rate", "shown", "change"),
    [
        ("0", "0.00%", "0.00%"),
        ("0.00001", "不到 0.01%", "增加不到 0.01%"),
        ("-0.00001", "略低于 0%", "减少不到 0.01%"),
        ("0.005", "0.01%", "+0.01%"),
        ("99.99999", "略低于 100%", "增加略低于 100%"),
        ("100", "100.00%", "+100.00%"),
        ("100.00001", "略高于 100%", "增加略高于 100%"),
        ("-100", "-100.00%", "−100.00%"),
        ("66.666", "66.67%", "+66.67%"),
    ],
)
def test_a_percentage_is_never_rounded_to_nothing_or_to_all(rate: str, shown: str, change: str) -> None:
    assert format_percent(Decimal(rate)) == shown
    assert format_change(Decimal(rate)) == change


@pytest.mark.parametrize(("number", "shown"), [("0", "0"), ("0.00", "0"), ("0.50", "+0.50"), ("-3.0", "−3.0")])
def test_no_change_is_written_alike_to_however_many_places(number: str, shown: str) -> None:
    assert format_signed(Decimal(number)) == shown


def test_a_rate_over_almost_nothing_is_written_out() -> None:
    rate = percentage(Decimal("1e26"), Decimal("1e-10"))

    assert rate is not None
    assert format_percent(rate) == "1" + "0" * 38 + ".00%"
