"""What the money block's labels stand for, how its sums are shown, and the figures a record's page computes again."""

from decimal import Decimal

import pytest

from generator.check.across.kinship import in_full_yuan
from generator.check.arithmetic import Figure, Relation
from generator.check.money.funding import figure_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.money.funding_sums import Term, add_up
from generator.check.money.rates import shown_beside
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.runner import CalculationLine
from generator.model.amounts import Amount
from generator.model.forms import FormLibrary
from tests.check.examples import run_example


def term(label: str, number: str | None) -> Term:
    return Term(label, None if number is None else Figure(Decimal(number)))


def calculations(text: str, forms: FormLibrary) -> dict[str, CalculationLine]:
    rules = {code: rule for code, rule in all_rules().items() if code.startswith("BUD")}
    example = run_example(text, rules, forms, national())
    return {line.calculation.title: line for check in example.checks.values() for line in check.calculations}


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("年度资金总额", Source.TOTAL),
        ("年度资金总额：：", Source.TOTAL),
        ("其中：当年财政拨款", Source.CURRENT),
        ("其中: 财政资金", Source.FISCAL),
        ("（1）财政拨款", Source.FISCAL),
        ("(2)其他资金", Source.REST),
        ("一、基本支出", Source.BASIC),
        ("上年结转资金（万元）", Source.CARRIED),
        ("一、道路类", None),
        ("其他资金用途", None),
    ],
)
def test_a_label_is_known_without_its_layout(label: str, source: Source | None) -> None:
    assert source_of(label) is source


def test_a_short_sum_is_shown_term_by_term_and_a_long_one_is_counted() -> None:
    assert add_up(None, [term("甲", "1234.5")] * 4).formula == "1,234.5 + 1,234.5 + 1,234.5 + 1,234.5"
    assert add_up(None, [term("甲", "1")] * 5).formula == "5 项相加"


def test_a_blank_leaves_a_sum_undecided_and_is_named() -> None:
    found = add_up(Figure(Decimal(10)), [term("甲", "7"), term("乙", None)])

    assert found.relation is None
    assert found.computed is None
    assert found.missing == ("乙",)


def test_a_blank_cannot_bring_a_sum_down_that_is_too_large() -> None:
    assert add_up(Figure(Decimal(10)), [term("甲", "12"), term("乙", None)]).relation is Relation.CONTRADICTION


def test_a_negative_part_may_bring_it_down() -> None:
    assert add_up(Figure(Decimal(10)), [term("甲", "12"), term("丁", "-1"), term("乙", None)]).relation is None


def test_our_sum_is_as_open_as_its_parts_are_together() -> None:
    parts = (Decimal("1.5"), Decimal("2.25"), Decimal(3))
    amount = Amount("", Decimal("6.75"), "万元", Decimal(67_500), parts)

    assert figure_of(amount) == Figure(Decimal("6.75"), Decimal("0.555"))
    assert in_full_yuan(amount) == Figure(Decimal(67_500), Decimal(5_550))


def test_a_printed_amount_is_as_open_as_its_last_place() -> None:
    amount = Amount("6.75", Decimal("6.75"), "万元", Decimal(67_500))

    assert in_full_yuan(amount) == Figure(Decimal(67_500), Decimal(50))


@pytest.mark.parametrize(
    ("number", "shown"), [("10.004", "10.004"), ("10", "10.00"), ("12.345", "12.35"), ("89.99996", "89.99996")]
)
def test_a_rate_is_never_shown_as_the_limit_it_is_not(number: str, shown: str) -> None:
    limit = Decimal(90) if number.startswith("89") else Decimal(10)

    assert str(shown_beside(Decimal(number), limit)) == shown


INCOMPLETE = """\
# content/records/2023/shili/peixun.yaml
项目资金:
  单位: 元
  资金来源:
    财政拨款: {全年预算数: 900000.00, 全年执行数: 500000.00}
    其他资金: {全年预算数: 50000.00, 全年执行数: }
"""
OTHER_FORM = """\
---
# content/records/2023/shili/peixun.zhuanxiang.yaml
表样: 绩效目标自评表
实施单位: 示例街道社区服务中心
项目资金: {单位: 元, 年度资金总额: {全年预算数: 950000.00, 全年执行数: 950000.00}}
"""
NEXT_YEAR = """\
---
# content/records/2024/shili/peixun.yaml
项目资金: {单位: 元, 年度资金总额: {年初预算数: 990000.00, 全年预算数: 990000.00, 全年执行数: 990000.00}}
"""


@pytest.mark.parametrize(
    ("code", "text"),
    [("BUD007", INCOMPLETE), ("XRF002", INCOMPLETE + OTHER_FORM), ("XRF016", INCOMPLETE + NEXT_YEAR)],
)
def test_a_source_without_a_number_is_named_and_its_sum_is_not_judged(code: str, text: str, forms: FormLibrary) -> None:
    example = run_example(text, {code: all_rules()[code]}, forms, national())
    told = [reason for check in example.checks.values() for line in check.ledger for reason in line.reasons]

    assert not [one for check in example.checks.values() for one in check.findings]
    assert any("“其他资金”没有印出可用的全年执行数" in reason for reason in told)


MONEY = """\
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 417.32, 全年预算数: 470.26, 全年执行数: 468.77, 分值: 10, 执行率: 99.68, 得分: 9.97}
  当年财政拨款: {年初预算数: 417.32, 全年预算数: 470.26, 全年执行数: 468.76}
  上年结转资金: {年初预算数: 0.00, 全年预算数: 0.00, 全年执行数: }
  其他资金: {年初预算数: 0.00, 全年预算数: 0.00, 全年执行数: 0.00}
"""


def test_the_rate_is_computed_from_the_printed_amounts(forms: FormLibrary) -> None:
    line = calculations(MONEY, forms)["预算执行率（%）"]

    assert line.outcome.value == "pass"
    assert line.calculation.formula == "468.77 ÷ 470.26 × 100"
    assert line.calculation.printed == "99.68"


def test_the_score_is_computed_from_points_and_amounts(forms: FormLibrary) -> None:
    line = calculations(MONEY, forms)["预算执行率得分"]

    assert line.calculation.formula == "10 × 468.77 ÷ 470.26"
    assert line.calculation.computed is not None
    assert round(line.calculation.computed, 3) == Decimal("9.968")


def test_every_column_of_the_total_is_added_up(forms: FormLibrary) -> None:
    lines = calculations(MONEY, forms)

    assert lines["年度资金总额的年初预算数"].calculation.formula == "417.32 + 0.00 + 0.00"
    assert lines["年度资金总额的全年预算数"].outcome.value == "pass"
    assert lines["年度资金总额的全年执行数"].outcome.value == "insufficient_data"
    assert lines["年度资金总额的全年执行数"].message == "上年结转资金没有印出可用的数字"


def test_a_blank_beside_parts_that_are_the_whole_already_leaves_nothing_open(forms: FormLibrary) -> None:
    line = calculations(MONEY.replace("全年执行数: 468.76}", "全年执行数: 468.77}"), forms)["年度资金总额的全年执行数"]

    assert line.outcome.value == "pass"
    assert line.calculation.formula == "468.77 + 0.00（上年结转资金未计）"


def test_a_rate_over_nothing_is_not_computed_and_says_why(forms: FormLibrary) -> None:
    text = "项目资金:\n  单位: 元\n  年度资金总额: {全年预算数: 0, 全年执行数: 0, 执行率: 0.00%}\n"
    line = calculations(text, forms)["预算执行率（%）"]

    assert line.calculation.computed is None
    assert line.outcome.value == "not_applicable"
    assert "不大于零" in line.message
