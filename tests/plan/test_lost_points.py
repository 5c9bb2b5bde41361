"""The points a record lost: what nobody can read is never counted as nothing lost."""

from decimal import Decimal

import pytest

from generator.model.amounts import main_amounts
from generator.model.records import Cell, FundingRow, Indicator, Record
from generator.origin import START
from generator.plan.lost_points import Lost, execution_of, lost_of
from tests.model.made import cells, indicator, money, record, row

COLUMNS = ("initial_budget", "adjusted_budget", "executed", "points", "execution_rate", "score")
FULL = indicator(points="50", score="50")
LESS = indicator(points="40", score="38")


def lost(made: Record, columns: tuple[str, ...] = COLUMNS) -> Lost:
    execution = execution_of(made, main_amounts(made), columns)
    rows = [
        None if one.cells["score"].number is None else (one.cells["points"].number or 0) - one.cells["score"].number
        for one in made.indicators
    ]
    return lost_of(made, execution, rows)


def made_of(execution: FundingRow, *indicators: Indicator) -> Record:
    return record(funding=money(execution), indicators=indicators or (FULL, LESS), total=cells(points="100"))


@pytest.mark.parametrize("score", ["", "—", "未评"])
def test_execution_without_a_score_leaves_the_points_lost_a_lower_bound(score: str) -> None:
    made = made_of(row("年度资金总额", executed="1", points="10", score=score))

    assert lost(made) == Lost(Decimal(2), 1)


@pytest.mark.parametrize("unread", ["points", "score"])
def test_execution_that_cannot_be_read_leaves_them_a_lower_bound(unread: str) -> None:
    execution = row("年度资金总额", points="10", score="10")
    known = dict(execution.cells) | {unread: Cell("", START, "污损")}

    assert lost(made_of(FundingRow(execution.label, START, cells=known))) == Lost(Decimal(2), 1)


def test_nothing_lost_as_far_as_can_be_read_is_no_nought() -> None:
    made = made_of(row("年度资金总额", executed="1", points="10", score=""), FULL)

    assert lost(made) == Lost(None, 1)


def test_a_row_of_an_indicator_with_a_blank_score_is_as_unknown_as_one_that_cannot_be_read() -> None:
    made = made_of(row("年度资金总额", points="10", score="9"), FULL, indicator(points="5", score=""))

    assert lost(made) == Lost(Decimal(1), 1)


def test_a_row_of_money_whose_columns_cannot_be_told_hides_the_score_of_execution() -> None:
    made = made_of(FundingRow("年度资金总额", START, printed_cells=(Cell("1"),), unreadable="栏位不清"))

    assert lost(made) == Lost(Decimal(2), 1)
    assert lost(made, columns=("adjusted_budget", "executed")) == Lost(Decimal(2), 0)


def test_a_form_that_scores_no_execution_has_nothing_unknown() -> None:
    without = made_of(row("年度资金总额", adjusted_budget="1", executed="1"))
    dashes = made_of(row("年度资金总额", adjusted_budget="1", executed="1", points="—", score="—"))

    assert lost(without) == lost(dashes) == Lost(Decimal(2), 0)


def test_a_form_without_a_total_score_lost_nothing_that_could_be_told() -> None:
    made = record(funding=money(row("年度资金总额", points="10", score="")), indicators=(FULL,))

    assert lost(made) == Lost(None, 0)
