"""Which amounts stand for a record's money as a whole."""

from decimal import Decimal

import pytest

from generator.model.amounts import main_amounts
from generator.model.records import Cell, FundingRow
from generator.origin import START
from tests.model.made import money, record, row


def test_a_record_without_money_has_no_amounts() -> None:
    amounts = main_amounts(record())

    assert (amounts.initial_budget, amounts.adjusted_budget, amounts.executed) == (None, None, None)
    assert amounts.computed_execution_rate is None
    assert amounts.adjustment is None


def test_the_total_row_stands_for_the_whole_and_is_never_added_to_its_parts() -> None:
    funding = money(
        row("年度资金总额：", initial_budget="417.32", adjusted_budget="470.26", executed="468.77", points="10.00"),
        row("当年财政拨款", initial_budget="417.32", adjusted_budget="470.26", executed="468.77", points="-"),
        unit="万元",
    )
    amounts = main_amounts(record(funding=funding))

    assert amounts.anchor_row == 0
    assert amounts.adjusted_budget is not None
    assert amounts.adjusted_budget.printed == "470.26"
    assert amounts.adjusted_budget.yuan == 4_702_600
    assert amounts.adjustment == 529_400
    assert amounts.execution_points == Cell("10.00")


@pytest.mark.parametrize(
    ("unit", "yuan"), [("元", 1), ("千元", 1_000), ("万元", 10_000), ("百万元", 1_000_000), ("亿元", 10**8)]
)
def test_every_unit_is_worth_its_yuan(unit: str, yuan: int) -> None:
    amounts = main_amounts(record(funding=money(row("资金总额", executed="1.00"), unit=unit)))

    assert amounts.executed is not None
    assert amounts.executed.yuan == yuan


def test_a_single_row_is_the_whole_whatever_it_is_called() -> None:
    amounts = main_amounts(record(funding=money(row("专项债券资金", adjusted_budget="12.3456"))))

    assert amounts.adjusted_budget is not None
    assert amounts.adjusted_budget.number == Decimal("12.3456")


def test_the_yearly_total_comes_before_that_of_the_whole_project() -> None:
    funding = money(
        row("项目资金总额", group="项目总资金", amount="900"), row("年度资金申请总额", group="年度资金", amount="300")
    )
    amounts = main_amounts(record(funding=funding))

    assert amounts.requested is not None
    assert amounts.requested.printed == "300"


def test_a_part_called_total_is_not_the_total() -> None:
    funding = money(row("合计", parent=1, executed="1"), row("资金", executed="5"), row("其他", executed="6"))

    assert main_amounts(record(funding=funding)).executed is None


def test_without_a_total_row_the_sources_are_added_and_said_to_be_a_sum() -> None:
    funding = money(
        row("财政拨款", group="资金来源", adjusted_budget="20.50", executed="20"),
        row("其他资金", group="资金来源", adjusted_budget="1.50", executed="1.5"),
        row("基本支出", group="资金结构", adjusted_budget="22.00", executed="21.5"),
    )
    amounts = main_amounts(record(funding=funding))

    assert amounts.adjusted_budget is not None
    assert (amounts.adjusted_budget.number, amounts.adjusted_budget.computed) == (Decimal("22.00"), True)
    assert amounts.executed is not None
    assert (amounts.executed.printed, amounts.executed.parts) == ("", (Decimal(20), Decimal("1.5")))


def test_a_sum_that_lacks_a_source_is_no_amount_and_the_source_is_named() -> None:
    funding = money(
        row("财政拨款", group="资金来源", adjusted_budget="20.50", executed="20"),
        row("其他资金", group="资金来源", adjusted_budget="1.50", executed=""),
    )
    amounts = main_amounts(record(funding=funding))

    assert amounts.adjusted_budget is not None
    assert amounts.executed is None
    assert amounts.missing == {"executed": ("其他资金",)}
    assert amounts.computed_execution_rate is None


def test_a_source_that_cannot_be_read_leaves_every_printed_column_without_a_sum() -> None:
    funding = money(
        row("财政拨款", group="资金来源", adjusted_budget="20.50", executed="20"),
        FundingRow("其他资金", START, "资金来源", unreadable="栏位无法确定"),
    )
    amounts = main_amounts(record(funding=funding))

    assert (amounts.adjusted_budget, amounts.executed) == (None, None)
    assert amounts.missing == {"adjusted_budget": ("其他资金",), "executed": ("其他资金",)}


def test_a_source_of_which_only_a_part_is_filled_is_no_blank() -> None:
    funding = money(
        row("财政拨款", group="资金来源", executed="20"),
        row("其他资金", group="资金来源", executed=""),
        row("捐赠", group="资金来源", parent=1, executed="5"),
    )

    assert main_amounts(record(funding=funding)).executed is None


def test_the_only_source_that_is_filled_is_a_printed_amount_with_its_rate() -> None:
    funding = money(
        row("财政拨款", group="资金来源", adjusted_budget="25", executed="20", execution_rate="80%"),
        row("其他资金", group="资金来源", adjusted_budget="—", executed="", execution_rate=""),
    )
    amounts = main_amounts(record(funding=funding))

    assert amounts.executed is not None
    assert (amounts.executed.printed, amounts.executed.computed) == ("20", False)
    assert amounts.execution_rate == Cell("80%")
    assert amounts.computed_execution_rate == 80


def test_the_rate_of_one_source_is_not_that_of_the_whole() -> None:
    funding = money(
        row("财政拨款", group="资金来源", adjusted_budget="25", executed="20", execution_rate="80%"),
        row("其他资金", group="资金来源", adjusted_budget="5", executed="5", execution_rate=""),
    )

    assert main_amounts(record(funding=funding)).execution_rate is None


def test_a_total_row_whose_columns_cannot_be_told_has_no_amounts() -> None:
    funding = money(FundingRow("合计", START, cells={"executed": Cell("5")}, unreadable="栏位无法确定"))

    assert main_amounts(record(funding=funding)).executed is None


def test_parts_of_a_source_are_not_added_again() -> None:
    funding = money(
        row("财政拨款", group="资金来源", executed="20"),
        row("中央补助", group="资金来源", parent=0, executed="5"),
        row("其他资金", group="资金来源", executed="1"),
    )
    amounts = main_amounts(record(funding=funding))

    assert amounts.executed is not None
    assert amounts.executed.number == 21


@pytest.mark.parametrize("text", ["", "-", "—", "/", "12.5（其中中央 3）"])
def test_a_blank_a_dash_and_words_are_no_amount(text: str) -> None:
    assert main_amounts(record(funding=money(row("合计", executed=text)))).executed is None


def test_an_unreadable_amount_is_no_amount() -> None:
    funding = money(FundingRow("合计", START, cells={"executed": Cell("", START, "污损")}))

    assert main_amounts(record(funding=funding)).executed is None


@pytest.mark.parametrize(
    ("budget", "executed", "rate"),
    [
        ("200", "100", Decimal(50)),
        ("100", "120", Decimal(120)),
        ("0", "5", None),
        ("-5", "5", None),
        ("", "5", None),
        ("5", "", None),
    ],
)
def test_the_rate_is_computed_only_over_a_budget_above_zero(budget: str, executed: str, rate: Decimal | None) -> None:
    funding = money(row("合计", adjusted_budget=budget, executed=executed))

    assert main_amounts(record(funding=funding)).computed_execution_rate == rate
