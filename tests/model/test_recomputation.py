"""Printed sums and rates against our own; the print is never replaced."""

from decimal import Decimal

import pytest

from generator.model.amounts import main_amounts
from generator.model.recomputation import Agreement, Recomputation, compare, recomputations
from generator.model.records import Cell, Record
from tests.model.made import cells, indicator, money, record, row


def found(one: Record) -> dict[str, Recomputation]:
    return {line.title: line for line in recomputations(one, main_amounts(one))}


@pytest.mark.parametrize(
    ("printed", "computed", "agreement"),
    [
        ("99.68", "99.68", Agreement.EQUAL),
        ("99.68%", "99.6831", Agreement.ROUNDED),
        ("86.19%", "86.1849", Agreement.DIFFERENT),
        ("100", "99.5", Agreement.ROUNDED),
        ("100", "99.49", Agreement.DIFFERENT),
        ("99.685", "99.6845", Agreement.ROUNDED),
        ("1,234.50", "1234.5", Agreement.EQUAL),
        ("", "5", Agreement.INSUFFICIENT),
        ("—", "5", Agreement.INSUFFICIENT),
    ],
)
def test_a_figure_is_compared_at_the_precision_printed(printed: str, computed: str, agreement: Agreement) -> None:
    assert compare(Cell(printed), Decimal(computed)) is agreement


def test_the_execution_rate_is_computed_from_the_printed_amounts() -> None:
    line = found(
        record(funding=money(row("合计", adjusted_budget="470.26", executed="468.77", execution_rate="99.68")))
    )
    rate = line["预算执行率（%）"]

    assert rate.formula == "468.77 ÷ 470.26 × 100"
    assert rate.agreement is Agreement.ROUNDED


def test_a_rate_over_nothing_is_not_computed_and_says_why() -> None:
    line = found(record(funding=money(row("合计", adjusted_budget="0", executed="0", execution_rate="0.00"))))

    assert line["预算执行率（%）"].computed is None
    assert line["预算执行率（%）"].reason == "全年预算数不大于零"


def test_no_rate_printed_is_no_rate_to_check() -> None:
    assert found(record(funding=money(row("合计", adjusted_budget="5", executed="5", execution_rate="")))) == {}


def test_the_parts_of_the_money_are_added() -> None:
    funding = money(
        row("年度资金总额", initial_budget="10", executed="9.00"),
        row("当年财政拨款", initial_budget="7", executed="6.00"),
        row("上年结转资金", initial_budget="3", executed="3.00"),
        row("其他资金", initial_budget="0", executed=""),
    )
    lines = found(record(funding=funding))

    assert lines["年度资金总额的年初预算数"].agreement is Agreement.EQUAL
    assert lines["年度资金总额的年初预算数"].formula == "7 + 3 + 0"
    assert lines["年度资金总额的全年执行数"].agreement is Agreement.INSUFFICIENT, "a blank need not be a zero"
    assert lines["年度资金总额的全年执行数"].reason == "其他资金没有印出可用的数字"


def test_points_and_scores_are_added_with_those_of_execution() -> None:
    rows = tuple(indicator(f"指标{number}", points="22.5", score="22.5") for number in range(4))
    lines = found(
        record(
            funding=money(row("合计", points="10", score="9.97")),
            indicators=rows,
            total=cells(points="100", score="99.96"),
        )
    )

    assert lines["分值合计"].agreement is Agreement.EQUAL
    assert lines["总得分"].computed == Decimal("99.97")
    assert lines["总得分"].agreement is Agreement.DIFFERENT
    assert lines["总得分"].printed == "99.96"


def test_rows_that_are_parts_of_another_are_not_added() -> None:
    rows = (indicator("甲", points="100", score="90"), indicator("其中", parent=0, points="40", score="40"))

    assert found(record(indicators=rows, total=cells(score="90")))["总得分"].agreement is Agreement.EQUAL


def test_a_row_without_points_leaves_the_sum_undecided() -> None:
    rows = (
        indicator("甲", points="50"),
        indicator("乙", points="—"),
        indicator("丙"),
        indicator("丁"),
        indicator("戊"),
    )
    line = found(record(indicators=rows, total=cells(points="100")))["分值合计"]

    assert line.agreement is Agreement.INSUFFICIENT
    assert line.reason == "乙、丙、丁等 4 项没有印出可用的数字"
