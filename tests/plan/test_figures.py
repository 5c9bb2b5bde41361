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
from generator.plan.charts import funds_chart, spread_chart
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


def test_a_rate_over_almost_nothing_is_written_out() -> None:
    rate = percentage(Decimal("1e26"), Decimal("1e-10"))

    assert rate is not None
    assert format_percent(rate) == "1" + "0" * 38 + ".00%"


def bands(*scores: str) -> dict[str, str]:
    chart = spread_chart([(Decimal(score), 1) for score in scores])
    assert chart is not None
    return {bar.label: bar.text for bar in chart.bars if bar.text != "0 份"}


@pytest.mark.parametrize(
    ("score", "band"),
    [
        ("-5", "60 分以下"),
        ("0", "60 分以下"),
        ("59.99", "60 分以下"),
        ("60", "60 至 80 分"),
        ("80", "80 至 90 分"),
        ("90", "90 至 95 分"),
        ("95", "95 至 100 分"),
        ("100", "95 至 100 分"),
        ("100.01", "超过 100 分"),
    ],
)
def test_every_score_falls_into_the_band_that_names_it(score: str, band: str) -> None:
    assert bands(score) == {band: "1 份"}


def test_the_note_of_the_spread_is_true_of_its_last_band() -> None:
    usual, beyond = spread_chart([(Decimal(100), 1)]), spread_chart([(Decimal(101), 1)])

    assert usual is not None
    assert beyond is not None
    assert usual.note.endswith("每段含下限，不含上限；最后一段含 100。")
    assert beyond.note.endswith("每段含下限，不含上限；“95 至 100 分”一段含 100。")
    assert beyond.bars[-1].label == "超过 100 分"
